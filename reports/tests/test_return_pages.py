"""Pages of requests, returns and of who has sent, without any script: read, typed into, pressed."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Request
from campaigns.operations.requests import close_request
from provinces.models import Seat
from provinces.tests import make as who
from reports.models import Reminder, Report
from reports.operations.reports import RegistryFacts
from reports.operations.returns import send_return
from reports.tests import make
from reports.tests.asking import AT, asked, did, office, opened, sent
from reports.tests.pages import as_

pytestmark = pytest.mark.django_db
HERE = "/quang-ninh/2023/"
NIL = {"status": "nil", "nil_reason": "Không có", "locked_at": AT}
LEAVES = ("", "loi-van/II", "xem-in", "tai?dang=docx", "gui", "khong-phat-sinh", "so-lieu/CT05.1/nguon?vai-tro=lead")


@pytest.fixture
def people():
    return office()


def text_of(answer) -> str:
    """What a reader sees, without the tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def url(report, leaf=""):
    return f"{HERE}bao-cao-don-vi/{report.public_id}/{leaf}"


def request_form(**more):
    """What the page of a new request sends, as it comes filled."""
    return {
        "kind": "month",
        "subject": "Kết quả Tháng hành động",
        "letter_number": "2100/SLĐTBXH",
        "scope": "both",
        "period_from": "01/01/2023",
        "period_to": "15/12/2023",
        "cut_off_on": "15/12/2023",
        "cut_off_at": "23:59",
        "due_on": "18/12/2023",
        "due_at": "17h",
        "compile_on": "21/12/2023",
        "compile_at": "17:00",
        "who": "all",
        **more,
    }


# ── requests ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["thang", "nam", "chuyen-de", "dot-xuat"])
def test_the_form_comes_with_the_days_of_its_kind(people, kind):
    answer = as_(people.editor).get(f"{HERE}yeu-cau/them?loai={kind}")

    assert answer.status_code == 200
    assert ("14/12/2023" in answer.content.decode()) == (kind == "nam")


def test_a_request_is_made_and_the_returns_are_open(people):
    commune = who.department(who.commune(people.department.unit), "UBND xã Đông Mai", "UBND", kind="ubnd_xa")

    answer = as_(people.editor).post(f"{HERE}yeu-cau/them", request_form(), follow=True)

    assert answer.status_code == 200
    row = Request.objects.get()
    assert {each.department for each in row.recipients.all()} == {people.department, commune}
    assert row.steps.get().kind == "compile"
    assert "Sở Y tế" in text_of(answer)


def test_only_those_ticked_are_asked(people):
    other = who.department(people.department.unit, "Sở Du lịch")

    client = as_(people.editor)

    mixed = client.post(f"{HERE}yeu-cau/them", request_form(who="all", recipients=[other.pk]))
    asked_by_then = Request.objects.count()
    client.post(f"{HERE}yeu-cau/them", request_form(who="chosen", recipients=[other.pk]))

    assert (mixed.status_code, asked_by_then) == (422, 0)
    assert [each.department for each in Request.objects.get().recipients.all()] == [other]


def test_pressing_twice_makes_one_request(people):
    client, form = as_(people.editor), request_form(idempotency_key="k1")

    client.post(f"{HERE}yeu-cau/them", form)
    client.post(f"{HERE}yeu-cau/them", form)

    assert Request.objects.count() == 1


def test_days_out_of_order_come_back_as_typed(people):
    answer = as_(people.editor).post(f"{HERE}yeu-cau/them", request_form(due_on="10/12/2023"))

    assert answer.status_code == 422
    assert "Lỗi:" in answer.content.decode() and 'value="10/12/2023"' in answer.content.decode()
    assert Request.objects.count() == 0


def test_the_days_are_counted_back_without_storing_anything(people):
    form = request_form(ministry_on="29/12/2023", backwards="1")

    answer = as_(people.editor).post(f"{HERE}yeu-cau/them", form)

    assert answer.status_code == 200
    assert 'value="26/12/2023"' in answer.content.decode()
    assert Request.objects.count() == 0


def test_a_department_makes_no_request(people):
    assert as_(people.chief).get(f"{HERE}yeu-cau/them").status_code == 404


def test_a_department_reads_what_it_was_asked_and_not_who_else_was(people):
    other = who.department(people.department.unit, "Sở Du lịch")
    row = asked(people, people.department, other)

    page = text_of(as_(people.officer).get(f"{HERE}yeu-cau/{row.public_id}/"))

    assert "Sở Y tế" in page and "Sở Du lịch" not in page


