"""From the editor's hand to the committee's answer and a supplement, page by page, as the seats press."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.models import Request
from provinces.models import Department, File, Notice
from reports.models import Mailing, Report
from reports.operations.mailings import mail_reports
from reports.operations.way_up import accept_report
from reports.tests import make, pages
from reports.tests.pages import as_
from reports.tests.test_pages import registry, review, text_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings, tmp_path):
    settings.DATA_DIR = settings.FILES_DIR = tmp_path
    return pages.people()


def told(department, step):
    return Notice.objects.filter(department=department, key__startswith=f"report.{step}").count()


def status_of(report):
    return Report.objects.get(pk=report.pk).status


def test_the_head_reads_the_print_gives_it_back_and_signs_it_off(people):
    report, office = pages.read(people), people.editor.department
    editor, head = as_(people.editor), as_(people.head)
    assert "Trình ký" in text_of(editor.get(url(report)))
    editor.post(url(report, "trinh-ky"))
    assert (status_of(report), told(office, "hand_in")) == ("waiting_head", 1)
    assert editor.get(url(report, "ky-duyet")).status_code == 403
    page = text_of(head.get(url(report, "ky-duyet")))
    assert "Ký duyệt và khóa" in page
    assert "xem-in/1.png" in page

    assert head.post(url(report, "ky-duyet"), {"back": "1"}).status_code == 422
    head.post(url(report, "ky-duyet"), {"back": "1", "comment": "Nêu rõ nguyên nhân ở mục III"})
    assert (status_of(report), told(office, "give_back")) == ("draft", 1)
    page = text_of(editor.get(url(report)))
    assert "Nêu rõ nguyên nhân ở mục III" in page
    assert "Lãnh đạo đưa lại" in page

    editor.post(url(report, "trinh-ky"))
    assert "Nêu rõ nguyên nhân" not in text_of(head.get(url(report)))
    editor.post(url(report, "sua-tiep"))
    assert status_of(report) == "draft"
    editor.post(url(report, "trinh-ky"))
    assert head.post(url(report, "ky-duyet"), {"sign": "1"}).url == url(report, "ban-hanh")
    assert (status_of(report), told(office, "lock")) == ("locked", 1)


def test_an_editor_neither_signs_nor_gives_back(people):
    report = pages.read(people)
    editor = as_(people.editor)
    editor.post(url(report, "trinh-ky"))
    assert editor.post(url(report, "ky-duyet"), {"sign": "1"}).status_code == 403
    assert editor.post(url(report, "ky-duyet"), {"back": "1", "comment": "x"}).status_code == 403
    assert status_of(report) == "waiting_head"


def test_the_way_up_tells_both_sides_and_the_timeline_names_times_and_people(people):
    report, office, committee = pages.issued(people), people.editor.department, people.committee.department
    as_(people.head).post(url(report, "gui"), {"to": committee.pk})
    assert told(committee, "send") == 1
    as_(people.committee).get(url(report, "xem-xet"))
    assert told(office, "seen") == 1
    as_(people.committee).post(url(report, "xem-xet"), review(("must", "Bổ sung"), confirmed="1"))
    assert (status_of(report), told(office, "return")) == ("returned", 1)
    page = text_of(as_(people.editor).get(url(report)))
    way = page[page.index("Đường đi của báo cáo") :]
    for said in (str(people.head.user), str(people.committee.user), "Nơi nhận đã xem"):
        assert said in way


def test_what_becomes_of_the_email_is_said_on_the_pages(people):
    report, committee = pages.issued(people), people.committee.department
    head = as_(people.head)
    assert "chỉ gửi trong hệ thống, không gửi thư" in text_of(head.get(url(report, "gui")))
    Department.objects.filter(pk=committee.pk).update(email="ban@example.gov.vn")
    assert "ban@example.gov.vn" in text_of(head.get(url(report, "gui")))
    head.post(url(report, "gui"), {"to": committee.pk})
    Mailing.objects.update(status="failed", attempts=3, fault="SMTPServerDisconnected")
    page = text_of(head.get(url(report, "bien-nhan")))
    assert "Máy chủ thư từ chối 3 lần (SMTPServerDisconnected)" in page
    head.post(url(report, "gui-thu"))
    mail_reports(at=pages.AT)
    assert len(mail.outbox) == 1
    assert "Đã gửi thư" in text_of(head.get(url(report, "bien-nhan")))


def test_a_supplement_from_its_start_to_its_acceptance(people, settings):
    report = accept_report(pages.sent(people), by=people.committee, at=pages.AT)
    editor, head, committee = as_(people.editor), as_(people.head), as_(people.committee)
    assert "Lập báo cáo bổ sung" in text_of(editor.get(url(report)))
    assert editor.post(url(report, "bo-sung"), {"reason": ""}).status_code == 422
    editor.post(url(report, "bo-sung"), {"reason": "Đơn vị gửi muộn"})
    new = Report.objects.get(kind="supplement")
    assert "Báo cáo bổ sung số 1" in text_of(editor.get(url(report)))
    pages.launch(people, 40, "exact", "Mít tinh")
    make.read(pages.compile_now(new, people), people.editor)
    page = text_of(editor.get(url(new)))
    assert "Báo cáo bổ sung số 1, năm 2023" in page
    assert "Đã báo cáo" in page
    assert "+40" in page
    editor.post(url(new, "ly-do"), {"reason": "Đơn vị gửi số liệu muộn"})
    editor.post(url(new, "trinh-ky"))
    head.post(url(new, "ky-duyet"), {"sign": "1"})
    scan = SimpleUploadedFile("450.pdf", b"%PDF-1.7 signed")
    head.post(url(new, "ban-hanh"), registry(number="450", scan=scan))
    token = File.objects.get().token
    head.post(url(new, "ban-hanh"), registry(number="450", scan_token=token, confirmed="1"))
    head.post(url(new, "gui"), {"to": people.committee.department.pk})
    committee.get(url(new, "xem-xet"))
    committee.post(url(new, "xem-xet"), review(decision="accept", confirmed="1"))
    new.refresh_from_db()
    report.refresh_from_db()
    assert (new.status, new.number, new.supplement_reason) == ("accepted", "450", "Đơn vị gửi số liệu muộn")
    assert (report.status, report.number) == ("accepted", "412")
    answer = editor.get(url(new, "tai") + "?dang=xlsx")
    assert "phu-luc-bo-sung-1-quang-ninh-2023.xlsx" in answer["Content-Disposition"]
    assert as_(people.stranger).get(url(new, "bo-sung")).status_code == 404


def test_a_requests_page_names_what_was_returned_and_leads_to_its_report(people):
    asked = make.request(people.editor.department, [people.other.department])
    Request.objects.update(kind="year", subject="Kết quả công tác năm 2023")
    first = make.report(people.other.department, kind="return", request=asked, status="returned")
    make.report(
        people.other.department, kind="return", request=asked, version=2, lineage=first.lineage, supersedes=first
    )
    page = f"/quang-ninh/2023/yeu-cau/{asked.public_id}/"
    assert "Trả lại bổ sung" in text_of(as_(people.editor).get(page))
    own = make.report(people.editor.department, request=asked)
    assert url(own) in text_of(as_(people.editor).get(page))
    assert "Kết quả công tác năm 2023" in text_of(as_(people.editor).get(url(own)))
