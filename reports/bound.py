"""Figures inside a text: «khoảng 550 [CT05.1]» names a figure and carries the words it had when somebody last saw it.

The mark is plain text that a person can read, type and cut. What is printed is always the snapshot's own words; a mark
whose words are no longer the snapshot's has gone stale, one that names nothing in the snapshot is lost.
"""

import dataclasses
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from provinces.vietnamese import NO_DATA, capitalise, certain, format_number, short_money
from reports.snapshot import YEAR, Figure, Figures, Slice, print_rate

MARK = re.compile(r"«([^«»\[\]\n]*?) ?\[([^«»\[\]\n]+)\]»")
UNSEEN = "…"  # stands in the mark of a figure that may not be shown to who writes
LOST = "(chưa có số liệu)"
NUMBER = re.compile(r"(?<![\w./,-])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(?= ?[^\W\d_%]| ?%)")
STEPS = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}
SEXES = {
    "female": "nữ",
    "male": "nam",
    "not_split": "chưa tách nữ, nam",
    "women": "phụ nữ",
    "children": "trẻ em",
    "girls": "trẻ em gái",
    "boys": "trẻ em trai",
}
COUNTS = "số đếm"
OF_PLAN = "so kế hoạch"
PARTS = "các phần"


@dataclass(frozen=True)
class Slot:
    """A figure that a text can be bound to: its name in the mark, what it is, its words, where it belongs."""

    name: str
    label: str
    words: str
    unit: str
    code: str = ""
    scope: str = ""
    section: str = ""
    part: str = ""


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: plain, or a bound figure with the words that were seen and the words that hold now."""

    text: str
    slot: Slot | None = None
    name: str = ""
    seen: str = ""

    @property
    def is_mark(self) -> bool:
        return bool(self.name)

    @property
    def is_lost(self) -> bool:
        return self.is_mark and self.slot is None

    @property
    def is_stale(self) -> bool:
        return self.slot is not None and self.seen not in {UNSEEN, self.slot.words}


def mark(words: str, name: str) -> str:
    """The words with the figure they come from; without a name they are plain words."""
    return f"«{words} [{name}]»" if name else words


# ── the figures of a snapshot, with their names ────────────────────────────


def bound(taken: Figures) -> Figures:
    """The same figures, each with its name, so that what is drafted from them is bound to them."""
    return replace(taken, cells=tuple(map(_named, taken.cells)), marked=True)


def _named(figure: Figure) -> Figure:
    name = cell_name(figure.code, figure.scope)
    shares = {
        each.name: tuple(replace(share, mark=_share_name(name, share)) for share in getattr(figure, each.name))
        for each in dataclasses.fields(figure)
        if _holds_slices(getattr(figure, each.name))
    }
    return replace(figure, mark=name, **shares)


def cell_name(code: str, scope: str) -> str:
    """“CT05.1” for the month, “CT05.1 năm” for the year."""
    return f"{code} năm" if scope == YEAR else code


def _share_name(name: str, share: Slice) -> str:
    words = re.sub(r"[«»\[\]\s]+", " ", share.name or share.key).strip()
    return f"{name} {words[:1].lower()}{words[1:]}"


def _holds_slices(value) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(each, Slice) for each in value)


def words_of(figure: Figure | Slice, unit: str = "") -> str:
    """A figure as running text has it: “khoảng 550”, “hàng trăm”, “80 triệu đồng”; nothing where there is none."""
    if figure.total is not None:
        money = (unit or getattr(figure, "unit_of_measure", "")) == "đồng"
        return certain(figure.total, figure.certainty, number=short_money if money else format_number)
    return "; ".join(figure.texts)


def rate_words(figure: Figure) -> tuple[str, str]:
    """A rate's share and its counts apart: “94,2%” and “98/104”; a ratio has only its counts, as “17/22”."""
    ratio = figure.counts == "rate" and figure.unit_of_measure != "%"
    share, _bracket, counts = print_rate(figure.rate, figure.numerator, figure.denominator, ratio=ratio).partition(" (")
    return share, counts.rstrip(")")


