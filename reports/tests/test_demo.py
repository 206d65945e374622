"""The demonstration is the source articles: what they say can be printed, word for word, by the program itself."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from activities.models import Activity
from campaigns.models import Plan, Request
from campaigns.operations.catalogue import load_catalogue
from provinces.operations.reference import load_units
from provinces.tests.make import NOW
from reports.documents import FORMATS
from reports.models import Report
from reports.papers.plan import plan_paper

MUST_PRINT = (
    "khoảng 550 lượt người",
    "hàng trăm banner, phướn thả",
    "áo phông in thông điệp, không có số liệu",
    "21 lớp (12 + 3 + 6)",
    "14 phụ nữ, 14 trẻ em gái, 20 nữ công nhân",
    "50 người, trị giá 80 triệu đồng",
    "900 mũ",
    "10 xe buýt",
    "1 xe phát thanh",
    "1 đĩa phát thanh",
    "1 phóng sự",
    "17/22 chỉ tiêu",
    "100%",
    "12 mô hình",
    "6 đơn vị, địa phương",
    "8 doanh nghiệp",
    "ngày 10 tháng 11 năm 2023",
    "3608/QĐ-BPN&TE ngày 22 tháng 11 năm 2023",
    "217/QĐ-BPN&TE ngày 23 tháng 11 năm 2023",
    "tăng cường quyền năng",
)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_units(at=NOW)
        load_catalogue(at=NOW)
        call_command("load_demo", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _demonstration(loaded, db):
    """Each test sees the demonstration and leaves it as it was."""


@pytest.fixture
def written(tmp_path):
    call_command(
        "compile_report", "--campaign", "2023", "--province", "22", "--out", str(tmp_path), stdout=io.StringIO()
    )
    return tmp_path


def words_of_pdf(path) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    return " ".join(text.replace("\u200b", "").split())


def words_of_docx(path) -> str:
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([p.text for p in document.paragraphs] + cells).split())


def test_the_report_of_quang_ninh_prints_what_the_articles_say(written):
    pdf, docx = words_of_pdf(written / "bao-cao.pdf"), words_of_docx(written / "bao-cao.docx")

    assert [words for words in MUST_PRINT if words not in pdf] == []
    assert [words for words in MUST_PRINT if words not in docx] == []


def test_the_annex_holds_real_numbers(written):
    book = load_workbook(written / "phu-luc.xlsx")
    values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}

    assert {550, 900, 80_000_000, 21, 12} <= values


def test_the_plan_of_ky_anh_prints_its_number_and_date(tmp_path):
    plan = Plan.objects.get(number="573")
    FORMATS[".pdf"].write(plan_paper(plan), tmp_path / "ke-hoach.pdf")

    text = words_of_pdf(tmp_path / "ke-hoach.pdf")

    assert "Số: 573/KH-UBND" in text
    assert "Kỳ Anh, ngày 18 tháng 4 năm 2023" in text


def test_a_plan_without_a_single_number_prints(tmp_path):
    plan = Plan.objects.get(province__slug="kien-giang", kind="month")
    FORMATS[".pdf"].write(plan_paper(plan), tmp_path / "ke-hoach.pdf")

    text = words_of_pdf(tmp_path / "ke-hoach.pdf")

    assert "TỈNH KIÊN GIANG" in text
    assert " 0 " not in text


def test_the_family_month_of_june_is_not_in_the_campaign():
    festival = Activity.objects.get(title__startswith="Ngày hội Gia đình")

    assert (festival.scope, festival.campaign) == ("year", None)


def test_a_second_load_changes_nothing():
    before = Activity.objects.count(), Plan.objects.count()
    call_command("load_demo", stdout=io.StringIO())

    assert (Activity.objects.count(), Plan.objects.count()) == before


def test_a_real_database_gets_no_demonstration_unasked(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo", stdout=io.StringIO())


def test_the_years_request_shows_returns_in_every_state():
    request = Request.objects.get(kind="year")
    states = {str(each.department): each for each in Report.objects.filter(request=request).order_by("version")}
    told = {name: each.status for name, each in states.items()}
    assert told["Liên đoàn Lao động tỉnh"] == "accepted"
    assert told["Sở Tài chính"] == "nil"
    assert sorted(told.values()) == ["accepted", "draft", "draft", "draft", "draft", "draft", "nil", "sent"]
    zone = Report.objects.get(request=request, status="returned")
    assert zone.superseded_by.status == "draft"
    late = Report.objects.get(request=request, status="sent").deliveries.get()
    assert late.delay == datetime.timedelta(hours=2, minutes=10)
