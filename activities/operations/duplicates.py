"""Suspected duplicates: found when an activity is sent and by a sweep, settled by the office, never found twice."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activities.models import Activity, DuplicatePair, Evidence, Output, Participant
from activities.operations.checks import given_words
from activities.operations.entry import refuse_locked_year
from activities.operations.faults import refuse
from activities.queries.similar import COMPARED, alike, neighbours, reasons_for, traces
from provinces.models import Seat, Unit
from provinces.workflow import Refused, move, record_event

Status = DuplicatePair.Status


@transaction.atomic
def find_duplicates(activity: Activity, *, by: Seat | None, at: datetime.datetime) -> list[DuplicatePair]:
    """Hold a sent activity against those of other departments near its day; write down each new suspicion."""
    if activity.starts_on is None or activity.status not in COMPARED:
        return []
    own = traces(Activity.objects.filter(pk=activity.pk))
    others = traces(neighbours(activity)) if own else []
    found = [(own[0].pk, other.pk, reasons_for(own[0], other)) for other in others]
    return _write_down((pair for pair in found if pair[2]), by, at)


@transaction.atomic
def find_duplicates_of_year(
    province: Unit, year: int, *, by: Seat | None, at: datetime.datetime
) -> list[DuplicatePair]:
    """Hold all sent activities of a province's year against each other; write down each new suspicion."""
    rows = Activity.objects.filter(province=province, year=year, status__in=COMPARED)
    found = ((one.pk, other.pk, reasons) for one, other, reasons in alike(traces(rows)))
    return _write_down(found, by, at)


def sweep_duplicates(since: datetime.datetime, *, at: datetime.datetime) -> int:
    """Look through every province's year in which something changed since then; returns how many pairs are new."""
    rows = Activity.objects.filter(status__in=COMPARED, changed_at__gte=since).order_by()
    years = sorted(set(rows.values_list("province", "year")))
    units = Unit.objects.in_bulk({province for province, _year in years})
    return sum(len(find_duplicates_of_year(units[pk], year, by=None, at=at)) for pk, year in years)


def _write_down(found: Iterable[tuple[int, int, list[dict]]], by: Seat | None, at: datetime.datetime):
    """Pairs that nobody knew yet; a known one, settled or not, is left as it is."""
    wanted = {(min(one, other), max(one, other)): reasons for one, other, reasons in found}
    known = DuplicatePair.objects.filter(first__in={first for first, _second in wanted})
    for pair in known.values_list("first_id", "second_id"):
        wanted.pop(pair, None)
    made = []
    for (first, second), reasons in wanted.items():
        pair, new = DuplicatePair.objects.get_or_create(
            first_id=first, second_id=second, defaults={"reasons": reasons, "found_at": at}
        )
        if new:
            record_event("pair.suspect", pair, by=by, at=at)
            made.append(pair)
    return made


@transaction.atomic
def pair_by_hand(activity: Activity, other: Activity, reason: str, *, by: Seat, at: datetime.datetime) -> DuplicatePair:
    """The office says that two activities may be one, which the machine has not seen; settled like any other pair."""
    refuse_locked_year(activity.year, activity.province, at=at)
    if "office" not in activity.powers(by) or "office" not in other.powers(by):
        refuse("seat.cannot", seat=by)
    if activity.pk == other.pk or (activity.province_id, activity.year) != (other.province_id, other.year):
        raise Refused(_("Choose another activity of the same province and year"), field="other")
    for row in (activity, other):
        if row.status not in COMPARED:
            slots = {"title": row.title, "state": row.get_status_display()}
            raise Refused(_("“%(title)s” is in the state “%(state)s” and cannot be merged now") % slots, field="other")
    words = given_words(reason, "reason", _("reason"))
    first, second = sorted((activity.pk, other.pk))
    pair, new = DuplicatePair.objects.get_or_create(
        first_id=first, second_id=second, defaults={"reasons": [{"code": "hand", "words": words}], "found_at": at}
    )
    if new:
        record_event("pair.suspect", pair, by=by, at=at, details={"reason": words})
    return pair


@transaction.atomic
def merge_pair(pair: DuplicatePair, kept: Activity, *, by: Seat, at: datetime.datetime) -> DuplicatePair:
    """Count two activities once: the figures of `kept` stay, with the evidence and the bodies of both."""
    refuse_locked_year(pair.first.year, pair.province, at=at)
    if kept.pk not in {pair.first_id, pair.second_id}:
        raise Refused(_("Choose whose figures are kept"), field="kept")
    kept, other = _both(pair, kept)
    for row in (kept, other):
        if row.status not in COMPARED:
            slots = {"title": row.title, "state": row.get_status_display()}
            raise Refused(_("“%(title)s” is in the state “%(state)s” and cannot be merged now") % slots)
    if (kept.status, other.status) == (Activity.Status.SENT, Activity.Status.ACCEPTED):
        slots = {"title": kept.title}
        raise Refused(
            _("“%(title)s” is not verified yet. Keep the figures of the verified one, or verify it first") % slots
        )
    before = {
        "status": other.status,
        "participants": _join_bodies(kept, other),
        "evidence": _join_evidence(kept, other),
        "parts": _join_parts(kept, other),
    }
    said = {"settled_by": by, "settled_at": at}
    details = {"kept": kept.pk, "merged": other.pk}
    move(pair, Status.MERGED, by=by, at=at, details=details, kept=kept, before=before, **said)
    move(other, Activity.Status.MERGED, by=by, at=at, details=details, merged_into=kept, changed_at=at)
    _touch(kept, at)
    _pass_on_suspicions(kept, other, by, at)
    return pair


