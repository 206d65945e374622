"""One event, many organisers: participants confirm, dispute with a reason, or add their own results."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Activity, Output, Participant
from activities.operations.checks import NAMES_AND_HOMES, check_text, given_words
from activities.operations.counting import check_outputs
from activities.operations.entry import refuse_locked_year, standing_office
from activities.operations.faults import Fault, Faulty, refuse
from activities.operations.parts import COUNTED
from activities.operations.shape import ActivityData, OutputData
from activities.operations.telling import tell_added, tell_disputed
from provinces.models import Seat
from provinces.workflow import record_event

Status = Activity.Status
JOINED = {Status.SENT, Status.RETURNED, Status.ACCEPTED}


@transaction.atomic
def answer_participation(
    participant: Participant, answer: str, reason: str = "", *, by: Seat, at: datetime.datetime
) -> Participant:
    """A department says whether it took part as another one recorded; a dispute gives its reason."""
    activity = participant.activity
    refuse_locked_year(activity.year, activity.province, at=at)
    if not by.writes or participant.department_id not in by.reach.departments or activity.status not in JOINED:
        refuse("seat.cannot", seat=by)
    if answer not in Participant.Answer.values:
        refuse("required", field="answer", label=_("answer"))
    disputes = answer == Participant.Answer.DISPUTED
    reason = given_words(reason, "reason", _("reason")) if disputes else ""
    participant.answer, participant.answer_reason = answer, reason
    participant.answered_by, participant.answered_at = by, at
    participant.save(update_fields=["answer", "answer_reason", "answered_by", "answered_at"])
    details = {"department": participant.department_id, "role": participant.role, "answer": answer, "reason": reason}
    record_event("activity.answer", activity, by=by, at=at, details=details)
    if disputes:
        tell_disputed(participant, at=at)
    return participant


@transaction.atomic
def add_own_output(
    participant: Participant,
    data: OutputData,
    *,
    by: Seat,
    at: datetime.datetime,
    confirmed_names: bool = False,
) -> Output:
    """A participant adds a result of its own: `data.part_of` names the counted one that holds it, else it adds.

    What is added to a verified activity waits for the office and counts once that has taken it over.
    """
    activity = participant.activity
    refuse_locked_year(activity.year, activity.province, at=at)
    _refuse_stranger(participant, by)
    faults = _faults(activity, data, confirmed_names)
    if faults:
        raise Faulty(faults)
    output = Output.objects.create(
        activity=activity,
        **{name: getattr(data, name) for name in COUNTED if name != "role"},
        role=data.role or participant.role,
        part_of=data.part_of or None,
        contributor=participant.department,
        awaiting=activity.status == Status.ACCEPTED,
        position=activity.outputs.count(),
    )
    _note("activity.add_output", output, by, at, part_of=output.part_of_id)
    tell_added(output, at=at)
    return output


@transaction.atomic
def remove_own_output(output: Output, *, by: Seat, at: datetime.datetime) -> Activity:
    """A participant takes back a result that does not count yet."""
    activity = output.activity
    refuse_locked_year(activity.year, activity.province, at=at)
    if not by.writes or output.contributor_id not in by.reach.departments:
        refuse("seat.cannot", seat=by)
    if activity.status not in JOINED or (activity.status == Status.ACCEPTED and not output.awaiting):
        refuse("output.counted", department=standing_office(activity.province, timezone.localdate(at)))
    _note("activity.remove_output", output, by, at, measure=output.measure_id, quantity=output.quantity)
    output.parts.update(part_of=None)
    output.delete()
    return activity


@transaction.atomic
def take_over_output(output: Output, *, by: Seat, at: datetime.datetime) -> Output:
    """The office verifies a result that a participant added to a verified activity: from now on it counts."""
    _refuse_settled(output, by, at)
    output.awaiting, output.declined = False, ""
    output.save(update_fields=["awaiting", "declined"])
    Activity.objects.filter(pk=output.activity_id).update(version=F("version") + 1, changed_at=at)
    _note("activity.take_output", output, by, at)
    return output


@transaction.atomic
def decline_output(output: Output, reason: str, *, by: Seat, at: datetime.datetime) -> Output:
    """The office leaves a participant's result uncounted; the reason stands beside it."""
    _refuse_settled(output, by, at)
    output.declined = given_words(reason, "reason", _("reason"))
    output.save(update_fields=["declined"])
    _note("activity.decline_output", output, by, at, reason=output.declined)
    return output


def _refuse_stranger(participant: Participant, by: Seat) -> None:
    """Participants from the list, other than the recorder, once the activity has left the recorder's hands."""
    activity = participant.activity
    if not by.writes or participant.department_id not in by.reach.departments or activity.status not in JOINED:
        refuse("seat.cannot", seat=by)
    if participant.department_id == activity.owner_id:
        refuse("participant.recorder", department=str(activity.owner))


def _refuse_settled(output: Output, by: Seat, at: datetime.datetime) -> None:
    activity = output.activity
    refuse_locked_year(activity.year, activity.province, at=at)
    if "office" not in activity.powers(by) or not output.awaiting:
        refuse("seat.cannot", seat=by)


def _faults(activity: Activity, data: OutputData, confirmed_names: bool) -> list[Fault]:
    """The rules of every result; a whole lies in this activity and is no part that waits itself."""
    said = ActivityData(type=activity.type, title=activity.title, outputs=(data,))
    faults = [_named_plainly(fault) for fault in check_outputs(said, activity.province)]
    whole = data.part_of
    if isinstance(whole, Output) and (whole.activity_id != activity.pk or whole.awaiting):
        refuse("parts.missing", field="part_of")
    for field, text, label in (("label", data.label, _("kind or name")), ("quantity", data.text, _("quantity"))):
        faults += [
            fault
            for fault in check_text(field, text, label, asks=NAMES_AND_HOMES)
            if not (fault.lifted_by and confirmed_names)
        ]
    return faults


def _named_plainly(fault: Fault) -> Fault:
    return Fault(fault.field.removeprefix("outputs.0."), fault.sentence, fault.lifted_by)


def _note(verb: str, output: Output, by: Seat, at: datetime.datetime, **details) -> None:
    said = {"output": output.pk, "department": output.contributor_id, **details}
    record_event(verb, output.activity, by=by, at=at, details=said)
