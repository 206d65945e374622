"""Rows for tests of campaigns, the catalogue and plans."""

import datetime

from campaigns.models import ActivityType, Campaign, Indicator, Measure, MoneySource, Plan, Programme, Wording
from provinces.tests.make import NOW

THEME = "Đảm bảo an sinh xã hội, tăng cường quyền năng cho phụ nữ và trẻ em gái"


def campaign(year=2023) -> Campaign:
    row, made = Campaign.objects.get_or_create(
        series="bdg",
        year=year,
        defaults={
            "name": "Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới",
            "opens_on": datetime.date(year, 11, 15),
            "closes_on": datetime.date(year, 12, 15),
        },
    )
    if made:
        Wording.objects.create(campaign=row, theme=THEME)
    return row


def measure(code="CT04.1", name="Lễ phát động, mít tinh", unit_of_measure="cuộc", counts="things", **more) -> Measure:
    heading, _made = Indicator.objects.get_or_create(
        code=code.split(".")[0], defaults={"name": name, "name_en": name, "position": int(code[2:4]), "section": "II.1"}
    )
    found = Measure.objects.filter(code=code).first()
    defaults = {"over_time": "sum", "source": "output", **more}
    return found or Measure.objects.create(
        code=code, indicator=heading, name=name, unit_of_measure=unit_of_measure, counts=counts, **defaults
    )


def activity_type(code="HD02", name="Lễ phát động, mít tinh") -> ActivityType:
    found = ActivityType.objects.filter(code=code).first()
    return found or ActivityType.objects.create(
        code=code,
        name=name,
        name_en=name,
        count_measure=measure(),
        attendance_measure=measure("CT05.1", "Người dự lễ phát động", "lượt người", "attendances", by_sex=True),
        asks=["audience", "products", "support"],
        report_section="II.1",
        plan_heading="III.2",
    )


def money_source(code="NG01", group="state_budget") -> MoneySource:
    row, _made = MoneySource.objects.get_or_create(
        code=code, defaults={"name": "Ngân sách nhà nước cấp tỉnh", "group": group, "forms": ["cash"]}
    )
    return row


def plan(owner, year=2023, **more) -> Plan:
    fields = {"kind": "month", "campaign": campaign(year), "year_from": year, "year_to": year, **more}
    return Plan.objects.create(
        owner=owner,
        issuer=more.pop("issuer", owner),
        province=owner.unit.home_province,
        subject="Triển khai Tháng hành động",
        created_at=NOW,
        **{k: v for k, v in fields.items() if k != "issuer"},
    )


def programme(code="CL28", name="Chiến lược quốc gia về bình đẳng giới giai đoạn 2021 - 2030") -> Programme:
    row, _made = Programme.objects.get_or_create(code=code, defaults={"name": name, "name_en": name})
    return row
