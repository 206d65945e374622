"""Signing in and out, the seat, the language, the account."""

import pytest
from django.urls import reverse

from provinces.models import Event, Seat, User
from provinces.tests import make

pytestmark = pytest.mark.django_db

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng"


def sign_in(client, username="can-bo", password="mat khau dai", **more):
    return client.post(reverse("sign_in"), {"username": username, "password": password, **more})


@pytest.fixture
def officer():
    return make.seat(make.office(make.province()), person=make.user("can-bo")).user


def test_a_person_signs_in_and_the_log_says_so(client, officer):
    answer = sign_in(client)
    assert answer.status_code == 302
    assert answer.url == reverse("home")
    assert Event.objects.get(verb="account.sign_in").details == {"user": officer.pk}


def test_a_wrong_password_keeps_the_name_and_is_logged(client, officer):
    answer = sign_in(client, password="khong phai")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert WRONG in page
    assert 'value="can-bo"' in page
    assert "khong phai" not in page
    assert "<title>Lỗi: " in page
    assert Event.objects.filter(verb="account.refused").count() == 1


def test_an_unknown_name_gets_the_same_sentence_and_is_not_written_down(client, officer):
    answer = sign_in(client, username="mat khau go nham o day")
    assert WRONG in answer.content.decode()
    assert not Event.objects.filter(verb="account.refused").exists()


def test_an_empty_form_asks_for_both(client, officer):
    page = sign_in(client, username="", password="").content.decode()
    assert "Có 2 chỗ cần sửa" in page
    assert 'href="#id_username"' in page


@pytest.mark.parametrize("wanted", ["https://la.example/", "//la.example/x", "javascript:alert(1)", "tai-khoan"])
def test_after_signing_in_nobody_is_sent_to_another_site(client, officer, wanted):
    assert sign_in(client, next=wanted).url == reverse("home")


def test_a_deep_link_survives_signing_in(client, officer):
    answer = client.get(reverse("account"))
    assert answer.url == f"{reverse('sign_in')}?next={reverse('account')}"
    assert sign_in(client, next=reverse("account")).url == reverse("account")


def test_signing_out_is_a_press_and_not_a_link(client, officer):
    client.force_login(officer)
    assert client.get(reverse("sign_out")).status_code == 405
    assert client.post(reverse("sign_out")).url == reverse("sign_in")
    assert Event.objects.filter(verb="account.sign_out").exists()
    assert client.get(reverse("account")).status_code == 302


@pytest.mark.parametrize("name", ["home", "account", "seats", "years"])
def test_the_anonymous_are_sent_to_sign_in(client, name):
    assert client.get(reverse(name)).url.startswith(reverse("sign_in"))


def test_pages_of_signed_in_people_are_kept_by_nobody(client, officer):
    client.force_login(officer)
    assert "no-store" in client.get(reverse("account"))["Cache-Control"]


def test_a_person_with_two_seats_chooses_one(client, officer):
    other = make.seat(make.department(Seat.objects.get().department.unit), person=officer)
    client.force_login(officer)
    assert "Sở Tư pháp" in client.get(reverse("seats")).content.decode()
    client.post(reverse("seats"), {"seat": other.pk})
    assert client.get(reverse("account")).wsgi_request.seat == other


def test_nobody_takes_the_seat_of_another(client, officer):
    strange = make.seat(make.department(Seat.objects.get().department.unit))
    client.force_login(officer)
    assert client.post(reverse("seats"), {"seat": strange.pk}).status_code == 404


def test_a_revoked_seat_ends_at_once(client, officer):
    client.force_login(officer)
    Seat.objects.update(valid_to="2020-01-01")
    assert client.get(reverse("account")).wsgi_request.seat is None


def test_the_language_is_kept_for_the_person_and_the_page_stays(client, officer):
    client.force_login(officer)
    answer = client.post(reverse("language"), {"language": "en", "next": reverse("account")})
    assert answer.url == reverse("account")
    assert User.objects.get().language == "en"
    assert "Change the password" in client.get(reverse("account")).content.decode()


def test_an_english_browser_still_sees_vietnamese_first(client):
    page = client.get(reverse("sign_in"), headers={"accept-language": "en-US,en"}).content.decode()
    assert '<html lang="vi">' in page
    assert "Đăng nhập" in page


def test_a_visitor_may_choose_english(client):
    client.post(reverse("language"), {"language": "en", "next": reverse("sign_in")})
    assert "Sign in" in client.get(reverse("sign_in")).content.decode()


def test_a_new_password_needs_the_old_one_and_some_length(client, officer):
    client.force_login(officer)
    answer = client.post(reverse("account"), {"password_now": "sai", "password_new": "ngan"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ít nhất 12 ký tự" in page
    assert "Mật khẩu đang dùng chưa đúng" in page


def test_a_changed_password_keeps_the_person_signed_in(client, officer):
    client.force_login(officer)
    client.post(reverse("account"), {"password_now": "mat khau dai", "password_new": "mot cau ngan de nho"})
    assert client.get(reverse("account")).status_code == 200
    assert User.objects.get().check_password("mot cau ngan de nho")
    assert Event.objects.filter(verb="account.password").exists()
