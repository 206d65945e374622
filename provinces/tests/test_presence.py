"""Who is there: shown while somebody has a part open, forgotten when nothing is heard for a minute."""

import datetime

import pytest

from provinces.models import Presence
from provinces.operations.presence import end_presence, show_presence
from provinces.queries import others_at
from provinces.tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def later(seconds: int) -> datetime.datetime:
    return NOW + datetime.timedelta(seconds=seconds)


@pytest.fixture
def office():
    return make.office(make.province())


@pytest.fixture
def two(office):
    return make.seat(office), make.seat(office)


def test_somebody_else_sees_who_is_there_and_since_when(office, two):
    one, other = two
    show_presence(office, "section:muc-dich", by=one, at=NOW)
    show_presence(office, "section:muc-dich", by=one, at=later(20))

    (seen,) = others_at(office, but=other, at=later(30))["section:muc-dich"]

    assert (seen.seat, seen.since) == (one, NOW)
    assert others_at(office, but=one, at=later(30)) == {}


def test_a_minute_of_silence_is_gone(office, two):
    one, other = two
    show_presence(office, "a", by=one, at=NOW)

    assert others_at(office, but=other, at=later(59))
    assert others_at(office, but=other, at=later(60)) == {}


def test_the_next_sign_of_life_forgets_the_silent_and_starts_anew(office, two):
    one, other = two
    show_presence(office, "a", by=one, at=NOW)
    show_presence(office, "a", by=other, at=later(100))
    assert Presence.objects.count() == 1

    show_presence(office, "a", by=one, at=later(110))

    assert [each.since for each in others_at(office, but=other, at=later(111))["a"]] == [later(110)]


def test_who_closes_the_page_is_gone_at_once(office, two):
    one, other = two
    show_presence(office, "a", by=one, at=NOW)

    end_presence(office, "a", by=one)

    assert others_at(office, but=other, at=NOW) == {}


def test_the_same_person_in_another_seat_is_nobody_else(office, two):
    one, _other = two
    show_presence(office, "a", by=one, at=NOW)

    assert others_at(office, but=make.seat(office, "approver", one.user), at=NOW) == {}


def test_other_rows_stay_out_of_it(office, two):
    one, other = two
    show_presence(office, "a", by=one, at=NOW)

    assert others_at(office.unit, but=other, at=NOW) == {}
