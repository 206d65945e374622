"""Writing a plan: who may, when, and what is refused."""

import datetime

import pytest

from campaigns.models import PlanSection, StandardTask, Task
from campaigns.operations.guards import Conflict
from campaigns.operations.plans import save_facts, save_section, set_target, start_from_standard_split, start_plan
from campaigns.operations.sections import PlanFacts
from campaigns.operations.tasks import MoneyData, TargetData, TaskData, move_task, remove_task, save_task
from campaigns.outlines import Outline
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.models import DepartmentSuccession, Event
from provinces.tests import make as who
from provinces.workflow import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_plans.cast()


def events(plan, verb):
    return Event.objects.about(plan).filter(verb=verb).count()


def test_a_plan_starts_with_all_its_sections_empty(people):
    plan = make_plans.started(people)

    assert [s.key for s in plan.sections.order_by("id")] == list(PlanSection.Key.values)
    assert {s.text for s in plan.sections.all()} == {""}
    assert events(plan, "plan.create") == 1


def test_an_office_has_one_open_plan_of_the_month(people):
    make_plans.started(people)

    with pytest.raises(Refused, match="plan of this month|kế hoạch"):
        make_plans.started(people)


def test_a_department_without_the_duty_does_not_write_the_plan_of_the_province(people):
    people.office, people.officer = people.justice, people.lawyer

    with pytest.raises(Refused):
        make_plans.started(people)


def test_a_viewer_starts_no_plan(people):
    people.officer = who.seat(people.office, "viewer")

    with pytest.raises(Refused):
        make_plans.started(people)


def test_nobody_starts_a_plan_for_another_department(people):
    people.officer = who.seat(who.office(who.province("Hà Tĩnh", "42", "ha-tinh")))

    with pytest.raises(Refused):
        make_plans.started(people)


@pytest.mark.parametrize(("fault", "field"), [({"subject": " "}, "subject"), ({"years": (2023, 2022)}, "year_to")])
def test_a_plan_that_cannot_be_is_not_started(people, fault, field):
    with pytest.raises(Refused) as refused:
        make_plans.started(people, **fault)

    assert refused.value.field == field


def test_a_plan_of_the_month_needs_its_campaign(people):
    with pytest.raises(Refused) as refused:
        start_plan(
            None,
            owner=people.office,
            kind="month",
            issuer=people.ubnd,
            subject="Triển khai",
            years=(2023, 2023),
            by=people.officer,
            at=NOW,
        )

    assert refused.value.field == "kind"


def test_an_issuer_that_has_ended_is_refused(people):
    people.ubnd.valid_to = datetime.date(2020, 1, 1)

    with pytest.raises(Refused):
        make_plans.started(people)


def test_a_locked_year_takes_no_plan_and_no_text(people):
    plan = make_plans.started(people)
    plan.campaign.locked_at = NOW
    section = plan.sections.select_related("plan").get(key="muc-dich")
    section.plan = plan

    with pytest.raises(Refused, match="2023"):
        save_section(section, "Mới", version=1, done=False, by=people.officer, at=NOW)


def test_a_section_is_saved_in_nfc_with_its_editor(people):
    plan = make_plans.started(people)

    saved = save_section(
        make_plans.section(plan), "Bi\u0300nh đẳng giới\r\n", version=1, done=True, by=people.officer, at=NOW
    )

    assert (saved.text, saved.version, saved.done) == ("B\u00ecnh đẳng giới", 2, True)
    assert saved.edited_by == people.officer
    assert events(plan, "plan.save_section") == 1


def test_a_text_saved_meanwhile_is_not_overwritten(people):
    plan = make_plans.started(people)
    seen = make_plans.section(plan)
    save_section(seen, "Của người thứ nhất", version=1, done=False, by=people.officer, at=NOW)

    with pytest.raises(Conflict) as refused:
        save_section(seen, "Của người thứ hai", version=1, done=False, by=people.head, at=NOW)

    assert refused.value.newest.text == "Của người thứ nhất"
    assert make_plans.section(plan).text == "Của người thứ nhất"


