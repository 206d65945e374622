"""The strip of the last seven days: what is owed, how long still, by the server's clock and nobody else's."""

import datetime

import pytest
from django.utils import timezone

from campaigns.models import Recipient
from campaigns.operations.requests import close_request
from reports.models import Report
from reports.queries.deadlines import deadline_of
from reports.queries.home import work_of
from reports.queries.places import current_place
from reports.tests.asking import DUE, asked, office, opened
from reports.tests.pages import as_

pytestmark = pytest.mark.django_db
SECOND, DAY = datetime.timedelta(seconds=1), datetime.timedelta(days=1)


@pytest.fixture
def people():
    return office()


def seen_by(seat, at):
    return deadline_of(seat, current_place(seat, ["quang-ninh", 2023]), at)


@pytest.mark.parametrize(
    ("at", "left"),
    [
        (DUE - 7 * DAY - SECOND, None),
        (DUE - 7 * DAY, "Còn 7 ngày"),
        (DUE - 3 * DAY - 4 * DAY / 24, "Còn 3 ngày 4 giờ"),
        (DUE - SECOND, "Còn 1 phút"),
        (DUE, "Còn 1 phút"),
        (DUE + SECOND, "Quá hạn 1 phút"),
        (DUE.astimezone(datetime.UTC) - DAY, "Còn 1 ngày"),
        (DUE.astimezone(datetime.timezone(datetime.timedelta(hours=-8))) + 2 * DAY / 24, "Quá hạn 2 giờ"),
        (DUE + 7 * DAY + SECOND, None),
    ],
)
def test_the_strip_counts_by_the_moment_and_not_by_the_day_or_the_zone(people, at, left):
    asked(people)

    found = seen_by(people.officer, at)

    assert (found and found.left) == left


def test_an_extension_moves_the_strip_and_sending_or_closing_ends_it(people):
    row = asked(people)
    Recipient.objects.update(due=DUE + DAY)
    assert seen_by(people.officer, DUE).due == DUE + DAY

    Report.objects.update(status="nil", nil_reason="Không có", locked_at=DUE)
    assert seen_by(people.officer, DUE) is None

    Report.objects.update(status="draft", nil_reason="")
    assert seen_by(people.officer, DUE) is not None
    close_request(row, "Đã tổng hợp", by=people.editor, at=DUE)
    assert seen_by(people.officer, DUE) is None


def test_the_office_counts_the_days_of_those_it_asked_and_strangers_see_nothing(people):
    asked(people)

    assert (seen_by(people.editor, DUE - DAY).own, seen_by(people.editor, DUE + SECOND)) == (False, None)
    assert seen_by(people.stranger, DUE - DAY) is None


def test_the_strip_stands_on_every_page_with_the_absolute_time_and_the_servers_clock(people, monkeypatch):
    asked(people)
    at = DUE - 2 * DAY - 5 * DAY / 24
    client = as_(people.officer)
    client.get("/quang-ninh/2023/bao-cao-don-vi/")
    monkeypatch.setattr(timezone, "now", lambda: at)

    for path in ("/viec-can-lam", "/quang-ninh/2023/hoat-dong/"):
        page = client.get(path).content.decode()
        strip = page.partition('<aside class="strip"')[2].partition("</aside>")[0]
        assert "Còn 2 ngày 5 giờ" in strip
        assert "17:00 ngày 18/12/2023" in strip and "12:00 ngày 16/12/2023" in strip


def test_what_waits_for_the_head_is_overdue_for_the_editor_too(people):
    report = opened(people)
    Report.objects.filter(pk=report.pk).update(status="waiting_head")
    place = current_place(people.officer, ["quang-ninh", 2023])

    waiting = work_of(people.officer, place, DUE + SECOND).waiting

    assert [task.flags for task in waiting if task.row == report.public_id] == [("Quá hạn",)]
