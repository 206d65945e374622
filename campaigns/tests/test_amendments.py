"""An issued plan never changes; what changes is a new version that keeps the links of its tasks."""

import dataclasses
import datetime
import inspect
from importlib import import_module
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from campaigns import operations
from campaigns.changes import changes_between
from campaigns.contents import content_of
from campaigns.models import Plan, PlanComment, PlanSection, Task, TaskAssignee, TaskMoney
from campaigns.operations.amendments import amend_plan
from campaigns.operations.leftovers import keep_leftover, replace_everywhere, replace_leftover
from campaigns.operations.parents import start_from_parent
from campaigns.operations.plans import (
    IssueFacts,
    issue_plan,
    save_facts,
    save_section,
    set_target,
    start_from_standard_split,
    submit_plan,
    withdraw_plan,
)
from campaigns.operations.reviews import (
    answer_comment,
    approve_plan,
    comment_on_plan,
    open_plan_for_review,
    remove_comment,
    return_plan,
)
from campaigns.operations.sections import PlanFacts
from campaigns.operations.tasks import MoneyData, TargetData, TaskData, add_tasks, move_task, remove_task, save_task
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.models import Event
from provinces.tests import make as who
from provinces.workflow import Refused

pytestmark = pytest.mark.django_db
LATER = NOW + datetime.timedelta(days=5)
FACTS = IssueFacts("15", "KH-UBND", datetime.date(2023, 11, 20))
REASON = "thay đổi địa điểm tổ chức lễ phát động"


@pytest.fixture
def people():
    return make_plans.cast()


def full(people):
    """An issued plan with every kind of part."""
    plan = make_plans.complete(people)
    make_plans.task(
        plan,
        people,
        title="Tập huấn",
        partners=(people.justice, "Các cơ quan Trung ương"),
        targets=(TargetData(make.measure(), 3),),
        money=(MoneyData(5_000_000, make.money_source()),),
        programmes=(make.programme(),),
    )
    set_target(plan, make.measure(), 103, by=people.officer, at=NOW)
    submit_plan(plan, by=people.officer, at=NOW)
    comment_on_plan(plan, "section:muc-dich", "advice", "Tốt.", by=people.reviewer, at=NOW)
    approve_plan(plan, by=people.reviewer, at=NOW)
    facts = IssueFacts(number="224", symbol="KH-UBND", dated=datetime.date(2023, 11, 1))
    return issue_plan(plan, facts, by=people.head, at=NOW)


def amended(people, plan=None):
    return amend_plan(plan or full(people), REASON, by=people.officer, at=LATER)


def rewritten(plan, people, **more):
    """The first task of a plan with another value."""
    task = plan.tasks.get(title="Lễ phát động cấp tỉnh")
    data = TaskData(title=task.title, type=task.type, lead=people.office, starts_on=task.starts_on)
    data = dataclasses.replace(data, **more)
    return save_task(plan, task, data, version=task.version, by=people.officer, at=LATER)


def issued_again(people, plan):
    make_plans.task(plan, people, title=f"Bổ sung ở bản thứ {plan.version}")
    submit_plan(plan, by=people.officer, at=LATER)
    approve_plan(plan, by=people.reviewer, at=LATER)
    return issue_plan(plan, FACTS, by=people.head, at=LATER)


# ── frozen ─────────────────────────────────────────────────────────────────

WRITERS = {
    add_tasks: lambda plan, who: add_tasks(
        plan, [TaskData("Thêm", make.activity_type(), lead=who.office)], by=who.officer, at=LATER
    ),
    answer_comment: lambda plan, who: answer_comment(plan.comments.get(), "fixed", by=who.officer, at=LATER),
    approve_plan: lambda plan, who: approve_plan(plan, by=who.reviewer, at=LATER),
    comment_on_plan: lambda plan, who: comment_on_plan(
        plan, "section:muc-dich", "must", "Sửa", by=who.reviewer, at=LATER
    ),
    issue_plan: lambda plan, who: issue_plan(plan, FACTS, by=who.head, at=LATER),
    keep_leftover: lambda plan, who: keep_leftover(plan, "abc", by=who.officer, at=LATER),
    move_task: lambda plan, who: move_task(plan.tasks.last(), -1, by=who.officer, at=LATER),
    open_plan_for_review: lambda plan, who: open_plan_for_review(plan, by=who.reviewer, at=LATER),
    remove_comment: lambda plan, who: remove_comment(plan.comments.get(), by=who.reviewer, at=LATER),
    remove_task: lambda plan, who: remove_task(plan.tasks.first(), version=1, by=who.officer, at=LATER),
    replace_everywhere: lambda plan, who: replace_everywhere(plan, "abc", "Mới", by=who.officer, at=LATER),
    replace_leftover: lambda plan, who: replace_leftover(plan, "abc", "Mới", version=1, by=who.officer, at=LATER),
    return_plan: lambda plan, who: return_plan(plan, by=who.reviewer, at=LATER),
    save_facts: lambda plan, who: save_facts(plan, PlanFacts("Khác", who.ubnd), by=who.officer, at=LATER),
    save_section: lambda plan, who: save_section(
        plan.sections.get(key="muc-dich"), "Khác", version=2, done=True, by=who.officer, at=LATER
    ),
    save_task: lambda plan, who: rewritten(plan, who, place="Nơi khác"),
    set_target: lambda plan, who: set_target(plan, make.measure(), 5, by=who.officer, at=LATER),
    start_from_parent: lambda plan, who: start_from_parent(plan, by=who.officer, at=LATER),
    start_from_standard_split: lambda plan, who: start_from_standard_split(plan, by=who.officer, at=LATER),
    submit_plan: lambda plan, who: submit_plan(plan, by=who.officer, at=LATER),
    withdraw_plan: lambda plan, who: withdraw_plan(plan, by=who.officer, at=LATER),
}
# Operations that take a plan or its parts and may run on an issued one: they leave it as it is.
LEAVE_IT_ALONE = {"amend_plan", "copy_plan", "open_plan_for_review"}


