"""What every test may ask for: a browser page, PostgreSQL, the installed Chromium."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import Error, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


def pytest_collection_modifyitems(items):
    if connection.vendor == "postgresql":
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="Needs PostgreSQL; set DATABASE_URL."))


@pytest.fixture(scope="session")
def browser():
    """Chromium of this machine, started once; without one the test is skipped, in CI it fails."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        _no_browser("No Chromium on this machine: browser tests are skipped.")
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        except Error as error:
            _no_browser(f"{path} does not start: {error.message.splitlines()[0]}")
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, live_server):
    """A page on the live server: nothing is asked of another host, no script fails, the policy holds."""
    context = browser.new_context(
        base_url=live_server.url, locale="vi-VN", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(15_000)
    complaints = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    page.on("request", lambda request: complaints.extend(_elsewhere(request.url, live_server.url)))
    yield page
    context.close()
    assert complaints == []


def _elsewhere(url, home):
    parts = urlsplit(url)
    return (
        [f"asked of another host: {url}"]
        if parts.scheme in {"http", "https"} and parts.netloc != urlsplit(home).netloc
        else []
    )


def _no_browser(sentence):
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(sentence)
    pytest.skip(sentence)
