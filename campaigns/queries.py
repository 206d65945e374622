"""Questions about when and what is asked: the campaign of an address, wording of a province, what a year holds."""

import dataclasses
import datetime
from collections.abc import Collection

from django.db.models import Case, Q, QuerySet, When

from campaigns.models import Campaign, Plan, Programme, Wording
from provinces.models import Duty, Seat, Unit
from provinces.queries import COUNTRY, address_of, province_by_slug, with_predecessors


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a page stands: province and campaign, both from its address."""

    province: Unit
    campaign: Campaign

    @property
    def slug(self) -> str:
        return address_of(self.province, self.campaign.year)

    @property
    def year(self) -> int:
        return self.campaign.year

    @property
    def national(self) -> bool:
        return self.province.level == Unit.Level.COUNTRY

    @property
    def province_name(self) -> str:
        """The province's name inside a sentence, as on the day the campaign opens: tỉnh Quảng Ninh; or cả nước."""
        if self.national:
            return "cả nước"
        return self.province.name_on(self.campaign.opens_on).in_sentence


def find_place(seat: Seat | None, slug: str, year: int) -> Place | None:
    """The place an address means; None when there is none or it is outside the seat's reach."""
    province = province_by_slug(slug, year)
    campaign = Campaign.objects.filter(series="bdg", year=year).first()
    if seat is None or province is None or campaign is None or province.pk not in seat.reach.provinces:
        return None
    return Place(province, campaign)


def find_country(seat: Seat | None, slug: str, year: int) -> Place | None:
    """The whole country in a year, for the ministry; None for every other address and seat."""
    country = Unit.objects.filter(level=Unit.Level.COUNTRY).prefetch_related("names").first()
    campaign = Campaign.objects.filter(series="bdg", year=year).first()
    if slug != COUNTRY or seat is None or not seat.reach.ministry or country is None or campaign is None:
        return None
    return Place(country, campaign)


def wording_of(campaign: Campaign, province: Unit | None) -> Wording | None:
    """The own theme and committee title, or the national ones; an own row without a theme takes the national one."""
    found = {w.province_id: w for w in campaign.wordings.filter(is_default=True)}
    own, national = found.get(province.pk) if province else None, found.get(None)
    if own and national and not own.theme:
        own.theme = national.theme
    return own or national


def may_word(campaign: Campaign, province: Unit | None, seat: Seat) -> bool:
    """True for who writes the wording of a province in that year; without a province, of the whole country."""
    ministry = seat.reach.ministry and seat.role == Seat.Role.ADMIN
    if province is None or ministry:
        return ministry
    return seat.role != Seat.Role.VIEWER and seat.holds(Duty.Kind.STANDING_OFFICE, province, campaign.opens_on)


def plans_to_copy(seat: Seat, province: Unit, year: int) -> QuerySet[Plan]:
    """Earlier plans of the seat's own office, here or in a province this one was made from; of the month first."""
    return (
        Plan.objects.visible_to(seat)
        .filter(province__in=with_predecessors(province), owner__in=seat.reach.departments, year_from__lt=year)
        .exclude(status=Plan.Status.SUPERSEDED)
        .select_related("province", "campaign")
        .prefetch_related("province__names")
        .order_by(Case(When(kind=Plan.Kind.MONTH, then=0), default=1), "-year_from", "-id")
    )


def opened_before(campaign: Campaign) -> Campaign | None:
    """The campaign of the year before, or the last one there was."""
    return Campaign.objects.filter(series=campaign.series, year__lt=campaign.year).order_by("-year").first()


def comments_asked_by(plan: Plan) -> datetime.datetime | None:
    """Until when the newest submission of a plan asks for comments."""
    return plan.submissions.order_by("-no").values_list("comments_by", flat=True).first()


def running_programmes(years: tuple[int, int], kept: Collection[int] = ()) -> QuerySet[Programme]:
    """Programmes that run in one of these years, and those that were chosen before."""
    first, last = years
    begun = Q(year_from__isnull=True) | Q(year_from__lte=last)
    lasts = Q(year_to__isnull=True) | Q(year_to__gte=first)
    return Programme.objects.filter((begun & lasts) | Q(pk__in=kept))


def messages_of(campaign: Campaign, province: Unit) -> list[str]:
    """The messages that a province's plan starts with: its own, else the national ones."""
    rows = list(campaign.messages.filter(Q(province=province) | Q(province=None)))
    own = [row.text for row in rows if row.province_id]
    return own or [row.text for row in rows]
