"""Archives: whole, verifiable, made once whatever happens to the worker, and only for administrators."""

import csv
import datetime
import hashlib
import io
import itertools
import shutil
import subprocess
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from activities.models import Evidence
from campaigns.tests import make as campaigns
from provinces.models import Department, Event
from provinces.operations.files import store_file
from provinces.storage import file_path
from provinces.tests import make as who
from provinces.workflow import Refused
from reports.documents.zipped import SUMS, table, verify
from reports.models import Archive, Job
from reports.operations import archives as operations
from reports.operations.archives import ask_archive, folder, path_of, run_archive, sweep_archives
from reports.queries.archives import STEPS
from reports.tests import make, pages

pytestmark = pytest.mark.django_db
AT = pages.AT
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    settings.DATA_DIR = tmp_path


def ticking():
    """A clock that moves on at every look."""
    seconds = itertools.count()
    return lambda: AT + datetime.timedelta(seconds=next(seconds))


class Scene:
    """A province's year: an issued report with its scan, a photo, people helped, and another department's draft."""

    def __init__(self):
        self.people = people = pages.people()
        self.office = people.editor.department
        self.report = pages.issued(people)
        self.admin = who.seat(self.office, "admin")
        launch = self.report.snapshot.sources.first().activity
        photo = store_file(b"JPEG bytes", "Lễ phát động.JPG", "jpeg", owner=self.office, by=people.editor, at=AT)
        self.photo = Evidence.objects.create(activity=launch, file=photo, consent=True, by=people.editor, at=AT)
        gift = make.activity(people.other.department, "Thăm hỏi, tặng quà")
        gift.owner.unit = who.commune(self.office.unit)
        gift.owner.save()
        make.result(gift, "CT31.1", 3)
        make.activity(people.other.department, "Bản nháp của Liên đoàn", status="draft")

    def asked(self, by=None, at=AT):
        return ask_archive(self.office.unit, campaigns.campaign(), by=by or self.admin, at=at)

    def made(self):
        return run_archive(self.asked().pk, clock=ticking())


@pytest.fixture
def scene():
    return Scene()


def rows_in(archive: zipfile.ZipFile, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def test_a_year_goes_into_one_zip_that_any_reader_can_verify(scene, tmp_path):
    row = scene.made()

    assert (row.status, row.files > 15, row.size) == ("done", True, path_of(row).stat().st_size)
    assert hashlib.sha256(path_of(row).read_bytes()).hexdigest() == row.sha256
    assert [line["step"] for line in row.timeline] == list(STEPS)
    assert (row.done, row.total) == (6, 6)
    with zipfile.ZipFile(path_of(row)) as archive:
        names = set(archive.namelist())
        report = f"quang-ninh/bao-cao/{scene.report.public_id}/"
        assert {report + name for name in ("bao-cao.docx", "bao-cao.pdf", "phu-luc.xlsx", "nguon.csv")} <= names
        figures = archive.read(f"{report}so-lieu.json")
        assert hashlib.sha256(figures).hexdigest() == scene.report.snapshot.sha256
        assert archive.read(f"quang-ninh/minh-chung/{scene.photo.activity.public_id}/{scene.photo.pk}-le-phat-dong.jpg")
        titles = [line[4] for line in rows_in(archive, "quang-ninh/hoat-dong.csv")]
        assert "Thăm hỏi, tặng quà" in titles
        assert "Bản nháp của Liên đoàn" not in titles
        (gift,) = (line for line in rows_in(archive, "quang-ninh/ket-qua.csv") if line[2] == "CT31.1")
        assert gift[6] == "<5"
        index = archive.read("index.html").decode()
        assert "Lưu trữ năm 2023, tỉnh Quảng Ninh" in index
        assert {line[0] for line in rows_in(archive, "index.csv")[1:]} | {"index.csv", "index.html"} <= names
        archive.extractall(tmp_path / "out")
    if shutil.which("sha256sum"):
        told = subprocess.run(["sha256sum", "-c", SUMS], cwd=tmp_path / "out", capture_output=True, check=False)
        assert told.returncode == 0, told.stderr
    assert verify(path_of(row)).sound
    call_command("verify_archive", path_of(row), sha256=row.sha256, stdout=io.StringIO())


def test_one_flipped_byte_a_missing_and_an_added_file_are_found(scene, tmp_path):
    row = scene.made()
    whole = path_of(row).read_bytes()
    flipped = tmp_path / "flipped.zip"
    at = whole.index(b"JPEG bytes")
    flipped.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])

    (changed,) = verify(flipped).changed
    assert changed.endswith("le-phat-dong.jpg")
    with pytest.raises(CommandError):
        call_command("verify_archive", flipped, stdout=io.StringIO())
    with pytest.raises(CommandError):
        call_command("verify_archive", path_of(row), sha256="0" * 64, stdout=io.StringIO())
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(path_of(row)) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist()[1:]:
            new.writestr(name, old.read(name))
        new.writestr("them.txt", "x")
    found = verify(other)
    assert (len(found.missing), found.unlisted, found.changed) == (1, ("them.txt",), ())


