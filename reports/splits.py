"""How a figure splits: its smallest shares, and the sums, rows and columns that are made of them; knows no tables.

A leaf is what one department gave in one role, on one side of the month, paid from one source, with one certainty.
Leaves never overlap, so that any of their sums agrees with the figure; what has no role, day or source is a leaf with
an empty key there and stands in a line of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from provinces.vietnamese import NO_DATA, certain, format_number, sort_key

SEXES = ("female", "male", "not_split")
CHILDREN = ("children", "girls", "boys")
COUNTS = ("female", "male", *CHILDREN)
DIMENSIONS = ("level", "department", "role", "window", "paid", "certainty")
KEY = attrgetter("department_id", "level", "role", "window", "paid", "certainty")
ORDER = {
    "level": ("province", "district", "commune", "country", ""),
    "role": ("lead", "co", "attendee", "donor", ""),
    "window": ("inside", "before", "after", ""),
    "paid": ("state_budget", "mobilised", "integrated", "several", ""),
    "certainty": ("exact", "about", "over", "nearly", "text", "rate", "unknown"),
}
SEVERAL = "several"


class Leaf(NamedTuple):
    """The smallest share of a figure; `total` is empty where no row gave a number."""

    department: int
    level: str
    role: str
    window: str
    paid: str
    certainty: str
    rows: int
    total: int | None
    female: int | None = None
    male: int | None = None
    children: int | None = None
    girls: int | None = None
    boys: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    rate: str = ""
    text: str = ""


class Body(NamedTuple):
    """A department behind the figures, by its name of that year."""

    id: int
    name: str
    level: str
    unit: int


@dataclass(frozen=True)
class Share:
    """What leaves come to together, with the certainty of the sum."""

    total: int | None = None
    certainty: str = "unknown"
    rows: int = 0
    female: int | None = None
    male: int | None = None
    children: int | None = None
    girls: int | None = None
    boys: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    rate: str = ""
    texts: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    estimated: tuple[str, ...] = ()

    @property
    def not_split(self) -> int | None:
        """What was not split by sex: computed, never stored."""
        return None if self.total is None else self.total - (self.female or 0) - (self.male or 0)

    @property
    def printed(self) -> str:
        """“khoảng 550”, “hàng trăm”, “17/22”, “–”."""
        if self.denominator:
            return f"{format_number(self.numerator)}/{format_number(self.denominator)}"
        if self.rate:
            return f"{self.rate.replace('.', ',')}%"
        if self.total is None:
            return "; ".join(self.texts) or NO_DATA
        return certain(self.total, self.certainty)

    def printed_count(self, name: str) -> str:
        """One sex, the rest or the children among the total; a part of an estimate is an estimate."""
        value = getattr(self, name)
        if value is None:
            return NO_DATA
        if value and value == self.total:
            return self.printed
        return certain(value, "about" if name in self.estimated else "exact")


def leaves_of(adding: Iterable) -> tuple[Leaf, ...]:
    """The leaves of the contributions that add to a figure, in a fixed order."""
    found: dict[tuple, list] = defaultdict(list)
    rows = list(adding)
    for key, each in zip(map(KEY, rows), rows, strict=True):
        found[key].append(each)
    return tuple(_leaf(key, found[key]) for key in sorted(found))


def _leaf(key: tuple, rows: list) -> Leaf:
    if key[-1] == "rate":
        return Leaf(*key, len(rows), None, **_rate(rows))
    if key[-1] in {"text", "unknown"}:
        return Leaf(*key, len(rows), None, text="; ".join(dict.fromkeys(each.text for each in rows if each.text)))
    if len(rows) == 1:
        one = rows[0]
        return Leaf(*key, 1, one.value, one.female, one.male, one.children, one.girls, one.boys)
    return Leaf(*key, len(rows), sum(each.value for each in rows), *(added(rows, name) for name in COUNTS))


def leaves_of_leaves(leaves: Iterable[Leaf], department: int) -> tuple[Leaf, ...]:
    """The leaves of many departments as those of one body; shares that differ are words, as no number comes of them."""
    found: dict[tuple, list] = defaultdict(list)
    for each in leaves:
        found[each[1:6]].append(each)
    return tuple(_as_one((department, *key), found[key]) for key in sorted(found))


def _as_one(key: tuple, several: list[Leaf]) -> Leaf:
    if len(several) == 1:
        return Leaf(*key, *several[0][6:])
    rows = sum(each.rows for each in several)
    if key[-1] == "rate":
        return Leaf(*key, rows, None, **_rate(several))
    if key[-1] in {"text", "unknown"}:
        return Leaf(*key, rows, None, text="; ".join(dict.fromkeys(each.text for each in several if each.text)))
    return Leaf(*key, rows, added(several, "total"), *(added(several, name) for name in COUNTS))


def added(rows: Iterable, name: str) -> int | None:
    """The sum of what is known; nothing where nothing is."""
    known = [value for each in rows if (value := getattr(each, name)) is not None]
    return sum(known) if known else None


def _rate(rows: list) -> dict:
    """Numerators and denominators add only where all have them."""
    if all(each.denominator for each in rows):
        return {
            "numerator": sum(each.numerator for each in rows),
            "denominator": sum(each.denominator for each in rows),
            "rate": rows[0].rate if len(rows) == 1 else "",
        }
    stated = {each.rate for each in rows}
    return {"rate": stated.pop() if len(stated) == 1 and not any(each.denominator for each in rows) else ""}


def share_of_leaves(leaves: Iterable[Leaf], bodies: dict[int, Body] | None = None) -> Share:
    """Leaves added up; the rule of certainty is that of the figures: all exact, one alone, else about."""
    leaves = list(leaves)
    numbers = [each for each in leaves if each.total is not None]
    texts = tuple(dict.fromkeys(each.text for each in leaves if each.text))
    units = {bodies[each.department].unit for each in leaves if each.department in bodies} if bodies else set()
    share = {"rows": sum(each.rows for each in leaves), "texts": texts, "units": tuple(sorted(units))}
    if not numbers:
        rates = [each for each in leaves if each.certainty == "rate"]
        if rates:
            return Share(certainty="rate", **_rate(rates), **share)
        return Share(certainty="text" if texts else "unknown", **share)
    words = {each.certainty for each in numbers}
    alone = sum(each.rows for each in numbers) == 1
    certainty = "exact" if words == {"exact"} else numbers[0].certainty if alone else "about"
    counts = {name: added(numbers, name) for name in COUNTS}
    return Share(sum(each.total for each in numbers), certainty, **counts, **share, estimated=_estimated(numbers))


def _estimated(numbers: list[Leaf]) -> tuple[str, ...]:
    """Counts to which a row gave whose own number is an estimate."""
    rough = [each for each in numbers if each.certainty != "exact"]
    given = [name for name in COUNTS if any(getattr(each, name) for each in rough)]
    rest = any(each.total > (each.female or 0) + (each.male or 0) for each in rough)
    return (*given, "not_split") if rest else tuple(given)


def chosen(leaves: Iterable[Leaf], wanted: dict[str, str]) -> list[Leaf]:
    """The leaves of chosen keys: {"level": "commune", "role": "co"}."""
    return [each for each in leaves if all(str(getattr(each, name)) == key for name, key in wanted.items())]


@dataclass(frozen=True)
class SplitLine:
    """One line of a split: its key, what it comes to, and the same for each column."""

    key: str
    whole: Share
    cells: tuple[Share, ...] = ()


@dataclass(frozen=True)
class SplitTable:
    """A figure in lines, and in columns when there are any; every row and column adds up to the whole."""

    by: str
    across: str
    columns: tuple[str, ...]
    lines: tuple[SplitLine, ...]
    whole: SplitLine


def split_table(leaves: Iterable[Leaf], bodies: Iterable[Body], by: str, across: str = "") -> SplitTable:
    """The figure's leaves as a table of one or two dimensions; keys without any row have no line."""
    leaves, names = list(leaves), {each.id: each for each in bodies}
    columns = _keys(leaves, across, names) if across else ()
    shelves = _shelved(leaves, by)
    lines = tuple(_line(key, shelves[key], across, columns, names) for key in _keys(leaves, by, names))
    return SplitTable(by, across, columns, lines, _line("", leaves, across, columns, names))


def _line(key: str, leaves: list[Leaf], across: str, columns: tuple[str, ...], names: dict[int, Body]) -> SplitLine:
    shelves = _shelved(leaves, across) if across else {}
    cells = tuple(share_of_leaves(shelves.get(column, ()), names) for column in columns)
    return SplitLine(key, share_of_leaves(leaves, names), cells)


def _shelved(leaves: list[Leaf], by: str) -> dict[str, list[Leaf]]:
    shelves = defaultdict(list)
    for each in leaves:
        shelves[str(getattr(each, by))].append(each)
    return shelves


def _keys(leaves: list[Leaf], by: str, names: dict[int, Body]) -> tuple[str, ...]:
    """The keys in their order; departments by level and name."""
    found = {getattr(each, by) for each in leaves}
    if by == "department":
        levels = ORDER["level"]
        placed = sorted(found, key=lambda pk: _place(names.get(pk), levels, pk))
        return tuple(str(pk) for pk in placed)
    return tuple(key for key in ORDER[by] if key in found)


def _place(body: Body | None, levels: tuple[str, ...], pk: int) -> tuple:
    if body is None:
        return len(levels), "", pk
    return levels.index(body.level), sort_key(body.name), pk
