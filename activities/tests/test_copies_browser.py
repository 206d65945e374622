"""The form of an activity in a real browser: what was typed on this machine, and the answer that got lost."""

import pytest

from activities.models import Activity
from activities.tests.test_pages import NEW
from campaigns.tests import make as campaigns

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTE = "[data-copy-note]"


@pytest.fixture
def form(page, client, live_server, scene):
    """The quick form in front of the department's editor."""
    campaigns.activity_type()
    client.force_login(scene.editor.user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(NEW)
    yield page
    page.route("**/ban-nhap", lambda route: route.abort())


def fill(form):
    form.select_option("[name=type]", label="Lễ phát động, mít tinh")
    form.type("[name=title]", "Lễ phát động trên đảo")
    form.type("[name=starts_on]", "20/11/2023")


def bring_back(form):
    form.goto(NEW)
    form.locator(NOTE).get_by_text("Lấy lại").click()
    form.wait_for_selector("text=Đã khôi phục bản nháp")


def test_what_never_reached_the_server_is_offered_again_without_what_may_tell_of_victims(form):
    form.route("**/ban-nhap", lambda route: route.abort())
    fill(form)
    form.click("#thoi-gian summary")
    form.type("[name=description]", "Một chị kể chuyện của mình")
    form.wait_for_selector("[data-draft-state] button:has-text('đang giữ trên máy này')")
    form.unroute("**/ban-nhap")

    form.goto(NEW)
    form.locator(NOTE).wait_for()
    assert "không giữ phần mô tả" in form.inner_text(NOTE)
    assert form.input_value("[name=title]") == ""
    bring_back(form)

    assert form.input_value("[name=title]") == "Lễ phát động trên đảo"
    assert form.input_value("[name=description]") == ""


def test_a_save_whose_answer_was_lost_is_sent_again_and_makes_one_row(form):
    def swallow(route):
        if route.request.method == "POST":
            route.fetch(max_redirects=0)  # the server hears it, the answer is lost
            route.abort()
        else:
            route.continue_()

    fill(form)
    form.route("**/ghi-nhanh", swallow)
    form.locator(".acts-bar [value=draft]").click()
    form.wait_for_url("chrome-error://**")
    assert Activity.objects.count() == 1

    form.unroute("**/ghi-nhanh")
    bring_back(form)
    form.locator(".acts-bar [value=draft]").click()
    form.wait_for_selector("h1:has-text('Lễ phát động trên đảo')")

    assert Activity.objects.count() == 1
    form.goto(NEW)
    form.wait_for_load_state("networkidle")
    assert form.locator(NOTE).count() == 0
    assert form.input_value("[name=title]") == ""
