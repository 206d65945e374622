"""Quảng Ninh 2023 in rows, as the two articles tell it, for tests of the paper."""

import datetime
from dataclasses import dataclass

from activities.models import IssuedDocument, Participant, Support
from campaigns.models import BeneficiaryGroup, Campaign
from campaigns.tests import make as campaigns
from provinces.models import Department, DepartmentName, Seat, Unit
from provinces.tests import make as who
from provinces.tests.make import NOW
from reports.models import Report
from reports.operations.jobs import ask_compile, run_job
from reports.operations.reports import open_report
from reports.tests import make

DAY = datetime.date(2023, 11, 10)
PLACE = "Khu công nghiệp Đông Mai, thị xã Quảng Yên"
COMMITTEE = "Ban Vì sự tiến bộ của phụ nữ và Bảo vệ chăm sóc trẻ em tỉnh"
GROUPS = {
    "NH01": "Phụ nữ có hoàn cảnh khó khăn",
    "NH02": "Trẻ em gái có hoàn cảnh khó khăn",
    "NH04": "Nữ công nhân, nữ người lao động",
}


@dataclass
class QuangNinh:
    province: Unit
    office: Department
    committee: Department
    union: Department
    zone: Department
    town: Department
    officer: Seat
    head: Seat
    member: Seat


def year(value=2023) -> QuangNinh:
    """The province, everything it did in 2023, all of it accepted."""
    province = who.province()
    quang_yen = who.commune(province, "Thị xã Quảng Yên", "206", "district")
    office = who.office(province)
    committee = who.committee(province, COMMITTEE)
    qn = QuangNinh(
        province=province,
        office=office,
        committee=committee,
        union=who.department(province, "Liên đoàn Lao động tỉnh", "LĐLĐ", "doan_the"),
        zone=who.department(province, "Ban Quản lý Khu kinh tế Quảng Ninh", "BQLKKT"),
        town=who.department(quang_yen, "Ủy ban nhân dân thị xã Quảng Yên", "UBND", "ubnd_huyen"),
        officer=who.seat(office),
        head=who.seat(office, "approver"),
        member=who.seat(committee, "approver"),
    )
    Campaign.objects.filter(pk=campaigns.campaign(value).pk).update(
        guidance_number="4076/LĐTBXH-BĐG",
        guidance_date=datetime.date(2023, 9, 27),
        guidance_issuer="Bộ Lao động - Thương binh và Xã hội",
    )
    gifts = _gifts(qn)
    _launch(qn, gifts)
    _products(qn)
    _documents(qn)
    _year(qn)
    return qn


def report(qn: QuangNinh) -> Report:
    """The year's report, compiled; its drafts have been read."""
    row = open_report(campaigns.campaign(), qn.province, department=qn.office, issuer=qn.office, by=qn.officer, at=NOW)
    run_job(ask_compile(row, by=qn.officer, at=NOW).pk, clock=lambda: NOW)
    return make.read(row, qn.officer)


def _group(code):
    found, _made = BeneficiaryGroup.objects.get_or_create(code=code, defaults={"name": GROUPS[code], "sex": "female"})
    return found


def _gifts(qn):
    act = make.activity(qn.office, "Vận động hỗ trợ phụ nữ và trẻ em có hoàn cảnh khó khăn")
    support = Support.objects.create(activity=act, label="Quà nhân Tháng hành động")
    make.result(act, "CT32.2", 80_000_000, support=support)
    make.money(act, 80_000_000, "mobilised", "in_kind")
    return make.result(act, "CT31.1", 50, support=support)


def _launch(qn, gifts):
    launch = make.activity(
        qn.office, starts_on=DAY, place=PLACE, window_reason="Ghép với ngày hội công nhân", place_unit=qn.town.unit
    )
    for position, (department, role) in enumerate(
        ((qn.office, "lead"), (qn.union, "co"), (qn.zone, "co"), (qn.town, "co"))
    ):
        Participant.objects.create(activity=launch, department=department, role=role, position=position)
    donor = Participant.objects.create(activity=launch, department=qn.union, role="donor", position=9)
    support = Support.objects.create(activity=launch, label="Quà cho nữ công nhân")
    support.donors.add(donor)
    make.result(launch, "CT04.1", 1)
    make.result(launch, "CT05.1", 550, "about")
    make.result(launch, "CT15.2", 1)
    for code, count in (("NH01", 14), ("NH02", 14), ("NH04", 20)):
        make.result(launch, "CT31.1", count, group=_group(code), part_of=gifts, support=support)
    parade = make.activity(
        qn.office,
        "Đội cổ động tuyên truyền của tỉnh xuống đường",
        starts_on=DAY,
        parent=launch,
        place="một số tuyến đường trục chính của thị xã Quảng Yên",
    )
    make.result(parade, "CT06.1", 1)


def _products(qn):
    act = make.activity(qn.office, "Cấp phát sản phẩm truyền thông")
    make.result(act, "CT26.1")
    make.result(act, "CT25.1", text="hàng trăm")
    for code, count in (("CT27.1", 900), ("CT28.1", 10), ("CT29.1", 1), ("CT18.2", 1), ("CT17.1", 1)):
        make.result(act, code, count)


def _documents(qn):
    type_ = campaigns.activity_type("HD22", "Kiện toàn, ban hành quy chế của Ban")
    act = make.activity(qn.office, "Kiện toàn, ban hành Quy chế của Ban", type=type_)
    ubnd = Department.objects.create(unit=qn.province, kind="ubnd_tinh")
    DepartmentName.objects.create(department=ubnd, name="Ủy ban nhân dân tỉnh Quảng Ninh")
    for number, day, title in (
        ("3608/QĐ-BPN&TE", 22, "Kiện toàn Ban Vì sự tiến bộ của phụ nữ và Bảo vệ chăm sóc trẻ em"),
        ("217/QĐ-BPN&TE", 23, "Ban hành Quy chế hoạt động của Ban"),
    ):
        IssuedDocument.objects.create(
            activity=act,
            number=number,
            dated=datetime.date(2023, 11, day),
            kind="Quyết định",
            title=title,
            issuer=ubnd,
            drafter=qn.office,
        )


def _year(qn):
    act = make.activity(qn.office, "Công tác bình đẳng giới trong năm", scope="year", precision="year", starts_on=None)
    make.result(act, "CT01.1", 50)
    make.result(act, "CT03.1", 11)
    make.result(act, "CT12.1", 12)
    make.result(act, "CT12.1", 3, role="co")
    six = make.result(act, "CT12.1", 6, role="co")
    for count in (3, 2, 1):
        make.result(act, "CT12.1", count, role="co", part_of=six)
    make.result(act, "CT10.1", 7, role="attendee")
    make.result(act, "CT35.1", 12)
    make.result(act, "CT35.7", label="Ngôi nhà Ánh Dương")
    make.result(act, "CT33.4", rate=100)
    make.result(act, "CT36.2", 6, role="attendee")
    make.result(act, "CT37.1", 8)
    make.result(act, "CT41.1", numerator=17, denominator=22, label="Chiến lược quốc gia giai đoạn 2011 - 2020")
    girls = campaigns.activity_type("HD21", "Hưởng ứng các ngày kỷ niệm khác trong năm")
    make.activity(
        qn.office,
        "Tuyên truyền Ngày Quốc tế trẻ em gái 11/10",
        scope="year",
        type=girls,
        starts_on=datetime.date(2023, 10, 11),
    )
