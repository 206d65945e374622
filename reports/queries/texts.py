"""How far the text of a report has come: what nobody has read, which figures moved, which words were changed since."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provinces.vietnamese import format_number
from reports.bound import Piece, Slot, lost, odd_numbers, slots_of, stale
from reports.models import Quote, Report, ReportSection
from reports.outline import SECTIONS, part_of
from reports.queries.picture import frozen
from reports.voices import HEARD, Statement, Voice, holds, statements, words_of

UNREAD, STALE, LOST = "unread", "stale", "lost"
LISTED = 4


@dataclass(frozen=True)
class Point:
    """What stands between a text and the signature: its kind, the sections it is about, and the sentence of it."""

    kind: str
    keys: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Changed:
    """Words that were taken over and that their department does not say any more; `now` is the nearest it says."""

    quote: Quote
    department: str
    now: str
    public_id: str


@dataclass(frozen=True)
class Heard:
    """A statement of departments beside a section: whether the text has it already, here or elsewhere."""

    statement: Statement
    here: bool
    elsewhere: tuple[str, ...] = field(default=())

    @property
    def used(self) -> bool:
        return self.here or bool(self.elsewhere)


def slots_of_report(report: Report) -> dict[str, Slot]:
    """The figures that the report's text can be bound to: those of its snapshot."""
    return slots_of(frozen(report.snapshot)) if report.snapshot else {}


def shown_as(section: ReportSection) -> str:
    """A short name of the words that a page showed."""
    return hashlib.sha256(section.text.encode()).hexdigest()[:16]


def title_of_section(key: str) -> str:
    """“II.4”, “Mở đầu”: how a sentence names a section."""
    return key if part_of(key) in {"I", "II", "III", "IV"} else SECTIONS.get(key, key)


def sections_of(report: Report) -> list[ReportSection]:
    """The sections in the order of the document, with who wrote and kept them and whose words they quote."""
    quotes = Quote.objects.select_related("department", "source").prefetch_related("department__names").order_by("id")
    rows = report.sections.select_related("edited_by__user", "kept_by__user")
    found = {each.key: each for each in rows.prefetch_related(Prefetch("quotes", quotes))}
    for each in found.values():
        each.report = report
    return [found[key] for key in SECTIONS if key in found]


def open_points(report: Report, slots: dict[str, Slot] | None = None) -> list[Point]:
    """What has to be settled before the report is locked; the text of a return is its department's own."""
    if report.kind == Report.Kind.RETURN:
        return []
    order = list(SECTIONS)
    sections = [each for each in report.sections.all() if each.key in SECTIONS]
    sections.sort(key=lambda each: order.index(each.key))
    slots = slots_of_report(report) if slots is None else slots
    found = (
        (UNREAD, [each.key for each in sections if each.unread]),
        (STALE, [each.key for each in sections if stale(each.text, slots)]),
        (LOST, [each.key for each in sections if lost(each.text, slots)]),
    )
    return [Point(kind, tuple(keys), _sentence(kind, keys)) for kind, keys in found if keys]


def _sentence(kind: str, keys: Sequence[str]) -> str:
    n = len(keys)
    words = {
        UNREAD: ngettext(
            "%(n)s section is a draft that nobody has read: %(sections)s.",
            "%(n)s sections are drafts that nobody has read: %(sections)s.",
            n,
        ),
        STALE: ngettext(
            "%(n)s section holds figures that have changed: %(sections)s.",
            "%(n)s sections hold figures that have changed: %(sections)s.",
            n,
        ),
        LOST: ngettext(
            "%(n)s section names figures that are not in the figures of the report: %(sections)s.",
            "%(n)s sections name figures that are not in the figures of the report: %(sections)s.",
            n,
        ),
    }[kind]
    named = ", ".join(map(title_of_section, keys if n <= LISTED + 1 else keys[:LISTED]))
    if n > LISTED + 1:
        named = _("%(sections)s and %(n)s more") % {"sections": named, "n": format_number(n - LISTED)}
    return words % {"n": format_number(n), "sections": named}


def odd_in(section: ReportSection, slots: dict[str, Slot]) -> list[str]:
    """Numbers a person typed that no figure with that unit comes to; the draft and quoted words are no typing."""
    if section.drafted:
        return []
    known = [section.drafted_text, *(each.text for each in section.quotes.all())]
    return odd_numbers(section.text, slots, known)


def stale_in(section: ReportSection, slots: dict[str, Slot]) -> list[Piece]:
    """The bound figures of a section that have moved or are gone."""
    return [*stale(section.text, slots), *lost(section.text, slots)]


# ── words of departments ───────────────────────────────────────────────────


def heard_for(key: str, voices: Sequence[Voice], sections: Sequence[ReportSection]) -> list[Heard]:
    """The statements that belong beside a section, those not used anywhere first."""
    found = [each for heard in HEARD.get(key, ()) for each in statements(voices, heard)]
    told = [Heard(each, *_used(each, key, sections)) for each in found]
    return sorted(told, key=lambda each: each.used)


def unused(voices: Sequence[Voice], sections: Sequence[ReportSection]) -> int:
    """How many statements of the departments stand in no section."""
    return sum(not any(_has(section, each) for section in sections) for each in statements_by_key(voices))


def statements_by_key(voices: Sequence[Voice]) -> list[Statement]:
    """Every statement of the returns, kind by kind."""
    return [each for key in dict.fromkeys(voice.key for voice in voices) for each in statements(voices, key)]


def _used(said: Statement, key: str, sections: Sequence[ReportSection]) -> tuple[bool, tuple[str, ...]]:
    keys = [section.key for section in sections if _has(section, said)]
    return key in keys, tuple(each for each in keys if each != key)


def _has(section: ReportSection, said: Statement) -> bool:
    """True when the section quotes one of its authors, or has the words themselves."""
    hashes = {voice.sha256 for voice in said.voices}
    quoted = any(each.sha256 in hashes and _stands(each, section) for each in section.quotes.all())
    return quoted or holds(section.text, said.text)


def _stands(quote: Quote, section: ReportSection) -> bool:
    """A quote of a draft counts while its words stand; one that a person took over may have been put differently."""
    return not quote.drafted or holds(section.text, quote.text)


def changed_quotes(section: ReportSection, voices: Sequence[Voice]) -> list[Changed]:
    """The quotes of a section whose department says something else now, or has its return back."""
    said = {(each.department_id, each.key, each.sha256) for each in voices}
    day = section.report.campaign.closes_on
    found: dict[tuple, Changed] = {}
    for quote in section.quotes.all():
        who = (quote.department_id, quote.key, quote.sha256)
        if who not in said and who not in found and _stands(quote, section):
            name = quote.department.name_on(day)
            now = _nearest(quote, voices)
            found[who] = Changed(quote, str(name or quote.department), now, quote.source.public_id)
    return list(found.values())


def _nearest(quote: Quote, voices: Sequence[Voice]) -> str:
    """What the department says instead, as far as it can be told: its line with the most words in common."""
    old = set(words_of(quote.text))
    own = [each for each in voices if each.department_id == quote.department_id and each.key == quote.key]
    best = max(own, key=lambda each: len(old & set(each.words)), default=None)
    return best.text if best and old & set(best.words) else ""
