"""Drafts keep every character; a form pressed twice does its work once."""

import threading

import pytest
from django import forms
from django.db import connection, transaction
from django.urls import reverse

from provinces.drafts import find_draft, restore
from provinces.fields import VnIntegerField, VnQuantityField
from provinces.models import Department, Draft, IdempotencyKey
from provinces.operations import forget_draft, once, save_draft
from provinces.tests import make
from provinces.workflow import Refused

pytestmark = pytest.mark.django_db
BODY = {"title": ["Lễ phát động"]}


class WorkForm(forms.Form):
    title = forms.CharField()
    women = VnIntegerField("Số nữ", required=False)
    people = VnQuantityField("Số người", required=False)
    groups = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(required=False)


@pytest.fixture
def seat():
    return make.seat(make.office(make.province()))


def type_draft(client, **more):
    fields = {"draft_form": "activity", "draft_object": "", "title": "Lễ ‹phát động›", **more}
    return client.post(reverse("draft"), fields, headers={"x-autosave": "1"})


def test_what_is_typed_is_kept_word_for_word_and_comes_back(client, seat):
    client.force_login(seat.user)
    answer = type_draft(client, women="mười hai", people_certainty="about", people_value="5oo", groups=["a", "b"])
    form = restore(WorkForm(), find_draft(seat, "activity"))
    page = str(form)
    assert answer.json()["words"].startswith("Đã lưu nháp ")
    assert 'value="Lễ ‹phát động›"' in page
    assert 'value="mười hai"' in page
    assert 'value="5oo"' in page
    assert '<option value="about" selected>' in page
    assert page.count("checked") == 2
    assert "errorlist" not in page


def test_a_second_saving_replaces_the_first(client, seat):
    client.force_login(seat.user)
    type_draft(client, title="a")
    type_draft(client, title="ab")
    assert Draft.objects.get().raw == {"title": ["ab"]}


def test_a_draft_belongs_to_one_seat(client, seat):
    save_draft("activity", "", {"title": ["x"]}, by=seat, at=make.NOW)
    assert find_draft(make.seat(make.department(seat.department.unit)), "activity") is None


def test_the_button_without_a_script_comes_back_to_the_page(client, seat):
    client.force_login(seat.user)
    page = "http://testserver/tai-khoan"
    answer = client.post(reverse("draft"), {"draft_form": "activity", "title": "x"}, headers={"referer": page})
    assert answer.url == page
    assert "Đã lưu nháp" in client.get(page).content.decode()


def test_the_button_never_leads_to_another_site(client, seat):
    client.force_login(seat.user)
    there = {"referer": "https://la.example/"}
    assert client.post(reverse("draft"), {"draft_form": "activity"}, headers=there).url == "/"


def test_a_draft_is_dropped_on_request(client, seat):
    client.force_login(seat.user)
    type_draft(client)
    client.post(reverse("draft_forget"), {"draft_form": "activity", "draft_object": ""})
    assert not Draft.objects.exists()


def test_forgetting_names_one_form_and_one_object(seat):
    for key in ("a", "b"):
        save_draft("activity", key, {}, by=seat, at=make.NOW)
    assert forget_draft("activity", "a", by=seat) == 1
    assert Draft.objects.get().object_key == "b"


def test_a_draft_has_an_upper_size(client, seat):
    client.force_login(seat.user)
    assert type_draft(client, title="x" * 300_000).status_code == 413


def test_the_anonymous_keep_no_drafts_and_are_told_where_to_sign_in(client):
    answer = client.post(reverse("draft"), {"draft_form": "a"}, headers={"x-autosave": "1"})
    assert answer.status_code == 401
    assert not Draft.objects.exists()


def place(seat, name="Sở Tư pháp"):
    return lambda: f"/{make.department(seat.department.unit, name).pk}"


def test_pressing_twice_makes_one_row_and_goes_to_the_same_page(seat):
    first = once(place(seat), key="k", body=BODY, by=seat, at=make.NOW)
    second = once(place(seat), key="k", body=BODY, by=seat, at=make.NOW)
    assert first == second
    assert Department.objects.count() == 2


def test_without_the_key_two_presses_make_two_rows(seat):
    """The guard's control: it is the key that makes the difference."""
    for _press in range(2):
        once(place(seat), key="", body=BODY, by=seat, at=make.NOW)
    assert Department.objects.count() == 3


def test_refused_work_leaves_no_key_so_that_the_corrected_form_goes_through(seat):
    def refuse():
        raise Refused("Chưa có tên")

    with pytest.raises(Refused):
        once(refuse, key="k", body=BODY, by=seat, at=make.NOW)
    assert not IdempotencyKey.objects.exists()
    assert once(place(seat), key="k", body={"title": ["khác"]}, by=seat, at=make.NOW)


def test_a_key_that_comes_back_with_other_content_is_refused(seat):
    once(place(seat), key="k", body=BODY, by=seat, at=make.NOW)
    with pytest.raises(Refused, match="Biểu này đã nhận lúc 09:00"):
        once(place(seat), key="k", body={"title": ["khác"]}, by=seat, at=make.NOW)


def test_the_token_of_the_page_is_no_content(seat):
    first = once(place(seat), key="k", body={**BODY, "csrfmiddlewaretoken": ["1"]}, by=seat, at=make.NOW)
    assert once(place(seat), key="k", body={**BODY, "csrfmiddlewaretoken": ["2"]}, by=seat, at=make.NOW) == first


def test_the_same_key_of_another_seat_is_another_key(seat):
    other = make.seat(make.department(seat.department.unit))
    once(place(seat), key="k", body=BODY, by=seat, at=make.NOW)
    once(place(seat), key="k", body=BODY, by=other, at=make.NOW)
    assert IdempotencyKey.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_make_one_row():
    seat = make.seat(make.office(make.province()))
    answers, gate = [], threading.Barrier(2)

    def press():
        try:
            gate.wait()
            with transaction.atomic():
                answers.append(once(place(seat), key="k", body=BODY, by=seat, at=make.NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert len(answers) == 2
    assert Department.objects.count() == 2
