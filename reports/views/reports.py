"""The reports of a province and year, and the page of one report with what comes next."""

import dataclasses

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.models import Campaign, Request
from campaigns.queries import Place
from campaigns.views.place import place_of_report
from provinces.models import Department, Duty, Seat
from provinces.templatetags.components import chip_of
from provinces.vietnamese import format_moment
from provinces.workflow import Refused
from reports.models import Delivery, Report
from reports.operations.reports import open_report
from reports.queries.boundaries import has_merged
from reports.queries.coverage import request_of
from reports.queries.jobs import steps_of
from reports.queries.monitoring import requests_of
from reports.views.desk import Desk, desk_of, name_of, reports_at, show, title_of
from reports.views.nation import states_of

ON_A_PAGE = 30
WAITING = (Delivery.Status.SENT, Delivery.Status.SEEN)


@dataclasses.dataclass(frozen=True)
class Row:
    """A report in the list."""

    title: str
    url: str
    chip: str
    note: str
    flags: tuple[str, ...] = ()


def reports(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """The list: first what waits for this seat, then the rest, newest first."""
    return _list(request, place_of_report(request, t, y))


def _list(request: HttpRequest, place: Place, *, status: int = 200, faults=()) -> HttpResponse:
    rows = reports_at(request.seat, place).order_by("-created_at", "-id")
    waiting = _waiting(request.seat, rows)
    ids = [report.pk for report in waiting]
    page = Paginator(rows.exclude(pk__in=ids), ON_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "place": place,
        "waiting": [_row(report, place, reviewed=True) for report in waiting],
        "page": page,
        "rows": [_row(report, place) for report in page],
        "office": office_of(request.seat, place) is not None,
        "may_open": _may_open(request.seat, place, rows),
        "faults": faults,
        "faulty": bool(faults),
    }
    if place.national:
        context |= _of_country(request, place, rows.filter(kind=Report.Kind.REPORT).first())
        return render(request, "reports/national.html", context, status=status)
    context["merged"] = has_merged(place.province, place.campaign, timezone.localdate())
    return render(request, "reports/reports.html", context, status=status)


def _of_country(request: HttpRequest, place: Place, newest: Report | None) -> dict:
    """Which provinces have issued, and the years that there are."""
    states = states_of(request, place, newest)
    missing = [state.name for state in states if state.report is None]
    years = Campaign.objects.filter(series="bdg").order_by("-year").values_list("year", flat=True)
    return {"states": states, "missing": missing, "sent": len(states) - len(missing), "years": list(years)}


def _waiting(seat: Seat, rows) -> list[Report]:
    """Reports sent to the seat's department that it has not decided on, the oldest first."""
    mine = Delivery.objects.filter(to__in=seat.reach.departments, status__in=WAITING)
    return list(rows.filter(pk__in=mine.values("report")).order_by("created_at", "id"))


def _row(report: Report, place: Place, *, reviewed: bool = False) -> Row:
    note = f"{name_of(report.department, report)} · {report.get_status_display()}"
    if report.number or report.symbol:
        note = f"{note} · {report.number or '…'}/{report.symbol}"
    note = f"{note} · {format_moment(report.locked_at or report.created_at)}"
    url = Desk(None, place, report).url("report_review" if reviewed else "report")
    return Row(title_of(report), url, "wait" if reviewed else chip_of("report", report.status), note)


def office_of(seat: Seat, place: Place) -> Department | None:
    """The department in force on the campaign's day for which this seat is the standing office, or the ministry."""
    day = place.campaign.opens_on
    kind = Duty.Kind.MINISTRY if place.national else Duty.Kind.STANDING_OFFICE
    if not seat.writes or not seat.holds(kind, place.province, day):
        return None
    duties = Duty.objects.on(day).filter(kind=kind, for_unit=place.province)
    own = duties.filter(department__in=seat.reach.departments)
    return Department.objects.filter(pk__in=own.values("department")).order_by("id").first()


def _may_open(seat: Seat, place: Place, rows) -> bool:
    live = rows.filter(kind=Report.Kind.REPORT).exclude(status__in=["superseded"])
    live = live.filter(Q(request=None) | Q(request__kind=Request.Kind.MONTH))
    return not live.exists() and office_of(seat, place) is not None


@require_POST
def report_open(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """“Lập báo cáo”: the province's report of the month; the one that is open already is found again."""
    place = place_of_report(request, t, y)
    office = office_of(request.seat, place)
    asked = requests_of(request.seat, place.province, place.campaign)
    named = next((row for row in asked if row.public_id == request.POST.get("request")), None)
    try:
        if office is None:
            raise Refused(_("The report of a province is compiled by its standing office"))
        report = open_report(
            place.campaign,
            place.province,
            department=office,
            issuer=office,
            request=named or request_of(place.province, place.campaign),
            by=request.seat,
            at=timezone.now(),
        )
    except Refused as refused:
        return _list(request, place, status=422, faults=[refused.sentence])
    return redirect(Desk(request.seat, place, report).home)


def report(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Where one report stands, and the one thing to do next."""
    desk = desk_of(request, t, y, id)
    more = {"rows": _contents(desk), "runs": list(desk.report.jobs.order_by("-id")[:5]), "coming": _coming(desk)}
    if desk.running:
        more |= {"job": desk.job, "view": steps_of(desk.job, timezone.now())}
    return show(request, "report", desk, **more)


def _contents(desk: Desk) -> list[Row]:
    """The parts of the report that can be read now."""
    if desk.figures is None:
        return []
    n = len(desk.figures.cells)
    texts = _("%(n)s of %(total)s sections") % {"n": desk.filled, "total": len(desk.sections)}
    return [
        Row(_("Figures"), desk.url("report_figures"), "done", _("%(n)s figures, each with its sources") % {"n": n}),
        *_by_province(desk),
        Row(_("Text"), desk.url("report_texts"), "doing" if desk.report.is_open else "done", texts),
        Row(_("Print: DOCX, PDF, XLSX"), desk.url("report_preview"), "done", _("The document as it will be issued")),
    ]


def _by_province(desk: Desk) -> list[Row]:
    if not desk.place.national:
        return []
    words = _("On the boundaries of the year and on those of today")
    return [Row(_("By province"), desk.url("report_provinces"), "done", words)]


def _coming(desk: Desk) -> str:
    """What somebody else has to do before the report goes on."""
    status = desk.report.status
    if status == "sent":
        return _("%(recipient)s decides") % {"recipient": desk.recipient}
    if status in {"draft", "locked", "issued"} and not desk.signs and desk.report.snapshot_id:
        return _("An approver of %(department)s locks, issues and sends") % {"department": desk.issuer}
    return ""
