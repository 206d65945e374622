"""Filling the database with made-up years: accounts, activities and all that belongs to them, province by province.

The one writer beside the operations: a million rows do not go through them one by one, and none of these is anybody's.
"""

import dataclasses
import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from activities.models import Activity, Money, Output, Participant
from campaigns.models import Campaign
from provinces.models import Department, Event, Seat, Unit, User
from provinces.operations.copying import Table
from reports.load.rows import ACTIVITY, MONEY, OUTPUT, PARTICIPANT, Catalogue, Made, Place, Year

PREFIX = "tai."
GROUP = 2_000
RECORDING = ("so_ban_nganh", "mttq", "doan_the", "luc_luong", "tu_phap", "bao_dai", "ubnd_xa", "ubnd_huyen")
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclasses.dataclass(frozen=True)
class Amount:
    """How much one province gets in a year."""

    activities: int
    outputs: int


class AlreadyFull(Exception):
    """A province has activities of that year; they are not mixed with made-up ones."""


def fill(
    provinces: Iterable[Unit],
    campaign: Campaign,
    amount: Amount,
    *,
    seed: int,
    password: str = "",
    told: Callable[[Unit], None] = lambda _province: None,
) -> None:
    """A year for each province, one transaction each; `told` hears of every province that is full.

    With a `password` the made-up accounts (“tai.<id of the department>”) can sign in with it.
    """
    catalogue = Catalogue.read()
    hashed = make_password(password or None)
    for province in provinces:
        if Activity.objects.filter(province=province, year=campaign.year).exists():
            raise AlreadyFull(province)
        with transaction.atomic():
            _fill_one(_place(province, campaign, hashed), catalogue, amount, seed)
        told(province)


def _place(province: Unit, campaign: Campaign, hashed: str) -> Place:
    inside = Q(unit=province) | Q(unit__province=province)
    departments = list(Department.objects.on(campaign.opens_on).filter(inside, kind__in=RECORDING).order_by("pk"))
    at = datetime.datetime.combine(campaign.closes_on, datetime.time(16), tzinfo=HERE)
    return Place(province, campaign, departments, _seats(departments, hashed, at), at)


def _seats(departments: list[Department], hashed: str, at: datetime.datetime) -> dict[int, int]:
    """A seat for each department, made where the load has given it none."""
    found = Seat.objects.filter(department__in=departments, user__username__startswith=PREFIX)
    seats = dict(found.values_list("department_id", "pk"))
    new = [each for each in departments if each.pk not in seats]
    users, rows = (
        Table(User, ("id", "username", "password", "full_name", "date_joined")),
        Table(Seat, ("id", "user_id", "department_id", "role")),
    )
    first_user, first_seat = users.free_id(), rows.free_id()
    users.pour(
        (first_user + index, f"{PREFIX}{each.pk}", hashed, f"Tài khoản {each.pk}", at) for index, each in enumerate(new)
    )
    rows.pour((first_seat + index, first_user + index, each.pk, "approver") for index, each in enumerate(new))
    users.settle()
    rows.settle()
    return seats | {each.pk: first_seat + index for index, each in enumerate(new)}


def _fill_one(place: Place, catalogue: Catalogue, amount: Amount, seed: int) -> None:
    activities, outputs = Table(Activity, ACTIVITY), Table(Output, OUTPUT)
    participants, money = Table(Participant, PARTICIPANT), Table(Money, MONEY)
    events = Table(Event, ("at", "seat_id", "province_id", "verb", "object_type", "object_id", "details"))
    year = Year(place, catalogue, seed)
    made = year.activities(amount.activities, amount.outputs, activities.free_id(), outputs.free_id())
    for group in _groups(made):
        activities.pour(each.activity for each in group)
        outputs.pour(row for each in group for row in each.outputs)
        participants.pour(row for each in group for row in each.participants)
        money.pour(row for each in group for row in each.money)
        events.pour(_event(each, place, seed) for each in group)
    for table in (activities, outputs):
        table.settle()


def _event(made: Made, place: Place, seed: int) -> tuple:
    """The line of the log that recording would have left."""
    row = dict(zip(ACTIVITY, made.activity, strict=True))
    what = ("activity.create", Activity._meta.label_lower, str(row["id"]), {"load": seed})
    return (row["created_at"], row["created_by_id"], place.province.pk, *what)


def _groups(made: Iterator[Made]) -> Iterator[list[Made]]:
    while group := list(itertools.islice(made, GROUP)):
        yield group
