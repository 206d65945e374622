"""What a worker does for the measure `workers`: compile a province's report and write its three documents."""

import traceback
from io import BytesIO
from pathlib import Path

from django.utils import timezone

from config.celery import app
from reports.models import Job, Report
from reports.operations.jobs import run_job
from reports.papers.report import render

FORMATS = (".docx", ".pdf", ".xlsx")


@app.task
def compile_and_print(job_id: int, report_id: int, folder: str) -> None:
    """One report from its rows to its documents; leaves an empty file behind, or what went wrong."""
    fault = ""
    try:
        job = run_job(job_id, clock=timezone.now)
        if job is None or job.status != Job.Status.DONE:
            raise RuntimeError(job.fault if job else "taken")
        report = Report.objects.get(pk=report_id)
        for suffix in FORMATS:
            render(report, suffix, BytesIO(), at=timezone.now())
    except Exception:
        fault = traceback.format_exc()
    Path(folder, str(job_id)).write_text(fault, encoding="utf-8")
