"""The country's figures: the latest issued figures of every province, added up; who is missing, by name."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from campaigns.models import Campaign, Measure, Request
from provinces.models import Duty, Unit, UnitSuccession
from provinces.vietnamese import capitalise, sort_key
from reports.adding import COUNTRY, Included, NationalFigures, Part, added, cells_of, leaves_of_province
from reports.earlier import Before, Earlier, together
from reports.models import Report, Snapshot
from reports.queries.register import name_of
from reports.queries.rows import Progress
from reports.queries.years import before_of, typed_cells
from reports.snapshot import BOTH, SCHEMA, Coverage, Figure, Header, Missing
from reports.splits import Body

# A returned report was issued too, and stays the latest one until its next version is.
ISSUED = ("issued", "sent", "returned", "accepted", "superseded")
ALL = "cả nước"


def is_national(report: Report) -> bool:
    """True for the report of the whole country."""
    return report.province.level == Unit.Level.COUNTRY


def country() -> Unit | None:
    return Unit.objects.filter(level=Unit.Level.COUNTRY).prefetch_related("names").first()


def ministry_of(campaign: Campaign) -> Duty | None:
    """The ministry's duty on the campaign's first day."""
    duties = Duty.objects.on(campaign.opens_on).filter(kind=Duty.Kind.MINISTRY, for_unit__level=Unit.Level.COUNTRY)
    return duties.select_related("department").order_by("id").first()


def provinces_of(campaign: Campaign) -> list[Unit]:
    """The provinces of the campaign's days: 63 until 30/6/2025, 34 afterwards; in Vietnamese order."""
    found = Unit.objects.provinces().on(campaign.opens_on).prefetch_related("names")
    return sorted(found, key=lambda unit: sort_key(short_name(unit, campaign)))


def short_name(unit: Unit, campaign: Campaign) -> str:
    """“Quảng Ninh”, as on the campaign's days."""
    named = unit.name_on(campaign.opens_on)
    return named.short_name if named else str(unit)


def issued_reports(campaign: Campaign) -> QuerySet[Report]:
    """Reports and supplements of provinces on the campaign that were issued, the latest last."""
    return _issued().filter(campaign=campaign).order_by("locked_at", "id")


def issued_of(province: Unit) -> QuerySet[Report]:
    """The same of one province, of every year."""
    return _issued().filter(province=province, campaign__series="bdg")


def _issued() -> QuerySet[Report]:
    month = Q(request=None) | Q(request__kind=Request.Kind.MONTH)
    rows = Report.objects.filter(month, status__in=ISSUED, snapshot__isnull=False)
    return rows.filter(kind__in=[Report.Kind.REPORT, Report.Kind.SUPPLEMENT], province__level=Unit.Level.PROVINCE)


def latest_issued(campaign: Campaign) -> dict[int, Report]:
    """Province → its report with the latest issued figures; the figures themselves are not read."""
    rows = issued_reports(campaign).select_related("snapshot").defer("snapshot__figures")
    return {report.province_id: report for report in rows}


def included_of(report: Report) -> Included:
    """Which issued figures of a province went in."""
    return Included(
        province_id=report.province_id,
        report=report.public_id,
        snapshot_id=report.snapshot_id,
        no=report.snapshot.no,
        sha256=report.snapshot.sha256,
        number=f"{report.number or '…'}/{report.symbol}" if report.symbol else report.number,
        dated=report.dated.isoformat() if report.dated else "",
    )


def national_sums(report: Report, *, on_progress: Progress | None = None) -> NationalFigures:
    """Every measure that any province issued a figure for; one province's figures are read at a time."""
    campaign = report.campaign
    latest = latest_issued(campaign)
    provinces = [unit for unit in provinces_of(campaign) if unit.pk in latest]
    sources = [(short_name(unit, campaign), unit.pk, latest[unit.pk].snapshot_id) for unit in provinces]
    shelves = _shelves(sources, on_progress)
    return NationalFigures(
        schema=SCHEMA,
        province_id=report.province_id,
        campaign_id=campaign.pk,
        department_id=None,
        scope=BOTH,
        cut_off=datetime.date(campaign.year, 12, 31).isoformat(),
        cells=tuple(added(shelves[cell]) for cell in _in_order(shelves)),
        bodies=_bodies(sources),
        included=tuple(included_of(latest[unit.pk]) for unit in provinces),
        shares=tuple(part for cell in shelves for part in shelves[cell]),
    )


def _bodies(sources: list[tuple[str, int, int]]) -> tuple[Body, ...]:
    """The provinces as the bodies behind the country's figures; sensitive ones name the country alone."""
    provinces = (Body(province, name, "province", province) for name, province, _snapshot in sources)
    return (Body(COUNTRY, ALL, "country", COUNTRY), *provinces)


def _shelves(sources: list[tuple[str, int, int]], on_progress: Progress | None = None) -> dict[str, list[Part]]:
    """Cell → what each province gives to it; a province's own measures stay in the province."""
    own = set(Measure.objects.exclude(province=None).values_list("code", flat=True))
    shelves = defaultdict(list)
    for done, (name, province, snapshot) in enumerate(sources, start=1):
        stored = Snapshot.objects.values_list("figures", flat=True).get(pk=snapshot)
        leaves = leaves_of_province(stored, province)
        for figure in cells_of(stored):
            if figure.code not in own:
                light = replace(_light(figure), leaves=leaves[figure.cell])
                shelves[figure.cell].append(Part(name, light, province, snapshot))
        if on_progress:
            on_progress(done, len(sources))
    return shelves


