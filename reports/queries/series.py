"""One measure over the years: what each year came to on the boundaries of today or of that year, or why not."""

import datetime
from dataclasses import dataclass, replace

from django.db.models import Q

from campaigns.models import Campaign, Measure, Request
from provinces.models import Unit, UnitSuccession
from provinces.queries import with_predecessors
from provinces.vietnamese import certain
from reports.earlier import MOVED, NOT_COMPARABLE, OF_YEAR, REDEFINED, Before, together
from reports.models import PastTotal, Report, Snapshot
from reports.queries.masking import SMALL
from reports.queries.nation import ISSUED, heirs_on, short_name
from reports.queries.watch import light
from reports.queries.years import before_of
from reports.snapshot import Figure

SERIES = "bdg"
Key = tuple[int, int]  # year and province


@dataclass(frozen=True)
class Point:
    """One year of a series; `why` says why it is not comparable with the newest, `note` what has to be said."""

    campaign: Campaign
    before: Before | None = None
    why: str = ""
    note: str = ""
    small: bool = False

    @property
    def value(self) -> int | float | None:
        """What a bar shows; nothing of what is hidden, listed in words or of another definition."""
        if self.before is None or self.why or self.small:
            return None
        if self.before.denominator:
            return self.before.numerator * 100 / self.before.denominator
        return self.before.total


def campaigns_of_series() -> list[Campaign]:
    return list(Campaign.objects.filter(series=SERIES).order_by("year"))


def newest_campaign() -> Campaign | None:
    """The newest campaign in which any province has issued, else the newest one."""
    campaigns = Campaign.objects.filter(series=SERIES).order_by("-year")
    busy = campaigns.filter(reports__status__in=ISSUED, reports__snapshot__isnull=False)
    return busy.first() or campaigns.first()


def series_of(
    province: Unit, cell: str, *, today: datetime.date, boundary: str, shown: Figure | None = None, year: int = 0
) -> list[Point]:
    """Issued figures of every year, else totals typed from a paper; `shown` is the figure of the page's own `year`."""
    heir = heirs_on([province], today)[province.pk]
    units = with_predecessors(heir)
    parted = UnitSuccession.objects.filter(predecessor__in=units, whole=False).exists()
    known = _typed(units, cell) | _issued(units, cell)
    if shown is not None and not shown.missing:
        known[year, province.pk] = before_of(shown)
    points = []
    for campaign in campaigns_of_series():
        members = [unit for unit in units if unit.in_force(campaign.opens_on)]
        if boundary == OF_YEAR:
            points.append(_of_year(province, campaign, members, known))
        elif parted and len(members) != 1:
            points.append(Point(campaign, why=f"{NOT_COMPARABLE}: {MOVED}"))
        else:
            points.append(_of_today(campaign, members, known))
    return _marked(points)


def _of_year(province: Unit, campaign: Campaign, members: list[Unit], known: dict[Key, Before]) -> Point:
    """The same province or nothing: another one's territory is another number, and is named."""
    if province not in members:
        names = ", ".join(unit.name_on(campaign.opens_on).in_sentence for unit in members)
        why = f"năm {campaign.year} là {names}" if names else MOVED
        return Point(campaign, why=f"{NOT_COMPARABLE}: {why}")
    return _point(campaign, known.get((campaign.year, province.pk)))


def _of_today(campaign: Campaign, members: list[Unit], known: dict[Key, Before]) -> Point:
    found = [(short_name(unit, campaign), known.get((campaign.year, unit.pk))) for unit in members]
    parts = [(name, before) for name, before in found if before is not None]
    if not parts:
        return Point(campaign)
    point = _point(campaign, together(parts, len(members)))
    return replace(point, small=any(_small(before) for _name, before in parts))


def _point(campaign: Campaign, before: Before | None) -> Point:
    return Point(campaign, before, note=before.mark if before else "", small=bool(before) and _small(before))


def _small(before: Before) -> bool:
    return (before.numerator if before.denominator else before.total) in SMALL


def _marked(points: list[Point]) -> list[Point]:
    """A year counted in another way than the newest cannot stand beside it."""
    given = [each.before for each in points if each.before is not None]
    if not given:
        return points
    rule = (given[-1].unit_of_measure, given[-1].over_time)
    return [
        replace(each, why=f"{NOT_COMPARABLE}: {REDEFINED}")
        if each.before and (each.before.unit_of_measure, each.before.over_time) != rule
        else each
        for each in points
    ]


def _issued(units: list[Unit], cell: str) -> dict[Key, Before]:
    """The cell in the latest issued figures of each year and province; two queries."""
    month = Q(request=None) | Q(request__kind=Request.Kind.MONTH)
    rows = Report.objects.filter(month, province__in=units, status__in=ISSUED, snapshot__isnull=False)
    rows = rows.exclude(kind=Report.Kind.RETURN).filter(campaign__series=SERIES).order_by("locked_at", "id")
    latest = {(year, unit): shot for year, unit, shot in rows.values_list("campaign__year", "province", "snapshot")}
    return _cells(latest, cell)


def _cells(latest: dict[Key, int], cell: str) -> dict[Key, Before]:
    place = {shot: key for key, shot in latest.items()}
    code, _colon, scope = cell.partition(":")
    found = {}
    for shot, cells in Snapshot.objects.filter(pk__in=place).values_list("pk", "figures__cells").iterator():
        stored = next((each for each in cells if (each["code"], each["scope"]) == (code, scope)), None)
        figure = light(stored) if stored else None
        if figure is not None and not figure.missing:
            found[place[shot]] = before_of(figure)
    return found


def _typed(units: list[Unit], cell: str) -> dict[Key, Before]:
    code, _colon, scope = cell.partition(":")
    rows = PastTotal.objects.current().filter(province__in=units, measure__code=code, scope=scope)
    return {(row.year, row.province_id): _past(row) for row in rows.select_related("measure")}


def _past(row: PastTotal) -> Before:
    measure: Measure = row.measure
    return Before(
        row.cell,
        row.quantity,
        certain(row.quantity, row.certainty),
        row.certainty,
        unit_of_measure=measure.unit_of_measure,
        over_time=measure.over_time,
        typed=row.source,
    )


def series_of_country(reports: list[Report], cell: str) -> list[Point]:
    """The country's own reports, the newest of each year; a year without one has no data."""
    latest = {(row.campaign.year, row.province_id): row.snapshot_id for row in reports}
    found = {year: before for (year, _unit), before in _cells(latest, cell).items()}
    return _marked([_point(campaign, found.get(campaign.year)) for campaign in campaigns_of_series()])
