"""Compiling in the background: tasks take ids and hand them to the operations."""

from celery import shared_task
from django.utils import timezone

from reports.operations.jobs import run_job
from reports.operations.jobs import sweep_jobs as jobs_to_ring


@shared_task
def compile_job(job_id: int, **_unknown) -> None:
    """Do one compile run; a bell that rings twice changes nothing."""
    run_job(job_id, clock=timezone.now)


@shared_task
def sweep_jobs(**_unknown) -> int:
    """Ring again for jobs whose worker was lost or whose bell nobody heard."""
    found = jobs_to_ring(at=timezone.now())
    for job_id in found:
        compile_job.delay(job_id=job_id)
    return len(found)