def test_a_file_gone_from_the_disk_is_named_and_stops_nothing(scene):
    file_path(scene.photo.file.sha256).unlink()

    row = scene.made()

    assert row.status == "done"
    with zipfile.ZipFile(path_of(row)) as archive:
        assert "le-phat-dong.jpg" in archive.read("index.html").decode()
        assert not any("minh-chung" in name for name in archive.namelist())


@pytest.mark.parametrize("value", ["=1+1", "+84", "-1", "@x", "\tx", "\uff1d1"])
def test_a_text_that_a_table_program_would_calculate_is_made_harmless(value):
    line = b"".join(table(("a",), [(value,)])).decode("utf-8-sig").splitlines()[1]
    assert line.strip('"').startswith("'")


def test_only_administrators_of_the_province_and_of_the_ministry_ask_for_an_archive(scene):
    elsewhere = who.seat(scene.people.stranger.department, "admin")
    for seat in (scene.people.editor, scene.people.head, scene.people.member, scene.people.other, elsewhere):
        with pytest.raises(Refused):
            scene.asked(by=seat)
    with pytest.raises(Refused):
        ask_archive(who.country(), campaigns.campaign(), by=scene.admin, at=AT)
    assert Archive.objects.count() == 0
    assert ask_archive(who.country(), campaigns.campaign(), by=ministry_admin(), at=AT).status == "queued"


def ministry_admin():
    ministry = who.department(who.country(), "Bộ Nội vụ", "BNV", kind="bo")
    ministry.duties.create(kind="ministry", for_unit=who.country())
    return who.seat(Department.objects.get(pk=ministry.pk), "admin")


def test_the_ministrys_archive_of_all_holds_every_province_and_only_what_the_ministry_may_see(scene):
    waiting = make.activity(scene.office, "Hoạt động chờ xác minh", status="sent")
    admin = ministry_admin()

    row = run_archive(ask_archive(who.country(), campaigns.campaign(), by=admin, at=AT).pk, clock=ticking())

    with zipfile.ZipFile(path_of(row)) as archive:
        homes = {name.partition("/")[0] for name in archive.namelist() if "/" in name}
        assert homes == {"quang-ninh", "hai-phong", "toan-quoc"}
        assert f"quang-ninh/bao-cao/{scene.report.public_id}/bao-cao.pdf" in archive.namelist()
        assert waiting.public_id not in archive.read("quang-ninh/hoat-dong.csv").decode()
    assert not Archive.objects.visible_to(scene.admin).exists()


def test_a_second_press_finds_the_archive_that_is_under_way_and_the_database_holds_one(scene):
    first = scene.asked()
    assert scene.asked(at=AT + MINUTE) == first
    with pytest.raises(IntegrityError, match="archive_open_once_per_year|UNIQUE"), transaction.atomic():
        Archive.objects.create(office=scene.office, province=first.province, campaign=first.campaign, queued_at=AT)


def test_six_archives_an_hour_are_enough(scene):
    for _time in range(6):
        Archive.objects.filter(pk=scene.asked().pk).update(status="failed")
    with pytest.raises(Refused, match="6"):
        scene.asked()
    assert scene.asked(at=AT + 61 * MINUTE).status == "queued"


class Killed(BaseException):
    """What no handler catches, as when the process is gone."""


