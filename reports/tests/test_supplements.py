"""After acceptance only a numbered supplement changes what was reported; the report stays as it was."""

import datetime
import io

import pytest
from docx import Document

from activities.models import Output
from provinces.tests.make import NOW
from provinces.workflow import Refused
from reports.documents import FORMATS
from reports.documents.layout import check
from reports.models import Report
from reports.operations.jobs import ask_compile, run_job
from reports.operations.reports import RegistryFacts, issue_report, lock_report
from reports.operations.supplements import open_supplement, write_reason
from reports.operations.texts import refresh_figures
from reports.operations.way_up import accept_report, mark_seen, return_report, send_report
from reports.papers.report import paper_of
from reports.queries.nation import latest_issued
from reports.queries.supplements import changes_of
from reports.tests import make
from reports.tests.test_way_up import MUST, World

pytestmark = pytest.mark.django_db
LATER = NOW + datetime.timedelta(days=20)
WHY = "Ba đơn vị gửi số liệu sau khi báo cáo đã gửi"
SECOND = RegistryFacts(number="15", symbol="BC-SLĐTBXH", dated=datetime.date(2024, 1, 20), signer="Nguyễn Văn A")


class Story(World):
    """A report that was accepted, and what came after it."""

    def __init__(self):
        super().__init__()
        self.accepted = self.up(self.issued())

    def up(self, report):
        report = send_report(report, to=self.ban, by=self.head, at=NOW)
        mark_seen(report, by=self.member, at=NOW)
        return accept_report(report, by=self.member, at=NOW)

    def more(self):
        """An activity that came too late for the report."""
        return make.result(make.activity(self.so, "Mít tinh"), "CT04.1", 2)

    def compile(self, report):
        run_job(ask_compile(report, by=self.editor, at=LATER).pk, clock=lambda: LATER)
        report.refresh_from_db()
        return report

    def supplement(self, of=None):
        return self.compile(open_supplement(of or self.accepted, WHY, by=self.editor, at=LATER))

    def issue(self, supplement, facts=SECOND):
        make.read(supplement, self.editor)
        return issue_report(lock_report(supplement, by=self.head, at=LATER), facts, by=self.head, at=LATER)


@pytest.fixture
def story():
    return Story()


def words(report):
    """All that the document prints, cell by cell and paragraph by paragraph."""
    data = io.BytesIO()
    FORMATS[".docx"].write(paper_of(report, at=LATER), data)
    assert check(data) == []
    book = Document(data)
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in book.paragraphs] + cells)


def test_a_supplement_prints_old_and_new_and_the_report_stays(story):
    before = words(story.accepted)
    story.more()
    supplement = story.supplement()
    assert (supplement.kind, supplement.supplement_no, supplement.snapshot.no) == ("supplement", 1, 2)
    moved = next(each for each in changes_of(supplement).figures if each.code == "CT04.1")
    assert (moved.old, moved.new, moved.difference) == ("1", "3", "+2")
    assert [(each.department, each.came) for each in moved.behind] == [(str(story.so), 1)]
    assert any(each.key == "II.1" for each in changes_of(supplement).texts)
    printed = words(story.issue(supplement))
    for said in ("Số: 15/BC-SLĐTBXH", "Báo cáo số 12/BC-SLĐTBXH ngày 05 tháng 01 năm 2024", WHY, "+2", "bổ sung số 1"):
        assert said in printed
    story.accepted.refresh_from_db()
    assert (story.accepted.status, story.accepted.snapshot.no) == ("accepted", 1)
    assert words(story.accepted) == before


def test_it_goes_up_like_the_report_and_the_roll_up_takes_it_once_issued(story):
    story.more()
    supplement = story.supplement()
    province = story.province.pk
    assert latest_issued(supplement.campaign)[province] == story.accepted
    issued = story.issue(supplement)
    assert latest_issued(supplement.campaign)[province] == issued
    assert story.up(issued).status == "accepted"
    story.accepted.refresh_from_db()
    assert story.accepted.status == "accepted"


