"""A plan's whole content as plain data, so that two versions can be laid side by side long after both were written."""

from campaigns.models import Plan
from campaigns.outlines import Outline, Target, TaskLine, body_name


def content_of(plan: Plan, outline: Outline | None = None) -> dict:
    """Facts, sections, tasks with their parts and targets, in the words and the order in which they are printed.

    Only text, whole numbers, lists and dictionaries; every name is the one of the task's or the plan's day.
    """
    outline = outline or Outline(plan)
    return {
        "facts": _facts(plan),
        "sections": {str(key): row.text for key, row in outline.sections.items()},
        "tasks": [_task(line) for line in outline.lines],
        "targets": _targets(plan),
        "money": {
            "state": outline.money.state,
            "mobilised": outline.money.mobilised,
            "integrated": outline.money.integrated,
            "total": outline.money.total,
        },
    }


def _facts(plan: Plan) -> dict:
    return {
        "subject": plan.subject,
        "issuer": body_name(plan.issuer, plan.duty_day),
        "paper": plan.paper,
        "budget": plan.budget,
        "addressees": plan.addressees,
        "recipients": plan.recipients,
        "programmes": sorted(str(row) for row in plan.programmes.all()),
    }


def _targets(plan: Plan) -> dict:
    """The targets typed for the whole plan, by the code of the measure."""
    rows = plan.targets.select_related("measure").order_by("measure__code")
    return {
        row.measure.code: {
            "name": row.measure.name,
            "words": Target(row.measure, row.quantity, row.certainty).words,
        }
        for row in rows
    }


def _task(line: TaskLine) -> dict:
    task = line.task
    return {
        "id": task.public_id,
        "lineage": task.lineage.hex,
        "number": line.number,
        "heading": task.heading,
        "title": task.title,
        "lead": line.lead,
        "partners": sorted(line.partners),
        "when": line.when,
        "place": task.place,
        "optional": task.optional,
        "targets": sorted(target.words for target in line.targets),
        "money": sorted([row.source.name, row.form, row.amount] for row in task.money.all()),
        "programmes": sorted(str(row.programme) for row in task.programmes.all()),
    }
