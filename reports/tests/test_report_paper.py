"""The results report on paper: what it must print, in DOCX, PDF and XLSX alike."""

import dataclasses
import datetime
import io
from dataclasses import replace

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from activities.models import Output
from campaigns.tests import make as campaigns
from provinces.models import DepartmentName
from provinces.tests import make as who
from provinces.tests.make import NOW
from reports.models import Report
from reports.operations.reports import RegistryFacts, issue_report, lock_report, open_report
from reports.operations.texts import write_section
from reports.operations.way_up import Remark, return_report, send_report
from reports.papers.phrasing import as_deed
from reports.papers.report import paper_of, render
from reports.papers.results import launches
from reports.papers.text import draft_texts
from reports.queries.picture import take_picture
from reports.snapshot import Coverage, Figure, Figures, Header, Launch, Missing
from reports.tests import make, quang_ninh

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
    "trước thời gian của Tháng hành động do ghép với ngày hội công nhân",
    "Ngay sau lễ phát động, Đội cổ động tuyên truyền của tỉnh xuống đường",
    "Liên đoàn Lao động tỉnh, Ban Quản lý Khu kinh tế Quảng Ninh và Ủy ban nhân dân thị xã Quảng Yên",
    "Ngày Quốc tế trẻ em gái 11/10",
    "Nguồn ghi 50, số chi tiết cộng được 48; giữ nguyên cả hai.",
)


@pytest.fixture
def qn(db):
    return quang_ninh.year()


@pytest.fixture
def report(qn):
    return quang_ninh.report(qn)


def words(thing) -> str:
    """Every text of a paper, one after another."""
    if isinstance(thing, str):
        return thing
    if dataclasses.is_dataclass(thing):
        return "\n".join(words(getattr(thing, each.name)) for each in dataclasses.fields(thing))
    return "\n".join(words(each) for each in thing) if isinstance(thing, tuple) else str(thing)


def docx_text(report) -> str:
    raw = io.BytesIO()
    render(report, ".docx", raw)
    document = Document(raw)
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def pdf_text(report) -> str:
    raw = io.BytesIO()
    render(report, ".pdf", raw)
    pages = "\n".join(page.extract_text() for page in PdfReader(raw).pages)
    return " ".join(pages.split())


def test_the_report_of_quang_ninh_prints_what_it_must(report):
    text = words(paper_of(report))
    assert [each for each in MUST_PRINT if each not in text] == []


def test_docx_and_pdf_hold_the_same_words(report):
    docx, pdf = docx_text(report), pdf_text(report)
    assert [each for each in MUST_PRINT if each not in docx] == []
    assert [each for each in MUST_PRINT if each.replace(" ", "") not in pdf.replace(" ", "")] == []


def test_a_missing_number_is_a_dash_with_one_footnote(report):
    annex = paper_of(report).annexes[0]
    row = next(row for row in annex.blocks[0].rows if len(row) > 1 and row[1].text == "Áo phông in thông điệp")
    assert [cell.text for cell in row[3:7]] == ["–", "–", "–", "–"]
    assert [block.mark for block in annex.blocks[1:]].count("“–”:") == 1


def test_month_and_year_have_tables_of_their_own(report):
    titles = [annex.title for annex in paper_of(report).annexes]
    assert titles == [
        "Số liệu kết quả trong Tháng hành động năm 2023",
        "Số liệu kết quả trong năm 2023, ngoài thời gian Tháng hành động",
        "Sản phẩm truyền thông",
        "Thăm hỏi, hỗ trợ, tặng quà",
        "Danh mục văn bản đã ban hành",
    ]


def test_the_workbook_holds_real_numbers(report):
    raw = io.BytesIO()
    render(report, ".xlsx", raw)
    book = openpyxl.load_workbook(raw)
    values = {row[1]: row for row in book["Trong tháng"].iter_rows(values_only=True) if row[1]}
    assert values["Mũ xe máy (mũ bảo hiểm) in thông điệp"][6] == 900
    assert values["Trị giá quà, hỗ trợ"][6] == 80_000_000


