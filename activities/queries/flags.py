"""Flags: facts about an activity that a verifier should look at before it counts."""

import dataclasses
import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Output, Participant
from activities.queries.history import LastYear, last_year
from activities.queries.lists import listed
from provinces.vietnamese import format_number

MANY_TIMES = 5  # as much as last year is worth a look


@dataclasses.dataclass(frozen=True)
class Flag:
    """A fact about an activity that a verifier should look at; `bad` ones speak against it."""

    code: str
    label: str | Promise
    bad: bool = False


OUTSIDE = Flag("outside", _("Outside the month, with a reason"))
OUTSIDE_SILENT = Flag("outside_silent", _("Outside the month, no reason"), bad=True)
NO_EVIDENCE = Flag("no_evidence", _("No evidence"), bad=True)
NOT_SPLIT = Flag("not_split", _("Not split by sex"))
DISPUTED = Flag("disputed", _("A participant disputes"), bad=True)
DUPLICATE = Flag("duplicate", _("Suspected duplicates"), bad=True)
TYPED = Flag("typed", _("Typed from paper"))
TYPED_DISPUTED = Flag("typed_disputed", _("The department disputes what was typed for it"), bad=True)
ADDED = Flag("added", _("A participant added results to be verified"), bad=True)
PAPER_TYPES = {"documents"}


def flags_of(activities) -> dict[int, list[Flag]]:
    """Flags of each activity by its id; a fixed number of queries for any number of rows."""
    rows = list(listed(Activity.objects.filter(pk__in=[a.pk for a in activities])))
    last = last_year(rows)
    return {row.pk: flags(row, last) for row in rows}


def flags(activity: Activity, last: LastYear) -> list[Flag]:
    """The flags of one row that came from `listed`."""
    found = [*_of_its_day(activity), *_of_its_people(activity), *_of_its_outputs(activity, last)]
    if not activity.evidence_count and not activity.on_behalf_scan_id and not PAPER_TYPES & set(activity.type.asks):
        found.append(NO_EVIDENCE)
    if activity.suspected:
        found.append(DUPLICATE)
    return found


def _of_its_day(activity: Activity) -> list[Flag]:
    if not is_outside(activity):
        return []
    return [OUTSIDE if activity.window_reason else OUTSIDE_SILENT]


def _of_its_people(activity: Activity) -> list[Flag]:
    """What the bodies say: participants, and the department for which the office typed."""
    found = []
    if any(p.answer == Participant.Answer.DISPUTED for p in activity.participants.all()):
        found.append(DISPUTED)
    if activity.on_behalf_scan_id:
        found.append(TYPED_DISPUTED if activity.owner_answer == Activity.Answer.DISPUTED else TYPED)
    return found


def _of_its_outputs(activity: Activity, last: LastYear) -> list[Flag]:
    found, outputs = [], activity.outputs.all()
    if any(_is_not_split(row) for row in outputs):
        found.append(NOT_SPLIT)
    if any(row.awaiting and not row.declined for row in outputs):
        found.append(ADDED)
    times = max((times_of_last_year(row, activity, last) for row in outputs), default=0)
    if times > MANY_TIMES:
        slots = {"times": format_number(round(times, 1)), "year": activity.year - 1}
        found.append(Flag("jump", _("%(times)s times the figure of %(year)s") % slots))
    return found


def times_of_last_year(output: Output, activity: Activity, last: LastYear) -> float:
    """How many times the department's largest figure of last year an output is; 0 when there is none to compare."""
    before = last.get((activity.owner_id, output.measure_id))
    if output.quantity is None or before is None or not before.largest:
        return 0
    return output.quantity / before.largest


def _is_not_split(output: Output) -> bool:
    return bool(output.measure.by_sex and output.not_split)


def is_outside(activity: Activity) -> bool:
    """True when an activity of the month has a day outside its campaign; known to the month only: all its days."""
    campaign = activity.campaign
    if activity.scope != Activity.Scope.MONTH or campaign is None or activity.starts_on is None:
        return False
    first, last = activity.starts_on, activity.ends_on or activity.starts_on
    if activity.precision == Activity.Precision.DAY:
        return not (campaign.has(first) and campaign.has(last))
    return _end_of_month(last) < campaign.opens_on or first > campaign.closes_on


def _end_of_month(day: datetime.date) -> datetime.date:
    following = day.replace(day=28) + datetime.timedelta(days=4)
    return following - datetime.timedelta(days=following.day)
