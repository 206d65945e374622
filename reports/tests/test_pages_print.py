"""The paper on screen and as files: attachments, kept pictures, nothing typeset inside a transaction."""

import io
import zipfile

import pytest
from django.db import connection

from reports.documents import preview
from reports.operations.mailings import file_stem
from reports.operations.texts import write_section
from reports.tests import pages
from reports.tests.pages import as_, url


@pytest.fixture(autouse=True)
def own_cache(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "name", "starts"),
    [
        ("docx", "bao-cao-quang-ninh-2023.docx", b"PK"),
        ("pdf", "bao-cao-quang-ninh-2023.pdf", b"%PDF-"),
        ("xlsx", "phu-luc-quang-ninh-2023.xlsx", b"PK"),
    ],
)
def test_each_format_is_handed_out_as_an_attachment(kind, name, starts):
    people = pages.people()
    report = pages.compiled(people)

    answer = as_(people.editor).get(url(report, f"tai?dang={kind}"))

    assert answer.status_code == 200
    assert answer.content.startswith(starts)
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_an_unknown_format_is_not_found():
    people = pages.people()
    report = pages.compiled(people)

    assert as_(people.editor).get(url(report, "tai?dang=exe")).status_code == 404


@pytest.mark.django_db
def test_the_draft_carries_its_mark_and_the_issued_report_does_not():
    people = pages.people()
    report = pages.read(people)
    draft = words_of(as_(people.editor).get(url(report, "tai?dang=docx")).content)
    pages.lock_report(report, by=people.head, at=pages.AT)
    pages.issue_report(report, pages.FACTS, by=people.head, at=pages.AT)

    issued = words_of(as_(people.editor).get(url(report, "tai?dang=docx")).content)

    assert "DỰ THẢO" in draft
    assert "khoảng 550" in draft
    assert "DỰ THẢO" not in issued
    assert "412" in issued


def words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


@pytest.mark.django_db
def test_pages_are_pictures_made_once_until_the_text_changes(monkeypatch):
    people = pages.people()
    report = pages.compiled(people)
    made = []
    monkeypatch.setattr(preview, "pages", lambda paper: made.append(paper) or [b"\x89PNG one", b"\x89PNG two"])
    client = as_(people.editor)

    client.get(url(report, "xem-in"))
    first, second = client.get(url(report, "xem-in/1.png")), client.get(url(report, "xem-in/2.png"))
    beyond = client.get(url(report, "xem-in/3.png"))
    section = report.sections.get(key="II.1")
    write_section(section, "Lời khác.", version=1, by=people.editor, at=pages.AT)
    client.get(url(report, "xem-in"))

    assert (first["Content-Type"], first.content, second.content) == ("image/png", b"\x89PNG one", b"\x89PNG two")
    assert beyond.status_code == 404
    assert len(made) == 2


@pytest.mark.django_db
def test_older_prints_of_a_report_are_cleared_away(settings):
    people = pages.people()
    report = pages.compiled(people)
    client = as_(people.editor)
    client.get(url(report, "tai?dang=docx"))
    write_section(report.sections.get(key="II.1"), "Lời khác.", version=1, by=people.editor, at=pages.AT)

    client.get(url(report, "tai?dang=docx"))
    client.get(url(report, "tai?dang=xlsx"))

    states = list((settings.DATA_DIR / "cache" / "reports" / report.public_id).iterdir())
    assert len(states) == 1
    assert sorted(folder.name for folder in states[0].iterdir()) == ["docx", "xlsx"]


@pytest.mark.django_db(transaction=True)
def test_typesetting_holds_no_transaction(monkeypatch):
    people = pages.people()
    report = pages.compiled(people)
    inside = []
    monkeypatch.setattr(preview, "pages", lambda paper: inside.append(connection.in_atomic_block) or [b"\x89PNG"])

    as_(people.editor).get(url(report, "xem-in"))

    assert inside == [False]


@pytest.mark.django_db
def test_a_second_version_says_so_in_its_file_name():
    report = pages.compiled(pages.people())
    report.version = 2

    assert file_stem(report, ".pdf") == "bao-cao-quang-ninh-2023-ban-2"
