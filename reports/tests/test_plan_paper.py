"""What a plan prints."""

import datetime
from io import BytesIO

import docx
import pytest

from campaigns.models import Message, Wording
from campaigns.operations.plans import IssueFacts, issue_plan, save_section, set_target, start_plan, submit_plan
from campaigns.operations.reviews import approve_plan
from campaigns.operations.tasks import MoneyData, TargetData, TaskData, save_task
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.models import DepartmentName
from provinces.tests import make as who
from reports.documents import FORMATS
from reports.papers.plan import plan_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_plans.cast()


def write(plan, by, **texts):
    for key, text in texts.items():
        row = plan.sections.get(key=key.replace("_", "-"))
        save_section(row, text, version=row.version, done=True, by=by, at=NOW)


def text_of(plan) -> str:
    """All words of the DOCX, line by line, tables included."""
    file = BytesIO()
    FORMATS[".docx"].write(plan_paper(plan), file)
    body = docx.Document(file).element.body
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = ["".join(_words(run, w) for run in p.iter(f"{w}t", f"{w}br")) for p in body.iter(f"{w}p")]
    return "\n".join(line for line in lines if line)


def _words(part, w) -> str:
    return "\n" if part.tag == f"{w}br" else part.text or ""


@pytest.fixture
def ky_anh():
    """573/KH-UBND of UBND huyện Kỳ Anh, 18/4/2023, as far as the article states it."""
    ha_tinh = who.province("Hà Tĩnh", "42", "ha-tinh")
    district = who.commune(ha_tinh, "Huyện Kỳ Anh", "447", level="district", valid_to=datetime.date(2025, 6, 30))
    district.names.update(kind="huyen", short_name="Kỳ Anh")
    body = who.department(district, "Ủy ban nhân dân huyện Kỳ Anh", "UBND", kind="ubnd_huyen")
    body.names.update(seat_place="")
    chair = who.seat(body, "approver")
    plan = start_plan(
        None,
        owner=body,
        kind="programme",
        issuer=body,
        subject="Triển khai Chương trình truyền thông về bình đẳng giới đến năm 2030 trên địa bàn huyện",
        years=(2023, 2030),
        by=chair,
        at=NOW,
    )
    write(
        plan,
        chair,
        can_cu="Căn cứ Quyết định số 1790/QĐ-TTg ngày 23 tháng 10 năm 2021 của Thủ tướng Chính phủ",
        muc_dich="1. Tăng cường sự lãnh đạo, chỉ đạo của các cấp ủy đảng, chính quyền.\n2. Thu hẹp khoảng cách giới.",
        to_chuc="Thường xuyên báo cáo kết quả thường kỳ và đột xuất theo quy định.",
    )
    save_task(
        plan,
        None,
        TaskData(
            title="Triển khai Tháng hành động",
            type=make.activity_type(),
            lead=body,
            when_text="từ ngày 15/11 đến ngày 15/12 hằng năm",
        ),
        by=chair,
        at=NOW,
    )
    submit_plan(plan, by=chair, at=NOW)
    approve_plan(plan, by=chair, at=NOW)
    return issue_plan(plan, IssueFacts("573", "KH-UBND", datetime.date(2023, 4, 18)), by=chair, at=NOW)


def test_the_plan_of_ky_anh_prints_what_the_article_states(ky_anh):
    text = text_of(ky_anh)

    assert "Số: 573/KH-UBND" in text
    assert "Kỳ Anh, ngày 18 tháng 4 năm 2023" in text
    assert "ỦY BAN NHÂN DÂN\nHUYỆN KỲ ANH" in text
    assert "KẾ HOẠCH" in text
    assert "Căn cứ Quyết định số 1790/QĐ-TTg ngày 23 tháng 10 năm 2021 của Thủ tướng Chính phủ." in text
    assert "từ ngày 15/11 đến ngày 15/12 hằng năm" in text
    assert "Thời gian: từ năm 2023 đến năm 2030." in text
    assert "theo quy định./." in text
    assert "DỰ THẢO" not in text


