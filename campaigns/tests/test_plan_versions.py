"""Pages of the review's second round, of issuing with the scan, and of the amendment."""

import hashlib
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from campaigns.models import Plan
from campaigns.operations.plans import save_section, submit_plan
from campaigns.operations.reviews import answer_comment, comment_on_plan, return_plan
from campaigns.operations.sections import set_target
from campaigns.operations.tasks import MoneyData, remove_task
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.models import File
from provinces.tests import make as who

pytestmark = pytest.mark.django_db
PLACE = {"t": "quang-ninh", "y": 2023}
PDF = b"%PDF-1.7\nsigned\n%%EOF\n"
TYPED = {"number": "224", "symbol": "KH-UBND", "dated": "21/11/2023", "signer_lines": "CHỦ TỊCH", "signer": "Nguyễn A"}


@pytest.fixture
def people():
    make.campaign()
    return make_plans.cast()


@pytest.fixture
def stranger():
    return who.seat(who.office(who.province("Hà Tĩnh", "42", "ha-tinh")), "approver")


def url(name, plan, **more):
    return reverse(name, kwargs={**PLACE, "id": plan.public_id, **more})


def signed_in(client, seat):
    client.force_login(seat.user)
    return client


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def again(people):
    """A plan that came back with three comments, was changed, answered and submitted again."""
    plan = make_plans.complete(people)
    gone = make_plans.task(plan, people, title="Bỏ đi", money=(MoneyData(5_000_000, make.money_source()),))
    task = plan.tasks.first()
    submit_plan(plan, by=people.officer, at=NOW)
    for anchor, kind in (
        ("section:muc-dich", "must"),
        (f"task:{gone.public_id}", "must"),
        ("section:chu-de", "advice"),
    ):
        comment_on_plan(plan, anchor, kind, f"Về {anchor.partition(':')[0]}", by=people.reviewer, at=NOW)
    return_plan(plan, by=people.reviewer, at=NOW)
    save_section(
        make_plans.section(plan), "1. Tạo đợt cao điểm truyền thông rộng khắp.", version=2, done=True,
        by=people.officer, at=NOW,
    )  # fmt: skip
    remove_task(gone, version=gone.version, by=people.officer, at=NOW)
    for comment in plan.comments.all():
        answer_comment(comment, "explained", f"Trả lời {comment.pk}", by=people.officer, at=NOW)
    return submit_plan(plan, by=people.officer, at=NOW), task


# ── the review ─────────────────────────────────────────────────────────────


def test_the_committee_comments_on_a_figure(client, people):
    plan = make_plans.complete(people)
    make_plans.task(plan, people, title="Tập huấn", money=(MoneyData(80_000_000, make.money_source()),))
    set_target(plan, make.measure(), 103, by=people.officer, at=NOW)
    submit_plan(plan, by=people.officer, at=NOW)
    page = signed_in(client, people.reviewer).get(url("plan_review", plan))
    anchors = [value for _label, rows in page.context["form"].fields["anchor"].choices for value, _words in rows]
    task = plan.tasks.get(title="Tập huấn")
    assert {"figure:money", "target:CT04.1", f"figure:{task.public_id}:money"} <= set(anchors)

    for anchor in ("figure:money", "target:CT04.1", f"figure:{task.public_id}:money"):
        client.post(url("plan_review", plan), {"anchor": anchor, "kind": "must", "text": "Tách nguồn"})

    page = text(client.get(url("plan_review", plan)))
    assert plan.comments.count() == 3
    assert "Tập huấn" in page and "80.000.000 đồng" in page
    assert page.count('class="mark" href="#y') == 3


def test_a_comment_is_about_something_that_is_in_the_plan(client, people):
    plan = make_plans.submitted(people)
    signed_in(client, people.reviewer)

    answer = client.post(url("plan_review", plan), {"anchor": "figure:money", "kind": "must", "text": "Tách nguồn"})

    assert answer.status_code == 422
    assert plan.comments.count() == 0


def test_the_link_beside_a_place_opens_the_comment_on_it(client, people):
    plan = make_plans.submitted(people)

    page = signed_in(client, people.reviewer).get(url("plan_review", plan), {"ve": "section:muc-dich"})

    assert page.context["form"].initial["anchor"] == "section:muc-dich"
    assert "?ve=section%3Amuc-dich#them" in text(page)


