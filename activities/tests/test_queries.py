"""Who sees which activity in which role, what is flagged, and that lists ask the same number of questions."""

import datetime

import pytest

from activities import queries
from activities.models import Activity
from activities.tests import make
from campaigns.models import TaskPartner
from campaigns.tests import make as campaigns
from provinces.tests import make as who


def launch(scene):
    """The launch of 10/11/2023: the office leads, three others help."""
    helpers = [
        who.department(scene.province, name)
        for name in ("Liên đoàn Lao động tỉnh", "Ban Quản lý Khu kinh tế", "UBND thị xã Quảng Yên")
    ]
    row = make.activity(
        scene.office, starts_on=datetime.date(2023, 11, 10), window_reason="Ghép với ngày hội", status="sent"
    )
    make.participant(row, scene.office, "lead")
    for helper in helpers:
        make.participant(row, helper)
    make.output(row, quantity=550, certainty="about")
    return row, helpers


def test_each_of_the_four_organisers_sees_the_launch_in_its_own_list(scene):
    row, helpers = launch(scene)
    campaign = row.campaign

    for body, role in [(scene.office, "lead"), *((helper, "co") for helper in helpers)]:
        found = queries.own_and_joined([body.pk], campaign, 2023)
        assert {r: rows for r, rows in found.items() if rows} == {role: [row]}
        assert list(queries.activities_of_year(who.seat(body), scene.province, 2023)) == [row]
    assert Activity.objects.count() == 1
    assert not any(queries.own_and_joined([scene.department.pk], campaign, 2023).values())


def test_drafts_of_others_and_what_is_gone_are_not_in_the_list(scene):
    for status, more in (("draft", {}), ("waiting_head", {}), ("cancelled", {"cancel_reason": "Ghi nhầm"})):
        make.participant(make.activity(scene.office, status=status, **more), scene.department)
    own = make.activity(scene.department, status="draft")
    make.activity(scene.department, status="cancelled", cancel_reason="Ghi nhầm")

    found = queries.own_and_joined([scene.department.pk], campaigns.campaign(2023), 2023)

    assert {role: rows for role, rows in found.items() if rows} == {"lead": [own]}


def test_month_and_year_are_apart(scene):
    month = make.activity(scene.department)
    year = make.activity(scene.department, scope="year", campaign=None)

    assert queries.own_and_joined([scene.department.pk], month.campaign, 2023)["lead"] == [month]
    assert queries.own_and_joined([scene.department.pk], None, 2023)["lead"] == [year]


def test_a_recorder_that_another_led_has_helped(scene):
    row = make.activity(scene.department)
    make.participant(row, scene.office, "lead")

    assert queries.own_and_joined([scene.department.pk], row.campaign, 2023)["co"] == [row]


def test_a_list_asks_the_same_number_of_questions_for_1_row_and_for_30(scene, django_assert_num_queries):
    def read():
        rows = list(queries.listed(queries.activities_of_year(scene.officer, scene.province, 2023)))
        last = queries.last_year(rows)
        for row in rows:
            queries.flags(row, last)
            [str(p) for p in row.participants.all()]
            queries.main_output(row, row.type.attendance_measure)

    launch(scene)
    read()
    with django_assert_num_queries(7):
        read()
    for _ in range(29):
        row = make.activity(scene.department, status="sent")
        make.participant(row, scene.office)
        make.output(row, quantity=5)
    with django_assert_num_queries(7):
        read()


@pytest.mark.parametrize("typed", ["le phat dong", "PHÁT ĐỘNG", "dong mai phat", "tu phap"])
def test_search_folds_accents_and_looks_at_title_place_and_recorder(scene, typed):
    row = make.activity(scene.department, place="KCN Đông Mai")
    make.activity(scene.office, "Tọa đàm")

    rows = queries.activities_of_year(scene.officer, scene.province, 2023)

    assert list(queries.narrowed(rows, queries.Filters(text=typed))) == [row]


def test_a_list_is_narrowed_by_department_type_status_and_scope(scene):
    row = make.activity(scene.department, status="sent", scope="year", campaign=None)
    make.activity(scene.office, type=campaigns.activity_type("HD08", "Tập huấn"))
    joined = make.activity(scene.office)
    make.participant(joined, scene.department)
    rows = queries.activities_of_year(scene.officer, scene.province, 2023)

    def found(**said):
        return set(queries.narrowed(rows, queries.Filters(**said)))

    assert found(department=scene.department.pk) == {row, joined}
    assert len(found(type="HD08")) == 1
    assert found(status="sent") == found(scope="year") == {row}


def test_flags_say_what_a_verifier_should_look_at(scene):
    silent = make.activity(scene.department, starts_on=datetime.date(2023, 11, 10))
    told = make.activity(scene.department, starts_on=datetime.date(2023, 11, 10), window_reason="Ghép")
    make.evidence(told)
    make.output(told, quantity=550, female=300)
    disputed = make.activity(scene.department)
    make.evidence(disputed)
    part = make.participant(disputed, scene.office)
    part.answer, part.answer_reason = "disputed", "Không dự"
    part.save()
    clean = make.activity(scene.department)
    make.evidence(clean)
    make.output(clean, quantity=5, female=3, male=2)

    found = queries.flags_of([silent, told, disputed, clean])

    assert {f.code for f in found[silent.pk]} == {"outside_silent", "no_evidence"}
    assert {f.code for f in found[told.pk]} == {"outside", "not_split"}
    assert {f.code for f in found[disputed.pk]} == {"disputed"}
    assert found[clean.pk] == []


def test_documents_need_no_photo(scene):
    kind = campaigns.activity_type("HD01", "Ban hành văn bản")
    kind.asks = ["documents"]
    kind.save()

    assert queries.flags_of([make.activity(scene.department, type=kind)]).popitem()[1] == []


def test_a_department_starts_from_the_tasks_it_leads_alone_or_in_a_group(scene):
    plan = campaigns.plan(scene.office, status="approved")
    said = {"plan": plan, "heading": "III.2", "type": campaigns.activity_type()}
    own = plan.tasks.create(title="Của Sở", lead=scene.department, **said)
    group = plan.tasks.create(title="Các sở", lead_group="offices", **said)
    plan.tasks.create(title="Của xã", lead_group="communes", **said)
    helped = plan.tasks.create(title="Của cơ quan khác", lead=scene.office, **said)
    TaskPartner.objects.create(task=helped, department=scene.department)
    draft = campaigns.plan(scene.office, status="draft", kind="programme")
    draft.tasks.create(title="Chưa duyệt", lead=scene.department, **{**said, "plan": draft})

    assert queries.tasks_for([scene.department], scene.province, campaigns.campaign(2023)) == [own, group]


def test_how_much_was_recorded_for_a_task(scene):
    plan = campaigns.plan(scene.office, status="approved")
    task = plan.tasks.create(title="Lễ phát động", heading="III.2", type=campaigns.activity_type())
    make.activity(scene.department, task_lineage=task.lineage)
    make.activity(scene.department, task_lineage=task.lineage, status="cancelled", cancel_reason="Ghi nhầm")

    assert queries.recorded_for_tasks([task.lineage]) == {task.lineage: 1}


def test_one_records_for_every_department_of_that_year_that_became_ones_own(scene):
    closed = who.department(scene.province, "Sở cũ", valid_to=datetime.date(2022, 12, 31))

    assert queries.acting_in_year(scene.editor, scene.province, 2023) == [scene.department]
    assert queries.acting_in_year(who.seat(closed), scene.province, 2023) == []
