"""One section being written: the text, its figures as marks to insert, the words of departments to take over."""

import dataclasses
from functools import cached_property

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.operations.guards import Conflict
from provinces.drafts import find_draft, restore
from provinces.operations.memory import forget_draft
from provinces.workflow import Refused
from reports.bound import UNSEEN, Slot, amounts, mark, odd_numbers, pieces, refreshed, slots_of
from reports.context import address
from reports.forms import SectionForm
from reports.models import ReportSection
from reports.operations.texts import settle_quotes, use_draft, write_section
from reports.outline import SECTIONS
from reports.queries.masking import HIDDEN, masked_value
from reports.queries.texts import Changed, Heard, changed_quotes, heard_for, sections_of
from reports.queries.voices import voices_of
from reports.snapshot import YEAR
from reports.views.desk import WRITE, Desk, compiled_or_404, desk_of, section_title, show, shut_out
from reports.views.texts import shown, sources_of

FORM = "report_section"
YEAR_SECTION = "II.9"
MEASURED = ("II.",)  # sections with figures of their own; the others are offered the counts beside the measures


@dataclasses.dataclass(frozen=True)
class Offered:
    """A figure to be inserted: its words as this seat may see them, its mark, the way to its sources."""

    name: str
    label: str
    words: str
    mark: str
    url: str
    sub: bool = False


@dataclasses.dataclass(frozen=True)
class Told:
    """A statement of departments on the page, with the addresses of the returns it comes from."""

    heard: Heard
    authors: tuple[tuple[str, str, str], ...]
    elsewhere: tuple[str, ...]


class Sheet:
    """What the page of one section asks, each question once."""

    def __init__(self, desk: Desk, key: str):
        self.desk = desk
        self.sections = sections_of(desk.report)
        found = next((each for each in self.sections if each.key == key), None)
        if found is None:
            raise Http404
        self.section: ReportSection = found

    @cached_property
    def slots(self) -> dict[str, Slot]:
        return slots_of(self.desk.figures)

    @cached_property
    def voices(self):
        return voices_of(self.desk.report)

    @cached_property
    def heard(self) -> list[Heard]:
        return heard_for(self.section.key, self.voices, self.sections)

    @cached_property
    def changed(self) -> list[Changed]:
        return changed_quotes(self.section, self.voices)

    @property
    def draft_key(self) -> str:
        return f"{self.desk.report.public_id}:{self.section.key}"

    def url(self) -> str:
        return self.desk.url("report_text", key=self.section.key)


