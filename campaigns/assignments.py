"""Whose tasks are whose: a task binds its lead, or every member of the group that leads it.

Before a plan is issued its groups are resolved each time they are shown; issuing writes the departments down.
"""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import Campaign, Plan, Task, TaskAssignee, TaskPartner
from provinces.models import Department, Unit

Kind = Department.Kind
OFFICES = frozenset(
    {Kind.SO_BAN_NGANH, Kind.MTTQ, Kind.DOAN_THE, Kind.LUC_LUONG, Kind.TU_PHAP, Kind.BAO_DAI},
)
MEMBERS = {
    Task.Group.COMMUNES: frozenset({Kind.UBND_XA}),
    Task.Group.COMMUNES_OLD: frozenset({Kind.UBND_XA}),
    Task.Group.DISTRICTS: frozenset({Kind.UBND_HUYEN}),
    Task.Group.OFFICES: OFFICES,
}
TWO_LEVELS = datetime.date(2025, 7, 1)  # the day from which there are no districts and no townships
GROUPS_OF_ERA = {
    False: (Task.Group.COMMUNES_OLD, Task.Group.DISTRICTS, Task.Group.OFFICES),
    True: (Task.Group.COMMUNES, Task.Group.OFFICES),
}
SETTLED = (Plan.Status.APPROVED, Plan.Status.ISSUED)


@dataclasses.dataclass(frozen=True)
class Assigned:
    """A task on the list of a department: led or helped with, planned or binding.

    `departments` are those of the asked ones that lead it; `amended` says that an approved amendment waits beside it,
    `adjusted` that the version in force says something else about it than the one it replaced.
    """

    task: Task
    departments: frozenset[int]
    amended: bool = False
    adjusted: bool = False

    @property
    def leads(self) -> bool:
        return bool(self.departments)

    @property
    def binding(self) -> bool:
        return self.task.plan.status == Plan.Status.ISSUED


def groups_on(day: datetime.date) -> tuple[Task.Group, ...]:
    """The groups that can lead a task on that day."""
    return GROUPS_OF_ERA[day >= TWO_LEVELS]


def members_of(plan: Plan, groups: Iterable[str]) -> dict[str, list[int]]:
    """The departments in each group on the plan's day, inside the unit whose plan it is; one query for all groups."""
    groups = set(groups)
    kinds = frozenset().union(*(MEMBERS[group] for group in groups))
    if not kinds:
        return {}
    unit = plan.owner.unit
    inside = Q(unit=unit) | (Q(unit__province=unit) if unit.level == Unit.Level.PROVINCE else Q(unit__parent=unit))
    rows = Department.objects.on(plan.duty_day).filter(inside, kind__in=kinds).order_by("pk")
    found = defaultdict(list)
    for pk, kind, unit_id in rows.values_list("pk", "kind", "unit_id"):
        for group in groups:
            if kind in MEMBERS[group] and _stands_in(kind, unit_id, unit):
                found[group].append(pk)
    return dict(found)


def _stands_in(kind: str, unit_id: int, unit: Unit) -> bool:
    """The offices of a group are those of the unit itself; its People's Committees are those below it."""
    return (unit_id == unit.pk) == (kind in OFFICES)


def leads_of(plan: Plan, tasks: Collection[Task]) -> dict[int, list[int]]:
    """Who leads each task of a plan, by the task's key; one query, whatever the number of tasks and communes."""
    members = members_of(plan, {task.lead_group for task in tasks if task.lead_group})
    return {
        task.pk: members.get(task.lead_group, []) if task.lead_group else [task.lead_id] if task.lead_id else []
        for task in tasks
    }


def charged_with(task: Task, departments: Collection[int]) -> frozenset[int]:
    """Those of the departments that lead the task or help with it."""
    partners = {row.department_id for row in task.partners.all()}
    if task.plan.status == Plan.Status.APPROVED:
        led = _led_by(task, list(Department.objects.filter(pk__in=departments).select_related("unit")))
    else:
        led = set(task.assignees.filter(department__in=departments).values_list("department", flat=True))
    return frozenset((partners | led) & set(departments))


def tasks_for(departments: Collection[int], province: Unit, campaign: Campaign) -> list[Assigned]:
    """What settled plans of the year ask of some departments, dated tasks first; a fixed number of queries.

    A plan that was issued is read from what it wrote down; an approved one is resolved here. Of a task that stands in
    an issued plan and in its approved amendment, the issued one binds and is listed.
    """
    own = list(Department.objects.filter(pk__in=departments).select_related("unit"))
    rows = list(_tasks_of_year(province, campaign).filter(_touching([row.pk for row in own])))
    bound = _bound(rows, departments)
    found = []
    for task in rows:
        led = frozenset(bound[task.pk]) if task.plan.status == Plan.Status.ISSUED else _led_by(task, own)
        if led or any(partner.department_id in departments for partner in task.partners.all()):
            found.append(Assigned(task, led))
    return sorted(_adjusted(_newest(found)), key=_by_date)


