"""Is the program well: for machines that watch it, and for the administrator."""

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from provinces.models import Seat
from reports.queries.health import Check, checks, waiting

LABELS = {
    "worker": _lazy("Last sign of life of the worker"),
    "queue": _lazy("The oldest work that waits has waited"),
    "disk": _lazy("Room on the disk"),
    "backup": _lazy("Age of the last backup"),
}
ACTS = {
    "worker": _lazy("Start the worker and the clock (celery worker, celery beat) on the server"),
    "queue": _lazy("See whether the worker runs, or start a second one"),
    "disk": _lazy("Make room: uploads will soon be refused"),
    "backup": _lazy("Run manage.py back_up on the server, every night"),
}
NEEDED = {"disk"}  # without the others people can still write; without room on the disk they cannot


@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """May people be sent here: 200, or 503 when the database does not answer or the disk is full. Words only."""
    try:
        found = _looked()
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    words = {"database": "ok", **{each.name: "ok" if each.well else "look" for each in found}}
    return JsonResponse(words, status=200 if all(each.well for each in found if each.name in NEEDED) else 503)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The same for Prometheus, for who brings METRICS_TOKEN; 404 otherwise. Numbers only, of no province or person."""
    asked = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(asked.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    registry = CollectorRegistry()
    found = Gauge("thd_found", "Seconds, and percent of the disk", ["check"], registry=registry)
    well = Gauge("thd_well", "1 when within its limit", ["check"], registry=registry)
    for each in _looked():
        found.labels(each.name).set(-1 if each.found is None else each.found)
        well.labels(each.name).set(each.well)
    runs = Gauge("thd_open_runs", "Work in the queue or under way", ["kind"], registry=registry)
    for kind, count in waiting().items():
        runs.labels(kind).set(count)
    return HttpResponse(generate_latest(registry), content_type="text/plain; version=0.0.4; charset=utf-8")


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """The same in words, for administrators."""
    if request.seat is None or request.seat.role != Seat.Role.ADMIN:
        raise Http404
    rows = [
        {"label": LABELS[each.name], "found": _words(each), "act": ACTS[each.name], "well": each.well}
        for each in _looked()
    ]
    return render(request, "reports/status.html", {"rows": rows, "at": timezone.now()})


def _words(check: Check) -> str:
    """What was found, with its unit, as a person says it."""
    if check.found is None:
        return _("never")
    if check.name == "disk":
        return _("%(percent)s%% used") % {"percent": check.found}
    return _ago(check.found) if check.found else _("nothing waits")


def _ago(seconds: int) -> str:
    minutes, hours, days = max(seconds // 60, 1), seconds // 3600, seconds // 86400
    if days > 1:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if hours > 1:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def _looked() -> tuple[Check, ...]:
    return checks(settings.DATA_DIR, settings.DATA_DIR / settings.BACKUP_STAMP, at=timezone.now())
