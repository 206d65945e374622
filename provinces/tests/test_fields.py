"""Form fields read what Vietnamese offices type, and give back exactly what was typed."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from provinces import fields, vietnamese


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


class Logged(forms.Form):
    women = fields.VnIntegerField("Nữ", what="số nữ")
    cost = fields.VnMoneyField("Kinh phí", required=False)
    held_on = fields.VnDateField("Từ ngày", year=2026)
    people = fields.VnQuantityField("Số người", unit="lượt người", required=False)


def typed(**changes):
    text = {"women": "1.000", "cost": "80 triệu", "held_on": "20/11", "people_certainty": "", "people_value": ""}
    return {**text, **changes}


def error(form, name):
    return form.errors.as_data()[name][0].code


def test_what_is_typed_becomes_numbers_and_dates():
    form = Logged(typed(people_certainty="exact", people_value="khoảng 550 lượt người"))

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "women": 1000,
        "cost": 80_000_000,
        "held_on": datetime.date(2026, 11, 20),
        "people": vietnamese.Quantity(550, "about"),
    }


def test_a_refused_form_shows_again_exactly_what_was_typed():
    form = Logged(typed(women=" 1,000", cost="80", held_on="31/11", people_value="<600"))

    assert not form.is_valid()
    page = form.as_p()
    for text in ('value=" 1,000"', 'value="80"', 'value="31/11"', 'value="&lt;600"'):
        assert text in page


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("women", "1,000", "num.comma"),
        ("women", "", "required"),
        ("women", "  ", "required"),
        ("women", "100.001", "num.whole"),
        ("cost", "80", "money.small"),
        ("held_on", "11/25/2026", "date.month_first"),
        ("held_on", "", "required"),
    ],
)
def test_the_error_is_the_sentence_of_the_copy(name, text, code):
    assert error(Logged(typed(**{name: text})), name) == code


def test_the_sentence_names_the_thing_and_a_percent_sign_does_no_harm():
    form = Logged(typed(women="50%", held_on=""))

    assert form.errors["women"] == ["“50%” cannot be read. Use digits 0–9, for example 1.250"]
    assert form.errors["held_on"] == ["Từ ngày is missing"]
    assert Logged(typed(women="x")).errors["women"] == [
        "Enter số nữ as a whole number from 0 to 100.000, for example 125"
    ]


def test_empty_is_not_zero():
    form = Logged(typed(cost=""))

    assert form.is_valid()
    assert (form.cleaned_data["cost"], form.cleaned_data["people"]) == (None, None)


def test_stored_values_are_written_the_vietnamese_way():
    stored = {
        "women": 1250,
        "cost": 80_000_000,
        "held_on": datetime.date(2024, 1, 5),
        "people": vietnamese.Quantity(Decimal("550.00"), "about"),
    }

    page = Logged(initial=stored).as_p()

    for text in ('value="1.250"', 'value="80.000.000"', 'value="05/01/2024"', 'value="550"', '"about" selected'):
        assert text in page


def test_the_boxes_are_plain_text_with_the_right_keypad():
    page = Logged().as_p()

    assert 'type="number"' not in page and 'type="date"' not in page
    assert page.count('inputmode="numeric"') == 3 and page.count('inputmode="decimal"') == 1
    assert page.count('autocomplete="off"') == 4 and "inp inp-num" in page
    assert 'id="id_people_1"' in page and Logged()["people"].id_for_label == "id_people_1"


def test_only_another_value_is_a_change():
    stored = {"women": 1000, "cost": 80_000_000, "held_on": datetime.date(2026, 11, 20), "people": None}

    assert Logged(typed(), initial=stored).changed_data == []
    assert Logged(typed(women="1.001", cost="79tr", held_on="?"), initial=stored).changed_data == [
        "women",
        "cost",
        "held_on",
    ]
    people = {**stored, "people": vietnamese.Quantity(550, "about")}
    assert Logged(typed(people_value="~550"), initial=people).changed_data == []
    assert Logged(typed(people_value="550"), initial=people).changed_data == ["people"]


@pytest.mark.parametrize(
    ("chosen", "text", "expected"),
    [
        ("", "550", (550, "exact")),
        ("exact", "khoảng 550", (550, "about")),
        ("about", "550", (550, "about")),
        ("about", "khoảng 550", (550, "about")),
        ("over", "1.500", (1500, "over")),
        ("text", "hàng trăm", (None, "text")),
        ("text", "mười hai", (None, "text")),
        ("exact", "hàng trăm", (None, "text")),
        ("unknown", "", (None, "unknown")),
        ("exact", "–", (None, "unknown")),
        ("over", "khoảng 550", "certainty.two"),
        ("about", "hàng trăm", "certainty.two"),
        ("text", "550", "certainty.both"),
        ("text", "khoảng 550", "certainty.both"),
        ("text", "", "certainty.text"),
        ("about", "", "certainty.number"),
        ("unknown", "550", "certainty.unknown"),
        ("exact", "12,5", "num.fraction"),
        ("exact", "500-600", "num.range"),
        ("made up", "550", "certainty.unlisted"),
    ],
)
def test_the_chosen_certainty_and_the_typed_one_agree_or_are_asked_about(chosen, text, expected):
    form = Logged(typed(people_certainty=chosen, people_value=text))

    if form.is_valid():
        assert tuple(form.cleaned_data["people"]) == expected
    else:
        assert error(form, "people") == expected


class Told(forms.Form):
    story = fields.PrivateTextField(label="Mô tả", rows=3)
    place = fields.PrivateTextField(label="Nơi tổ chức", required=False)

    def clean(self):
        fields.guard_privacy(self, ["story", "place"], asked=["story"])


def test_numbers_of_people_are_refused_in_every_text():
    form = Told({"story": "Gọi chị 0905 123 456", "place": "CCCD 022185001234"})

    assert form.errors == {
        "story": ["Mô tả has 10 digits that look like a phone number. Remove them and save again"],
        "place": ["Nơi tổ chức has 12 digits that look like an identity number. Remove them and save again"],
    }


def test_a_name_beside_violence_is_asked_about_until_the_tick():
    story = "chị Nguyễn Thị Hoa, nạn nhân bạo lực"
    asked = Told({"story": story})

    assert error(asked, "story") == "privacy.name"
    (tick,) = asked.privacy_ticks
    assert "checked" not in str(tick)

    answered = Told({"story": story, "privacy_name": tick.field.widget.attrs["value"]})
    assert answered.is_valid(), answered.errors
    assert answered.cleaned_data["story"] == story


def test_a_tick_does_not_cover_a_name_that_was_added_later():
    asked = Told({"story": "chị Nguyễn Thị Hoa, nạn nhân bạo lực"})
    assert not asked.is_valid()
    token = asked.privacy_ticks[0].field.widget.attrs["value"]

    again = Told({"story": "chị Nguyễn Thị Hoa, cháu Lan, nạn nhân bạo lực", "privacy_name": token})

    assert error(again, "story") == "privacy.name"
    assert "checked" not in str(again.privacy_ticks[0])


def test_a_home_is_asked_about_only_where_people_and_cases_are_described():
    assert error(Told({"story": "tại số nhà 12, đường Lê Lợi"}), "story") == "privacy.address"
    assert Told({"story": "Lễ phát động", "place": "số 12 đường Lê Lợi"}).is_valid()


def test_text_is_stored_composed():
    form = Told({"story": "Ky\u0300 Anh"})

    assert form.is_valid()
    assert form.cleaned_data["story"] == "Kỳ Anh"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ number|vnumber }}", "1.234.567"),
        ("{{ number|vmoney }}", "1.234.567 đ"),
        ("{{ million|vmoneyshort }}", "80 triệu đồng"),
        ("{{ million|vmoneyecho }}", "80.000.000 đ, tám mươi triệu đồng"),
        ("{{ rate|vpercent }}", "94,2%"),
        ("{{ day|vdate }} {{ day|vweekday }}", "16/12/2026 thứ Tư 16/12/2026"),
        ("{{ moment|vdatetime }} {{ moment|vtime }}", "14:32 ngày 19/10/2026 14:32"),
        ("{{ day|vperiod }} {{ start|vperiod:day }}", "16/12/2026 15/11 – 16/12/2026"),
        ("{{ about|vcertain }} {{ 500|vcertain:'over' }}", "about 550 over 500"),
        ("{{ zero|vnumber }} {{ zero|vmoney }}", "0 0 đ"),
        ("{{ none|vnumber }}{{ none|vmoney }}{{ none|vdate }}{{ none|vdatetime }}{{ none|vcertain }}", "–––––"),
        ("{{ none|vperiod }}{{ none|vtime }}{{ none|vpercent }}{{ none|vmoneywords }}", "––––"),
        ("{{ 'sở Nội vụ'|capitalise }}", "Sở Nội vụ"),
    ],
)
def test_pages_write_numbers_the_vietnamese_way_and_a_dash_for_nothing(text, expected):
    context = {
        "number": 1_234_567,
        "million": 80_000_000,
        "rate": Decimal("94.18"),
        "zero": 0,
        "none": None,
        "day": datetime.date(2026, 12, 16),
        "start": datetime.date(2026, 11, 15),
        "moment": datetime.datetime(2026, 10, 19, 7, 32, tzinfo=datetime.UTC),
        "about": vietnamese.Quantity(550, "about"),
    }

    assert Template("{% load vi %}" + text).render(Context(context)) == expected
