"""What had to be put right after inspections: due, overdue, done."""

import datetime

from django.db.models import Q, QuerySet

from activities.models import Activity, Inspected
from activities.queries.lists import GONE
from provinces.models import Seat, Unit

OVERDUE, DUE, DONE, ALL = "qua-han", "den-han", "da-xong", "tat-ca"


def remedies(seat: Seat, province: Unit, year: int) -> QuerySet[Inspected]:
    """Inspected bodies of the year that the seat may see and that had something to put right, the earliest first."""
    seen = Activity.objects.visible_to(seat).filter(province=province, year=year).exclude(status__in=GONE)
    asked = Q(due__isnull=False) | Q(done_on__isnull=False)
    rows = Inspected.objects.filter(asked, inspection__activity__in=seen)
    return rows.order_by("due", "id")


def in_state(rows: QuerySet[Inspected], state: str, today: datetime.date) -> QuerySet[Inspected]:
    """The overdue, the others still to be done, the done, or all of them."""
    states = {
        OVERDUE: Q(done_on=None, due__lt=today),
        DUE: Q(done_on=None, due__gte=today),
        DONE: Q(done_on__isnull=False),
    }
    return rows.filter(states[state]) if state in states else rows


def with_names(rows: QuerySet[Inspected]) -> QuerySet[Inspected]:
    """Rows with all that a list prints."""
    activities = ("inspection__activity__owner__names", "department__names")
    return rows.select_related("inspection__activity__owner", "department").prefetch_related(*activities)


def overdue_for(seat: Seat, province: Unit, year: int, today: datetime.date) -> QuerySet[Inspected]:
    """Overdue remedies that the seat should follow up: of its own department, for the office of the whole province."""
    return in_state(remedies(seat, province, year), OVERDUE, today)
