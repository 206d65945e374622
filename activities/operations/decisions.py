"""Who has decided what: an activity's way from draft to verified, and what its participants answer."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Activity, Participant
from activities.operations.checks import check_text
from activities.operations.entry import refuse_locked_year
from activities.operations.faults import Fault, Faulty, refuse, say
from activities.queries import flags_of, is_outside
from provinces.models import Seat
from provinces.vietnamese import format_date
from provinces.workflow import Refused, move, record_event

Status = Activity.Status
MOST_AT_ONCE = 50


def hand_in(activity: Activity, *, by: Seat, at: datetime.datetime) -> Activity:
    """The editor hands a finished activity to the head of the department."""
    _refuse_incomplete(activity, at)
    return move(activity, Status.WAITING_HEAD, by=by, at=at, changed_at=at)


def send_activity(activity: Activity, *, by: Seat, at: datetime.datetime) -> Activity:
    """The head confirms an activity; it goes to the standing office. Refuses what has not happened yet."""
    _refuse_incomplete(activity, at)
    return move(activity, Status.SENT, by=by, at=at, sent_at=at, changed_at=at)


def take_back(activity: Activity, *, by: Seat, at: datetime.datetime) -> Activity:
    """The editor takes back what still waits for the head."""
    refuse_locked_year(activity.year, activity.province, at=at)
    return move(activity, Status.DRAFT, by=by, at=at, changed_at=at)


def return_activity(activity: Activity, comment: str, *, by: Seat, at: datetime.datetime) -> Activity:
    """The head or the standing office sends an activity back; the comment says what to put right.

    From the office this also reopens what it had verified.
    """
    refuse_locked_year(activity.year, activity.province, at=at)
    comment = _reason(comment, "comment", _("comment"))
    details = {"comment": comment}
    return move(activity, Status.RETURNED, by=by, at=at, details=details, comment=comment, changed_at=at)


def accept_activity(activity: Activity, *, by: Seat, at: datetime.datetime, note: str = "") -> Activity:
    """The standing office verifies an activity; from now on it counts."""
    refuse_locked_year(activity.year, activity.province, at=at)
    details = {"note": _reason(note, "note", _("note"))} if note.strip() else None
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
    reason = _reason(reason, "reason", _("reason"))
    details = {"reason": reason}
    return move(activity, Status.CANCELLED, by=by, at=at, details=details, cancel_reason=reason, changed_at=at)


@transaction.atomic
def answer_participation(participant: Participant, answer: str, *, by: Seat, at: datetime.datetime) -> Participant:
    """A department says whether it took part as another one recorded."""
    activity = participant.activity
    refuse_locked_year(activity.year, activity.province, at=at)
    if not by.writes or participant.department_id not in by.reach.departments:
        refuse("seat.cannot", seat=by)
    if answer not in Participant.Answer.values:
        refuse("required", field="answer", label=_("answer"))
    participant.answer = answer
    participant.save(update_fields=["answer"])
    details = {"department": participant.department_id, "role": participant.role, "answer": answer}
    record_event("activity.answer", activity, by=by, at=at, details=details)
    return participant


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


def _reason(text: str, field: str, label: str) -> str:
    """The words without which a step is refused; no phone or identity number stands in them."""
    text = text.strip()
    faults = list(check_text(field, text, label))
    if not text:
        faults = [Fault(field, say("required", label=label))]
    if faults:
        raise Faulty(faults)
    return text
