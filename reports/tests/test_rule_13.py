"""Rule 13 on the pages: lists stand in Vietnamese order, searches fold accents, text is stored composed."""

import datetime
import unicodedata

import pytest
from django.test import Client
from django.urls import reverse

from activities.models import Activity
from activities.operations import record_activity
from activities.tests import make as activities
from campaigns.models import Task
from campaigns.tests import make as campaigns
from campaigns.tests import make_plans
from provinces.models import DepartmentName, Duty, UnitName
from provinces.tests import make
from provinces.tests.make import NOW
from provinces.vietnamese import fold

pytestmark = pytest.mark.django_db
IN_ORDER = ["An ninh", "Ăn uống", "Ấm no", "Dân vận", "Đất đai"]
MIXED = ["Đất đai", "Ấm no", "An ninh", "Dân vận", "Ăn uống"]
HERE = {"t": "quang-ninh", "y": 2023}


@pytest.fixture
def people():
    """A province with bodies and communes that were entered in no order; each body recorded something."""
    people = make_plans.cast()
    for number, name in enumerate(MIXED):
        body = make.department(people.province, f"Sở {name}", "S")
        DepartmentName.objects.filter(department=body).update(folded=fold(f"Sở {name}"))
        unit = make.commune(people.province, f"Xã {name}", f"0700{number}")
        UnitName.objects.filter(unit=unit).update(folded=fold(f"Xã {name}"))
        activities.activity(body, f"Tọa đàm của Sở {name}", status="sent")
    make_plans.started(people)
    return people


def page(seat, name, query=None, **more) -> str:
    client = Client()
    client.force_login(seat.user)
    answer = client.get(reverse(name, kwargs=more), query)
    assert answer.status_code == 200
    return answer.content.decode()


def order_of(text: str, before: str) -> list[str]:
    """The names in the order in which they first stand on the page."""
    return sorted(IN_ORDER, key=lambda name: text.index(before + name))


@pytest.mark.parametrize(
    ("name", "before", "where"),
    [
        ("administration_departments", "Sở ", {"t": "quang-ninh"}),
        ("administration_person_new", "Sở ", {"t": "quang-ninh"}),
        ("administration_units", "Xã ", {"t": "quang-ninh"}),
        ("activities", ">Sở ", HERE),
        ("activity_new", '"Sở ', HERE),
    ],
)
def test_lists_stand_in_vietnamese_order(people, name, before, where):
    seat = make.seat(people.office, "admin") if name.startswith("administration") else people.officer

    assert order_of(page(seat, name, **where), before) == IN_ORDER


def test_the_ministry_finds_the_provinces_in_vietnamese_order():
    bodies = [("Cần Thơ", "92", "can-tho"), ("Cao Bằng", "04", "cao-bang"), ("Cà Mau", "96", "ca-mau")]
    for name, code, slug in bodies:
        make.province(name, code, slug)
    ministry = make.department(make.country(), "Bộ Nội vụ", "BNV", "bo")
    Duty.objects.create(department=ministry, kind="ministry", for_unit=make.country())

    text = page(make.seat(ministry, "admin"), "administration")

    assert text.index("Cà Mau") < text.index("Cao Bằng") < text.index("Cần Thơ")


def test_the_bodies_a_task_can_be_given_to_stand_in_vietnamese_order(people):
    plan = people.office.plans.get()

    assert order_of(page(people.officer, "plan_task_new", **HERE, id=plan.public_id), "Sở ") == IN_ORDER


@pytest.mark.parametrize(
    ("name", "before", "where", "words", "found"),
    [
        ("administration_departments", "Sở ", {"t": "quang-ninh"}, "dat dai", "Đất đai"),
        ("administration_units", "Xã ", {"t": "quang-ninh"}, "AM NO", "Ấm no"),
        ("activities", "Tọa đàm của Sở ", HERE, "toa dam an uong", "Ăn uống"),
    ],
)
def test_searches_find_without_accents_and_only_what_was_meant(people, name, before, where, words, found):
    seat = make.seat(people.office, "admin") if name.startswith("administration") else people.officer

    text = page(seat, name, {"tim": words}, **where)

    assert before + found in text
    assert [other for other in IN_ORDER if other != found and f"{before}{other}" in text] == []


def test_text_of_an_activity_and_of_a_task_is_stored_composed(people):
    apart = unicodedata.normalize("NFD", "Lễ phát động tại Đông Mai")
    whole = unicodedata.normalize("NFC", apart)
    data = activities.data(apart, place=apart, participants=(activities.took_part(name=apart),))

    record_activity(
        data,
        campaign=campaigns.campaign(),
        year=2023,
        province=people.province,
        owner=people.office,
        by=people.officer,
        at=NOW,
    )
    make_plans.task(people.office.plans.get(), people, title=apart, starts_on=datetime.date(2023, 11, 20))

    row = Activity.objects.get(title=whole)
    assert (row.place, row.participants.get().name) == (whole, whole)
    assert Task.objects.get().title == whole
