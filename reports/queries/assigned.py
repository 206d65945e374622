"""The tasks of a department: what was recorded for each, how far its targets are, what its state is."""

import dataclasses
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection

from django.db.models import Count, QuerySet

from activities.models import Activity
from activities.queries import GONE
from campaigns.assignments import SETTLED, Assigned, leads_of, tasks_for
from campaigns.models import Campaign, Measure, Plan, Task, TaskDone, TaskQuestion
from campaigns.outlines import Target, body_name, lead_words, when_words
from campaigns.queries import Place
from provinces.models import Seat, Unit
from provinces.queries import department_names
from provinces.vietnamese import sort_key
from reports.queries.figures import sum_of
from reports.queries.masking import SMALL
from reports.queries.rows import Row, money_rows, only_latest, output_rows, without_parts

TODO, DOING, DONE = "todo", "doing", "done"
Results = dict[tuple[uuid.UUID, int], tuple[int | None, str]]


@dataclasses.dataclass(frozen=True)
class Progress:
    """A target of a task and what accepted activities came to; `total` None is no result, not 0."""

    target: Target
    total: int | None
    certainty: str
    hide: bool = False

    @property
    def masked(self) -> bool:
        """Small counts of sensitive measures are hidden above the unit they come from."""
        return self.hide and self.target.measure.sensitive and self.total in SMALL

    @property
    def reached(self) -> bool:
        return self.target.quantity is not None and self.total is not None and self.total >= self.target.quantity


@dataclasses.dataclass(frozen=True)
class OwnTask:
    """A task on a department's list with its state there; `recorded` counts its activities, drafts too."""

    assigned: Assigned
    recorded: int
    accepted: int
    progress: tuple[Progress, ...]
    said: TaskDone | None = None

    @property
    def task(self) -> Task:
        return self.assigned.task

    @property
    def shared(self) -> bool:
        """The targets of a group's task are those of all its members together."""
        return bool(self.task.lead_group)

    @property
    def state(self) -> str:
        """To do without an activity; done when the head says so, when every target with a number is reached, or,
        without one, when an activity is accepted; the targets of a group are nobody's alone."""
        if self.said:
            return DONE
        if not self.recorded:
            return TODO
        wanted = [] if self.shared else [each for each in self.progress if each.target.quantity is not None]
        done = all(each.reached for each in wanted) if wanted else self.accepted
        return DONE if done else DOING

    @property
    def when(self) -> str:
        return when_words(self.task)

    @property
    def lead(self) -> str:
        return lead_words(self.task, self.task.starts_on or self.task.plan.duty_day)


def own_tasks(seat: Seat, place: Place) -> list[OwnTask]:
    """The tasks that the seat's department leads or helps with; a fixed number of queries."""
    departments = seat.reach.departments
    rows = tasks_for(departments, place.province, place.campaign)
    return _with_progress(rows, departments, place.campaign)


def own_task(task: Task, seat: Seat, place: Place) -> OwnTask | None:
    """One task as it stands on the list of the seat's department; None when it is not there."""
    rows = [row for row in tasks_for(seat.reach.departments, place.province, place.campaign) if row.task.pk == task.pk]
    return next(iter(_with_progress(rows, seat.reach.departments, place.campaign)), None)


def _with_progress(rows: list[Assigned], departments: Collection[int], campaign: Campaign) -> list[OwnTask]:
    lineages = [row.task.lineage for row in rows]
    own = Activity.objects.filter(task_lineage__in=lineages, owner__in=departments).exclude(status__in=GONE)
    states = defaultdict(dict)
    for lineage, status, n in own.order_by().values_list("task_lineage", "status").annotate(n=Count("pk")):
        states[lineage][status] = n
    results = results_of(own, [target.measure for row in rows for target in row.task.targets.all()], campaign)
    said = TaskDone.objects.filter(lineage__in=lineages, department__in=departments).select_related("by__user")
    said = {row.lineage: row for row in said}
    return [
        OwnTask(
            assigned=row,
            recorded=sum(states[row.task.lineage].values()),
            accepted=states[row.task.lineage].get(Activity.Status.ACCEPTED, 0),
            progress=progress_of(row.task, results),
            said=said.get(row.task.lineage),
        )
        for row in rows
    ]


