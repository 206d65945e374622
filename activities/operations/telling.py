"""Who is told of a step of an activity, in which words; part of the operation that takes the step."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from activities.models import Activity, Output, Participant
from provinces.models import Department, Duty, Seat
from provinces.operations.notices import notify
from provinces.queries import address_of
from provinces.vietnamese import format_moment

NAMED = gettext_noop(
    "Your department is named in an activity\n%(department)s recorded it. Confirm, dispute or add your own results"
)
DISPUTED = gettext_noop("A participant disputes an activity\n%(department)s gave its reason at %(time)s. See it")
ADDED = gettext_noop("A participant added results to an activity\n%(department)s entered them at %(time)s. See them")
TYPED = gettext_noop(
    "An activity of your department was typed from paper\n%(department)s entered it at %(time)s. Confirm or dispute it"
)
TYPED_DISPUTED = gettext_noop(
    "A department disputes what was typed for it\n%(department)s gave its reason at %(time)s. See it"
)
EDITOR = Seat.Role.EDITOR


def tell_named(activity: Activity, *, at: datetime.datetime) -> None:
    """The bodies that a sent activity names are asked whether they took part."""
    slots = {"department": str(activity.owner)}
    page, key = _page(activity), f"activity.named:{activity.public_id}"
    named = activity.participants.filter(department__isnull=False, answer="").exclude(department=activity.owner)
    for participant in named.select_related("department"):
        notify(participant.department, EDITOR, key, NAMED, slots, page, at=at)


def tell_disputed(participant: Participant, *, at: datetime.datetime) -> None:
    """The recorder and the office learn that a participant sees it otherwise."""
    _tell_recorder_and_office(participant.activity, "dispute", DISPUTED, participant.department, at)


def tell_added(output: Output, *, at: datetime.datetime) -> None:
    """The recorder and the office learn that a participant added results of its own."""
    _tell_recorder_and_office(output.activity, "added", ADDED, output.contributor, at)


def tell_typed(activity: Activity, *, by: Seat, at: datetime.datetime) -> None:
    """A department learns what was typed for it from its paper."""
    notify(
        activity.owner,
        EDITOR,
        f"activity.typed:{activity.public_id}",
        TYPED,
        _slots(by.department, at),
        _page(activity),
        at=at,
    )


def tell_typed_disputed(activity: Activity, *, at: datetime.datetime) -> None:
    """The office learns that a department sees what was typed for it otherwise."""
    key = f"activity.typed_disputed:{activity.public_id}:{at:%Y%m%d%H%M%S}"
    for office in offices_of(activity):
        notify(office, EDITOR, key, TYPED_DISPUTED, _slots(activity.owner, at), _page(activity), at=at)


def offices_of(activity: Activity) -> list[Department]:
    """The department that holds the standing office on the activity's duty day."""
    duties = Duty.objects.on(activity.duty_day)
    duties = duties.filter(kind=Duty.Kind.STANDING_OFFICE, for_unit=activity.province_id)
    return list(Department.objects.filter(duties__in=duties))


def _tell_recorder_and_office(activity: Activity, step: str, words: str, who: Department, at) -> None:
    key = f"activity.{step}:{activity.public_id}:{at:%Y%m%d%H%M%S}"
    told = {department.pk: department for department in (activity.owner, *offices_of(activity))}
    for department in told.values():
        notify(department, EDITOR, key, words, _slots(who, at), _page(activity), at=at)


def _slots(department: Department, at: datetime.datetime) -> dict[str, str]:
    return {"department": str(department.name_on(timezone.localdate(at)) or department), "time": format_moment(at)}


def _page(activity: Activity) -> str:
    where = [address_of(activity.province, activity.year), activity.year, activity.public_id]
    return reverse("activity", args=where)
