"""The shapes of a work list: a row, the whole page, and the desk from which one looks."""

import dataclasses
import datetime

from django.utils.translation import gettext as _

from campaigns.models import Request
from campaigns.queries import Place
from provinces.models import Duty, Seat
from provinces.vietnamese import format_moment


@dataclasses.dataclass(frozen=True)
class Task:
    """One row of the work list; `page`, `row`, `query` and `fragment` say where it leads."""

    title: str
    chip: str
    page: str
    row: str = ""
    query: str = ""
    fragment: str = ""
    note: str = ""
    due: datetime.datetime | None = None
    flags: tuple[str, ...] = ()

    def order(self, now: datetime.datetime, position: int) -> tuple:
        """By due time; what came back counts as due now, what has no due time comes last."""
        due = self.due or (now if self.chip == "back" else None)
        return (due is None, due or now, position)


@dataclasses.dataclass(frozen=True)
class Milestone:
    """A day that is still to come, or was."""

    name: str
    moment: datetime.datetime


@dataclasses.dataclass(frozen=True)
class Returns:
    """How many departments were asked for a return, and where these stand."""

    asked: int
    accepted: int
    waiting: int
    returned: int

    @property
    def sent(self) -> int:
        return self.accepted + self.waiting

    @property
    def missing(self) -> int:
        return self.asked - self.sent - self.returned


@dataclasses.dataclass
class Work:
    """The whole page: what is to be done by this seat, what waits for others, what is done."""

    todo: list[Task] = dataclasses.field(default_factory=list)
    waiting: list[Task] = dataclasses.field(default_factory=list)
    done: list[Task] = dataclasses.field(default_factory=list)
    office: bool = False
    to_verify: int = 0
    may_log: bool = False
    milestones: list[Milestone] = dataclasses.field(default_factory=list)
    returns: Returns | None = None

    @property
    def overdue(self) -> int:
        return sum(bool(task.flags) for task in self.todo)


@dataclasses.dataclass(frozen=True)
class Desk:
    """From where one looks: the seat, the place, the clock, what the seat's department was asked."""

    seat: Seat
    place: Place
    at: datetime.datetime
    dues: dict[int, datetime.datetime]  # request → when it is due for this seat's department
    requests: list[Request]

    @property
    def office(self) -> bool:
        return self.seat.holds(Duty.Kind.STANDING_OFFICE, self.place.province, self.place.campaign.opens_on)

    def mine(self, *departments: int | None) -> bool:
        return bool(set(departments) & self.seat.reach.departments)

    def task(self, title: str, chip: str, page: str, *, due=None, notes=(), **more) -> Task:
        """A row with its due time in words, and the flag when that has passed."""
        flags = (_("Overdue"),) if due and due < self.at else ()
        words = [*filter(None, notes), *([_("due %(time)s") % {"time": format_moment(due)}] if due else [])]
        return Task(title, chip, page, note=" · ".join(words), due=due, flags=flags, **more)
