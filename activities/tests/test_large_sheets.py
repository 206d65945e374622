"""A large sheet is gone through by a worker: looked at, confirmed, stored whole and once whatever happens to them."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activities.models import Activity, Intake
from activities.operations import importing
from activities.operations.intakes import LEASE, UNHEARD, Stale, claim_intake, finish_store, sweep_intakes
from activities.operations.uploads import find_upload
from activities.sheets import intake as worker
from activities.sheets import looking
from activities.sheets.reading import read_sheet
from activities.tests.make_sheets import filled, row, understood
from campaigns.models import Campaign
from campaigns.tests import make as campaigns
from provinces.tests import make as who

NOW = who.NOW
SECOND = datetime.timedelta(seconds=1)
UPLOAD = "/quang-ninh/2023/hoat-dong/nhap-tep"


@pytest.fixture(autouse=True)
def every_sheet_is_large(db, settings, tmp_path, monkeypatch):
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    monkeypatch.setattr(looking, "LARGE", 0)
    campaigns.activity_type()


@pytest.fixture
def clock():
    """The hour of the worker, a second after the last press."""
    return lambda: Intake.objects.latest("queued_at").queued_at + SECOND


@pytest.fixture
def browser(client, scene):
    client.force_login(scene.editor.user)
    return client


@pytest.fixture
def sends(browser, scene):
    """Upload a file as the department's editor; answers the address of its page and the row of its way."""

    def send(*rows, **more):
        file = SimpleUploadedFile("hoat-dong.xlsx", filled(scene, *rows, **more))
        there = browser.post(UPLOAD, {"owner": scene.department.pk, "scope": "month", "file": file}).url
        return there, Intake.objects.get(token=there.rpartition("/")[2])

    return send


def words(answer) -> str:
    return answer.content.decode()


def test_a_large_file_is_looked_through_and_stored_by_the_worker(browser, sends, clock):
    there, intake = sends(row(people="khoảng 550"), row(title="Tọa đàm", row_key="n:2"))
    assert "Chờ đến lượt" in words(browser.get(there))

    worker.run_intake(intake.pk, clock=clock)
    assert "2 dòng: 2 đọc được, 0 cần sửa" in words(browser.get(there))
    assert browser.get(there, headers={"hx-request": "true"}).headers["HX-Refresh"] == "true"
    browser.post(there, {"then": "confirm"})
    browser.post(there, {"then": "confirm"})
    assert not Activity.objects.exists()
    worker.run_intake(intake.pk, clock=clock)

    assert "Đã lưu: thêm 2, sửa 0, giữ nguyên 0" in words(browser.get(there))
    assert list(Activity.objects.order_by("id").values_list("title", flat=True)) == ["Lễ phát động", "Tọa đàm"]
    assert worker.run_intake(intake.pk, clock=clock) is None
    assert find_upload(intake.token, by=intake.seat, at=clock()) is None
    assert Activity.objects.count() == 2


def test_faults_of_a_large_file_come_back_in_the_file_the_worker_made(browser, sends, clock):
    there, intake = sends(row(starts="31/11/2023"))
    worker.run_intake(intake.pk, clock=clock)

    page, file = words(browser.get(there)), browser.get(f"{there}/loi")

    assert "1 dòng: 0 đọc được, 1 cần sửa" in page
    assert "Ngày 31/11/2023 không có trong lịch" in page
    assert any("31/11/2023 không có" in cell.shown for cell in _cells(read_sheet(file.content, "loi.xlsx")))


def _cells(sheet):
    return [cell for cells in sheet.rows.values() for cell in cells.values()]


def _confirmed(browser, sends, clock, *rows):
    there, intake = sends(*rows)
    worker.run_intake(intake.pk, clock=clock)
    browser.post(there, {"then": "confirm"})
    return there, intake


