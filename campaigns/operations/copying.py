"""A plan started from an earlier one: its texts and tasks, moved on by years, with bodies as they are today."""

import dataclasses
import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.leftovers.bodies import family_of, successors_of
from campaigns.leftovers.years import shift
from campaigns.models import (
    Campaign,
    Measure,
    Plan,
    PlanSection,
    PlanTarget,
    Task,
    TaskMoney,
    TaskPartner,
    TaskProgramme,
    TaskTarget,
)
from campaigns.operations.plans import start_plan
from provinces.models import Department, Seat, Unit
from provinces.workflow import Refused


@transaction.atomic
def copy_plan(
    source: Plan,
    campaign: Campaign,
    *,
    owner: Department,
    issuer: Department,
    subject: str = "",
    paper: str = "",
    by: Seat,
    at: datetime.datetime,
) -> Plan:
    """Start a plan of the campaign's year from an earlier one of the province or of one it was made from.

    Days move on by whole years, money and quantities stay; a body that ended becomes its one successor, or words
    that are then listed as a leftover. Nothing of the source is changed.
    """
    years = campaign.year - source.year_from
    _refuse_source(source, owner, years, by)
    plan = start_plan(
        campaign if source.kind == Plan.Kind.MONTH else None,
        owner=owner,
        kind=source.kind,
        issuer=issuer,
        subject=subject or source.subject,
        years=(campaign.year, source.year_to + years),
        programmes=tuple(source.programmes.all()),
        paper=paper or source.paper,
        copied_from=source,
        by=by,
        at=at,
    )
    kept = {name: getattr(source, name) for name in ("budget", "addressees", "recipients")}
    Plan.objects.filter(pk=plan.pk).update(**kept)
    _copy_sections(source, plan, by, at)
    _Copier(source, plan, years, by, at).copy()
    plan.refresh_from_db()
    return plan


def _refuse_source(source: Plan, owner: Department, years: int, by: Seat) -> None:
    if not Plan.objects.visible_to(by).filter(pk=source.pk).exists():
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    if source.province_id not in family_of(owner.unit.home_province):
        raise Refused(_("A plan is copied inside the province and from those it was made from"), field="base")
    if years <= 0:
        raise Refused(_("A plan is copied from an earlier year"), field="base")


def _copy_sections(source: Plan, plan: Plan, by: Seat, at: datetime.datetime) -> None:
    texts = dict(source.sections.values_list("key", "text"))
    rows = list(PlanSection.objects.filter(plan=plan))
    for row in rows:
        row.text = texts.get(row.key) or row.text
        row.edited_by, row.edited_at = (by, at) if row.text else (None, None)
    PlanSection.objects.bulk_update(rows, ["text", "edited_by", "edited_at"])


@dataclasses.dataclass
class _Copier:
    """Copies tasks and targets; every table is read once and written once."""

    source: Plan
    plan: Plan
    years: int
    by: Seat
    at: datetime.datetime

    def copy(self) -> None:
        parts = ("partners", "targets__measure__rolls_up_to", "money", "programmes")
        self.tasks = list(self.source.tasks.prefetch_related(*parts))
        self._read_bodies()
        made = Task.objects.bulk_create([self._task(task) for task in self.tasks])
        self._copy_parts(list(zip(self.tasks, made, strict=True)))
        targets = self.source.targets.select_related("measure__rolls_up_to")
        PlanTarget.objects.bulk_create(
            PlanTarget(plan=self.plan, measure=measure, quantity=row.quantity, certainty=row.certainty)
            for measure, row in self._measured(targets)
        )

    def _read_bodies(self) -> None:
        """The bodies that lead or help, and for each that is not in force on the plan's day its successors."""
        ids = {task.lead_id for task in self.tasks if task.lead_id}
        ids |= {row.department_id for task in self.tasks for row in task.partners.all() if row.department_id}
        bodies = Department.objects.filter(pk__in=ids).select_related("unit").prefetch_related("names")
        self._bodies = {body.pk: body for body in bodies}
        ended = {pk for pk, body in self._bodies.items() if not self._serves(body)}
        self._heirs = successors_of(ended, self.plan.province, self.plan.duty_day)

    def _serves(self, body: Department) -> bool:
        """In force on the plan's day, and of its province or the country."""
        here = body.unit.level == Unit.Level.COUNTRY or body.unit.home_province.pk == self.plan.province_id
        return here and body.in_force(self.plan.duty_day)

    def _today(self, pk: int) -> Department | str:
        """The body itself, its one successor, or its last name as words."""
        body = self._bodies[pk]
        if self._serves(body):
            return body
        heirs = self._heirs.get(pk, [])
        return heirs[0] if len(heirs) == 1 else body.name_on(self.source.duty_day).name

    def _task(self, task: Task) -> Task:
        lead = self._today(task.lead_id) if task.lead_id else None
        listed = isinstance(lead, Department)
        return Task(
            plan=self.plan,
            heading=task.heading,
            position=task.position,
            type_id=task.type_id,
            title=task.title,
            lead=lead if listed else None,
            lead_group=task.lead_group,
            lead_text=task.lead_text if lead is None or listed else lead,
            starts_on=shift(task.starts_on, self.years),
            ends_on=shift(task.ends_on, self.years),
            when_text=task.when_text,
            place=task.place,
            optional=task.optional,
            edited_by=self.by,
            edited_at=self.at,
        )

    def _copy_parts(self, pairs: list[tuple[Task, Task]]) -> None:
        TaskPartner.objects.bulk_create(row for old, new in pairs for row in self._partners(old, new))
        TaskTarget.objects.bulk_create(
            TaskTarget(task=new, measure=measure, quantity=row.quantity, certainty=row.certainty, text=row.text)
            for old, new in pairs
            for measure, row in self._measured(old.targets.all())
        )
        TaskMoney.objects.bulk_create(
            TaskMoney(task=new, amount=row.amount, source_id=row.source_id, form=row.form)
            for old, new in pairs
            for row in old.money.all()
        )
        TaskProgramme.objects.bulk_create(
            TaskProgramme(task=new, programme_id=row.programme_id) for old, new in pairs for row in old.programmes.all()
        )

    def _partners(self, old: Task, new: Task) -> Iterable[TaskPartner]:
        """Each helper once; two that became one body are one, and who leads does not help."""
        found = (self._today(row.department_id) if row.department_id else row.name for row in old.partners.all())
        for each in dict.fromkeys(found):
            if isinstance(each, Department):
                if each.pk != new.lead_id:
                    yield TaskPartner(task=new, department=each)
            else:
                yield TaskPartner(task=new, name=each)

    def _measured(self, rows) -> Iterable[tuple[Measure, PlanTarget | TaskTarget]]:
        """Targets with measures that this province can count: another province's own measure becomes the national one
        above it, unless that one has a target already."""
        rows = list(rows)
        taken = {row.measure_id for row in rows if self._counts(row.measure)}
        for row in rows:
            measure = row.measure if self._counts(row.measure) else row.measure.rolls_up_to
            if measure == row.measure or measure.pk not in taken:
                taken.add(measure.pk)
                yield measure, row

    def _counts(self, measure: Measure) -> bool:
        return measure.province_id in {None, self.plan.province_id}
