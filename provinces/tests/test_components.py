"""Fields, error summaries, chips and lists as pages show them."""

import types

from django import forms
from django.core.paginator import Paginator
from django.template import engines

from provinces.fields import VnDateField, VnIntegerField, VnMoneyField, VnQuantityField
from provinces.templatetags.components import chip_of

LOAD = "{% load i18n fields components vi %}"


class GiftForm(forms.Form):
    title = forms.CharField(label="Tên hoạt động", help_text="Ghi gọn", error_messages={"required": "Ghi tên"})
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)
    women = VnIntegerField("Số nữ", required=False)
    money = VnMoneyField("Kinh phí", required=False)
    day = VnDateField("Ngày", required=False)
    people = VnQuantityField("Số người", required=False)
    role = forms.ChoiceField(
        label="Vai trò", widget=forms.RadioSelect, choices=[("lead", "Chủ trì\nTính cho đơn vị"), ("co", "Phối hợp")]
    )
    ticks = forms.MultipleChoiceField(
        label="Nhóm", required=False, widget=forms.CheckboxSelectMultiple, choices=[("a", "A"), ("b", "B")]
    )
    consent = forms.BooleanField(label="Đồng ý", error_messages={"required": "Đánh dấu ô này"})
    hidden = forms.CharField(required=False, widget=forms.HiddenInput)


def draw(source, **context):
    return engines["django"].from_string(LOAD + source).render(context)


def bound(**data):
    return GiftForm({"title": "Lễ", "role": "lead", "consent": "on", **data})


def test_a_field_has_label_hint_and_box_in_this_order():
    page = draw("{% field form.title %}", form=GiftForm())
    assert page.index("<label") < page.index('class="hint"') < page.index("<input")
    assert 'aria-describedby="id_title_h"' in page
    assert 'class="inp"' in page


def test_a_faulty_field_says_so_beside_the_box_and_to_screen_readers():
    page = draw("{% field form.women %}", form=bound(women="mười hai"))
    assert 'class="f is-bad"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_women_e"' in page
    assert 'value="mười hai"' in page
    assert 'class="inp inp-num"' in page


def test_money_repeats_what_it_understood():
    page = draw('{% field form.money unit="đồng" %}', form=bound(money="80 triệu"))
    assert "80.000.000 đ, tám mươi triệu đồng" in page
    assert "<span>đồng</span>" in page
    assert "tám mươi" not in draw("{% field form.money %}", form=bound(money="nhiều tiền"))


def test_every_kind_of_widget_is_drawn():
    page = draw("{% for box in form %}{% field box %}{% endfor %}", form=GiftForm())
    assert page.count("<fieldset") == 2
    assert 'type="radio"' in page
    assert '<span class="hint">Tính cho đơn vị</span>' in page
    assert "<textarea" in page
    assert '<select name="people_certainty"' in page
    assert page.count("<label") >= 9
    assert '<input type="hidden" name="hidden"' in page


def test_typed_markup_stays_text():
    page = draw("{% error_summary form %}{% field form.title %}", form=GiftForm({"title": "<script>x</script>"}))
    assert "<script>" not in page


def test_the_summary_counts_and_links_to_each_box():
    page = draw("{% error_summary form %}", form=GiftForm({"women": "x"}))
    assert "Có 4 chỗ cần sửa" in page
    for link in ("#id_title", "#id_women", "#id_role_0", "#id_consent"):
        assert f'href="{link}"' in page


def test_nothing_wrong_no_summary():
    assert draw("{% error_summary form %}", form=GiftForm()).strip() == ""
    assert draw("{% error_summary form %}", form=bound()).strip() == ""


def test_a_summary_takes_sets_of_forms_and_plain_sentences():
    rows = forms.formset_factory(GiftForm)({"f-TOTAL_FORMS": "1", "f-INITIAL_FORMS": "1", "f-0-title": ""}, prefix="f")
    page = draw("{% error_summary rows more=more %}", rows=rows, more=["Chưa trình được"])
    assert 'href="#id_f-0-title"' in page
    assert "Chưa trình được" in page


def test_what_was_returned_is_done_for_the_one_who_returned_it():
    assert chip_of("plan", "returned") == "back"
    assert chip_of("plan", "returned", "reviewer") == "done"
    assert draw('{% chip "plan" "returned" %}') == '<span class="tag tag-back">Bị trả lại</span>'


def test_page_numbers_keep_the_filter(rf):
    page = Paginator(range(200), 20).page(5)
    text = draw("{% pages page %}", page=page, request=rf.get("/x?loc=chua-gui&trang=5"))
    assert 'href="?loc=chua-gui&amp;trang=4"' in text
    assert '<span aria-current="page">5</span>' in text


def test_an_unknown_verb_stands_as_it_is():
    assert draw("{{ event|verb }}", event=types.SimpleNamespace(verb="x.y", details={})) == "x.y"
