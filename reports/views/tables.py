"""The table of figures as a seat sees it: lines under the headings of the indicators, notes numbered below."""

import dataclasses
import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Measure
from provinces.models import Seat
from provinces.vietnamese import NO_DATA, format_number
from reports.earlier import OF_TODAY, Compared
from reports.outline import KEYS, SECTIONS
from reports.queries.masking import HIDDEN, masked, masked_value
from reports.snapshot import MONTH, YEAR, Against, Figure, Figures
from reports.views.shares import COVERED, Share, shown_shares


@dataclasses.dataclass(frozen=True)
class Line:
    """One line of the table; a line with `sub` is a share of the one above it."""

    name: str
    unit: str
    result: str
    code: str = ""
    plan: str = ""
    share: str = ""
    counted: str = ""
    marks: tuple[int, ...] = ()
    missing: bool = False
    linked: bool = False
    sub: bool = False
    part: str = ""
    before: str = ""
    change: str = ""
    before_marks: tuple[int, ...] = ()
    splits: bool = False


@dataclasses.dataclass(frozen=True)
class Heading:
    """A section of the report with the lines of its measures, as in the annex."""

    name: str
    lines: tuple[Line, ...]


@dataclasses.dataclass(frozen=True)
class FigureTable:
    """The figures of one scope."""

    scope: str
    headings: tuple[Heading, ...]
    notes: tuple[tuple[int, str], ...]


def tables_of(figures: Figures, seat: Seat, boundary: str = OF_TODAY) -> list[FigureTable]:
    """The month's and the year's figures apart; a scope nobody reported in and nothing was planned for is left out.

    `boundary` says on which boundaries the year before stands beside them.
    """
    found = [_table(figures, scope, seat, boundary) for scope in (MONTH, YEAR)]
    return [table for table in found if table.headings]


def _table(figures: Figures, scope: str, seat: Seat, boundary: str) -> FigureTable:
    targets = {line.code: line for line in figures.plan.lines if line.scope == scope}
    notes: dict[str, int] = {}
    cells = list(figures.of_scope(scope))
    cells += _unreported(targets, {cell.code for cell in cells}, scope)
    cells.sort(key=_order)
    headings: dict[str, list[Line]] = {}
    for cell in cells:
        lines = headings.setdefault(cell.section, [])
        main, *shares = lines_of(cell, seat, targets.get(cell.code), notes)
        lines += [_with_year_before(main, figures, cell, seat, boundary, notes), *shares]
    return FigureTable(
        scope,
        tuple(Heading(_title(section), tuple(lines)) for section, lines in headings.items()),
        tuple((no, text) for text, no in notes.items()),
    )


def _with_year_before(
    line: Line, figures: Figures, cell: Figure, seat: Seat, boundary: str, notes: dict[str, int]
) -> Line:
    """The same line beside the year before; where that cannot be compared it says so."""
    splits = bool(cell.leaves) and line.result != HIDDEN
    found = figures.compared(cell, boundary)
    before = figures.before(cell.cell)
    if cell.missing or figures.earlier.why_not(boundary) or not figures.earlier.year:
        return dataclasses.replace(line, splits=splits)
    if line.result == HIDDEN or masked_value(cell, before.total if before else None, seat) == HIDDEN:
        return dataclasses.replace(line, before=HIDDEN, splits=splits)
    told = [each for each in (found.mark, found.why.partition(": ")[2]) if each]
    marks = tuple(notes.setdefault(text, len(notes) + 1) for text in (f"Năm {figures.earlier.year}: {e}" for e in told))
    change = _("not comparable") if found.why else _change(found)
    return dataclasses.replace(line, before=found.before, change=change, before_marks=marks, splits=splits)


def _change(found: Compared) -> str:
    if found.difference is None:
        return ""
    return f"{found.printed_difference} ({found.change})" if found.change else found.printed_difference


def _order(cell: Figure) -> tuple:
    """By section, indicator and measure: CT07.4 before CT07.10."""
    place = KEYS.index(cell.section) if cell.section in KEYS else len(KEYS)
    return place, cell.indicator, [int(part) for part in re.findall(r"\d+", cell.code)]


def _title(section: str) -> str:
    """“1. Lễ phát động, mít tinh” without its number."""
    title = SECTIONS.get(section, "")
    return title.partition(". ")[2] or title or _("Other figures")


def _unreported(targets: dict[str, Against], reported: set[str], scope: str) -> list[Figure]:
    """Planned measures that nobody reported on: they stand in the table with “no data”, not with 0."""
    missing = set(targets) - reported
    if not missing:
        return []
    rows = Measure.objects.filter(code__in=missing).select_related("indicator")
    return [
        Figure(
            row.code,
            row.name,
            row.unit_of_measure,
            row.counts,
            row.over_time,
            scope,
            indicator=row.indicator.code,
            heading=row.indicator.name,
            section=row.indicator.section,
        )
        for row in rows
    ]


def lines_of(figure: Figure, seat: Seat, target: Against | None, notes: dict[str, int]) -> list[Line]:
    """The line of a measure and, below it, its shares; `notes` collects footnotes and gives them their numbers."""
    shown = masked(figure, seat)
    hidden = shown == HIDDEN
    main = Line(
        name=figure.name,
        unit=figure.unit_of_measure,
        code=figure.code,
        plan=target.target_printed if target else "",
        result=_("no data") if figure.missing else shown,
        share="" if target is None or hidden else target.share,
        counted=_counted(figure),
        marks=tuple(notes.setdefault(text, len(notes) + 1) for text in figure.notes) if not hidden else (),
        missing=figure.missing,
        linked=bool(figure.activities or figure.unknown_labels),
    )
    return [main] if hidden else [main, *_shares(figure, seat)]


def _counted(figure: Figure) -> str:
    if not figure.activities:
        return ""
    if figure.over_time == "latest":
        return _("newest figure")
    n = figure.activities
    return ngettext("%(n)s activity", "%(n)s activities", n) % {"n": format_number(n)}


def _shares(figure: Figure, seat: Seat) -> list[Line]:
    return [_share(figure, share, shown) for share, shown in shown_shares(figure, seat)]


def _share(figure: Figure, share: Share, shown: str) -> Line:
    missing = shown == NO_DATA
    linked = not missing and shown not in {HIDDEN, str(COVERED)}
    return Line(
        name=share.name,
        unit=figure.unit_of_measure,
        result=shown,
        code=figure.code,
        missing=missing,
        linked=linked,
        sub=True,
        part=share.part,
    )
