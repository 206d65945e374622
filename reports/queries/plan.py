"""Plan against result: targets of the plan, or the sum of its tasks' targets, beside the figures."""

from collections import defaultdict
from collections.abc import Iterable

from activities.models import Activity
from campaigns.models import Campaign, Plan, Task, TaskTarget
from campaigns.models.catalogue import Measure
from provinces.models import Unit
from provinces.vietnamese import certain
from reports.queries.register import name_of
from reports.queries.rows import counted_activities
from reports.snapshot import MONTH, YEAR, Against, Figure, PlanFacts, share_of


def current_plan(province: Unit, campaign: Campaign) -> Plan | None:
    """The province's plan of the month in force: the newest issued version, else the approved one."""
    plans = Plan.objects.filter(province=province, campaign=campaign, kind="month", owner__unit=province)
    ranked = plans.filter(status__in=["issued", "approved"]).order_by("-status", "-version", "-id")
    return ranked.prefetch_related("issuer__names").first()


def plan_against_result(province: Unit, campaign: Campaign, cells: Iterable[Figure]) -> PlanFacts:
    """The plan, how many of its tasks have activities, and each target with its result."""
    plan = current_plan(province, campaign)
    if plan is None:
        return PlanFacts()
    tasks = list(Task.objects.filter(plan=plan).values_list("lineage", "lead", "lead_group", "lead_text"))
    counted = counted_activities(province, campaign).filter(task_lineage__in=[lineage for lineage, *_lead in tasks])
    return PlanFacts(
        number=plan.number,
        symbol=plan.symbol,
        dated=plan.dated.isoformat() if plan.dated else "",
        subject=plan.subject,
        issuer=name_of(plan.issuer, plan.dated or campaign.opens_on),
        tasks=len(tasks),
        leads=len({lead for _lineage, *lead_parts in tasks for lead in [tuple(lead_parts)] if any(lead)}),
        tasks_done=counted.values("task_lineage").distinct().count(),
        lines=tuple(_lines(plan, {(each.code, each.scope): each for each in cells})),
    )


def tasks_without_activity(province: Unit, campaign: Campaign, plan: Plan) -> list[Task]:
    """Tasks of the plan behind which no counted activity stands."""
    done = counted_activities(province, campaign).exclude(task_lineage=None).values("task_lineage")
    return list(Task.objects.filter(plan=plan).exclude(lineage__in=done).select_related("lead"))


def targets_of(plan: Plan) -> dict[Measure, tuple[int, str]]:
    """Measure → what the plan wants: as typed for the whole plan, else what the tasks' targets add up to."""
    sums = defaultdict(list)
    for each in TaskTarget.objects.filter(task__plan=plan, quantity__isnull=False).select_related("measure__indicator"):
        sums[each.measure].append((each.quantity, each.certainty))
    found = {measure: _added(given) for measure, given in sums.items()}
    typed = plan.targets.select_related("measure__indicator")
    return found | {each.measure: (each.quantity, each.certainty) for each in typed}


def _added(given: list[tuple[int, str]]) -> tuple[int, str]:
    words = {certainty for _quantity, certainty in given}
    certainty = words.pop() if len(given) == 1 or words == {"exact"} else "about"
    return sum(quantity for quantity, _certainty in given), certainty


def _lines(plan: Plan, cells: dict[tuple[str, str], Figure]) -> Iterable[Against]:
    targets = targets_of(plan)
    for measure in sorted(targets, key=lambda each: (each.indicator.position, each.position, each.code)):
        target, certainty = targets[measure]
        figure = cells.get((measure.code, MONTH)) or cells.get((measure.code, YEAR))
        total = figure.total if figure else None
        yield Against(
            code=measure.code,
            name=measure.name,
            unit_of_measure=measure.unit_of_measure,
            scope=figure.scope if figure else MONTH,
            target=target,
            target_printed=certain(target, certainty),
            result=figure.printed if figure else "–",
            share=share_of(total, target) if total is not None else "",
            reached=total >= target if total is not None else None,
        )


def done_lineages(province: Unit, campaign: Campaign) -> set:
    """Lineages of tasks behind which a counted activity stands."""
    rows = Activity.objects.counted().filter(province=province, campaign=campaign).exclude(task_lineage=None)
    return set(rows.values_list("task_lineage", flat=True))