def test_a_second_supplement_adds_to_the_first(story):
    story.more()
    first = story.up(story.issue(story.supplement()))
    story.more()
    second = story.supplement(first)
    assert second.supplement_no == 2
    assert next(each for each in changes_of(second).figures if each.code == "CT04.1").old == "3"
    assert "đã được bổ sung tại Báo cáo số 15/BC-SLĐTBXH" in words(second)


def test_a_returned_supplement_is_written_anew_under_its_number(story):
    story.more()
    sent = send_report(story.issue(story.supplement()), to=story.ban, by=story.head, at=LATER)
    again = return_report(sent, MUST, by=story.member, at=LATER)
    assert (again.kind, again.supplement_no, again.supplement_reason) == ("supplement", 1, WHY)
    assert next(each for each in changes_of(again).figures if each.code == "CT04.1").old == "1"
    send_report(story.issue(again), to=story.ban, by=story.head, at=LATER)
    sent.refresh_from_db()
    story.accepted.refresh_from_db()
    assert (sent.status, story.accepted.status) == ("superseded", "accepted")


def test_only_an_accepted_report_gets_one_and_only_one_at_a_time(story):
    with pytest.raises(Refused):
        open_supplement(story.accepted, "", by=story.editor, at=LATER)
    with pytest.raises(Refused):
        open_supplement(story.accepted, WHY, by=story.member, at=LATER)
    draft = open_supplement(story.accepted, WHY, by=story.editor, at=LATER)
    with pytest.raises(Refused):
        open_supplement(story.accepted, WHY, by=story.editor, at=LATER)
    with pytest.raises(Refused):
        open_supplement(draft, WHY, by=story.editor, at=LATER)
    assert Report.objects.filter(kind="supplement").count() == 1


def test_one_that_changes_nothing_is_not_signed_off(story):
    supplement = make.read(story.supplement(), story.editor)
    assert not changes_of(supplement)
    with pytest.raises(Refused, match="changes nothing|không thay đổi gì"):
        lock_report(supplement, by=story.head, at=LATER)


def test_a_figure_that_the_province_moved_says_why(story):
    make.adjustment(Output.objects.get(measure__code="CT04.1"), 1, "Ghi thiếu")
    supplement = story.supplement()
    moved = next(each for each in changes_of(supplement).figures if each.code == "CT04.1")
    assert moved.adjusted == (f"+1 ({story.so}: Ghi thiếu)",)
    assert f"Điều chỉnh cấp tỉnh: +1 ({story.so}: Ghi thiếu)" in words(supplement)


def test_a_supplement_is_signed_only_after_its_drafts_are_read_and_its_figures_are_fresh(story):
    story.more()
    supplement = story.supplement()
    with pytest.raises(Refused, match="II.1"):
        lock_report(supplement, by=story.head, at=LATER)
    make.read(supplement, story.editor)
    supplement.sections.filter(key="I").update(text="Có «9 [CT04.1]» lễ phát động", drafted=False)
    with pytest.raises(Refused, match=r": I\."):
        lock_report(supplement, by=story.head, at=LATER)
    refresh_figures(supplement, by=story.editor, at=LATER)
    assert lock_report(supplement, by=story.head, at=LATER).status == "locked"


def test_the_reason_is_written_until_it_is_locked(story):
    story.more()
    supplement = write_reason(story.supplement(), "Sửa số liệu", by=story.editor, at=LATER)
    assert supplement.supplement_reason == "Sửa số liệu"
    locked = lock_report(make.read(supplement, story.editor), by=story.head, at=LATER)
    with pytest.raises(Refused):
        write_reason(locked, "Khác", by=story.editor, at=LATER)


def test_a_figure_that_went_and_a_share_that_moved_are_rows_too(story):
    result = make.result(make.activity(story.so, "Ra quân"), "CT05.1", 50, female=20)
    first = story.up(story.issue(story.supplement()))
    Output.objects.filter(pk=result.pk).update(female=30)
    Output.objects.filter(measure__code="CT04.1").delete()
    rows = {(each.code, each.name): (each.old, each.new) for each in changes_of(story.supplement(first)).figures}
    assert rows["CT05.1", "Trong đó: nữ"] == ("20", "30")
    assert any(code == "CT04.1" and (old, new) == ("1", "–") for (code, _name), (old, new) in rows.items())
