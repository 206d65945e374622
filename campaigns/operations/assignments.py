"""The departments that an issued plan binds, written down once."""

from campaigns.assignments import leads_of
from campaigns.models import Plan, TaskAssignee


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
