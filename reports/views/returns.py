"""The returns of a province and year, and the pages of one: what stands in it, its text, its figures, its print."""

import dataclasses

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.models import Activity
from campaigns.models import Recipient
from campaigns.operations.guards import Conflict
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.drafts import find_draft, restore
from provinces.models import Duty, Seat
from provinces.operations.memory import forget_draft
from provinces.templatetags.components import chip_of
from provinces.vietnamese import format_moment, format_number
from provinces.workflow import Refused
from reports.context import address
from reports.forms import SectionForm
from reports.models import Report, ReportSection
from reports.operations.texts import write_section
from reports.outline import RETURN_TEXTS
from reports.queries.masking import HIDDEN, masked, masked_contribution
from reports.queries.returns import joined_activities
from reports.queries.sources import sources_of
from reports.snapshot import MONTH, ROLES, YEAR, Contribution, Figure
from reports.views.printing import TYPES, attachment, file_of, leaves_of, page_images
from reports.views.return_desk import ReturnDesk, return_desk, return_title, returns_at, show_return
from reports.views.tables import FigureTable, lines_of, tables_of

FORM = "return_section"
ON_A_PAGE = 50
STATES = {"cho-xem": ("sent", "nil"), "da-tiep-nhan": ("accepted",), "bi-tra-lai": ("returned",)}
SCOPES = {"thang": MONTH, "nam": YEAR}
HINTS = {
    "I": gettext_lazy("Plans, letters and meetings by which the unit carried it out"),
    "II": gettext_lazy("What stands out; the figures and the list of activities come by themselves"),
    "III.2": gettext_lazy("What made it hard, in the unit's own words"),
    "IV.2": gettext_lazy("Proposals to the province, the committee or the ministry"),
    "IV.3": gettext_lazy("Collectives and officials proposed for a commendation; no person that was helped"),
}


@dataclasses.dataclass(frozen=True)
class Row:
    """A line of a task list."""

    title: str
    url: str
    chip: str
    note: str = ""
    flags: tuple[str, ...] = ()


