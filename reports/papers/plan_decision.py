"""A plan that is issued by a decision: its articles, and the plan behind it with a letterhead of its own."""

import dataclasses
import datetime

from campaigns.models import Plan
from provinces.models import Department
from reports.documents.paper import Annex, Block, Paper, Para, Run
from reports.papers.letterheads import COMMITTEES, full_name
from reports.papers.plan_amendment import Amendment
from reports.papers.plan_citing import small_subject
from reports.papers.plan_recipients import executors_of


def as_decision(paper: Paper, plan: Plan, day: datetime.date, amendment: Amendment | None = None) -> Paper:
    """The decision that issues the plan of `paper`, or that amends an issued one."""
    last = 4 if amendment else 3
    blocks = _amending(amendment) if amendment else [*_issuing(plan)]
    blocks += [
        _article(last - 1, "Quyết định này có hiệu lực kể từ ngày ký."),
        _article(last, f"{executors_of(plan, day)} chịu trách nhiệm thi hành Quyết định này./."),
    ]
    body = Annex(plan.subject, blocks=paper.blocks, kind="KẾ HOẠCH")
    return dataclasses.replace(
        paper,
        subject=amendment.subject if amendment else f"Ban hành Kế hoạch {small_subject(plan)}",
        authority=full_name(plan.issuer, day),
        resolves="QUYẾT ĐỊNH:",
        bases=(*paper.bases, *_proposed_by(paper, plan, day)),
        blocks=tuple(blocks),
        copies=tuple(f"Như Điều {last}" if line == "Như Điều" else line for line in paper.copies),
        annexes=paper.annexes if amendment else (body, *paper.annexes),
    )


def _issuing(plan: Plan) -> list[Block]:
    return [_article(1, f"Ban hành kèm theo Quyết định này Kế hoạch {small_subject(plan)}.")]


def _amending(amendment: Amendment) -> list[Block]:
    return [
        _article(1, f"Điều chỉnh một số nội dung của {amendment.cited_fully} như sau:"),
        *amendment.table,
        *amendment.why,
        _article(2, amendment.the_rest),
    ]


def _article(number: int, words: str) -> Para:
    return Para("", runs=(Run(f"Điều {number}. ", bold=True), Run(words)))


def _proposed_by(paper: Paper, plan: Plan, day: datetime.date) -> list[str]:
    """The body that drafted the plan proposes it, unless the bases already say who does."""
    typed = any(line.startswith("Theo đề nghị") for line in paper.bases)
    if typed or plan.owner_id == plan.issuer_id or plan.issuer.kind not in COMMITTEES:
        return []
    head = "Giám đốc " if plan.owner.kind == Department.Kind.SO_BAN_NGANH and _is_so(plan, day) else ""
    return [f"Theo đề nghị của {head}{full_name(plan.owner, day)}"]


def _is_so(plan: Plan, day: datetime.date) -> bool:
    return full_name(plan.owner, day).startswith("Sở ")
