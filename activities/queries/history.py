"""What a department said last year, to hold this year's figures against."""

import dataclasses
from collections import defaultdict

from django.db.models import Max, Sum

from activities.models import Activity, Output
from provinces.models import DepartmentSuccession


@dataclasses.dataclass(frozen=True)
class Before:
    """Of one measure last year: all verified figures added, and the largest single one."""

    total: int
    largest: int


LastYear = dict[tuple[int, int], Before]  # by department and measure


def last_year(activities) -> LastYear:
    """Figures of the year before, of the recorders and of those they succeeded; for rows of one year, three queries."""
    found: LastYear = {}
    years = {row.year for row in activities}
    for year in years:
        owners = {row.owner_id for row in activities if row.year == year}
        found |= _of_year(owners, year - 1)
    return found


def _of_year(owners: set[int], year: int) -> LastYear:
    heirs = _heirs(owners)
    rows = Output.objects.settled().filter(
        activity__owner__in=heirs,
        activity__year=year,
        activity__status=Activity.Status.ACCEPTED,
        quantity__isnull=False,
        contributor=None,
        part_of=None,
    )
    rows = (
        rows.order_by().values_list("activity__owner", "measure").annotate(total=Sum("quantity"), most=Max("quantity"))
    )
    found = defaultdict(list)
    for owner, measure, total, most in rows:
        for heir in heirs[owner]:
            found[heir, measure].append((total, most))
    return {
        key: Before(sum(total for total, _most in said), max(most for _total, most in said))
        for key, said in found.items()
    }


def _heirs(owners: set[int]) -> dict[int, set[int]]:
    """Each department, and each that one of them succeeded, with those that speak for it now."""
    heirs = {owner: {owner} for owner in owners}
    edge = set(owners)
    while edge:
        links = DepartmentSuccession.objects.filter(successor__in=edge).values_list("predecessor_id", "successor_id")
        edge = set()
        for predecessor, successor in links:
            if predecessor not in heirs:
                edge.add(predecessor)
            heirs.setdefault(predecessor, set()).update(heirs[successor])
    return heirs
