"""Plans of every kind and level, complete enough to print: the month's, a year's, a programme's, amended, own ones."""

import dataclasses
import datetime

from campaigns.models import Plan
from campaigns.operations.amendments import amend_plan
from campaigns.operations.plans import (
    IssueFacts,
    issue_plan,
    save_facts,
    save_section,
    set_target,
    start_plan,
    submit_plan,
)
from campaigns.operations.reviews import approve_plan
from campaigns.operations.sections import PlanFacts
from campaigns.operations.tasks import MoneyData, TargetData, TaskData, remove_task, save_task
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.tests import make as who

SIGNED = ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Nguyễn Văn A")
MONTH = "Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới"
BASIS = """Căn cứ Luật Tổ chức chính quyền địa phương;
Căn cứ Luật Bình đẳng giới;
Căn cứ Nghị quyết số 28/NQ-CP ngày 03 tháng 3 năm 2021 của Chính phủ ban hành Chiến lược quốc gia về bình đẳng giới;
Thực hiện Công văn số 4076/LĐTBXH-BĐG ngày 27 tháng 9 năm 2023 của Bộ Lao động - Thương binh và Xã hội"""
TEXTS = {
    "can-cu": BASIS,
    "muc-dich": "1. Mục đích\n- Tạo đợt cao điểm truyền thông, nâng cao nhận thức về bình đẳng giới.\n"
    "2. Yêu cầu\nHoạt động thiết thực, tiết kiệm, phù hợp điều kiện của từng địa phương.",
    "kinh-phi": "Kinh phí thực hiện do ngân sách nhà nước bảo đảm theo phân cấp và các nguồn huy động hợp pháp khác.",
    "to-chuc": "Các cơ quan, đơn vị báo cáo kết quả trước 17 giờ 00 ngày 18 tháng 12 năm 2023.",
    "thong-diep": "Chấm dứt bạo lực, vun đắp yêu thương\nĐầu tư cho bình đẳng giới là đầu tư cho tương lai",
}


def write(plan: Plan, by, **texts) -> None:
    for key, text in texts.items():
        row = plan.sections.get(key=key.replace("_", "-"))
        save_section(row, text, version=row.version, done=True, by=by, at=NOW)


def full(people, paper="KH") -> Plan:
    """A plan of the month with bases, texts, messages, targets, money, partners and a group as lead."""
    plan = make_plans.started(people, subject=f"Triển khai {MONTH} năm 2023", paper=paper)
    write(plan, people.officer, **{key.replace("-", "_"): text for key, text in TEXTS.items()})
    guests = make.measure("CT05.1", "Người dự lễ phát động", "lượt người", "attendances")
    make_plans.task(
        plan,
        people,
        starts_on=datetime.date(2023, 11, 10),
        place="Khu công nghiệp Đông Mai",
        partners=(people.justice, "Các cơ quan Trung ương"),
        targets=(TargetData(make.measure(), 1), TargetData(guests, 600, "about")),
        money=(MoneyData(120_000_000, make.money_source()),),
        programmes=(make.programme(),),
    )
    make_plans.task(
        plan,
        people,
        title="Lễ phát động hoặc mít tinh cấp xã",
        lead=None,
        lead_group="communes_old",
        starts_on=datetime.date(2023, 11, 15),
        ends_on=datetime.date(2023, 11, 20),
        optional=True,
    )
    make_plans.task(
        plan,
        people,
        title="Truyền thông về phòng, chống bạo lực trên cơ sở giới",
        heading="III.3",
        lead=people.justice,
        when_text="thường xuyên",
        money=(MoneyData(30_000_000, make.money_source("NG04", "mobilised"), "cash"),),
        programmes=(make.programme(),),
    )
    set_target(plan, make.measure(), 103, by=people.officer, at=NOW)
    return plan


def issued(people, plan: Plan, number="224", symbol="KH-UBND", day=datetime.date(2023, 11, 1)) -> Plan:
    """Submitted, approved, signed."""
    submit_plan(plan, by=people.officer, at=NOW)
    approve_plan(plan, by=people.reviewer, at=NOW)
    facts = IssueFacts(number=number, symbol=symbol, dated=day, signer_lines=SIGNED[0], signer=SIGNED[1])
    return issue_plan(plan, facts, by=people.head, at=NOW)


def amended(people, plan: Plan) -> Plan:
    """A draft of version 2 in which a text, a task and the money differ, one task is new and one is gone."""
    made = amend_plan(plan, "thay đổi địa điểm tổ chức lễ phát động", by=people.officer, at=NOW)
    write(made, people.officer, muc_dich=TEXTS["muc-dich"] + "\nTăng cường ứng dụng công nghệ thông tin.")
    launch, _communes, media = made.tasks.all()
    data = TaskData(launch.title, launch.type, lead=people.office, starts_on=datetime.date(2023, 11, 13))
    data = dataclasses.replace(
        data,
        place="Quảng trường 30 tháng 10",
        partners=(people.justice,),
        targets=(TargetData(make.measure(), 1),),
        money=(MoneyData(150_000_000, make.money_source()),),
    )
    save_task(made, launch, data, version=launch.version, by=people.officer, at=NOW)
    make_plans.task(made, people, title="Tập huấn cho cán bộ cấp xã", heading="III.4", when_text="tháng 11 năm 2023")
    remove_task(media, version=media.version, by=people.officer, at=NOW)
    return made


def own(people, level="commune", kind="programme", parent=None, paper="KH", year=2023) -> tuple:
    """A district's or commune's own plan with its people: started, not submitted."""
    kinds = {
        "commune": ("Xã Đông Mai", "06736", "ubnd_xa", "xa"),
        "district": ("Thị xã Quảng Yên", "206", "ubnd_huyen", "thi_xa"),
    }
    name, code, body_kind, unit_kind = kinds[level]
    unit = who.commune(people.province, name, code, level=level)
    unit.names.update(kind=unit_kind, short_name=name.removeprefix("Xã ").removeprefix("Thị xã "))
    body = who.department(unit, f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}", "UBND", kind=body_kind)
    body.names.update(seat_place="")
    head = who.seat(body, "approver")
    campaign = make.campaign(year) if kind == "month" else None
    plan = start_plan(
        campaign,
        owner=body,
        kind=kind,
        issuer=body,
        subject={"month": f"Triển khai {MONTH} năm {year}", "year": f"Công tác bình đẳng giới năm {year}"}.get(
            kind, "Triển khai Chương trình truyền thông về bình đẳng giới đến năm 2030"
        ),
        years=(year, 2030 if kind == "programme" else year),
        parent=parent,
        paper=paper,
        by=head,
        at=NOW,
    )
    write(
        plan,
        head,
        can_cu="Căn cứ Luật Bình đẳng giới",
        muc_dich="1. Nâng cao nhận thức.",
        to_chuc="Báo cáo theo quy định.",
    )
    save_task(
        plan,
        None,
        TaskData("Triển khai Tháng hành động", make.activity_type(), lead=body, when_text="hằng năm"),
        by=head,
        at=NOW,
    )
    team = dataclasses.replace(people, officer=head, head=head, reviewer=head)
    return plan, team


def facts_of(plan: Plan, **more) -> PlanFacts:
    """The plan's facts as they are, with some others."""
    fields = {
        name: getattr(plan, name) for name in ("subject", "issuer", "paper", "budget", "addressees", "recipients")
    }
    return PlanFacts(**{**fields, **more})


def change_facts(plan: Plan, people, **more) -> Plan:
    return save_facts(plan, facts_of(plan, **more), by=people.officer, at=NOW)
