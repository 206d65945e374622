"""Who has decided what: an activity's way from draft to verified, and out of the count again."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Activity, Output
from activities.operations.checks import given_words
from activities.operations.duplicates import find_duplicates
from activities.operations.entry import refuse_locked_year
from activities.operations.faults import Fault, Faulty, refuse, say
from activities.operations.telling import tell_named
from activities.queries import flags_of, is_outside
from provinces.models import Event, Seat
from provinces.vietnamese import format_date
from provinces.workflow import Refused, move, record_event

Status = Activity.Status
MOST_AT_ONCE = 50


def hand_in(activity: Activity, *, by: Seat, at: datetime.datetime) -> Activity:
    """The editor hands a finished activity to the head of the department."""
    _refuse_incomplete(activity, at)
    return move(activity, Status.WAITING_HEAD, by=by, at=at, changed_at=at)


@transaction.atomic
def send_activity(activity: Activity, *, by: Seat, at: datetime.datetime) -> Activity:
    """The head confirms an activity; it goes to the standing office. Refuses what has not happened yet.

    It is held against those of other departments, and the bodies that it names are asked whether they took part.
    """
    _refuse_incomplete(activity, at)
    activity = move(activity, Status.SENT, by=by, at=at, sent_at=at, changed_at=at)
    find_duplicates(activity, by=by, at=at)
    tell_named(activity, at=at)
    return activity


def take_back(activity: Activity, *, by: Seat, at: datetime.datetime) -> Activity:
    """The editor takes back what still waits for the head."""
    refuse_locked_year(activity.year, activity.province, at=at)
    return move(activity, Status.DRAFT, by=by, at=at, changed_at=at)


def return_activity(activity: Activity, comment: str, *, by: Seat, at: datetime.datetime) -> Activity:
    """The head or the standing office sends an activity back; the comment says what to put right.

    From the office this also reopens what it had verified.
    """
    refuse_locked_year(activity.year, activity.province, at=at)
    comment = given_words(comment, "comment", _("comment"))
    details = {"comment": comment}
    return move(activity, Status.RETURNED, by=by, at=at, details=details, comment=comment, changed_at=at)


@transaction.atomic
def accept_activity(activity: Activity, *, by: Seat, at: datetime.datetime, note: str = "") -> Activity:
    """The standing office verifies an activity; from now on it counts."""
    refuse_locked_year(activity.year, activity.province, at=at)
    details = {"note": given_words(note, "note", _("note"))} if note.strip() else None
    activity.outputs.filter(awaiting=True).update(awaiting=False, declined="")
    return move(activity, Status.ACCEPTED, by=by, at=at, details=details, decided_at=at, comment="", changed_at=at)


@transaction.atomic
def accept_activities(activities: list[Activity], *, by: Seat, at: datetime.datetime) -> list[Activity]:
    """Verify several activities at once: at most fifty, none with a flag; all or none."""
    if len(activities) > MOST_AT_ONCE:
        raise Refused(_("At most %(most)s activities are verified at once") % {"most": MOST_AT_ONCE})
    flagged = flags_of(activities)
    for activity in activities:
        if flagged[activity.pk]:
            slots = {"title": activity.title, "flags": ", ".join(str(f.label) for f in flagged[activity.pk])}
            raise Refused(_("“%(title)s” has a flag (%(flags)s) and is looked at by itself") % slots)
    return [accept_activity(activity, by=by, at=at) for activity in activities]


def cancel_activity(activity: Activity, reason: str, *, by: Seat, at: datetime.datetime) -> Activity:
    """Take an activity out of every count; the log keeps the reason."""
    refuse_locked_year(activity.year, activity.province, at=at)
    if merged := activity.merged.count():
        refuse("cancel.merged", title=activity.title, n=merged)
    reason = given_words(reason, "reason", _("reason"))
    details = {"reason": reason}
    return move(activity, Status.CANCELLED, by=by, at=at, details=details, cancel_reason=reason, changed_at=at)


@transaction.atomic
def delete_draft(activity: Activity, *, by: Seat, at: datetime.datetime) -> None:
    """Throw away a draft that nobody but its author has had before the eyes; everything else is cancelled instead."""
    refuse_locked_year(activity.year, activity.province, at=at)
    if not may_delete(activity, by):
        refuse("delete.seen", title=activity.title)
    record_event("activity.delete", activity, by=by, at=at, details={"title": activity.title})
    activity.outputs.update(part_of=None)
    activity.delete()


def may_delete(activity: Activity, by: Seat) -> bool:
    """True for the author of a draft that was never handed in, and on which nothing of others hangs."""
    if (
        activity.status != Status.DRAFT
        or activity.sent_at
        or activity.created_by.user_id != by.user_id
        or not by.writes
    ):
        return False
    handed_in = Event.objects.about(activity).filter(verb__in=("activity.hand_in", "activity.send")).exists()
    parts = Output.objects.filter(part_of__activity=activity).exclude(activity=activity).exists()
    return not (handed_in or parts or activity.children.exists())


def sending_faults(activity: Activity, *, at: datetime.datetime) -> list[Fault]:
    """What still keeps an activity from being sent."""
    faults = []
    if activity.starts_on and activity.starts_on > timezone.localdate(at):
        faults.append(Fault("starts_on", say("date.future", date=format_date(activity.starts_on))))
    if is_outside(activity) and not activity.window_reason:
        faults.append(Fault("window_reason", say("date.window_reason")))
    return faults


def _refuse_incomplete(activity: Activity, at: datetime.datetime) -> None:
    refuse_locked_year(activity.year, activity.province, at=at)
    faults = sending_faults(activity, at=at)
    if faults:
        raise Faulty(faults)