def returns(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Own returns first; the office has those of the departments, those that wait before the rest."""
    place, at = place_of(request, t, y), timezone.now()
    rows = returns_at(request.seat, place).exclude(status=Report.Status.SUPERSEDED)
    mine = rows.filter(department__in=request.seat.reach.departments).order_by("-created_at", "-id")
    others = rows.exclude(department__in=request.seat.reach.departments).order_by("-locked_at", "-id")
    chosen = request.GET.get("trang_thai", "")
    if chosen in STATES:
        others = others.filter(status__in=STATES[chosen])
    page = Paginator(others, ON_A_PAGE).get_page(request.GET.get("trang"))
    dues = _dues(mine)
    context = {
        "place": place,
        "mine": [_row(report, place, dues, at) for report in mine],
        "rows": [_row(report, place, {}, at, reviewed=True) for report in page],
        "page": page,
        "chosen": chosen,
        "office": _leads(request.seat, place),
        "states": [("", _("All")), ("cho-xem", _("To be looked at")), ("da-tiep-nhan", _("Accepted"))],
    }
    return render(request, "reports/returns.html", context)


def _leads(seat: Seat, place: Place) -> bool:
    return any(seat.holds(kind, place.province, place.campaign.opens_on) for kind in (Duty.Kind.STANDING_OFFICE,))


def _dues(reports) -> dict:
    """When each own return is due, extensions included; one query."""
    rows = Recipient.objects.filter(request__in=[report.request_id for report in reports])
    rows = rows.filter(department__in=[report.department_id for report in reports]).values_list(
        "request", "department", "due", "request__due"
    )
    return {(request, department): own or due for request, department, own, due in rows}


def _row(report: Report, place: Place, dues: dict, at, *, reviewed: bool = False) -> Row:
    waits = reviewed and report.status in {"sent", "nil"}
    url = ReturnDesk(None, place, report, at).url("return_review" if waits else "return")
    due = dues.get((report.request_id, report.department_id))
    parts = [report.get_status_display()]
    parts += [_("due %(time)s") % {"time": format_moment(due)}] if due and report.is_open else []
    parts += [format_moment(report.locked_at)] if report.locked_at else []
    late = due is not None and report.is_open and at > due
    chip = chip_of("return", report.status, "reviewer" if reviewed else "owner")
    return Row(return_title(report), url, chip, " · ".join(parts), (_("Overdue"),) if late else ())


# ── one return ─────────────────────────────────────────────────────────────


@dataclasses.dataclass(frozen=True)
class Part:
    """The figures of one role: what the unit led, helped with, attended, gave."""

    key: str
    name: str
    count: int
    tables: list[FigureTable]


def return_page(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Where the return stands, what goes with it, and the one thing to do next."""
    desk = return_desk(request, t, y, id)
    if desk.receives and not desk.own:
        return redirect(desk.url("return_review"))
    context = {"texts": _texts(desk), "parts": parts_of(desk), "activities": _activities(desk)}
    return show_return(request, "return", desk, **context)


def parts_of(desk: ReturnDesk) -> list[Part]:
    """The roles that the department had, each with its figures: they are never added together."""
    counts = {role: sum(done.role == role for done in desk.taken.done) for role in ROLES if role}
    made = [Part(role, ROLES[role], n, tables_of(desk.taken.of_role(role), desk.seat)) for role, n in counts.items()]
    return [part for part in made if part.count or part.tables]


def _texts(desk: ReturnDesk) -> list[Row]:
    return [_text_row(desk, section) for section in desk.sections]


def _text_row(desk: ReturnDesk, section: ReportSection) -> Row:
    note = _("Nothing written yet")
    if section.edited_by and section.edited_at:
        note = _("%(person)s, %(time)s") % {
            "person": section.edited_by.user,
            "time": format_moment(section.edited_at),
        }
    chip = "done" if section.text else "todo"
    return Row(RETURN_TEXTS[section.key], desk.url("return_text", key=section.key), chip, note)


def _activities(desk: ReturnDesk) -> list[Row]:
    """The own activities that need somebody first, then the count of those that go or went, then those of others."""
    where = {"t": desk.place.slug, "y": desk.place.year}
    list_url = address("activities", **where)
    if not desk.own:
        return []
    rows = [
        Row(row.title, address("activity", **where, id=row.public_id), "back", row.comment.split("\n")[0][:160])
        for row in desk.rows.returned
    ]
    rows += [
        Row(row.title, address("activity", **where, id=row.public_id), "doing", fault)
        for row, fault in desk.rows.unready
    ]
    ready = len(desk.rows.ready)
    counts = (
        (ready, "doing", ngettext("%(n)s activity goes with it", "%(n)s activities go with it", ready)),
        (desk.rows.sent, "wait", _("%(n)s sent, to be verified")),
        (desk.rows.accepted, "done", _("%(n)s verified")),
        (joined_activities(desk.report).count(), "done", _("%(n)s recorded by others, with this unit taking part")),
    )
    return rows + [Row(words % {"n": format_number(n)}, list_url, chip) for n, chip, words in counts if n]


def return_text(request: HttpRequest, t: str, y: int, id: str, key: str) -> HttpResponse:
    """One text of the return."""
    desk = return_desk(request, t, y, id)
    section = next((each for each in desk.sections if each.key == key), None)
    if section is None or not desk.own:
        raise Http404
    section.report = desk.report
    if request.method == "POST":
        return _write(request, desk, section)
    saved = find_draft(request.seat, FORM, _draft_key(section))
    form = restore(SectionForm(initial={"text": section.text, "version": section.version}), saved)
    return _text_page(request, desk, section, form, saved=saved)


def _write(request: HttpRequest, desk: ReturnDesk, section: ReportSection) -> HttpResponse:
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _text_page(request, desk, section, form, status=422)
    given = form.cleaned_data
    try:
        write_section(section, given["text"], version=given["version"], by=request.seat, at=desk.at)
    except Conflict as conflict:
        more = {"newest": conflict.newest, "conflict": conflict.sentence}
        return _text_page(request, desk, section, form, status=409, **more)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _text_page(request, desk, section, form, status=422)
    forget_draft(FORM, _draft_key(section), by=request.seat)
    messages.success(request, _("Saved: %(section)s") % {"section": RETURN_TEXTS[section.key]})
    keys = list(RETURN_TEXTS)
    following = keys[keys.index(section.key) + 1] if "on" in request.POST and section.key != keys[-1] else ""
    return redirect(desk.url("return_text", key=following) if following else desk.home)


def _text_page(request, desk: ReturnDesk, section: ReportSection, form, *, status: int = 200, **more) -> HttpResponse:
    context = {
        "section": section,
        "form": form,
        "here": RETURN_TEXTS[section.key],
        "hint": HINTS[section.key],
        "key": _draft_key(section),
        **more,
    }
    return show_return(request, "return_text", desk, status=status, **context)


def _draft_key(section: ReportSection) -> str:
    return f"{section.report.public_id}:{section.key}"


# ── figures and their sources ──────────────────────────────────────────────


@dataclasses.dataclass(frozen=True)
class Behind:
    """One activity behind a figure, with what it gave."""

    title: str
    department: str
    day: str
    label: str
    given: str
    url: str


def return_sources(request: HttpRequest, t: str, y: int, id: str, code: str) -> HttpResponse:
    """“Nguồn số liệu”: the activities whose sum is the number, in one role."""
    desk = return_desk(request, t, y, id)
    scope = SCOPES.get(request.GET.get("pham-vi", ""), MONTH)
    role = request.GET.get("vai-tro", "lead")
    figure = desk.taken.of_role(role).by_cell(f"{code}:{scope}") if role in ROLES else None
    if figure is None:
        raise Http404
    rows = _behind(desk, figure, role)
    context = {"figure": figure, "rows": rows, "shown": masked(figure, desk.seat), "role": ROLES[role]}
    context |= {"lines": lines_of(figure, desk.seat, None, {})[1:], "here": figure.name}
    return show_return(request, "return_sources", desk, **context)


def _behind(desk: ReturnDesk, figure: Figure, role: str) -> list[Behind]:
    wanted = {"lead", ""} if role == "lead" else {role}
    if figure.contributions:
        found = [each for each in figure.contributions if not each.left_out and each.role in wanted]
        visible = _visible(desk, {each.activity_id for each in found})
        return [_live(desk, figure, each, visible) for each in found]
    rows = [each for each in sources_of(desk.report.snapshot, figure.cell) if each.role in wanted and not each.left_out]
    visible = _visible(desk, {each.activity_id for each in rows})
    hidden = masked(figure, desk.seat) == HIDDEN
    return [
        Behind(
            each.activity.title,
            str(each.activity.owner),
            str(each.activity.starts_on or ""),
            "",
            HIDDEN if hidden else each.printed,
            visible.get(each.activity_id, ""),
        )
        for each in rows
    ]


def _visible(desk: ReturnDesk, ids: set[int]) -> dict[int, str]:
    """The addresses of the activities that the seat may open."""
    where = {"t": desk.place.slug, "y": desk.place.year}
    rows = Activity.objects.visible_to(desk.seat).filter(pk__in=ids).values_list("pk", "public_id")
    return {pk: address("activity", **where, id=public_id) for pk, public_id in rows}


def _live(desk: ReturnDesk, figure: Figure, each: Contribution, visible: dict[int, str]) -> Behind:
    given = masked_contribution(each, figure, desk.seat)
    return Behind(each.title, each.department, each.dated, each.label, given, visible.get(each.activity_id, ""))


# ── the print ──────────────────────────────────────────────────────────────


def return_preview(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Xem bản in”: the unit's own official report."""
    desk = return_desk(request, t, y, id)
    return show_return(request, "return_preview", desk, pages=leaves_of(desk.report), here=_("See the print"))


def return_leaf(request: HttpRequest, t: str, y: int, id: str, no: int) -> HttpResponse:
    """One page of the print as a picture."""
    images = page_images(return_desk(request, t, y, id).report)
    if not 1 <= no <= len(images):
        raise Http404
    return HttpResponse(images[no - 1].read_bytes(), content_type="image/png")


def return_file(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The return as DOCX, PDF or its annexes as XLSX, always as an attachment."""
    desk = return_desk(request, t, y, id)
    kind = request.GET.get("dang", "docx")
    if kind not in TYPES:
        raise Http404
    version = f"-ban-{desk.report.version}" if desk.report.version > 1 else ""
    stem = "phu-luc-don-vi" if kind == "xlsx" else "bao-cao-don-vi"
    name = f"{stem}-{desk.report.public_id}-{desk.place.year}{version}.{kind}"
    return attachment(file_of(desk.report, kind), kind, name)