@pytest.mark.parametrize("private", ["Liên hệ chị Hoa 0912 345 678", "CCCD 001082012345"])
def test_private_numbers_are_stopped(people, private):
    plan = make_plans.started(people)

    with pytest.raises(Refused):
        save_section(make_plans.section(plan), private, version=1, done=False, by=people.officer, at=NOW)
    with pytest.raises(Refused):
        make_plans.task(plan, people, title=private)


def test_a_hotline_is_no_private_number(people):
    plan = make_plans.started(people)

    saved = save_section(
        make_plans.section(plan), "Gọi 111 hoặc 18001768.", version=1, done=False, by=people.officer, at=NOW
    )

    assert "18001768" in saved.text


@pytest.mark.parametrize("seat", ["lawyer", "reviewer"])
def test_neither_another_department_nor_the_committee_writes_in_the_plan(people, seat):
    plan = make_plans.started(people)

    with pytest.raises(Refused):
        save_section(make_plans.section(plan), "Xen vào", version=1, done=False, by=getattr(people, seat), at=NOW)


@pytest.mark.parametrize("state", ["submitted", "approved", "issued"])
def test_a_plan_that_left_the_desk_stands_still(people, state):
    plan = getattr(make_plans, state)(people)

    with pytest.raises(Refused):
        save_section(make_plans.section(plan), "Muộn", version=2, done=True, by=people.officer, at=NOW)
    with pytest.raises(Refused):
        make_plans.task(plan, people, title="Muộn")
    with pytest.raises(Refused):
        remove_task(plan.tasks.get(), version=1, by=people.officer, at=NOW)
    with pytest.raises(Refused):
        set_target(plan, make.measure(), 3, by=people.officer, at=NOW)


def test_a_stale_row_of_a_submitted_plan_is_refused_too(people):
    plan = make_plans.complete(people)
    stale = plan.tasks.select_related("plan").get()
    make_plans.submit_plan(plan, by=people.officer, at=NOW)

    with pytest.raises(Refused):
        remove_task(stale, version=1, by=people.officer, at=NOW)


def test_a_task_keeps_partners_targets_money_and_programmes(people):
    plan = make_plans.started(people)

    row = make_plans.task(
        plan,
        people,
        partners=(people.justice, "Các cơ quan Trung ương đứng chân trên địa bàn"),
        targets=(TargetData(make.measure("CT05.1", "Người dự", "lượt người", "attendances"), 600, "about"),),
        money=(MoneyData(120_000_000, make.money_source()),),
        starts_on=datetime.date(2023, 11, 13),
    )

    line = Outline(plan).lines[0]
    assert (line.number, line.task, line.lead) == ("1.1", row, "Sở Lao động - Thương binh và Xã hội")
    assert line.partners == ("Sở Tư pháp", "Các cơ quan Trung ương đứng chân trên địa bàn")
    assert line.targets[0].words == "khoảng 600 lượt người"
    assert (line.counted_money, line.when) == (120_000_000, "13/11/2023")
    assert events(plan, "plan.save_task") == 1


def test_a_task_saved_meanwhile_is_not_overwritten(people):
    plan = make_plans.started(people)
    row = make_plans.task(plan, people)
    data = TaskData(title="Lễ phát động tại Đông Mai", type=row.type)
    save_task(plan, row, data, version=1, by=people.officer, at=NOW)

    with pytest.raises(Conflict):
        save_task(plan, row, TaskData(title="Khác", type=row.type), version=1, by=people.head, at=NOW)

    assert Task.objects.get().title == "Lễ phát động tại Đông Mai"


def test_a_task_that_somebody_took_out_says_so(people):
    plan = make_plans.started(people)
    row = make_plans.task(plan, people)
    remove_task(row, version=1, by=people.head, at=NOW)

    with pytest.raises(Refused) as refused:
        save_task(plan, row, TaskData(title="Khác", type=row.type), version=1, by=people.officer, at=NOW)

    assert not isinstance(refused.value, Conflict)