def test_a_plan_without_any_number_prints_cleanly(ky_anh):
    text = text_of(ky_anh)

    assert "None" not in text
    assert text.count("“–”: không có số liệu.") == 1
    assert "–" in text
    assert "0 đồng" not in text
    assert "Kinh phí thực hiện" not in text
    assert "IV. TỔ CHỨC" in text and "KINH PHÍ" not in text.partition("Bảng phân công")[0].partition("BẢNG")[0]


def test_the_day_is_padded_and_april_is_not(ky_anh):
    ky_anh.dated = datetime.date(2024, 1, 5)

    assert "ngày 05 tháng 01 năm 2024" in text_of(ky_anh)


@pytest.fixture
def full(people):
    """A plan of the month with everything in it."""
    plan = make_plans.started(people)
    Wording.objects.create(campaign=plan.campaign, province=people.province, theme="Tăng cường quyền năng")
    write(
        plan,
        people.officer,
        can_cu="Thực hiện Công văn số 4076/LĐTBXH-BĐG ngày 27 tháng 9 năm 2023",
        muc_dich=make_plans.PURPOSE,
        to_chuc="Các cơ quan, đơn vị báo cáo kết quả trước 17 giờ 00 ngày 18 tháng 12 năm 2023.",
        thong_diep="Chấm dứt bạo lực, vun đắp yêu thương\nĐầu tư cho bình đẳng giới là đầu tư cho tương lai",
    )
    guests = make.measure("CT05.1", "Người dự lễ phát động", "lượt người", "attendances")
    banners = make.measure("CT25.1", "Baner, phướn thả", "chiếc")
    shirts = make.measure("CT26.1", "Áo phông in thông điệp", "chiếc")
    make_plans.task(
        plan,
        people,
        starts_on=datetime.date(2023, 11, 10),
        place="Khu công nghiệp Đông Mai",
        partners=(people.justice, "Các cơ quan Trung ương"),
        targets=(TargetData(make.measure(), 1), TargetData(guests, 600, "about")),
        money=(MoneyData(120_000_000, make.money_source()),),
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
        money=(MoneyData(5_000_000, make.money_source("NG09", "integrated")),),
    )
    make_plans.task(
        plan,
        people,
        title="Treo băng rôn, phát áo phông",
        heading="III.3",
        lead=people.justice,
        targets=(TargetData(banners, None, "text", "hàng trăm"), TargetData(shirts, None, "unknown")),
    )
    set_target(plan, make.measure(), 103, by=people.officer, at=NOW)
    return plan


def test_a_draft_says_so_and_leaves_room_for_the_number(full):
    paper = plan_paper(full)

    assert paper.foot == "DỰ THẢO"
    assert (paper.number, paper.symbol, paper.dated) == ("", "KH-UBND", None)


def test_the_peoples_committee_has_nobody_above_it(full, people):
    assert plan_paper(full).letterhead.superior == ""
    full.issuer = people.office
    head = plan_paper(full).letterhead
    assert (head.superior, head.body) == ("UBND tỉnh Quảng Ninh", "Sở Lao động - Thương binh và Xã hội")


def test_the_theme_is_the_provinces_own_wording(full):
    assert "1. Chủ đề: “Tăng cường quyền năng”." in text_of(full)
    assert "2. Thời gian: từ ngày 15 tháng 11 đến ngày 15 tháng 12 năm 2023." in text_of(full)


def test_a_typed_theme_is_not_said_twice(full, people):
    write(full, people.officer, chu_de="1. Chủ đề: “Khác”.\n2. Thời gian: cả tháng.\n3. Phạm vi: toàn tỉnh.")

    text = text_of(full)
    assert text.count("Chủ đề:") == text.count("Thời gian: cả tháng") == 1


