"""Whom a task binds: leads, groups of the day, what issuing writes down, and who is told."""

import datetime

import pytest
from django.conf import settings
from django.core import mail
from kombu.exceptions import OperationalError

from campaigns.assignments import charged_with, dropped_tasks, members_of, tasks_for
from campaigns.models import Recipient, Request, TaskAssignee, TaskQuestion
from campaigns.operations.amendments import amend_plan
from campaigns.operations.assignments import bind_tasks
from campaigns.operations.plans import IssueFacts, issue_plan, withdraw_plan
from campaigns.operations.questions import answer_question, ask_question
from campaigns.operations.reviews import approve_plan
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.models import DepartmentSuccession, Event, Notice, User
from provinces.notices import said
from provinces.operations import letters
from provinces.tasks import send_digests
from provinces.tests import make as who
from provinces.workflow import Refused

pytestmark = pytest.mark.django_db
D = datetime.date
FACTS = IssueFacts(number="224", symbol="KH-UBND", dated=D(2023, 11, 1))


@pytest.fixture
def people():
    return make_plans.cast()


def communes(people, count, **dates):
    found = []
    for n in range(count):
        unit = who.commune(people.province, f"Xã {n}", f"1{n:04}", **dates)
        found.append(who.department(unit, f"Ủy ban nhân dân xã {n}", "UBND", "ubnd_xa", **dates))
    return found


def plan_with(people, *tasks):
    """A submitted plan with its launch and these tasks."""
    plan = make_plans.started(people)
    make_plans.save_section(
        make_plans.section(plan), make_plans.PURPOSE, version=1, done=True, by=people.officer, at=NOW
    )
    for task in tasks:
        make_plans.task(plan, people, **{"lead": None, **task})
    return make_plans.submit_plan(plan, by=people.officer, at=NOW)


def approved(people, *tasks):
    return approve_plan(plan_with(people, *tasks), by=people.reviewer, at=NOW)


def issued(people, *tasks):
    return issue_plan(approved(people, *tasks), FACTS, by=people.head, at=NOW)


def titles(departments, people):
    rows = tasks_for({row.pk for row in departments}, people.province, make.campaign())
    return {(row.task.title, row.leads, row.binding) for row in rows}


def bound(plan):
    return set(TaskAssignee.objects.filter(task__plan=plan).values_list("task__title", "department"))


# ── groups ─────────────────────────────────────────────────────────────────


def test_issuing_writes_down_the_lead_and_every_commune_of_the_day(people):
    now = communes(people, 3)
    gone = who.department(
        who.commune(people.province, "Xã Cũ", "99999"), "UBND xã Cũ", "UBND", "ubnd_xa", valid_to=D(2023, 11, 14)
    )
    plan = issued(
        people,
        {"title": "Tư vấn pháp luật", "lead": people.justice},
        {"title": "Mít tinh", "lead_group": "communes_old"},
        {"title": "Việc của nơi khác", "lead_text": "Một tổ chức khác"},
    )

    assert bound(plan) == {("Tư vấn pháp luật", people.justice.pk), *(("Mít tinh", row.pk) for row in now)}
    assert gone.pk not in {pk for _title, pk in bound(plan)}


def test_the_offices_of_a_province_are_a_group_without_the_peoples_committees(people):
    wards = communes(people, 2)
    plan = make_plans.started(people)

    found = members_of(plan, {"offices", "communes"})

    assert set(found["offices"]) == {people.office.pk, people.justice.pk}
    assert set(found["communes"]) == {row.pk for row in wards}
    assert not {people.ubnd.pk, people.committee.pk} & {*found["offices"], *found["communes"]}


def test_the_communes_of_a_districts_plan_are_its_own(people):
    district = who.commune(people.province, "Huyện Kỳ Anh", "449", level="district")
    inside = who.commune(people.province, "Xã Kỳ Hoa", "18754")
    type(inside).objects.filter(pk=inside.pk).update(parent=district)
    mine = who.department(inside, "UBND xã Kỳ Hoa", "UBND", "ubnd_xa")
    communes(people, 2)
    plan = make.plan(who.department(district, "UBND huyện Kỳ Anh", "UBND", "ubnd_huyen"))

    assert members_of(plan, {"communes_old"}) == {"communes_old": [mine.pk]}


def test_another_provinces_communes_are_never_members(people):
    elsewhere = make_plans.cast("Hải Phòng", "31", "hai-phong")
    communes(people, 1)
    theirs = who.department(who.commune(elsewhere.province, "Xã X", "31001"), "UBND xã X", "UBND", "ubnd_xa")
    plan = issued(people, {"title": "Mít tinh", "lead_group": "communes_old"})

    assert theirs.pk not in {pk for _title, pk in bound(plan)}


