"""After an inspection: by when something had to be put right, and on which day it was."""

import datetime

from django.db import transaction
from django.utils import timezone

from activities.models import Activity, Inspected
from activities.operations.entry import refuse_locked_year
from activities.operations.faults import refuse
from provinces.models import Seat
from provinces.vietnamese import format_date
from provinces.workflow import record_event

GONE = {Activity.Status.MERGED, Activity.Status.CANCELLED}


@transaction.atomic
def put_right(body: Inspected, done_on: datetime.date | None, *, by: Seat, at: datetime.datetime) -> Inspected:
    """Note on which day an inspected body put right what was found; None takes a mistaken day away.

    It moves no figure, so it may be noted long after the activity was verified.
    """
    activity = body.inspection.activity
    refuse_locked_year(activity.year, activity.province, at=at)
    if not activity.powers(by) & {"own_editor", "office"} or activity.status in GONE:
        refuse("seat.cannot", seat=by)
    if done_on and done_on > timezone.localdate(at):
        refuse("date.not_yet", field="done_on", date=format_date(done_on))
    if done_on and activity.starts_on and done_on < activity.starts_on:
        slots = {"date": format_date(done_on), "inspected": format_date(activity.starts_on)}
        refuse("remedy.early", field="done_on", **slots)
    body.done_on = done_on
    body.save(update_fields=["done_on"])
    details = {"body": body.pk, "done_on": done_on.isoformat() if done_on else None}
    record_event("inspection.put_right", activity, by=by, at=at, details=details)
    return body
