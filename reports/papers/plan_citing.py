"""How other papers name a plan: kind, number, day, issuer, what it is about."""

from campaigns.models import Plan
from provinces.vietnamese import long_date
from reports.papers.letterheads import full_name

KINDS = {Plan.Paper.PLAN: "Kế hoạch", Plan.Paper.DECISION: "Quyết định", Plan.Paper.LETTER: "Công văn"}


def small_subject(plan: Plan) -> str:
    """The subject inside a sentence: “triển khai …”; a name of its own (“Tháng hành động …”) keeps its capital."""
    own_name = plan.subject.startswith("Tháng") or not plan.subject[1:2].islower()
    return plan.subject if own_name else plan.subject[:1].lower() + plan.subject[1:]


def cited(plan: Plan, *, shortly: bool = False) -> str:
    """“Kế hoạch số 224/KH-UBND ngày 01 tháng 11 năm 2023 của Ủy ban nhân dân tỉnh Quảng Ninh”; `shortly` after that
    without day and issuer. A plan behind a decision is named by it; one without a number by its subject."""
    number = f"{plan.number}/{plan.symbol}".strip("/") if plan.number else ""
    what = "Kế hoạch ban hành kèm theo Quyết định" if plan.paper == Plan.Paper.DECISION else KINDS[plan.paper]
    if not number or plan.dated is None:
        return f"{KINDS[Plan.Paper.PLAN if plan.paper == Plan.Paper.DECISION else plan.paper]} {small_subject(plan)}"
    if shortly:
        return f"{what} số {number}"
    return f"{what} số {number} {long_date(plan.dated)} của {full_name(plan.issuer, plan.dated)}"


def cited_with_subject(plan: Plan) -> str:
    """The first time a paper names it: with what it is about."""
    words = cited(plan)
    return words if words.endswith(small_subject(plan)) else f"{words} về {small_subject(plan)}"