def test_a_worker_killed_while_storing_leaves_nothing_and_the_next_one_stores_once(browser, sends, clock, monkeypatch):
    _there, intake = _confirmed(browser, sends, clock, row(), row(title="Tọa đàm", row_key="n:2"))

    def killed(*_said):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(importing, "_remember", killed)
        worker.run_intake(intake.pk, clock=clock)
    assert not Activity.objects.exists()
    assert sweep_intakes(at=clock()) == []

    later = clock() + LEASE + SECOND
    assert sweep_intakes(at=later) == [intake.pk]
    worker.run_intake(intake.pk, clock=lambda: later)

    intake.refresh_from_db()
    assert (intake.status, intake.added, Activity.objects.count()) == ("done", 2, 2)


def test_a_worker_that_came_back_from_the_dead_stores_nothing(browser, sends, scene, clock):
    _there, intake = _confirmed(browser, sends, clock, row())
    content = find_upload(intake.token, by=scene.editor, at=clock()).content
    lost = claim_intake(intake.pk, clock=clock)
    later = clock() + LEASE + SECOND
    found = claim_intake(intake.pk, clock=lambda: later)

    with pytest.raises(Stale):
        finish_store(lost, understood(scene, content), confirmed_names=False)
    assert not Activity.objects.exists()

    finish_store(found, understood(scene, content), confirmed_names=False)
    assert Activity.objects.count() == 1


def test_the_third_worker_that_was_lost_was_the_last(sends, clock):
    _there, intake = sends(row())
    at = clock()
    for _attempt in range(Intake.MAX_ATTEMPTS):
        claim_intake(intake.pk, clock=lambda now=at: now)
        at += LEASE + SECOND

    assert sweep_intakes(at=at) == []
    intake.refresh_from_db()
    assert intake.status == "failed"


def test_a_bell_that_nobody_heard_is_rung_again(sends, clock):
    _there, intake = sends(row())

    assert sweep_intakes(at=intake.queued_at + UNHEARD) == []
    assert sweep_intakes(at=intake.queued_at + UNHEARD + SECOND) == [intake.pk]


def test_what_the_rules_refuse_while_storing_is_said_and_nothing_stored(browser, sends, clock):
    there, intake = _confirmed(browser, sends, clock, row())
    Campaign.objects.update(locked_at=NOW)

    worker.run_intake(intake.pk, clock=clock)

    intake.refresh_from_db()
    assert intake.status == "refused"
    assert not Activity.objects.exists()
    Campaign.objects.update(locked_at=None)
    assert intake.sentence in words(browser.get(there))
    browser.post(there, {"then": "again"})
    intake.refresh_from_db()
    assert (intake.stage, intake.status) == ("look", "queued")


def test_a_sheet_taken_away_while_the_worker_has_it_is_not_stored(browser, sends, scene, clock):
    there, intake = _confirmed(browser, sends, clock, row())
    content = find_upload(intake.token, by=scene.editor, at=clock()).content
    run = claim_intake(intake.pk, clock=clock)

    assert browser.post(there, {"then": "forget"}).url == UPLOAD

    with pytest.raises(Stale):
        finish_store(run, understood(scene, content), confirmed_names=False)
    assert not Activity.objects.exists()


def test_anothers_large_sheet_is_not_found(client, scene, sends):
    there, _intake = sends(row())
    client.force_login(who.seat(scene.department).user)

    assert client.get(there).status_code == 404


def test_a_fault_of_ours_is_said_and_can_be_tried_again(browser, sends, clock, monkeypatch):
    there, intake = sends(row())

    with monkeypatch.context() as patch:
        patch.setattr(worker, "understand_upload", lambda *_said: 1 // 0)
        worker.run_intake(intake.pk, clock=clock)

    assert "Chưa lưu dòng nào" in words(browser.get(there))
    browser.post(there, {"then": "again"})
    worker.run_intake(intake.pk, clock=clock)
    assert "1 dòng: 1 đọc được" in words(browser.get(there))
