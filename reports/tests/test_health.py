"""The program's own state: what machines ask, and what the administrator reads."""

import datetime
import shutil

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from provinces.operations.memory import note_life
from provinces.tasks import live
from provinces.tests import make
from reports.models import Job
from reports.tests import make as reports

pytestmark = pytest.mark.django_db
AGO = {minutes: datetime.timedelta(minutes=minutes) for minutes in (1, 5)}


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """A data folder on a disk that is half full."""
    settings.DATA_DIR = tmp_path
    disk = type(shutil.disk_usage(tmp_path))(100, 50, 50)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: disk)
    return tmp_path


def test_a_process_that_answers_says_so_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse("alive")).content == b"ok"


def test_words_say_what_is_well_and_what_is_to_be_looked_at(client, folder):
    live()

    answer = client.get(reverse("ready"))

    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "worker": "ok", "queue": "ok", "disk": "ok", "backup": "look"}


def test_a_silent_worker_and_work_that_waits_are_seen_and_people_can_still_write(client, folder):
    note_life("worker", at=timezone.now() - AGO[5])
    Job.objects.create(
        report=reports.report(make.office(make.province())), status="queued", queued_at=timezone.now() - AGO[5]
    )

    answer = client.get(reverse("ready"))

    assert (answer.status_code, answer.json()["worker"], answer.json()["queue"]) == (200, "look", "look")


def test_a_full_disk_sends_people_elsewhere(client, folder, monkeypatch):
    disk = type(shutil.disk_usage(folder))(100, 95, 5)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: disk)

    assert client.get(reverse("ready")).status_code == 503


def test_a_database_that_does_not_answer_is_said(client, folder):
    def down(*_all):
        raise OperationalError

    with connection.execute_wrapper(down):
        answer = client.get(reverse("ready"))

    assert (answer.status_code, answer.json()) == (503, {"database": "down"})


def test_a_young_backup_is_well(client, folder):
    (folder / "last-backup").write_text((timezone.now() - AGO[1]).isoformat())

    assert client.get(reverse("ready")).json()["backup"] == "ok"


def test_numbers_are_for_who_brings_the_token(client, folder, settings):
    settings.METRICS_TOKEN = "so-do"
    live()

    page = client.get(reverse("metrics"), headers={"Authorization": "Bearer so-do"}).content.decode()

    assert 'thd_well{check="worker"} 1.0' in page
    assert client.get(reverse("metrics")).status_code == 404
    assert client.get(reverse("metrics"), headers={"Authorization": "Bearer đoán"}).status_code == 404


def test_without_a_token_nobody_reads_numbers(client, folder, settings):
    settings.METRICS_TOKEN = ""

    assert client.get(reverse("metrics"), headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize(("role", "code"), [("admin", 200), ("editor", 404)])
def test_the_administrator_reads_it_in_words(client, folder, role, code):
    client.force_login(make.seat(make.office(make.province()), role).user)

    answer = client.get(reverse("status"))

    assert answer.status_code == code
    assert ("Chạy manage.py back_up" in answer.content.decode()) == (code == 200)