def report_text(request: HttpRequest, t: str, y: int, id: str, key: str) -> HttpResponse:
    """One section: left the text, right what it can be made of."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    sheet = Sheet(desk, key if key in SECTIONS else "")
    if request.method == "POST":
        return _write(request, sheet)
    saved = find_draft(request.seat, FORM, sheet.draft_key)
    section = sheet.section
    form = restore(SectionForm(initial={"text": section.text, "version": section.version}), saved)
    return _page(request, sheet, form, saved=saved)


def _write(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    desk = sheet.desk
    if not desk.writes:
        return shut_out(request, desk, holders=desk.department, at=WRITE)
    form = SectionForm(request.POST)
    if "insert" in request.POST:
        return _insert(request, sheet, request.POST["insert"])
    if not form.is_valid():
        return _page(request, sheet, form, status=422)
    try:
        if "settle" in request.POST:
            settle_quotes(sheet.section, by=request.seat, at=timezone.now())
            return _page(request, Sheet(desk, sheet.section.key), form)
        _save(request, sheet, form.cleaned_data)
    except Conflict as conflict:
        return _page(request, sheet, form, status=409, newest=conflict.newest, sentence=conflict.sentence)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _page(request, sheet, form, status=422)
    return _onward(request, sheet)


def _save(request: HttpRequest, sheet: Sheet, given: dict) -> None:
    """One operation, by the button that was pressed."""
    section, text = sheet.section, given["text"]
    by, at = request.seat, timezone.now()
    if "draft_text" in request.POST:
        use_draft(section, version=given["version"], by=by, at=at)
        return
    if "refresh" in request.POST:
        text = refreshed(text, sheet.slots)
    taken = _ticked(request, sheet) if "take" in request.POST else []
    write_section(section, text, version=given["version"], by=by, at=at, taken=taken)


def _ticked(request: HttpRequest, sheet: Sheet) -> list:
    wanted = set(request.POST.getlist("said"))
    found = [each.statement for each in sheet.heard if each.statement.id in wanted]
    if not found:
        raise Refused(_("Tick the words that go into the text"))
    return found


def _onward(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    forget_draft(FORM, sheet.draft_key, by=request.seat)
    key = sheet.section.key
    messages.success(request, _("Saved: %(section)s") % {"section": section_title(key)})
    following = _next_key(key) if "on" in request.POST else key
    if "list" in request.POST or not following:
        return redirect(sheet.desk.url("report_texts"))
    return redirect(sheet.desk.url("report_text", key=following))


def _insert(request: HttpRequest, sheet: Sheet, name: str) -> HttpResponse:
    """Without a script a figure goes to the end of the text, which is not saved yet; the mark can be cut and pasted."""
    offered = next((each for each in _all_offered(sheet) if each.name == name), None)
    typed = {"text": request.POST.get("text", ""), "version": request.POST.get("version", "")}
    if offered:
        typed["text"] = f"{typed['text'].rstrip()} {offered.mark}".strip()
    return _page(request, sheet, SectionForm(initial=typed))


def _page(request, sheet: Sheet, form: SectionForm, *, status: int = 200, **more) -> HttpResponse:
    desk, section = sheet.desk, sheet.section
    text = str(form["text"].value() or "")
    known = [section.drafted_text, *(each.text for each in section.quotes.all())]
    found = [each for each in pieces(text, sheet.slots) if each.is_mark]
    context = {
        "section": section,
        "form": form,
        "editable": desk.writes and desk.report.is_open,
        "title": section_title(section.key),
        "key": sheet.draft_key,
        "shown": shown(desk, text, sheet.slots),
        "drafted": shown(desk, section.drafted_text, sheet.slots),
        "stale": [each for each in found if each.is_stale],
        "lost": [each for each in found if each.is_lost],
        "moved": sum(each.is_stale or each.is_lost for each in found),
        "odd": [] if section.drafted else odd_numbers(text, sheet.slots, known),
        "offered": _own_offered(sheet),
        "others": _other_offered(sheet),
        "told": [_told(sheet, each) for each in sheet.heard],
        "changed": [(each, _return_of(sheet, each.public_id)) for each in sheet.changed],
        "ticked": request.POST.getlist("said"),
    }
    return show(request, "text", desk, at=WRITE, status=status, **context | more)


def _next_key(key: str) -> str:
    keys = list(SECTIONS)
    return keys[keys.index(key) + 1] if key != keys[-1] else ""


# ── figures to insert ──────────────────────────────────────────────────────


def _all_offered(sheet: Sheet) -> list[Offered]:
    return [_offered(sheet, each) for each in sheet.slots.values()]


def _own_offered(sheet: Sheet) -> list[Offered]:
    """The figures that belong to the section; counts of units, tasks and targets where no measure belongs."""
    return [_offered(sheet, each) for each in sheet.slots.values() if _belongs(each, sheet.section.key)]


def _other_offered(sheet: Sheet) -> list[Offered]:
    """The whole figures of the other sections."""
    key = sheet.section.key
    others = [each for each in sheet.slots.values() if not _belongs(each, key) and not _is_share(each)]
    return [_offered(sheet, each) for each in others]


def _belongs(slot: Slot, key: str) -> bool:
    if not slot.code:
        return not key.startswith(MEASURED)
    if key == YEAR_SECTION:
        return slot.scope == YEAR
    return slot.section == key and slot.scope != YEAR


def _is_share(slot: Slot) -> bool:
    return bool(slot.code) and slot.name not in {slot.code, f"{slot.code} năm"}


def _offered(sheet: Sheet, slot: Slot) -> Offered:
    words = _as_seen(sheet, slot)
    shown_words = words if words != HIDDEN else UNSEEN
    return Offered(
        slot.name, slot.label, words, mark(shown_words, slot.name), sources_of(sheet.desk, slot), _is_share(slot)
    )


def _as_seen(sheet: Sheet, slot: Slot) -> str:
    """The words of a figure for this seat: small counts of people helped stay hidden on screen."""
    figure = sheet.desk.figures.by_cell(f"{slot.code}:{slot.scope}") if slot.code else None
    if figure is None:
        return slot.words
    small = [int(each) for each in amounts(slot.words) if each == int(each)]
    hidden = any(masked_value(figure, each, sheet.desk.seat, slot.words) == HIDDEN for each in small)
    return HIDDEN if hidden else slot.words


# ── words of departments ───────────────────────────────────────────────────


def _told(sheet: Sheet, heard: Heard) -> Told:
    authors = [
        (each.department, _return_of(sheet, each.public_id), each.text if each.text != heard.statement.text else "")
        for each in heard.statement.voices
    ]
    return Told(heard, tuple(dict.fromkeys(authors)), tuple(map(section_title, heard.elsewhere)))


def _return_of(sheet: Sheet, public_id: str) -> str:
    where = {"t": sheet.desk.place.slug, "y": sheet.desk.place.year, "id": public_id}
    return address("return", **where)
