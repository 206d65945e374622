"""Papers that departments sent instead of typing: whose they may be, and the scans that the office keeps."""

import datetime

from django.db.models import Q

from provinces.models import Department, File, Seat, Unit
from provinces.vietnamese import sort_key


def writers_of(seat: Seat, province: Unit, year: int) -> list[Department]:
    """Departments of a province that existed in the year, the seat's own apart, by name."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    inside = Unit.objects.filter(pk=province.pk) | Unit.objects.filter(province=province)
    rows = Department.objects.filter(unit__in=inside).exclude(pk__in=seat.reach.departments)
    rows = rows.filter(Q(valid_from=None) | Q(valid_from__lte=last), Q(valid_to=None) | Q(valid_to__gte=first))
    return sorted(rows.select_related("unit").prefetch_related("names"), key=lambda row: sort_key(str(row)))


def scan_of(seat: Seat, token: str, kind: str) -> File | None:
    """A scan that the seat's department keeps."""
    return File.objects.filter(token=token, kind=kind, owner__in=seat.reach.departments).first()
