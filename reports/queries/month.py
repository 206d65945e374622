"""A month of a province or a department: days with their events, ranges as bars, what is always on, clashes."""

import calendar
import dataclasses
import datetime
import itertools
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from activities.models import Activity, Participant
from activities.queries import GONE
from campaigns.assignments import leads_of, tasks_for
from campaigns.models import Plan, Task
from campaigns.outlines import lead_words
from campaigns.queries import Place
from provinces.models import Seat, Unit
from provinces.queries import department_names
from provinces.vietnamese import fold, sort_key
from reports.queries.assigned import settled_tasks

IN_A_CELL = 5  # entries of a day before “and n more”
NAMED = 3  # bodies named in one clash
MOST_CLASHES = 40
HAPPENED = {Activity.Status.SENT, Activity.Status.ACCEPTED}


@dataclasses.dataclass(frozen=True)
class Happening:
    """A task or an activity on its days; `event` when people gather, `bodies` are the departments that are there."""

    page: str
    public_id: str
    title: str
    who: str
    place: str
    first: datetime.date
    last: datetime.date
    event: bool
    binding: bool
    lineage: uuid.UUID | None
    status: str = ""
    bodies: frozenset[int] = frozenset()
    family: int | None = None

    @property
    def one_day(self) -> bool:
        return self.first == self.last

    @property
    def happened(self) -> bool:
        return self.status in HAPPENED

    @property
    def key(self) -> tuple[str, str]:
        return self.page, self.public_id


@dataclasses.dataclass(frozen=True)
class Day:
    """One cell: its entries, how many more there are, and whether it lies in the month."""

    date: datetime.date
    inside: bool
    shown: tuple[Happening, ...]
    more: int


@dataclasses.dataclass(frozen=True)
class Bar:
    """A stretch of a week: of a range, or empty; a range may come from the week before and go on into the next."""

    span: int
    item: Happening | None = None
    before: bool = False
    after: bool = False
    again: bool = False  # it already stands in an earlier week of the month


@dataclasses.dataclass(frozen=True)
class Week:
    """Seven days, and the ranges that run through them, packed into as few rows as they need."""

    days: tuple[Day, ...]
    lanes: tuple[tuple[Bar, ...], ...]


@dataclasses.dataclass(frozen=True)
class Clash:
    """Two events of one day that share a place or a department."""

    date: datetime.date
    first: Happening
    second: Happening
    place: str
    bodies: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class Month:
    """The whole page."""

    weeks: tuple[Week, ...]
    always: tuple[Task, ...]
    clashes: tuple[Clash, ...]
    more_clashes: int
    names: dict[int, str]

    @property
    def clashing(self) -> set[tuple[str, str]]:
        return {item.key for clash in self.clashes for item in (clash.first, clash.second)}

    def why(self, clash: Clash) -> str:
        """What the two share, in words."""
        shared = []
        if clash.place:
            shared.append(_("same place: %(place)s") % {"place": clash.place})
        if clash.bodies:
            names = sorted((self.names[pk] for pk in clash.bodies), key=sort_key)
            more = len(names) - NAMED
            words = ", ".join(names[:NAMED])
            if more > 0:
                words = _("%(names)s and %(n)s more departments") % {"names": words, "n": more}
            shared.append(_("both need %(names)s") % {"names": words})
        return "; ".join(shared)


