"""A new year opened from the one before: for the country by the ministry, for a province by its standing office."""

import datetime

import pytest
from django.urls import reverse

from campaigns.leftovers.campaign import leftovers_of_campaign
from campaigns.models import Campaign, Leftover, Message, Request, RequestStep, Wording
from campaigns.operations.opening import keep_text, open_campaign, replace_text
from campaigns.tests import make, make_merger
from campaigns.tests.make_merger import NEW_THEME, merger
from provinces.models import Event
from provinces.tests import make as who
from provinces.vietnamese import VIETNAM
from provinces.workflow import Refused

pytestmark = pytest.mark.django_db
D = datetime.date
AT = datetime.datetime(2026, 10, 1, 9, tzinfo=VIETNAM)


@pytest.fixture
def people():
    return merger()


@pytest.fixture
def ministry(people):
    body = who.department(who.country(), "Bộ Nội vụ", "BNV", "bo")
    body.duties.create(kind="ministry", for_unit=who.country())
    return who.seat(body, "admin")


def moment(*parts):
    return datetime.datetime(*parts, tzinfo=VIETNAM)


def asked(people, **more) -> Request:
    """The request of An Giang for the month of 2026."""
    fields = {
        "kind": "month",
        "province": people.an_giang,
        "asker": people.office,
        "campaign": people.year,
        "year": 2026,
        "scope": "both",
        "period_from": D(2026, 11, 15),
        "period_to": D(2026, 12, 15),
        "cut_off": moment(2026, 12, 15, 17),
        "due": moment(2026, 12, 18, 17),
        "letter_number": "12/SNV",
        "outline": "Báo cáo năm 2026 theo mẫu",
        "created_at": AT,
        **more,
    }
    row = Request.objects.create(**fields)
    row.recipients.create(department=people.justice)
    return row


def opened(people, unit=None, by=None, last=None):
    return open_campaign(last or people.year, unit or people.an_giang, by=by or people.officer, at=AT).campaign


def titles(campaign, unit) -> dict[str, str]:
    return {place.text.anchor.split(":")[0]: place.last or place.old for place in leftovers_of_campaign(campaign, unit)}


def test_a_year_takes_name_and_window_and_invents_nothing(people, ministry):
    people.year.guidance_number, people.year.theme_certainty = "12/BNV", "official"
    people.year.save()

    year = opened(people, who.country(), ministry)

    assert (year.year, year.name) == (2027, people.year.name)
    assert (year.opens_on, year.closes_on) == (D(2027, 11, 15), D(2027, 12, 15))
    assert (year.guidance_number, year.guidance_date, year.theme_certainty) == ("", None, "unknown")
    assert year.wordings.get(province=None).theme == ""


def test_a_province_takes_its_committee_s_title_and_messages(people):
    Wording.objects.create(campaign=people.year, province=people.an_giang, committee_title="Ban VSTBPN tỉnh")
    Message.objects.create(campaign=people.year, province=people.an_giang, text="Hành động ngay hôm nay")
    Message.objects.create(campaign=people.year, text="Câu của cả nước")

    year = opened(people)

    assert year.wordings.get(province=people.an_giang).committee_title == "Ban VSTBPN tỉnh"
    assert [row.text for row in year.messages.filter(province=people.an_giang)] == ["Hành động ngay hôm nay"]
    assert [row.text for row in year.messages.filter(province=None)] == ["Câu của cả nước"]


def test_another_province_s_part_is_not_opened_with_it(people):
    Wording.objects.create(campaign=people.year, province=people.stranger.department.unit, committee_title="Ban khác")

    year = opened(people)

    assert set(year.wordings.values_list("province", flat=True)) == {None, people.an_giang.pk}


def test_requests_are_asked_again_a_year_later(people):
    row = asked(people)
    RequestStep.objects.create(request=row, kind="ministry", at=moment(2026, 12, 31, 17))

    year = opened(people)

    request = year.requests.get()
    assert (request.period_from, request.period_to) == (D(2027, 11, 15), D(2027, 12, 15))
    assert request.cut_off == moment(2027, 12, 15, 17)
    assert request.due == moment(2027, 12, 18, 17)
    assert request.letter_number == ""
    assert [x.department for x in request.recipients.all()] == [people.justice]
    assert [step.at for step in request.steps.all()] == [moment(2027, 12, 31, 17)]


