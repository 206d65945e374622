"""Small counts of sensitive measures are hidden above the unit they come from, and only on screens."""

import pytest

from campaigns.tests import make as campaigns
from provinces.tests import make as who
from reports.papers.phrasing import counted
from reports.queries.figures import figures
from reports.queries.masking import masked, masked_contribution, masked_value
from reports.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return who.province()


@pytest.fixture
def commune(province):
    return who.department(who.commune(province), "UBND xã Đông Mai", kind="ubnd_xa")


def helped(department, count, code="CT31.1"):
    make.result(make.activity(department), code, count)
    return figures(department.unit.home_province, campaigns.campaign()).cell(code)


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5")])
def test_one_to_four_people_are_hidden_above_their_commune(province, commune, count, shown):
    above = who.seat(who.office(province))
    assert masked(helped(commune, count), above) == shown


def test_the_own_unit_sees_its_number(commune):
    assert masked(helped(commune, 3), who.seat(commune)) == "3"


def test_another_commune_does_not(province, commune):
    other = who.department(who.commune(province, "Xã Cộng Hòa", "07133"), "UBND xã Cộng Hòa", kind="ubnd_xa")
    assert masked(helped(commune, 3), who.seat(other)) == "<5"


def test_a_sum_over_two_communes_is_nobodys_own(province, commune):
    other = who.department(who.commune(province, "Xã Cộng Hòa", "07133"), "UBND xã Cộng Hòa", kind="ubnd_xa")
    helped(other, 1)
    assert masked(helped(commune, 2), who.seat(commune)) == "<5"


def test_launches_and_classes_are_never_hidden(province, commune):
    assert masked(helped(commune, 3, "CT04.1"), who.seat(who.office(province))) == "3"


def test_shares_and_sources_are_hidden_too(province, commune):
    figure, above = helped(commune, 30), who.seat(who.office(province))
    assert masked_value(figure, 2, above) == "<5"
    assert masked_value(figure, 12, above) == "12"
    small = helped(commune, 3)
    assert masked_contribution(small.contributions[-1], small, above) == "<5"


def test_an_issued_document_prints_the_number(commune):
    assert counted(helped(commune, 3), "người") == "3 người"
