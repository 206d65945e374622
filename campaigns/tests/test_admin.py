"""Django's administration as a window on reference data; it knows both floors, so it is tested on the upper one."""

import datetime

import pytest
from django.contrib.admin import site
from django.urls import reverse

from campaigns.models import Campaign
from campaigns.tests import make
from provinces.models import Duty, Event, UnitName
from provinces.tests import make as who

pytestmark = pytest.mark.django_db

D = datetime.date
OURS = [model for model in site._registry if model._meta.app_label in {"provinces", "campaigns"}]
READ_ONLY = {"seat", "user", "event", "plan", "request"}


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def rows():
    """One row of what is mostly looked at."""
    province = who.province()
    office = who.seat(who.office(province))
    make.activity_type()
    make.money_source()
    make.plan(office.department)
    return province


@pytest.fixture
def staff(client):
    person = who.user()
    person.is_staff = True
    person.save()
    client.force_login(person)
    return client


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_staff_opens_each_list_and_row(rows, staff, model):
    assert staff.get(address(model, "changelist")).status_code == 200
    first = model._default_manager.first()
    if first is not None:
        assert staff.get(address(model, "change", first.pk)).status_code == 200


@pytest.mark.parametrize(("role", "opens"), [("admin", True), ("editor", False), ("approver", False)])
def test_the_ministrys_administrator_keeps_the_national_lists(client, role, opens):
    ministry = who.department(who.country(), "Bộ Nội vụ", "BNV", "bo")
    Duty.objects.create(department=ministry, kind="ministry", for_unit=who.country())
    client.force_login(who.seat(ministry, role).user)

    assert (client.get("/quan-tri/he-thong/").status_code == 200) == opens
    assert (client.get(address(Campaign, "changelist")).status_code == 200) == opens


def test_a_provinces_administrator_does_not_keep_the_national_lists(client):
    client.force_login(who.seat(who.office(who.province()), "admin").user)

    assert client.get("/quan-tri/he-thong/").status_code == 302


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_nothing_is_deleted_here_and_what_moves_is_only_read(staff, model):
    request = staff.get(address(model, "changelist")).wsgi_request

    assert not site._registry[model].has_delete_permission(request)
    assert site._registry[model].has_change_permission(request) == (model._meta.model_name not in READ_ONLY)


def test_others_do_not_get_in(rows, client):
    client.force_login(who.user())

    assert client.get(address(Campaign, "changelist")).status_code == 302


def test_staff_fills_in_the_day_of_the_city_from_its_act(rows, staff):
    later = UnitName.objects.create(
        unit=rows, name="Thành phố Quảng Ninh", short_name="Quảng Ninh", kind="thanh_pho", start_known=False
    )
    first = rows.names.exclude(pk=later.pk).get()
    form = {
        "level": "province",
        "code": "22",
        "slug": "quang-ninh",
        "parent": rows.parent_id,
        "names-TOTAL_FORMS": 2,
        "names-INITIAL_FORMS": 2,
        "successions-TOTAL_FORMS": 0,
        "successions-INITIAL_FORMS": 0,
    }
    days = {first.pk: ("", "02/12/2026", ""), later.pk: ("03/12/2026", "", "NQ …")}
    for at, name in enumerate(rows.names.order_by("pk")):
        begins, ends, act = days[name.pk]
        form |= {
            f"names-{at}-id": name.pk,
            f"names-{at}-unit": rows.pk,
            f"names-{at}-name": name.name,
            f"names-{at}-short_name": name.short_name,
            f"names-{at}-kind": name.kind,
            f"names-{at}-start_known": "on",
            f"names-{at}-valid_from": begins,
            f"names-{at}-valid_to": ends,
            f"names-{at}-act": act,
        }

    answer = staff.post(address(type(rows), "change", rows.pk), form)

    assert answer.status_code == 302, answer.context["errors"]
    rows.refresh_from_db()
    assert rows.name_on(D(2026, 12, 2)).name == "Tỉnh Quảng Ninh"
    assert rows.name_on(D(2026, 12, 3)).name == "Thành phố Quảng Ninh"
    assert rows.names.get(pk=later.pk).folded == "thanh pho quang ninh"
    assert Event.objects.about(rows).get().verb == "reference.change"