def test_districts_leave_the_tables_with_their_tier(qn):
    def columns(year):
        row = open_report(
            campaigns.campaign(year), qn.province, department=qn.office, issuer=qn.office, by=qn.officer, at=NOW
        )
        make.result(make.activity(qn.office, year=year), "CT04.1", 1)
        table = paper_of(row).annexes[0].blocks[0]
        return [column.title for column in table.columns]

    assert "Cấp huyện" in columns(2023)
    assert "Cấp huyện" not in columns(2025)


def test_the_letterhead_is_the_issuers_name_on_the_documents_day(report, qn):
    name = qn.office.names.get()
    DepartmentName.objects.filter(pk=name.pk).update(valid_to=datetime.date(2023, 12, 31))
    DepartmentName.objects.create(
        department=qn.office, name="Sở Nội vụ", symbol="SNV", valid_from=datetime.date(2024, 1, 1)
    )
    undated = paper_of(report)
    assert undated.letterhead.name == "Sở Lao động - Thương binh và Xã hội"
    assert undated.letterhead.superior == "UBND tỉnh Quảng Ninh"
    report.dated = datetime.date(2024, 1, 5)
    dated = paper_of(Report.objects.get(pk=report.pk))
    assert dated.symbol == "BC-SLĐTBXH"
    report.issuer = type(qn.office).objects.get(pk=qn.office.pk)
    assert paper_of(report).letterhead.name == "Sở Nội vụ"
    assert paper_of(report).symbol == "BC-SNV"


def test_a_report_goes_up_and_says_so(report):
    paper = paper_of(report)
    assert paper.addressees == (
        "Bộ Lao động - Thương binh và Xã hội",
        "Ủy ban nhân dân tỉnh Quảng Ninh",
        quang_ninh.COMMITTEE,
    )
    assert paper.blocks[-1].text.endswith("./.")


def test_a_draft_carries_its_snapshot_and_an_issued_document_keeps_it_inside(report, qn):
    draft = paper_of(report, at=NOW)
    assert draft.foot == f"DỰ THẢO · Bản số liệu 1 · {report.snapshot.sha256[:8]} · in lúc 09:00 ngày 20/11/2023"
    facts = RegistryFacts(number="12", symbol="BC-SLĐTBXH", dated=datetime.date(2024, 1, 5))
    issued = issue_report(lock_report(report, by=qn.head, at=NOW), facts, by=qn.head, at=NOW)
    paper = paper_of(issued, at=NOW)
    assert paper.foot == ""
    assert paper.properties["sha256"] == report.snapshot.sha256
    assert (paper.number, paper.symbol, paper.dated) == ("12", "BC-SLĐTBXH", datetime.date(2024, 1, 5))


def test_a_replaced_version_says_by_which(report, qn):
    facts = RegistryFacts(number_unknown=True)
    issued = issue_report(lock_report(report, by=qn.head, at=NOW), facts, by=qn.head, at=NOW)
    assert paper_of(issued).number == "…"
    sent = send_report(issued, to=qn.committee, by=qn.head, at=NOW)
    return_report(sent, [Remark("Bổ sung")], by=qn.member, at=NOW)
    assert paper_of(Report.objects.get(pk=report.pk)).replaced == ("Bản đã bị thay thế bởi bản thứ 2, ngày 20/11/2023")


def test_a_persons_text_is_what_prints(report, qn):
    section = report.sections.get(key="IV.1")
    write_section(section, "Tiếp nhận, bàn giao, trợ giúp nạn nhân.", version=1, by=qn.officer, at=NOW)
    text = words(paper_of(Report.objects.get(pk=report.pk)))
    assert "Tiếp nhận, bàn giao, trợ giúp nạn nhân." in text


def test_the_same_report_gives_the_same_bytes(report):
    def made(suffix):
        raw = io.BytesIO()
        render(report, suffix, raw)
        return raw.getvalue()

    for suffix in (".docx", ".pdf", ".xlsx"):
        assert made(suffix) == made(suffix)


def test_a_province_where_nothing_is_known_prints_cleanly(db):
    office = who.office(who.province())
    report = make.report(office)
    text = words(paper_of(report))
    assert "Chưa có số liệu về lễ phát động, mít tinh." in text
    assert "None" not in words(paper_of(report).blocks)
    render(report, ".pdf", io.BytesIO())


