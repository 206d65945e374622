"""Names typed by hand, found among the departments and units of a province: accents, case and đ folded."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Callable
from functools import partial

from django.db.models import Q

from provinces.models import Department, Unit
from provinces.queries import with_predecessors
from provinces.vietnamese import fold, sort_key

SIMILAR = 3


@dataclasses.dataclass(frozen=True)
class Found:
    """What a typed name means: the row, or the labels it may mean (several), or similar ones (none)."""

    row: Department | Unit | None = None
    several: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()


class Directory:
    """Labels of rows that existed in a year, each label once; a name that two rows share carries its place."""

    def __init__(self, rows: dict[str, list], ended: Callable[[str], Department | Unit | None] = lambda _wanted: None):
        """`ended` looks for what was closed before the year, so that its successors can be named."""
        self._rows, self._ended = rows, ended

    @property
    def labels(self) -> list[str]:
        """What a list beside a box offers, each label once."""
        labels = {label: row for label, row in self._labelled()}
        return sorted(labels, key=sort_key)

    def find(self, typed: str, day: datetime.date) -> Found:
        """The row with that name: in force on the day, else of the year, else closed before it."""
        wanted = fold(typed)
        rows = [(label, row) for label, row in self._labelled() if wanted in {fold(label), fold(_bare(label))}]
        in_force = [(label, row) for label, row in rows if row.in_force(day)]
        rows = in_force or rows
        exact = [(label, row) for label, row in rows if fold(label) == wanted]
        rows = exact if len(exact) == 1 else rows
        if len({row.pk for _label, row in rows}) > 1:
            return Found(several=tuple(label for label, _row in rows))
        if rows:
            return Found(row=rows[0][1])
        if closed := self._ended(wanted):
            return Found(row=closed)
        return Found(similar=self._similar(wanted))

    def label_of(self, row) -> str:
        """The label under which a row is found again."""
        return next((label for label, other in self._labelled() if other.pk == row.pk), str(row))

    def _labelled(self):
        for name, rows in self._rows.items():
            for row in rows:
                yield (name if len(rows) == 1 else f"{name} ({_place(row)})"), row

    def _similar(self, wanted: str) -> tuple[str, ...]:
        words = set(wanted.split())
        scored = [(len(words & set(fold(label).split())), label) for label, _row in self._labelled()]
        scored.sort(key=lambda pair: -pair[0])
        return tuple(label for shared, label in scored[:SIMILAR] if shared > 1)


def _bare(label: str) -> str:
    return label.partition(" (")[0]


def _place(row) -> str:
    parent = row.parent if isinstance(row, Unit) else row.unit
    names = parent.names.all() if parent else []
    return names[0].name if names else str(row.pk)


def departments_of(province: Unit, year: int) -> Directory:
    """The bodies of a province and everything in it that existed on some day of the year."""
    inside = Unit.objects.filter(pk=province.pk) | Unit.objects.filter(province=province)
    rows = Department.objects.filter(unit__in=inside).select_related("unit")
    return _directory(rows.prefetch_related("names", "unit__names"), year, partial(_ended_body, province, year))


def units_of(province: Unit, year: int) -> Directory:
    """The districts and communes of a province that existed on some day of the year."""
    rows = Unit.objects.filter(province=province, end_unknown=False).select_related("parent")
    return _directory(rows.prefetch_related("names", "parent__names"), year, partial(_ended_unit, province, year))


def _ended_body(province: Unit, year: int, wanted: str) -> Department | None:
    family = with_predecessors(province)
    rows = Department.objects.filter(Q(unit__in=family) | Q(unit__province__in=family))
    return _latest(rows, year, wanted)


def _ended_unit(province: Unit, year: int, wanted: str) -> Unit | None:
    return _latest(Unit.objects.filter(province__in=with_predecessors(province)), year, wanted)


def _latest(rows, year: int, wanted: str):
    """Of the rows closed before the year that bore the name, the one closed last."""
    closed = rows.filter(valid_to__lt=datetime.date(year, 1, 1), names__folded__contains=wanted)
    found = closed.distinct().order_by("-valid_to", "-pk").prefetch_related("names")
    return next((row for row in found if wanted in {fold(name.name) for name in row.names.all()}), None)


def _directory(rows, year: int, ended) -> Directory:
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    found = defaultdict(list)
    for row in rows:
        if (row.valid_from is None or row.valid_from <= last) and (row.valid_to is None or row.valid_to >= first):
            for name in dict.fromkeys(name.name for name in row.names.all() if name.in_force(last) or row.valid_to):
                found[name].append(row)
    return Directory(found, ended)
