"""Compiling in the background: tasks take ids and hand them to the operations."""

from celery import shared_task
from django.utils import timezone

from reports.operations.archives import run_archive, sweep_archives
from reports.operations.jobs import run_job
from reports.operations.jobs import sweep_jobs as jobs_to_ring
from reports.operations.mailings import mail_reports as mail_waiting_reports
from reports.operations.reminders import mail_reminders as send_written_reminders
from reports.operations.reminders import write_due_reminders


@shared_task
def compile_job(job_id: int, **_unknown) -> None:
    """Do one compile run; a bell that rings twice changes nothing."""
    run_job(job_id, clock=timezone.now)


@shared_task
def make_archive(archive_id: int, **_unknown) -> None:
    """Make one archive; a bell that rings twice changes nothing."""
    run_archive(archive_id, clock=timezone.now)


@shared_task
def sweep_jobs(**_unknown) -> int:
    """Ring again for jobs and archives whose worker was lost or whose bell nobody heard; old archives go."""
    found = jobs_to_ring(at=timezone.now())
    for job_id in found:
        compile_job.delay(job_id=job_id)
    archives = sweep_archives(at=timezone.now())
    for archive_id in archives:
        make_archive.delay(archive_id=archive_id)
    return len(found) + len(archives)


@shared_task
def send_due_reminders(**_unknown) -> int:
    """Write the reminders whose step has come and mail them; ringing twice reminds nobody twice."""
    write_due_reminders(at=timezone.now())
    return send_written_reminders(at=timezone.now())


@shared_task
def mail_reminders(**_unknown) -> int:
    """Mail what the office has written, and what an earlier round could not."""
    return send_written_reminders(at=timezone.now())


@shared_task
def mail_reports(**_unknown) -> int:
    """Mail the reports that were sent to a receiver with an address; ringing twice mails nothing twice."""
    return mail_waiting_reports(at=timezone.now())
