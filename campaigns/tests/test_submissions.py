"""What was submitted is kept, and two contents are laid side by side."""

import dataclasses
import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.changes import changed_lines, changes_between, pieces_between
from campaigns.contents import content_of
from campaigns.models import Plan, PlanSubmission
from campaigns.operations.plans import save_facts, save_section, set_target, submit_plan
from campaigns.operations.reviews import answer_comment, comment_on_plan, return_plan
from campaigns.operations.sections import PlanFacts
from campaigns.operations.tasks import MoneyData, TargetData, TaskData, move_task, remove_task, save_task
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.models import Notice
from provinces.workflow import Refused

pytestmark = pytest.mark.django_db
HERE = {"t": "quang-ninh", "y": 2023}
LATER = NOW + datetime.timedelta(days=1)


@pytest.fixture
def people():
    return make_plans.cast()


def fresh(plan):
    return Plan.objects.get(pk=plan.pk)


def rewrite(plan, task, people, **more):
    data = TaskData(title=task.title, type=task.type, lead=people.office, starts_on=task.starts_on)
    return save_task(plan, task, dataclasses.replace(data, **more), version=task.version, by=people.officer, at=LATER)


def changed(old, plan):
    return changes_between(old, content_of(fresh(plan)))


def test_each_submission_is_kept_as_it_was(people):
    plan = make_plans.returned(people)
    answer_comment(plan.comments.get(), "fixed", by=people.officer, at=LATER)
    save_section(make_plans.section(plan), "Mới hẳn.", version=2, done=True, by=people.officer, at=LATER)
    submit_plan(plan, by=people.officer, at=LATER)

    first, second = PlanSubmission.objects.filter(plan=plan)
    assert (first.no, second.no) == (1, 2)
    assert first.content["sections"]["muc-dich"] == make_plans.PURPOSE
    assert second.content["sections"]["muc-dich"] == "Mới hẳn."
    assert first.content["tasks"][0]["title"] == "Lễ phát động cấp tỉnh"
    assert (second.by, second.at) == (people.officer, LATER)


def test_a_submission_that_lost_the_race_keeps_nothing(people):
    plan = make_plans.complete(people)
    same = fresh(plan)
    submit_plan(plan, by=people.officer, at=NOW)

    with pytest.raises(Refused):
        submit_plan(same, by=people.head, at=NOW)

    assert PlanSubmission.objects.count() == 1


@pytest.mark.parametrize("kind", ["must", "advice"])
def test_nothing_is_submitted_again_while_a_comment_has_no_answer(people, kind):
    plan = make_plans.submitted(people)
    comment_on_plan(plan, "section:muc-dich", "must", "Ghi rõ.", by=people.reviewer, at=NOW)
    comment_on_plan(plan, "section:kinh-phi", kind, "Tách nguồn.", by=people.reviewer, at=NOW)
    return_plan(plan, by=people.reviewer, at=NOW)
    first, second = plan.comments.all()
    answer_comment(first, "fixed", by=people.officer, at=NOW)

    with pytest.raises(Refused, match="1"):
        submit_plan(plan, by=people.officer, at=NOW)
    answer_comment(second, "explained", "Nguồn do Sở Tài chính phân bổ.", by=people.officer, at=NOW)
    submit_plan(plan, by=people.officer, at=NOW)

    assert fresh(plan).status == "submitted"


def test_the_same_content_has_no_changes(people):
    plan = make_plans.complete(people)
    make_plans.task(plan, people, title="Tập huấn", money=(MoneyData(5_000_000, make.money_source()),))
    old = content_of(plan)

    assert changed(old, plan) == []


def test_a_section_that_changed_is_named_with_both_texts(people):
    plan = make_plans.complete(people)
    old = content_of(plan)
    save_section(make_plans.section(plan, "can-cu"), "Căn cứ Luật", version=1, done=True, by=people.officer, at=LATER)
    save_section(make_plans.section(plan), "1. Khác.", version=2, done=True, by=people.officer, at=LATER)

    basis, purpose = changed(old, plan)
    assert (basis.anchor, basis.what) == ("section:can-cu", "added")
    assert (purpose.anchor, purpose.what) == ("section:muc-dich", "changed")
    assert (purpose.fields[0].old, purpose.fields[0].new) == (make_plans.PURPOSE, "1. Khác.")


