"""Nothing typed is lost when the session or the token of a page has ended; nobody's form is sent for him."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from provinces.models import Draft
from provinces.tests import make
from provinces.views.errors import server_error
from provinces.views.kept import kept

pytestmark = pytest.mark.django_db
TYPED = {"draft_form": "activity", "title": "Lễ <b>phát động</b>\ndòng hai", "password": "bi mat"}
HERE = {"origin": "http://testserver"}


@pytest.fixture
def officer():
    return make.seat(make.office(make.province()), person=make.user("can-bo")).user


def hidden(page, name):
    """The value of a hidden field as the browser would send it."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    return html.unescape(found[1]) if found else None


def test_an_expired_session_gives_the_form_back_and_sends_it_on_after_signing_in(client, officer):
    ended = client.post(reverse("draft"), TYPED)
    page = ended.content.decode()
    assert ended.status_code == 401
    assert "Phiên làm việc đã hết" in page
    form = {"username": "can-bo", "password": "mat khau dai", "kept": hidden(page, "kept")}
    on = client.post(reverse("sign_in"), form).content.decode()
    assert f'action="{reverse("draft")}"' in on
    fields = {name: hidden(on, name) for name in TYPED if name != "password"}
    assert fields == {"draft_form": "activity", "title": TYPED["title"]}
    client.post(reverse("draft"), fields)
    assert Draft.objects.get().raw == {"title": [TYPED["title"]]}


def test_a_wrong_password_does_not_lose_what_was_kept(client, officer):
    text = hidden(client.post(reverse("draft"), TYPED).content.decode(), "kept")
    again = client.post(reverse("sign_in"), {"username": "can-bo", "password": "sai", "kept": text}).content.decode()
    assert hidden(again, "kept") == text
    assert "chưa đúng" in again


def test_no_password_is_kept(client, officer):
    text = hidden(client.post(reverse("draft"), TYPED).content.decode(), "kept")
    assert "bi mat" not in str(kept(text))


@pytest.mark.parametrize("forged", ["", "x", '{"to": "/", "fields": []}', "eyJ0byI6Ii8ifQ:1abc:xyz"])
def test_a_forged_form_is_not_sent_on(client, officer, forged):
    answer = client.post(reverse("sign_in"), {"username": "can-bo", "password": "mat khau dai", "kept": forged})
    assert answer.status_code == 302


def test_a_fragment_is_sent_to_sign_in_and_comes_back_to_its_page(client):
    asked = {"hx-request": "true", "hx-current-url": "http://testserver/tai-khoan?x=1"}
    answer = client.get(reverse("account"), headers=asked)
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/dang-nhap?next=%2Ftai-khoan%3Fx%3D1"
    assert answer.content == b""


def strict(user=None):
    client = Client(enforce_csrf_checks=True)
    if user:
        client.force_login(user)
    return client


def test_an_old_token_gives_the_form_back_with_a_fresh_one(officer):
    client = strict(officer)
    answer = client.post(reverse("draft"), TYPED, headers=HERE)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert hidden(page, "title") == TYPED["title"]
    token = hidden(page, "csrfmiddlewaretoken")
    client.post(reverse("draft"), {**TYPED, "csrfmiddlewaretoken": token}, headers=HERE)
    assert Draft.objects.count() == 1


def test_a_form_of_another_site_is_not_offered_again(officer):
    answer = strict(officer).post(reverse("draft"), TYPED, headers={"origin": "https://la.example"})
    assert answer.status_code == 403
    assert hidden(answer.content.decode(), "title") is None


def test_a_form_of_no_known_origin_is_not_offered_again(officer):
    assert hidden(strict(officer).post(reverse("draft"), TYPED).content.decode(), "title") is None


def test_an_old_token_of_a_visitor_asks_to_sign_in_and_keeps_the_form():
    page = strict().post(reverse("draft"), TYPED, headers=HERE).content.decode()
    assert hidden(page, "kept")


def test_an_old_sign_in_page_simply_opens_anew():
    answer = strict().post(reverse("sign_in"), {"username": "x"}, headers=HERE)
    assert answer.url == reverse("sign_in")


def test_an_unknown_address_says_so_with_the_way_back(client, officer):
    client.force_login(officer)
    page = client.get("/khong-co-trang-nay").content.decode()
    assert "Không tìm thấy trang" in page
    assert "Sở Lao động - Thương binh và Xã hội" in page


def test_a_fault_of_the_server_has_a_code(client, officer, monkeypatch):
    client.raise_request_exception = False
    client.force_login(officer)

    def break_down(*_args):
        raise RuntimeError

    monkeypatch.setattr("provinces.middleware.seats_today", break_down)
    answer = client.post(reverse("draft"), TYPED)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in page
    assert re.search(r'<p class="big">\d{4}-\d{6}</p>', page)
    assert "chưa được ghi" in page


def test_the_page_of_faults_needs_no_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert server_error(rf.get("/")).status_code == 500
