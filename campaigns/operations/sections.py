"""Writing a plan: its sections, its targets, its facts, and the usual split of tasks to start from."""

import dataclasses
import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Certainty, Measure, Plan, PlanSection, PlanTarget, Programme, StandardTask, Task
from campaigns.operations.guards import (
    Conflict,
    clean_line,
    clean_text,
    hold_for_writing,
    overwrite,
    refuse_out_of_force,
)
from provinces.models import Department, Seat, Unit
from provinces.vietnamese import fold
from provinces.workflow import Refused, record_event

NEW_ERA = datetime.date(2025, 3, 1)
GROUPS = {
    "uy ban nhan dan xa, phuong, dac khu": Task.Group.COMMUNES,
    "uy ban nhan dan xa, phuong, thi tran": Task.Group.COMMUNES_OLD,
    "uy ban nhan dan huyen, thi xa, thanh pho": Task.Group.DISTRICTS,
}


@dataclasses.dataclass(frozen=True)
class PlanFacts:
    """What stands on the head of a plan."""

    subject: str
    issuer: Department
    paper: str = Plan.Paper.PLAN
    budget: int | None = None
    programmes: tuple[Programme, ...] = ()
    addressees: str = ""
    recipients: str = ""
    parent: Plan | None = None


@transaction.atomic
def save_facts(plan: Plan, facts: PlanFacts, *, by: Seat, at: datetime.datetime) -> Plan:
    """Save head and foot of a plan: subject, issuer, kind of document, budget, programmes, whom it goes to.

    Addressees and recipients are one a line; without any the usual ones are printed. Another kind of document has
    another symbol than the version before, so that one is forgotten.
    """
    hold_for_writing(plan, by=by)
    subject = clean_line(facts.subject, label=_("Subject"), field="subject", longest=500)
    if not subject:
        raise Refused(_("%(label)s is missing") % {"label": _("Subject")}, field="subject")
    if facts.budget is not None and facts.budget < 0:
        raise Refused(_("The budget cannot be negative"), field="budget")
    refuse_out_of_force(facts.issuer, plan.duty_day, field="issuer")
    refuse_parent(plan, facts.parent)
    Plan.objects.filter(pk=plan.pk).update(
        subject=subject,
        issuer=facts.issuer,
        paper=facts.paper,
        symbol=plan.symbol if facts.paper == plan.paper else "",
        parent=facts.parent,
        budget=facts.budget,
        addressees=clean_text(facts.addressees, label=_("Addressees"), field="addressees", longest=2000),
        recipients=clean_text(facts.recipients, label=_("Recipients of copies"), field="recipients", longest=2000),
    )
    plan.programmes.set(facts.programmes)
    record_event("plan.save_facts", plan, by=by, at=at)
    plan.refresh_from_db()
    return plan


def refuse_parent(plan: Plan, parent: Plan | None) -> None:
    """A district's or commune's own plan carries out an issued plan of its province for the same years."""
    if parent is None:
        return
    if plan.owner.unit.level == Unit.Level.PROVINCE:
        raise Refused(_("The plan of a province is under no other plan"), field="parent")
    covers = parent.year_from <= plan.year_to and parent.year_to >= plan.year_from
    of_province = parent.province_id == plan.province_id and parent.owner.unit.level == Unit.Level.PROVINCE
    issued = parent.status in {Plan.Status.ISSUED, Plan.Status.SUPERSEDED}
    if not (of_province and covers and issued):
        raise Refused(_("Choose an issued plan of the province for the same years"), field="parent")


@transaction.atomic
def save_section(
    section: PlanSection, text: str, *, version: int, done: bool, by: Seat, at: datetime.datetime
) -> PlanSection:
    """Save one section's text if nobody saved it since `version`; raises Conflict, carrying the newest row.

    What is there already is not written again: pressing twice, or a second answer to a lost one, changes nothing.
    """
    hold_for_writing(section.plan, by=by)
    text = clean_text(text, label=section.get_key_display(), field="text")
    rows = PlanSection.objects.select_related("plan", "edited_by__user").filter(pk=section.pk)
    newest = rows.get()
    if (newest.text, newest.done) == (text, done):
        return newest
    saved = overwrite(rows, version, text=text, done=done, edited_by=by, edited_at=at)
    newest = rows.get()
    if not saved:
        raise Conflict(section.get_key_display(), newest)
    record_event("plan.save_section", section.plan, by=by, at=at, details={"section": section.key, "done": done})
    return newest


