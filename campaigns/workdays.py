"""Working days of Vietnam, and the days of a request counted backwards from its last one."""

import dataclasses
import datetime

from campaigns.models import Campaign, Holiday, Request, RequestStep
from provinces.vietnamese import VIETNAM

Kind = RequestStep.Kind
END_OF_WORK = datetime.time(17)
END_OF_DAY = datetime.time(23, 59)
DAY = datetime.timedelta(days=1)
# Working days before the last day: for the committee to read, for the office to compile, for late ones to be reminded.
GAPS = ((Kind.COMMITTEE, 3), (Kind.COMPILE, 2), ("due", 3))
HOURS_OF_AD_HOC = 8


class WorkingDays:
    """Which days of a stretch of time offices work; one query."""

    def __init__(self, first: datetime.date, last: datetime.date):
        self.known = dict(Holiday.objects.filter(day__range=(first, last)).values_list("day", "working"))

    def works(self, day: datetime.date) -> bool:
        """A Monday to Friday that is no holiday, or a weekend day given in exchange for one."""
        return self.known.get(day, day.weekday() < 5)

    def on_or_before(self, day: datetime.date) -> datetime.date:
        while not self.works(day):
            day -= DAY
        return day

    def before(self, day: datetime.date, count: int) -> datetime.date:
        """The day `count` working days earlier."""
        for _n in range(count):
            day = self.on_or_before(day - DAY)
        return day

    def after(self, day: datetime.date, count: int) -> datetime.date:
        """The day `count` working days later."""
        for _n in range(count):
            day += DAY
            while not self.works(day):
                day += DAY
        return day


@dataclasses.dataclass(frozen=True)
class Calendar:
    """The days of a request: its period, its two clocks, and what follows them."""

    period_from: datetime.date
    period_to: datetime.date
    cut_off: datetime.datetime
    due: datetime.datetime
    steps: dict[str, datetime.datetime]


def suggested(kind: str, campaign: Campaign, at: datetime.datetime) -> Calendar:
    """The usual days of a report of this kind, every one of them editable.

    The month ends on its campaign's last day; the periodic year runs from 15/12 to 14/12 (Nghị định 09/2019, Điều 12)
    and is due on the 25th; an ad hoc report is a matter of hours and has no later steps.
    """
    year = campaign.year
    if kind == Request.Kind.AD_HOC:
        hour = at.astimezone(VIETNAM).replace(minute=0, second=0, microsecond=0) + datetime.timedelta(hours=1)
        today = hour.date()
        due = hour + datetime.timedelta(hours=HOURS_OF_AD_HOC)
        return Calendar(min(campaign.opens_on, today), today, hour, due, {})
    if kind == Request.Kind.YEAR:
        first, last = datetime.date(year - 1, 12, 15), datetime.date(year, 12, 14)
        end = datetime.date(year, 12, 25)
    else:
        first = datetime.date(year, 1, 1) if kind == Request.Kind.MONTH else campaign.opens_on
        last, end = campaign.closes_on, datetime.date(year, 12, 30)
    due, steps = _after_cut_off(last, *backwards(end))
    return Calendar(first, last, moment(last, END_OF_DAY), due, steps)


def _after_cut_off(
    cut_off: datetime.date, due: datetime.datetime, steps: dict[str, datetime.datetime]
) -> tuple[datetime.datetime, dict[str, datetime.datetime]]:
    """Where too few days are left, each step moves on: a working day at least between the cut-off and the due time,
    and between each step and the next."""
    days = WorkingDays(cut_off, cut_off + 60 * DAY)
    day = max(due.date(), days.after(cut_off, 1))
    due, moved = moment(day, END_OF_WORK), {}
    for kind in Kind:
        day = max(steps[kind].date(), days.after(day, 1))
        moved[str(kind)] = moment(day, END_OF_WORK)
    return due, moved


def backwards(last_day: datetime.date) -> tuple[datetime.datetime, dict[str, datetime.datetime]]:
    """From the last day back: to the committee, compiling, the departments' due time, each on a working day."""
    days = WorkingDays(last_day - 60 * DAY, last_day)
    day = days.on_or_before(last_day)
    steps = {str(Kind.MINISTRY): moment(day, END_OF_WORK)}
    for name, count in GAPS:
        day = days.before(day, count)
        steps[str(name)] = moment(day, END_OF_WORK)
    due = steps.pop("due")
    return due, steps


def moment(day: datetime.date, hour: datetime.time) -> datetime.datetime:
    """A day and an hour by the clock of Vietnam."""
    return datetime.datetime.combine(day, hour, tzinfo=VIETNAM)