def slots_of(taken: Figures) -> dict[str, Slot]:
    """Every figure that a text can be bound to, by the name in its mark; what has no data has no slot."""
    found: dict[str, Slot] = {}
    for cell in bound(taken).cells:
        for slot in _slots(cell):
            found.setdefault(slot.name, slot)
    for line in taken.plan.lines:
        name = f"{cell_name(line.code, line.scope)} {OF_PLAN}"
        if line.share not in {"", NO_DATA}:
            found[name] = Slot(name, f"{line.name}, {OF_PLAN}", line.share, "%", line.code, line.scope)
    for name, (value, unit) in facts(taken).items():
        found[name] = Slot(name, name, format_number(value), unit)
    return found


def _slots(cell: Figure) -> Iterable[Slot]:
    about = {"code": cell.code, "scope": cell.scope, "section": cell.section}
    year = " (cả năm)" if cell.scope == YEAR else ""
    for name, told, words, unit, part in _told(cell):
        label = f"{cell.name}{told and ', ' + told}{year}"
        if words:
            yield Slot(f"{cell.mark} {name}".strip(), label, words, unit, **about, part=part)


def _told(cell: Figure) -> Iterable[tuple[str, str, str, str, str]]:
    """Ending of the name, what it tells, its words, unit and share; of the whole figure first."""
    unit = cell.unit_of_measure
    if cell.is_rate:
        share, counts = rate_words(cell)
        yield "", "", share, "" if "/" in share else "%", ""
        yield COUNTS, COUNTS, counts, "", ""
        return
    yield "", "", words_of(cell), unit, ""
    yield PARTS, PARTS, cell.parts, "", ""
    for field, sex in SEXES.items():
        value = getattr(cell, field)
        yield sex, sex, "" if value is None else format_number(value), unit, ""
    for share in _shares(cell):
        yield share.mark.removeprefix(cell.mark).strip(), share.name, words_of(share, unit), unit, share.key


def _shares(cell: Figure) -> Iterable[Slice]:
    for each in dataclasses.fields(cell):
        value = getattr(cell, each.name)
        if _holds_slices(value):
            yield from value


def facts(taken: Figures) -> dict[str, tuple[int, str]]:
    """What is counted beside the measures: who has sent, what the plan asked and how far it has come."""
    sent, plan = taken.coverage, taken.plan
    told: dict[str, tuple[int, str]] = {}
    if sent.asked:
        told |= {
            "đơn vị phải gửi": (sent.asked, "cơ quan, đơn vị"),
            "đơn vị đã gửi": (sent.sent, "cơ quan, đơn vị"),
            "đơn vị chưa gửi": (len(sent.missing), "cơ quan, đơn vị"),
            "đơn vị không phát sinh": (sent.nil, "cơ quan, đơn vị"),
            "hoạt động chưa xác minh": (sent.rows_waiting, "hoạt động"),
        }
    if plan.tasks:
        told |= {
            "nhiệm vụ": (plan.tasks, "nhiệm vụ"),
            "đơn vị được giao": (plan.leads, "cơ quan, đơn vị"),
            "nhiệm vụ đã thực hiện": (plan.tasks_done, "nhiệm vụ"),
            "nhiệm vụ chưa có hoạt động": (plan.tasks - plan.tasks_done, "nhiệm vụ"),
        }
    if plan.lines:
        reached = sum(bool(each.reached) for each in plan.lines)
        told |= {
            "chỉ tiêu kế hoạch": (len(plan.lines), "chỉ tiêu"),
            "chỉ tiêu đạt": (reached, "chỉ tiêu"),
            "chỉ tiêu chưa đạt": (len(plan.lines) - reached, "chỉ tiêu"),
        }
    return told


# ── texts ──────────────────────────────────────────────────────────────────


