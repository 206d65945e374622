"""The pages of a plan, as the people of a province use them."""

import datetime
import re

import pytest
from django.urls import reverse

from campaigns.models import Plan, Programme, StandardTask
from campaigns.operations.plans import save_section
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.tests import make as who

pytestmark = pytest.mark.django_db
PLACE = {"t": "quang-ninh", "y": 2023}


@pytest.fixture
def people():
    make.campaign()
    return make_plans.cast()


def sign_in(client, seat):
    client.force_login(seat.user)
    return client


def url(name, plan=None, **more):
    return reverse(name, kwargs={**PLACE, **({"id": plan.public_id} if plan else {}), **more})


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_officer_starts_a_plan_from_the_usual_split(client, people):
    StandardTask.objects.create(
        era="to_2025_02",
        department_name="Sở Tư pháp",
        heading="III.3",
        text="Phổ biến pháp luật",
        type=make.activity_type(),
    )
    sign_in(client, people.officer)
    page = client.get(url("plan_new"))
    fields = {name: box.value() for name, box in ((b.name, b) for b in page.context["form"]) if box.value()}

    answer = client.post(url("plan_new"), {**fields, "issuer": people.ubnd.pk, "paper": "KH", "base": "split"})

    plan = Plan.objects.get()
    assert answer.url == url("plan", plan)
    assert plan.subject.startswith("Triển khai Tháng hành động vì bình đẳng giới")
    assert [task.lead for task in plan.tasks.all()] == [people.justice]