@pytest.mark.parametrize("step", ["_plans", "_reports", "_tables", "_evidence", "_about"])
def test_a_worker_killed_at_any_step_leaves_exactly_one_archive_in_the_end(scene, monkeypatch, step):
    row = scene.asked()

    def kill(*args):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(operations._Filling, step, kill)
        patch.setattr(operations.Path, "unlink", lambda self, missing_ok=False: None)  # the dead clean nothing up
        run_archive(row.pk, clock=lambda: AT)
    assert [path.suffix for path in folder().iterdir()] == [".part"]
    row.refresh_from_db()
    assert (row.status, row.sha256) == ("running", "")
    later = AT + 2 * MINUTE
    assert sweep_archives(at=later) == [row.pk]
    assert run_archive(row.pk, clock=lambda: later).status == "done"
    sweep_archives(at=later)
    (left,) = folder().iterdir()
    assert verify(left).sound
    assert Event.objects.filter(verb="archive.made").count() == 1


def test_a_worker_back_from_the_dead_leaves_nothing(scene, monkeypatch):
    row = scene.asked()
    real = operations._Filling._tables

    def asleep(self, content, home):
        monkeypatch.setattr(operations._Filling, "_tables", real)
        later = AT + 2 * MINUTE
        assert sweep_archives(at=later) == [row.pk]
        assert run_archive(row.pk, clock=lambda: later).status == "done"
        return real(self, content, home)

    monkeypatch.setattr(operations._Filling, "_tables", asleep)

    assert run_archive(row.pk, clock=lambda: AT) is None
    (left,) = folder().iterdir()
    row.refresh_from_db()
    assert (left, row.fence) == (path_of(row), 2)
    assert hashlib.sha256(left.read_bytes()).hexdigest() == row.sha256


def test_a_failure_says_so_and_leaves_no_file(scene, monkeypatch):
    def broken(*args):
        raise ValueError("no such thing")

    monkeypatch.setattr(operations._Filling, "_reports", broken)

    row = scene.made()

    assert (row.status, "no such thing" in row.fault) == ("failed", True)
    assert list(folder().iterdir()) == []
    assert Event.objects.filter(verb="archive.failed").count() == 1


def test_a_zip_is_kept_for_seven_days_and_its_row_for_good(scene):
    row = scene.made()
    sweep_archives(at=row.finished_at + datetime.timedelta(days=7))
    assert path_of(row).exists()

    sweep_archives(at=row.finished_at + datetime.timedelta(days=7, minutes=1))

    row.refresh_from_db()
    assert (row.here, path_of(row).exists(), len(row.sha256)) == (False, False, 64)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("archive_running_has_a_lease", {"status": "running"}),
        ("archive_done_has_a_hash", {"status": "done", "finished_at": AT}),
    ],
)
def test_the_database_refuses_half_an_archive(scene, name, row):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Archive.objects.create(
            office=scene.office, province=scene.office.unit, campaign=campaigns.campaign(), queued_at=AT, **row
        )


def test_an_administrator_asks_watches_and_takes_an_archive(scene, monkeypatch):
    office = scene.office.unit
    client = pages.as_(scene.admin)
    home = reverse("archives", kwargs={"t": office.slug})
    page = client.get(home)
    assert "2023" in page.content.decode()

    answer = client.post(home, {"year": "2023", "province": office.pk})

    row = Archive.objects.get()
    assert answer.url == reverse("archive", kwargs={"t": office.slug, "id": row.public_id})
    assert "hx-get" in client.get(answer.url).content.decode()
    run_archive(row.pk, clock=ticking())
    row.refresh_from_db()
    assert row.sha256 in client.get(answer.url).content.decode()
    taken = client.post(f"{answer.url}/tai")
    assert taken["Content-Disposition"].startswith("attachment")
    assert hashlib.sha256(b"".join(taken.streaming_content)).hexdigest() == row.sha256
    line = Event.objects.get(verb="archive.take")
    assert (line.user, line.details["sha256"]) == (scene.admin.user, row.sha256)
    path_of(row).unlink()
    assert client.post(f"{answer.url}/tai").status_code == 422


def test_an_archive_is_404_to_every_other_seat(scene):
    row = scene.made()
    where = {"t": scene.office.unit.slug, "id": row.public_id}
    others = (scene.people.editor, scene.people.head, scene.people.stranger, ministry_admin())
    for seat in others:
        client = pages.as_(seat)
        assert client.get(reverse("archive", kwargs=where)).status_code == 404
        assert client.post(reverse("archive_file", kwargs=where)).status_code == 404
    assert Job.objects.count() == 1
