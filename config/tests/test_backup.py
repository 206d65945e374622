"""Backups: whole or not at all, damage is named, and what comes back is what was there."""

import datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from config import backup
from provinces.operations.files import store_file
from provinces.storage import file_path
from provinces.tests import make

AT = datetime.datetime(2026, 12, 15, 10, tzinfo=datetime.UTC)


@pytest.fixture
def filed(transactional_db, settings, tmp_path):
    """A department with one file; a dump sees only what is committed."""
    settings.DATA_DIR, settings.FILES_DIR = tmp_path / "data", tmp_path / "data" / "files"
    settings.DATA_DIR.mkdir()
    seat = make.seat(make.department(make.province()))
    return store_file(b"%PDF scan", "quyet-dinh.pdf", "scan", owner=seat.department, by=seat, at=AT)


@pytest.fixture
def folder(filed, tmp_path):
    backup.back_up(tmp_path / "sao-luu", at=AT)
    return tmp_path / "sao-luu"


def test_a_backup_holds_rows_files_and_their_hashes(folder, filed):
    assert backup.faults_of(folder) == []
    assert (folder / "files" / filed.sha256).read_bytes() == b"%PDF scan"


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda folder, name: (folder / "files" / name).write_bytes(b"%PDF scam"), "đã bị thay đổi"),
        (lambda folder, name: (folder / "files" / name).unlink(), "Thiếu tệp"),
        (lambda folder, name: (folder / "files" / "khac").write_bytes(b"x"), "Thừa tệp"),
        (lambda folder, name: (folder / backup.HASHES).unlink(), "không phải bản sao lưu trọn vẹn"),
    ],
)
def test_damage_is_named_and_nothing_is_restored(folder, filed, damage, sentence):
    damage(folder, filed.sha256)

    with pytest.raises(CommandError, match=sentence):
        call_command("restore", folder, "--check")
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", folder)


def test_nothing_is_restored_over_a_database_in_use(folder):
    with pytest.raises(CommandError, match="đã có bảng"):
        call_command("restore", folder)


def test_a_backup_never_overwrites_another(folder):
    with pytest.raises(backup.Failed, match="đã có"):
        backup.back_up(folder, at=AT)


def test_an_interrupted_backup_leaves_nothing(filed, tmp_path, monkeypatch):
    def broken(*_paths):
        raise OSError("No space left on device")

    monkeypatch.setattr(backup, "_copy", broken)
    with pytest.raises(OSError, match="No space"):
        backup.back_up(tmp_path / "cho" / "sao-luu", at=AT)

    assert list((tmp_path / "cho").iterdir()) == []


def test_the_oldest_backups_go(filed, tmp_path):
    for name in ("2026-12-13", "2026-12-14", "2026-12-15"):
        backup.back_up(tmp_path / name, at=AT)

    assert [path.name for path in backup.forget_old(tmp_path, keep=2)] == ["2026-12-13"]


def test_what_comes_back_is_what_was_there(folder, filed, settings, tmp_path, empty_database):
    settings.FILES_DIR = tmp_path / "elsewhere"

    call_command("restore", folder)

    assert file_path(filed.sha256).read_bytes() == b"%PDF scan"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sha256 FROM provinces_file")
        assert cursor.fetchall() == [("quyet-dinh.pdf", filed.sha256)]


@pytest.fixture
def empty_database(folder, tmp_path):
    """The connection leads to a database without a table, until the test ends."""
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        other = str(tmp_path / "elsewhere.sqlite3")
    else:
        other = "sao_luu_thu"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {other}")
            cursor.execute(f"CREATE DATABASE {other}")
    connection.settings_dict["NAME"] = other
    yield
    connection.close()
    connection.settings_dict["NAME"] = name
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {other}")


def test_rows_that_are_missing_after_a_restore_are_named(folder, filed):
    manifest = {"rows": {"provinces_file": 2}, "migrations": backup.applied()}

    assert backup.differences(manifest) == ["provinces_file: 1 dòng, trong bản sao lưu 2."]