def test_issuing_asks_the_same_for_one_commune_and_for_170(people, django_assert_max_num_queries):
    communes(people, 1)
    task = {"lead_group": "communes_old"}
    plan = approved(people, {"title": "Một", **task}, {"title": "Hai", **task})
    with django_assert_max_num_queries(3) as one:
        bind_tasks(plan)
    for n in range(170):
        unit = who.commune(people.province, f"Phường {n}", f"2{n:04}")
        who.department(unit, f"UBND phường {n}", "UBND", "ubnd_xa")

    with django_assert_max_num_queries(len(one)):
        bind_tasks(plan)

    assert TaskAssignee.objects.filter(task__plan=plan).count() == 2 * 171


# ── what a department is asked ─────────────────────────────────────────────


def test_an_approved_plan_is_planned_and_an_issued_one_binds(people):
    ward, *_others = communes(people, 2)
    plan = approved(
        people,
        {"title": "Mít tinh", "lead_group": "communes_old", "partners": (people.justice,)},
        {"title": "Tư vấn", "lead": people.justice},
    )
    assert titles([ward], people) == {("Mít tinh", True, False)}
    assert titles([people.justice], people) == {("Mít tinh", False, False), ("Tư vấn", True, False)}

    issue_plan(plan, FACTS, by=people.head, at=NOW)
    assert titles([ward], people) == {("Mít tinh", True, True)}
    assert titles([people.justice], people) == {("Mít tinh", False, True), ("Tư vấn", True, True)}


def test_before_the_approval_nobody_sees_a_task(people):
    ward = communes(people, 1)[0]
    plan = plan_with(people, {"title": "Mít tinh", "lead_group": "communes_old"})
    assert titles([ward], people) == set()

    withdraw_plan(plan, by=people.officer, at=NOW)
    assert titles([ward], people) == set()


def test_what_was_written_down_stays_though_a_commune_is_added_later(people):
    communes(people, 1)
    issued(people, {"title": "Mít tinh", "lead_group": "communes_old"})
    late = who.department(who.commune(people.province, "Xã Mới", "30000"), "UBND xã Mới", "UBND", "ubnd_xa")

    assert titles([late], people) == set()


def test_without_the_written_rows_an_issued_task_binds_nobody(people):
    ward = communes(people, 1)[0]
    issued(people, {"title": "Mít tinh", "lead_group": "communes_old"})
    TaskAssignee.objects.all().delete()

    assert titles([ward], people) == set()


def test_a_task_in_the_issued_plan_and_in_its_amendment_is_listed_once_and_binds(people):
    plan = issued(people, {"title": "Tư vấn", "lead": people.justice})
    amendment = make.plan(
        people.office, lineage=plan.lineage, version=2, amendment_reason="Đổi ngày", status="approved"
    )
    old = plan.tasks.get()
    amendment.tasks.create(lineage=old.lineage, title="Tư vấn", lead=people.justice, type=old.type, heading="III.2")
    amendment.tasks.create(title="Việc thêm", lead=people.justice, type=old.type, heading="III.2")

    rows = tasks_for({people.justice.pk}, people.province, make.campaign())

    assert {(row.task.title, row.binding, row.amended) for row in rows} == {
        ("Tư vấn", True, True),
        ("Việc thêm", False, False),
    }


def test_the_list_is_read_with_the_same_queries_for_one_task_and_for_forty(people, django_assert_max_num_queries):
    ward = communes(people, 1)[0]
    approved(people, {"title": "Mít tinh", "lead_group": "communes_old"}, {"title": "Tư vấn", "lead": ward})
    with django_assert_max_num_queries(7) as one:
        titles([ward], people)
    other = make.plan(people.office, kind="year", campaign=None, status="approved")
    for n in range(40):
        other.tasks.create(title=f"Việc {n}", lead=ward, type=make.activity_type(), heading="III.2")

    with django_assert_max_num_queries(len(one)):
        assert len(titles([ward], people)) == 42


def test_dated_tasks_come_first_and_those_to_help_with_last(people):
    mine = {"lead": people.justice}
    issued(
        people,
        {"title": "Không ngày", **mine},
        {"title": "Tháng 12", "starts_on": D(2023, 12, 1), **mine},
        {"title": "Phối hợp", "lead": people.office, "partners": (people.justice,)},
        {"title": "Tháng 11", "starts_on": D(2023, 11, 20), **mine},
    )

    rows = tasks_for({people.justice.pk}, people.province, make.campaign())

    assert [row.task.title for row in rows] == ["Tháng 11", "Tháng 12", "Không ngày", "Phối hợp"]