def test_the_office_extends_closes_and_opens_again(people):
    row = asked(people)
    client, one = as_(people.editor), row.recipients.get()
    extend = f"{HERE}yeu-cau/{row.public_id}/gia-han/{one.pk}"

    assert client.post(extend, {"due_on": "20/12/2023", "due_at": "17:00", "letter": ""}).status_code == 422
    assert client.post(extend, {"due_on": "20/12/2023", "due_at": "17:00", "letter": "2155"}).status_code == 302
    assert client.post(f"{HERE}yeu-cau/{row.public_id}/khoa", {"reason": ""}).status_code == 422
    assert client.post(f"{HERE}yeu-cau/{row.public_id}/khoa", {"reason": "Đã tổng hợp"}).status_code == 302
    row.refresh_from_db(), one.refresh_from_db()
    assert row.closed_at and one.extension_letter == "2155"
    client.post(f"{HERE}yeu-cau/{row.public_id}/khoa", {"reason": "Nhận thêm"})
    row.refresh_from_db()
    assert row.closed_at is None


def test_the_report_of_another_request_starts_beside_that_of_the_month(people):
    asked(people)
    topical = asked(people, kind="topical", subject="Chuyên đề mô hình", letter_number="")

    as_(people.editor).post(reverse("report_open", args=["quang-ninh", 2023]), {"request": topical.public_id})

    assert Report.objects.get(kind="report").request == topical


# ── who may see what ───────────────────────────────────────────────────────


@pytest.mark.parametrize("leaf", LEAVES)
def test_another_province_finds_nothing(people, leaf):
    report = opened(people)
    did(people.department)

    assert as_(people.stranger).get(url(report, leaf)).status_code == 404


@pytest.mark.parametrize("leaf", LEAVES)
def test_a_neighbour_finds_nothing(people, leaf):
    report = opened(people)
    did(people.department)
    neighbour = who.seat(who.department(people.department.unit, "Sở Du lịch"), "approver")

    assert as_(neighbour).get(url(report, leaf)).status_code == 404


@pytest.mark.parametrize("leaf", LEAVES)
def test_the_office_does_not_read_a_draft(people, leaf):
    report = opened(people)
    did(people.department)

    assert as_(people.editor).get(url(report, leaf)).status_code == 404


@pytest.mark.parametrize("leaf", LEAVES)
def test_the_head_opens_every_page_of_its_own_return(people, leaf):
    report = opened(people)
    did(people.department)

    assert as_(people.chief).get(url(report, leaf)).status_code == 200


@pytest.mark.parametrize("path", ["yeu-cau/", "bao-cao-don-vi/", "theo-doi/"])
@pytest.mark.parametrize("seat", ["editor", "officer", "chief"])
def test_the_lists_open_for_everybody_of_the_province(people, path, seat):
    opened(people)

    assert as_(getattr(people, seat)).get(HERE + path).status_code == 200


@pytest.mark.parametrize("path", ["yeu-cau/", "bao-cao-don-vi/", "theo-doi/", "theo-doi/nhac", "theo-doi/cong-van"])
def test_the_lists_of_another_province_are_not_found(people, path):
    opened(people)

    assert as_(people.stranger).get(HERE + path).status_code == 404


# ── a return ───────────────────────────────────────────────────────────────


def test_the_unit_writes_hands_in_and_sends(people):
    report = opened(people)
    did(people.department)
    editor, head = as_(people.officer), as_(people.chief)

    editor.post(url(report, "loi-van/III.2"), {"text": "Thiếu kinh phí.", "version": "1"})
    assert editor.post(url(report, "trinh-ky")).status_code == 302
    page = head.get(url(report, "gui"))
    assert "xác nhận 1 hoạt động" in text_of(page)
    answer = head.post(url(report, "gui"), {"number": "05", "symbol": "BC-SYT"}, follow=True)

    report.refresh_from_db()
    assert report.status == "sent"
    assert "Đã gửi báo cáo" in text_of(answer) and report.public_id in text_of(answer)


def test_an_editor_is_told_who_can_send(people):
    report = opened(people)

    answer = as_(people.officer).get(url(report, "gui"))

    assert answer.status_code == 403
    assert "lãnh đạo" in text_of(answer)


def test_late_stands_on_the_page_and_on_the_receipt(people):
    report = opened(people)
    did(people.department)
    Request.objects.update(cut_off=AT, due=timezone.now() - datetime.timedelta(hours=2, minutes=10, seconds=20))
    head = as_(people.chief)

    assert "Nộp muộn 2 giờ 10 phút" in text_of(head.get(url(report)))
    answer = head.post(url(report, "gui"), {}, follow=True)

    assert answer.status_code == 200 and "Nộp muộn 2 giờ 10 phút" in text_of(answer)


