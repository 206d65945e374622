"""Accounts and seats: who gives them, to whom, and that somebody is always left to give them."""

import datetime

import pytest

from provinces.models import DepartmentSuccession, Duty, Event, Seat
from provinces.operations.people import create_account, end_seat, give_seat
from provinces.tests import make
from provinces.workflow import Refused

D = datetime.date
TODAY = make.NOW.date()
YESTERDAY = TODAY - datetime.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.office(make.province())


@pytest.fixture
def administrator(office):
    return make.seat(office, "admin")


def given(user, department, role="editor", *, by, **more):
    return give_seat(user, department, role, by=by, at=make.NOW, **more)


def test_an_account_is_opened_without_a_seat(administrator):
    user = create_account("qn.xa", full_name="Cán bộ xã", password="mat khau dai lam", by=administrator, at=make.NOW)

    assert user.check_password("mat khau dai lam")
    assert not user.seats.exists()
    assert Event.objects.about(user).get().verb == "account.create"


def test_a_user_name_is_taken_whatever_its_case(administrator):
    make.user("qn.xa")

    with pytest.raises(Refused) as refused:
        create_account("QN.Xa", full_name="Khác", password="mat khau dai lam", by=administrator, at=make.NOW)

    assert refused.value.field == "username"


def test_an_administrator_gives_a_seat_and_the_log_says_so(office, administrator):
    user, ward = (
        make.user(),
        make.department(make.commune(office.unit), "Ủy ban nhân dân xã Đông Mai", "UBND", "ubnd_xa"),
    )

    seat = given(user, ward, by=administrator)

    assert (seat.user, seat.department, seat.role) == (user, ward, "editor")
    line = Event.objects.about(seat).get()
    assert (line.verb, line.seat, line.province) == ("seat.give", administrator, office.unit)


@pytest.mark.parametrize("role", ["editor", "approver", "viewer"])
def test_nobody_but_an_administrator_gives_seats(office, role):
    other = make.seat(office, role)

    with pytest.raises(Refused):
        given(make.user(), office, by=other)


def test_an_administrator_of_another_department_or_province_gives_no_seat(office):
    elsewhere = make.seat(make.office(make.province("Hà Tĩnh", "42", "ha-tinh")), "admin")
    plain = make.seat(make.department(office.unit), "admin")

    for stranger in (elsewhere, plain):
        with pytest.raises(Refused):
            given(make.user(), office, by=stranger)


def test_the_ministry_s_administrator_gives_seats_everywhere(office):
    ministry = make.department(make.country(), "Bộ Nội vụ", "BNV", "bo")
    Duty.objects.create(department=ministry, kind="ministry", for_unit=make.country())

    assert given(make.user(), office, by=make.seat(ministry, "admin"))


def test_a_seat_is_not_given_twice(office, administrator):
    user = make.user()
    given(user, office, by=administrator)

    with pytest.raises(Refused):
        given(user, office, by=administrator)


def test_a_seat_that_ended_can_be_given_again(office, administrator):
    user = make.user()
    end_seat(given(user, office, by=administrator), on=YESTERDAY, by=administrator, at=make.NOW)

    assert given(user, office, by=administrator).valid_from == TODAY


def test_a_closed_department_gives_no_seat_and_names_its_successor(office, administrator):
    closed = make.department(office.unit, "Sở Thông tin và Truyền thông", valid_to=D(2023, 2, 28))
    heir = make.department(office.unit, "Sở Khoa học và Công nghệ")
    DepartmentSuccession.objects.create(predecessor=closed, successor=heir, on=D(2023, 3, 1))

    with pytest.raises(Refused, match="Sở Khoa học và Công nghệ"):
        given(make.user(), closed, by=administrator)


def test_an_administrator_s_seat_is_in_the_standing_office(office, administrator):
    with pytest.raises(Refused) as refused:
        given(make.user(), make.department(office.unit), "admin", by=administrator)

    assert refused.value.field == "role"


def test_a_seat_ends_on_a_day_that_is_its_last(office, administrator):
    seat = given(make.user(), office, by=administrator)

    end_seat(seat, on=TODAY, by=administrator, at=make.NOW)

    seat.refresh_from_db()
    assert seat.in_force(TODAY)
    assert not seat.in_force(TODAY + datetime.timedelta(days=1))
    assert Event.objects.about(seat).last().verb == "seat.end"


def test_a_seat_does_not_end_before_it_begins_or_later_than_it_already_does(office, administrator):
    seat = given(make.user(), office, by=administrator, valid_from=TODAY, valid_to=TODAY)

    for day in (YESTERDAY, TODAY):
        with pytest.raises(Refused):
            end_seat(seat, on=day, by=administrator, at=make.NOW)


def test_the_last_administrator_is_not_ended(administrator):
    with pytest.raises(Refused):
        end_seat(administrator, on=TODAY, by=administrator, at=make.NOW)

    assert Seat.objects.get(pk=administrator.pk).valid_to is None


def test_with_a_second_administrator_the_first_may_go(office, administrator):
    make.seat(office, "admin")

    end_seat(administrator, on=TODAY, by=administrator, at=make.NOW)

    assert Seat.objects.get(pk=administrator.pk).valid_to == TODAY


def test_an_administrator_whose_own_seat_ends_the_same_day_is_no_second_one(office, administrator):
    second = make.seat(office, "admin")
    Seat.objects.filter(pk=second.pk).update(valid_to=TODAY)

    with pytest.raises(Refused):
        end_seat(administrator, on=TODAY, by=administrator, at=make.NOW)


def test_the_command_line_gives_the_first_seat(office):
    assert give_seat(make.user(), office, "admin", by=None, at=make.NOW).role == "admin"
