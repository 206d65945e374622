"""Every kind of document that the product makes keeps every rule of the layout; DOCX and PDF open."""

import dataclasses
import datetime
import io

import docx
import pytest

from campaigns.models import Wording
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from reports.documents import FORMATS
from reports.documents.layout import check
from reports.papers.plan import plan_paper
from reports.papers.report import paper_of
from reports.tests import pages, plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    cast = make_plans.cast()
    Wording.objects.create(campaign=make.campaign(), province=cast.province, theme="Tăng cường quyền năng")
    return cast


def faults(paper) -> list[str]:
    file = io.BytesIO()
    FORMATS[".docx"].write(paper, file)
    return [f"{fault.rule}: {fault.sentence}" for fault in check(file)]


def prints(paper) -> None:
    """No rule is broken, and the PDF is one."""
    assert faults(paper) == []
    file = io.BytesIO()
    FORMATS[".pdf"].write(paper, file)
    assert file.getvalue().startswith(b"%PDF-")


SYMBOLS = {"KH": "KH-UBND", "QĐ": "QĐ-UBND", "CV": "UBND-VX"}


@pytest.mark.parametrize("paper", SYMBOLS)
def test_the_plan_of_a_province_as_plan_decision_and_letter(people, paper):
    plan = plans.full(people, paper)
    prints(plan_paper(plan))

    plan = plans.issued(people, plan, symbol=SYMBOLS[paper])
    prints(plan_paper(plan))


@pytest.mark.parametrize("paper", SYMBOLS)
def test_an_amended_plan(people, paper):
    plan = plans.issued(people, plans.full(people, paper), symbol=SYMBOLS[paper])

    made = plans.amended(people, plan)
    prints(plan_paper(made))
    made = plans.issued(people, made, "15", SYMBOLS[paper], datetime.date(2023, 11, 20))
    prints(plan_paper(made))
    plan.refresh_from_db()
    prints(plan_paper(plan))


def test_an_amendment_that_changes_nothing_yet(people):
    plan = plans.issued(people, plans.full(people))

    prints(plan_paper(plans.amend_plan(plan, "bổ sung nhiệm vụ", by=people.officer, at=NOW)))


@pytest.mark.parametrize("kind", ["month", "year", "programme"])
@pytest.mark.parametrize("level", ["commune", "district"])
def test_an_own_plan_of_a_commune_or_a_district(people, level, kind):
    parent = plans.issued(people, plans.full(people))
    plan, team = plans.own(people, level, kind, parent)
    prints(plan_paper(plan))

    prints(plan_paper(plans.issued(team, plan, number="05", day=datetime.date(2023, 11, 5))))


@pytest.mark.parametrize("paper", SYMBOLS)
def test_an_empty_draft(people, paper):
    prints(plan_paper(make_plans.started(people, paper=paper)))


def test_a_plan_with_recipients_as_typed(people):
    plan = plans.full(people)

    plan = plans.change_facts(plan, people, recipients="Bộ Nội vụ (để b/c)\n- Các sở, ban, ngành;")

    assert plan_paper(plan).copies == ("Bộ Nội vụ (để b/c)", "Các sở, ban, ngành", "Lưu: VT, SLĐTBXH")
    prints(plan_paper(plan))


def test_a_letter_with_addressees_as_typed(people):
    plan = plans.full(people, "CV")

    plan = plans.change_facts(plan, people, addressees="Sở Tư pháp\nLiên đoàn Lao động tỉnh")

    assert plan_paper(plan).addressees == ("Sở Tư pháp", "Liên đoàn Lao động tỉnh")
    prints(plan_paper(plan))


@pytest.mark.parametrize("state", ["opened", "compiled", "locked", "issued", "sent"])
def test_the_report_in_each_state(state):
    prints(paper_of(getattr(pages, state)(pages.people()), at=pages.AT))