def test_what_was_asked_before_the_merger_is_asked_of_the_successors(people):
    last = make.campaign(2025)
    old = people.old
    asked(people, campaign=last, province=people.kien_giang, asker=old.office, year=2025).recipients.create(
        department=old.justice
    )

    open_campaign(last, people.an_giang, by=people.officer, at=AT)

    request = people.year.requests.get()
    assert (request.asker, request.province) == (people.office, people.an_giang)
    assert [x.department for x in request.recipients.all()] == [people.justice]


def test_a_topical_request_is_asked_once(people):
    asked(people, kind="topical")

    assert not opened(people).requests.exists()


def test_opening_twice_doubles_nothing(people):
    asked(people)
    Message.objects.create(campaign=people.year, province=people.an_giang, text="Câu")

    opened(people)
    year = opened(people)

    assert Campaign.objects.filter(year=2027).count() == 1
    assert (year.requests.count(), year.messages.count(), year.wordings.count()) == (1, 1, 2)


def test_the_second_province_finds_the_year_that_the_first_opened(people):
    first = opened(people)

    second = opened(people, people.stranger.department.unit, people.stranger)

    assert second == first
    assert second.wordings.count() == 3


def test_only_the_standing_office_opens_its_province_and_only_the_ministry_the_country(people, ministry):
    lawyer, viewer = who.seat(people.justice), who.seat(people.office, "viewer")

    for seat in (lawyer, viewer, people.stranger):
        with pytest.raises(Refused):
            opened(people, by=seat)
    with pytest.raises(Refused):
        opened(people, who.country())
    assert not Campaign.objects.filter(year=2027).exists()


def test_a_year_is_not_opened_two_years_ahead(people):
    later = opened(people)

    with pytest.raises(Refused):
        opened(people, last=later)


def test_last_year_s_theme_is_listed_until_it_is_typed(people, ministry):
    year = opened(people, who.country(), ministry)
    place = leftovers_of_campaign(year, who.country())[0]
    assert place.last == NEW_THEME

    replace_text(year, who.country(), place.key, "Chủ đề mới", by=ministry, at=AT)

    assert leftovers_of_campaign(year, who.country()) == []
    assert year.wordings.get(province=None).theme == "Chủ đề mới"


def test_a_theme_of_several_years_is_kept_on_somebody_s_word(people, ministry):
    year = opened(people, who.country(), ministry)
    place = leftovers_of_campaign(year, who.country())[0]

    keep_text(year, who.country(), place.key, by=ministry, at=AT)

    assert year.wordings.get(province=None).theme == NEW_THEME
    assert leftovers_of_campaign(year, who.country()) == []
    assert Leftover.objects.get().by == ministry


def test_a_province_with_no_wording_of_its_own_has_no_theme_to_settle(people):
    assert "wording" not in titles(opened(people), people.an_giang)


def test_a_province_types_its_own_theme_anew(people):
    Wording.objects.create(campaign=people.year, province=people.an_giang, theme="Lời của tỉnh năm nay")

    assert titles(opened(people), people.an_giang)["wording"] == "Lời của tỉnh năm nay"


def test_messages_titles_and_requests_with_the_old_year_are_listed(people):
    Wording.objects.create(campaign=people.year, province=people.an_giang, committee_title="Ban năm 2026")
    Message.objects.create(campaign=people.year, province=people.an_giang, text="Tháng hành động năm 2026")
    asked(people)

    found = titles(opened(people), people.an_giang)

    assert found == {"wording": "2026", "message": "2026", "request": "2026"}


def test_a_message_is_typed_anew_in_its_place(people):
    Message.objects.create(campaign=people.year, province=people.an_giang, text="Tháng hành động năm 2026")
    year = opened(people)
    place = leftovers_of_campaign(year, people.an_giang)[0]

    replace_text(year, people.an_giang, place.key, "Tháng hành động năm 2027", by=people.officer, at=AT)

    assert [row.text for row in year.messages.all()] == ["Tháng hành động năm 2027"]
    assert people.year.messages.get().text == "Tháng hành động năm 2026"
    assert leftovers_of_campaign(year, people.an_giang) == []


