"""Short ways to say what an article says: rows of the catalogue by code, times of the year told."""

import datetime
from zoneinfo import ZoneInfo

from activities.operations.decisions import accept_activity, send_activity
from activities.operations.entry import record_activity
from activities.operations.shape import ActivityData, OutputData
from campaigns.models import ActivityType, Audience, BeneficiaryGroup, Campaign, Measure, MoneySource, Programme
from provinces.models import Department, Seat

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(year: int, month: int, day: int, hour: int = 9) -> datetime.datetime:
    return datetime.datetime(year, month, day, hour, tzinfo=HERE)


def measure(code: str) -> Measure:
    return Measure.objects.get(code=code)


def kind(code: str) -> ActivityType:
    return ActivityType.objects.select_related("count_measure", "attendance_measure").get(code=code)


def group(code: str) -> BeneficiaryGroup:
    return BeneficiaryGroup.objects.get(code=code)


def audience(*codes: str) -> tuple[Audience, ...]:
    return tuple(Audience.objects.filter(code__in=codes))


def source(code: str) -> MoneySource:
    return MoneySource.objects.get(code=code)


def programmes(*codes: str) -> tuple[Programme, ...]:
    return tuple(Programme.objects.filter(code__in=codes))


def out(code: str, quantity: int | None = None, certainty: str = "exact", **more) -> OutputData:
    """One counted result; without a quantity the certainty says why."""
    return OutputData(measure=measure(code), quantity=quantity, certainty=certainty, **more)


def accepted(
    data: ActivityData,
    *,
    campaign: Campaign,
    owner: Department,
    head: Seat,
    office: Seat,
    at: datetime.datetime,
):
    """Record an activity, have the head send it and the standing office verify it."""
    activity = record_activity(
        data,
        campaign=campaign,
        year=campaign.year,
        province=owner.unit.home_province,
        owner=owner,
        by=head,
        at=at,
        confirmed_names=True,
    )
    send_activity(activity, by=head, at=at)
    return accept_activity(activity, by=office, at=at + datetime.timedelta(days=1))