# ── who is told ────────────────────────────────────────────────────────────


def heard(department, step):
    return [said(row) for row in Notice.objects.filter(department=department, key__startswith=f"plan.{step}:")]


def test_submitting_tells_the_committees_head(people):
    plan = make_plans.submitted(people)

    notice = Notice.objects.get(department=people.committee)
    assert notice.role == "approver"
    assert notice.link == f"/quang-ninh/2023/ke-hoach/{plan.public_id}/xem-xet"
    assert said(notice).heading == "Kế hoạch chờ xem xét"
    assert "Sở Lao động - Thương binh và Xã hội trình lúc" in said(notice).words


def test_a_plan_submitted_again_is_told_again(people):
    plan = make_plans.submitted(people)
    withdraw_plan(plan, by=people.officer, at=NOW)
    make_plans.submit_plan(plan, by=people.officer, at=NOW + datetime.timedelta(minutes=5))

    assert len(heard(people.committee, "submit")) == 2


def test_returning_tells_the_office_how_much_has_to_be_fixed(people):
    make_plans.returned(people)

    (notice,) = heard(people.office, "return")
    assert notice.words.startswith("Ban Vì sự tiến bộ của phụ nữ tỉnh nêu 1 ý kiến, 1 bắt buộc sửa")


def test_approving_tells_the_office_and_each_department_its_number_of_tasks(people):
    ward = communes(people, 1)[0]
    approved(
        people,
        {"title": "Mít tinh", "lead_group": "communes_old"},
        {"title": "Truyền thanh", "lead_group": "communes_old", "partners": (people.justice, ward)},
    )

    assert [row.heading for row in heard(people.office, "approve")] == ["Kế hoạch đã duyệt"]
    assert [row.heading for row in heard(ward, "planned")] == [
        "Kế hoạch năm 2023 đã duyệt: 2 nhiệm vụ dự kiến giao cho đơn vị"
    ]
    assert [row.heading for row in heard(people.justice, "planned")] == [
        "Kế hoạch năm 2023 đã duyệt: 1 nhiệm vụ dự kiến giao cho đơn vị"
    ]
    assert heard(people.committee, "planned") == []


def test_issuing_tells_number_date_and_the_due_time_of_each_department(people):
    ward, late = communes(people, 2)
    at = datetime.datetime(2023, 12, 18, 17, tzinfo=NOW.tzinfo)
    request = Request.objects.create(
        kind="month", province=people.province, asker=people.office, campaign=make.campaign(), year=2023,
        scope="month", period_from=D(2023, 11, 15), period_to=D(2023, 12, 15), cut_off=at, due=at, created_at=NOW,
    )  # fmt: skip
    Recipient.objects.create(request=request, department=ward)
    Recipient.objects.create(request=request, department=late, due=at + datetime.timedelta(days=2))
    issued(
        people,
        {"title": "Mít tinh", "lead_group": "communes_old"},
        {"title": "Tư vấn", "lead": people.justice},
    )

    (told,) = heard(ward, "issue")
    assert told.heading == "Kế hoạch số 224/KH-UBND: 1 nhiệm vụ giao cho đơn vị"
    assert told.words == "Ban hành ngày 01/11/2023. Hạn gửi báo cáo: 17:00 ngày 18/12/2023. Xem nhiệm vụ"
    assert "17:00 ngày 20/12/2023" in heard(late, "issue")[0].words
    assert heard(people.justice, "issue")[0].words == "Ban hành ngày 01/11/2023. Xem nhiệm vụ"


def test_a_notice_says_on_which_days_the_tasks_are(people):
    issued(
        people,
        {"title": "Thăm hỏi", "lead": people.justice, "starts_on": D(2023, 12, 1), "ends_on": D(2023, 12, 10)},
        {"title": "Tư vấn", "lead": people.office, "partners": (people.justice,), "starts_on": D(2023, 11, 15)},
        {"title": "Truyền thông", "lead": people.justice, "when_text": "thường xuyên"},
    )

    words = "Thời gian: 15/11/2023; 01/12 – 10/12/2023. Ban hành ngày 01/11/2023. Xem nhiệm vụ"
    assert heard(people.justice, "issue")[0].words == words


def test_the_letter_of_the_issue_does_not_repeat_what_was_only_planned(people):
    User.objects.filter(pk=who.seat(people.justice).user_id).update(email="tu.phap@example.vn")
    plan = approved(people, {"title": "Tư vấn", "lead": people.justice})
    issue_plan(plan, FACTS, by=people.head, at=NOW)

    assert letters.send_digests(at=NOW) == 1

    (letter,) = mail.outbox
    assert "1 nhiệm vụ giao cho đơn vị" in letter.body
    assert "dự kiến" not in letter.body
    assert heard(people.justice, "planned")


