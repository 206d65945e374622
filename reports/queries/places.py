"""Where a person stands when the page's address does not say: the province and the year last worked in."""

import dataclasses

from django.db.models import Exists, OuterRef

from activities.models import Activity
from campaigns.models import Campaign, Plan
from campaigns.queries import Place, find_place
from provinces.models import Seat, Unit
from provinces.queries import province_on
from reports.models import Report


@dataclasses.dataclass(frozen=True)
class Year:
    """One year of the list of years: the campaign and the provinces of that year within the seat's reach."""

    campaign: Campaign
    places: tuple[Place, ...]


def current_place(seat: Seat | None, remembered) -> Place | None:
    """The place remembered as [slug, year] if the seat still reaches it, else the newest year with any work in it."""
    if seat is None:
        return None
    if _is_place(remembered):
        place = find_place(seat, remembered[0], remembered[1])
        if place is not None:
            return place
    return _default_place(seat)


def _is_place(remembered) -> bool:
    return (
        isinstance(remembered, list | tuple)
        and len(remembered) == 2
        and isinstance(remembered[0], str)
        and isinstance(remembered[1], int)
    )


def _default_place(seat: Seat) -> Place | None:
    home = seat.department.unit.home_province
    campaign = _newest_campaign(seat.reach.provinces)
    if campaign is None or home.level != Unit.Level.PROVINCE:
        return None
    province = province_on(home, campaign.opens_on)
    if province.pk != home.pk and not _has_work(province, campaign):
        province = _busy_predecessor(seat, campaign) or province
    return Place(province, campaign)


def _newest_campaign(provinces) -> Campaign | None:
    campaigns = Campaign.objects.filter(series="bdg")
    busy = [
        Exists(model.objects.filter(campaign=OuterRef("pk"), province__in=provinces))
        for model in (Plan, Activity, Report)
    ]
    return campaigns.filter(busy[0] | busy[1] | busy[2]).order_by("-year").first() or campaigns.first()


def _has_work(province: Unit, campaign: Campaign) -> bool:
    return any(
        model.objects.filter(campaign=campaign, province=province).exists() for model in (Plan, Activity, Report)
    )


def _busy_predecessor(seat: Seat, campaign: Campaign) -> Unit | None:
    units = Unit.objects.on(campaign.opens_on).filter(pk__in=seat.reach.provinces).prefetch_related("names")
    plans = Plan.objects.filter(campaign=campaign, province__in=units).values_list("province_id", flat=True)
    return next((unit for unit in units if unit.pk in set(plans)), None)


def years_of(seat: Seat) -> list[Year]:
    """Every campaign with the provinces that the seat reaches in it, newest first; three queries."""
    units = list(Unit.objects.filter(pk__in=seat.reach.provinces).prefetch_related("names"))
    return [
        Year(campaign, tuple(_places(units, campaign)))
        for campaign in Campaign.objects.filter(series="bdg").order_by("-year")
    ]


def _places(units, campaign: Campaign):
    found = [
        Place(unit, campaign)
        for unit in units
        if unit.in_force(campaign.opens_on) and not unit.end_unknown and unit.level == Unit.Level.PROVINCE
    ]
    return sorted(found, key=lambda place: place.province.slug)
