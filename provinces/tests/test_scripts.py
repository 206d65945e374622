"""Our small scripts in a real browser, and the same pages without any script."""

import pytest

from provinces.models import Draft, IdempotencyKey
from provinces.tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("provinces.tests.sample")]


@pytest.fixture
def officer():
    return make.seat(make.office(make.province()), person=make.user("can-bo"))


def sign_in(page):
    page.goto("/dang-nhap?next=/mau")
    page.fill("#id_username", "can-bo")
    page.fill("#id_password", "mat khau dai")
    page.click("button.btn-main")
    page.wait_for_url("**/mau")


def test_a_form_keeps_itself_and_comes_back_after_the_browser_was_closed(page, officer):
    sign_in(page)
    page.type("#id_title", "Lễ phát động")
    page.type("#id_women", "mười hai")
    page.wait_for_selector("[data-draft-state]:has-text('Đã lưu nháp')")
    page.goto("/mau")
    assert page.input_value("#id_title") == "Lễ phát động"
    assert page.input_value("#id_women") == "mười hai"
    assert "Đã khôi phục bản nháp" in page.inner_text("main")
    page.click("text=Bỏ bản nháp")
    page.wait_for_load_state()
    assert page.input_value("#id_title") == ""
    assert not Draft.objects.exists()


def test_when_the_line_is_cut_the_form_says_so_and_tries_again_on_a_press(page, officer):
    sign_in(page)
    page.route("**/ban-nhap", lambda route: route.abort())
    page.type("#id_title", "Lễ")
    retry = page.locator("[data-draft-state] button")
    retry.wait_for()
    assert retry.inner_text() == "Chưa lưu, bấm để thử lại"
    page.unroute("**/ban-nhap")
    retry.click()
    page.wait_for_selector("[data-draft-state]:has-text('Đã lưu nháp')")
    assert Draft.objects.get().raw["title"] == ["Lễ"]


def test_what_was_sent_leaves_no_draft_behind(page, officer):
    sign_in(page)
    page.type("#id_title", "Lễ")
    page.click("text=Gửi")
    page.wait_for_selector("text=Đã nhận Lễ")
    assert not Draft.objects.exists()


def test_a_double_click_sends_once(page, officer):
    sign_in(page)
    page.type("#id_title", "Lễ")
    page.dblclick("text=Gửi")
    page.wait_for_selector("text=Đã nhận Lễ")
    assert page.locator("text=Đã nhận Lễ").count() == 1
    assert IdempotencyKey.objects.count() == 1


def test_the_summary_of_faults_has_the_focus_and_leads_to_the_box(page, officer):
    sign_in(page)
    page.type("#id_women", "mười hai")
    page.click("text=Gửi")
    page.wait_for_selector(".errors")
    assert page.title().startswith("Lỗi: ")
    assert page.evaluate("document.activeElement.className").startswith("errors")
    page.click(".errors a >> nth=1")
    assert page.evaluate("document.activeElement.id") == "id_women"


def test_a_password_is_shown_and_hidden_again(page, officer):
    page.goto("/dang-nhap")
    page.fill("#id_password", "mat khau dai")
    page.click("text=Hiện")
    assert page.get_attribute("#id_password", "type") == "text"
    page.click("text=Ẩn")
    assert page.get_attribute("#id_password", "type") == "password"


def test_everything_works_without_a_script(browser, live_server, officer):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    assert page.locator("button[data-peek]").count() == 0
    page.type("#id_title", "Lễ")
    page.click("text=Lưu nháp")
    page.wait_for_selector("text=Đã lưu nháp")
    assert page.input_value("#id_title") == "Lễ"
    page.click("text=Gửi")
    page.wait_for_selector("text=Đã nhận Lễ")
    page.click("text=Đăng xuất")
    page.wait_for_url("**/dang-nhap")
    context.close()


def test_a_lost_session_sends_the_form_on_by_itself_after_signing_in(page, officer):
    sign_in(page)
    page.type("#id_title", "Lễ phát động")
    page.context.clear_cookies(name="sessionid")
    page.click("text=Gửi")
    page.wait_for_selector("text=Phiên làm việc đã hết")
    page.fill("#id_username", "can-bo")
    page.fill("#id_password", "mat khau dai")
    page.click("button.btn-main")
    page.wait_for_selector("text=Đã nhận Lễ phát động")
