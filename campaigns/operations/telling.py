"""Who is told of a step of a plan, in which words; part of the operation that takes the step."""

import datetime
from collections import defaultdict

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from campaigns.models import Plan, Recipient, Request, Task, TaskPartner, TaskQuestion
from campaigns.outlines import body_name, plan_code
from provinces.models import Department, Duty, Seat, Unit
from provinces.operations.notices import leave_out_of_letters, notify, notify_each
from provinces.queries import address_of
from provinces.vietnamese import format_date, format_moment, format_number, format_period

SUBMITTED = gettext_noop(
    "Plan to be reviewed\nSubmitted by %(by)s at %(time)s, code %(code)s. Comment on it, approve or return it"
)
SUBMITTED_BY = gettext_noop(
    "Plan to be reviewed\nSubmitted by %(by)s at %(time)s, code %(code)s. Comments are asked for by %(due)s"
)
RETURNED = gettext_noop("Plan: to be completed\n%(by)s made %(n)s comments, %(must)s must-fix. See and answer")
APPROVED = gettext_noop("Plan approved\n%(by)s approved it at %(time)s. Next: number, date and issue")
PLANNED = gettext_noop(
    "Plan of %(year)s approved: %(n)s tasks planned for your office\nThey bind once the plan is issued. See the tasks"
)
PLANNED_ONE = gettext_noop(
    "Plan of %(year)s approved: 1 task planned for your office\nIt binds once the plan is issued. See the task"
)
ISSUED = gettext_noop("Plan no. %(number)s: %(n)s tasks for your office\nIssued on %(date)s. See the tasks")
ISSUED_ONE = gettext_noop("Plan no. %(number)s: 1 task for your office\nIssued on %(date)s. See the task")
ISSUED_DUE = gettext_noop(
    "Plan no. %(number)s: %(n)s tasks for your office\nIssued on %(date)s. Return due: %(due)s. See the tasks"
)
ISSUED_DUE_ONE = gettext_noop(
    "Plan no. %(number)s: 1 task for your office\nIssued on %(date)s. Return due: %(due)s. See the task"
)
ASKED = gettext_noop("Question about a task\n%(department)s asks about a task of the plan of %(year)s. Answer it")
ANSWERED = gettext_noop("Question about a task answered\n%(by)s answered at %(time)s. See the answer")
UNKNOWN = "…"
DAYS = 8  # so many days of tasks stand in a notice; the page has them all


def tell_submitted(
    plan: Plan, comments_by: datetime.datetime | None = None, *, by: Seat, at: datetime.datetime
) -> None:
    """The reviewer learns that a plan waits, and until when: the committee, or the unit's own head."""
    reviewers = [plan.owner]
    if plan.owner.unit.level == Unit.Level.PROVINCE:
        duties = Duty.objects.on(plan.duty_day).filter(kind=Duty.Kind.COMMITTEE, for_unit=plan.province)
        reviewers = Department.objects.filter(duties__in=duties)
    slots = {**_slots(plan), "by": _body(by, at), "time": format_moment(at), "code": plan_code(plan)}
    words = SUBMITTED_BY if comments_by else SUBMITTED
    slots |= {"due": format_moment(comments_by)} if comments_by else {}
    for body in reviewers:
        notify(body, Seat.Role.APPROVER, _key("submit", plan, at), words, slots, _page("plan_review", plan), at=at)


def tell_returned(plan: Plan, comments: int, must: int, *, by: Seat, at: datetime.datetime) -> None:
    """The office learns that its plan came back."""
    slots = {**_slots(plan), "by": _body(by, at), "n": format_number(comments), "must": format_number(must)}
    notify(plan.owner, "", _key("return", plan, at), RETURNED, slots, _page("plan", plan), at=at)


def tell_approved(plan: Plan, led: dict[int, list[int]], *, by: Seat, at: datetime.datetime) -> None:
    """The office learns that it may issue, every department how many tasks are planned for it."""
    slots = {**_slots(plan), "by": _body(by, at), "time": format_moment(at)}
    notify(plan.owner, "", _key("approve", plan, at), APPROVED, slots, _page("plan", plan), at=at)
    said = {
        pk: (PLANNED if len(tasks) > 1 else PLANNED_ONE, {**_slots(plan), **_counted(tasks)})
        for pk, tasks in tasks_by_department(plan, led).items()
    }
    notify_each(said, "", _key("planned", plan, at), _tasks_page(plan), at=at)


