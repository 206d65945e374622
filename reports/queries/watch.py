"""What the pages of “Theo dõi” show: frozen figures of a place, provinces side by side, who is late."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from campaigns.models import Campaign, Recipient, Request
from campaigns.queries import Place
from provinces.models import Duty, Seat, Unit
from reports.canonical import built
from reports.models import Report, Snapshot
from reports.queries.boundaries import Line
from reports.queries.figures import figures
from reports.queries.nation import issued_reports, latest_issued, provinces_of, short_name
from reports.queries.picture import frozen
from reports.queries.plan import plan_against_result
from reports.queries.years import earlier_of, last_year
from reports.snapshot import Figure, Figures

MAP_DAY = datetime.date(2025, 7, 1)  # the provinces that the map knows
KEPT_OUT = {"leaves", "by_label", "labels", "adjustments", "notes"}


@dataclass(frozen=True)
class Picture:
    """The figures that a page shows and the report they are frozen in; without a report they are those of now."""

    figures: Figures
    report: Report | None = None
    issued: bool = False


def may_watch(seat: Seat, place: Place) -> bool:
    """True for those who lead the province, for the ministry what was issued; the country for the ministry."""
    return seat.reach.ministry or place.province.pk in seat.reach.led


def picture_of(seat: Seat, place: Place) -> Picture | None:
    """The latest issued figures, else the newest frozen ones, else those of now; the ministry sees issued ones only."""
    if place.national:
        return _frozen_for(seat, place)
    issued = issued_reports(place.campaign).filter(province=place.province).select_related("snapshot").last()
    if issued is not None:
        return Picture(frozen(issued.snapshot), issued, issued=True)
    if place.province.pk not in seat.reach.led:
        return None
    return _frozen_for(seat, place) or Picture(_of_now(place.province, place.campaign))


def _frozen_for(seat: Seat, place: Place) -> Picture | None:
    rows = Report.objects.visible_to(seat).filter(province=place.province, campaign=place.campaign)
    rows = rows.filter(kind=Report.Kind.REPORT, snapshot__isnull=False)
    rows = [row for row in rows.select_related("snapshot", "request").order_by("-id")[:5] if _of_month(row)]
    return Picture(frozen(rows[0].snapshot), rows[0]) if rows else None


def _of_month(report: Report) -> bool:
    return report.request is None or report.request.kind == Request.Kind.MONTH


def _of_now(province: Unit, campaign: Campaign) -> Figures:
    """What a report compiled now would say: its figures, the plan beside them, the year before."""
    found, before = figures(province, campaign), last_year(province, campaign)
    return replace(
        found,
        plan=plan_against_result(province, campaign, found.cells),
        last_year=before,
        earlier=earlier_of(province, campaign, before, None),
    )


@dataclass(frozen=True)
class Provinces:
    """Every province of a campaign with the wanted cells of its latest issued figures, one table."""

    cells: tuple[Figure, ...]
    lines: list[Line]


def provinces_with(campaign: Campaign, wanted: Callable[[dict], bool]) -> Provinces:
    """The cells that are wanted of what each province issued; three queries for one province and for 63."""
    latest = latest_issued(campaign)
    shots = {report.snapshot_id: pk for pk, report in latest.items()}
    given: dict[int, dict[str, Figure]] = {}
    names: dict[str, Figure] = {}
    for snapshot, cells in Snapshot.objects.filter(pk__in=shots).values_list("pk", "figures__cells").iterator():
        found = [light(cell) for cell in cells if wanted(cell) and not cell.get("rolls_up_to")]
        given[shots[snapshot]] = {each.cell: each for each in found}
        names |= {each.cell: each for each in found}
    columns = tuple(names[name] for name in sorted(names))
    lines = [
        Line(
            unit,
            short_name(unit, campaign),
            tuple(given.get(unit.pk, {}).get(each.cell) for each in columns),
            issued=unit.pk in latest,
        )
        for unit in provinces_of(campaign)
    ]
    return Provinces(columns, lines)


def light(cell: dict) -> Figure:
    """A stored cell without what a comparison of places does not need."""
    return built(Figure, {key: value for key, value in cell.items() if key not in KEPT_OUT})


@dataclass(frozen=True)
class Standing:
    """A province in the ministry's list: its latest issued report, when it was due, whether it came late."""

    unit: Unit
    name: str
    report: Report | None
    due: datetime.datetime | None
    late: bool

    @property
    def state(self) -> str:
        """What the filter knows: da-ban-hanh, tre, chua."""
        if self.report is None:
            return "chua"
        return "tre" if self.late else "da-ban-hanh"


def standings_of(campaign: Campaign, at: datetime.datetime) -> list[Standing]:
    """Every province of the year, those that owe first; late is told where the ministry gave a due time."""
    latest, due = latest_issued(campaign), _dues(campaign)
    found = []
    for unit in provinces_of(campaign):
        report, until = latest.get(unit.pk), due.get(unit.pk)
        came = report.locked_at if report else at
        late = bool(until and came and came > until)
        found.append(Standing(unit, short_name(unit, campaign), report, until, late))
    return sorted(found, key=lambda each: (each.report is not None, not each.late))


def _dues(campaign: Campaign) -> dict[int, datetime.datetime]:
    """Province → the time by which the ministry asked its standing office for the month's report."""
    ministry = Duty.objects.filter(kind=Duty.Kind.MINISTRY).values("department")
    rows = Recipient.objects.filter(request__campaign=campaign, request__asker__in=ministry)
    rows = rows.filter(request__kind=Request.Kind.MONTH, department__unit__level=Unit.Level.PROVINCE)
    return {row.department.unit_id: row.due or row.request.due for row in rows.select_related("request", "department")}