def test_an_empty_return_is_refused_on_the_page_and_a_nil_return_is_filed(people):
    report, head = opened(people), as_(people.chief)

    refused = head.post(url(report, "gui"), {"number": "05"})
    assert (
        refused.status_code == 422
        and "báo không phát sinh" in text_of(refused)
        and 'value="05"' in refused.content.decode()
    )
    assert head.post(url(report, "khong-phat-sinh"), {"reason": ""}).status_code == 422
    answer = head.post(url(report, "khong-phat-sinh"), {"reason": "Đơn vị mới thành lập"}, follow=True)

    report.refresh_from_db()
    assert report.status == "nil"
    assert "Đã báo không phát sinh" in text_of(answer)


def test_a_nil_return_with_activities_says_how_many(people):
    report = opened(people)
    did(people.department)

    answer = as_(people.chief).post(url(report, "khong-phat-sinh"), {"reason": "Không có"})

    assert answer.status_code == 422
    assert "Đơn vị còn 1 hoạt động trong kỳ nên không báo không phát sinh được" in text_of(answer)


def test_a_closed_request_says_why(people):
    report = opened(people)
    did(people.department)
    close_request(report.request, "Đã tổng hợp", by=people.editor, at=AT)
    head = as_(people.chief)

    assert "Đã tổng hợp" in text_of(head.get(url(report)))
    assert head.get(url(report, "gui")).status_code == 302
    assert head.post(url(report, "gui"), {}).status_code == 422


def test_two_people_on_one_text_get_a_choice(people):
    report, client = opened(people), as_(people.officer)

    client.post(url(report, "loi-van/II"), {"text": "Một", "version": "1"})
    answer = client.post(url(report, "loi-van/II"), {"text": "Hai", "version": "1"})

    assert answer.status_code == 409
    assert "Một" in text_of(answer) and "Hai" in text_of(answer)


def test_every_number_opens_the_activities_behind_it(people):
    report = opened(people)
    did(people.department, 50)
    did(people.department, 30, title="Tập huấn")
    page = as_(people.chief).get(url(report)).content.decode()

    link = re.search(r'href="([^"]*CT05\.1/nguon[^"]*)"[^>]*>80<', page)[1].replace("&amp;", "&")
    sources = text_of(as_(people.chief).get(link))

    assert "Nói chuyện chuyên đề" in sources and "Tập huấn" in sources


def test_a_sent_return_opens_its_frozen_sources(people):
    report = sent(people)

    answer = as_(people.editor).get(url(report, "so-lieu/CT05.1/nguon?vai-tro=lead"))

    assert "Nói chuyện chuyên đề" in text_of(answer)


def test_a_small_sensitive_count_is_hidden_from_the_office_and_shown_to_the_unit(people):
    commune = who.department(who.commune(people.department.unit), "UBND xã Đông Mai", "UBND", kind="ubnd_xa")
    head = who.seat(commune, "approver")
    report = Report.objects.get(request=asked(people, commune))
    row = make.activity(commune, "Thăm hỏi", status="waiting_head")
    make.result(row, "CT31.1", 3)
    send_return(report, RegistryFacts(), by=head, at=AT)
    leaf = url(report, "so-lieu/CT31.1/nguon?vai-tro=lead")

    assert "<5" in as_(people.editor).get(leaf).content.decode().replace("&lt;", "<")
    assert "<5" not in as_(head).get(leaf).content.decode().replace("&lt;", "<")


# ── the office ─────────────────────────────────────────────────────────────


def test_opening_a_return_is_seeing_it(people):
    report = sent(people)
    head = as_(people.chief)
    assert "Rút lại" in text_of(head.get(url(report)))

    as_(people.editor).get(url(report, "xem-xet"))

    assert "Rút lại" not in text_of(head.get(url(report)))
    assert head.post(url(report, "rut-lai")).status_code == 422


def test_the_office_returns_with_comments_after_a_second_look(people):
    report, client = sent(people), as_(people.editor)
    form = {
        "y-TOTAL_FORMS": "1",
        "y-INITIAL_FORMS": "0",
        "y-0-kind": "must",
        "y-0-anchor": "II",
        "y-0-text": "Ghi rõ số nữ",
        "decision": "return",
    }

    asked_again = client.post(url(report, "xem-xet"), form)
    assert "1 ý kiến" in text_of(asked_again)
    client.post(url(report, "xem-xet"), {**form, "confirmed": "1"})

    report.refresh_from_db()
    assert report.status == "returned"
    new = Report.objects.get(supersedes=report)
    said = text_of(as_(people.officer).get(url(new)))
    assert "Ghi rõ số nữ" in said
    assert "Kết quả nổi bật Bắt buộc sửa" in said


