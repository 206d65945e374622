"""Compiling: asked for, watched, left and found again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.views.place import place_of
from provinces.workflow import Refused
from reports.models import Job
from reports.operations.jobs import ask_compile
from reports.queries.jobs import steps_of
from reports.tasks import compile_job
from reports.views.desk import COMPILE, Desk, desk_of, reports_at, show

FAST, SLOW = 2, 5  # seconds between two questions of the progress page
PATIENCE = 30  # seconds after which the slow rhythm is enough


@require_POST
def report_compile(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Tổng hợp”: one run at a time; a second press finds the one that is running."""
    desk = desk_of(request, t, y, id)
    try:
        job = ask_compile(desk.report, by=request.seat, at=timezone.now())
    except Refused as refused:
        return show(request, "shut_out", desk, at=COMPILE, status=422, sentence=refused.sentence)
    compile_job.delay_on_commit(job_id=job.pk)
    return redirect("job", t=t, y=y, job=job.public_id)


def job(request: HttpRequest, t: str, y: int, job: str) -> HttpResponse:
    """How far a run is; the fragment asks again by itself, the page has a link to look again."""
    place = place_of(request, t, y)
    reports = reports_at(request.seat, place)
    rows = Job.objects.visible_to(request.seat).filter(report__in=reports.values("pk"))
    run = get_object_or_404(rows.select_related("asked_by__user"), public_id=job)
    desk = Desk(request.seat, place, reports.get(pk=run.report_id))
    view = steps_of(run, timezone.now())
    context = {"desk": desk, "place": place, "report": desk.report, "job": run, "view": view}
    context["every"] = FAST if view.elapsed < PATIENCE else SLOW
    if request.htmx:
        return render(request, "reports/job.html#progress", context)
    return render(request, "reports/job.html", {**context, "steps": desk.steps(COMPILE)})
