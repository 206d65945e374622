"""An officer's drafts go to a successor word for word; nothing is written over, and the log names it."""

import pytest
from django.urls import reverse

from activities.tests import make as activities
from provinces.drafts import find_draft
from provinces.models import Draft, Event
from provinces.operations.memory import save_draft
from provinces.operations.people import hand_over
from provinces.tests import make
from provinces.tests.make import NOW
from provinces.workflow import Refused
from reports.tests.asking import office
from reports.tests.pages import as_

pytestmark = pytest.mark.django_db
WORDS = {"title": ["Tọa đàm dở dang “Vì sao?”"]}


@pytest.fixture
def people():
    found = office()
    found.admin = make.seat(found.editor.department, "admin")
    return found


def page(seat):
    return reverse("administration_handover", kwargs={"t": "quang-ninh", "pk": seat.pk})


def test_what_goes_over_is_listed_first_and_then_the_successor_has_every_word(people):
    save_draft("activity", "", WORDS, by=people.officer, at=NOW)
    activities.activity(people.department, status="draft")
    browser = as_(people.admin)

    shown = browser.get(page(people.officer)).content.decode()
    assert "Ghi hoạt động" in shown and "1 hoạt động còn nháp" in shown and "dở dang" not in shown
    browser.post(page(people.officer), {"to": people.chief.pk})

    assert find_draft(people.chief, "activity").raw == WORDS
    line = Event.objects.get(verb="seat.hand_over")
    assert (line.details["drafts"], line.details["left"]) == (1, 0)
    assert "dở dang" not in str(line.details)


def test_what_the_successor_has_begun_is_not_written_over_and_nothing_is_lost(people):
    save_draft("activity", "", WORDS, by=people.officer, at=NOW)
    save_draft("activity", "", {"title": ["Của tôi"]}, by=people.chief, at=NOW)
    save_draft("grid", "", WORDS, by=people.officer, at=NOW)

    assert hand_over(people.officer, people.chief, by=people.admin, at=NOW) == (1, 1)

    assert find_draft(people.chief, "activity").raw == {"title": ["Của tôi"]}
    assert find_draft(people.officer, "activity").raw == WORDS
    Draft.objects.filter(seat=people.chief, form="activity").delete()
    assert hand_over(people.officer, people.chief, by=people.admin, at=NOW) == (1, 0)


def test_only_to_a_colleague_who_writes_and_only_by_an_administrator(people):
    save_draft("activity", "", WORDS, by=people.officer, at=NOW)
    viewer = make.seat(people.department, "viewer")

    for to, by in (
        (people.editor, people.admin),
        (viewer, people.admin),
        (people.officer, people.admin),
        (people.chief, people.editor),
        (people.chief, people.stranger),
    ):
        with pytest.raises(Refused):
            hand_over(people.officer, to, by=by, at=NOW)
    assert as_(people.editor).get(page(people.officer)).status_code == 404
    assert Draft.objects.get().seat == people.officer