@pytest.mark.parametrize("paper", ["KH", "QĐ", "CV"])
def test_the_committee_reads_what_will_be_printed(client, people, paper):
    plan = make_plans.complete(people, paper=paper)
    submit_plan(plan, by=people.officer, at=NOW)

    page = text(signed_in(client, people.reviewer).get(url("plan_review", plan)))

    assert ("Điều 1." in page) == (paper == "QĐ")
    assert ("Kính gửi:" in page) == (paper == "CV")
    assert 'id="section:muc-dich"' in page


def test_the_author_sees_each_comment_with_the_place_to_put_right(client, people):
    plan = make_plans.returned(people)

    page = text(signed_in(client, people.officer).get(url("plan", plan)))

    assert f'href="{url("plan_section", plan, key="muc-dich")}"' in page
    assert "Chưa trả lời" in page and "Còn 1 ý kiến" in page


def test_an_answer_can_be_changed_until_the_plan_goes_back(client, people):
    plan = make_plans.returned(people)
    comment = plan.comments.get()
    signed_in(client, people.officer)
    answer = url("plan_answer", plan, comment=comment.pk)

    client.post(answer, {f"c{comment.pk}-answer": "fixed"})
    client.post(answer, {f"c{comment.pk}-answer": "explained", f"c{comment.pk}-explanation": "Đã có ở mục III."})

    comment.refresh_from_db()
    assert (comment.answer, comment.explanation) == ("explained", "Đã có ở mục III.")
    assert "Đã trả lời hết" in text(client.get(url("plan", plan)))


def test_the_check_page_stops_at_a_comment_without_an_answer(client, people):
    plan = make_plans.returned(people)
    signed_in(client, people.officer)

    assert "1 ý kiến chưa trả lời" in text(client.get(url("plan_check", plan)))
    assert client.post(url("plan_submit", plan)).status_code == 422


def test_the_committee_sees_both_versions_with_answers_beside_the_places(client, people):
    plan, _task = again(people)
    signed_in(client, people.reviewer)

    review = text(client.get(url("plan_review", plan)))
    assert url("plan_changes", plan) in review
    page = text(client.get(url("plan_changes", plan)))

    assert "<del>" in page and "rộng khắp</ins>" in page
    assert "Bỏ đi" in page and "5.000.000 đồng" in page
    assert page.count("Trả lời ") >= 3
    assert "Không thay đổi" in page  # the theme was commented on and stayed


def test_the_author_sees_before_submitting_what_changed_since(client, people):
    plan = make_plans.returned(people)
    save_section(make_plans.section(plan), "Mới hẳn.", version=2, done=True, by=people.officer, at=NOW)

    page = text(signed_in(client, people.officer).get(url("plan_changes", plan)))

    assert "Bản hiện nay" in page and "<ins>Mới hẳn" in page


def test_the_first_submission_has_nothing_to_be_compared_with(client, people):
    plan = make_plans.submitted(people)

    assert signed_in(client, people.reviewer).get(url("plan_changes", plan)).status_code == 404
    assert client.get(url("plan_changes", plan), {"tu": "7", "den": "9"}).status_code == 404


def test_what_was_submitted_is_not_shown_to_other_departments(client, people):
    plan, _task = again(people)
    Plan.objects.filter(pk=plan.pk).update(status="approved")

    signed_in(client, people.lawyer)

    assert client.get(url("plan_changes", plan)).status_code == 404
    assert client.get(url("plan_changes", plan), {"tu": "1", "den": "2"}).status_code == 404


def once_more(plan, people, count):
    """Back to the office, some tasks added, and submitted again."""
    Plan.objects.filter(pk=plan.pk).update(status="returned")
    plan.refresh_from_db()
    for number in range(count):
        make_plans.task(plan, people, title=f"Việc {number}", partners=(people.justice,))
    submit_plan(plan, by=people.officer, at=NOW)


def test_two_versions_ask_as_often_for_thirty_tasks_as_for_one(client, people, django_assert_max_num_queries):
    plan, _task = again(people)
    once_more(plan, people, 1)
    signed_in(client, people.reviewer)
    client.get(url("plan_changes", plan))
    with django_assert_max_num_queries(60) as one:
        client.get(url("plan_changes", plan))
    few = len(one)
    once_more(plan, people, 30)

    with django_assert_max_num_queries(few):
        page = client.get(url("plan_changes", plan))

    assert "Việc 29" in text(page)


