"""Names typed by hand: what was closed is recognised, and the page says what took its place."""

import datetime

import pytest

from activities.forms.directory import departments_of, units_of
from activities.operations.checks import department_not_in_force
from provinces.models import DepartmentName, DepartmentSuccession, UnitName, UnitSuccession
from provinces.tests import make
from provinces.vietnamese import fold

pytestmark = pytest.mark.django_db
D = datetime.date
DAY = D(2026, 11, 20)


@pytest.fixture
def province():
    """A province of two levels, made from one of three."""
    old = make.province(valid_to=D(2025, 6, 30))
    new = make.province(valid_from=D(2025, 7, 1))
    UnitSuccession.objects.create(predecessor=old, successor=new, on=D(2025, 7, 1), whole=True)
    town = make.commune(old, "Thị xã Quảng Yên", "206", level="district", valid_to=D(2025, 6, 30))
    ward = make.commune(new, "Phường Quảng Yên", "07132", valid_from=D(2025, 7, 1))
    UnitSuccession.objects.create(predecessor=town, successor=ward, on=D(2025, 7, 1), whole=False)
    closed = make.department(old, "Sở Lao động - Thương binh và Xã hội", valid_to=D(2025, 2, 28))
    heir = make.department(new, "Sở Nội vụ")
    DepartmentSuccession.objects.create(predecessor=closed, successor=heir, on=D(2025, 3, 1))
    for row in (*UnitName.objects.all(), *DepartmentName.objects.all()):
        type(row).objects.filter(pk=row.pk).update(folded=fold(row.name))
    return new


def test_a_closed_body_is_recognised_and_its_successor_named(province):
    found = departments_of(province, 2026).find("so lao dong - thuong binh va xa hoi", DAY)

    assert found.row.valid_to == D(2025, 2, 28)
    assert "Sở Nội vụ" in department_not_in_force(found.row, DAY)


def test_a_closed_district_is_recognised(province):
    found = units_of(province, 2026).find("Thị xã Quảng Yên", DAY)

    assert found.row.level == "district"


def test_what_exists_goes_before_what_was_closed(province):
    make.commune(province, "Thị xã Quảng Yên", "99999", valid_from=D(2025, 7, 1))

    assert units_of(province, 2026).find("thị xã quảng yên", DAY).row.level == "commune"


def test_a_stranger_is_not_found(province):
    found = departments_of(province, 2026).find("Công ty ABC", DAY)

    assert (found.row, found.similar) == (None, ())