def test_a_number_that_is_not_known_stays_open_in_the_notice(people):
    plan = approved(people, {"title": "Tư vấn", "lead": people.justice})
    issue_plan(plan, IssueFacts(symbol="KH-UBND", number_unknown=True), by=people.head, at=NOW)

    (told,) = heard(people.justice, "issue")
    assert told.heading == "Kế hoạch số …/KH-UBND: 1 nhiệm vụ giao cho đơn vị"
    assert told.words == "Ban hành ngày …. Xem nhiệm vụ"


def test_issuing_that_is_refused_binds_and_tells_nobody(people):
    plan = approved(people, {"title": "Tư vấn", "lead": people.justice})

    with pytest.raises(Refused):
        issue_plan(plan, IssueFacts(), by=people.head, at=NOW)

    assert bound(plan) == set()
    assert heard(people.justice, "issue") == []


def test_no_notice_carries_a_title_or_a_comment(people):
    make_plans.returned(people)
    for notice in Notice.objects.all():
        assert "Lễ phát động" not in str(notice.slots)
        assert "chỉ tiêu" not in str(notice.slots)


# ── questions ──────────────────────────────────────────────────────────────


def task_of(people, **more):
    plan = issued(people, {"title": "Tư vấn", "lead": people.justice, **more})
    return plan.tasks.get(title="Tư vấn")


def asked(task, people, text="Kinh phí lấy từ nguồn nào?"):
    return ask_question(task, text, by=people.lawyer, at=NOW)


def test_a_department_asks_and_the_office_answers(people):
    task = task_of(people)
    question = asked(task, people)
    assert said(Notice.objects.get(department=people.office, key=f"task.ask:{question.pk}")).words.startswith(
        "Sở Tư pháp hỏi về một nhiệm vụ"
    )

    answer_question(question, "Ngân sách của sở.", by=people.officer, at=NOW)

    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("Ngân sách của sở.", people.officer)
    assert Notice.objects.get(department=people.justice, key=f"task.answer:{question.pk}").link.endswith(
        f"/nhiem-vu/{task.public_id}/"
    )
    assert [row.verb for row in Event.objects.about(task)] == ["task.ask", "task.answer"]


def test_a_partner_asks_too_and_a_stranger_does_not(people):
    health = who.department(people.province, "Sở Y tế", "SYT")
    task = task_of(people, partners=(health,))
    ask_question(task, "Ai chuẩn bị?", by=who.seat(health), at=NOW)

    for stranger in (who.seat(who.department(people.province, "Sở Khác", "SK")), who.seat(health, "viewer")):
        with pytest.raises(Refused):
            ask_question(task, "Ai chuẩn bị?", by=stranger, at=NOW)

    assert TaskQuestion.objects.count() == 1


def test_the_successor_asks_for_the_department_that_ended(people):
    heir = who.department(people.province, "Sở Mới", "SM")
    task = task_of(people)
    DepartmentSuccession.objects.create(predecessor=people.justice, successor=heir, on=NOW.date())

    question = ask_question(task, "Ai chuẩn bị?", by=who.seat(heir), at=NOW)

    assert question.department == people.justice


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("", "Chưa có"),
        ("Gọi 0912345678", "số điện thoại"),
        ("Có mời chị Nguyễn Thị Hoa là nạn nhân bạo lực không?", "Nguyễn Thị Hoa"),
    ],
)
def test_a_question_names_nobody_and_says_something(people, text, refused):
    task = task_of(people)

    with pytest.raises(Refused) as fault:
        asked(task, people, text)

    assert refused in str(fault.value.sentence)
    assert not TaskQuestion.objects.exists()


def test_a_name_with_its_tick_is_an_officials(people):
    text = "Có mời chị Nguyễn Thị Hoa nói về nạn nhân bạo lực không?"
    question = ask_question(task_of(people), text, confirmed_names=True, by=people.lawyer, at=NOW)

    assert question.text == text


def test_two_answer_at_once_and_only_one_wins(people):
    question = asked(task_of(people), people)
    same = TaskQuestion.objects.select_related("task__plan").get(pk=question.pk)
    answer_question(question, "Một.", by=people.officer, at=NOW)

    with pytest.raises(Refused):
        answer_question(same, "Hai.", by=people.head, at=NOW)

    question.refresh_from_db()
    assert question.answer == "Một."


