"""The tasks of a plan: written, ordered, taken out."""

import dataclasses
import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.assignments import groups_on
from campaigns.models import (
    ActivityType,
    Certainty,
    Measure,
    MoneySource,
    Plan,
    Programme,
    Task,
    TaskMoney,
    TaskPartner,
    TaskProgramme,
    TaskTarget,
)
from campaigns.operations.guards import Conflict, clean_line, hold_for_writing, overwrite, refuse_out_of_force
from campaigns.operations.sections import refuse_foreign_measure, refuse_uncounted
from campaigns.outlines import HEADINGS
from provinces.models import Department, Seat
from provinces.vietnamese import format_date, format_money, tidy
from provinces.workflow import Refused, record_event


@dataclasses.dataclass(frozen=True)
class TargetData:
    """How much of a measure; without a quantity the certainty is `text` (words kept) or `unknown`."""

    measure: Measure
    quantity: int | None = None
    certainty: str = Certainty.EXACT
    text: str = ""


@dataclasses.dataclass(frozen=True)
class MoneyData:
    """An amount in whole đồng from one source, in cash or in kind."""

    amount: int
    source: MoneySource
    form: str = "cash"


@dataclasses.dataclass(frozen=True)
class TaskData:
    """Everything about a task, shaped but not yet judged; at most one of the three leads is given."""

    title: str
    type: ActivityType
    heading: str = ""
    lead: Department | None = None
    lead_group: str = ""
    lead_text: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    when_text: str = ""
    place: str = ""
    optional: bool = False
    partners: tuple[Department | str, ...] = ()
    targets: tuple[TargetData, ...] = ()
    money: tuple[MoneyData, ...] = ()
    programmes: tuple[Programme, ...] = ()


@transaction.atomic
def add_tasks(plan: Plan, rows: Sequence[TaskData], *, by: Seat, at: datetime.datetime) -> list[Task]:
    """Add several tasks at the end of the plan, all of them or none; Refused names the row that is at fault."""
    hold_for_writing(plan, by=by)
    if not rows:
        raise Refused(_("There is no row to add"))
    last, made = _after_the_last(plan), []
    for number, data in enumerate(rows):
        try:
            fields = _judged(plan, data)
        except Refused as refused:
            words = _("Row %(row)s: %(fault)s") % {"row": number + 1, "fault": refused.sentence}
            raise Refused(words, field=refused.field) from refused
        made.append(Task(plan=plan, position=last + number, edited_by=by, edited_at=at, **fields))
    made = Task.objects.bulk_create(made)
    _create_parts(list(zip(made, rows, strict=True)))
    record_event("plan.add_tasks", plan, by=by, at=at, details={"tasks": len(made)})
    return made


def refuse_task(plan: Plan, data: TaskData) -> None:
    """Raise what a writer of this task would be told; nothing is written."""
    _judged(plan, data)


@transaction.atomic
def save_task(
    plan: Plan, task: Task | None, data: TaskData, *, version: int = 0, by: Seat, at: datetime.datetime
) -> Task:
    """Add a task, or save one if nobody saved it since `version`; raises Conflict, carrying the newest row."""
    hold_for_writing(plan, by=by)
    fields = _judged(plan, data)
    if task is None:
        row = Task.objects.create(plan=plan, position=_after_the_last(plan), edited_by=by, edited_at=at, **fields)
    else:
        row = _overwritten(plan, task, fields, version, by, at)
    _write_parts(row, data)
    record_event("plan.save_task", plan, by=by, at=at, details={"task": row.public_id, "title": row.title})
    return row


def _after_the_last(plan: Plan) -> int:
    last = plan.tasks.order_by("-position").first()
    return last.position + 1 if last else 1


def _overwritten(plan: Plan, task: Task, fields: dict, version: int, by: Seat, at: datetime.datetime) -> Task:
    rows = Task.objects.filter(pk=task.pk, plan=plan)
    saved = overwrite(rows, version, edited_by=by, edited_at=at, **fields)
    newest = _newest(task)
    if not saved:
        raise Conflict(_("this task"), newest)
    return newest


def _judged(plan: Plan, data: TaskData) -> dict:
    """The task's own fields, clean; raises Refused with the field that is at fault."""
    title = clean_line(data.title, label=_("Task"), field="title", longest=500)
    if not title:
        raise Refused(_("%(label)s is missing") % {"label": _("Task")}, field="title")
    heading = data.heading or data.type.plan_heading
    if heading not in HEADINGS:
        raise Refused(_("Choose the heading of the plan that the task belongs to"), field="heading")
    _refuse_days(data)
    _refuse_lead(plan, data)
    _refuse_parts(plan, data)
    return {
        "title": title,
        "heading": heading,
        "type": data.type,
        "lead": data.lead,
        "lead_group": data.lead_group,
        "lead_text": clean_line(data.lead_text, label=_("Lead"), field="lead_text", longest=200),
        "starts_on": data.starts_on,
        "ends_on": data.ends_on,
        "when_text": clean_line(data.when_text, label=_("When, in words"), field="when_text", longest=120),
        "place": clean_line(data.place, label=_("Place"), field="place", longest=250),
        "optional": data.optional,
    }


def _refuse_days(data: TaskData) -> None:
    if data.ends_on and not data.starts_on:
        raise Refused(_("%(label)s is missing") % {"label": _("First day")}, field="starts_on")
    if data.ends_on and data.ends_on < data.starts_on:
        raise Refused(
            _("The end, %(end)s, is before the start, %(start)s")
            % {"end": format_date(data.ends_on), "start": format_date(data.starts_on)},
            field="ends_on",
        )