def pieces(text: str, slots: Mapping[str, Slot]) -> list[Piece]:
    """The text cut at its marks."""
    found, last = [], 0
    for each in MARK.finditer(text):
        found.append(Piece(text[last : each.start()]))
        name = " ".join(each[2].split())
        found.append(Piece("", slots.get(name), name, each[1].strip()))
        last = each.end()
    found.append(Piece(text[last:]))
    return [each for each in found if each.text or each.is_mark]


def printed(text: str, slots: Mapping[str, Slot]) -> str:
    """The text as the document has it: each mark gives way to the words of the snapshot."""
    told = []
    for each in pieces(text, slots):
        words = each.text if not each.is_mark else each.slot.words if each.slot else LOST
        starts = each.is_mark and (not told or told[-1].endswith("\n"))
        told.append(capitalise(words) if starts else words)
    return "".join(told)


def stale(text: str, slots: Mapping[str, Slot]) -> list[Piece]:
    """The marks whose words are no longer those of the snapshot."""
    return [each for each in pieces(text, slots) if each.is_stale]


def lost(text: str, slots: Mapping[str, Slot]) -> list[Piece]:
    """The marks that name nothing in the snapshot."""
    return [each for each in pieces(text, slots) if each.is_lost]


def refreshed(text: str, slots: Mapping[str, Slot]) -> str:
    """The text with today's words in its marks; lost ones stay for a person to take out."""
    return "".join(_anew(each) for each in pieces(text, slots))


def _anew(piece: Piece) -> str:
    if not piece.is_mark:
        return piece.text
    return mark(piece.slot.words if piece.is_stale else piece.seen, piece.name)


@dataclass(frozen=True)
class Typed:
    """A number that somebody typed with its unit: “120 buổi”."""

    words: str
    amount: Decimal
    unit: str


def odd_numbers(text: str, slots: Mapping[str, Slot], known: Iterable[str] = ()) -> list[str]:
    """Typed numbers whose unit is counted in the snapshot but that no figure with that unit comes to.

    Numbers that stand with the same unit in one of the `known` texts (the draft, words of a department) are not odd.
    """
    units = frozenset(each.unit for each in slots.values() if each.unit)
    holds = {(amount, each.unit) for each in slots.values() for amount in amounts(each.words)}
    holds |= {(each.amount, each.unit) for told in known for each in typed_numbers(printed(told, slots), units)}
    plain = "\n".join(each.text if not each.is_mark else "…" for each in pieces(text, slots))
    odd = [each.words for each in typed_numbers(plain, units) if (each.amount, each.unit) not in holds]
    return list(dict.fromkeys(odd))


def typed_numbers(text: str, units: frozenset[str]) -> list[Typed]:
    """The numbers of a text that are followed by one of the units."""
    found = []
    for each in NUMBER.finditer(text):
        amount, rest, step = _read(each, text)
        unit = _pattern(units).match(rest)
        if unit:
            found.append(Typed(f"{each[0]}{step}{unit[0]}".strip(), amount, unit[1].lower()))
    return found


@functools.lru_cache(maxsize=8)
def _pattern(units: frozenset[str]) -> re.Pattern:
    longest_first = "|".join(re.escape(each) for each in sorted(units, key=len, reverse=True))
    return re.compile(rf"[ \u00a0]?({longest_first or '(?!)'})(?!\w)", re.IGNORECASE)


def _read(found: re.Match, text: str) -> tuple[Decimal, str, str]:
    amount = Decimal(found[1].replace(".", "") + (f".{found[2]}" if found[2] else ""))
    rest = text[found.end() :]
    step = re.match(r" (nghìn|triệu|tỷ)(?!\w)", rest)
    if step is None:
        return amount, rest, ""
    return amount * STEPS[step[1]], rest[step.end() :], step[0]


def amounts(words: str) -> list[Decimal]:
    """The numbers in a figure's own words: 550 of “khoảng 550”, 80.000.000 of “80 triệu đồng”, 17 of “17/22”."""
    return [_read(each, words)[0] for each in re.finditer(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?", words)]
