"""The table of tasks: edited under its row, moved, checked against the budget; of two texts the person chooses."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.forms.tasks import TaskSheet
from campaigns.models import MoneySource, Plan, Task
from campaigns.operations.sections import PlanFacts, save_facts
from campaigns.operations.tasks import MoneyData, TargetData, TaskData, save_task
from campaigns.outlines import Outline
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.models import Draft
from provinces.operations.presence import show_presence
from provinces.tests import make as who

pytestmark = pytest.mark.django_db
PLACE = {"t": "quang-ninh", "y": 2023}
HX = {"HX-Request": "true"}


@pytest.fixture
def people():
    make.campaign()
    return make_plans.cast()


@pytest.fixture
def plan(people):
    return make_plans.started(people)


@pytest.fixture
def task(plan, people):
    target = TargetData(make.measure(), 4)
    money = MoneyData(96_000_000, make.money_source())
    return make_plans.task(plan, people, title="Tập huấn", place="Sở", targets=(target,), money=(money,))


@pytest.fixture
def officer(client, people):
    client.force_login(people.officer.user)
    return client


def url(name, plan, **more):
    return reverse(name, kwargs={**PLACE, "id": plan.public_id, **more})


def address(task):
    return url("plan_task", task.plan, task=task.public_id)


def text(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def typed(row, **more) -> dict:
    """The form of a task as the browser sends it, with something typed."""
    sheet = TaskSheet(row.plan, row)
    return {**sheet.raw(), "base": sheet.form.initial["base"], **more}


def rewrite(task, people, **more) -> Task:
    """Somebody else saves the task."""
    parts = {
        "targets": (TargetData(make.measure(), 4),),
        "money": (MoneyData(96_000_000, make.money_source()),),
    }
    data = {"title": task.title, "type": task.type, "lead": task.lead, "place": task.place, **parts, **more}
    return save_task(task.plan, task, TaskData(**data), version=task.version, by=people.head, at=NOW)


# Edited under its row


def test_the_form_opens_under_its_row_and_closes_again(officer, task):
    opened = text(officer.get(address(task), headers=HX))
    closed = text(officer.get(f"{address(task)}?dong=1", headers=HX))

    assert opened.strip().startswith("<tbody")
    assert 'class="edit"' in opened
    assert "<html" not in opened
    assert 'class="edit"' not in closed
    assert task.title in closed


def test_the_page_and_the_row_show_the_same_form(officer, task):
    def boxes(answer):
        return {name for name in re.findall(r'name="([\w-]+)"', text(answer)) if name != "idempotency_key"}

    assert boxes(officer.get(address(task), headers=HX)) - {"act"} <= boxes(officer.get(address(task)))


def test_saving_a_row_brings_the_whole_table_with_its_sums(officer, task):
    answer = officer.post(address(task), typed(task, **{"money-0-amount": "100 triệu"}), headers=HX)

    assert (answer.status_code, answer["HX-Retarget"]) == (200, "#phan-nhiem-vu")
    assert "100.000.000" in text(answer)
    assert 'id="tien-theo-nguon" hx-swap-oob="true"' in text(answer)
    assert re.search(rf'id="sua-{task.public_id}"[^>]* autofocus', text(answer))


def test_a_fault_stays_under_the_row_with_what_was_typed(officer, task):
    answer = officer.post(address(task), typed(task, title="", place="Hội trường"), headers=HX)

    assert answer.status_code == 422
    assert text(answer).strip().startswith("<tbody")
    assert 'class="errors' in text(answer)
    assert "Hội trường" in text(answer)


def test_a_new_task_opens_above_the_table(officer, plan, people):
    opened = officer.get(url("plan_task_new", plan), headers=HX)
    assert text(opened).strip().startswith('<div id="nv-moi">')

    fields = {**TaskSheet(plan).raw(), "title": "Mít tinh", "type": make.activity_type().pk, "lead": "so tu phap"}
    answer = officer.post(url("plan_task_new", plan), fields, headers=HX)

    assert "Mít tinh" in text(answer)
    assert plan.tasks.get().lead == people.justice


def test_pressing_save_twice_makes_one_task(officer, plan):
    fields = {**TaskSheet(plan).raw(), "title": "Mít tinh", "type": make.activity_type().pk, "idempotency_key": "a1"}

    for _n in range(2):
        assert officer.post(url("plan_task_new", plan), fields, headers=HX).status_code == 200

    assert plan.tasks.count() == 1


@pytest.mark.parametrize("rows", ["targets", "money"])
def test_one_more_row_keeps_what_was_typed_and_judges_nothing(officer, task, rows):
    answer = officer.post(address(task), typed(task, title="", place="Hội trường", more=rows))

    assert answer.status_code == 200
    assert "Hội trường" in text(answer)
    assert 'class="errors' not in text(answer)
    assert f'name="{rows}-2-' in text(answer)


def test_a_draft_of_a_task_is_flagged_in_the_table_and_comes_back(officer, plan, task):
    draft = {"draft_form": "plan_task", "draft_object": f"{plan.public_id}/{task.public_id}"}
    officer.post(reverse("draft"), {**typed(task, place="Chưa chắc"), **draft})

    assert "chưa lưu, bản nháp" in text(officer.get(url("plan", plan)))
    assert "Chưa chắc" in text(officer.get(address(task), headers=HX))
    officer.post(address(task), typed(task, place="Hội trường"), headers=HX)
    assert not Draft.objects.exists()


def test_a_plan_that_was_submitted_meanwhile_gives_the_text_back(officer, task):
    fields = typed(task, place="Hội trường")
    Plan.objects.update(status="submitted", submitted_at=NOW)

    answer = officer.post(address(task), fields, headers=HX)

    assert answer.status_code == 422
    assert "Hội trường" in text(answer)


def test_who_is_at_a_task_is_shown_in_its_row(officer, plan, people, task):
    show_presence(plan, f"task:{task.public_id}", by=people.head, at=timezone.now())

    assert f"{people.head.user} đang sửa mục này" in text(officer.get(url("plan", plan)))


# The lead


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("Sở Tư pháp", "lead", "Sở Tư pháp"),
        ("so tu phap", "lead", "Sở Tư pháp"),
        ("UBND xã, phường, thị trấn", "lead_group", "communes_old"),
        ("Ủy ban nhân dân xã, phường, thị trấn", "lead_group", "communes_old"),
        ("", "lead", "None"),
    ],
)
def test_a_lead_is_found_by_its_name_with_or_without_accents(officer, task, said, field, value):
    officer.post(address(task), typed(task, lead=said))

    task.refresh_from_db()
    assert str(getattr(task, field)) == value


def test_a_stranger_leads_only_when_the_person_says_so(officer, task):
    asked = officer.post(address(task), typed(task, lead="Công ty Than"))
    assert asked.status_code == 422
    assert "Vẫn giữ là “Đơn vị khác”?" in text(asked)
    assert 'name="keep_lead" value="Công ty Than"' in text(asked)

    officer.post(address(task), typed(task, lead="Công ty Than", keep_lead="Công ty Than"))

    task.refresh_from_db()
    assert (task.lead, task.lead_text) == (None, "Công ty Than")
    assert "đơn vị khác" in text(officer.get(url("plan", task.plan)))


def test_a_yes_for_one_stranger_is_no_yes_for_another(officer, task):
    answer = officer.post(address(task), typed(task, lead="Công ty Điện", keep_lead="Công ty Than"))

    assert answer.status_code == 422


def test_a_stranger_that_was_kept_is_not_asked_about_again(officer, people, plan):
    task = make_plans.task(plan, people, lead=None, lead_text="Công ty Than")

    assert officer.post(address(task), typed(task, place="Mỏ")).status_code == 302


def test_of_two_bodies_of_one_name_the_person_chooses(officer, people, task):
    for code in ("07132", "07999"):
        who.department(who.commune(people.province, "Xã Tân Hội", code), "UBND xã Tân Hội", kind="ubnd_xa")

    asked = officer.post(address(task), typed(task, lead="UBND xã Tân Hội"))
    assert asked.status_code == 422
    assert "UBND xã Tân Hội (07132); UBND xã Tân Hội (07999)" in text(asked)

    officer.post(address(task), typed(task, lead="UBND xã Tân Hội (07999)"))
    task.refresh_from_db()
    assert task.lead.unit.code == "07999"


def test_a_list_without_a_script_offers_groups_and_bodies(officer, task):
    page = text(officer.get(address(task)))

    assert f'list="t-{task.public_id}_bodies"' in page
    assert '<option value="UBND xã, phường, thị trấn">' in page
    assert '<option value="Sở Tư pháp">' in page


# Money


def test_the_sum_is_shown_in_words_while_it_is_typed(officer, task):
    MoneySource.objects.create(code="NG07", name="Lồng ghép", group="integrated", forms=["cash"])
    more = {
        "money-TOTAL_FORMS": "3",
        "money-1-amount": "1,5 tỷ",
        "money-1-source": MoneySource.objects.get(code="NG07").pk,
        "money-2-amount": "không rõ",
        "task": task.public_id,
    }

    answer = text(officer.post(url("plan_task_money", task.plan), typed(task, **more)))

    assert "96.000.000 đ, chín mươi sáu triệu đồng" in answer
    assert "lồng ghép 1.500.000.000 đ, không cộng" in answer


def test_the_budget_is_held_against_the_sum_of_the_whole_plan(officer, people, task):
    make_plans.task(task.plan, people, money=(MoneyData(4_000_000, make.money_source()),))
    Plan.objects.update(budget=100_000_000)

    same = text(officer.post(url("plan_task_money", task.plan), typed(task, task=task.public_id)))
    more = {"task": task.public_id, "money-0-amount": "97 triệu"}
    other = text(officer.post(url("plan_task_money", task.plan), typed(task, **more)))

    assert "msg-warn" not in same
    assert "Cả kế hoạch khi đó là 101.000.000 đ trên tổng kinh phí 100.000.000 đ" in other
    assert "msg-warn" in other


def test_a_budget_that_differs_is_said_at_the_budget_and_at_the_sum(officer, people, task):
    plan = task.plan
    save_facts(plan, PlanFacts("Triển khai", people.ubnd, budget=80_000_000), by=people.officer, at=NOW)
    fault = "Các nguồn cộng lại được 96.000.000 đồng, khác tổng 80.000.000 đồng"

    page = text(officer.get(url("plan", plan)))

    assert page.count(f'<p class="msg">{fault}</p>') == 1
    assert page.count(f'<span class="msg">{fault}</span>') == 1
    plan.refresh_from_db()
    assert fault in [gap.sentence for gap in Outline(plan).errors]


# Order


@pytest.mark.parametrize(
    ("which", "steps", "order"),
    [(2, "-1", "0213"), (0, "1", "1023"), (0, "3", "1230"), (3, "-9", "3012"), (1, "0", "0123"), (1, "x", "0123")],
)
def test_buttons_and_dragging_move_a_task_by_steps(officer, people, plan, which, steps, order):
    rows = [make_plans.task(plan, people, title=str(n)) for n in range(4)]

    officer.post(address(rows[which]), {"steps": steps}, headers=HX)

    assert "".join(task.title for task in plan.tasks.all()) == order


def test_moving_stands_in_nobodys_way_who_is_writing(officer, people, plan):
    first, second = (make_plans.task(plan, people, title=title) for title in "ab")
    fields = typed(second, place="Hội trường")

    officer.post(address(second), {"steps": "-1"})
    answer = officer.post(address(second), fields)

    assert answer.status_code == 302
    assert [task.title for task in plan.tasks.all()] == ["b", "a"]
    assert first.version == 1


def test_a_task_that_somebody_has_just_saved_is_not_taken_out(officer, people, task):
    rewrite(task, people, place="Đổi nơi")

    officer.post(address(task), {"act": "remove", "version": "1"})

    assert Task.objects.filter(pk=task.pk).exists()


# Two people on one task


@pytest.fixture
def conflict(officer, people, task):
    """The officer changed place and money; meanwhile the head changed money and title."""
    fields = typed(task, place="Hội trường", **{"money-0-amount": "90 triệu"})
    rewrite(task, people, title="Tập huấn kỹ năng", money=(MoneyData(98_500_000, make.money_source()),))
    return officer.post(address(task), fields)


def chosen(answer, picks) -> dict:
    choice, fields = answer.context["choice"], {}
    for name, value in choice.carried:
        fields.setdefault(name, []).append(value)
    return {
        **fields,
        "version": choice.version,
        "base": choice.base,
        "choosing": [row.part.name for row in choice.rows],
        **{row.choice: row.chosen for row in choice.rows if row.chosen},
        **{f"own-{row.part.name}": row.own for row in choice.rows if row.part.typed},
        **picks,
    }


def test_a_conflict_is_shown_field_by_field(conflict):
    assert conflict.status_code == 409
    rows = {row.part.name: row.chosen for row in conflict.context["choice"].rows}
    assert rows == {"title": "newest", "place": "mine", "money": ""}
    assert "90 triệu" in text(conflict).replace("<ins>", "").replace("</ins>", "")
    assert "98.500.000" in text(conflict).replace("<ins>", "").replace("</ins>", "")


@pytest.mark.parametrize(("pick", "amount"), [("mine", 90_000_000), ("newest", 98_500_000)])
def test_what_was_chosen_is_saved_and_nothing_else_is_lost(officer, task, conflict, pick, amount):
    answer = officer.post(address(task), chosen(conflict, {"choose-money": pick}))

    assert answer.status_code == 302, text(answer)
    task.refresh_from_db()
    assert (task.title, task.place, task.money.get().amount) == ("Tập huấn kỹ năng", "Hội trường", amount)
    assert task.targets.get().quantity == 4
    assert task.version == 3


def test_without_a_choice_nothing_is_saved(officer, task, conflict):
    answer = officer.post(address(task), chosen(conflict, {}), headers=HX)

    assert answer.status_code == 422
    assert "Chọn giá trị giữ lại cho “Kinh phí”" in text(answer)
    task.refresh_from_db()
    assert (task.place, task.version) == ("Sở", 2)


def test_a_conflict_under_the_row_stays_there(officer, people, task):
    fields = typed(task, place="Hội trường")
    rewrite(task, people, place="Nhà văn hóa")

    answer = officer.post(address(task), fields, headers=HX)

    assert answer.status_code == 409
    assert text(answer).strip().startswith("<tbody")
    assert f'hx-target="#nv-{task.public_id}"' in text(answer)


def test_the_same_change_by_two_people_is_no_conflict(officer, people, task):
    fields = typed(task, place="Hội trường")
    rewrite(task, people, place="Hội trường")

    assert officer.post(address(task), fields).status_code == 302


def test_a_task_taken_out_meanwhile_comes_back_as_a_new_one_to_decide_about(officer, task):
    fields, here = typed(task, place="Hội trường"), address(task)
    task.delete()

    answer = officer.post(here, fields)

    assert answer.status_code == 409
    assert "Hội trường" in text(answer)
    assert f'action="{url("plan_task_new", task.plan)}"' in text(answer)
    assert officer.get(here).status_code == 404


def test_the_table_asks_as_often_for_thirty_people_and_drafts_as_for_one(
    officer, people, plan, django_assert_max_num_queries
):
    def busy(number: int) -> None:
        row = make_plans.task(plan, people, title=f"Việc {number}", partners=(people.justice, "Đoàn thể"))
        show_presence(plan, f"task:{row.public_id}", by=people.head, at=timezone.now())
        draft = {"draft_form": "plan_task", "draft_object": f"{plan.public_id}/{row.public_id}"}
        officer.post(reverse("draft"), {"title": "x", **draft})

    busy(0)
    officer.get(url("plan", plan))
    with django_assert_max_num_queries(80) as one:
        officer.get(url("plan", plan))
    asked = len(one)
    for number in range(1, 30):
        busy(number)

    with django_assert_max_num_queries(asked):
        page = text(officer.get(url("plan", plan)))

    assert page.count("chưa lưu, bản nháp") == 30


def test_one_form_asks_as_often_among_thirty_tasks_as_alone(officer, people, task, django_assert_max_num_queries):
    make_plans.task(task.plan, people, partners=(people.justice,))
    officer.get(address(task), headers=HX)
    with django_assert_max_num_queries(80) as one:
        officer.get(address(task), headers=HX)
    for number in range(28):
        make_plans.task(task.plan, people, title=f"Việc {number}", partners=(people.justice,))

    with django_assert_max_num_queries(len(one)):
        officer.get(address(task), headers=HX)
