"""The public page: off by default, opened by the province's administrator, totals only, nothing sensitive or small."""

import pytest
from django.test import Client

from provinces.models import Department, Event
from provinces.tests import make as who
from provinces.workflow import Refused
from reports.models import PublicPage
from reports.operations.public import switch_public_page
from reports.tests import make, pages
from reports.tests.test_nation import AT, figure, issued

pytestmark = pytest.mark.django_db
PAGE = "/cong-khai/quang-ninh"
SWITCH = "/quan-tri/quang-ninh/cong-khai"


@pytest.fixture
def province():
    make.campaigns.campaign()
    return who.province()


@pytest.fixture
def admin(province):
    return who.seat(who.office(province), "admin")


def opened(province, admin):
    return switch_public_page(province, True, by=admin, at=AT)


def test_it_is_off_until_the_administrator_opens_it_and_off_again_afterwards(province, admin):
    issued(province, figure(total=550))
    visitor, keeper = Client(), pages.as_(admin)
    assert visitor.get(PAGE).status_code == 404

    assert keeper.get(SWITCH).status_code == 200
    assert keeper.post(SWITCH, {"is_open": "mo"}).status_code == 302
    assert "550" in visitor.get(PAGE).content.decode()
    keeper.post(SWITCH, {"is_open": "mo"})
    assert keeper.post(SWITCH).status_code == 302
    assert visitor.get(PAGE).status_code == 404
    assert list(Event.objects.filter(verb__startswith="public_page").order_by("id").values_list("verb", flat=True)) == [
        "public_page.open",
        "public_page.close",
    ]


@pytest.mark.parametrize("role", ["editor", "approver", "viewer"])
def test_only_the_administrator_of_the_standing_office_switches_it(province, admin, role):
    other = who.seat(admin.department, role)
    stranger = who.seat(who.office(who.province("Hải Phòng", "31", "hai-phong"), "Sở Nội vụ"), "admin")
    for seat in (other, stranger):
        assert pages.as_(seat).post(SWITCH, {"is_open": "mo"}).status_code == 404
        with pytest.raises(Refused):
            switch_public_page(province, True, by=seat, at=AT)
    assert not PublicPage.objects.exists()


def test_it_shows_totals_that_are_neither_sensitive_nor_small(province, admin):
    make.measure("CT36.1")
    type(make.measure("CT36.1")).objects.filter(code="CT36.1").update(sensitive=True)  # became so after the report
    issued(
        province,
        figure(total=550, by_sex=True, female=311, male=239, not_split=0),
        figure("CT31.1", 60, sensitive=True),
        figure("CT36.1", 77),
        figure("CT04.1", 3),
        figure("CT09.1", 12),
    )
    opened(province, admin)

    text = Client().get(PAGE).content.decode()

    assert ">550<" in text
    assert ">12<" in text
    for absent in (">60<", ">77<", ">3<", "311", "239", "&lt;5"):
        assert absent not in text


def test_only_the_latest_issued_figures_are_public(province, admin):
    make.campaigns.campaign(2024)
    issued(province, figure(total=777), status="locked", year=2024)
    opened(province, admin)
    assert ">777<" not in Client().get(PAGE).content.decode()
    issued(province, figure(total=550))
    text = Client().get(PAGE).content.decode()
    assert ">550<" in text
    assert ">777<" not in text


def test_it_may_be_cached_and_says_nothing_of_who_looks(province, admin):
    issued(province, figure(total=550))
    opened(province, admin)
    answer = Client().get(PAGE)
    assert "public" in answer["Cache-Control"]
    assert "max-age=600" in answer["Cache-Control"]
    assert not answer.cookies
    again = Client().get(PAGE, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    seen = pages.as_(admin).get(PAGE)
    assert str(admin.user) not in seen.content.decode()
    assert Client().post(PAGE).status_code == 405
    assert Department.objects.count() == 1