def test_section_three_is_built_from_the_tasks(full):
    text = text_of(full)

    assert "1. Lễ phát động, mít tinh\na) Lễ phát động cấp tỉnh.\n- Thời gian: ngày 10 tháng 11 năm 2023;" in text
    assert "địa điểm: Khu công nghiệp Đông Mai; chủ trì: Sở Lao động - Thương binh và Xã hội;" in text
    assert "phối hợp: Sở Tư pháp, Các cơ quan Trung ương;" in text
    assert "kết quả dự kiến: 01 cuộc, khoảng 600 lượt người." in text
    assert "b) Lễ phát động hoặc mít tinh cấp xã (tùy điều kiện của địa phương)." in text
    assert "từ ngày 15 đến ngày 20 tháng 11 năm 2023" in text
    assert "2. Truyền thông\nTreo băng rôn, phát áo phông." in text
    assert "baner, phướn thả: hàng trăm; áo phông in thông điệp (chưa ấn định số lượng)" in text


def test_money_is_summed_by_source_and_integrated_money_stands_apart(full):
    text = text_of(full)

    assert "Tổng kinh phí thực hiện 120 triệu đồng, từ ngân sách nhà nước." in text
    assert "Kinh phí lồng ghép 5 triệu đồng, không tính vào tổng." in text
    assert "lồng ghép" in text and "120.000.000" in text


def test_section_five_has_one_item_a_body_and_ends_as_papers_end(full):
    text = text_of(full)

    assert (
        "V. TỔ CHỨC THỰC HIỆN\n1. Sở Lao động - Thương binh và Xã hội\n- Lễ phát động cấp tỉnh (điểm a khoản 1" in text
    )
    assert "2. UBND xã, phường, thị trấn" in text
    assert "ngày 18 tháng 12 năm 2023./." in text
    assert text.count("./.") == 1


def test_messages_and_the_table_of_assignment_are_the_annexes(full):
    paper = plan_paper(full)

    assert [annex.title for annex in paper.annexes] == ["Thông điệp, khẩu hiệu", "Bảng phân công nhiệm vụ"]
    text = text_of(full)
    assert "1. Chấm dứt bạo lực, vun đắp yêu thương" in text
    assert "Baner, phướn thả: hàng trăm; Áo phông in thông điệp: –" in text


def test_bodies_have_the_name_of_the_day(full, people):
    DepartmentName.objects.filter(department=people.justice).update(valid_to=datetime.date(2023, 11, 9))
    DepartmentName.objects.create(
        department=people.justice, name="Sở Tư pháp và Pháp chế", valid_from=datetime.date(2023, 11, 10)
    )

    assert "phối hợp: Sở Tư pháp và Pháp chế" in text_of(full)


def test_a_letter_has_a_subject_line_and_addressees(full):
    full.paper = "CV"

    text = text_of(full)
    assert "V/v triển khai Tháng hành động năm 2023" in text
    assert "Kính gửi:" in text
    assert "- Ủy ban nhân dân các huyện, thị xã, thành phố." in text
    assert "I. MỤC ĐÍCH" not in text
    assert [annex.title for annex in plan_paper(full).annexes] == ["Thông điệp, khẩu hiệu"]


def test_a_decision_has_articles_and_the_plan_behind_it(full):
    full.paper = "QĐ"

    text = text_of(full)
    assert "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch" in text
    assert "QUYẾT ĐỊNH" in text


def test_an_unknown_number_prints_dots(people):
    plan = issue_plan(make_plans.approved(people), IssueFacts(number_unknown=True), by=people.head, at=NOW)

    assert "Số: …" in text_of(plan)


def test_messages_of_the_campaign_are_not_printed_unasked(people):
    plan = make_plans.started(people)
    Message.objects.create(campaign=plan.campaign, text="Im lặng không phải là cách")

    assert "Im lặng" not in text_of(plan)


def test_every_format_takes_a_plan(full):
    for suffix in (".docx", ".pdf"):
        file = BytesIO()
        FORMATS[suffix].write(plan_paper(full), file)
        assert len(file.getvalue()) > 5000
