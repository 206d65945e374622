"""Photos and papers behind an activity: attached with the tick, taken away while the activity is open."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activities.models import Activity, Evidence
from activities.operations.checks import NAMES_AND_HOMES, check_text
from activities.operations.entry import refuse_locked_year
from activities.operations.faults import Fault, Faulty, refuse, say
from provinces.models import File, Seat
from provinces.operations.files import store_file
from provinces.workflow import record_event

SHUT = {Activity.Status.MERGED, Activity.Status.CANCELLED}


@transaction.atomic
def attach_evidence(
    activity: Activity,
    file: File,
    caption: str = "",
    consent: bool = False,
    *,
    by: Seat,
    at: datetime.datetime,
    confirmed_names: bool = False,
) -> Evidence:
    """Lay a stored file beside an activity; without the tick that nobody can be recognised it is refused."""
    _refuse_stranger(activity, by, at)
    asks = frozenset() if confirmed_names else NAMES_AND_HOMES
    faults = list(check_text("caption", caption, _("caption"), asks=asks))
    if not consent:
        faults.append(Fault("consent", say("file.consent")))
    if faults:
        raise Faulty(faults)
    row, made = Evidence.objects.get_or_create(
        activity=activity, file=file, defaults={"caption": caption, "consent": True, "by": by, "at": at}
    )
    if made:
        record_event("activity.attach", activity, by=by, at=at, details={"file": file.name})
    return row


@transaction.atomic
def add_evidence(
    activity: Activity,
    content: bytes,
    name: str,
    caption: str = "",
    consent: bool = False,
    *,
    by: Seat,
    at: datetime.datetime,
    confirmed_names: bool = False,
) -> Evidence:
    """Keep an uploaded photo or paper and lay it beside an activity."""
    file = store_file(content, name, "evidence", owner=activity.owner, by=by, at=at)
    return attach_evidence(activity, file, caption, consent, by=by, at=at, confirmed_names=confirmed_names)


@transaction.atomic
def detach_evidence(evidence: Evidence, *, by: Seat, at: datetime.datetime) -> Activity:
    """Take a photo or paper away again, while the activity is open."""
    activity = evidence.activity
    _refuse_stranger(activity, by, at)
    if not activity.is_open:
        refuse("seat.cannot", seat=by)
    record_event("activity.detach", activity, by=by, at=at, details={"file": evidence.file.name})
    evidence.delete()
    return activity


def _refuse_stranger(activity: Activity, by: Seat, at: datetime.datetime) -> None:
    refuse_locked_year(activity.year, activity.province, at=at)
    if "own_editor" not in activity.powers(by) or activity.status in SHUT:
        refuse("seat.cannot", seat=by)