def _pass_on_suspicions(kept: Activity, other: Activity, by: Seat, at: datetime.datetime) -> None:
    """A third activity that looked like the one that is gone is now held against the one that stays."""
    rows = DuplicatePair.objects.open()
    rows = (rows.filter(first=other) | rows.filter(second=other)).select_related("first", "second")
    thirds = [(pair.second if pair.first_id == other.pk else pair.first, pair.reasons) for pair in rows]
    thirds = [(third, reasons) for third, reasons in thirds if third.owner_id != kept.owner_id and third != kept]
    _write_down([(kept.pk, third.pk, reasons) for third, reasons in thirds], by, at)


@transaction.atomic
def keep_pair_apart(pair: DuplicatePair, *, by: Seat, at: datetime.datetime) -> DuplicatePair:
    """Say that the two are different activities: both count, and the pair does not come up again."""
    refuse_locked_year(pair.first.year, pair.province, at=at)
    return move(pair, Status.APART, by=by, at=at, settled_by=by, settled_at=at)


@transaction.atomic
def separate_pair(pair: DuplicatePair, *, by: Seat, at: datetime.datetime) -> DuplicatePair:
    """Undo a merge: each activity becomes what it was before."""
    refuse_locked_year(pair.first.year, pair.province, at=at)
    if pair.status != Status.MERGED:
        raise Refused(
            _("This step is not possible now: the state is “%(state)s”") % {"state": pair.get_status_display()}
        )
    kept, other = _both(pair, pair.kept)
    if kept.status == Activity.Status.MERGED:
        raise Refused(_("“%(title)s” was itself merged afterwards. Separate that pair first") % {"title": kept.title})
    before = pair.before
    move(pair, Status.SEPARATED, by=by, at=at, kept=None, before={}, settled_by=by, settled_at=at)
    move(other, before["status"], by=by, at=at, merged_into=None, changed_at=at)
    kept.participants.filter(pk__in=before["participants"], answer="").delete()
    Evidence.objects.filter(activity=kept, pk__in=before["evidence"]).delete()
    wholes = set(Output.objects.filter(pk__in=before["parts"].values()).values_list("pk", flat=True))
    for part, whole in before["parts"].items():
        if whole in wholes:
            Output.objects.filter(pk=int(part)).update(part_of=whole)
    _touch(kept, at)
    return pair


def _both(pair: DuplicatePair, kept: Activity) -> tuple[Activity, Activity]:
    """The kept one and the other one, as they are now."""
    rows = {row.pk: row for row in Activity.objects.filter(pk__in=[pair.first_id, pair.second_id])}
    return rows.pop(kept.pk), rows.popitem()[1]


def _join_bodies(kept: Activity, other: Activity) -> list[int]:
    """Everybody of the other one also took part in the kept one, its recorder first; ids of the rows added."""
    there = {(p.department_id, p.name) for p in kept.participants.all()} | {(kept.owner_id, "")}
    bodies = {(other.owner_id, ""): Participant.Role.CO}
    for p in other.participants.all():
        role = Participant.Role.CO if p.role == Participant.Role.LEAD else p.role
        bodies[p.department_id, p.name] = role
    position, added = len(there), []
    for (department, name), role in bodies.items():
        if (department, name) not in there:
            row = Participant.objects.create(
                activity=kept, department_id=department, name=name, role=role, position=position + len(added)
            )
            added.append(row.pk)
    return added


def _join_evidence(kept: Activity, other: Activity) -> list[int]:
    """The other one's photos and papers lie beside the kept one too, under the name of who brought them."""
    there = set(kept.evidence.values_list("file__sha256", flat=True))
    added = []
    for piece in other.evidence.select_related("file"):
        if piece.file.sha256 not in there:
            row = Evidence.objects.create(
                activity=kept, file=piece.file, caption=piece.caption, consent=True, by=piece.by, at=piece.at
            )
            added.append(row.pk)
    return added


def _join_parts(kept: Activity, other: Activity) -> dict[str, int]:
    """What was inside a figure of the other one is inside the same figure of the kept one; {part: former whole}."""
    wholes = defaultdict(list)
    for row in kept.outputs.filter(part_of=None, quantity__isnull=False):
        wholes[row.measure_id].append(row)
    moved = {}
    for part in Output.objects.filter(part_of__activity=other).exclude(activity__in=[kept, other]):
        for whole in wholes[part.measure_id][:1]:
            moved[str(part.pk)] = part.part_of_id
            Output.objects.filter(pk=part.pk).update(part_of=whole)
    return moved


def _touch(activity: Activity, at: datetime.datetime) -> None:
    """A figure compiled before now is no longer what the activity says."""
    Activity.objects.filter(pk=activity.pk).update(version=F("version") + 1, changed_at=at)