# ── issuing ────────────────────────────────────────────────────────────────


def test_the_plan_is_issued_with_its_scan_and_the_hash_of_it(client, people):
    plan = make_plans.approved(people)
    signed_in(client, people.head)

    asked = client.post(url("plan_issue", plan), {**TYPED, "scan": SimpleUploadedFile("224-KH.pdf", PDF)})
    token = File.objects.get().token
    assert "224/KH-UBND" in text(asked) and token in text(asked)
    assert Plan.objects.get().status == "approved"
    client.post(url("plan_issue", plan), {**TYPED, "scan_token": token, "confirm": "1"})

    plan.refresh_from_db()
    assert (plan.status, plan.number, plan.signer, plan.scan.token) == ("issued", "224", "Nguyễn A", token)
    page = text(client.get(url("plan", plan)))
    assert hashlib.sha256(PDF).hexdigest() in page
    assert reverse("file", kwargs={"token": token}) in page


def picture(kind) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("ban-ky.jpg", picture("JPEG")), ("ban-ky.jpeg", picture("JPEG")), ("ban-ky.png", picture("PNG"))],
)
def test_a_photographed_paper_is_kept_byte_for_byte(client, people, name, content):
    plan = make_plans.approved(people)

    signed_in(client, people.head).post(url("plan_issue", plan), {**TYPED, "scan": SimpleUploadedFile(name, content)})

    assert File.objects.get().sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ..."),
        ("a.pdf", b""),
        ("a.pdf", PDF[:12]),
        ("a.pdf", picture("PNG")),
        ("a.png", PDF),
        ("a.png", picture("PNG")[:60]),
        ("a.jpg", picture("PNG")),
        ("a.docx", PDF),
        ("a.svg", b"<svg/>"),
    ],
)
def test_what_is_no_paper_by_its_content_is_refused_and_the_rest_stays_as_typed(client, people, name, content):
    plan = make_plans.approved(people)

    answer = signed_in(client, people.head).post(
        url("plan_issue", plan), {**TYPED, "scan": SimpleUploadedFile(name, content)}
    )

    assert answer.status_code == 422
    assert 'value="224"' in text(answer) and "Nguyễn A" in text(answer)
    assert not File.objects.exists()


def test_a_good_scan_is_kept_while_another_field_is_put_right(client, people):
    plan = make_plans.approved(people)
    signed_in(client, people.head)

    answer = client.post(
        url("plan_issue", plan), {**TYPED, "dated": "31/11/2023", "scan": SimpleUploadedFile("224-KH.pdf", PDF)}
    )

    assert answer.status_code == 422
    assert File.objects.get().token in text(answer)


def test_another_departments_file_is_not_taken_for_the_scan(client, people, stranger):
    plan = make_plans.approved(people)
    signed_in(client, people.head).post(
        url("plan_issue", plan), {**TYPED, "scan": SimpleUploadedFile("224-KH.pdf", PDF)}
    )
    File.objects.update(owner=stranger.department)

    client.post(url("plan_issue", plan), {**TYPED, "scan_token": File.objects.get().token, "confirm": "1"})

    assert Plan.objects.get().scan is None


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ({"number": "5"}, "05"),
        ({"number": "224/KH"}, "ký hiệu"),
        ({"dated": "20/12/2023"}, "tháng hành động kết thúc"),
        ({"dated": "1/11/2023"}, "trước ngày trình"),
    ],
)
def test_a_hint_never_stands_in_the_way(client, people, typed, hint):
    plan = make_plans.approved(people)
    signed_in(client, people.head)
    typed = {**TYPED, **typed}

    assert hint in text(client.post(url("plan_issue", plan), typed))
    client.post(url("plan_issue", plan), {**typed, "confirm": "1"})

    assert Plan.objects.get().number == typed["number"]


def test_going_back_from_the_confirmation_shows_what_was_typed(client, people):
    plan = make_plans.approved(people)

    answer = signed_in(client, people.head).post(url("plan_issue", plan), {**TYPED, "change": "1"})

    assert answer.status_code == 200
    assert 'value="KH-UBND"' in text(answer)
    assert Plan.objects.get().status == "approved"


