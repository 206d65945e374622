"""A department's return as it stands: which of its activities go with it, what it says, how late it is."""

import dataclasses
import datetime

from django.db.models import QuerySet

from activities.models import Activity, Participant
from activities.operations.decisions import sending_faults
from activities.queries import flags_of
from campaigns.models import Recipient
from provinces.vietnamese import VIETNAM
from reports.models import Report
from reports.queries.picture import take_picture
from reports.queries.rows import asked_for, period_of
from reports.snapshot import BOTH, Figures

GONE = (Activity.Status.CANCELLED, Activity.Status.MERGED)
READY = (Activity.Status.DRAFT, Activity.Status.WAITING_HEAD)


def own_activities(report: Report) -> QuerySet[Activity]:
    """What the department recorded in the days that its return is about, in whatever state; nothing cancelled."""
    scope = report.request.scope if report.request else BOTH
    asked = asked_for(report.campaign, scope, period_of(report.request))
    rows = Activity.objects.filter(asked, owner=report.department, province=report.province)
    return rows.exclude(status__in=GONE)


def joined_activities(report: Report) -> QuerySet[Activity]:
    """What others recorded and it took part in, once verified."""
    scope = report.request.scope if report.request else BOTH
    asked = asked_for(report.campaign, scope, period_of(report.request))
    took_part = Participant.objects.filter(department=report.department).values("activity")
    rows = Activity.objects.filter(asked, pk__in=took_part, province=report.province)
    return rows.filter(status=Activity.Status.ACCEPTED).exclude(owner=report.department)


@dataclasses.dataclass(frozen=True)
class OwnRows:
    """The department's activities by what sending its return does to them."""

    ready: tuple[Activity, ...]
    unready: tuple[tuple[Activity, str], ...]
    returned: tuple[Activity, ...]
    sent: int
    accepted: int

    @property
    def confirmed(self) -> int:
        """How many activities the head confirms by sending: those that go now and those that went before."""
        return len(self.ready) + self.sent + self.accepted

    @property
    def behind(self) -> int:
        """How many stay behind: not complete yet, or sent back and not corrected."""
        return len(self.unready) + len(self.returned)

    @property
    def total(self) -> int:
        return self.confirmed + self.behind


def rows_of(report: Report, *, at: datetime.datetime) -> OwnRows:
    """The own activities of a return; a fixed number of queries."""
    rows = list(own_activities(report).select_related("campaign", "province").order_by("starts_on", "id"))
    faults = {row.pk: sending_faults(row, at=at) for row in rows if row.status in READY}
    states = [row.status for row in rows]
    return OwnRows(
        ready=tuple(row for row in rows if row.pk in faults and not faults[row.pk]),
        unready=tuple((row, str(faults[row.pk][0].sentence)) for row in rows if faults.get(row.pk)),
        returned=tuple(row for row in rows if row.status == Activity.Status.RETURNED),
        sent=states.count(Activity.Status.SENT),
        accepted=states.count(Activity.Status.ACCEPTED),
    )


def picture_now(report: Report, *, at: datetime.datetime) -> Figures:
    """What an open return would say if it were sent now: its drafts that are ready count already."""
    return take_picture(report, ready=[row.pk for row in rows_of(report, at=at).ready])


def split_by_flags(report: Report) -> tuple[list[Activity], list[Activity]]:
    """The rows that came with a return and still wait to be verified: those without a flag, and those with one."""
    if report.snapshot is None:
        return [], []
    waiting = own_activities(report).filter(status=Activity.Status.SENT, sent_at__lte=report.snapshot.taken_at)
    rows = list(waiting)
    flags = flags_of(rows) if rows else {}
    return [row for row in rows if not flags[row.pk]], [row for row in rows if flags[row.pk]]


def has_text(report: Report) -> bool:
    """True when the department wrote anything itself."""
    return report.sections.exclude(text="").exists()


def due_of(report: Report) -> datetime.datetime | None:
    """When the return is due: the extension of its department, else the time of the request."""
    if report.request is None:
        return None
    own = Recipient.objects.filter(request=report.request, department=report.department).values_list("due", flat=True)
    return own.first() or report.request.due


def local_day(at: datetime.datetime) -> datetime.date:
    """The day of a moment by the clock of Vietnam."""
    return at.astimezone(VIETNAM).date()