def everything(plan) -> list:
    """Each row of the plan and its parts, in full."""
    own = Task.objects.filter(plan=plan)
    parts = [rel for rel in Task._meta.related_objects if rel.related_model.__name__ != "TaskQuestion"]
    rows = [Plan.objects.filter(pk=plan.pk), plan.sections.all(), plan.targets.all(), plan.comments.all(), own]
    rows += [rel.related_model.objects.filter(**{f"{rel.field.name}__plan": plan}) for rel in parts]
    return [list(row.order_by("pk").values()) for row in rows]


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
@pytest.mark.parametrize("status", ["issued", "superseded"])
def test_an_issued_plan_never_changes(people, write, status):
    plan = full(people)
    if status == "superseded":
        issued_again(people, amended(people, plan))
        plan.refresh_from_db()
    before = everything(plan)

    if write.__name__ in LEAVE_IT_ALONE:
        WRITERS[write](plan, people)
    else:
        with pytest.raises(Refused):
            WRITERS[write](plan, people)

    assert everything(plan) == before


def test_a_plan_in_the_memory_of_a_page_that_was_open_before_does_not_change_either(people):
    plan = make_plans.complete(people)
    stale = Plan.objects.get(pk=plan.pk)
    section = make_plans.section(stale)
    section.plan = stale
    submit_plan(plan, by=people.officer, at=NOW)
    issue_plan(approve_plan(plan, by=people.reviewer, at=NOW), FACTS, by=people.head, at=NOW)

    with pytest.raises(Refused):
        save_section(section, "Muộn", version=section.version, done=True, by=people.officer, at=LATER)


def test_every_operation_on_a_plan_is_tried():
    """An operation that is added takes its place in the table above."""
    found = set()
    for path in Path(operations.__file__).parent.glob("*.py"):
        module = import_module(f"campaigns.operations.{path.stem}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = inspect.signature(function).parameters
            first = next(iter(parameters.values()), None)
            taken = first is not None and first.annotation in {Plan, PlanSection, PlanComment, Task}
            if taken and {"by", "at"} <= set(parameters) and not name.startswith(("_", "tell_")):
                found.add(name)

    of_a_task_of_an_issued_plan = {"ask_question", "say_done", "take_back_done"}
    assert found - {write.__name__ for write in WRITERS} - LEAVE_IT_ALONE == of_a_task_of_an_issued_plan


def refused_by_the_database(write):
    with pytest.raises(DatabaseError, match="issued_plan_never_changes"), transaction.atomic():
        write()


@pytest.mark.parametrize("change", [{"subject": "Khác"}, {"number": "9"}, {"status": "draft"}, {"recipients": "Ai"}])
def test_the_database_refuses_to_change_an_issued_plan(people, change):
    plan = full(people)

    refused_by_the_database(lambda: Plan.objects.filter(pk=plan.pk).update(**change))
    Plan.objects.filter(pk=plan.pk).update(status="superseded")
    refused_by_the_database(lambda: Plan.objects.filter(pk=plan.pk).update(status="issued"))


def test_the_database_lets_an_open_plan_change(people):
    plan = make_plans.complete(people)

    assert Plan.objects.filter(pk=plan.pk).update(subject="Khác") == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="parts are guarded by PostgreSQL")
def test_the_database_refuses_to_change_the_parts_of_an_issued_plan(people):
    plan = full(people)
    task = plan.tasks.last()

    refused_by_the_database(lambda: plan.tasks.update(title="Khác"))
    refused_by_the_database(lambda: plan.sections.update(text="Khác"))
    refused_by_the_database(lambda: TaskMoney.objects.filter(task=task).delete())
    refused_by_the_database(lambda: TaskMoney.objects.create(task=task, amount=1, source=make.money_source()))
    refused_by_the_database(lambda: plan.programmes.add(make.programme()))
    refused_by_the_database(lambda: Task.objects.create(plan=plan, title="Thêm", heading="III.2", type=task.type))


# ── amended ────────────────────────────────────────────────────────────────