def month_of(
    seat: Seat, place: Place, first: datetime.date, *, own: bool, full_day: datetime.date | None = None
) -> Month:
    """The month that begins on `first`: of the seat's department, or of the whole province as far as it may see.

    The number of queries does not grow with tasks, communes or activities. `full_day` is shown without a limit.
    """
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    tasks = _tasks(seat, place, own)
    dated = [task for task in tasks if task.starts_on and _touches(task.starts_on, task.ends_on, first, last)]
    items = [*_of_tasks(dated), *_of_activities(seat, place, first, last, own)]
    items = _without_echoes(items)
    clashes = _clashes([item for item in items if item.event and item.one_day])
    by_day = defaultdict(list)
    for item in items:
        if item.one_day:
            by_day[item.first].append(item)
    ranges = sorted((item for item in items if not item.one_day), key=lambda item: (item.first, item.last, item.title))
    named = {pk for clash in clashes[:MOST_CLASHES] for pk in clash.bodies}
    return Month(
        weeks=tuple(_week(days, first.month, by_day, ranges, full_day) for days in _weeks(first)),
        always=tuple(task for task in tasks if not task.starts_on),
        clashes=tuple(clashes[:MOST_CLASHES]),
        more_clashes=max(len(clashes) - MOST_CLASHES, 0),
        names=department_names(named, place.campaign.opens_on),
    )


# ── what there is ──────────────────────────────────────────────────────────


def _tasks(seat: Seat, place: Place, own: bool) -> list[Task]:
    if own:
        return [row.task for row in tasks_for(seat.reach.departments, place.province, place.campaign)]
    newest = {}
    for task in settled_tasks(seat, place).order_by("plan__version", "heading", "position", "id"):
        if task.lineage not in newest or task.plan.status == Plan.Status.ISSUED:
            newest[task.lineage] = task
    return list(newest.values())


def _touches(start: datetime.date, end: datetime.date | None, first: datetime.date, last: datetime.date) -> bool:
    return start <= last and (end or start) >= first


def _of_tasks(tasks: list[Task]) -> Iterable[Happening]:
    bodies = _bodies(tasks)
    for task in tasks:
        yield Happening(
            page="task",
            public_id=task.public_id,
            title=task.title,
            who=lead_words(task, task.starts_on),
            place=task.place,
            first=task.starts_on,
            last=task.ends_on or task.starts_on,
            event=task.type.attendance_measure_id is not None,
            binding=task.plan.status == Plan.Status.ISSUED,
            lineage=task.lineage,
            bodies=frozenset(bodies[task.pk]) | {row.department_id for row in task.partners.all() if row.department_id},
        )


def _bodies(tasks: list[Task]) -> dict[int, list[int]]:
    """Who leads each task; groups of the province's plans are resolved, one query for each approved plan."""
    found = defaultdict(list, {task.pk: [task.lead_id] for task in tasks if task.lead_id})
    grouped = [task for task in tasks if task.lead_group and task.plan.owner.unit.level == Unit.Level.PROVINCE]
    for _pk, rows in itertools.groupby(sorted(grouped, key=lambda task: task.plan_id), key=lambda task: task.plan_id):
        rows = list(rows)
        found |= leads_of(rows[0].plan, rows)
    return found


def _of_activities(
    seat: Seat, place: Place, first: datetime.date, last: datetime.date, own: bool
) -> Iterable[Happening]:
    rows = Activity.objects.visible_to(seat).filter(province=place.province, precision=Activity.Precision.DAY)
    rows = rows.filter(Q(ends_on=None, starts_on__gte=first) | Q(ends_on__gte=first), starts_on__lte=last)
    rows = rows.exclude(status__in=GONE)
    if own:
        joined = Participant.objects.filter(department__in=seat.reach.departments).values("activity")
        rows = rows.filter(Q(owner__in=seat.reach.departments) | Q(pk__in=joined))
    rows = list(rows.select_related("type").order_by("starts_on", "pk"))
    present = defaultdict(set)
    there = Participant.objects.filter(activity__in=[row.pk for row in rows], department__isnull=False)
    for activity, department in there.values_list("activity", "department"):
        present[activity].add(department)
    names = department_names({row.owner_id for row in rows}, first)
    for row in rows:
        yield Happening(
            page="activity",
            public_id=row.public_id,
            title=row.title,
            who=names[row.owner_id],
            place=row.place,
            first=row.starts_on,
            last=row.ends_on or row.starts_on,
            event=row.type.attendance_measure_id is not None,
            binding=False,
            lineage=row.task_lineage,
            status=row.status,
            bodies=frozenset(present[row.pk] | {row.owner_id}),
            family=row.parent_id or row.pk,
        )


