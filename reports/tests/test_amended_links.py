"""An activity logged against a task keeps its link when the plan is amended."""

import datetime

import pytest
from django.urls import reverse

from activities.queries import recorded_for_tasks
from activities.tests import make as activities
from campaigns.tests import make, make_plans
from reports.queries.plan import current_plan, done_lineages, tasks_without_activity
from reports.tests import plans

pytestmark = pytest.mark.django_db
PLACE = {"t": "quang-ninh", "y": 2023}


@pytest.fixture
def people():
    make.campaign()
    return make_plans.cast()


@pytest.fixture
def story(people):
    """An issued plan, an activity for its first and its last task, and the amendment that drops the last one."""
    first = plans.issued(people, plans.full(people))
    launch, _communes, media = first.tasks.all()
    for task in (launch, media):
        activities.activity(people.office, f"Đã làm: {task.title}", task_lineage=task.lineage, status="accepted")
    second = plans.issued(people, plans.amended(people, first), "15", day=datetime.date(2023, 11, 20))
    return first, second, launch, media


def page_of(client, task):
    return client.get(reverse("task", kwargs={**PLACE, "id": task.public_id}), follow=True).content.decode()


def test_the_task_of_the_amended_plan_shows_what_was_logged_before(client, people, story):
    _first, second, launch, _media = story
    client.force_login(people.officer.user)

    assert "Đã làm: Lễ phát động cấp tỉnh" in page_of(client, second.tasks.get(lineage=launch.lineage))
    assert "Đã làm: Lễ phát động cấp tỉnh" in page_of(client, launch)  # the address of the replaced version


def test_a_task_that_was_taken_out_keeps_its_activities_on_the_replaced_version(client, people, story):
    _first, second, _launch, media = story
    client.force_login(people.officer.user)

    assert not second.tasks.filter(lineage=media.lineage).exists()
    assert "Đã làm: Truyền thông" in page_of(client, media)


def test_plan_and_result_are_counted_by_the_version_in_force(people, story):
    _first, second, launch, media = story

    assert current_plan(people.province, second.campaign) == second
    assert done_lineages(people.province, second.campaign) == {launch.lineage, media.lineage}
    waiting = {task.lineage for task in tasks_without_activity(people.province, second.campaign, second)}
    assert launch.lineage not in waiting and len(waiting) == 2
    assert recorded_for_tasks([launch.lineage]) == {launch.lineage: 1}