def test_a_text_may_stay_on_somebody_s_word(people):
    asked(people)
    year = opened(people)
    place = leftovers_of_campaign(year, people.an_giang)[0]

    keep_text(year, people.an_giang, place.key, by=people.officer, at=AT)

    assert leftovers_of_campaign(year, people.an_giang) == []
    assert Event.objects.filter(verb="campaign.keep_leftover").count() == 1


def test_a_text_that_changed_meanwhile_is_not_overwritten(people):
    Message.objects.create(campaign=people.year, province=people.an_giang, text="Tháng hành động năm 2026")
    year = opened(people)
    place = leftovers_of_campaign(year, people.an_giang)[0]
    year.messages.update(text="Tháng hành động 2026 của tỉnh")

    with pytest.raises(Refused):
        replace_text(year, people.an_giang, place.key, "Khác", by=people.officer, at=AT)
    assert year.messages.get().text == "Tháng hành động 2026 của tỉnh"


def test_strangers_settle_nothing(people):
    asked(people)
    year = opened(people)
    place = leftovers_of_campaign(year, people.an_giang)[0]

    for seat in (people.stranger, who.seat(people.justice)):
        with pytest.raises(Refused):
            keep_text(year, people.an_giang, place.key, by=seat, at=AT)
        with pytest.raises(Refused):
            replace_text(year, people.an_giang, place.key, "Khác", by=seat, at=AT)


def test_a_locked_year_takes_nothing_more(people):
    year = opened(people)
    year.locked_at = AT
    year.save()

    with pytest.raises(Refused):
        opened(people)


# ── pages ──────────────────────────────────────────────────────────────────


def page(name="opening", y=2026, p="an-giang", t="an-giang"):
    return reverse(f"administration_{name}", kwargs={"t": t, "y": y, "p": p})


def sign_in(client, seat):
    client.force_login(seat.user)
    return client


def test_an_officer_opens_the_year_and_settles_what_is_left(client, people):
    last = make.campaign(2025)
    make_merger.campaign(2025, "Chủ đề năm ngoái")
    Message.objects.create(campaign=last, province=people.kien_giang, text="Hưởng ứng năm 2025")
    sign_in(client, people.officer)
    assert client.get(page()).status_code == 200

    answer = client.post(page(), follow=True)

    place, _box = answer.context["rows"][0]
    assert "Hưởng ứng năm 2025" in answer.content.decode()
    client.post(page("settle"), {"key": place.key, f"{place.key}-words": "Hưởng ứng năm 2026", "replace": "1"})
    assert people.year.messages.get().text == "Hưởng ứng năm 2026"
    assert client.get(page()).context["rows"] == []


def test_an_empty_text_comes_back_with_a_sentence(client, people):
    last = make.campaign(2025)
    Message.objects.create(campaign=last, province=people.an_giang, text="Hưởng ứng năm 2025")
    sign_in(client, people.officer)
    place, _box = client.post(page(), follow=True).context["rows"][0]

    answer = client.post(page("settle"), {"key": place.key, f"{place.key}-words": " ", "replace": "1"})

    assert answer.status_code == 422
    assert people.year.messages.get().text == "Hưởng ứng năm 2025"


def test_the_country_s_page_is_for_the_ministry(client, people, ministry):
    make.campaign(2025)

    assert sign_in(client, people.officer).get(page(p="toan-quoc")).status_code == 404
    assert sign_in(client, ministry).get(page(p="toan-quoc")).status_code == 200


def test_another_province_s_page_is_not_there(client, people):
    make.campaign(2025)
    sign_in(client, people.officer)

    assert client.get(page(p="ca-mau", t="ca-mau")).status_code == 404
    assert client.post(page(p="ca-mau", t="ca-mau")).status_code == 404
    assert client.get(page(y=2031)).status_code == 404


def test_the_list_of_years_leads_to_the_opening(client, people):
    answer = sign_in(client, people.officer).get(reverse("administration_campaigns", kwargs={"t": "an-giang"}))

    assert all(year >= datetime.date.today().year for year in answer.context["to_open"])