@transaction.atomic
def set_target(
    plan: Plan,
    measure: Measure,
    quantity: int | None,
    *,
    certainty: str = Certainty.EXACT,
    by: Seat,
    at: datetime.datetime,
) -> PlanTarget | None:
    """Set what the whole plan wants to reach of a measure; no quantity takes the target away."""
    hold_for_writing(plan, by=by)
    refuse_foreign_measure(plan, measure)
    target = None
    if quantity is None:
        PlanTarget.objects.filter(plan=plan, measure=measure).delete()
    else:
        refuse_uncounted(quantity, certainty)
        target, _made = PlanTarget.objects.update_or_create(
            plan=plan, measure=measure, defaults={"quantity": quantity, "certainty": certainty}
        )
    record_event("plan.set_target", plan, by=by, at=at, details={"measure": measure.code, "quantity": quantity})
    return target


def refuse_foreign_measure(plan: Plan, measure: Measure) -> None:
    """A province's own measures serve its own plans only."""
    if measure.province_id not in {None, plan.province_id}:
        raise Refused(_("%(code)s is another province's own measure") % {"code": measure.code}, field="measure")


def refuse_uncounted(quantity: int, certainty: str) -> None:
    """A number above zero, exact, about, over or nearly."""
    if quantity <= 0:
        raise Refused(_("A target is above 0; leave it empty where none is set"), field="quantity")
    if certainty in {Certainty.TEXT, Certainty.UNKNOWN, Certainty.RATE}:
        raise Refused(
            _("“Uncounted” does not go with the number %(given)s. Keep the number or the words?") % {"given": quantity},
            field="certainty",
        )


@transaction.atomic
def start_from_standard_split(plan: Plan, *, by: Seat, at: datetime.datetime) -> Plan:
    """Add the usual tasks of the plan's era that it does not have yet, led by the bodies in force on its day.

    A body that the province does not list stays as words, so that nothing of the split is lost.
    """
    hold_for_writing(plan, by=by)
    era = "from_2025_03" if plan.duty_day >= NEW_ERA else "to_2025_02"
    bodies = _bodies_by_name(plan)
    have = set(plan.tasks.values_list("title", flat=True))
    rows = [row for row in StandardTask.objects.filter(era=era).order_by("heading", "id") if row.text not in have]
    last = plan.tasks.count()
    Task.objects.bulk_create(
        Task(
            plan=plan,
            heading=row.heading,
            position=last + number,
            type_id=row.type_id,
            title=row.text,
            edited_by=by,
            edited_at=at,
            **_lead(row.department_name, bodies),
        )
        for number, row in enumerate(rows, start=1)
    )
    record_event("plan.add_standard_tasks", plan, by=by, at=at, details={"era": era, "tasks": len(rows)})
    return plan


def _bodies_by_name(plan: Plan) -> dict[str, Department]:
    """The bodies of the province's own level in force on the plan's day, by folded name."""
    home = Department.objects.on(plan.duty_day).filter(unit=plan.province).prefetch_related("names").order_by("id")
    return {fold(body.name_on(plan.duty_day).name): body for body in home if body.names.all()}


def _lead(name: str, bodies: dict[str, Department]) -> dict:
    """A group, the body of that name, the body whose name begins with it, else the name as words."""
    key = fold(name)
    if key in GROUPS:
        return {"lead_group": GROUPS[key]}
    stem = key.removesuffix(" tinh")
    longer = (body for known, body in bodies.items() if known.startswith(f"{stem} "))
    found = bodies.get(key) or bodies.get(stem) or next(longer, None)
    return {"lead": found} if found else {"lead_text": name}