def test_of_two_heads_issuing_at_once_one_wins(client, people):
    plan = make_plans.approved(people)
    other = who.seat(people.office, "approver")
    signed_in(client, people.head).post(url("plan_issue", plan), {**TYPED, "confirm": "1"})

    answer = signed_in(client, other).post(url("plan_issue", plan), {**TYPED, "number": "999", "confirm": "1"})

    assert answer.url == url("plan", plan)
    assert Plan.objects.get().number == "224"


# ── amending ───────────────────────────────────────────────────────────────


def amend(client, plan, reason="đổi địa điểm", **more):
    return client.post(url("plan_amend", plan), {"reason": reason, **more})


def test_the_office_amends_its_issued_plan(client, people):
    plan = make_plans.issued(people)
    signed_in(client, people.officer)
    assert url("plan_amend", plan) in text(client.get(url("plan", plan)))

    answer = amend(client, plan)

    made = Plan.objects.get(version=2)
    assert answer.url == url("plan", made)
    page = text(client.get(url("plan", made)))
    assert "đổi địa điểm" in page and url("plan", plan) in page
    assert url("plan_amend", plan) not in text(client.get(url("plan", plan)))


def test_pressing_amend_twice_opens_one_version(client, people):
    plan = make_plans.issued(people)
    signed_in(client, people.officer)

    first, second = (amend(client, plan, idempotency_key="abc") for _n in range(2))

    assert first.url == second.url or second.url == url("plan", plan)
    assert Plan.objects.filter(version=2).count() == 1


def test_an_amendment_without_a_reason_comes_back(client, people):
    plan = make_plans.issued(people)

    answer = amend(signed_in(client, people.officer), plan, reason=" ")

    assert answer.status_code == 422
    assert Plan.objects.count() == 1


def test_the_list_shows_both_versions(client, people):
    plan = make_plans.issued(people)
    signed_in(client, people.officer)
    amend(client, plan)
    Plan.objects.filter(version=2).update(status="issued", number="15", number_unknown=True)
    Plan.objects.filter(version=1).update(status="superseded")

    page = text(client.get(reverse("plans", kwargs=PLACE)))

    assert "Bản đã bị thay thế" in page and "bản thứ 2" in page
    old = text(client.get(url("plan", plan)))
    assert "bị thay thế bởi bản thứ 2" in old


def test_an_amended_plan_is_compared_with_the_issued_one_by_everybody_who_sees_it(client, people):
    plan = make_plans.issued(people)
    amend(signed_in(client, people.officer), plan)
    made = Plan.objects.get(version=2)
    save_section(make_plans.section(made), "Mới hẳn.", version=1, done=True, by=people.officer, at=NOW)
    Plan.objects.filter(version=2).update(status="approved")

    page = text(signed_in(client, people.lawyer).get(url("plan_changes", made)))

    assert "<ins>Mới hẳn" in page and f"Bản thứ 1, số {plan.number}" in page


def test_only_the_office_finds_the_amendment(client, people, stranger):
    plan = make_plans.issued(people)
    for seat in (people.lawyer, people.reviewer):
        assert amend(signed_in(client, seat), plan).url == url("plan", plan)
    for name in ("plan_amend", "plan_changes", "plan_issue"):
        assert signed_in(client, stranger).get(url(name, plan)).status_code == 404

    amend(signed_in(client, people.officer), plan)
    made = Plan.objects.get(version=2)

    assert signed_in(client, people.lawyer).get(url("plan", made)).status_code == 404
    assert Plan.objects.count() == 2


# ── head and foot ──────────────────────────────────────────────────────────


def test_recipients_and_programmes_are_typed_on_the_page_of_facts(client, people):
    plan = make_plans.started(people)
    signed_in(client, people.officer)
    fields = {"subject": plan.subject, "issuer": people.ubnd.pk, "paper": "CV", "programmes": [make.programme().pk]}

    client.post(url("plan_facts", plan), {**fields, "recipients": "Bộ Nội vụ\nLưu: VT", "addressees": "Sở Tư pháp"})

    plan.refresh_from_db()
    assert (plan.recipients, plan.addressees) == ("Bộ Nội vụ\nLưu: VT", "Sở Tư pháp")
    assert list(plan.programmes.all()) == [make.programme()]
    page = client.get(url("plan_facts", plan)).context["form"]
    assert page["recipients"].value() == "Bộ Nội vụ\nLưu: VT"
