"""After an inspection: what is due, what is overdue, and the day on which it was put right."""

import datetime

import pytest

from activities.models import Inspected, Inspection
from activities.operations import cancel_activity, put_right
from activities.queries.remedies import DONE, DUE, OVERDUE, in_state, overdue_for, remedies
from activities.tests import make
from activities.tests.test_pages import words
from provinces.models import Event
from provinces.tests import make as who
from provinces.workflow import Refused

NOW = who.NOW
TODAY = NOW.date()
PAGE = "/quang-ninh/2023/kiem-tra/"


def inspected(activity, due=TODAY, done_on=None, name="Công ty may B", finding="Chưa có nội quy"):
    visit = Inspection.objects.create(activity=activity, decision="Quyết định đoàn liên ngành")
    return Inspected.objects.create(inspection=visit, name=name, finding=finding, due=due, done_on=done_on)


@pytest.fixture
def activity(scene):
    return make.activity(scene.department, "Kiểm tra liên ngành", starts_on=datetime.date(2023, 11, 10))


@pytest.fixture
def as_seat(client):
    def sign_in(seat):
        client.force_login(seat.user)
        return client

    return sign_in


def test_remedies_are_overdue_due_or_done(scene, activity):
    late = inspected(activity, TODAY - datetime.timedelta(1))
    today = inspected(activity)
    done = inspected(activity, TODAY - datetime.timedelta(5), TODAY)
    inspected(activity, None)

    rows = remedies(scene.officer, scene.province, 2023)

    assert set(rows) == {late, today, done}
    assert [list(in_state(rows, state, TODAY)) for state in (OVERDUE, DUE, DONE)] == [[late], [today], [done]]
    assert list(overdue_for(scene.editor, scene.province, 2023, TODAY)) == [late]


def test_cancelled_inspections_ask_for_nothing(scene, activity):
    inspected(activity)
    cancel_activity(activity, "Ghi nhầm", by=scene.officer, at=NOW)

    assert not remedies(scene.officer, scene.province, 2023)


def test_the_day_is_noted_long_after_verification_and_can_be_taken_away(scene, activity):
    body = inspected(activity)

    put_right(body, TODAY, by=scene.editor, at=NOW)
    assert Inspected.objects.get().done_on == TODAY
    assert Event.objects.about(activity).last().details["done_on"] == TODAY.isoformat()

    put_right(body, None, by=scene.officer, at=NOW)
    assert Inspected.objects.get().done_on is None


@pytest.mark.parametrize("day", [TODAY + datetime.timedelta(1), datetime.date(2023, 11, 9)])
def test_nothing_is_put_right_in_the_future_or_before_the_inspection(scene, activity, day):
    with pytest.raises(Refused):
        put_right(inspected(activity), day, by=scene.editor, at=NOW)


def test_others_note_nothing(scene, activity):
    stranger = who.seat(who.department(scene.province, "Sở Y tế"))

    for seat in (stranger, scene.viewer):
        with pytest.raises(Refused):
            put_right(inspected(activity), TODAY, by=seat, at=NOW)


def test_the_page_lists_and_notes_without_a_script(scene, activity, as_seat):
    body = inspected(activity, datetime.date(2023, 11, 15))
    browser = as_seat(scene.editor)
    page = words(browser.get(PAGE))
    assert "Công ty may B" in page and "15/11/2023" in page and "flag-bad" in page

    assert browser.post(f"{PAGE}{body.pk}", {"done_on": "9/11/2023"}).status_code == 422
    refused = browser.post(f"{PAGE}{body.pk}", {"done_on": "31/11"})
    assert refused.status_code == 422 and "31/11" in words(refused)
    browser.post(f"{PAGE}{body.pk}", {"done_on": "20/11"})

    assert Inspected.objects.get().done_on == datetime.date(2023, 11, 20)
    assert "20/11/2023" in words(browser.get(f"{PAGE}?xem=da-xong"))
    assert "Công ty may B" not in words(browser.get(f"{PAGE}?xem=qua-han"))


def test_another_department_finds_neither_page_nor_row(scene, activity, as_seat):
    body = inspected(activity)
    other = as_seat(who.seat(who.department(scene.province, "Sở Y tế")))
    assert "Công ty may B" not in words(other.get(PAGE))
    assert other.post(f"{PAGE}{body.pk}", {"done_on": "20/11"}).status_code == 404

    stranger = as_seat(who.seat(who.office(who.province("Kiên Giang", "91", "kien-giang"))))
    assert stranger.get(PAGE).status_code == 404


def test_a_viewer_reads_without_boxes(scene, activity, as_seat):
    body = inspected(activity)

    browser = as_seat(scene.viewer)
    assert "Công ty may B" in words(browser.get(PAGE))
    assert f"/kiem-tra/{body.pk}" not in words(browser.get(PAGE))


def test_the_list_asks_the_same_number_of_questions_for_1_row_and_for_30(
    scene, activity, as_seat, django_assert_max_num_queries, django_assert_num_queries
):
    browser = as_seat(scene.officer)
    inspected(activity)
    browser.get(PAGE)
    with django_assert_max_num_queries(40) as first:
        browser.get(PAGE)
    for _ in range(18):
        inspected(make.activity(scene.department, starts_on=datetime.date(2023, 11, 10)))
    with django_assert_num_queries(len(first)):
        browser.get(PAGE)
