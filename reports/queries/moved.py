"""What else a report's figures were made of and has moved since: returns, the plan, totals of the year before."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from campaigns.models import Plan
from provinces.vietnamese import certain
from reports.models import PastTotal, Report
from reports.queries.coverage import coverage
from reports.queries.plan import current_plan, targets_of
from reports.queries.years import counts_a_year, issued_in, units_before
from reports.snapshot import Figures, PlanFacts

SENT, OUTSTANDING, PLANNED, TYPED, ENDED, ISSUED = "sent", "outstanding", "planned", "typed", "ended", "issued"


@dataclass(frozen=True)
class Beside:
    """One thing beside the activities that is not what the snapshot saw; `plan` where it is the plan."""

    kind: str
    name: str
    plan: Plan | None = None


def moved_beside(report: Report, taken: Figures) -> list[Beside]:
    """Returns that came or went, a plan issued or changed, totals typed, since the report's figures were taken."""
    if report.kind == Report.Kind.RETURN:
        return []
    return [*_returns(report, taken), *_plan(report, taken.plan), *_year_before(report)]


def _returns(report: Report, taken: Figures) -> Iterator[Beside]:
    now = coverage(report.province, report.campaign, report.request)
    before = {each.department_id: each.department for each in taken.coverage.missing}
    missing = {each.department_id: each.department for each in now.missing}
    yield from (Beside(SENT, name) for pk, name in before.items() if pk not in missing)
    yield from (Beside(OUTSTANDING, name) for pk, name in missing.items() if pk not in before)


def _plan(report: Report, seen: PlanFacts) -> Iterator[Beside]:
    """Only what the figures hold of a plan: its number, day and subject, and its targets."""
    plan = current_plan(report.province, report.campaign)
    if plan is None:
        return
    dated = plan.dated.isoformat() if plan.dated else ""
    same = (plan.number, plan.symbol, dated, plan.subject) == (seen.number, seen.symbol, seen.dated, seen.subject)
    targets = {measure.code: certain(*target) for measure, target in targets_of(plan).items()}
    if not same or targets != {line.code: line.target_printed for line in seen.lines}:
        yield Beside(PLANNED, plan.subject, plan)


def _year_before(report: Report) -> Iterator[Beside]:
    """Totals typed or taken back, and a report issued, for the year that is compared with."""
    if not counts_a_year(report.request):
        return
    since, year = report.snapshot.taken_at, report.campaign.year - 1
    for unit in units_before(report.province, report.campaign):
        issued = issued_in(unit, year)
        if issued is None:
            yield from _typed(PastTotal.objects.filter(province=unit, year=year), since)
        elif issued.locked_at and issued.locked_at > since:
            yield Beside(ISSUED, str(year))


def _typed(rows, since) -> Iterator[Beside]:
    """One line for a number, however often it was typed since."""
    moved = rows.filter(Q(typed_at__gt=since) | Q(ended_at__gt=since)).select_related("measure")
    last = {each.cell: each for each in moved.order_by("typed_at", "id")}
    seen = {each.cell for each in moved if each.typed_at <= since}
    for cell, row in last.items():
        if row.ended_at is None or cell in seen:
            yield Beside(TYPED if row.ended_at is None else ENDED, row.measure.name)
