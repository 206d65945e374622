"""Pages of tasks: what a department sees the minute the plan is approved, its state, targets, questions."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from activities.models import Activity
from activities.tests import make as activities
from campaigns.models import TaskQuestion, TaskTarget
from campaigns.operations.amendments import amend_plan
from campaigns.operations.assignments import say_done
from campaigns.operations.plans import IssueFacts, issue_plan
from campaigns.operations.reviews import approve_plan
from campaigns.tests import make, make_plans
from provinces.models import Draft, Event
from provinces.tests import make as who
from provinces.tests.make import NOW
from provinces.workflow import Refused
from reports.queries.assigned import own_tasks
from reports.queries.places import current_place

pytestmark = pytest.mark.django_db
D = datetime.date
FACTS = IssueFacts(number="224", symbol="KH-UBND", dated=D(2023, 11, 1))
HERE = {"t": "quang-ninh", "y": 2023}


@pytest.fixture
def people():
    return make_plans.cast()


@pytest.fixture
def ward(people):
    unit = who.commune(people.province, "Phường Đông Mai", "07132")
    return who.department(unit, "Ủy ban nhân dân phường Đông Mai", "UBND", "ubnd_xa")


def approved(people, *tasks):
    plan = make_plans.started(people)
    make_plans.save_section(
        make_plans.section(plan), make_plans.PURPOSE, version=1, done=True, by=people.officer, at=NOW
    )
    for task in tasks:
        make_plans.task(plan, people, **{"lead": None, **task})
    plan = make_plans.submit_plan(plan, by=people.officer, at=NOW)
    return approve_plan(plan, by=people.reviewer, at=NOW)


def issued(people, *tasks):
    return issue_plan(approved(people, *tasks), FACTS, by=people.head, at=NOW)


def as_(seat):
    client = Client()
    client.force_login(seat.user)
    return client


def page(seat, name="tasks", **more):
    answer = as_(seat).get(reverse(name, kwargs={**HERE, **more}))
    assert answer.status_code == 200
    return answer.content.decode()


def of(seat, title="Tư vấn"):
    place = current_place(seat, ["quang-ninh", 2023])
    return next(row for row in own_tasks(seat, place) if row.task.title == title)


def recorded(owner, task, status="accepted", **more):
    return activities.activity(owner, "Đã làm", status=status, task_lineage=task.lineage, **more)


# ── the list ───────────────────────────────────────────────────────────────


def test_the_minute_the_plan_is_approved_a_department_sees_its_task_as_planned(people, ward):
    seat = who.seat(ward)
    plan = approved(people, {"title": "Mít tinh", "lead_group": "communes_old", "starts_on": D(2023, 11, 15)})

    for text in (page(seat), page(seat, "task", id=plan.tasks.get().public_id)):
        assert "Mít tinh" in text
        assert "Dự kiến" in text
        assert f"{reverse('activity_new', kwargs=HERE)}?nhiem-vu={plan.tasks.get().public_id}" in text

    issue_plan(plan, FACTS, by=people.head, at=NOW)
    assert "Đã giao" in page(seat)


def test_one_click_opens_the_form_filled_from_the_task(people, ward):
    plan = issued(people, {"title": "Mít tinh hưởng ứng", "lead_group": "communes_old", "starts_on": D(2023, 11, 15)})

    address = f"{reverse('activity_new', kwargs=HERE)}?nhiem-vu={plan.tasks.get().public_id}"
    form = as_(who.seat(ward)).get(address).content.decode()

    assert "Mít tinh hưởng ứng</textarea>" in form or 'value="Mít tinh hưởng ứng"' in form
    assert "15/11/2023" in form


def test_on_the_work_list_the_department_finds_the_task_its_dates_and_the_form(people, ward):
    plan = approved(people, {"title": "Mít tinh", "lead_group": "communes_old", "starts_on": D(2023, 11, 15)})

    text = as_(who.seat(ward)).get(reverse("home"), {"tinh": "quang-ninh", "nam": "2023"}).content.decode()

    assert "Nhiệm vụ theo kế hoạch" in text
    assert "15/11/2023" in text
    assert f"?nhiem-vu={plan.tasks.get().public_id}" in text


def test_a_viewer_and_a_locked_year_get_no_button(people, ward):
    issued(people, {"title": "Mít tinh", "lead_group": "communes_old"})
    assert "?nhiem-vu=" not in page(who.seat(ward, "viewer"))

    campaign = make.campaign()
    type(campaign).objects.update(locked_at=NOW)
    assert "?nhiem-vu=" not in page(who.seat(ward))


def test_a_partner_sees_the_task_and_who_leads_but_does_not_record_it_twice(people, ward):
    issued(people, {"title": "Lễ phát động", "lead": people.office, "partners": (ward,)})

    text = page(who.seat(ward))

    assert "Phối hợp" in text
    assert "Sở Lao động - Thương binh và Xã hội" in text
    assert "?nhiem-vu=" not in text


def test_while_the_plan_is_written_its_tasks_are_404_for_departments(people):
    plan = make_plans.started(people)
    task = make_plans.task(plan, people, lead=people.justice)
    address = reverse("task", kwargs={**HERE, "id": task.public_id})

    assert as_(people.lawyer).get(address).status_code == 404
    assert "Chưa có nhiệm vụ trong kế hoạch năm 2023" in page(people.lawyer)


def test_another_provinces_task_is_404(people):
    stranger = make_plans.cast("Hải Phòng", "31", "hai-phong")
    task = issued(people, {"title": "Tư vấn", "lead": people.justice}).tasks.get()

    for address in (reverse("task", kwargs={**HERE, "id": task.public_id}), reverse("tasks", kwargs=HERE)):
        assert as_(stranger.head).get(address).status_code == 404
    foreign = reverse("task", kwargs={"t": "hai-phong", "y": 2023, "id": task.public_id})
    assert as_(stranger.head).get(foreign).status_code == 404


def test_a_task_of_a_replaced_version_leads_to_its_newest(people):
    old = issued(people, {"title": "Tư vấn", "lead": people.justice})
    type(old).objects.filter(pk=old.pk).update(status="superseded")
    new = make.plan(people.office, lineage=old.lineage, version=2, amendment_reason="Đổi", status="approved")
    task = old.tasks.get()
    newest = new.tasks.create(lineage=task.lineage, title="Tư vấn", lead=people.justice, type=task.type, heading="III")

    answer = as_(people.lawyer).get(reverse("task", kwargs={**HERE, "id": task.public_id}))

    assert answer.url == reverse("task", kwargs={**HERE, "id": newest.public_id})


@pytest.mark.parametrize("name", ["tasks", "home"])
def test_the_pages_ask_the_same_for_one_commune_and_task_and_for_170(people, ward, name, django_assert_max_num_queries):
    task = {"lead_group": "communes_old"}
    plan = approved(people, {"title": "Một", **task})
    target(plan.tasks.get(), 1)
    client, address = as_(who.seat(ward)), reverse(name, kwargs=HERE if name == "tasks" else {})
    query = {"tinh": "quang-ninh", "nam": "2023"}
    client.get(address, query)
    recorded(ward, plan.tasks.get())
    with django_assert_max_num_queries(45) as one:
        client.get(address, query)
    for n in range(30):
        made = plan.tasks.create(title=f"Việc {n}", type=plan.tasks.first().type, heading="III.2", **task)
        target(made, 5)
        activities.output(recorded(ward, made), "CT04.1", 2)
    for n in range(170):
        unit = who.commune(people.province, f"Xã {n}", f"1{n:04}")
        who.department(unit, f"UBND xã {n}", "UBND", "ubnd_xa")
    issue_plan(plan, FACTS, by=people.head, at=NOW)

    with django_assert_max_num_queries(len(one) + 4):  # sums are asked for once there are results
        answer = client.get(address, query)
    assert "Việc 1" in answer.content.decode()


# ── states and targets ─────────────────────────────────────────────────────


def target(task, quantity=None, code="CT04.1", certainty="exact", text=""):
    certainty = certainty if quantity is not None else "text"
    return TaskTarget.objects.create(
        task=task, measure=make.measure(code), quantity=quantity, certainty=certainty, text=text
    )


@pytest.fixture
def task(people):
    return approved(people, {"title": "Tư vấn", "lead": people.justice}).tasks.get()


def test_without_an_activity_a_task_is_to_do(people, task):
    assert of(people.lawyer).state == "todo"


@pytest.mark.parametrize("status", ["draft", "sent", "returned"])
def test_with_drafts_only_it_is_in_progress(people, task, status):
    recorded(people.justice, task, status, comment="Sửa")

    assert of(people.lawyer).state == "doing"


def test_a_cancelled_activity_is_none(people, task):
    recorded(people.justice, task, "cancelled", cancel_reason="Mưa")

    assert of(people.lawyer).state == "todo"


def test_without_targets_one_accepted_activity_is_enough(people, task):
    recorded(people.justice, task)

    assert of(people.lawyer).state == "done"


def test_it_is_done_when_every_target_is_reached_by_accepted_activities(people, task):
    target(task, 5), target(task, text="hàng trăm", code="CT25.1")
    activities.output(recorded(people.justice, task), "CT04.1", 3)
    activities.output(recorded(people.justice, task, "sent"), "CT04.1", 9)
    row = of(people.lawyer)
    assert (row.state, row.progress[0].total) == ("doing", 3)

    activities.output(recorded(people.justice, task), "CT04.1", 2, "about")
    row = of(people.lawyer)
    assert (row.state, row.progress[0].total, row.progress[0].certainty) == ("done", 5, "about")


def test_another_departments_results_do_not_count_for_mine(people, task):
    target(task, 1)
    activities.output(recorded(people.office, task), "CT04.1", 1)

    assert (of(people.lawyer).state, of(people.lawyer).progress[0].total) == ("todo", None)


def test_a_part_is_not_added_to_its_whole_but_counts_alone_in_another_task(people, task):
    target(task, 60, "CT31.1")
    whole = activities.output(recorded(people.justice, task), "CT31.1", 50)
    activities.output(recorded(people.justice, task), "CT31.1", 48, part_of=whole)
    assert of(people.lawyer).progress[0].total == 50

    other = task.plan.tasks.create(title="Khác", lead=people.justice, type=task.type, heading="III.5")
    other.assignees.create(department=people.justice)
    target(other, 10, "CT31.1")
    activities.output(recorded(people.justice, other), "CT31.1", 14, part_of=whole)
    assert of(people.lawyer, "Khác").progress[0].total == 14


def test_a_provinces_own_measure_counts_under_the_national_one(people, task):
    target(task, 2)
    own = make.measure("CT04.1/22-1", rolls_up_to=make.measure("CT04.1"), province=people.province)
    activities.output(recorded(people.justice, task), own.code, 2)

    assert of(people.lawyer).state == "done"


def test_the_target_of_a_group_is_nobodys_alone(people, ward):
    task = approved(people, {"title": "Tư vấn", "lead_group": "communes_old"}).tasks.get()
    target(task, 171)
    recorded(ward, task)
    seat = who.seat(ward)

    assert of(seat).state == "done"
    assert "Chỉ tiêu là của tất cả cơ quan, đơn vị" in page(seat, "task", id=task.public_id)


# ── the office ─────────────────────────────────────────────────────────────


def test_the_office_sees_every_task_and_who_has_begun(people, ward):
    second = who.department(who.commune(people.province, "Xã Hai", "07133"), "UBND xã Hai", "UBND", "ubnd_xa")
    task = issued(people, {"title": "Mít tinh", "lead_group": "communes_old"}).tasks.get()
    recorded(ward, task, "sent")
    recorded(second, task, "draft")

    assert "1/2" in page(people.officer)
    text = page(people.officer, "task", id=task.public_id)
    assert text.index("UBND xã Hai") < text.rindex("Ủy ban nhân dân phường Đông Mai")
    assert "2 cơ quan, đơn vị được giao" in text


def test_small_counts_of_people_are_hidden_above_the_unit(people, ward):
    task = approved(people, {"title": "Tư vấn", "lead_group": "communes_old"}).tasks.get()
    make.measure("CT31.1", "Người được hỗ trợ", "người", "people", sensitive=True)
    target(task, 9, "CT31.1")
    activities.output(recorded(ward, task), "CT31.1", 3)

    assert "&lt;5" in page(people.officer, "task", id=task.public_id)
    own = page(who.seat(ward), "task", id=task.public_id)
    assert "&lt;5" not in own
    assert '<b class="num">3</b>' in own


def test_a_stranger_in_the_province_reads_the_task_without_results(people, ward):
    health = who.seat(who.department(people.province, "Sở Y tế", "SYT"))
    task = approved(people, {"title": "Tư vấn", "lead_group": "communes_old"}).tasks.get()
    target(task, 9)
    activities.output(recorded(ward, task), "CT04.1", 7)

    text = page(health, "task", id=task.public_id)

    assert '<b class="num">–</b>' in text
    assert "được giao" not in text
    assert 'name="text"' not in text


# ── questions ──────────────────────────────────────────────────────────────


def ask(seat, task, text="Kinh phí lấy từ nguồn nào?", **more):
    return as_(seat).post(reverse("task_ask", kwargs={**HERE, "id": task.public_id}), {"text": text, **more})


def test_a_question_goes_to_the_offices_work_list_and_its_answer_back(people, task):
    assert ask(people.lawyer, task).status_code == 302
    query = {"tinh": "quang-ninh", "nam": "2023"}
    assert "Trả lời 1 câu hỏi về nhiệm vụ" in as_(people.officer).get(reverse("home"), query).content.decode()
    assert "1 câu hỏi chờ trả lời" in as_(people.lawyer).get(reverse("home"), query).content.decode()

    question = TaskQuestion.objects.get()
    address = reverse("task_answer", kwargs={**HERE, "id": task.public_id, "question": question.pk})
    office = as_(people.officer)
    assert f'action="{address}"' in office.get(reverse("task", kwargs={**HERE, "id": task.public_id})).content.decode()
    assert office.post(address, {f"q{question.pk}-text": "Ngân sách của sở."}).status_code == 302

    assert "Ngân sách của sở." in page(people.lawyer, "task", id=task.public_id)
    assert "câu hỏi chờ trả lời" not in as_(people.lawyer).get(reverse("home"), query).content.decode()
    assert "Đã trả lời câu hỏi về nhiệm vụ" in as_(people.lawyer).get(reverse("notices")).content.decode()


def test_a_refused_question_comes_back_as_typed(people, task):
    answer = ask(people.lawyer, task, "Gọi 0912345678 được không?")

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Gọi 0912345678 được không?" in text
    assert "<title>Lỗi: " in text
    assert "Có 1 chỗ cần sửa" in text
    assert not TaskQuestion.objects.exists()


def test_a_name_is_asked_about_and_taken_with_its_tick(people, task):
    words = "Có mời chị Nguyễn Thị Hoa nói về nạn nhân bạo lực không?"
    first = ask(people.lawyer, task, words)
    assert first.status_code == 422

    (tick,) = first.context["ask"].privacy_ticks
    assert ask(people.lawyer, task, words, **{tick.html_name: tick.field.widget.attrs["value"]}).status_code == 302


def test_pressing_twice_asks_once_and_forgets_the_draft(people, task):
    Draft.objects.create(
        seat=people.lawyer, form="task_question", object_key=task.public_id, raw={"text": ["Kinh"]}, saved_at=NOW
    )
    assert ">Kinh</textarea>" in page(people.lawyer, "task", id=task.public_id).replace("\n", "")

    for _press in range(2):
        ask(people.lawyer, task, idempotency_key="mot-lan")

    assert TaskQuestion.objects.count() == 1
    assert not Draft.objects.exists()


def test_an_open_question_of_another_department_is_not_shown_an_answered_one_is(people, ward):
    second = who.department(who.commune(people.province, "Xã Hai", "07133"), "UBND xã Hai", "UBND", "ubnd_xa")
    task = issued(people, {"title": "Tư vấn", "lead_group": "communes_old"}).tasks.get()
    ask(who.seat(ward), task, "Tổ chức ngày nào?")
    other = who.seat(second)
    assert "Tổ chức ngày nào?" not in page(other, "task", id=task.public_id)
    assert "Tổ chức ngày nào?" in page(people.officer, "task", id=task.public_id)

    TaskQuestion.objects.update(answer="Ngày 15/11.", answered_by=people.officer, answered_at=NOW)
    assert "Ngày 15/11." in page(other, "task", id=task.public_id)


def test_a_question_of_another_task_cannot_be_answered_here(people, task):
    ask(people.lawyer, task)
    other = task.plan.tasks.create(title="Khác", lead=people.justice, type=task.type, heading="III.5")
    number = TaskQuestion.objects.get().pk
    address = reverse("task_answer", kwargs={**HERE, "id": other.public_id, "question": number})

    assert as_(people.officer).post(address, {f"q{number}-text": "x"}).status_code == 404
    assert Activity.objects.count() == 0


def test_a_question_follows_its_task_into_the_amendment(people):
    plan = issued(people, {"title": "Tư vấn", "lead": people.justice})
    task = plan.tasks.get()
    ask(people.lawyer, task)
    draft = amend_plan(plan, "Đổi ngày", by=people.officer, at=NOW)
    type(draft).objects.filter(pk=draft.pk).update(status="approved")
    draft.refresh_from_db()
    issue_plan(draft, FACTS, by=people.head, at=NOW)
    newest, number = draft.tasks.get(), TaskQuestion.objects.get().pk

    assert "1 câu hỏi chờ trả lời" in page(people.officer)
    address = reverse("task_answer", kwargs={**HERE, "id": newest.public_id, "question": number})
    assert as_(people.officer).post(address, {f"q{number}-text": "Ngân sách của sở."}).status_code == 302
    assert "Ngân sách của sở." in page(people.lawyer, "task", id=newest.public_id)


# ── the head's word ────────────────────────────────────────────────────────


def test_a_head_says_that_a_task_is_done_and_takes_it_back(people):
    row = issued(people, {"title": "Tư vấn", "lead": people.justice}).tasks.get()
    head = who.seat(people.justice, "approver")
    where = reverse("task_done", kwargs={**HERE, "id": row.public_id})
    assert "Đơn vị đã làm xong" in page(head, "task", id=row.public_id)
    assert "Đơn vị đã làm xong" not in page(people.lawyer, "task", id=row.public_id)

    as_(people.lawyer).post(where)
    assert of(people.lawyer).state == "todo"
    as_(head).post(where), as_(head).post(where)

    assert of(people.lawyer).state == "done"
    assert "Lãnh đạo đơn vị báo đã xong" in page(people.officer, "task", id=row.public_id)
    assert "báo đã xong" in page(people.lawyer, "task", id=row.public_id)
    as_(head).post(where, {"back": "1"})
    assert of(people.lawyer).state == "todo"
    assert [event.verb for event in Event.objects.about(row)] == ["task.done", "task.not_done"]


def test_what_a_head_said_outlives_an_amendment_and_needs_a_binding_task(people, task):
    head = who.seat(people.justice, "approver")
    with pytest.raises(Refused):
        say_done(task, by=head, at=NOW)

    plan = issue_plan(task.plan, FACTS, by=people.head, at=NOW)
    task.refresh_from_db()
    say_done(task, by=head, at=NOW)
    newest = amend_plan(plan, "Đổi địa điểm", by=people.officer, at=NOW)
    make_plans.save_section(make_plans.section(newest), "1. Mới.", version=1, done=True, by=people.officer, at=NOW)
    newest = approve_plan(make_plans.submit_plan(newest, by=people.officer, at=NOW), by=people.reviewer, at=NOW)
    issue_plan(newest, IssueFacts(number="9", symbol="KH-UBND", dated=D(2023, 11, 9)), by=people.head, at=NOW)

    assert of(people.lawyer).state == "done"
    with pytest.raises(Refused):
        say_done(task.__class__.objects.get(pk=task.pk), by=head, at=NOW)
