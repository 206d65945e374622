"""The same year on two boundaries: the provinces as they were, and those of today that hold their territory."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from campaigns.models import Campaign
from provinces.models import Unit
from provinces.queries import with_predecessors
from provinces.vietnamese import sort_key
from reports.adding import Part, added, cells_of
from reports.models import ProvinceSource, Report, Snapshot
from reports.queries.masking import covered
from reports.queries.nation import heirs_on, latest_issued, provinces_of, short_name
from reports.snapshot import Figure


@dataclass(frozen=True)
class Line:
    """One province, or one of today with the former ones it is made of; a cell is None where it gave nothing."""

    unit: Unit
    name: str
    cells: tuple[Figure | None, ...]
    parts: tuple["Line", ...] = ()
    issued: bool = True


def lines_of(snapshot: Snapshot, wanted: list[Figure], today: datetime.date | None = None) -> list[Line]:
    """What each province gave to the country's wanted figures, as frozen; on the boundaries of `today` if given."""
    campaign = snapshot.report.campaign
    given = defaultdict(dict)
    rows = ProvinceSource.objects.filter(snapshot=snapshot, cell__in=[figure.cell for figure in wanted])
    for row in rows:
        given[row.province_id][row.cell] = row
    included = {each["province_id"] for each in snapshot.figures.get("included", [])}
    lines = [_line(unit, campaign, wanted, given[unit.pk], unit.pk in included) for unit in provinces_of(campaign)]
    return grouped(lines, today) if today else lines


def _line(unit: Unit, campaign: Campaign, wanted: list[Figure], rows: dict[str, ProvinceSource], issued: bool) -> Line:
    cells = tuple(_light(figure, rows.get(figure.cell)) for figure in wanted)
    return Line(unit, short_name(unit, campaign), cells, issued=issued)


def _light(figure: Figure, row: ProvinceSource | None) -> Figure | None:
    """What a province gave, with no more than a sum needs."""
    if row is None:
        return None
    return Figure(
        figure.code,
        figure.name,
        figure.unit_of_measure,
        figure.counts,
        figure.over_time,
        figure.scope,
        sensitive=figure.sensitive,
        total=row.quantity,
        certainty=row.certainty,
        numerator=row.numerator,
        denominator=row.denominator,
        rate=row.rate,
        texts=(row.printed,) if _in_words(row) else (),
    )


def _in_words(row: ProvinceSource) -> bool:
    """True where the province has no number to add: “hàng trăm”, or shares that it lists."""
    return row.certainty == "text" or (row.certainty == "rate" and not row.rate and row.denominator is None)


def hidden_in(lines: list[Line], groups: list[Line], no: int, total: int | None, small) -> set[int]:
    """Units whose number in column `no` stays hidden: small ones, and what would give them away on either boundary."""
    values, leaves = {("total", 0): total}, []
    for line in lines:
        values["leaf", line.unit.pk] = line.cells[no].total if line.cells[no] else None
        leaves.append(("leaf", line.unit.pk))
    sums = [(("total", 0), leaves)]
    tops = []
    for group in groups:
        place = ("group", group.unit.pk) if group.parts else ("leaf", group.unit.pk)
        tops.append(place)
        if group.parts:
            values[place] = group.cells[no].total if group.cells[no] else None
            sums.append((place, [("leaf", part.unit.pk) for part in group.parts]))
    sums.append((("total", 0), tops))
    hidden = {place for place, value in values.items() if value in small}
    return {pk for _kind, pk in hidden | covered(hidden, sums, values)}


def grouped(lines: list[Line], today: datetime.date) -> list[Line]:
    """The same lines under the provinces of `today`; one that did not change stays a line without parts."""
    heirs = heirs_on([line.unit for line in lines], today)
    shelves: dict[int, list[Line]] = defaultdict(list)
    units = {}
    for line in lines:
        heir = heirs[line.unit.pk]
        units[heir.pk] = heir
        shelves[heir.pk].append(line)
    found = [_together(units[pk], several, today) for pk, several in shelves.items()]
    return sorted(found, key=lambda line: sort_key(line.name))


def _together(unit: Unit, several: list[Line], today: datetime.date) -> Line:
    named = unit.name_on(today)
    name = named.short_name if named else str(unit)
    columns = zip(*(line.cells for line in several), strict=True)
    cells = tuple(_sum([(line.name, cell) for line, cell in zip(several, column, strict=True)]) for column in columns)
    parts = tuple(several) if len(several) > 1 else ()
    return Line(unit if parts else several[0].unit, name, cells, parts, any(line.issued for line in several))


def _sum(given: list[tuple[str, Figure | None]]) -> Figure | None:
    parts = [Part(name, figure) for name, figure in given if figure is not None]
    return added(parts) if parts else None


def has_merged(province: Unit, campaign: Campaign, today: datetime.date) -> bool:
    """True where the boundaries of that year are no longer those of today."""
    heir = heirs_on([province], today)[province.pk]
    return sum(unit.in_force(campaign.opens_on) for unit in with_predecessors(heir)) > 1


@dataclass(frozen=True)
class Territory:
    """The territory of a province of today in one year: who it was then, and what each of them has issued."""

    today: Unit
    name: str
    members: tuple[Unit, ...]
    reports: tuple[Report | None, ...]
    lines: tuple[tuple[Figure, tuple[Figure | None, ...]], ...]

    @property
    def merged(self) -> bool:
        return len(self.members) > 1


def territory_of(province: Unit, campaign: Campaign, today: datetime.date) -> Territory:
    """The year's figures of a province on the boundaries of the year, and added up on those of today.

    Of each former province the latest issued figures count; one that issued nothing is named and adds nothing.
    """
    heir = heirs_on([province], today)[province.pk]
    members = [unit for unit in with_predecessors(heir) if unit.in_force(campaign.opens_on)] or [province]
    members.sort(key=lambda unit: sort_key(short_name(unit, campaign)))
    latest = latest_issued(campaign)
    reports = [latest.get(unit.pk) for unit in members]
    stored = [_figures(report) for report in reports]
    names = [short_name(unit, campaign) for unit in members]
    lines = []
    for cell in dict.fromkeys(cell for figures in stored for cell in figures):
        given = [figures.get(cell) for figures in stored]
        lines.append((_sum(list(zip(names, given, strict=True))), tuple(given)))
    named = heir.name_on(today)
    return Territory(heir, named.name if named else str(heir), tuple(members), tuple(reports), tuple(lines))


def _figures(report: Report | None) -> dict[str, Figure]:
    """The province's frozen figures by cell, in their order."""
    if report is None:
        return {}
    stored = Snapshot.objects.values_list("figures", flat=True).get(pk=report.snapshot_id)
    return {figure.cell: figure for figure in cells_of(stored) if not figure.rolls_up_to}
