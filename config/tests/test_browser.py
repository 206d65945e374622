"""The browser of this machine opens our first page, from nobody else's host and under our policy."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.browser


def test_the_sign_in_page_opens_in_the_browser(page):
    page.goto(reverse("sign_in"))

    assert page.locator("input[type=password]").is_visible()
    assert page.locator("html").get_attribute("lang") == "vi"
