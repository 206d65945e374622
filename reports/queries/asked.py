"""Whom a province can ask for reports, and how a request stands."""

import dataclasses
import datetime
from collections import Counter

from django.db.models import Count, Q

from campaigns.models import Request
from provinces.models import Department, Seat, Unit
from provinces.vietnamese import sort_key
from reports.models import Report

Kind = Department.Kind
# Bodies that reports go to rather than come from.
NOT_ASKED = frozenset({Kind.UBND_TINH, Kind.BAN, Kind.BO})


@dataclasses.dataclass(frozen=True)
class Askable:
    """A department that can be asked, under its name of that day."""

    department: Department
    name: str
    level: str


def askable(province: Unit, day: datetime.date, asker: Department | None = None) -> list[Askable]:
    """Every department and commune of the province in force on the day, the province's level first; two queries."""
    inside = Q(unit=province) | Q(unit__province=province)
    rows = Department.objects.on(day).filter(inside).exclude(kind__in=NOT_ASKED)
    if asker is not None:
        rows = rows.exclude(pk=asker.pk)
    found = [Askable(row, str(row.name_on(day) or row), row.unit.level) for row in _named(rows)]
    order = {Unit.Level.PROVINCE: 0, Unit.Level.DISTRICT: 1}
    return sorted(found, key=lambda each: (order.get(each.level, 2), sort_key(each.name)))


def _named(rows):
    return rows.select_related("unit").prefetch_related("names")


@dataclasses.dataclass(frozen=True)
class Standing:
    """How many were asked, have sent, and were accepted."""

    asked: int
    sent: int
    accepted: int


def standing_of(requests: list[Request]) -> dict[int, Standing]:
    """Each request with its counts; two queries for any number of requests."""
    ids = [row.pk for row in requests]
    asked = dict(Request.objects.filter(pk__in=ids).order_by().annotate(n=Count("recipients")).values_list("pk", "n"))
    states: dict[int, Counter] = {pk: Counter() for pk in ids}
    rows = Report.objects.filter(request__in=ids, kind=Report.Kind.RETURN).order_by()
    for request, status, n in rows.values_list("request", "status").annotate(n=Count("pk")):
        states[request][status] = n
    return {
        pk: Standing(asked[pk], sum(states[pk][each] for each in ("sent", "nil", "accepted")), states[pk]["accepted"])
        for pk in ids
    }


def manages(request: Request, seat: Seat) -> bool:
    """True for whoever may change the request: writers of the office that asks."""
    return seat.writes and request.asker_id in seat.reach.departments
