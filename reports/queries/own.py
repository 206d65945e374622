"""What a department has done itself: this year beside the last, what lacks evidence, its last receipt."""

import dataclasses

from django.db.models import Count, Exists, OuterRef, Q

from activities.models import Activity, Evidence
from activities.queries.flags import PAPER_TYPES
from campaigns.queries import Place
from provinces.models import Seat
from reports.models import Report
from reports.queries.coverage import SENT


@dataclasses.dataclass(frozen=True)
class Own:
    """Activities recorded in the year and the year before, verified ones, those without evidence, the last return."""

    recorded: int
    before: int
    verified: int
    unsent: int
    returned: int
    bare: int
    receipt: Report | None

    @property
    def speaks(self) -> bool:
        return bool(self.recorded or self.before or self.receipt)


def own_of(seat: Seat, place: Place) -> Own:
    """The side of the work list of a department; four queries."""
    rows = Activity.objects.filter(owner__in=seat.reach.departments).exclude(status__in=["cancelled", "merged"])
    year = Q(year=place.year)
    counts = rows.aggregate(
        recorded=Count("pk", filter=year),
        before=Count("pk", filter=Q(year=place.year - 1)),
        verified=Count("pk", filter=year & Q(status="accepted")),
        unsent=Count("pk", filter=year & Q(status__in=["draft", "waiting_head"])),
        returned=Count("pk", filter=year & Q(status="returned")),
    )
    without = rows.filter(year, on_behalf_scan=None).exclude(Exists(Evidence.objects.filter(activity=OuterRef("pk"))))
    bare = sum(not PAPER_TYPES & set(asks) for asks in without.order_by().values_list("type__asks", flat=True))
    returns = Report.objects.filter(kind=Report.Kind.RETURN, department__in=seat.reach.departments)
    sent = returns.filter(province=place.province, campaign=place.campaign, status__in=SENT).exclude(deliveries=None)
    return Own(**counts, bare=bare, receipt=sent.order_by("-locked_at").first())
