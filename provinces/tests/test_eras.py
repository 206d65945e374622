"""Units and departments have dates; what is meant depends on the day."""

import datetime

import pytest
from django.db import IntegrityError

from provinces.models import DepartmentSuccession, Duty, Unit, UnitSuccession
from provinces.queries import acting_departments, address_of, province_by_slug, province_on
from provinces.tests import make

pytestmark = pytest.mark.django_db

LAST = datetime.date(2025, 6, 30)
FIRST = datetime.date(2025, 7, 1)


@pytest.fixture
def kien_giang_and_an_giang():
    old = make.province("Kiên Giang", "91", "kien-giang", valid_to=LAST)
    other = make.province("An Giang", "89", "an-giang", valid_to=LAST)
    new = make.province("An Giang", "91", "an-giang", valid_from=FIRST)
    for unit in (old, other):
        UnitSuccession.objects.create(predecessor=unit, successor=new, on=FIRST, whole=True)
    return old, other, new


def test_code_91_was_kien_giang_and_is_an_giang(kien_giang_and_an_giang):
    old, _other, new = kien_giang_and_an_giang

    assert Unit.objects.on(LAST).get(code="91") == old
    assert Unit.objects.on(FIRST).get(code="91") == new


def test_an_address_means_the_province_in_force_on_15_november(kien_giang_and_an_giang):
    old, other, new = kien_giang_and_an_giang

    assert province_by_slug("an-giang", 2023) == other
    assert province_by_slug("an-giang", 2025) == new
    assert province_by_slug("an-giang-cu", 2025) == other
    assert province_by_slug("kien-giang", 2026) is None
    assert province_by_slug("kien-giang-cu", 2026) == old
    assert [address_of(u, 2026) for u in (old, other, new)] == ["kien-giang-cu", "an-giang-cu", "an-giang"]


def test_the_same_province_is_found_on_another_day(kien_giang_and_an_giang):
    old, other, new = kien_giang_and_an_giang

    assert province_on(new, LAST) == other
    assert province_on(old, FIRST) == new


def test_a_seat_reaches_what_its_department_succeeded(kien_giang_and_an_giang):
    old, _other, new = kien_giang_and_an_giang
    labour = make.department(old, "Sở Lao động - Thương binh và Xã hội", valid_to=datetime.date(2025, 2, 28))
    between = make.department(old, "Sở Nội vụ", "SNV", valid_to=LAST)
    today = make.department(new, "Sở Nội vụ", "SNV", valid_from=FIRST)
    DepartmentSuccession.objects.create(predecessor=labour, successor=between, on=datetime.date(2025, 3, 1))
    DepartmentSuccession.objects.create(predecessor=between, successor=today, on=FIRST)
    Duty.objects.create(department=labour, kind="standing_office", for_unit=old, valid_to=datetime.date(2025, 2, 28))
    seat = make.seat(today)

    assert seat.reach.departments == {labour.pk, between.pk, today.pk}
    assert old.pk in seat.reach.provinces
    assert seat.holds("standing_office", old, datetime.date(2023, 11, 15))
    assert not seat.holds("standing_office", old, datetime.date(2025, 4, 1))
    assert acting_departments(seat, old, datetime.date(2023, 11, 15)) == [labour, between]


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"valid_from": FIRST, "valid_to": LAST}, "unit_ends_after_it_starts"),
        ({"slug": ""}, "unit_province_has_slug"),
        ({"parent": None}, "unit_below_country_has_parent"),
        ({"end_unknown": True, "valid_to": LAST}, "unit_unknown_end_has_no_end_day"),
    ],
)
def test_the_database_refuses_a_broken_unit(broken, constraint):
    fields = {"level": "province", "code": "99", "slug": "tinh-thu", "parent": make.country(), **broken}

    with pytest.raises(IntegrityError, match=constraint):
        Unit.objects.create(**fields)


def test_the_same_code_cannot_start_twice_on_a_day(kien_giang_and_an_giang):
    with pytest.raises(IntegrityError):
        make.province("Kiên Giang", "91", "ten-khac", valid_to=LAST)
