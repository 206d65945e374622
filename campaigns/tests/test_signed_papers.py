"""What the registry writes about a signed plan is judged before the page that asks again, and again when issued."""

import datetime

import pytest
from django.test import Client

from campaigns.assignments import groups_on
from campaigns.models import Plan, Task
from campaigns.operations.plans import IssueFacts, issue_plan
from campaigns.tests import make_plans
from provinces.tests.make import NOW
from provinces.workflow import Refused

pytestmark = pytest.mark.django_db
FACTS = {"number": "224", "symbol": "KH-UBND", "dated": "1/11/2023", "signer": ""}


@pytest.fixture
def people():
    return make_plans.cast()


def post(plan, seat, **more):
    client = Client()
    client.force_login(seat.user)
    return client.post(f"/quang-ninh/2023/ke-hoach/{plan.public_id}/ban-hanh", {**FACTS, **more})


def test_the_usual_symbol_stands_there_to_be_corrected(people):
    plan = make_plans.approved(people)
    client = Client()
    client.force_login(people.head.user)

    page = client.get(f"/quang-ninh/2023/ke-hoach/{plan.public_id}/ban-hanh")

    assert 'value="KH-UBND"' in page.content.decode()


@pytest.mark.parametrize("missing", ["number", "dated"])
def test_what_is_missing_is_said_before_anything_is_confirmed(people, missing):
    plan = make_plans.approved(people)

    page = post(plan, people.head, **{missing: ""})

    assert page.status_code == 422
    assert missing in page.context["form"].errors


def test_a_complete_paper_is_repeated_and_then_issued(people):
    plan = make_plans.approved(people)

    asked = post(plan, people.head)
    before = Plan.objects.get(pk=plan.pk).status
    post(plan, people.head, confirm="1")

    assert (asked.status_code, before) == (200, "approved")
    assert Plan.objects.get(pk=plan.pk).status == "issued"


def test_a_day_years_ahead_is_a_slip_of_the_year(people):
    plan = make_plans.approved(people)
    facts = IssueFacts("224", "KH-UBND", NOW.date() + datetime.timedelta(days=365))

    with pytest.raises(Refused) as refused:
        issue_plan(plan, facts, by=people.head, at=NOW)

    assert refused.value.field == "dated"


@pytest.mark.parametrize(
    ("day", "gone"),
    [(datetime.date(2023, 11, 15), Task.Group.COMMUNES), (datetime.date(2026, 11, 15), Task.Group.DISTRICTS)],
)
def test_a_group_leads_only_in_its_own_era(day, gone):
    assert gone not in groups_on(day)
    assert Task.Group.OFFICES in groups_on(day)


def test_a_group_of_another_era_is_refused_as_lead(people):
    plan = make_plans.started(people)

    with pytest.raises(Refused) as refused:
        make_plans.task(plan, people, lead=None, lead_group=Task.Group.COMMUNES)

    assert refused.value.field == "lead"
    make_plans.task(plan, people, lead=None, lead_group=Task.Group.COMMUNES_OLD)
    assert plan.tasks.get().lead_group == Task.Group.COMMUNES_OLD