def test_four_organisers_still_make_one_launch_on_paper(report):
    assert "Lễ phát động, mít tinh" in words(paper_of(report))
    month = take_picture(report).cell("CT04.1")
    assert (month.total, month.activities) == (1, 1)


def test_the_launch_is_told_with_the_number_that_is_counted(report):
    make.adjustment(Output.objects.get(measure__code="CT05.1", part_of=None), -50)
    taken = take_picture(report)
    launch = next(each for each in taken.launches if each.attendances)
    assert taken.cell("CT05.1").printed == launch.attendances == "khoảng 500"


# Cases of the phrases, without a database


def taken(*cells, **more) -> Figures:
    header = Header(
        province="An Giang", area="toàn tỉnh", year=2026, department="Sở Nội vụ", campaign="Tháng hành động"
    )
    return Figures(1, 1, 1, None, "both", "2026-12-31", header=header, cells=cells, **more)


def figure(code, total=None, **more) -> Figure:
    certainty = more.pop("certainty", "exact" if total is not None else "unknown")
    counts = {"unit_of_measure": "lượt người", "counts": "attendances", "over_time": "sum", "scope": "month"}
    return Figure(code=code, name=code, **{**counts, **more}, total=total, certainty=certainty)


def test_many_launches_read_as_the_example():
    people = figure("CT05.1", 21480, certainty="about", female=12655, male=7320, not_split=1505)
    assert launches(taken(figure("CT04.1", 97), people), "month") == (
        "Toàn tỉnh tổ chức 97 cuộc lễ phát động, mít tinh với khoảng 21.480 lượt người tham dự, "
        "trong đó 12.655 lượt nữ, 7.320 lượt nam, 1.505 lượt chưa tách nữ, nam."
    )


def test_no_launch_is_said_and_is_not_missing():
    assert launches(taken(figure("CT04.1", 0)), "month") == "Trong kỳ không tổ chức lễ phát động, mít tinh."
    assert draft_texts(taken())["II.1"] == "Chưa có số liệu về lễ phát động, mít tinh."


def test_a_launch_without_a_known_lead_names_who_took_part():
    launch = Launch("Mít tinh", "month", "commune", "2026-11-20", "", "day", "xã A", "", ("B", "C"), "", "inside", "")
    text = launches(taken(figure("CT04.1", 1), launches=(launch,)), "month")
    assert text == (
        "Lễ phát động cấp xã được tổ chức ngày 20 tháng 11 năm 2026 tại xã A, với sự tham gia của B và C; "
        "chưa có số liệu về số người tham dự."
    )


def test_the_missing_are_named_in_their_annex():
    late = tuple(Missing(n, f"UBND xã {n}", "commune") for n in range(6))
    figures = taken(figure("CT04.1", 3), coverage=Coverage(asked=124, sent=118, nil=2, missing=late, rows_waiting=4))
    assert draft_texts(figures)["I"] == (
        "Báo cáo tổng hợp số liệu của 118/124 cơ quan, đơn vị, trong đó 2 cơ quan, đơn vị báo không phát sinh; "
        "6 cơ quan, đơn vị chưa gửi nêu tại Phụ lục II; 4 hoạt động đã gửi nhưng chưa xác minh, chưa tính vào số liệu."
    )


def test_training_says_where_parts_and_whole_differ():
    note = "Nguồn ghi 21, số chi tiết cộng được 20; giữ nguyên cả hai."
    classes = replace(figure("CT12.1", 21, unit_of_measure="lớp"), parts="12 + 3 + 5", notes=(note,))
    assert note in draft_texts(taken(classes))["II.4"]


def test_a_title_reads_as_a_deed():
    assert as_deed("Tuyên truyền Ngày Quốc tế trẻ em gái") == "tuyên truyền Ngày Quốc tế trẻ em gái"
    assert as_deed("Ngày hội Gia đình tiêu biểu") == "tổ chức ngày hội Gia đình tiêu biểu"
    assert as_deed("Hội thảo cấp tỉnh") == "tổ chức hội thảo cấp tỉnh"
