"""Frozen figures and files are checked against their hashes."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from provinces.operations.files import store_file
from provinces.storage import file_path
from provinces.tests.make import NOW
from reports.tests import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return pages.people()


def test_what_is_as_it_was_written_is_counted(people):
    pages.sent(people)
    said = io.StringIO()

    call_command("check_integrity", stdout=said)

    assert "1 bản số liệu" in said.getvalue()


def test_changed_figures_are_named(people):
    report = pages.sent(people)
    with connection.cursor() as cursor:  # as somebody who owns the database
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction bars the way
            cursor.execute("ALTER TABLE reports_snapshot DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'reports_snapshot'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("UPDATE reports_snapshot SET sha256 = %s", ["0" * 64])
    said = io.StringIO()

    with pytest.raises(CommandError, match="1 chỗ"):
        call_command("check_integrity", stdout=said)

    assert report.public_id in said.getvalue()


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"%PDF scam")])
def test_missing_and_changed_files_are_named(people, damage):
    file = store_file(b"%PDF scan", "a.pdf", "scan", owner=people.editor.department, by=people.editor, at=NOW)
    damage(file_path(file.sha256))

    with pytest.raises(CommandError, match="1 chỗ"):
        call_command("check_integrity", stdout=io.StringIO())
