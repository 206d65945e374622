"""This year beside the last: figures as they were issued then, else as they stand now, else as typed from a paper."""

import datetime

from django.db.models import Q

from campaigns.models import Campaign, Measure, Request
from provinces.models import Duty, Seat, Unit, UnitSuccession
from provinces.vietnamese import format_date
from reports.earlier import MOVED, Before, Earlier, together
from reports.models import PastTotal, Report
from reports.queries.figures import figures
from reports.queries.rows import Period, period_of
from reports.snapshot import BOTH, Figures

ISSUED = ("accepted", "sent", "issued", "locked")
OPENING = (11, 15)


def last_year(province: Unit, campaign: Campaign, request: Request | None = None) -> tuple[Before, ...]:
    """Every cell of the same period a year before; of a merged province, of all that it was made from together."""
    units = units_before(province, campaign)
    parts = [(_short(unit, campaign.year - 1), _cells_of(unit, campaign, request)) for unit in units]
    cells = dict.fromkeys(cell for _name, found in parts for cell in found)
    return tuple(
        together([(name, found[cell]) for name, found in parts if cell in found], len(parts)) for cell in cells
    )


def earlier_of(province: Unit, campaign: Campaign, before: tuple[Before, ...], request: Request | None) -> Earlier:
    """Which year and which provinces the comparison is made with, and on which boundary it cannot be made."""
    year, units = campaign.year - 1, units_before(province, campaign)
    if not units:
        return Earlier(year, not_of_year=MOVED, not_of_today=MOVED)
    names = tuple(unit.name_on(opening_of(year)).in_sentence for unit in units)
    nothing = "" if before else f"không có số liệu năm {year}"
    period = tuple(day.isoformat() for day in shifted(period_of(request)) or ())
    moved = f"năm {year} là {', '.join(names)}" if len(units) > 1 else ""
    return Earlier(year, names, bool(moved), moved or nothing, nothing, period)


def units_before(province: Unit, campaign: Campaign) -> list[Unit]:
    """The provinces whose territory a year before was this one's; none when that was not whole provinces."""
    day = opening_of(campaign.year - 1)
    if province.in_force(day):
        return [province]
    links = UnitSuccession.objects.filter(successor=province, on__gt=day, on__lte=campaign.opens_on)
    links = list(links.select_related("predecessor").prefetch_related("predecessor__names"))
    if not all(link.whole and link.predecessor.in_force(day) for link in links):
        return []
    return sorted((link.predecessor for link in links), key=lambda unit: (unit.slug != province.slug, unit.slug))


def opening_of(year: int) -> datetime.date:
    return datetime.date(year, *OPENING)


def _short(unit: Unit, year: int) -> str:
    return unit.name_on(opening_of(year)).short_name


def shifted(period: Period | None) -> Period | None:
    """The same days a year before."""
    return tuple(_year_before(day) for day in period) if period else None


def _year_before(day: datetime.date) -> datetime.date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _cells_of(unit: Unit, campaign: Campaign, request: Request | None) -> dict[str, Before]:
    """One province's cells of the year before; a number typed from a paper stands where no report was issued."""
    period = shifted(period_of(request))
    earlier = Campaign.objects.filter(series=campaign.series, year=campaign.year - 1).first()
    issued = _issued(unit, earlier, period) if earlier else None
    found = {}
    if earlier is not None:
        taken = Figures.from_json(issued.snapshot.figures) if issued else _live(unit, earlier, request, period)
        found = {each.cell: before_of(each) for each in taken.cells if not each.missing}
    if issued is None and counts_a_year(request):
        found |= typed_cells(unit, campaign.year - 1)
    return found


def before_of(figure) -> Before:
    """A figure of an earlier year, kept for comparison."""
    return Before(
        cell=figure.cell,
        total=figure.total,
        printed=figure.printed,
        certainty=figure.certainty,
        numerator=figure.numerator,
        denominator=figure.denominator,
        unit_of_measure=figure.unit_of_measure,
        over_time=figure.over_time,
    )


def counts_a_year(request: Request | None) -> bool:
    """True for the month's and the year's reports, beside which totals of a whole year may stand."""
    return request is None or request.kind in {Request.Kind.MONTH, Request.Kind.YEAR}


def _live(unit: Unit, campaign: Campaign, request: Request | None, period: Period | None) -> Figures:
    cut_off = _year_before(request.cut_off.date()) if request else None
    scope = request.scope if request else BOTH
    return figures(unit, campaign, scope=scope, cut_off=cut_off, period=period)


def _issued(unit: Unit, campaign: Campaign, period: Period | None) -> Report | None:
    """The newest issued report of the month, or of exactly these days."""
    same = Q(request=None) | Q(request__kind=Request.Kind.MONTH)
    if period:
        same = Q(request__period_from=period[0], request__period_to=period[1])
    rows = Report.objects.filter(same, province=unit, campaign=campaign, status__in=ISSUED)
    rows = rows.filter(department__unit=unit).exclude(kind=Report.Kind.RETURN).exclude(snapshot=None)
    return rows.select_related("snapshot").order_by("-version", "-id").first()


def typed_cells(unit: Unit, year: int) -> dict[str, Before]:
    """The totals of a year that a person typed from a paper, by cell."""
    rows = PastTotal.objects.current().filter(province=unit, year=year).select_related("measure")
    return {each.cell: _typed(each) for each in rows}


def _typed(row: PastTotal) -> Before:
    measure: Measure = row.measure
    return Before(
        cell=row.cell,
        total=row.quantity,
        printed=row.printed,
        certainty=row.certainty,
        unit_of_measure=measure.unit_of_measure,
        over_time=measure.over_time,
        typed=row.source,
    )


def issued_in(unit: Unit, year: int) -> Report | None:
    """The report of the month that the province issued in this program for a year: its figures stand then."""
    campaign = Campaign.objects.filter(series="bdg", year=year).first()
    return _issued(unit, campaign, None) if campaign else None


def said_when(row: PastTotal) -> str:
    """“Nguyễn Văn A, 03/11/2023”: who typed a total, and when."""
    return f"{row.typed_by.user}, {format_date(row.typed_at)}"


def keeps_past(seat: Seat, province: Unit, year: int) -> bool:
    """True for who writes in the office that kept the province then, or keeps what it became."""
    day = opening_of(year)
    if not seat.writes:
        return False
    if seat.holds(Duty.Kind.STANDING_OFFICE, province, day):
        return True
    heirs = UnitSuccession.objects.filter(predecessor=province, whole=True).select_related("successor")
    return any(seat.holds(Duty.Kind.STANDING_OFFICE, link.successor, opening_of(link.on.year)) for link in heirs)
