"""Compiling: asked for, watched, left and found again."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from campaigns.views.place import place_of_report
from provinces.models import Unit
from provinces.vietnamese import VIETNAM, format_number
from provinces.workflow import Refused
from reports.models import Job
from reports.operations.jobs import ask_compile
from reports.queries.jobs import Step, steps_of
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
    place = place_of_report(request, t, y)
    reports = reports_at(request.seat, place)
    rows = Job.objects.visible_to(request.seat).filter(report__in=reports.values("pk"))
    run = get_object_or_404(rows.select_related("asked_by__user", "report__province"), public_id=job)
    desk = Desk(request.seat, place, reports.get(pk=run.report_id))
    view = steps_of(run, timezone.now())
    lines = [_line(step, run) for step in view.steps]
    every = FAST if view.elapsed < PATIENCE else SLOW
    page = "job.html#progress" if request.htmx else "job.html"
    return show(request, page, desk, at=COMPILE, job=run, view=view, lines=lines, every=every)


def _line(step: Step, run: Job) -> dict:
    """One finished, running or coming step: when it began, what it is, what it came to."""
    begun = datetime.datetime.fromisoformat(step.at).astimezone(VIETNAM) if step.at else None
    state = "broken" if step.key == run.step and run.status == Job.Status.FAILED else step.state
    when = {"running": _("Running"), "waiting": _("Not yet"), "broken": _("Broke off")}.get(state)
    when = when or _("Done %(time)s") % {"time": f"{begun:%H:%M:%S}"}
    return {"state": state, "when": when, "name": step.name, "came_to": _came_to(step, run)}


def _came_to(step: Step, run: Job) -> str:
    """“838 hoạt động”, “3 cặp”, “78/118”."""
    n = int(step.detail) if step.detail.isdecimal() else 0
    if step.key == "list" and run.report.province.level == Unit.Level.COUNTRY:
        return ngettext("%(n)s report", "%(n)s reports", n) % {"n": format_number(n)}
    if step.key == "list" and step.detail:
        return ngettext("%(n)s activity", "%(n)s activities", n) % {"n": format_number(n)}
    if step.key == "duplicates" and step.detail:
        return ngettext("%(n)s pair", "%(n)s pairs", n) % {"n": format_number(n)}
    return f"{run.done}/{run.total}" if step.key == "sum" and run.total else step.detail