def test_pressing_start_twice_starts_one_plan(client, people):
    sign_in(client, people.officer)
    fields = {
        "kind": "month",
        "subject": "Triển khai",
        "owner": people.office.pk,
        "issuer": people.ubnd.pk,
        "paper": "KH",
        "base": "empty",
        "idempotency_key": "abc",
    }

    first, second = (client.post(url("plan_new"), fields) for _n in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Plan.objects.count() == 1


def test_a_programme_plan_says_until_when(client, people):
    sign_in(client, people.officer)
    fields = {
        "kind": "programme",
        "subject": "Chương trình",
        "owner": people.office.pk,
        "issuer": people.ubnd.pk,
        "paper": "KH",
        "base": "empty",
    }

    assert client.post(url("plan_new"), fields).status_code == 422
    client.post(url("plan_new"), {**fields, "last_year": "2030"})

    assert (Plan.objects.get().year_from, Plan.objects.get().year_to) == (2023, 2030)


def test_a_section_is_saved_and_the_next_one_opens(client, people):
    plan = make_plans.started(people)
    sign_in(client, people.officer)

    answer = client.post(
        url("plan_section", plan, key="can-cu"),
        {"text": "Căn cứ Luật Bình đẳng giới", "done": "yes", "version": "1", "next": "1"},
    )

    assert answer.url == url("plan_section", plan, key="muc-dich")
    assert make_plans.section(plan, "can-cu").text == "Căn cứ Luật Bình đẳng giới"


def test_what_was_typed_stays_when_somebody_else_was_faster(client, people):
    plan = make_plans.started(people)
    save_section(make_plans.section(plan), "Bản mới nhất", version=1, done=False, by=people.head, at=NOW)
    sign_in(client, people.officer)

    answer = client.post(
        url("plan_section", plan, key="muc-dich"), {"text": "Bản của tôi", "done": "no", "version": "1"}
    )

    assert answer.status_code == 409
    assert "Bản mới nhất" in text(answer)
    assert "Bản của tôi" in text(answer)
    assert make_plans.section(plan).text == "Bản mới nhất"
    assert 'name="version" value="2"' in text(answer)


def test_a_draft_of_a_section_is_back_when_the_page_is_opened_again(client, people):
    plan = make_plans.started(people)
    sign_in(client, people.officer)
    section = url("plan_section", plan, key="muc-dich")
    form = {"draft_form": "plan_section", "draft_object": f"{plan.public_id}/muc-dich"}
    client.post(reverse("draft"), {**form, "text": "Đang gõ dở", "done": "no", "version": "1"})

    assert "Đang gõ dở" in text(client.get(section))
    client.post(section, {"text": "Đã gõ xong", "done": "yes", "version": "1"})
    assert "Đang gõ dở" not in text(client.get(section))


def test_a_telephone_number_comes_back_with_the_text(client, people):
    plan = make_plans.started(people)
    sign_in(client, people.officer)

    answer = client.post(
        url("plan_section", plan, key="muc-dich"),
        {"text": "Gọi 0912 345 678", "done": "no", "version": "1"},
    )

    assert answer.status_code == 422
    assert "Gọi 0912 345 678" in text(answer)


def task_fields(people, **more):
    return {
        "title": "Tập huấn cho cán bộ",
        "type": make.activity_type().pk,
        "lead": "sở tư pháp",
        "partners": "so noi vu; SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI\nĐoàn thể cùng cấp",
        "starts_on": "24/11",
        "ends_on": "27-11-2023",
        "version": "0",
        "targets-TOTAL_FORMS": "2",
        "targets-INITIAL_FORMS": "0",
        "targets-0-measure": make.measure().pk,
        "targets-0-quantity_certainty": "exact",
        "targets-0-quantity_value": "khoảng 600",
        "targets-1-quantity_certainty": "exact",
        "targets-1-quantity_value": "",
        "money-TOTAL_FORMS": "1",
        "money-INITIAL_FORMS": "0",
        "money-0-amount": "96 triệu",
        "money-0-source": make.money_source().pk,
        "money-0-form": "cash",
        **more,
    }


def test_a_task_is_typed_as_people_type(client, people):
    plan = make_plans.started(people)
    sign_in(client, people.officer)

    answer = client.post(url("plan_task_new", plan), task_fields(people))

    assert answer.status_code == 302, text(answer)
    task = plan.tasks.get()
    assert (task.lead, str(task.starts_on), str(task.ends_on)) == (people.justice, "2023-11-24", "2023-11-27")
    assert [str(p) for p in task.partners.all()] == [
        "so noi vu",
        "Sở Lao động - Thương binh và Xã hội",
        "Đoàn thể cùng cấp",
    ]
    assert (task.targets.get().quantity, task.targets.get().certainty) == (600, "about")
    assert task.money.get().amount == 96_000_000


def test_a_task_opens_with_what_it_holds_and_is_saved_again(client, people):
    plan = make_plans.started(people)
    sign_in(client, people.officer)
    client.post(url("plan_task_new", plan), task_fields(people))
    task = plan.tasks.get()

    page = client.get(url("plan_task", plan, task=task.public_id))

    assert 'value="24/11/2023"' in text(page)
    assert 'value="96.000.000"' in text(page)
    client.post(url("plan_task", plan, task=task.public_id), task_fields(people, title="Tập huấn", version="1"))
    task.refresh_from_db()
    assert (task.title, task.version, task.targets.count(), task.money.count()) == ("Tập huấn", 2, 1, 1)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"title": ""}, "title"),
        ({"starts_on": "31/11"}, "31/11/2023"),
        ({"ends_on": "01/11/2023"}, "01/11/2023"),
        ({"targets-0-quantity_value": "1,000"}, "1,000"),
        ({"money-0-source": ""}, "money-0-source"),
        ({"money-0-amount": "80"}, "80"),
    ],
)
def test_a_fault_comes_back_with_everything_that_was_typed(client, people, fault, words):
    plan = make_plans.started(people)
    sign_in(client, people.officer)

    answer = client.post(url("plan_task_new", plan), task_fields(people, **fault))

    assert answer.status_code == 422
    assert words in text(answer)
    assert "Đoàn thể cùng cấp" in text(answer)
    assert 'class="errors' in text(answer)
    assert plan.tasks.count() == 0


def test_a_task_moves_and_leaves(client, people):
    plan = make_plans.started(people)
    first, second = (make_plans.task(plan, people, title=f"Việc {n}") for n in "12")
    sign_in(client, people.officer)

    client.post(url("plan_task", plan, task=second.public_id), {"steps": "-1"})
    assert [task.title for task in plan.tasks.all()] == ["Việc 2", "Việc 1"]
    client.post(url("plan_task", plan, task=first.public_id), {"act": "remove", "version": "1"})
    assert [task.title for task in plan.tasks.all()] == ["Việc 2"]


def test_the_check_names_what_is_missing_and_links_to_it(client, people):
    plan = make_plans.started(people)
    make_plans.task(plan, people, title="Chưa giao", lead=None)
    sign_in(client, people.officer)

    page = client.get(url("plan_check", plan))

    assert url("plan_section", plan, key="muc-dich") in text(page)
    assert url("plan_task", plan, task=plan.tasks.get().public_id) in text(page)
    assert url("plan_submit", plan) in text(page)
    assert client.post(url("plan_submit", plan)).status_code == 422


