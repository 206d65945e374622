"""“Theo dõi”: who has sent and who has not, the reminder shown before it goes, the letter to those who are late."""

import dataclasses
import datetime
from io import BytesIO
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Request
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.models import Duty, Seat
from provinces.vietnamese import format_number
from provinces.workflow import Refused
from reports.documents import FORMATS
from reports.forms.requests import ReminderForm
from reports.models import Reminder, Report
from reports.operations.reminders import remind
from reports.papers.reminder import reminder_letter
from reports.queries.coverage import LEVEL_ORDER
from reports.queries.monitoring import (
    Filters,
    Line,
    lines_before_asking,
    lines_of,
    missing_lines,
    narrowed,
    request_shown,
    requests_of,
    tally_of,
)
from reports.queries.reminders import letter_of
from reports.queries.returns import local_day
from reports.queries.watch import may_watch
from reports.tasks import mail_reminders
from reports.views.printing import attachment

ON_A_PAGE = 200
IN_ADDRESS = ("tim", "cap", "bao-cao", "minh-chung", "ke-hoach", "hoat-dong", "dang-nhap")


def monitoring(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """The table of a request, narrowed by the filters of the address; a department sees its own line."""
    desk = _desk(request, t, y)
    left = narrowed(desk.lines, desk.filters)
    page = Paginator(left, ON_A_PAGE).get_page(request.GET.get("trang"))
    to_remind = [line for line in missing_lines(left) if line.reminded_on != local_day(desk.at)] if desk.shown else []
    context = {
        "place": desk.place,
        "now": desk.at,
        "requests": desk.requests,
        "shown": desk.shown,
        "given": desk.filters,
        "page": page,
        "rows": [(line, _report_url(request.seat, desk.place, line)) for line in page],
        "tally": tally_of(desk.lines),
        "to_remind": to_remind,
        "office": may_remind(request.seat, desk.place),
        "watches": may_watch(request.seat, desk.place),
        "here": urlencode({"yeu-cau": desk.shown.public_id}) + "&" if desk.shown else "",
        "query": _query(request, desk.shown),
    }
    return render(request, "reports/monitoring.html", context)


def monitoring_phones(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """“Danh bạ”: whom to call in each department of the table as it is narrowed, ready to print."""
    desk = _desk(request, t, y)
    lines = sorted(narrowed(desk.lines, desk.filters), key=lambda line: LEVEL_ORDER[line.state.level])
    context = {"place": desk.place, "now": desk.at, "lines": lines, "query": _query(request, desk.shown)}
    return render(request, "reports/phones.html", context)


@dataclasses.dataclass(frozen=True)
class Desk:
    """What the address asks for: the place, the request if there is one, the lines that the seat may see."""

    place: Place
    at: datetime.datetime
    requests: list[Request]
    shown: Request | None
    lines: list[Line]
    filters: Filters


def _desk(request: HttpRequest, t: str, y: int) -> Desk:
    place, at = place_of(request, t, y), timezone.now()
    requests = requests_of(request.seat, place.province, place.campaign)
    shown = request_shown(requests, request.GET.get("yeu-cau", ""))
    lines = lines_of(shown, local_day(at)) if shown else lines_before_asking(place, local_day(at))
    return Desk(place, at, requests, shown, _seen(request.seat, place, lines), _filters(request))


def _filters(request: HttpRequest) -> Filters:
    """The filters as the address has them."""
    return Filters(*(request.GET.get(name, "") for name in IN_ADDRESS))


def _query(request: HttpRequest, shown: Request | None) -> str:
    kept = {name: request.GET[name] for name in IN_ADDRESS if request.GET.get(name)}
    return urlencode({**({"yeu-cau": shown.public_id} if shown else {}), **kept})


def may_remind(seat: Seat, place: Place) -> bool:
    return seat.writes and seat.holds(Duty.Kind.STANDING_OFFICE, place.province, place.campaign.opens_on)


def _seen(seat: Seat, place: Place, lines: list[Line]) -> list[Line]:
    """All lines for whoever leads the province and for the ministry, else the own ones."""
    if place.province.pk in seat.reach.led or seat.reach.ministry:
        return lines
    return [line for line in lines if line.state.department.pk in seat.reach.departments]


def _report_url(seat: Seat, place: Place, line: Line) -> str:
    """The way to a return that the seat may open: one's own always, another's once it was sent."""
    report = line.state.report
    own = line.state.department.pk in seat.reach.departments
    hidden = report is None or report.status in {Report.Status.DRAFT, Report.Status.WAITING_HEAD}
    if report is None or (hidden and not own) or (seat.reach.ministry and not own):
        return ""
    return reverse("return", kwargs={"t": place.slug, "y": place.year, "id": report.public_id})


# ── reminders ──────────────────────────────────────────────────────────────


def monitoring_remind(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """“Soạn lời nhắc”: whom, and the letter as it goes; by mail, or as a text to copy into a chat."""
    place, at = place_of(request, t, y), timezone.now()
    if not may_remind(request.seat, place):
        raise Http404
    shown = request_shown(requests_of(request.seat, place.province, place.campaign), request.GET.get("yeu-cau", ""))
    if shown is None:
        raise Http404
    lines = missing_lines(lines_of(shown, local_day(at)))
    free = {str(line.recipient.pk): line for line in lines if line.reminded_on != local_day(at)}
    choices = [(pk, _choice(line)) for pk, line in free.items()]
    if request.method != "POST":
        ticked = [str(line.recipient.pk) for line in narrowed(list(free.values()), _filters(request))]
        form = ReminderForm(initial={"recipients": ticked}, choices=choices)
        return _composer(request, place, shown, form, free, at)
    form = ReminderForm(request.POST, choices=choices)
    if not form.is_valid() or "show" in request.POST:
        return _composer(request, place, shown, form, free, at, status=422 if form.errors else 200)
    given = form.cleaned_data
    channel = Reminder.Channel.CHAT if "chat" in request.POST else Reminder.Channel.MAIL
    chosen = [free[pk].recipient for pk in given["recipients"]]
    try:
        made = remind(shown, chosen, given["words"], channel=channel, by=request.seat, at=at)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _composer(request, place, shown, form, free, at, status=422)
    mail_reminders.delay_on_commit()
    n = len(made)
    said = ngettext("%(n)s unit is reminded", "%(n)s units are reminded", n) % {"n": format_number(n)}
    messages.success(request, said)
    unheard = sum(not free[str(row.recipient_id)].reachable for row in made)
    if unheard and channel == Reminder.Channel.MAIL:
        words = ngettext(
            "%(n)s unit has no e-mail address and gets a notice here only",
            "%(n)s units have no e-mail address and get a notice here only",
            unheard,
        )
        messages.warning(request, words % {"n": format_number(unheard)})
    return redirect(f"{reverse('monitoring', kwargs={'t': t, 'y': y})}?yeu-cau={shown.public_id}")


def _choice(line: Line) -> str:
    words = [line.state.name]
    if line.reminders:
        words.append(ngettext("reminded %(n)s time", "reminded %(n)s times", line.reminders) % {"n": line.reminders})
    if not line.reachable:
        words.append(_("no e-mail address"))
    return " · ".join(words)


def _composer(request, place: Place, shown: Request, form, free: dict[str, Line], at, *, status: int = 200):
    """The page with the letter to the first ticked department, word for word."""
    ticked = form.data.getlist("recipients") if form.is_bound else form.initial["recipients"]
    line = next((free[pk] for pk in ticked if pk in free), None)
    words = (form.data.get("words", "") if form.is_bound else "").strip()
    sample = letter_of(shown, line, Reminder.Step.BY_HAND, at=at, words=words) if line else None
    context = {"place": place, "shown": shown, "form": form, "sample": sample, "line": line, "ticked": len(ticked)}
    return render(request, "reports/remind.html", context, status=status)


def monitoring_letter(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """The official letter to those who are late, with their list, as DOCX or PDF; a draft without a number."""
    place, at = place_of(request, t, y), timezone.now()
    if not may_remind(request.seat, place):
        raise Http404
    shown = request_shown(requests_of(request.seat, place.province, place.campaign), request.GET.get("yeu-cau", ""))
    kind = request.GET.get("dang", "docx")
    if shown is None or kind not in {"docx", "pdf"}:
        raise Http404
    data = BytesIO()
    FORMATS[f".{kind}"].write(reminder_letter(shown, lines_of(shown, local_day(at)), at=at, person=request.seat), data)
    day: datetime.date = local_day(at)
    return attachment(data.getvalue(), kind, f"cong-van-don-doc-{place.slug}-{place.year}-{day:%Y%m%d}.{kind}")
