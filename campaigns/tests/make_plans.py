"""Provinces with people who write, review and issue plans."""

import dataclasses
import datetime

from campaigns.models import Plan, PlanSection
from campaigns.operations.plans import IssueFacts, issue_plan, save_section, start_plan, submit_plan
from campaigns.operations.reviews import approve_plan, comment_on_plan, open_plan_for_review, return_plan
from campaigns.operations.tasks import TaskData, save_task
from campaigns.tests import make
from provinces.models import Seat
from provinces.tests import make as who

NOW = who.NOW
PURPOSE = "1. Tạo đợt cao điểm truyền thông về bình đẳng giới.\n2. Thiết thực, tiết kiệm."


@dataclasses.dataclass
class Cast:
    """A province with its standing office, committee, People's Committee, one other department, and their people."""

    province: object
    office: object
    committee: object
    ubnd: object
    justice: object
    officer: Seat
    head: Seat
    reviewer: Seat
    lawyer: Seat


def cast(name="Quảng Ninh", code="22", slug="quang-ninh", **dates) -> Cast:
    province = who.province(name, code, slug, **dates)
    office, committee = who.office(province), who.committee(province)
    ubnd = who.department(province, f"Ủy ban nhân dân tỉnh {name}", "UBND", kind="ubnd_tinh")
    justice = who.department(province, "Sở Tư pháp", "STP")
    return Cast(
        province=province,
        office=office,
        committee=committee,
        ubnd=ubnd,
        justice=justice,
        officer=who.seat(office),
        head=who.seat(office, "approver"),
        reviewer=who.seat(committee, "approver"),
        lawyer=who.seat(justice),
    )


def started(people: Cast, **more) -> Plan:
    """A plan of the month with empty sections."""
    fields = {
        "owner": people.office,
        "kind": "month",
        "issuer": people.ubnd,
        "subject": "Triển khai Tháng hành động năm 2023",
        "years": (2023, 2023),
        **more,
    }
    return start_plan(make.campaign(), by=people.officer, at=NOW, **fields)


def section(plan: Plan, key="muc-dich") -> PlanSection:
    return plan.sections.get(key=key)


def task(plan: Plan, people: Cast, **more):
    data = {"title": "Lễ phát động cấp tỉnh", "type": make.activity_type(), "lead": people.office, **more}
    return save_task(plan, None, TaskData(**data), by=people.officer, at=NOW)


def complete(people: Cast, **more) -> Plan:
    """A plan with everything that a submission asks for."""
    plan = started(people, **more)
    save_section(section(plan), PURPOSE, version=1, done=True, by=people.officer, at=NOW)
    task(plan, people, starts_on=datetime.date(2023, 11, 10))
    return plan


def submitted(people: Cast) -> Plan:
    return submit_plan(complete(people), by=people.officer, at=NOW)


def returned(people: Cast) -> Plan:
    plan = submitted(people)
    open_plan_for_review(plan, by=people.reviewer, at=NOW)
    comment_on_plan(plan, "section:muc-dich", "must", "Ghi rõ chỉ tiêu.", by=people.reviewer, at=NOW)
    return return_plan(plan, by=people.reviewer, at=NOW)


def approved(people: Cast) -> Plan:
    return approve_plan(submitted(people), by=people.reviewer, at=NOW)


def issued(people: Cast) -> Plan:
    facts = IssueFacts(number="3608", symbol="QĐ-BPN&TE", dated=datetime.date(2023, 11, 1))
    return issue_plan(approved(people), facts, by=people.head, at=NOW)