@pytest.mark.parametrize("landscape", [False, True])
def test_an_annex_upright_and_across(people, landscape):
    paper = plan_paper(plans.full(people))
    annexes = tuple(dataclasses.replace(annex, landscape=landscape) for annex in paper.annexes)

    prints(dataclasses.replace(paper, annexes=annexes))


def words_of(paper) -> str:
    file = io.BytesIO()
    FORMATS[".docx"].write(paper, file)
    body = docx.Document(file).element.body
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "\n".join("".join(t.text or "" for t in p.iter(f"{w}t")) for p in body.iter(f"{w}p"))


def test_a_decision_says_everything_that_a_decision_says(people):
    plan = plans.issued(people, plans.full(people, "QĐ"), number="2105", symbol="QĐ-UBND")

    text = words_of(plan_paper(plan))

    for line in (
        "Số: 2105/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "ỦY BAN NHÂN DÂN TỈNH QUẢNG NINH",
        "Căn cứ Luật Bình đẳng giới;",
        "Theo đề nghị của Giám đốc Sở Lao động - Thương binh và Xã hội.",
        "QUYẾT ĐỊNH:",
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch triển khai Tháng hành động",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
        "Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Thủ trưởng các sở",
        "- Như Điều 3;",
        "(Ban hành kèm theo Quyết định số 2105/QĐ-UBND ngày 01 tháng 11 năm 2023 của Ủy ban nhân dân tỉnh Quảng Ninh)",
        "(Kèm theo Kế hoạch ban hành tại Quyết định số 2105/QĐ-UBND",
    ):
        assert line in text, line
    assert text.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 2


def test_an_amended_plan_says_what_changed_and_that_the_rest_stays(people):
    plan = plans.issued(people, plans.full(people))

    text = words_of(plan_paper(plans.amended(people, plan)))

    for line in (
        "Điều chỉnh Kế hoạch số 224/KH-UBND ngày 01 tháng 11 năm 2023 của Ủy ban nhân dân tỉnh Quảng Ninh",
        "I. NỘI DUNG ĐIỀU CHỈNH",
        "Điểm a khoản 1 Mục III: Lễ phát động cấp tỉnh",
        "Địa điểm: Khu công nghiệp Đông Mai",
        "Địa điểm: Quảng trường 30 tháng 10",
        "Bổ sung: Tập huấn cho cán bộ cấp xã",
        "Bãi bỏ",
        "Bổ sung: Tăng cường ứng dụng công nghệ thông tin.",
        "Lý do điều chỉnh: thay đổi địa điểm tổ chức lễ phát động.",
        "Các nội dung khác của Kế hoạch số 224/KH-UBND không thay đổi.",
        "SAU KHI ĐIỀU CHỈNH",
    ):
        assert line in text, line
    changed = text.partition("Phụ lục I\n")[0]
    assert "Lễ phát động hoặc mít tinh cấp xã" not in changed


def test_the_second_amendment_names_the_first(people):
    plan = plans.issued(people, plans.full(people))
    second = plans.issued(people, plans.amended(people, plan), "15", day=datetime.date(2023, 11, 20))
    third = plans.amend_plan(second, "bổ sung nhiệm vụ", by=people.officer, at=NOW)
    plans.write(third, people.officer, kinh_phi="Ngân sách nhà nước.")

    text = words_of(plan_paper(third))

    assert "Điều chỉnh Kế hoạch số 224/KH-UBND" in text
    assert "đã được điều chỉnh tại Kế hoạch số 15/KH-UBND" in text


def test_an_own_plan_names_the_plan_that_it_carries_out(people):
    parent = plans.issued(people, plans.full(people))
    plan, _team = plans.own(people, "commune", "month", parent)

    assert (
        "Thực hiện Kế hoạch số 224/KH-UBND ngày 01 tháng 11 năm 2023 của Ủy ban nhân dân tỉnh Quảng Ninh về triển khai"
        in words_of(plan_paper(plan))
    )


def test_the_targets_of_the_whole_plan_are_printed(people):
    assert "Lễ phát động, mít tinh: 103 cuộc." in words_of(plan_paper(plans.full(people)))
