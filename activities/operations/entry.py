"""Recording an activity and correcting it: what was handed in is checked whole, then written whole."""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Activity, ActivityVersion, Output
from activities.operations.checks import (
    Setting,
    check_bodies,
    check_documents,
    check_inspected,
    check_place,
    check_privacy,
    check_text,
    check_when,
)
from activities.operations.counting import check_money, check_outputs
from activities.operations.faults import Fault, Faulty, Overtaken, refuse, say
from activities.operations.parts import content_of, write_parts
from activities.operations.shape import ActivityData
from campaigns.models import Campaign
from provinces.models import Department, Duty, Event, Seat, Unit
from provinces.vietnamese import format_date, format_moment
from provinces.workflow import record_event

SIMPLE = (
    "scope",
    "type",
    "title",
    "description",
    "starts_on",
    "ends_on",
    "precision",
    "place",
    "place_unit",
    "window_reason",
    "task_lineage",
    "parent",
)


@transaction.atomic
def record_activity(
    data: ActivityData,
    *,
    campaign: Campaign | None,
    year: int,
    province: Unit,
    owner: Department,
    by: Seat,
    at: datetime.datetime,
    confirmed_names: bool = False,
) -> Activity:
    """Write a new activity of `owner` as a draft. Raises Faulty with every fault when it cannot be written.

    `confirmed_names` is the tick that a name or address is an official's or a public one.
    """
    setting = Setting(campaign if data.scope == Activity.Scope.MONTH else None, year, province, owner)
    refuse_locked_year(year, province, at=at)
    if not (by.writes and owner.pk in by.reach.departments):
        refuse("seat.cannot", field="owner", seat=by)
    refuse_faults(data, setting, by, confirmed_names)
    activity = write_new(data, setting, by, at)
    record_event("activity.create", activity, by=by, at=at)
    return activity


def write_new(data: ActivityData, setting: Setting, by: Seat, at: datetime.datetime, **more) -> Activity:
    """The rows of a new activity; who may write them and the event are the caller's."""
    activity = Activity.objects.create(
        **{name: getattr(data, name) for name in SIMPLE},
        campaign=setting.campaign,
        year=setting.year,
        province=setting.province,
        owner=setting.owner,
        created_by=by,
        created_at=at,
        changed_at=at,
        **more,
    )
    write_parts(activity, data)
    return activity


@transaction.atomic
def correct_activity(
    activity: Activity,
    data: ActivityData,
    *,
    version: int,
    by: Seat,
    at: datetime.datetime,
    reason: str = "",
    confirmed_names: bool = False,
) -> Activity:
    """Replace what an open activity says; `version` is the one that the person had before the eyes.

    What the office had verified and reopened keeps its former content as a version, with the reason. Raises
    Overtaken when somebody saved in between, Faulty with every fault, Refused when the activity is not open.
    """
    campaign = activity.campaign or Campaign.objects.filter(series="bdg", year=activity.year).first()
    chosen = campaign if data.scope == Activity.Scope.MONTH else None
    setting = Setting(chosen, activity.year, activity.province, activity.owner)
    refuse_locked_year(activity.year, activity.province, at=at)
    if "own_editor" not in activity.powers(by):
        refuse("seat.cannot", seat=by)
    _refuse_closed(activity, at)
    refuse_faults(data, setting, by, confirmed_names, parent_of=activity)
    _take_version(activity, version, by)
    if activity.decided_at:
        _keep_version(activity, version, reason, by, at)
    for name in SIMPLE:
        setattr(activity, name, getattr(data, name))
    activity.campaign, activity.changed_at = chosen, at
    activity.save(update_fields=[*SIMPLE, "campaign", "changed_at"])
    activity.refresh_from_db(fields=["version"])
    write_parts(activity, data)
    record_event("activity.change", activity, by=by, at=at, details={"reason": reason} if reason else None)
    return activity


def refuse_locked_year(year: int, province: Unit, *, at: datetime.datetime) -> None:
    """A year is read only after an explicit lock, for the month and for the year's other work alike."""
    campaign = Campaign.objects.filter(series="bdg", year=year, locked_at__isnull=False, locked_at__lte=at).first()
    if campaign:
        date = format_date(timezone.localdate(campaign.locked_at))
        refuse("lock.year", year=year, date=date, department=standing_office(province, timezone.localdate(at)))


