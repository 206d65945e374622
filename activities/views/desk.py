"""What the pages of one activity share: it is found within what the seat sees, and drawn row by row."""

import dataclasses
from collections.abc import Iterable
from functools import cached_property

from django.http import Http404, HttpRequest
from django.urls import reverse

from activities.models import Activity, Output
from activities.operations.sharing import JOINED
from activities.queries import GONE, Flag, LastYear, flags, last_year, listed, main_output, role_in
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.models import Seat
from provinces.vietnamese import certain, format_number
from provinces.workflow import can_move

HIDDEN = "<5"
SMALL = range(1, 5)
DASH = "–"
SPLITS = ("female", "male", "children", "girls", "boys")


@dataclasses.dataclass
class Desk:
    """A page about one activity: where it stands and what the seat may do with it."""

    request: HttpRequest
    place: Place
    activity: Activity

    @property
    def seat(self) -> Seat:
        return self.request.seat

    def address(self, name: str, *more) -> str:
        """The page `name` of this activity."""
        return reverse(name, args=[self.place.slug, self.place.year, self.activity.public_id, *more])

    @property
    def here(self) -> str:
        return self.address("activity")

    @property
    def place_unit_name(self) -> str:
        """The unit of the place, named as on the activity's day; empty when the place names it already."""
        unit = self.activity.place_unit
        name = unit.name_on(self.activity.starts_on or self.place.campaign.opens_on).name if unit else ""
        return "" if name.lower() in self.activity.place.lower() else name

    @property
    def powers(self) -> frozenset[str]:
        return self.activity.powers(self.seat)

    @property
    def edits(self) -> bool:
        return self.activity.is_open and "own_editor" in self.powers and not self.place.campaign.locked_at

    @property
    def marks(self) -> bool:
        """True for who may say that a result is part of another one: the office, the recorder while it is open."""
        office = "office" in self.powers and self.activity.status not in GONE
        return (office and not self.place.campaign.locked_at) or self.edits

    @property
    def adjusts(self) -> bool:
        """True for the office, beside whose adjustment the unit's own number stays."""
        counts = self.activity.status in {Activity.Status.SENT, Activity.Status.ACCEPTED}
        return "office" in self.powers and counts and not self.place.campaign.locked_at

    @property
    def adds_own(self) -> bool:
        """True while a participant that writes may add results of its own."""
        return self.seat.writes and self.activity.status in JOINED and not self.place.campaign.locked_at

    @property
    def may(self) -> dict[str, bool]:
        """The moves that the seat may make now, by the status they lead to."""
        return {to: can_move(self.activity, to, self.seat) for to in Activity.Status.values}

    @property
    def row(self) -> "Row":
        return row_of(self.activity, self.seat, self.last_year)

    @cached_property
    def last_year(self) -> LastYear:
        """What the recorder said last year."""
        return last_year([self.activity])


@dataclasses.dataclass(frozen=True)
class Row:
    """One activity as lists draw it."""

    activity: Activity
    role: str
    people: "Shown | None"
    flags: list[Flag]


@dataclasses.dataclass(frozen=True)
class Shown:
    """An output as a seat may see it: small counts of sensitive measures are hidden above their own unit."""

    output: Output
    total: str
    female: str
    male: str
    rest: str
    children: str
    girls: str
    boys: str


def desk_of(request: HttpRequest, t: str, y: int, id: str) -> Desk:
    """The activity of the address; 404 when it is not of this province and year or the seat may not see it."""
    place = place_of(request, t, y)
    rows = Activity.objects.visible_to(request.seat).filter(province=place.province, year=place.year)
    activity = listed(rows).filter(public_id=id).first()
    if activity is None:
        raise Http404
    return Desk(request, place, activity)


def rows_of(activities: Iterable[Activity], seat: Seat) -> list[Row]:
    """Rows that came from `listed`, as the seat may see them; last year is asked once for all."""
    rows = list(activities)
    last = last_year(rows)
    return [row_of(activity, seat, last) for activity in rows]


def row_of(activity: Activity, seat: Seat, last: LastYear) -> Row:
    """A row that came from `listed`, as the seat may see it."""
    people = main_output(activity, activity.type.attendance_measure)
    return Row(
        activity,
        role_in(activity, seat.reach.departments),
        shown(people, activity, seat) if people else None,
        flags(activity, last),
    )


def shown(output: Output, activity: Activity, seat: Seat) -> Shown:
    """The numbers of an output in words, with “<5” where a small one may not be seen."""
    hides = hides_small(output, activity, seat)
    splits = {
        name: hidden_number(getattr(output, name), hides) for name in ("female", "male", "children", "girls", "boys")
    }
    return Shown(output, total=total_of(output, hides), rest=hidden_number(output.not_split, hides), **splits)


def total_of(output: Output, hides: bool) -> str:
    """“khoảng 550”, “hàng trăm”, “17/22”, “100%”, – for no data."""
    if hides and (output.quantity in SMALL or output.numerator in SMALL):
        return HIDDEN
    if output.numerator is not None:
        return f"{format_number(output.numerator)}/{format_number(output.denominator)}"
    if output.rate is not None:
        return f"{format_number(output.rate)}%"
    return certain(output.quantity, output.certainty, output.text)


def hides_small(output: Output, activity: Activity, seat: Seat) -> bool:
    """True where small counts of a sensitive measure are hidden: above their own unit."""
    counted_by = output.contributor or activity.owner
    return output.measure.sensitive and counted_by.unit_id != seat.department.unit_id


def hidden_number(value: int | None, hides: bool) -> str:
    """A number in the Vietnamese way; – for none, “<5” for a small one that may not be seen."""
    if value is None:
        return DASH
    return HIDDEN if hides and value in SMALL else format_number(value)
