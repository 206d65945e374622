"""What a province has of its own: the wording of a theme, measures under national ones."""

import datetime

import pytest
from django.urls import reverse

from campaigns.models import Measure, Message, Wording
from campaigns.operations.own import add_own_measure, save_wording
from campaigns.operations.plans import start_plan
from campaigns.queries import wording_of
from campaigns.tests import make
from provinces.models import Duty, Event, UnitSuccession
from provinces.tests import make as who
from provinces.workflow import Refused

D = datetime.date
NOW = datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC)
NEW = D(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    """Quảng Ninh since 1/7/2025; its office succeeded the one of the old province."""
    old, new = who.province(valid_to=D(2025, 6, 30)), who.province(valid_from=NEW)
    UnitSuccession.objects.create(predecessor=old, successor=new, on=NEW, whole=True)
    return new


@pytest.fixture
def office(province):
    return who.seat(who.office(province, "Sở Nội vụ"))


@pytest.fixture
def ministry():
    body = who.department(who.country(), "Bộ Nội vụ", "BNV", "bo")
    Duty.objects.create(department=body, kind="ministry", for_unit=who.country())
    return who.seat(body, "admin")


def page(name, **more):
    return reverse(f"administration_{name}", kwargs={"t": "quang-ninh", **more})


def own(above, province, name="Lễ phát động cấp xã", *, by):
    return add_own_measure(above, province, name=name, by=by, at=NOW)


def test_a_province_s_measure_takes_unit_and_rule_from_the_national_one(province, office):
    above = make.measure("CT31.1", "Người được hỗ trợ", "người", "people", sensitive=True, by_sex=True)

    measure = own(above, province, by=office)

    assert (measure.code, measure.province, measure.rolls_up_to) == ("CT31.1/22-1", province, above)
    for field in ("indicator", "unit_of_measure", "counts", "over_time", "source", "sensitive", "by_sex", "role_kept"):
        assert getattr(measure, field) == getattr(above, field)
    assert Event.objects.about(measure).get().verb == "measure.add"


def test_codes_of_own_measures_count_on(province, office):
    above = make.measure()

    codes = [own(above, province, name, by=office).code for name in ("Cấp tỉnh", "Cấp xã")]

    assert codes == ["CT04.1/22-1", "CT04.1/22-2"]


def test_a_province_sees_national_measures_and_its_own(province, office):
    mine = own(make.measure(), province, by=office)
    other = who.province("Hà Tĩnh", "42", "ha-tinh")

    assert mine in Measure.objects.of(province)
    assert mine not in Measure.objects.of(other)


def test_own_measures_stand_under_national_typed_ones_once_by_those_who_may(province, office):
    above = make.measure()
    mine = own(above, province, by=office)
    money = make.measure("CT40.1", "Kinh phí", "đồng", "money", source="money")
    stranger = who.seat(who.department(province))

    for refused in (
        lambda: own(mine, province, "Dưới nữa", by=office),
        lambda: own(money, province, by=office),
        lambda: own(above, province, "lễ phát động cấp xã", by=office),
        lambda: own(above, province, "Khác", by=stranger),
    ):
        with pytest.raises(Refused):
            refused()


def test_the_page_adds_a_measure_and_the_list_shows_it(client, province, office):
    make.measure()
    client.force_login(office.user)

    answer = client.post(page("measure_new", code="CT04.1"), {"name": "Lễ phát động cấp xã"})

    assert answer.headers["Location"] == page("indicators")
    text = client.get(page("indicators")).content.decode()
    assert "CT04.1/22-1" in text and "cộng vào CT04.1" in text


def test_an_empty_name_is_asked_for(client, province, office):
    make.measure()
    client.force_login(office.user)

    answer = client.post(page("measure_new", code="CT04.1"), {"note": "Đếm theo xã"})

    assert answer.status_code == 422
    assert "Nhập tên số liệu" in answer.content.decode() and "Đếm theo xã" in answer.content.decode()


def test_measures_are_found_without_accents(client, province, office):
    make.measure()
    make.measure("CT12.1", "Lớp tập huấn", "lớp")
    client.force_login(office.user)

    text = client.get(page("indicators"), {"tim": "tap huan"}).content.decode()

    assert "Lớp tập huấn" in text and "mít tinh" not in text


def test_a_province_prints_its_own_wording(province, office):
    campaign = make.campaign(2026)

    save_wording(campaign, province, theme=" Chủ đề của tỉnh ", committee_title="Ban của tỉnh", by=office, at=NOW)

    wording = wording_of(campaign, province)
    assert (wording.theme, wording.committee_title) == ("Chủ đề của tỉnh", "Ban của tỉnh")
    assert wording_of(campaign, None).theme == make.THEME


def test_an_own_title_without_an_own_theme_leaves_the_national_theme(province, office):
    campaign = make.campaign(2026)

    save_wording(campaign, province, theme="", committee_title="Ban của tỉnh", by=office, at=NOW)

    wording = wording_of(campaign, province)
    assert (wording.theme, wording.committee_title) == (make.THEME, "Ban của tỉnh")


def test_the_office_of_today_words_the_year_of_its_predecessor(client, province, office):
    old = province.inheritances.get().predecessor
    labour = who.office(old)
    Duty.objects.filter(department=labour).update(valid_to=D(2025, 2, 28))
    labour.successions.create(successor=office.department, on=NEW)
    make.campaign(2023)
    client.force_login(office.user)

    client.post(page("wording", y=2023, p="quang-ninh"), {"theme": "Chủ đề 2023 của tỉnh"})

    assert Wording.objects.get(theme="Chủ đề 2023 của tỉnh").province == old


def test_wording_is_refused_to_strangers_and_in_locked_years(province, office, ministry):
    campaign = make.campaign(2026)
    stranger = who.seat(who.department(province), "admin")
    locked = make.campaign(2025)
    locked.locked_at = NOW

    for year, unit, seat in [
        (campaign, province, stranger),
        (campaign, None, office),
        (campaign, province, who.seat(office.department, "viewer")),
        (locked, province, office),
        (locked, None, ministry),
    ]:
        with pytest.raises(Refused):
            save_wording(year, unit, theme="Khác", by=seat, at=NOW)


def test_the_ministry_types_the_theme_of_2026_when_it_is_known(client, province, ministry):
    campaign = make.campaign(2026)
    campaign.wordings.update(theme="")
    client.force_login(ministry.user)

    client.post(page("wording", y=2026, p="toan-quoc"), {"theme": "Chủ đề theo văn bản của Bộ"})

    campaign.refresh_from_db()
    assert wording_of(campaign, None).theme == "Chủ đề theo văn bản của Bộ"
    assert campaign.theme_certainty == "official"


def test_a_wording_of_another_province_is_not_there(client, province, office):
    make.campaign(2026)
    who.province("Hà Tĩnh", "42", "ha-tinh")
    client.force_login(office.user)

    for slug in ("ha-tinh", "toan-quoc"):
        assert client.get(page("wording", y=2026, p=slug)).status_code == 404


def test_a_year_without_theme_says_so(client, province, office):
    make.campaign(2026).wordings.update(theme="")
    client.force_login(office.user)

    assert "chưa có" in client.get(page("campaigns")).content.decode()


def test_the_messages_of_a_year_are_typed_and_a_new_plan_starts_with_them(client, province, office):
    campaign = make.campaign(2026)
    Message.objects.create(campaign=campaign, text="Của cả nước")
    where = page("wording", y=2026, p="quang-ninh")
    client.force_login(office.user)

    assert client.post(where, {"messages": "dài " * 80}).status_code == 422
    client.post(where, {"messages": "Một \r\n\r\nHai\r\nMột"})

    assert client.get(where).context["form"]["messages"].value() == "Một\nHai"
    bodies = {"owner": office.department, "issuer": office.department}
    plan = start_plan(campaign, kind="month", subject="Triển khai", years=(2026, 2026), **bodies, by=office, at=NOW)
    assert plan.sections.get(key="thong-diep").text == "Một\nHai"
    save_wording(campaign, province, theme="Mới", by=office, at=NOW)
    assert campaign.messages.filter(province=province).count() == 2


def test_the_plans_of_a_year_that_is_not_open_lead_to_opening_it(client, province, office):
    campaign = make.campaign(2026)
    client.force_login(office.user)
    plans = reverse("plans", kwargs={"t": "quang-ninh", "y": 2026})
    opening = page("opening", y=2026, p="quang-ninh")
    assert opening in client.get(plans).content.decode()

    save_wording(campaign, province, theme="Mới", by=office, at=NOW)

    assert opening not in client.get(plans).content.decode()
