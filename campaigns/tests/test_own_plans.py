"""A commune's or a district's own plan under the province's, issued by its own head."""

import datetime

import pytest
from django.urls import reverse

from campaigns.models import Plan
from campaigns.operations.parents import start_from_parent
from campaigns.operations.plans import IssueFacts, issue_plan, save_section, start_plan, submit_plan
from campaigns.operations.reviews import approve_plan
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.tests import make as who
from provinces.workflow import Refused

pytestmark = pytest.mark.django_db
PLACE = {"t": "quang-ninh", "y": 2023}
DAY = datetime.date(2023, 11, 5)


@pytest.fixture
def people():
    make.campaign()
    return make_plans.cast()


@pytest.fixture
def commune(people):
    unit = who.commune(people.province, "Xã Đông Mai", "06736")
    return who.department(unit, "Ủy ban nhân dân xã Đông Mai", "UBND", kind="ubnd_xa")


@pytest.fixture
def parent(people, commune):
    """The province's issued plan, with one task for every commune and one for the office."""
    plan = make_plans.complete(people)
    make_plans.task(
        plan,
        people,
        title="Mít tinh cấp xã",
        lead=None,
        lead_group="communes_old",
        starts_on=datetime.date(2023, 11, 15),
        programmes=(make.programme(),),
    )
    submit_plan(plan, by=people.officer, at=NOW)
    facts = IssueFacts("224", "KH-UBND", datetime.date(2023, 11, 1))
    return issue_plan(approve_plan(plan, by=people.reviewer, at=NOW), facts, by=people.head, at=NOW)


def own(commune, by, **more):
    fields = {
        "owner": commune,
        "kind": "month",
        "issuer": commune,
        "subject": "Triển khai Tháng hành động trên địa bàn xã",
        "years": (2023, 2023),
        **more,
    }
    return start_plan(make.campaign(), by=by, at=NOW, **fields)


def test_a_commune_carries_out_the_provinces_plan_by_a_plan_that_its_own_head_issues(people, commune, parent):
    head = who.seat(commune, "approver")
    plan = own(commune, head, parent=parent)
    save_section(make_plans.section(plan), make_plans.PURPOSE, version=1, done=True, by=head, at=NOW)
    start_from_parent(plan, by=head, at=NOW)

    submit_plan(plan, by=head, at=NOW)
    approve_plan(plan, by=head, at=NOW)
    issue_plan(plan, IssueFacts("05", "KH-UBND", DAY), by=head, at=NOW)

    assert (plan.status, plan.parent) == ("issued", parent)
    assert [(task.title, task.lead) for task in plan.tasks.all()] == [("Mít tinh cấp xã", commune)]
    assert plan.tasks.get().programmes.get().programme == make.programme()


def test_the_provinces_committee_does_not_decide_on_a_communes_plan(people, commune):
    plan = own(commune, who.seat(commune))

    assert plan.powers(people.reviewer) == frozenset()
    assert plan.powers(who.seat(commune, "approver")) >= {"own_approver", "reviewer"}


def test_tasks_of_the_plan_above_are_taken_over_once(people, commune, parent):
    head = who.seat(commune, "approver")
    plan = own(commune, head, parent=parent)
    start_from_parent(plan, by=head, at=NOW)

    start_from_parent(plan, by=head, at=NOW)

    assert plan.tasks.count() == 1


@pytest.mark.parametrize("state", ["complete", "submitted", "approved"])
def test_only_an_issued_plan_of_the_province_is_a_parent(people, commune, state):
    above = getattr(make_plans, state)(people)

    with pytest.raises(Refused) as refused:
        own(commune, who.seat(commune), parent=above)

    assert refused.value.field == "parent"


def test_another_provinces_plan_is_no_parent(people, commune):
    other = make_plans.issued(make_plans.cast("Hà Tĩnh", "42", "ha-tinh"))

    with pytest.raises(Refused):
        own(commune, who.seat(commune), parent=other)


def test_another_communes_plan_and_another_year_are_no_parents(people, commune, parent):
    head = who.seat(commune, "approver")
    plan = own(commune, head)
    Plan.objects.filter(pk=plan.pk).update(status="issued", number_unknown=True)
    plan.refresh_from_db()

    with pytest.raises(Refused):
        own(commune, head, kind="year", parent=plan)
    with pytest.raises(Refused):
        own(commune, head, kind="year", years=(2025, 2025), parent=parent)


def test_the_plan_of_a_province_has_no_plan_above_it(people, parent):
    with pytest.raises(Refused):
        make_plans.started(people, kind="year", parent=parent)


def test_a_district_of_history_writes_its_own_plan_of_a_programme(people):
    unit = who.commune(people.province, "Thị xã Quảng Yên", "206", level="district")
    district = who.department(unit, "Ủy ban nhân dân thị xã Quảng Yên", "UBND", kind="ubnd_huyen")
    head = who.seat(district, "approver")

    plan = own(district, head, kind="programme", years=(2023, 2030))

    assert plan.powers(head) >= {"own_editor", "own_approver", "reviewer"}


def test_the_start_page_of_a_commune_offers_the_provinces_plan_and_its_tasks(client, commune, parent):
    client.force_login(who.seat(commune).user)
    address = reverse("plan_new", kwargs=PLACE)
    page = client.get(address)
    fields = {box.name: box.value() for box in page.context["form"] if box.value() is not None}
    assert (fields["parent"], fields["base"]) == (parent.pk, "parent")

    client.post(address, {**fields, "issuer": commune.pk, "paper": "KH"})

    plan = Plan.objects.get(owner=commune)
    assert (plan.parent, plan.tasks.get().title) == (parent, "Mít tinh cấp xã")


def test_the_page_of_the_provinces_plan_lists_the_plans_under_it(client, people, commune, parent):
    head = who.seat(commune, "approver")
    plan = own(commune, head, parent=parent)
    client.force_login(people.officer.user)
    above = reverse("plan", kwargs={**PLACE, "id": parent.public_id})
    assert "xã Đông Mai" not in client.get(above).content.decode()

    Plan.objects.filter(pk=plan.pk).update(status="approved")

    assert "Ủy ban nhân dân xã Đông Mai" in client.get(above).content.decode()
    below = client.get(reverse("plan", kwargs={**PLACE, "id": plan.public_id})).content.decode()
    assert above in below


def test_the_start_page_of_the_office_offers_no_plan_above(client, people, parent):
    client.force_login(people.officer.user)

    assert "parent" not in client.get(reverse("plan_new", kwargs=PLACE)).context["form"].fields