def dropped_tasks(departments: Collection[int], province: Unit, campaign: Campaign) -> list[Task]:
    """Tasks that bound the departments in the version before the one in force, and are no longer in the plan."""
    year = campaign.year
    next_one = Plan.objects.filter(lineage=OuterRef("plan__lineage"), version=OuterRef("plan__version") + 1)
    rows = Task.objects.filter(plan__province=province, plan__year_from__lte=year, plan__year_to__gte=year)
    rows = rows.filter(Exists(next_one.filter(status=Plan.Status.ISSUED)), plan__status=Plan.Status.SUPERSEDED)
    rows = rows.filter(pk__in=TaskAssignee.objects.filter(department__in=departments).values("task"))
    kept = Task.objects.filter(lineage=OuterRef("lineage"), plan__lineage=OuterRef("plan__lineage"))
    kept = kept.filter(plan__status=Plan.Status.ISSUED)
    return list(rows.exclude(Exists(kept)).select_related("plan").order_by("heading", "position", "id"))


def _tasks_of_year(province: Unit, campaign: Campaign) -> QuerySet[Task]:
    year = campaign.year
    return (
        Task.objects.filter(plan__province=province, plan__year_from__lte=year, plan__year_to__gte=year)
        .filter(Q(plan__campaign=campaign) | Q(plan__campaign=None), plan__status__in=SETTLED)
        .select_related("type", "plan__campaign", "plan__owner__unit", "plan__province", "lead")
        .prefetch_related("targets__measure", "partners", "lead__names")
        .order_by("plan", "heading", "position", "id")
    )


def _touching(departments: list[int]) -> Q:
    """Tasks that may concern the departments: as lead, as partner, as written down, or through a group."""
    bound = TaskAssignee.objects.filter(task=OuterRef("pk"), department__in=departments)
    helps = TaskPartner.objects.filter(task=OuterRef("pk"), department__in=departments)
    planned = Q(plan__status=Plan.Status.APPROVED) & (Q(lead__in=departments) | ~Q(lead_group=""))
    return planned | Exists(bound) | Exists(helps)


def _bound(tasks: list[Task], departments: Collection[int]) -> dict[int, set[int]]:
    found = defaultdict(set)
    rows = TaskAssignee.objects.filter(task__in=[task.pk for task in tasks], department__in=departments)
    for task, department in rows.values_list("task", "department"):
        found[task].add(department)
    return found


def _led_by(task: Task, own: list[Department]) -> frozenset[int]:
    return frozenset(row.pk for row in own if _leads(task, row))


def _leads(task: Task, row: Department) -> bool:
    if not task.lead_group:
        return task.lead_id == row.pk
    unit = task.plan.owner.unit
    above = row.unit.province_id if unit.level == Unit.Level.PROVINCE else row.unit.parent_id
    inside = unit.pk in {row.unit_id, above} and _stands_in(row.kind, row.unit_id, unit)
    return inside and row.kind in MEMBERS[task.lead_group] and row.in_force(task.plan.duty_day)


def _newest(found: list[Assigned]) -> list[Assigned]:
    """One row for a task that stands in an issued plan and in the amendment that waits to be issued."""
    binding = {row.task.lineage for row in found if row.binding}
    waiting = {row.task.lineage for row in found if not row.binding}
    return [
        dataclasses.replace(row, amended=row.binding and row.task.lineage in waiting)
        for row in found
        if row.binding or row.task.lineage not in binding
    ]


def _adjusted(found: list[Assigned]) -> list[Assigned]:
    """Marks what the version in force says otherwise than the version before it."""
    amended = [row.task for row in found if row.binding and row.task.plan.version > 1]
    if not amended:
        return found
    earlier = Task.objects.filter(lineage__in=[task.lineage for task in amended], plan__status=Plan.Status.SUPERSEDED)
    before = {
        (task.lineage, task.plan.version): _said(task)
        for task in earlier.select_related("plan").prefetch_related("targets")
    }
    changed = {task.pk for task in amended if before.get((task.lineage, task.plan.version - 1)) != _said(task)}
    return [dataclasses.replace(row, adjusted=row.task.pk in changed) for row in found]


def _said(task: Task) -> tuple:
    """What a department has to know of a task: a change of anything else does not concern it."""
    targets = frozenset((row.measure_id, row.quantity, row.certainty, row.text) for row in task.targets.all())
    when = (task.starts_on, task.ends_on, task.when_text)
    return task.title, task.place, when, task.lead_id, task.lead_group, targets


def _by_date(row: Assigned) -> tuple:
    """What has to be led before what is helped with, the earlier first, what has no day last."""
    task = row.task
    return (not row.leads, task.starts_on is None, task.starts_on or datetime.date.max, task.heading, task.position)