def test_a_programme_that_has_ended_is_offered_only_where_it_was_chosen(client, people):
    plan = make_plans.started(people)
    now = make.programme("CT-2030", "Chương trình đến năm 2030")
    ended = make.programme("CL-2020", "Chiến lược 2011 - 2020")
    Programme.objects.filter(pk=ended.pk).update(year_from=2011, year_to=2020)
    old = make_plans.task(plan, people, title="Việc cũ", programmes=(ended,))
    sign_in(client, people.officer)

    new = text(client.get(url("plan_task_new", plan)))
    assert now.name in new
    assert ended.name not in new
    assert ended.name in text(client.get(url("plan_task", plan, task=old.public_id)))


def test_what_many_tasks_lack_alike_is_one_line_of_the_check(client, people):
    plan = make_plans.started(people)
    tasks = [make_plans.task(plan, people, title=f"Việc {n}", starts_on=None, ends_on=None) for n in "1234"]
    sign_in(client, people.officer)

    page = text(client.get(url("plan_check", plan)))

    assert "<summary>4 nhiệm vụ chưa có thời gian</summary>" in page
    assert "chưa có thời gian: Việc" not in page
    assert all(f'<li><a href="{url("plan_task", plan, task=task.public_id)}">' in page for task in tasks)

    tasks[0].delete()
    page = text(client.get(url("plan_check", plan)))
    assert "<summary>" not in page
    assert page.count("chưa có thời gian: Việc") == 3


def test_from_check_to_receipt_to_approval_to_issue(client, people):
    plan = make_plans.complete(people)
    sign_in(client, people.officer)
    assert client.post(url("plan_submit", plan)).url == url("plan_receipt", plan)
    assert f"KH-2023-22-{plan.pk:04d}" in text(client.get(url("plan_receipt", plan)))
    assert client.post(url("plan_submit", plan)).url == url("plan_receipt", plan)

    sign_in(client, people.reviewer)
    assert "Tạo đợt cao điểm" in text(client.get(url("plan_review", plan)))
    confirm = client.post(url("plan_review", plan), {"conclude": "1", "decision": "approve"})
    assert confirm.status_code == 200
    client.post(url("plan_review", plan), {"conclude": "1", "decision": "approve", "confirmed": "1"})
    plan.refresh_from_db()
    assert plan.status == "approved"

    sign_in(client, people.head)
    fields = {"number": "224", "symbol": "KH-UBND", "dated": "1/11/2023", "signer": ""}
    assert client.post(url("plan_issue", plan), {**fields, "number": "", "confirm": "1"}).status_code == 422
    assert client.post(url("plan_issue", plan), fields).status_code == 200
    client.post(url("plan_issue", plan), {**fields, "confirm": "1"})
    plan.refresh_from_db()
    assert (plan.status, plan.number, plan.dated) == ("issued", "224", datetime.date(2023, 11, 1))


def test_the_committee_returns_with_a_comment_and_the_author_answers(client, people):
    plan = make_plans.submitted(people)
    sign_in(client, people.reviewer)
    client.get(url("plan_review", plan))
    assert client.post(url("plan_review", plan), {"conclude": "1", "decision": "return"}).status_code == 422
    assert (
        client.post(url("plan_review", plan), {"anchor": "section:muc-dich", "kind": "must", "text": ""}).status_code
        == 422
    )
    client.post(url("plan_review", plan), {"anchor": "section:muc-dich", "kind": "must", "text": "Ghi rõ chỉ tiêu"})
    client.post(url("plan_review", plan), {"conclude": "1", "decision": "return", "confirmed": "1"})
    plan.refresh_from_db()
    assert plan.status == "returned"

    sign_in(client, people.officer)
    said = plan.comments.get()
    assert "Ghi rõ chỉ tiêu" in text(client.get(url("plan", plan)))
    answer = url("plan_answer", plan, comment=said.pk)
    assert client.post(answer, {f"c{said.pk}-answer": "explained"}).status_code == 422
    client.post(answer, {f"c{said.pk}-answer": "fixed"})
    assert client.post(url("plan_submit", plan)).url == url("plan_receipt", plan)