def test_the_office_accepts_and_is_told_what_was_verified(people):
    report, client = sent(people), as_(people.editor)
    form = {"y-TOTAL_FORMS": "1", "y-INITIAL_FORMS": "0", "decision": "accept"}

    assert "Tiếp nhận báo cáo của Sở Y tế" in text_of(client.post(url(report, "xem-xet"), form))
    client.post(url(report, "xem-xet"), {**form, "confirmed": "1"})

    report.refresh_from_db()
    assert report.status == "accepted"


def test_a_return_without_a_must_comes_back_as_typed(people):
    form = {"y-TOTAL_FORMS": "1", "y-INITIAL_FORMS": "0", "y-0-kind": "advice", "y-0-text": "Đẹp", "decision": "return"}

    answer = as_(people.editor).post(url(sent(people), "xem-xet"), form)

    assert answer.status_code == 422 and "Đẹp" in answer.content.decode()


# ── who has sent ───────────────────────────────────────────────────────────


def test_the_table_is_filtered_by_its_address(people):
    tourism = who.department(people.department.unit, "Sở Du lịch")
    asked(people, people.department, tourism)
    client = as_(people.editor)

    assert "0/2 đơn vị" in text_of(client.get(f"{HERE}theo-doi/"))
    found = text_of(client.get(f"{HERE}theo-doi/?tim=du+lich"))
    assert "Sở Du lịch" in found and "Sở Y tế" not in found
    assert "Không có đơn vị nào" in text_of(client.get(f"{HERE}theo-doi/?bao-cao=da-gui"))


def test_a_department_sees_its_own_line_only(people):
    tourism = who.department(people.department.unit, "Sở Du lịch")
    asked(people, people.department, tourism)

    page = text_of(as_(people.officer).get(f"{HERE}theo-doi/"))

    assert "Sở Y tế" in page and "Sở Du lịch" not in page


def test_the_letter_is_shown_before_it_goes(people):
    row = asked(people)
    client = as_(people.editor)
    Request.objects.update(due=timezone.now() + datetime.timedelta(days=2))

    page = client.get(f"{HERE}theo-doi/nhac?yeu-cau={row.public_id}")
    assert "Kính gửi: Sở Y tế" in text_of(page)
    one = row.recipients.get().pk
    shown = client.post(f"{HERE}theo-doi/nhac", {"recipients": [one], "words": "Cần gấp", "show": "1"})
    assert shown.status_code == 200 and "Cần gấp" in text_of(shown) and Reminder.objects.count() == 0
    gone = client.post(f"{HERE}theo-doi/nhac", {"recipients": [one], "words": "Cần gấp", "mail": "1"}, follow=True)

    assert "1 đơn vị không có địa chỉ thư" in text_of(gone)
    assert "Cần gấp" in Reminder.objects.get().text
    assert "Hôm nay không còn đơn vị nào để nhắc" in text_of(client.get(f"{HERE}theo-doi/nhac"))


def test_nobody_ticked_comes_back_with_the_fault(people):
    asked(people)

    assert as_(people.editor).post(f"{HERE}theo-doi/nhac", {"words": "Cần gấp"}).status_code == 422


def test_only_the_office_writes_reminders_and_letters(people):
    asked(people)

    assert as_(people.chief).get(f"{HERE}theo-doi/nhac").status_code == 404
    assert as_(people.chief).get(f"{HERE}theo-doi/cong-van").status_code == 404


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_letter_to_the_late_is_downloaded(people, kind):
    asked(people)

    answer = as_(people.editor).get(f"{HERE}theo-doi/cong-van?dang={kind}")

    assert answer.status_code == 200 and f".{kind}" in answer["Content-Disposition"]


# ── flat ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["yeu-cau/", "bao-cao-don-vi/", "theo-doi/", "theo-doi/nhac"])
def test_the_number_of_queries_does_not_grow_with_the_departments(people, path, django_assert_max_num_queries):
    client = as_(people.editor)
    bodies = [who.department(people.department.unit, f"Sở {n}") for n in range(31)]
    for body in bodies:
        who.seat(body)
    asked(people, people.department)
    Report.objects.update(**NIL)
    client.get(HERE + path)
    with CaptureQueriesContext(connection) as few:
        client.get(HERE + path)

    asked(people, *bodies)
    Report.objects.filter(department__in=bodies[1:]).update(**NIL)
    with django_assert_max_num_queries(len(few) + 1):
        client.get(HERE + path)


def test_a_viewer_reads_and_presses_nothing(people):
    report = sent(people)
    viewer = Seat.objects.create(user=who.user(), department=people.department, role="viewer")
    client = as_(viewer)

    assert client.get(url(report)).status_code == 200
    assert client.post(url(report, "rut-lai")).status_code == 403
