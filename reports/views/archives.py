"""Archives of a year: asked for by administrators, watched, left and found again, taken."""

import dataclasses
import datetime

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.models import Campaign
from provinces.models import Unit
from provinces.queries import COUNTRY
from provinces.vietnamese import VIETNAM, capitalise
from provinces.workflow import Refused
from reports.models import Archive
from reports.operations.archives import ask_archive, note_taken
from reports.queries.archives import KEPT, STEPS, may_archive, places_to_archive
from reports.tasks import make_archive

FAST, SLOW, PATIENCE = 2, 5, 30  # seconds between two questions of the progress page, and when the slow ones begin
SILENT = datetime.timedelta(seconds=60)


@dataclasses.dataclass(frozen=True)
class Row:
    """One year of one province, or of all, with its newest archive."""

    campaign: Campaign
    province: Unit
    name: str
    newest: Archive | None


def home_of(request: HttpRequest, t: str) -> Unit:
    """The province of today, or the country, whose archives the seat may make; else 404."""
    today = timezone.localdate()
    rows = Unit.objects.filter(level=Unit.Level.COUNTRY)
    if t != COUNTRY:
        rows = Unit.objects.provinces().on(today).filter(slug=t)
    province = rows.prefetch_related("names").first()
    if province is None or request.seat is None or not may_archive(request.seat, province, today):
        raise Http404
    return province


def archives(request: HttpRequest, t: str) -> HttpResponse:
    """“Lưu trữ”: every year with its newest archive; asking for one leads to its progress."""
    home = home_of(request, t)
    if request.method != "POST":
        return _list(request, t, home)
    chosen = _chosen(home, request.POST.get("year", ""), request.POST.get("province", ""))
    try:
        archive = ask_archive(chosen.province, chosen.campaign, by=request.seat, at=timezone.now(), today_province=home)
    except Refused as refused:
        return _list(request, t, home, status=422, faults=[refused.sentence])
    make_archive.delay_on_commit(archive_id=archive.pk)
    return redirect("archive", t=t, id=archive.public_id)


def _chosen(home: Unit, year: str, code: str) -> Row:
    for campaign in Campaign.objects.filter(series="bdg"):
        for province in places_to_archive(home, campaign):
            if str(campaign.year) == year and str(province.pk) == code:
                return Row(campaign, province, name_of(province, campaign), None)
    raise Http404


def _list(request: HttpRequest, t: str, home: Unit, *, status: int = 200, faults=()) -> HttpResponse:
    mine = Archive.objects.visible_to(request.seat).order_by("id")
    newest = {(each.province_id, each.campaign_id): each for each in mine}
    rows = [
        Row(campaign, province, name_of(province, campaign), newest.get((province.pk, campaign.pk)))
        for campaign in Campaign.objects.filter(series="bdg").order_by("-year")
        for province in places_to_archive(home, campaign)
    ]
    context = {"t": t, "where": where(home), "rows": rows, "faults": faults, "faulty": bool(faults), "kept": KEPT.days}
    context |= {"national": t == COUNTRY}
    return render(request, "reports/archives.html", context, status=status)


def name_of(province: Unit, campaign: Campaign) -> str:
    """“Tỉnh Kiên Giang”, as in that year; “Cả nước”."""
    if province.level == Unit.Level.COUNTRY:
        return "Cả nước"
    return capitalise(province.name_on(campaign.closes_on).in_sentence)


def where(home: Unit) -> str:
    return "Cả nước" if home.level == Unit.Level.COUNTRY else home.name_on(timezone.localdate()).name


def archive_of(request: HttpRequest, t: str, id: str) -> tuple[Unit, Archive]:
    """The archive of an address; 404 for every seat but those of the office that had it made."""
    home = home_of(request, t)
    rows = Archive.objects.visible_to(request.seat).select_related("province", "campaign", "asked_by__user")
    archive = get_object_or_404(rows.prefetch_related("province__names"), public_id=id)
    if archive.province not in places_to_archive(home, archive.campaign):
        raise Http404
    return home, archive


def archive(request: HttpRequest, t: str, id: str) -> HttpResponse:
    """How far an archive is; the fragment asks again by itself, the page has a link to look again."""
    return _page(request, t, *archive_of(request, t, id))


def _page(request: HttpRequest, t: str, home: Unit, row: Archive, *, status: int = 200, faults=()) -> HttpResponse:
    at = timezone.now()
    elapsed = int(((row.finished_at or at) - (row.started_at or row.queued_at)).total_seconds())
    context = {
        "t": t,
        "where": where(home),
        "archive": row,
        "name": name_of(row.province, row.campaign),
        "lines": [_line(key, str(name), row) for key, name in STEPS.items()],
        "sentence": _sentence(row),
        "silent": row.is_open and at - (row.heartbeat_at or row.queued_at) > SILENT,
        "elapsed": elapsed,
        "every": FAST if elapsed < PATIENCE else SLOW,
        "until": (row.finished_at + KEPT) if row.finished_at else None,
        "faults": faults,
        "faulty": bool(faults),
    }
    template = "reports/archive.html#progress" if request.htmx else "reports/archive.html"
    return render(request, template, context, status=status)


def _line(key: str, name: str, row: Archive) -> dict:
    """One finished, running or coming step."""
    begun = next((line for line in row.timeline if line["step"] == key), None)
    if begun is None:
        return {"state": "waiting", "when": _("Not yet"), "name": name}
    if row.step == key and row.status != Archive.Status.DONE:
        failed = row.status == Archive.Status.FAILED
        return {
            "state": "broken" if failed else "running",
            "when": _("Broke off") if failed else _("Running"),
            "name": name,
        }
    at = datetime.datetime.fromisoformat(begun["at"]).astimezone(VIETNAM)
    return {"state": "done", "when": _("Done %(time)s") % {"time": f"{at:%H:%M:%S}"}, "name": name}


def _sentence(row: Archive) -> str:
    if row.status == Archive.Status.QUEUED:
        return _("It starts by itself. This page can be left")
    if row.status == Archive.Status.RETRYING:
        slots = {"n": row.attempts + 1, "max": row.MAX_ATTEMPTS}
        return _("The server is trying again (%(n)s of %(max)s). No need to press again") % slots
    if row.status == Archive.Status.FAILED:
        return _("The archive was not made. Make it again; code %(code)s") % {"code": row.public_id}
    if row.status == Archive.Status.DONE:
        return _("The archive is ready") if row.here else _("This archive is no longer kept. Make a new one")
    return str(STEPS.get(row.step, ""))


@require_POST
def archive_file(request: HttpRequest, t: str, id: str) -> HttpResponse:
    """“Tải về”: the zip, piece by piece; who took it stands in the log."""
    home, row = archive_of(request, t, id)
    try:
        path = note_taken(row, by=request.seat, at=timezone.now())
    except Refused as refused:
        return _page(request, t, home, row, status=422, faults=[refused.sentence])
    place = COUNTRY if row.province.level == Unit.Level.COUNTRY else row.province.slug
    name = f"luu-tru-{place}-{row.campaign.year}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