def progress_of(task: Task, results: Results, *, hide: bool = False) -> tuple[Progress, ...]:
    """The task's targets with what was reached of each; `hide` for a reader above the units it comes from."""
    return tuple(
        Progress(
            Target(row.measure, row.quantity, row.certainty, row.text),
            *results.get((task.lineage, row.measure_id), (None, "unknown")),
            hide,
        )
        for row in task.targets.all()
    )


def progress_above(task: Task, seat: Seat, place: Place) -> tuple[Progress, ...]:
    """The task's targets for a reader who has no part in it: what everybody reached, of what the reader may see."""
    rows = Activity.objects.visible_to(seat).filter(task_lineage=task.lineage, province=place.province)
    results = results_of(rows, [target.measure for target in task.targets.all()], place.campaign)
    return progress_of(task, results, hide=True)


def results_of(activities: QuerySet[Activity], measures: list[Measure], campaign: Campaign) -> Results:
    """What accepted activities came to for each task and measure, by the rules of the report: parts and older stocks
    do not add, a province's own measure also counts under the national one."""
    if not measures:
        return {}
    counted = activities.filter(status=Activity.Status.ACCEPTED)
    lineages = dict(counted.order_by().values_list("pk", "task_lineage"))
    above = _above(measures)
    shelves = defaultdict(list)
    for row in _rows(counted, measures, campaign, lineages):
        if row.contribution.left_out or row.contribution.quantity is None:
            continue
        for measure in {row.measure_id, above.get(row.measure_id, row.measure_id)}:
            shelves[lineages[row.contribution.activity_id], measure].append(row.contribution)
    return {key: sum_of(given) for key, given in shelves.items()}


def _rows(counted: QuerySet, measures: list[Measure], campaign: Campaign, lineages: dict) -> list[Row]:
    """Rows whose scope is their task, so that each task's figure is summed by itself."""
    rows = output_rows(counted, campaign)
    spending = next((each for each in measures if each.source == Measure.Source.MONEY), None)
    if spending:
        rows += money_rows(counted, campaign, spending)
    rows = [row._replace(scope=str(lineages[row.contribution.activity_id])) for row in rows]
    stocks = {each.pk for each in measures if each.over_time == Measure.OverTime.LATEST}
    return only_latest(without_parts(rows), stocks)


def _above(measures: list[Measure]) -> dict[int, int]:
    own = Measure.objects.filter(rolls_up_to__in={each.pk for each in measures})
    return dict(own.values_list("pk", "rolls_up_to"))


@dataclasses.dataclass(frozen=True)
class Facts:
    """What a task says, in words: who leads it, who helps, when, where."""

    lead: str
    partners: tuple[str, ...]
    when: str
    place: str


def facts_of(task: Task) -> Facts:
    """Every body under its name on the task's day."""
    day = task.starts_on or task.plan.duty_day
    return Facts(
        lead=lead_words(task, day),
        partners=tuple(row.name or body_name(row.department, day) for row in task.partners.all()),
        when=when_words(task),
        place=task.place,
    )


# ── the office's view ──────────────────────────────────────────────────────


@dataclasses.dataclass(frozen=True)
class Overview:
    """A task as the office sees it: who leads it, how many of those have sent or accepted activities."""

    task: Task
    lead: str
    bound: int
    active: int
    questions: int

    @property
    def binding(self) -> bool:
        return self.task.plan.status == Plan.Status.ISSUED

    @property
    def when(self) -> str:
        return when_words(self.task)


