"""One move changes any status, and only for those who may."""

import pytest
from django.db import IntegrityError

from campaigns.models import Plan
from campaigns.tests import make as campaigns
from provinces.models import Event
from provinces.tests import make
from provinces.workflow import Refused, can_move, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.office(make.province())


def test_a_move_changes_the_status_and_leaves_one_event(office):
    plan, officer = campaigns.plan(office), make.seat(office)

    move(plan, "submitted", by=officer, at=make.NOW, submitted_at=make.NOW)

    assert plan.status == Plan.Status.SUBMITTED
    line = Event.objects.get()
    assert (line.verb, line.seat, line.details["from"]) == ("plan.submit", officer, "draft")


def test_of_two_people_pressing_at_once_one_wins(office):
    officer, colleague = make.seat(office), make.seat(office)
    first = campaigns.plan(office)
    second = Plan.objects.get(pk=first.pk)

    move(first, "submitted", by=officer, at=make.NOW, submitted_at=make.NOW)
    with pytest.raises(Refused):
        move(second, "submitted", by=colleague, at=make.NOW, submitted_at=make.NOW)

    assert Event.objects.filter(verb="plan.submit").count() == 1


def test_a_stranger_moves_nothing_even_with_the_power_of_the_table(office, monkeypatch):
    plan = campaigns.plan(office)
    stranger = make.seat(make.department(make.province("Kiên Giang", "91", "kien-giang")))
    monkeypatch.setattr(Plan, "powers", lambda self, seat: frozenset({"own_editor"}))

    with pytest.raises(Refused):
        move(plan, "submitted", by=stranger, at=make.NOW, submitted_at=make.NOW)

    assert Plan.objects.get().status == Plan.Status.DRAFT


def test_a_viewer_has_no_move(office):
    plan, viewer = campaigns.plan(office), make.seat(office, role="viewer")

    assert not can_move(plan, "submitted", viewer)
    with pytest.raises(Refused):
        move(plan, "submitted", by=viewer, at=make.NOW, submitted_at=make.NOW)


def test_a_step_that_the_table_does_not_have_is_refused(office):
    plan, officer = campaigns.plan(office), make.seat(office, role="approver")

    with pytest.raises(Refused):
        move(plan, "issued", by=officer, at=make.NOW)


def test_the_power_of_review_comes_from_the_duty_at_the_day_of_the_campaign(office):
    plan = campaigns.plan(office, status="submitted", submitted_at=make.NOW)
    committee = make.committee(office.unit)
    other = make.department(office.unit)

    assert can_move(plan, "approved", make.seat(committee, role="approver"))
    assert not can_move(plan, "approved", make.seat(committee, role="editor"))
    assert not can_move(plan, "approved", make.seat(other, role="approver"))


def test_the_event_rolls_back_with_the_move(office):
    plan, officer = campaigns.plan(office), make.seat(office)

    with pytest.raises(IntegrityError, match="plan_submitted_has_time"):
        move(plan, "submitted", by=officer, at=make.NOW)

    assert not Event.objects.exists()
