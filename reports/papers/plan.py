"""A plan as an official document: the plan of the month, of a year or programme, a decision, a letter."""

import datetime

from campaigns.models import Plan
from campaigns.outlines import Outline, plan_code, usual_symbol
from provinces.vietnamese import format_date
from reports.documents.paper import Paper, Signature
from reports.papers.letterheads import COMMITTEES, full_name, letterhead
from reports.papers.lines import closed
from reports.papers.plan_amendment import amendment_of, as_amendment, earlier_versions, with_whole_text
from reports.papers.plan_annexes import plan_annexes
from reports.papers.plan_citing import small_subject
from reports.papers.plan_decision import as_decision
from reports.papers.plan_parts import EMPTY, paper_day, plan_parts
from reports.papers.plan_recipients import addressees_of, copies_of

KINDS = {Plan.Paper.PLAN: "KẾ HOẠCH", Plan.Paper.DECISION: "QUYẾT ĐỊNH", Plan.Paper.LETTER: ""}


def plan_paper(plan: Plan, outline: Outline | None = None) -> Paper:
    """The whole document of a plan, names and letterhead as on the days they are for.

    An amendment prints what it changes, and the whole amended text behind it.
    """
    outline, day = outline or Outline(plan), paper_day(plan)
    paper, earlier = _plain(outline, day), earlier_versions(plan)
    amendment = amendment_of(outline, earlier) if earlier else None
    if plan.paper == Plan.Paper.DECISION:
        return as_decision(with_whole_text(paper, plan) if amendment else paper, plan, day, amendment)
    return as_amendment(paper, plan, amendment, full_name(plan.issuer, day)) if amendment else paper


def _plain(outline: Outline, day: datetime.date) -> Paper:
    """Head, body and foot of a plan that says everything itself."""
    plan = outline.plan
    bases, parts = plan_parts(outline)
    draft = plan.status not in {Plan.Status.ISSUED, Plan.Status.SUPERSEDED}
    return Paper(
        kind=KINDS[plan.paper],
        code="ke-hoach",
        letterhead=letterhead(plan.issuer, day),
        number=plan.number or ("" if draft else EMPTY),
        symbol=plan.symbol or (usual_symbol(plan, day) if draft else ""),
        dated=plan.dated,
        year=plan.year_from,
        subject=small_subject(plan) if plan.paper == Plan.Paper.LETTER else plan.subject,
        addressees=addressees_of(plan, day),
        bases=bases,
        blocks=tuple(closed([block for part in parts for block in part.blocks])),
        signature=_signature(plan),
        copies=copies_of(plan, day),
        annexes=tuple(plan_annexes(outline)),
        foot="DỰ THẢO" if draft else "",
        replaced=_replaced(plan),
        properties={"created": plan.created_at.isoformat(), "plan": plan_code(plan)},
    )


# Head and foot


def _signature(plan: Plan) -> Signature:
    lines = tuple(plan.signer_lines.splitlines())
    if not lines and plan.issuer.kind in COMMITTEES:
        lines = ("TM. ỦY BAN NHÂN DÂN",)
    return Signature(lines=lines, name=plan.signer)


def _replaced(plan: Plan) -> str:
    if plan.status != Plan.Status.SUPERSEDED:
        return ""
    newer = Plan.objects.filter(lineage=plan.lineage, version__gt=plan.version).order_by("version").first()
    words = f" bởi bản thứ {newer.version}" if newer else ""
    day = f", ngày {format_date(newer.dated)}" if newer and newer.dated else ""
    return f"Bản đã bị thay thế{words}{day}"