def test_only_the_office_answers(people):
    question = asked(task_of(people), people)

    for other in (people.lawyer, people.reviewer):
        with pytest.raises(Refused):
            answer_question(question, "Không rõ.", by=other, at=NOW)


def test_before_the_approval_nobody_asks(people):
    plan = make_plans.started(people)
    task = make_plans.task(plan, people, lead=people.justice)

    with pytest.raises(Refused):
        asked(task, people)


def test_who_is_charged_with_a_task(people):
    ward, other = communes(people, 2)
    plan = approved(people, {"title": "Tư vấn", "lead_group": "communes_old", "partners": (people.justice,)})
    task = plan.tasks.get()
    everybody = {ward.pk, other.pk, people.justice.pk, people.office.pk}

    assert charged_with(task, everybody) == {ward.pk, other.pk, people.justice.pk}
    issue_plan(plan, FACTS, by=people.head, at=NOW)
    task.plan = plan
    assert charged_with(task, {ward.pk, people.office.pk}) == {ward.pk}


# ── the bell ───────────────────────────────────────────────────────────────


def issue_by_page(client, people, plan):
    client.force_login(people.head.user)
    typed = {"number": "224", "symbol": "KH-UBND", "dated": "01/11/2023", "confirm": "1"}
    return client.post(f"/quang-ninh/2023/ke-hoach/{plan.public_id}/ban-hanh", typed)


def test_issuing_rings_for_the_letters(client, people, monkeypatch):
    rung = []
    monkeypatch.setattr(send_digests, "delay_on_commit", lambda **named: rung.append(named))
    plan = approved(people, {"title": "Tư vấn", "lead": people.justice})

    assert issue_by_page(client, people, plan).status_code == 302
    assert rung == [{}]


def test_when_the_queue_is_away_the_plan_is_issued_and_the_next_round_writes(client, people, monkeypatch):
    def lost(**_named):
        raise OperationalError("the queue is away")

    monkeypatch.setattr(send_digests, "delay_on_commit", lost)
    plan = approved(people, {"title": "Tư vấn", "lead": people.justice})
    type(people.lawyer.user).objects.filter(pk=people.lawyer.user_id).update(email="tu.phap@example.vn")

    assert issue_by_page(client, people, plan).status_code == 302

    plan.refresh_from_db()
    assert plan.status == "issued"
    Notice.objects.filter(key__startswith="plan.planned").delete()
    assert (send_digests(), send_digests()) == (1, 0)
    letter = mail.outbox[0]
    assert letter.subject == "[Tháng hành động 2023] Kế hoạch số 224/KH-UBND: 1 nhiệm vụ giao cho đơn vị"
    assert "Ban hành ngày 01/11/2023. Xem nhiệm vụ" in letter.body
    assert f"{settings.BASE_URL}/quang-ninh/2023/nhiem-vu/" in letter.body
    assert "Tư vấn" not in letter.body


def test_letters_go_out_at_half_past_seven_by_the_clock_of_vietnam():
    beat = settings.CELERY["beat_schedule"]["send-digests"]

    assert beat["task"] == send_digests.name
    assert (beat["schedule"].hour, beat["schedule"].minute) == ({7}, {30})
    assert settings.CELERY["timezone"] == "Asia/Ho_Chi_Minh"


# ── amendments ─────────────────────────────────────────────────────────────


def test_after_an_amendment_a_task_is_adjusted_dropped_or_as_it_was(people):
    mine = {"lead": people.justice}
    plan = issued(people, {"title": "Đổi ngày", **mine}, {"title": "Bỏ", **mine}, {"title": "Giữ", **mine})
    draft = amend_plan(plan, "Đổi ngày tổ chức", by=people.officer, at=NOW)
    moved = draft.tasks.get(title="Đổi ngày")
    moved.starts_on = D(2023, 12, 1)
    moved.save()
    draft.tasks.get(title="Bỏ").delete()
    draft.tasks.filter(title="Giữ").update(position=99)
    type(draft).objects.filter(pk=draft.pk).update(status="approved")
    draft.refresh_from_db()
    own = {people.justice.pk}
    assert dropped_tasks(own, people.province, make.campaign()) == []

    issue_plan(draft, FACTS, by=people.head, at=NOW)

    rows = tasks_for(own, people.province, make.campaign())
    assert {(row.task.title, row.adjusted) for row in rows} == {("Đổi ngày", True), ("Giữ", False)}
    assert [task.title for task in dropped_tasks(own, people.province, make.campaign())] == ["Bỏ"]
    assert dropped_tasks({people.office.pk}, people.province, make.campaign()) == []
