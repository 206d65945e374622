"""Kiên Giang and An Giang as they were in 2023, An Giang as it is since 1/7/2025, with a plan to copy."""

import dataclasses
import datetime

from campaigns.models import Campaign, Plan, PlanSection, Wording
from campaigns.operations.copying import copy_plan
from campaigns.operations.tasks import MoneyData, TargetData, TaskData, save_task
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.models import Department, DepartmentSuccession, Seat, Unit, UnitSuccession
from provinces.tests import make as who

D = datetime.date
EVE, NEW, REFORM_EVE, REFORM = D(2025, 6, 30), D(2025, 7, 1), D(2025, 2, 28), D(2025, 3, 1)
OLD_THEME = make.THEME
NEW_THEME = "Bình đẳng giới và an toàn cho phụ nữ và trẻ em gái trong kỷ nguyên số"
AT = datetime.datetime(2026, 10, 15, 9, 0, tzinfo=NOW.tzinfo)
BASIS = "Căn cứ Nghị quyết số 28/NQ-CP ngày 03/3/2021 về Chiến lược giai đoạn 2021 - 2030"
ORGANISATION = "Sở LĐ-TB&XH tổng hợp, báo cáo trước ngày 20/12/2023.\nSở Tư pháp tuyên truyền."


@dataclasses.dataclass
class Merger:
    """Who is who before and after."""

    kien_giang: Unit
    an_giang: Unit
    old: make_plans.Cast
    office: Department
    ubnd: Department
    justice: Department
    officer: Seat
    head: Seat
    stranger: Seat
    year: Campaign


def merger() -> Merger:
    old = make_plans.cast("Kiên Giang", "91", "kien-giang", valid_to=EVE)
    other = who.province("An Giang", "89", "an-giang", valid_to=EVE)
    new = who.province("An Giang", "91", "an-giang", valid_from=NEW)
    for before in (old.province, other):
        UnitSuccession.objects.create(predecessor=before, successor=new, on=NEW, whole=True)
    between = who.department(old.province, "Sở Nội vụ", "SNV", valid_from=None, valid_to=EVE)
    office = who.office(new, "Sở Nội vụ")
    ubnd = who.department(new, "Ủy ban nhân dân tỉnh An Giang", "UBND", kind="ubnd_tinh", valid_from=NEW)
    justice = who.department(new, "Sở Tư pháp", "STP", valid_from=NEW)
    end(old.office, REFORM_EVE, between, REFORM)
    end(between, EVE, office, NEW)
    end(old.justice, EVE, justice, NEW)
    end(old.ubnd, EVE, ubnd, NEW)
    make.campaign(2023)
    return Merger(
        kien_giang=old.province,
        an_giang=new,
        old=old,
        office=office,
        ubnd=ubnd,
        justice=justice,
        officer=who.seat(office),
        head=who.seat(office, "approver"),
        stranger=who.seat(who.office(who.province("Cà Mau", "96", "ca-mau"), "Sở Nội vụ tỉnh Cà Mau")),
        year=campaign(2026, NEW_THEME),
    )


def end(body: Department, day: datetime.date, heir: Department | None = None, on: datetime.date | None = None) -> None:
    """The body ends; its work passes to an heir."""
    Department.objects.filter(pk=body.pk).update(valid_to=day)
    body.names.update(valid_to=day)
    if heir:
        DepartmentSuccession.objects.create(predecessor=body, successor=heir, on=on)


def campaign(year: int, theme: str) -> Campaign:
    row = make.campaign(year)
    Wording.objects.filter(campaign=row, province=None).update(theme=theme)
    return row


def district(people: Merger, name="Huyện Châu Thành", code="905") -> Unit:
    """A district of Kiên Giang that became one commune of An Giang."""
    return ended_unit(people, name, code, "district", "Xã Châu Thành", f"3{code}1")


def ended_unit(people: Merger, name: str, code: str, level: str, heir: str, heir_code: str) -> Unit:
    unit = who.commune(people.kien_giang, name, code, level=level, valid_to=EVE)
    after = who.commune(people.an_giang, heir, heir_code, valid_from=NEW)
    UnitSuccession.objects.create(predecessor=unit, successor=after, on=NEW, whole=True)
    return unit


def plan_of_2023(people: Merger, **texts) -> Plan:
    """What Kiên Giang planned in 2023."""
    plan = make.plan(people.old.office, issuer=people.old.ubnd)
    Plan.objects.filter(pk=plan.pk).update(subject="Triển khai Tháng hành động năm 2023")
    texts = {"can-cu": BASIS, "to-chuc": ORGANISATION, "chu-de": f"Chủ đề: “{OLD_THEME}”", **texts}
    for key in PlanSection.Key.values:
        PlanSection.objects.create(plan=plan, key=key, text=texts.get(key, ""), done=True)
    launch = TaskData(
        title="Lễ phát động cấp tỉnh",
        type=make.activity_type(),
        lead=people.old.office,
        partners=(people.old.justice, "Hội LHPN tỉnh"),
        starts_on=D(2023, 11, 10),
        ends_on=D(2023, 11, 11),
        place="Huyện Châu Thành",
        targets=(TargetData(make.measure(), 1),),
        money=(MoneyData(120_000_000, make.money_source()),),
    )
    seat = who.seat(people.old.office)
    save_task(plan, None, launch, by=seat, at=NOW)
    every = TaskData(title="Mít tinh ở địa phương", type=make.activity_type(), lead_group="districts")
    save_task(plan, None, every, by=seat, at=NOW)
    plan.refresh_from_db()
    return plan


def copied(people: Merger, source: Plan | None = None, **more) -> Plan:
    """An Giang's plan of 2026 started from Kiên Giang's of 2023."""
    source = source or plan_of_2023(people)
    fields = {"owner": people.office, "issuer": people.ubnd, "by": people.officer, "at": AT, **more}
    return copy_plan(source, people.year, **fields)
