"""An issued plan is amended by a new version of it; nothing of the issued one changes."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.models import Plan, PlanSection, PlanTarget, Task, TaskMoney, TaskPartner, TaskProgramme, TaskTarget
from campaigns.operations.guards import clean_line, refuse_locked_year
from provinces.models import Seat
from provinces.workflow import Refused, record_event

SAME = (
    "lineage",
    "kind",
    "province",
    "owner",
    "issuer",
    "parent",
    "campaign",
    "year_from",
    "year_to",
    "subject",
    "paper",
    "symbol",
    "addressees",
    "recipients",
    "budget",
    "copied_from",
)
SAME_IN_TASKS = (
    "lineage",
    "heading",
    "position",
    "type_id",
    "title",
    "lead_id",
    "lead_group",
    "lead_text",
    "starts_on",
    "ends_on",
    "when_text",
    "place",
    "optional",
    "edited_by_id",
    "edited_at",
)
SAME_IN_SECTIONS = ("key", "text", "done", "edited_by_id", "edited_at")


@transaction.atomic
def amend_plan(plan: Plan, reason: str, *, by: Seat, at: datetime.datetime) -> Plan:
    """Open the next version of an issued plan as a draft with the same content; tasks keep their lineage.

    The issued version stays in force until the new one is issued.
    """
    if "own_editor" not in plan.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    refuse_locked_year(plan)
    reason = clean_line(reason, label=_("Why it is amended"), field="reason", longest=500)
    if not reason:
        raise Refused(_("%(label)s is missing") % {"label": _("Why it is amended")}, field="reason")
    held = Plan.objects.visible_to(by).filter(pk=plan.pk, status=Plan.Status.ISSUED).update(lineage=plan.lineage)
    if not held:
        raise Refused(_("Only the version in force can be amended"))
    fields = {name: getattr(plan, name) for name in SAME}
    try:
        with transaction.atomic():
            made = Plan.objects.create(
                version=plan.version + 1, amendment_reason=reason, created_at=at, status=Plan.Status.DRAFT, **fields
            )
    except IntegrityError:
        raise Refused(_("An amendment of this plan is being written already; open it and go on there")) from None
    made.programmes.set(plan.programmes.all())
    _copy_content(plan, made)
    record_event("plan.amend", made, by=by, at=at, details={"version": made.version, "of": plan.public_id})
    return made


def _copy_content(plan: Plan, made: Plan) -> None:
    """Sections, targets and tasks with their parts; each table is read once and written once."""
    PlanSection.objects.bulk_create(
        PlanSection(plan=made, **_same(row, SAME_IN_SECTIONS)) for row in plan.sections.order_by("id")
    )
    PlanTarget.objects.bulk_create(
        PlanTarget(plan=made, **_same(row, ("measure_id", "quantity", "certainty"))) for row in plan.targets.all()
    )
    tasks = list(plan.tasks.prefetch_related("partners", "targets", "money", "programmes"))
    new = Task.objects.bulk_create(Task(plan=made, **_same(task, SAME_IN_TASKS)) for task in tasks)
    pairs = list(zip(tasks, new, strict=True))
    _copy_parts(TaskPartner, "partners", ("department_id", "name"), pairs)
    _copy_parts(TaskTarget, "targets", ("measure_id", "quantity", "certainty", "text"), pairs)
    _copy_parts(TaskMoney, "money", ("amount", "source_id", "form"), pairs)
    _copy_parts(TaskProgramme, "programmes", ("programme_id",), pairs)


def _copy_parts(model, name: str, fields: tuple[str, ...], pairs: list[tuple[Task, Task]]) -> None:
    rows = (model(task=new, **_same(row, fields)) for old, new in pairs for row in getattr(old, name).all())
    model.objects.bulk_create(rows)


def _same(row, names: tuple[str, ...]) -> dict:
    return {name: getattr(row, name) for name in names}