def standing_office(province: Unit, day: datetime.date) -> str:
    """The name of the department that holds the duty on that day, else the one that held it last."""
    duties = Duty.objects.filter(kind=Duty.Kind.STANDING_OFFICE, for_unit=province).select_related("department")
    duty = duties.on(day).first() or duties.order_by("-valid_from").first()
    return duty.department.name_on(day).name if duty else str(Duty.Kind.STANDING_OFFICE.label)


def _refuse_closed(activity: Activity, at: datetime.datetime) -> None:
    if not activity.is_open:
        office = standing_office(activity.province, timezone.localdate(at))
        refuse("state.closed", title=activity.title, state=activity.get_status_display(), department=office)


def faults_of(data: ActivityData, setting: Setting, *, by: Seat, confirmed_names: bool = False) -> list[Fault]:
    """Every fault of an activity as handed in, in the order of the form."""
    return [
        *_check_title(data),
        *check_when(data, setting),
        *check_place(data, setting),
        *check_bodies(data, setting),
        *check_outputs(data, setting.province),
        *_check_wholes(data, setting, by),
        *check_money(data),
        *check_inspected(data),
        *check_documents(data),
        *check_privacy(data, confirmed_names=confirmed_names),
    ]


def refuse_faults(data, setting, by, confirmed_names, *, parent_of: Activity | None = None) -> None:
    """Raise Faulty with every fault, also those of where the activity hangs."""
    faults = faults_of(data, setting, by=by, confirmed_names=confirmed_names)
    faults += _check_parent(data, setting, parent_of)
    if faults:
        raise Faulty(faults)


def _check_title(data: ActivityData) -> Iterator[Fault]:
    if not data.title.strip():
        yield Fault("title", say("required", label=Activity._meta.get_field("title").verbose_name))


def _check_parent(data: ActivityData, setting: Setting, child: Activity | None) -> Iterator[Fault]:
    """A parent is another activity of the same province and year that is not itself below this one."""
    above = data.parent
    while above is not None:
        if above == child or above.province_id != setting.province.pk or above.year != setting.year:
            title = child.title if child else data.title
            yield Fault("parent", say("parts.loop", part=above.title, whole=title))
            return
        above = above.parent


def _check_wholes(data: ActivityData, setting: Setting, by: Seat) -> Iterator[Fault]:
    """A whole in another activity lies in the same province, is seen by the person, and is no part of this row."""
    seen = Activity.objects.visible_to(by).filter(province=setting.province)
    for i, row in enumerate(data.outputs):
        if not isinstance(row.part_of, Output):
            continue
        if not Output.objects.filter(pk=row.part_of.pk, activity__in=seen).exists():
            yield Fault(f"outputs.{i}.part_of", say("parts.missing"))
        elif row.key in {str(pk) for pk in wholes_above(row.part_of)}:
            whole = row.label or row.measure.name
            yield Fault(f"outputs.{i}.part_of", say("parts.loop", part=row.part_of.measure.name, whole=whole))


def wholes_above(output: Output) -> list[int]:
    """The ids of the output and of all that it is a part of, nearest first."""
    found, step = [], output
    while step is not None and step.pk not in found:
        found.append(step.pk)
        step = step.part_of
    return found


def _keep_version(activity: Activity, version: int, reason: str, by: Seat, at: datetime.datetime) -> None:
    """A change after verification says why; what was verified stays readable."""
    reason = reason.strip()
    faults = list(check_text("reason", reason, _("reason")))
    if not reason:
        faults.append(Fault("reason", say("required", label=_("reason for the change"))))
    if faults:
        raise Faulty(faults)
    ActivityVersion.objects.create(
        activity=activity, no=version, content=content_of(activity), reason=reason, by=by, at=at
    )


def _take_version(activity: Activity, version: int, by: Seat) -> None:
    """Count the version up, only from the one that was read and only while open: of two savers one is told."""
    rows = Activity.objects.visible_to(by).filter(pk=activity.pk, version=version, status=activity.status)
    if rows.update(version=F("version") + 1):
        return
    last = Event.objects.about(activity).select_related("user").last()
    slots = {"person": last.user if last else "–", "time": format_moment(last.at) if last else "–"}
    raise Overtaken(say("conflict", thing=f"“{activity.title}”", **slots))