def _refuse_lead(plan: Plan, data: TaskData) -> None:
    """One lead at most, of this province, in force on the task's day."""
    if sum(map(bool, (data.lead, data.lead_group, data.lead_text))) > 1:
        raise Refused(_("A task has one lead: a body, a group, or words; clear the others"), field="lead")
    if data.lead:
        _refuse_body(plan, data, data.lead, "lead")
    if data.lead_group and data.lead_group not in groups_on(plan.duty_day):
        raise Refused(
            _("There is no “%(group)s” on %(date)s; choose another lead")
            % {"group": Task.Group(data.lead_group).label, "date": format_date(plan.duty_day)},
            field="lead",
        )


def _refuse_body(plan: Plan, data: TaskData, body: Department, field: str) -> None:
    day = data.starts_on or plan.duty_day
    refuse_out_of_force(body, day, field=field)
    if body.unit.level != "country" and body.unit.home_province.pk != plan.province_id:
        raise Refused(_("%(department)s belongs to another province") % {"department": body.name_on(day)}, field=field)


def _refuse_parts(plan: Plan, data: TaskData) -> None:
    bodies = [partner for partner in data.partners if isinstance(partner, Department)]
    for body in bodies:
        _refuse_body(plan, data, body, "partners")
        if body == data.lead:
            raise Refused(
                _("%(department)s already leads this task") % {"department": body.name_on(plan.duty_day)},
                field="partners",
            )
    for words in set(data.partners) - set(bodies):
        clean_line(words, label=_("Partners"), field="partners", longest=200)
    _refuse_targets(plan, data.targets)
    for money in data.money:
        _refuse_money(money)


def _refuse_targets(plan: Plan, targets: Sequence[TargetData]) -> None:
    measures = [target.measure for target in targets]
    for target in targets:
        refuse_foreign_measure(plan, target.measure)
        _refuse_target(target)
        clean_line(target.text, label=_("Targets"), field="targets", longest=80)
        if measures.count(target.measure) > 1:
            words = _("“%(measure)s” stands there twice; add the two up in one row")
            raise Refused(words % {"measure": target.measure.name}, field="targets")


def _refuse_target(target: TargetData) -> None:
    if target.quantity is not None:
        refuse_uncounted(target.quantity, target.certainty)
    elif target.certainty == Certainty.TEXT and not target.text:
        raise Refused(_("Keep the wording of the quantity, for example: hàng trăm"), field="targets")
    elif target.certainty not in {Certainty.TEXT, Certainty.UNKNOWN}:
        raise Refused(
            _("“%(certainty)s” needs a number. Enter it or choose “No data”")
            % {"certainty": Certainty(target.certainty).label},
            field="targets",
        )


def _refuse_money(money: MoneyData) -> None:
    if money.amount <= 0:
        raise Refused(_("An amount is above 0; leave it empty where there is none"), field="money")
    if money.source.forms and money.form not in money.source.forms:
        raise Refused(
            _("%(amount)s đồng: this source does not come in that form")
            % {"amount": format_money(money.amount).removesuffix(" đ")},
            field="money",
        )


def _write_parts(task: Task, data: TaskData) -> None:
    """Partners, targets, money and programmes are parts of the task: written anew with it."""
    for part in (task.partners, task.targets, task.money, task.programmes):
        part.all().delete()
    _create_parts([(task, data)])


def _create_parts(pairs: list[tuple[Task, TaskData]]) -> None:
    TaskPartner.objects.bulk_create(
        TaskPartner(task=task, department=each)
        if isinstance(each, Department)
        else TaskPartner(task=task, name=tidy(each))
        for task, data in pairs
        for each in dict.fromkeys(data.partners)
        if each
    )
    TaskTarget.objects.bulk_create(
        TaskTarget(
            task=task,
            measure=each.measure,
            quantity=each.quantity,
            certainty=each.certainty,
            text=tidy(each.text),
        )
        for task, data in pairs
        for each in data.targets
    )
    TaskMoney.objects.bulk_create(
        TaskMoney(task=task, amount=each.amount, source=each.source, form=each.form)
        for task, data in pairs
        for each in data.money
    )
    TaskProgramme.objects.bulk_create(
        TaskProgramme(task=task, programme=each) for task, data in pairs for each in dict.fromkeys(data.programmes)
    )


@transaction.atomic
def remove_task(task: Task, *, version: int, by: Seat, at: datetime.datetime) -> None:
    """Take a task out of a plan that is still being written, as it was seen: Conflict if it was saved meanwhile."""
    hold_for_writing(task.plan, by=by)
    newest = _newest(task)
    if newest.version != version:
        raise Conflict(_("this task"), newest)
    record_event("plan.remove_task", task.plan, by=by, at=at, details={"task": task.public_id, "title": task.title})
    newest.delete()


def _newest(task: Task) -> Task:
    """The task as it is now."""
    newest = Task.objects.select_related("plan", "edited_by__user").filter(pk=task.pk).first()
    if newest is None:
        raise Refused(_("Somebody else has taken this task out of the plan"))
    return newest


@transaction.atomic
def move_task(task: Task, steps: int, *, by: Seat, at: datetime.datetime) -> Task:
    """Move a task by so many places up (−) or down (+) among the tasks of its heading, as buttons and dragging do.

    A task's place is no part of its text: moving it stands in nobody's way who is writing it.
    """
    hold_for_writing(task.plan, by=by)
    rows = list(task.plan.tasks.filter(heading=_newest(task).heading))
    place = rows.index(task)
    rows.insert(min(max(place + steps, 0), len(rows) - 1), rows.pop(place))
    for number, row in enumerate(rows, start=1):
        row.position = number
    Task.objects.bulk_update(rows, ["position"])
    record_event("plan.move_task", task.plan, by=by, at=at, details={"task": task.public_id, "steps": steps})
    task.refresh_from_db()
    return task