def test_a_plan_seen_by_the_committee_is_not_withdrawn(client, people):
    plan = make_plans.submitted(people)
    sign_in(client, people.reviewer).get(url("plan_review", plan))

    sign_in(client, people.officer).post(url("plan_withdraw", plan))

    plan.refresh_from_db()
    assert plan.status == "submitted"


def test_an_unopened_plan_is_withdrawn(client, people):
    plan = make_plans.submitted(people)

    sign_in(client, people.officer).post(url("plan_withdraw", plan))

    plan.refresh_from_db()
    assert plan.status == "draft"


PAGES = ["plan", "plan_facts", "plan_check", "plan_targets", "plan_task_new", "plan_document"]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_its_writer(client, people, name):
    plan = make_plans.complete(people)

    assert sign_in(client, people.officer).get(url(name, plan)).status_code == 200


@pytest.mark.parametrize("name", [*PAGES, "plan_review", "plan_receipt", "plan_issue"])
def test_a_stranger_finds_no_plan(client, people, name):
    plan = make_plans.issued(people)
    stranger = who.seat(who.office(who.province("Hà Tĩnh", "42", "ha-tinh")), "approver")

    assert sign_in(client, stranger).get(url(name, plan)).status_code == 404


def test_a_department_finds_the_plan_once_it_is_approved(client, people):
    plan = make_plans.submitted(people)
    sign_in(client, people.lawyer)
    assert client.get(url("plan", plan)).status_code == 404

    Plan.objects.update(status="approved")

    assert client.get(url("plan", plan)).status_code == 200
    assert client.get(url("plan_section", plan, key="muc-dich")).status_code == 302
    assert client.get(url("plan_review", plan)).status_code == 404


def test_a_department_sees_which_tasks_are_its_own(client, people):
    plan = make_plans.complete(people)
    make_plans.task(plan, people, title="Phổ biến pháp luật", lead=people.justice)
    Plan.objects.update(status="approved")
    sign_in(client, people.lawyer)

    assert text(client.get(url("plan", plan))).count("của đơn vị mình, dự kiến") == 1
    Plan.objects.update(status="issued", number="1", dated=datetime.date(2023, 11, 1))
    assert text(client.get(url("plan", plan))).count("của đơn vị mình, đã giao") == 1


def test_the_anonymous_are_asked_to_sign_in(client, people):
    plan = make_plans.issued(people)

    assert client.get(url("plan", plan)).url.startswith(reverse("sign_in"))


def test_a_plan_is_not_reached_through_another_year(client, people):
    plan = make_plans.issued(people)
    make.campaign(2024)
    sign_in(client, people.officer)

    assert client.get(reverse("plan", kwargs={"t": "quang-ninh", "y": 2024, "id": plan.public_id})).status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_paper_is_taken_away_as_a_file(client, people, kind):
    plan = make_plans.complete(people)

    answer = sign_in(client, people.officer).get(url("plan_document", plan), {"dang": kind})

    assert answer["Content-Disposition"].startswith("attachment")
    assert len(answer.content) > 5000


def test_pages_of_the_paper_are_pictures(client, people):
    plan = make_plans.complete(people)
    sign_in(client, people.officer)

    assert client.get(url("plan_page", plan, no=1))["Content-Type"] == "image/png"
    assert client.get(url("plan_page", plan, no=99)).status_code == 404


def test_the_list_asks_as_often_for_thirty_plans_as_for_one(client, people, django_assert_max_num_queries):
    make.plan(people.office)
    sign_in(client, people.officer)
    client.get(url("plans"))
    with django_assert_max_num_queries(60) as one:
        client.get(url("plans"))
    for number in range(30):
        body = who.department(who.commune(people.province, f"Xã {number}", f"{number:05}"), f"UBND xã {number}")
        make.plan(body, status="returned")

    with django_assert_max_num_queries(len(one)):
        page = client.get(url("plans"))

    assert text(page).count("UBND xã") == 30


def test_the_plan_asks_as_often_for_thirty_tasks_as_for_one(client, people, django_assert_max_num_queries):
    plan = make_plans.started(people)
    make_plans.task(plan, people, partners=(people.justice,))
    sign_in(client, people.officer)
    with django_assert_max_num_queries(80) as one:
        client.get(url("plan", plan))
    for number in range(30):
        make_plans.task(plan, people, title=f"Việc {number}", partners=(people.justice,))

    with django_assert_max_num_queries(len(one)):
        page = client.get(url("plan", plan))

    assert "Việc 29" in text(page)
