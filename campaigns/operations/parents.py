"""An own plan of a district or commune, started from what the province's plan asks of it."""

import datetime

from django.db import transaction

from campaigns.models import Plan, Task, TaskAssignee, TaskProgramme
from campaigns.operations.guards import hold_for_writing
from provinces.models import Seat
from provinces.workflow import record_event

SAME = ("heading", "type_id", "title", "starts_on", "ends_on", "when_text", "optional")


@transaction.atomic
def start_from_parent(plan: Plan, *, by: Seat, at: datetime.datetime) -> Plan:
    """Add the tasks that bind the plan's owner in the plan above it, led by the owner, with their programmes.

    Quantities and money of the province are not the commune's and stay above; a task taken over before is left out.
    """
    hold_for_writing(plan, by=by)
    bound = TaskAssignee.objects.filter(task__plan=plan.parent_id, department=plan.owner).values("task")
    have = set(plan.tasks.values_list("title", flat=True))
    rows = [row for row in Task.objects.filter(pk__in=bound).prefetch_related("programmes") if row.title not in have]
    last = plan.tasks.count()
    made = Task.objects.bulk_create(
        Task(
            plan=plan,
            lead=plan.owner,
            position=last + number,
            edited_by=by,
            edited_at=at,
            **{name: getattr(row, name) for name in SAME},
        )
        for number, row in enumerate(rows, start=1)
    )
    TaskProgramme.objects.bulk_create(
        TaskProgramme(task=new, programme_id=each.programme_id)
        for row, new in zip(rows, made, strict=True)
        for each in row.programmes.all()
    )
    record_event("plan.add_parent_tasks", plan, by=by, at=at, details={"tasks": len(made)})
    return plan
