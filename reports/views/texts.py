"""The text of a report: its sections with their states, the drafts that nobody has read, the figures that moved."""

import dataclasses
import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from campaigns.operations.guards import Conflict
from provinces.templatetags.components import DOING, DONE, TODO
from provinces.vietnamese import format_moment, format_number
from provinces.workflow import Refused
from reports.bound import Slot, pieces, slots_of
from reports.models import ReportSection
from reports.operations.texts import keep_drafts, refresh_figures
from reports.queries.texts import changed_quotes, odd_in, sections_of, shown_as, stale_in, unused
from reports.queries.voices import voices_of
from reports.views.desk import WRITE, Desk, compiled_or_404, desk_of, section_title, show, shut_out


@dataclasses.dataclass(frozen=True)
class Row:
    """A section in the list of the text."""

    title: str
    url: str
    chip: str
    note: str
    flags: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Shown:
    """A stretch of a text on screen: words, or a bound figure with its address and what it was before."""

    text: str
    url: str = ""
    label: str = ""
    before: str = ""
    lost: bool = False
    bound: bool = False


def report_texts(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The sections with their states, and what stands between the text and the signature."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    return _list(request, desk)


def _list(request: HttpRequest, desk: Desk, *, status: int = 200, faults=()) -> HttpResponse:
    sections, voices = sections_of(desk.report), voices_of(desk.report)
    slots = slots_of(desk.figures)
    rows = [_row(desk, each, slots, voices) for each in sections]
    context = {
        "rows": rows,
        "points": desk.points,
        "moved": any(stale_in(each, slots) for each in sections),
        "unread": sum(each.unread for each in sections),
        "unused": unused(voices, sections),
        "faults": faults,
        "faulty": bool(faults),
    }
    return show(request, "texts", desk, at=WRITE, status=status, **context)


def _row(desk: Desk, section: ReportSection, slots: dict[str, Slot], voices) -> Row:
    chip, note = _state(section)
    url = desk.url("report_text", key=section.key)
    return Row(section_title(section.key), url, chip, note, tuple(_flags(desk, section, slots, voices)))


def _state(section: ReportSection) -> tuple[str, str]:
    if not section.text:
        return (TODO, _("Nothing written yet")) if section.drafted else (DONE, _("Left empty"))
    if section.unread:
        return DOING, _("A draft that nobody has read")
    if section.drafted:
        who = {"person": section.kept_by.user if section.kept_by else "", "time": _when(section.kept_at)}
        return DONE, _("Draft read and kept: %(person)s, %(time)s") % who
    editor = section.edited_by.user if section.edited_by else ""
    return DONE, _("%(person)s, %(time)s") % {"person": editor, "time": _when(section.edited_at)}


def _flags(desk: Desk, section: ReportSection, slots: dict[str, Slot], voices):
    if not desk.report.is_open:
        return
    if n := len(stale_in(section, slots)):
        yield ngettext("%(n)s figure has changed", "%(n)s figures have changed", n) % {"n": format_number(n)}
    if n := len(odd_in(section, slots)):
        words = ngettext("%(n)s number not in the figures", "%(n)s numbers not in the figures", n)
        yield words % {"n": format_number(n)}
    if n := len(changed_quotes(section, voices)):
        words = ngettext("words of %(n)s unit have changed", "words of %(n)s units have changed", n)
        yield words % {"n": format_number(n)}


def _when(moment: datetime.datetime | None) -> str:
    return format_moment(moment) if moment else "…"


def shown(desk: Desk, text: str, slots: dict[str, Slot]) -> list[Shown]:
    """The text for reading on screen: each bound figure as it is now, with the way to its sources."""
    told = []
    for each in pieces(text, slots):
        if not each.is_mark:
            told.append(Shown(each.text))
        elif each.is_lost:
            told.append(Shown(each.seen or "…", label=each.name, lost=True, bound=True))
        else:
            before = each.seen if each.is_stale else ""
            label = each.slot.label
            told.append(Shown(each.slot.words, sources_of(desk, each.slot), label, before, bound=True))
    return told


def sources_of(desk: Desk, slot: Slot) -> str:
    """The page of what is behind a figure; nothing for a count that is no measure."""
    if not slot.code:
        return ""
    return desk.url("figure_sources", code=slot.code) + ("?pham-vi=nam" if slot.scope == "year" else "")


def report_drafts(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Đọc lời dự thảo”: every draft that nobody has read, each to be ticked or edited."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    if request.method != "POST":
        return _drafts(request, desk)
    if not desk.writes:
        return shut_out(request, desk, holders=desk.department, at=WRITE)
    read = {key: request.POST.get(f"as-{key}", "") for key in request.POST.getlist("read")}
    try:
        kept = keep_drafts(desk.report, read, by=request.seat, at=timezone.now())
    except Refused as refused:
        return _drafts(request, desk, status=422, faults=[refused.sentence])
    words = ngettext("%(n)s section kept as drafted", "%(n)s sections kept as drafted", len(kept))
    messages.success(request, words % {"n": format_number(len(kept))})
    return redirect(desk.url("report_texts"))


def _drafts(request: HttpRequest, desk: Desk, *, status: int = 200, faults=()) -> HttpResponse:
    slots = slots_of(desk.figures)
    ticked = request.POST.getlist("read")
    rows = [
        {
            "key": each.key,
            "title": section_title(each.key),
            "pieces": shown(desk, each.text, slots),
            "seen": shown_as(each),
            "ticked": each.key in ticked,
            "url": desk.url("report_text", key=each.key),
        }
        for each in sections_of(desk.report)
        if each.unread
    ]
    editable = desk.writes and desk.report.is_open
    context = {"rows": rows, "editable": editable, "faults": faults, "faulty": bool(faults)}
    return show(request, "text_drafts", desk, at=WRITE, status=status, **context)


@require_POST
def report_refresh(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Cập nhật các con số”: the words of the newest figures into every section that a person wrote."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    if not desk.writes:
        return shut_out(request, desk, holders=desk.department, at=WRITE)
    try:
        written = refresh_figures(desk.report, by=request.seat, at=timezone.now())
    except (Conflict, Refused) as refused:
        return _list(request, desk, status=422, faults=[refused.sentence])
    n = len(written)
    words = ngettext("Figures updated in %(n)s section", "Figures updated in %(n)s sections", n)
    messages.success(request, words % {"n": format_number(n)})
    return redirect(desk.url("report_texts"))
