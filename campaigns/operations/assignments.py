"""The departments that an issued plan binds, written down once, and what their heads say of their part."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.assignments import leads_of
from campaigns.models import Plan, Task, TaskAssignee, TaskDone
from provinces.models import Seat
from provinces.workflow import Refused, record_event


def bind_tasks(plan: Plan) -> dict[int, list[int]]:
    """Write down who is in charge of each task of the plan; answers the departments by the task's key.

    Part of issuing, which writes the event. Three queries for any number of communes, in batches of the database.
    """
    led = leads_of(plan, list(plan.tasks.all()))
    TaskAssignee.objects.bulk_create(
        (TaskAssignee(task_id=task, department_id=each) for task, departments in led.items() for each in departments),
        ignore_conflicts=True,
    )
    return led


@transaction.atomic
def say_done(task: Task, *, by: Seat, at: datetime.datetime) -> None:
    """The head says that the department's part of a binding task is done, whatever its figures say."""
    said = [
        TaskDone.objects.get_or_create(lineage=task.lineage, department_id=each, defaults={"by": by, "at": at})[1]
        for each in _charged(task, by)
    ]
    if any(said):
        record_event("task.done", task, by=by, at=at, province=task.plan.province)


@transaction.atomic
def take_back_done(task: Task, *, by: Seat, at: datetime.datetime) -> None:
    """The head takes it back; the state follows the activities again."""
    gone, _rows = TaskDone.objects.filter(lineage=task.lineage, department__in=_charged(task, by)).delete()
    if gone:
        record_event("task.not_done", task, by=by, at=at, province=task.plan.province)


def _charged(task: Task, by: Seat) -> list[int]:
    """The departments of the seat that the task binds; refuses who is not their head."""
    own = task.assignees.filter(department__in=by.reach.departments).order_by("department")
    charged = list(own.values_list("department", flat=True))
    if not by.approves or not charged:
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    if task.plan.status != Plan.Status.ISSUED:
        raise Refused(_("Only a task of the plan in force can be said to be done"))
    return charged