def settled_tasks(seat: Seat, place: Place) -> QuerySet[Task]:
    """Tasks of the year's settled plans that the seat may see; a replaced version is not among them."""
    plans = Plan.objects.visible_to(seat).filter(province=place.province, status__in=SETTLED)
    plans = plans.filter(year_from__lte=place.year, year_to__gte=place.year)
    rows = Task.objects.filter(plan__in=plans).select_related("type", "plan__campaign", "plan__owner__unit", "lead")
    return rows.prefetch_related("lead__names", "partners", "targets__measure").order_by(
        "plan", "heading", "position", "id"
    )


def overview(seat: Seat, place: Place) -> list[Overview]:
    """Every task of the province's own plans; a fixed number of queries."""
    rows = settled_tasks(seat, place).filter(plan__owner__unit__level=Unit.Level.PROVINCE)
    tasks = list(rows.annotate(bound=Count("assignees", distinct=True)))
    active = _active(seat, tasks)
    asked = TaskQuestion.objects.filter(task__lineage__in=[task.lineage for task in tasks], answer="").order_by()
    questions = dict(asked.values_list("task__lineage").annotate(n=Count("pk")))
    return [
        Overview(
            task=task,
            lead=lead_words(task, task.starts_on or task.plan.duty_day),
            bound=task.bound,
            active=active.get(task.lineage, 0),
            questions=questions.get(task.lineage, 0),
        )
        for task in tasks
    ]


def _active(seat: Seat, tasks: list[Task]) -> dict[uuid.UUID, int]:
    """How many departments have something to show for each task, of what the seat may see."""
    rows = Activity.objects.visible_to(seat).filter(task_lineage__in=[task.lineage for task in tasks])
    rows = rows.exclude(status__in={*GONE, Activity.Status.DRAFT}).order_by()
    return dict(rows.values_list("task_lineage").annotate(n=Count("owner", distinct=True)))


@dataclasses.dataclass(frozen=True)
class Member:
    """A department that a task binds, and how many of its activities were sent and accepted."""

    name: str
    sent: int
    accepted: int
    said: bool = False

    @property
    def state(self) -> str:
        return DONE if self.accepted or self.said else DOING if self.sent else TODO


def members(task: Task, seat: Seat) -> list[Member]:
    """Who is in charge of a task, with what each has sent, who has nothing first; a fixed number of queries."""
    bound = list(task.assignees.values_list("department", flat=True))
    if task.plan.status == Plan.Status.APPROVED:
        bound = leads_of(task.plan, [task])[task.pk]
    rows = Activity.objects.visible_to(seat).filter(task_lineage=task.lineage, owner__in=bound)
    rows = rows.exclude(status__in={*GONE, Activity.Status.DRAFT, Activity.Status.WAITING_HEAD}).order_by()
    sent = defaultdict(Counter)
    for owner, status, n in rows.values_list("owner", "status").annotate(n=Count("pk")):
        sent[owner][status] += n
    names = department_names(bound, task.starts_on or task.plan.duty_day)
    said = set(TaskDone.objects.filter(lineage=task.lineage, department__in=bound).values_list("department", flat=True))
    found = [Member(names[pk], sent[pk].total(), sent[pk][Activity.Status.ACCEPTED], pk in said) for pk in bound]
    return sorted(found, key=lambda row: ((TODO, DOING, DONE).index(row.state), sort_key(row.name)))


def open_questions(seat: Seat, place: Place) -> tuple[int, int]:
    """Questions about the year's tasks that nobody has answered: put to the seat's office, and asked by itself."""
    rows = TaskQuestion.objects.filter(answer="", task__plan__province=place.province)
    rows = rows.filter(task__plan__year_from__lte=place.year, task__plan__year_to__gte=place.year)
    found = rows.values_list("task__plan__owner", "department")
    own = seat.reach.departments
    return sum(office in own for office, _asker in found), sum(asker in own for _office, asker in found)