def test_an_amendment_is_the_next_version_with_the_same_content(people):
    plan = full(people)

    made = amended(people, plan)

    assert (made.version, made.lineage, made.status) == (2, plan.lineage, "draft")
    assert made.amendment_reason == REASON
    assert (made.number, made.dated, made.scan, made.signer) == ("", None, None, "")
    assert changes_between(content_of(plan), content_of(made)) == []
    assert set(made.tasks.values_list("lineage")) == set(plan.tasks.values_list("lineage"))
    assert plan.status == "issued"
    assert Event.objects.about(made).filter(verb="plan.amend").count() == 1


def test_the_issued_version_stays_until_the_amendment_is_issued(people):
    plan = full(people)
    made = amended(people, plan)
    rewritten(made, people, place="Khu công nghiệp Đông Mai")
    assert Plan.objects.get(pk=plan.pk).status == "issued"

    issued_again(people, made)

    plan.refresh_from_db()
    assert (plan.status, made.status) == ("superseded", "issued")
    assert Event.objects.about(plan).filter(verb="plan.supersede").count() == 1
    assert plan.tasks.get(title="Lễ phát động cấp tỉnh").place == ""
    assert TaskAssignee.objects.filter(task__plan=made).count() == 3


@pytest.mark.parametrize("state", ["complete", "submitted", "returned", "approved"])
def test_only_an_issued_plan_is_amended(people, state):
    plan = getattr(make_plans, state)(people)

    with pytest.raises(Refused):
        amended(people, plan)
    assert Plan.objects.count() == 1


def test_a_replaced_version_is_not_amended_again(people):
    plan = full(people)
    issued_again(people, amended(people, plan))
    plan.refresh_from_db()

    with pytest.raises(Refused):
        amended(people, plan)


def test_two_people_amending_at_once_open_one_version(people):
    plan = full(people)
    amended(people, plan)

    with pytest.raises(Refused, match="amendment|điều chỉnh"):
        amend_plan(Plan.objects.get(pk=plan.pk), "lý do khác", by=people.head, at=LATER)

    assert Plan.objects.filter(lineage=plan.lineage).count() == 2


def test_an_amendment_says_why(people):
    plan = full(people)

    with pytest.raises(Refused) as refused:
        amend_plan(plan, "  ", by=people.officer, at=LATER)

    assert refused.value.field == "reason"


@pytest.mark.parametrize("seat", ["reviewer", "lawyer", "stranger", "viewer"])
def test_only_the_office_amends_its_plan(people, seat):
    plan = full(people)
    people.stranger = who.seat(who.office(who.province("Hà Tĩnh", "42", "ha-tinh")), "approver")
    people.viewer = who.seat(people.office, "viewer")

    with pytest.raises(Refused):
        amend_plan(plan, REASON, by=getattr(people, seat), at=LATER)


def test_a_month_has_one_plan_which_goes_on_as_an_amendment(people):
    full(people)

    with pytest.raises(Refused, match="amendment|điều chỉnh"):
        make_plans.started(people)


def test_an_amendment_that_changes_nothing_is_not_submitted(people):
    made = amended(people)

    with pytest.raises(Refused, match="nothing|không thay đổi"):
        submit_plan(made, by=people.officer, at=LATER)

    rewritten(made, people, place="Khu công nghiệp Đông Mai")
    assert submit_plan(made, by=people.officer, at=LATER).status == "submitted"


def test_an_amendment_by_another_kind_of_document_forgets_the_symbol(people):
    plan = amend_plan(make_plans.issued(people), REASON, by=people.officer, at=LATER)
    facts = PlanFacts(subject=plan.subject, issuer=plan.issuer, paper=plan.paper)
    assert save_facts(plan, facts, by=people.officer, at=LATER).symbol == "QĐ-BPN&TE"

    plan = save_facts(plan, dataclasses.replace(facts, paper="CV"), by=people.officer, at=LATER)

    assert plan.symbol == ""


def test_an_amendment_can_be_amended(people):
    first = full(people)
    second = issued_again(people, amended(people, first))
    third = amended(people, second)
    issued_again(people, third)

    assert list(Plan.objects.order_by("version").values_list("version", "status")) == [
        (1, "superseded"),
        (2, "superseded"),
        (3, "issued"),
    ]


def test_amending_takes_as_many_queries_for_one_task_as_for_thirty(people, django_assert_max_num_queries):
    plan = full(people)
    with django_assert_max_num_queries(60) as few:
        amended(people, plan)
    other = make_plans.cast("Hà Tĩnh", "42", "ha-tinh")
    plan = make_plans.complete(other)
    for number in range(30):
        make_plans.task(plan, other, title=f"Nhiệm vụ {number}", partners=(other.justice,))
    submit_plan(plan, by=other.officer, at=NOW)
    issue_plan(approve_plan(plan, by=other.reviewer, at=NOW), FACTS, by=other.head, at=NOW)

    with django_assert_max_num_queries(len(few)):
        amended(other, plan)