def tell_issued(plan: Plan, led: dict[int, list[int]], *, at: datetime.datetime) -> None:
    """Every department with tasks learns how many bind it, since when, on which days, and when its return is due.

    What only announced these tasks, and waits for a letter, is not sent beside it.
    """
    number = f"{plan.number or UNKNOWN}/{plan.symbol}".rstrip("/")
    dated = format_date(plan.dated) if plan.dated else UNKNOWN
    slots = {**_slots(plan), "number": number, "date": dated}
    dues, said = _dues(plan), {}
    for pk, tasks in tasks_by_department(plan, led).items():
        own = {**slots, **_counted(tasks)}
        if pk in dues:
            said[pk] = (ISSUED_DUE if len(tasks) > 1 else ISSUED_DUE_ONE, {**own, "due": format_moment(dues[pk])})
        else:
            said[pk] = (ISSUED if len(tasks) > 1 else ISSUED_ONE, own)
    for step in ("approve", "planned"):
        leave_out_of_letters(f"plan.{step}:{plan.public_id}:", at=at)
    notify_each(said, "", _key("issue", plan, at), _tasks_page(plan), at=at)


def tell_asked(question: TaskQuestion, *, by: Seat, at: datetime.datetime) -> None:
    """The office learns that a department has a question."""
    plan = question.task.plan
    slots = {**_slots(plan), "department": _body(by, at)}
    notify(plan.owner, Seat.Role.EDITOR, f"task.ask:{question.pk}", ASKED, slots, _task_page(question.task), at=at)


def tell_answered(question: TaskQuestion, *, by: Seat, at: datetime.datetime) -> None:
    """The department that asked learns that there is an answer."""
    slots = {**_slots(question.task.plan), "by": _body(by, at), "time": format_moment(at)}
    page = _task_page(question.task)
    notify(question.department, "", f"task.answer:{question.pk}", ANSWERED, slots, page, at=at)


def tasks_by_department(plan: Plan, led: dict[int, list[int]]) -> dict[int, list[Task]]:
    """The tasks that each department leads or helps with; `led` is who leads, by the task's key."""
    bodies = {task: set(departments) for task, departments in led.items()}
    rows = TaskPartner.objects.filter(task__plan=plan, department__isnull=False)
    for task, department in rows.values_list("task", "department"):
        bodies.setdefault(task, set()).add(department)
    found = defaultdict(list)
    for task in plan.tasks.all():
        for department in bodies.get(task.pk, ()):
            found[department].append(task)
    return dict(found)


def _counted(tasks: list[Task]) -> dict[str, str]:
    """How many tasks there are, and their days in order; no titles, because a letter carries this."""
    dated = sorted({(task.starts_on, task.ends_on or task.starts_on) for task in tasks if task.starts_on})
    words = [format_period(*days) for days in dated[:DAYS]] + [UNKNOWN] * (len(dated) > DAYS)
    return {"n": format_number(len(tasks))} | ({"days": "; ".join(words)} if words else {})


def _dues(plan: Plan) -> dict[int, datetime.datetime]:
    """When each department's return is due, extensions included, if the office has asked for returns."""
    request = Request.objects.filter(campaign=plan.campaign, province=plan.province, asker=plan.owner)
    asked = request.order_by("due").first() if plan.campaign else None
    if asked is None:
        return {}
    rows = Recipient.objects.filter(request=asked).values_list("department", "due")
    return {pk: due or asked.due for pk, due in rows}


def _slots(plan: Plan) -> dict[str, str]:
    return {"year": str(_year(plan))}


def _year(plan: Plan) -> int:
    return plan.campaign.year if plan.campaign else plan.year_from


def _body(by: Seat, at: datetime.datetime) -> str:
    return body_name(by.department, timezone.localtime(at).date())


def _key(step: str, plan: Plan, at: datetime.datetime) -> str:
    """The same step of the same plan at another time, after it came back, is another step."""
    return f"plan.{step}:{plan.public_id}:{at:%Y%m%d%H%M%S}"


def _where(plan: Plan) -> dict:
    return {"t": address_of(plan.province, _year(plan)), "y": _year(plan)}


def _page(name: str, plan: Plan) -> str:
    return reverse(name, kwargs={**_where(plan), "id": plan.public_id})


def _tasks_page(plan: Plan) -> str:
    return reverse("tasks", kwargs=_where(plan))


def _task_page(task: Task) -> str:
    return reverse("task", kwargs={**_where(task.plan), "id": task.public_id})
