"""Days of a request: the month ends on 15/12, the periodic year on 14/12, steps fall on working days."""

import datetime

import pytest

from campaigns.models import Holiday
from campaigns.tests import make
from campaigns.workdays import WorkingDays, backwards, suggested
from provinces.vietnamese import VIETNAM

pytestmark = pytest.mark.django_db
D = datetime.date
AT = datetime.datetime(2026, 12, 1, 9, 20, tzinfo=VIETNAM)


def days():
    return WorkingDays(D(2026, 8, 1), D(2026, 12, 31))


def test_a_weekend_is_no_working_day():
    assert [days().works(D(2026, 12, day)) for day in (18, 19, 20, 21)] == [True, False, False, True]


def test_a_holiday_is_left_out_and_a_day_given_in_exchange_is_not():
    Holiday.objects.create(day=D(2026, 8, 31), name="Nghỉ hoán đổi")
    Holiday.objects.create(day=D(2026, 8, 22), name="Làm bù", working=True)

    assert not days().works(D(2026, 8, 31))
    assert days().works(D(2026, 8, 22))
    assert days().before(D(2026, 9, 1), 1) == D(2026, 8, 28)


def test_counting_back_passes_over_weekends_and_holidays():
    Holiday.objects.create(day=D(2026, 12, 23), name="Ngày nghỉ")

    assert days().before(D(2026, 12, 25), 3) == D(2026, 12, 21)
    assert days().after(D(2026, 12, 18), 2) == D(2026, 12, 22)


def test_the_steps_stand_backwards_from_the_last_day():
    due, steps = backwards(D(2026, 12, 30))

    assert steps["ministry"].date() == D(2026, 12, 30)
    assert steps["committee"].date() == D(2026, 12, 25)
    assert steps["compile"].date() == D(2026, 12, 23)
    assert due == datetime.datetime(2026, 12, 18, 17, tzinfo=VIETNAM)


def test_a_last_day_on_a_sunday_falls_on_the_friday_before():
    _due, steps = backwards(D(2026, 12, 27))

    assert steps["ministry"].date() == D(2026, 12, 25)


def test_the_two_clocks_differ_by_a_day():
    campaign = make.campaign(2026)

    month, year = suggested("month", campaign, AT), suggested("year", campaign, AT)

    assert (month.period_to, month.cut_off.date()) == (D(2026, 12, 15), D(2026, 12, 15))
    assert (year.period_from, year.period_to) == (D(2025, 12, 15), D(2026, 12, 14))
    assert year.cut_off.date() == D(2026, 12, 14)
    assert year.due.date() > year.cut_off.date()


@pytest.mark.parametrize("year", range(2020, 2031))
@pytest.mark.parametrize("kind", ["month", "year", "topical"])
def test_in_every_year_a_working_day_lies_between_the_cut_off_and_the_due_time(kind, year):
    found = suggested(kind, make.campaign(year), AT)

    assert days().after(found.cut_off.date(), 1) <= found.due.date()
    assert found.due < found.steps["compile"] < found.steps["committee"] < found.steps["ministry"]


def test_an_ad_hoc_report_is_a_matter_of_hours():
    found = suggested("ad_hoc", make.campaign(2026), AT)

    assert (found.cut_off.hour, found.due.hour, found.due.date()) == (10, 18, AT.date())
    assert found.steps == {}