def test_the_lead_is_not_its_own_partner(people):
    plan = make_plans.started(people)

    with pytest.raises(Refused) as refused:
        make_plans.task(plan, people, partners=(people.office,))

    assert refused.value.field == "partners"


def test_a_lead_that_has_ended_is_refused_with_its_successor(people):
    plan = make_plans.started(people)
    people.justice.valid_to = datetime.date(2023, 6, 30)
    people.justice.save()
    heir = who.department(people.province, "Sở Nội vụ", "SNV")
    DepartmentSuccession.objects.create(predecessor=people.justice, successor=heir, on=datetime.date(2023, 7, 1))

    with pytest.raises(Refused, match="Sở Nội vụ") as refused:
        make_plans.task(plan, people, lead=people.justice)
    assert refused.value.field == "lead"


def test_a_lead_of_another_province_is_refused(people):
    plan = make_plans.started(people)
    stranger = who.department(who.province("Hà Tĩnh", "42", "ha-tinh"), "Sở Y tế")

    with pytest.raises(Refused):
        make_plans.task(plan, people, lead=stranger)
    with pytest.raises(Refused):
        make_plans.task(plan, people, partners=(stranger,))


@pytest.mark.parametrize(
    "fault",
    [
        {"title": " "},
        {"heading": "III.9"},
        {"lead_text": "Đơn vị khác"},
        {"ends_on": datetime.date(2023, 11, 10)},
        {"starts_on": datetime.date(2023, 11, 20), "ends_on": datetime.date(2023, 11, 10)},
    ],
)
def test_a_task_that_cannot_be_is_refused(people, fault):
    plan = make_plans.started(people)

    with pytest.raises(Refused):
        make_plans.task(plan, people, **fault)


@pytest.mark.parametrize(
    ("quantity", "certainty", "text"),
    [(None, "exact", ""), (None, "text", ""), (0, "exact", ""), (5, "text", "nhiều"), (5, "unknown", "")],
)
def test_a_target_says_a_number_or_keeps_the_words(people, quantity, certainty, text):
    plan = make_plans.started(people)

    with pytest.raises(Refused):
        make_plans.task(plan, people, targets=(TargetData(make.measure(), quantity, certainty, text),))


def test_money_is_above_zero_and_in_a_form_of_its_source(people):
    plan = make_plans.started(people)

    with pytest.raises(Refused):
        make_plans.task(plan, people, money=(MoneyData(0, make.money_source()),))
    with pytest.raises(Refused):
        make_plans.task(plan, people, money=(MoneyData(5_000_000, make.money_source(), "in_kind"),))


def test_a_measure_of_another_province_is_no_target(people):
    plan = make_plans.started(people)
    other = who.province("Hà Tĩnh", "42", "ha-tinh")
    own = make.measure("CT04.9", "Riêng", province=other, rolls_up_to=make.measure())

    with pytest.raises(Refused):
        set_target(plan, own, 3, by=people.officer, at=NOW)
    with pytest.raises(Refused):
        make_plans.task(plan, people, targets=(TargetData(own, 3),))


def test_a_task_moves_within_its_heading(people):
    plan = make_plans.started(people)
    first, second, third = (make_plans.task(plan, people, title=f"Việc {n}") for n in "123")

    move_task(third, -1, by=people.officer, at=NOW)
    move_task(first, -1, by=people.officer, at=NOW)

    assert [line.task.title for line in Outline(plan).lines] == ["Việc 1", "Việc 3", "Việc 2"]
    move_task(second, 1, by=people.officer, at=NOW)
    assert [line.task.title for line in Outline(plan).lines] == ["Việc 1", "Việc 3", "Việc 2"]


def test_a_task_taken_out_leaves_a_line_in_the_log(people):
    plan = make_plans.started(people)
    remove_task(make_plans.task(plan, people), version=1, by=people.officer, at=NOW)

    assert plan.tasks.count() == 0
    assert events(plan, "plan.remove_task") == 1


