"""Every state of every floor has its chip, every move its words in the log."""

import pytest

from activities.models import Activity
from campaigns.models import Plan
from provinces.templatetags.components import OWNER, VERBS
from reports.models import Delivery, Job, Report

ROWS = [("plan", Plan), ("activity", Activity), ("report", Report), ("delivery", Delivery), ("job", Job)]


@pytest.mark.parametrize(("kind", "model"), ROWS)
def test_every_state_has_a_chip(kind, model):
    assert set(model.Status.values) - {"superseded"} <= set(OWNER[kind])


@pytest.mark.parametrize("model", [Plan, Activity, Report])
def test_every_move_has_words_for_the_log(model):
    assert {step.verb for step in model.MOVES} <= set(VERBS)