def _light(figure: Figure) -> Figure:
    """Without what a sum of provinces does not need, so that the memory stays bounded by the number of cells."""
    return replace(figure, owner_units=(), by_label=(), labels=(), adjustments=(), notes=())


def _in_order(shelves: dict) -> list[str]:
    """The month before the year, measures as in the catalogue."""
    rows = Measure.objects.filter(code__in={cell.partition(":")[0] for cell in shelves}).select_related("indicator")
    place = {row.code: (row.indicator.position, row.position, row.code) for row in rows}

    def order(cell: str) -> tuple:
        code, _colon, scope = cell.partition(":")
        return scope, place.get(code, (99, 0, code))

    return sorted(shelves, key=order)


def national_lists(report: Report, taken: NationalFigures) -> NationalFigures:
    """The same figures with names, who is missing, and the year before."""
    before = _last_year(report.campaign)
    return replace(
        taken,
        header=_header(report),
        coverage=coverage_of_provinces(report.campaign),
        last_year=before,
        earlier=Earlier(report.campaign.year - 1, (ALL,)) if before else Earlier(),
    )


def _header(report: Report) -> Header:
    campaign, day = report.campaign, report.campaign.closes_on
    wording = campaign.wordings.filter(province=None, is_default=True).first()
    levels = ("province", "district", "commune") if day < datetime.date(2025, 7, 1) else ("province", "commune")
    return Header(
        province=ALL,
        province_in_sentence=ALL,
        area=ALL,
        year=campaign.year,
        campaign=campaign.name,
        opens_on=campaign.opens_on.isoformat(),
        closes_on=day.isoformat(),
        theme=wording.theme if wording else "",
        department=name_of(report.department, day),
        levels=levels,
    )


def coverage_of_provinces(campaign: Campaign) -> Coverage:
    """How many provinces have issued figures, and the names of those that have not."""
    provinces, issued = provinces_of(campaign), latest_issued(campaign)
    missing = [unit for unit in provinces if unit.pk not in issued]
    return Coverage(
        asked=len(provinces),
        sent=len(provinces) - len(missing),
        missing=tuple(Missing(0, _full_name(unit, campaign), "province") for unit in missing),
    )


def _full_name(unit: Unit, campaign: Campaign) -> str:
    named = unit.name_on(campaign.opens_on)
    return capitalise(named.in_sentence) if named else str(unit)


def _last_year(campaign: Campaign) -> tuple[Before, ...]:
    """The country's cells of the year before: what its provinces issued then, or else typed from their papers."""
    before = Campaign.objects.filter(series=campaign.series, year=campaign.year - 1).first()
    if before is None:
        return ()
    provinces, latest = provinces_of(before), latest_issued(before)
    shelves: dict[str, list[tuple[str, Before]]] = defaultdict(list)
    for unit in provinces:
        for cell, given in _year_of(unit, latest.get(unit.pk), before.year).items():
            shelves[cell].append((short_name(unit, before), given))
    return tuple(_with_coverage(together(parts, len(provinces)), parts, len(provinces)) for parts in shelves.values())


def _year_of(unit: Unit, report: Report | None, year: int) -> dict[str, Before]:
    """One province's cells of an earlier year."""
    own = set(Measure.objects.filter(province=unit).values_list("code", flat=True))
    if report is None:
        return {cell: each for cell, each in typed_cells(unit, year).items() if cell.partition(":")[0] not in own}
    stored = Snapshot.objects.values_list("figures", flat=True).get(pk=report.snapshot_id)
    return {each.cell: before_of(each) for each in cells_of(stored) if not each.missing and each.code not in own}


def _with_coverage(total: Before, parts: list[tuple[str, Before]], provinces: int) -> Before:
    """The sum says of how many provinces it is, and how many of them typed theirs from a paper."""
    typed = sum(bool(each.typed) for _name, each in parts)
    return replace(
        total,
        typed=f"văn bản của {typed} tỉnh, thành phố" if typed else "",
        note=f"chỉ có số liệu của {len(parts)}/{provinces} tỉnh, thành phố" if len(parts) < provinces else "",
    )


@dataclass(frozen=True)
class Newer:
    """A province that issued other figures after the country's were taken; `report` is the newer one."""

    province: Unit
    report: Report
    kind: str


def newer_than(snapshot: Snapshot) -> list[Newer]:
    """Provinces that issued for the first time, or anew, since the country's figures were taken."""
    campaign = snapshot.report.campaign
    seen = {each["province_id"]: each["snapshot_id"] for each in snapshot.figures.get("included", [])}
    latest = latest_issued(campaign)
    return [
        Newer(unit, latest[unit.pk], "edited" if unit.pk in seen else "new")
        for unit in provinces_of(campaign)
        if unit.pk in latest and latest[unit.pk].snapshot_id != seen.get(unit.pk)
    ]


def heirs_on(units: Iterable[Unit], day: datetime.date) -> dict[int, Unit]:
    """Each province → the one that holds its territory on `day`; itself while it is in force."""
    links = UnitSuccession.objects.filter(on__lte=day, predecessor__level=Unit.Level.PROVINCE)
    next_of = {each.predecessor_id: each for each in links.select_related("successor").order_by("whole", "on")}
    found = {}
    for unit in units:
        heir, steps = unit, 0
        while not heir.in_force(day) and heir.pk in next_of and steps < len(next_of):
            heir, steps = next_of[heir.pk].successor, steps + 1
        found[unit.pk] = heir
    return found
