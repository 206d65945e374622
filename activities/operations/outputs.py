"""Marks on outputs that were sent: a part of a whole, and the province's visible adjustment."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activities.models import Activity, Adjustment, Output
from activities.operations.checks import check_text
from activities.operations.entry import refuse_locked_year, wholes_above
from activities.operations.faults import Fault, Faulty, refuse, say
from provinces.models import Seat
from provinces.workflow import record_event


@transaction.atomic
def mark_part(output: Output, of: Output, *, by: Seat, at: datetime.datetime) -> Output:
    """Say that `output` is already inside `of`: it is printed in brackets and no longer added."""
    _refuse_stranger(output, by, at)
    if not Activity.objects.visible_to(by).filter(pk=of.activity_id, province=output.activity.province).exists():
        refuse("parts.missing", field="part_of")
    names = {"part": _said(output), "whole": _said(of)}
    if output.measure_id != of.measure_id:
        refuse("parts.other", field="part_of", **names)
    if output.pk in wholes_above(of):
        refuse("parts.loop", field="part_of", part=names["whole"], whole=names["part"])
    return _join(output, of, "activity.mark_part", by, at)


@transaction.atomic
def unmark_part(output: Output, *, by: Seat, at: datetime.datetime) -> Output:
    """Take the mark away: the output counts by itself again."""
    _refuse_stranger(output, by, at)
    return _join(output, None, "activity.unmark_part", by, at)


@transaction.atomic
def adjust_output(output: Output, delta: int, reason: str, *, by: Seat, at: datetime.datetime) -> Adjustment:
    """The standing office moves a unit's figure by a visible line with a reason; the unit's figure stays."""
    activity = output.activity
    refuse_locked_year(activity.year, activity.province, at=at)
    if "office" not in activity.powers(by):
        refuse("seat.cannot", seat=by)
    faults = _adjustment_faults(output, delta, reason.strip())
    if faults:
        raise Faulty(faults)
    row = Adjustment.objects.create(output=output, delta=delta, reason=reason.strip(), by=by, at=at)
    details = {"output": output.pk, "delta": delta, "reason": row.reason}
    _touch(activity, at)
    record_event("activity.adjust", activity, by=by, at=at, details=details)
    return row


def _adjustment_faults(output: Output, delta: int, reason: str) -> list[Fault]:
    faults = list(check_text("reason", reason, _("reason")))
    if not reason:
        faults.append(Fault("reason", say("required", label=_("reason"))))
    if output.quantity is None:
        faults.append(Fault("delta", say("certainty.number", certainty=output.get_certainty_display())))
    elif delta == 0:
        faults.append(Fault("delta", say("required", label=_("adjustment"))))
    elif output.quantity + delta + sum(output.adjustments.values_list("delta", flat=True)) < 0:
        faults.append(Fault("delta", say("num.negative", label=_("the adjusted number"), given=str(delta))))
    return faults


def _refuse_stranger(output: Output, by: Seat, at: datetime.datetime) -> None:
    """The office may mark at any time, the recorder while its activity is open."""
    activity = output.activity
    refuse_locked_year(activity.year, activity.province, at=at)
    powers = activity.powers(by)
    if "office" not in powers and not ("own_editor" in powers and activity.is_open):
        refuse("seat.cannot", seat=by)


def _join(output: Output, of: Output | None, verb: str, by: Seat, at: datetime.datetime) -> Output:
    output.part_of = of
    output.save(update_fields=["part_of"])
    _touch(output.activity, at)
    details = {"output": output.pk, "of": of.pk if of else None}
    record_event(verb, output.activity, by=by, at=at, details=details)
    return output


def _touch(activity: Activity, at: datetime.datetime) -> None:
    """A figure compiled before now is no longer what the activity says."""
    Activity.objects.filter(pk=activity.pk).update(version=F("version") + 1, changed_at=at)
    activity.refresh_from_db(fields=["version", "changed_at"])


def _said(output: Output) -> str:
    return output.label or output.measure.name
