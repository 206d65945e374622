"""On behalf: the office types what a department sent on paper; the department confirms or disputes it later."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activities.models import Activity
from activities.operations.checks import Setting, given_words
from activities.operations.entry import refuse_faults, refuse_locked_year, write_new
from activities.operations.faults import refuse
from activities.operations.shape import ActivityData
from activities.operations.telling import tell_typed, tell_typed_disputed
from campaigns.models import Campaign
from provinces.models import Department, Duty, File, Seat, Unit
from provinces.operations.files import store_file
from provinces.workflow import record_event

SCAN = "scan"


def keep_scan(content: bytes, name: str, *, by: Seat, at: datetime.datetime) -> File:
    """Keep the scan of a department's paper, before what it says is typed."""
    if not by.writes:
        refuse("seat.cannot", seat=by)
    return store_file(content, name, SCAN, owner=by.department, by=by, at=at)


@transaction.atomic
def record_on_behalf(
    data: ActivityData,
    *,
    scan: File | None,
    campaign: Campaign,
    year: int,
    province: Unit,
    owner: Department,
    by: Seat,
    at: datetime.datetime,
    confirmed_names: bool = False,
) -> Activity:
    """Write an activity of `owner` from its paper, as a draft of the office; counts like any other once verified."""
    setting = Setting(campaign if data.scope == Activity.Scope.MONTH else None, year, province, owner)
    refuse_locked_year(year, province, at=at)
    if not (by.writes and by.holds(Duty.Kind.STANDING_OFFICE, province, campaign.opens_on)):
        refuse("seat.cannot", field="owner", seat=by)
    if scan is None or scan.owner_id not in by.reach.departments:
        refuse("scan.missing")
    refuse_faults(data, setting, by, confirmed_names)
    activity = write_new(data, setting, by, at, on_behalf_scan=scan)
    record_event("activity.type", activity, by=by, at=at, details={"file": scan.name})
    tell_typed(activity, by=by, at=at)
    return activity


@transaction.atomic
def answer_typed(activity: Activity, answer: str, reason: str = "", *, by: Seat, at: datetime.datetime) -> Activity:
    """A department says whether what the office typed for it is right; a dispute gives its reason."""
    refuse_locked_year(activity.year, activity.province, at=at)
    if not by.writes or activity.owner_id not in by.reach.departments or activity.on_behalf_scan_id is None:
        refuse("seat.cannot", seat=by)
    if answer not in Activity.Answer.values:
        refuse("required", field="answer", label=_("answer"))
    disputes = answer == Activity.Answer.DISPUTED
    reason = given_words(reason, "reason", _("reason")) if disputes else ""
    activity.owner_answer, activity.owner_reason, activity.owner_answered_at = answer, reason, at
    activity.save(update_fields=["owner_answer", "owner_reason", "owner_answered_at"])
    details = {"answer": answer, "reason": reason}
    record_event("activity.answer_typed", activity, by=by, at=at, details=details)
    if disputes:
        tell_typed_disputed(activity, at=at)
    return activity
