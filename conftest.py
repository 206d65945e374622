"""What every test may ask for: a browser page, a real worker on the rows of the test, PostgreSQL."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection
from playwright.sync_api import Error, sync_playwright

from config.celery import app

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


def pytest_collection_modifyitems(items):
    if connection.vendor == "postgresql":
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="Needs PostgreSQL; set DATABASE_URL."))


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix():
    """Nothing to add: the test settings name each process's own database, and its children find it by that name."""


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
    context = browser.new_context(base_url=live_server.url, locale="vi-VN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    complaints = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    page.on("request", lambda request: complaints.extend(_elsewhere(request.url, live_server.url)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def child_environment(transactional_db):
    """The environment in which another process sees the rows of this test."""
    found = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    if connection.vendor == "postgresql":
        parts = urlsplit(os.environ["DATABASE_URL"])
        found["DATABASE_URL"] = parts._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    return found


@pytest.fixture
def worker(child_environment):
    """A real Celery worker that works on the rows of this test until the test ends; yields its process."""
    app.control.purge()
    with (django_settings.DATA_DIR / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1", "-l", "INFO", "--without-gossip"],
            cwd=django_settings.BASE_DIR,
            env=child_environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    yield process
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


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