def _without_echoes(items: list[Happening]) -> list[Happening]:
    """An activity that was recorded for a task of the same single day is that task, and stands there once."""
    tasks = {(item.lineage, item.first) for item in items if item.page == "task" and item.one_day}
    return [
        item for item in items if item.page == "task" or not item.one_day or (item.lineage, item.first) not in tasks
    ]


# ── clashes ────────────────────────────────────────────────────────────────


def _clashes(events: list[Happening]) -> list[Clash]:
    """Pairs of events on the same day with the same place or a department in both; hours are not known.

    Two that have happened clash no more, and what belongs to one task or one activity is no clash.
    """
    by_day = defaultdict(list)
    for item in events:
        by_day[item.first].append(item)
    found = []
    for date in sorted(by_day):
        pairs = Counter()
        for sharing in _sharing(by_day[date]).values():
            pairs.update(itertools.combinations(sharing, 2))
        for one, other in sorted(pairs):
            first, second = by_day[date][one], by_day[date][other]
            if not _one_thing(first, second):
                same = first.place if _spot(first) and _spot(first) == _spot(second) else ""
                found.append(Clash(date, first, second, same, tuple(sorted(first.bodies & second.bodies))))
    return found


def _sharing(items: list[Happening]) -> dict:
    """Positions of the items of a day by each place and each department; what stands alone is left out."""
    found = defaultdict(list)
    for position, item in enumerate(items):
        for key in {*item.bodies, *filter(None, [_spot(item)])}:
            found[key].append(position)
    return {key: positions for key, positions in found.items() if len(positions) > 1}


def _spot(item: Happening) -> str:
    return " ".join(fold(item.place).split())


def _one_thing(first: Happening, second: Happening) -> bool:
    same_task = first.lineage is not None and first.lineage == second.lineage
    same_activity = first.family is not None and first.family == second.family
    return same_task or same_activity or (first.happened and second.happened)


# ── the grid ───────────────────────────────────────────────────────────────


def _weeks(first: datetime.date) -> list[list[datetime.date]]:
    return calendar.Calendar().monthdatescalendar(first.year, first.month)


def _week(days, month: int, by_day: dict, ranges: list[Happening], full_day: datetime.date | None) -> Week:
    cells = []
    for date in days:
        entries = by_day[date] if date.month == month else []
        limit = len(entries) if date == full_day else IN_A_CELL
        cells.append(Day(date, date.month == month, tuple(entries[:limit]), max(len(entries) - limit, 0)))
    inside = [date for date in days if date.month == month]
    return Week(tuple(cells), _lanes(days, inside, ranges))


def _lanes(days, inside, ranges: list[Happening]) -> tuple[tuple[Bar, ...], ...]:
    """Ranges of a week in rows: each goes into the first row that is still free on its first day."""
    lanes: list[list[tuple[int, int, Happening]]] = []
    for item in ranges:
        if item.first > inside[-1] or item.last < inside[0]:
            continue
        start = (max(item.first, inside[0]) - days[0]).days
        end = (min(item.last, inside[-1]) - days[0]).days
        lane = next((lane for lane in lanes if lane[-1][1] < start), None)
        if lane is None:
            lane = []
            lanes.append(lane)
        lane.append((start, end, item))
    return tuple(_bars(lane, inside) for lane in lanes)


def _bars(lane: list[tuple[int, int, Happening]], inside) -> tuple[Bar, ...]:
    bars, at = [], 0
    for start, end, item in lane:
        if start > at:
            bars.append(Bar(start - at))
        before, month_begun = item.first < inside[0], inside[0].day > 1
        bars.append(Bar(end - start + 1, item, before, item.last > inside[-1], before and month_begun))
        at = end + 1
    return tuple([*bars, Bar(7 - at)] if at < 7 else bars)
