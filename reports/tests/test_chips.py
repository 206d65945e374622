"""Every state of every floor has its chip, every act its words in the log."""

import re

import pytest
from django.conf import settings

from activities.models import Activity, DuplicatePair
from campaigns.models import Plan
from provinces.templatetags.components import OWNER
from provinces.verbs import VERBS
from reports.models import Delivery, Job, Report

ROWS = [
    ("plan", Plan),
    ("activity", Activity),
    ("pair", DuplicatePair),
    ("report", Report),
    ("delivery", Delivery),
    ("job", Job),
]


@pytest.mark.parametrize(("kind", "model"), ROWS)
def test_every_state_has_a_chip(kind, model):
    assert set(model.Status.values) - {"superseded"} <= set(OWNER[kind])


@pytest.mark.parametrize("model", [Plan, Activity, DuplicatePair, Report])
def test_every_move_has_words_for_the_log(model):
    assert {step.verb for step in model.MOVES} <= set(VERBS)


def test_every_act_that_is_logged_has_words():
    logged = set()
    for floor in ("provinces", "campaigns", "activities", "reports"):
        for path in (settings.BASE_DIR / floor).rglob("*.py"):
            if "tests" not in path.parts:
                logged |= set(re.findall(r'record_event\(\s*"([a-z_.]+)"', path.read_text(encoding="utf-8")))
    assert logged - set(VERBS) == set()