def test_tasks_are_added_taken_out_and_changed_field_by_field(people):
    plan = make_plans.complete(people)
    first = plan.tasks.get()
    gone = make_plans.task(plan, people, title="Bỏ đi")
    old = content_of(plan)
    remove_task(gone, version=gone.version, by=people.officer, at=LATER)
    make_plans.task(plan, people, title="Mới thêm")
    rewrite(plan, first, people, place="Khu công nghiệp Đông Mai", partners=(people.justice,))

    found = {change.what: change for change in changed(old, plan)}
    assert found["added"].new["title"] == "Mới thêm"
    assert found["removed"].old["title"] == "Bỏ đi"
    assert {field.name: (field.old, field.new) for field in found["changed"].fields} == {
        "place": ("", "Khu công nghiệp Đông Mai"),
        "partners": ([], ["Sở Tư pháp"]),
    }


def test_a_task_in_another_place_of_the_list_is_the_same_task(people):
    plan = make_plans.complete(people)
    second = make_plans.task(plan, people, title="Mít tinh")
    old = content_of(plan)

    move_task(second, -1, by=people.officer, at=LATER)

    assert changed(old, plan) == []


def test_money_and_targets_that_changed_are_named(people):
    plan = make_plans.complete(people)
    task = plan.tasks.get()
    old = content_of(plan)
    rewrite(plan, task, people, money=(MoneyData(80_000_000, make.money_source()),))
    set_target(plan, make.measure(), 103, by=people.officer, at=LATER)
    rewrite(
        plan,
        plan.tasks.get(),
        people,
        money=(MoneyData(80_000_000, make.money_source()),),
        targets=(TargetData(make.measure(), 1),),
    )

    found = {change.anchor: change for change in changed(old, plan)}
    assert found[f"task:{task.public_id}"].fields[1].new == [["Ngân sách nhà nước cấp tỉnh", "cash", 80_000_000]]
    assert found["target:CT04.1"].fields[0].new == "103 cuộc"
    assert [(f.name, f.old, f.new) for f in found["figure:money"].fields] == [
        ("state", None, 80_000_000),
        ("total", None, 80_000_000),
    ]


def test_facts_that_changed_are_named(people):
    plan = make_plans.complete(people)
    old = content_of(plan)

    save_facts(plan, PlanFacts("Tên khác", people.ubnd, budget=5_000_000), by=people.officer, at=LATER)

    (facts,) = changed(old, plan)
    assert [(f.name, f.new) for f in facts.fields] == [("subject", "Tên khác"), ("budget", 5_000_000)]


def test_words_that_went_and_came_are_marked():
    left, right = pieces_between("Tổ chức 03 lớp tập huấn tại tỉnh.", "Tổ chức 05 lớp tập huấn tại cấp xã.")

    assert [p.text for p in left if p.changed] == ["03", "tỉnh"]
    assert [p.text for p in right if p.changed] == ["05", "cấp xã"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("", "Mới"), ("Cũ", ""), ("Một\nhai\nba", "Một\nba"), ("a b c", "c b a"), ("x " * 4000, "y " * 4000)],
)
def test_the_pieces_of_each_side_make_the_whole_text(old, new):
    left, right = pieces_between(old, new)

    assert ("".join(p.text for p in left), "".join(p.text for p in right)) == (old, new)
    assert "".join(p.text for p in left if not p.changed) == "".join(p.text for p in right if not p.changed)


def test_only_the_lines_that_changed_are_printed():
    assert changed_lines("1. Một.\n2. Hai.\n3. Ba.", "1. Một.\n2. Khác.\n3. Ba.\n4. Thêm.") == [
        ("2. Hai.", "2. Khác."),
        ("", "4. Thêm."),
    ]


def test_a_submission_says_until_when_comments_are_asked_for(client, people):
    plan = make_plans.complete(people)
    send = reverse("plan_submit", kwargs={**HERE, "id": plan.public_id})
    client.force_login(people.officer.user)
    today = timezone.localdate()

    past = client.post(send, {"comments_by": f"{today - datetime.timedelta(days=1):%d/%m/%Y}"})
    assert past.status_code == 422
    assert "Ngày góp ý đã qua" in past.content.decode()
    assert f"{today - datetime.timedelta(days=1):%d/%m/%Y}" in past.content.decode()
    assert client.post(send, {"comments_by": "31/02/2026"}).status_code == 422

    day = today + datetime.timedelta(days=5)
    answer = client.post(send, {"comments_by": f"{day:%d/%m/%Y}"})
    words = f"17:00 ngày {day:%d/%m/%Y}"
    assert f"Góp ý trước {words}" in client.get(answer.url).content.decode()

    client.force_login(people.reviewer.user)
    assert words in client.get(reverse("home")).content.decode()
    review = client.get(reverse("plan_review", kwargs={**HERE, "id": plan.public_id})).content.decode()
    assert f"Góp ý trước {words}" in review
    assert any(words in str(row.slots) for row in Notice.objects.filter(department=people.committee))
