"""A return prints as the department's own official report: letterhead, own words, roles apart, or nothing to report."""

import datetime

import pytest

from provinces.tests import make as who
from reports.documents import FORMATS
from reports.documents.layout import check
from reports.models import Report
from reports.operations.reports import RegistryFacts
from reports.operations.returns import send_nil, send_return
from reports.operations.texts import write_section
from reports.papers.annexes import annexes
from reports.papers.reminder import reminder_letter
from reports.papers.report import paper_of
from reports.papers.text import direction
from reports.queries.monitoring import lines_of
from reports.queries.picture import take_picture
from reports.tests import make
from reports.tests.asking import AT, LATE, asked, did, office, opened

pytestmark = pytest.mark.django_db
FACTS = RegistryFacts(
    number="118", symbol="BC-SYT", dated=datetime.date(2023, 12, 17), signer_lines="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"
)


@pytest.fixture
def people():
    return office()


def words(paper) -> str:
    return "\n".join(block.text for block in paper.blocks)


def titles(paper) -> list[str]:
    return [annex.title for annex in paper.annexes]


@pytest.fixture
def union(people):
    """A return with what was led and helped with, and with own words, sent by the head."""
    report = opened(people)
    did(people.department, 50)
    helped = did(people.editor.department, 300, title="Lễ phát động cấp tỉnh", status="accepted")
    make.participant(helped, people.editor.department, "lead")
    make.participant(helped, people.department, "co")
    for key, text in (("III.2", "Thiếu kinh phí truyền thông."), ("IV.3", "Đề nghị khen 01 tập thể.")):
        section = report.sections.get(key=key)
        write_section(section, text, version=section.version, by=people.officer, at=AT)
    return send_return(report, FACTS, by=people.chief, at=AT)


def test_the_paper_is_the_department_s_own(union):
    paper = paper_of(union, at=AT)

    assert paper.letterhead.body == "Sở Y tế"
    assert (paper.number, paper.symbol, paper.foot) == ("118", "BC-SYT", "")
    assert paper.addressees == ("Sở Lao động - Thương binh và Xã hội",)
    assert paper.signature.lines == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert "Thực hiện Công văn số 2100/SLĐTBXH-TE&BĐG" in words(paper)


def test_led_and_helped_are_told_apart_and_own_words_stand(union):
    text = words(paper_of(union, at=AT))

    assert "chủ trì 01 hoạt động, phối hợp tổ chức 01 hoạt động" in text
    assert "Phối hợp:" in text
    assert "350" not in text
    assert "Thiếu kinh phí truyền thông." in text and "Đề nghị khen 01 tập thể." in text
    assert "Còn" not in text, "the plan's targets are the province's"


def test_the_annexes_have_a_column_for_each_role_and_the_list_of_activities(union):
    paper = paper_of(union, at=AT)

    assert titles(paper)[-1] == "Danh mục hoạt động"
    assert ["Chủ trì", "Phối hợp", "Tham dự"] == [c.title for c in paper.annexes[0].blocks[0].columns[3:6]]


def test_a_draft_says_so_and_leaves_room_for_the_number(people):
    report = opened(people)
    did(people.department)

    paper = paper_of(report, at=AT)

    assert paper.foot.startswith("DỰ THẢO") and paper.number == ""


def test_a_nil_return_is_two_sentences(people):
    report = send_nil(opened(people), "Đơn vị mới thành lập.", by=people.chief, at=AT)

    paper = paper_of(report, at=AT)

    assert words(paper) == (
        "Trong kỳ báo cáo, Sở Y tế không tổ chức hoạt động hưởng ứng Tháng hành động. Lý do: đơn vị mới thành lập./."
    )
    assert paper.annexes == ()


def test_a_commune_speaks_of_its_commune_under_its_own_letterhead(people):
    commune = who.department(who.commune(people.department.unit), "UBND xã Đông Mai", "UBND", kind="ubnd_xa")
    report = Report.objects.get(request=asked(people, commune))
    did(commune, 50)
    did(commune, 40)

    paper = paper_of(report, at=AT)

    assert paper.letterhead.body.startswith("Ủy ban nhân dân")
    assert "Toàn xã tổ chức" in words(paper)
    assert paper.signature.lines == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


def test_the_layout_checker_passes(union, tmp_path):
    target = tmp_path / "bao-cao.docx"

    FORMATS[".docx"].write(paper_of(union, at=AT), target)

    assert check(target) == []


def test_a_subject_that_begins_with_the_word_report_does_not_say_it_twice(people):
    request = asked(people, kind="topical", subject="Báo cáo nhanh lễ phát động")
    paper = paper_of(Report.objects.get(request=request), at=AT)
    letter = reminder_letter(request, lines_of(request, LATE.date()), at=LATE, person=people.editor)
    of_the_office = paper_of(make.report(people.editor.department, request=request), at=AT)

    assert paper.subject == "Nhanh lễ phát động"
    assert "Sở Y tế báo cáo nhanh lễ phát động như sau:" in words(paper)
    assert "Trên đây là báo cáo nhanh lễ phát động, Sở Y tế" in words(paper)
    assert letter.subject == "đôn đốc gửi báo cáo nhanh lễ phát động"
    assert "báo cáo nhanh lễ phát động như sau:" in words(of_the_office)


def test_the_letter_to_the_late_names_them_and_passes_the_checker(people, tmp_path):
    request, target = asked(people), tmp_path / "cong-van.docx"
    paper = reminder_letter(request, lines_of(request, LATE.date()), at=LATE, person=people.editor)

    FORMATS[".docx"].write(paper, target)

    assert "0/1 cơ quan, đơn vị; còn 01 cơ quan, đơn vị chưa gửi" in words(paper)
    assert "Sở Y tế" in str(paper.annexes[0].blocks)
    assert check(target) == []


def test_the_province_s_report_counts_real_returns_and_prints_who_is_missing_and_why_nil(people):
    missing = who.department(people.department.unit, "Sở Du lịch")
    request = asked(people, people.department, missing)
    report = Report.objects.get(request=request, department=people.department)
    send_nil(report, "Đơn vị mới thành lập.", by=people.chief, at=AT)

    taken = take_picture(make.report(people.editor.department, request=request))

    assert "số liệu của 1/2 cơ quan, đơn vị, trong đó 1 cơ quan, đơn vị báo không phát sinh" in direction(taken)
    printed = {annex.title: str(annex.blocks) for annex in annexes(taken)}
    assert "Sở Du lịch" in printed["Cơ quan, đơn vị chưa gửi báo cáo"]
    assert "Đơn vị mới thành lập." in printed["Cơ quan, đơn vị báo không phát sinh"]