def test_the_typed_target_stands_before_the_sum_of_the_tasks(people):
    plan = make_plans.started(people)
    launches, guests = make.measure(), make.measure("CT05.1", "Người dự", "lượt người", "attendances")
    make_plans.task(plan, people, targets=(TargetData(launches, 1), TargetData(guests, 600, "about")))
    make_plans.task(plan, people, targets=(TargetData(launches, 102), TargetData(guests, 19_400)))
    set_target(plan, launches, 110, by=people.officer, at=NOW)

    assert [target.words for target in Outline(plan).targets] == ["110 cuộc", "khoảng 20.000 lượt người"]
    set_target(plan, launches, None, by=people.officer, at=NOW)
    assert Outline(plan).targets[0].words == "103 cuộc"


def test_integrated_money_is_shown_and_never_added(people):
    plan = make_plans.started(people)
    make_plans.task(plan, people, money=(MoneyData(80_000_000, make.money_source()),))
    make_plans.task(plan, people, money=(MoneyData(20_000_000, make.money_source("NG09", "integrated")),))

    money = Outline(plan).money
    assert (money.state, money.mobilised, money.integrated, money.total) == (80_000_000, None, 20_000_000, 80_000_000)


def test_a_budget_that_differs_from_its_sources_stops_the_submission(people):
    plan = make_plans.complete(people)
    make_plans.task(plan, people, money=(MoneyData(80_000_000, make.money_source()),))
    save_facts(plan, PlanFacts(plan.subject, people.ubnd, budget=90_000_000), by=people.officer, at=NOW)

    assert [gap.where for gap in Outline(plan).errors] == ["facts"]


def test_the_standard_split_names_the_bodies_of_the_province(people):
    kind = make.activity_type()
    for name, text in (
        ("Sở Tư pháp", "Phổ biến pháp luật"),
        ("Ủy ban nhân dân huyện, thị xã, thành phố", "Tổ chức lễ phát động"),
        ("Sở Thông tin và Truyền thông", "Chỉ đạo báo chí"),
    ):
        StandardTask.objects.create(era="to_2025_02", department_name=name, heading="III.3", text=text, type=kind)
    StandardTask.objects.create(
        era="from_2025_03", department_name="Sở Nội vụ", heading="III.3", text="Của kỳ sau", type=kind
    )
    plan = make_plans.started(people)

    start_from_standard_split(plan, by=people.officer, at=NOW)
    start_from_standard_split(plan, by=people.officer, at=NOW)

    assert [(line.task.title, line.lead) for line in Outline(plan).lines] == [
        ("Phổ biến pháp luật", "Sở Tư pháp"),
        ("Tổ chức lễ phát động", "UBND huyện, thị xã, thành phố"),
        ("Chỉ đạo báo chí", "Sở Thông tin và Truyền thông"),
    ]
    assert plan.tasks.get(title="Phổ biến pháp luật").lead == people.justice
    assert plan.tasks.get(title="Chỉ đạo báo chí").lead_text == "Sở Thông tin và Truyền thông"


def test_a_text_that_no_column_holds_is_refused_with_its_length(people):
    plan = make_plans.started(people)

    with pytest.raises(Refused, match="501"):
        make_plans.task(plan, people, title="a" * 501)


@pytest.mark.parametrize("fault", [{"subject": "  "}, {"budget": -1}])
def test_a_head_that_cannot_be_is_refused(people, fault):
    plan = make_plans.started(people)

    with pytest.raises(Refused):
        save_facts(
            plan, PlanFacts(**{"subject": "Kế hoạch", "issuer": people.ubnd, **fault}), by=people.officer, at=NOW
        )


def test_an_issuer_that_has_ended_is_not_put_at_the_head(people):
    plan = make_plans.started(people)
    people.ubnd.valid_to = datetime.date(2020, 1, 1)

    with pytest.raises(Refused):
        save_facts(plan, PlanFacts("Kế hoạch", people.ubnd), by=people.officer, at=NOW)
