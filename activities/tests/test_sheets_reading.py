"""An uploaded workbook is read in a child process: honest ones whole, hostile ones refused in a sentence."""

import datetime
import io
import os
import resource
import time

import openpyxl
import pytest
from xlsxwriter import Workbook

from activities.sheets import child, reading
from activities.sheets.reading import read_sheet
from activities.sheets.sentences import SENTENCES
from activities.sheets.workbook import limits, program
from activities.tests import corpus
from provinces.vietnamese.sentences import SENTENCES as READING
from provinces.workflow import Refused

GROWTH = 50 * 1024  # kB that the calling process may grow by


def refusal(content, name="hoat-dong.xlsx") -> str:
    with pytest.raises(Refused) as refused:
        read_sheet(content, name)
    return str(refused.value.sentence)


def says(key: str, sentence: str) -> bool:
    """True when the sentence is the one of the key, whatever stands in its slots."""
    text = str({**READING, **SENTENCES}[key])
    pieces = [piece for piece in _pieces(text) if piece]
    return all(piece in sentence for piece in pieces)


def _pieces(text):
    while "%(" in text:
        before, _, rest = text.partition("%(")
        yield before.strip()
        text = rest.partition(")s")[2]
    yield text.strip()


@pytest.mark.parametrize("case", corpus.REFUSED)
def test_a_hostile_file_is_refused_in_its_sentence_and_the_caller_is_unharmed(case):
    name, make, key = corpus.REFUSED[case]
    content = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    sentence = refusal(content, name)

    assert says(key, sentence), sentence
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWTH


def test_the_two_measured_bombs_cost_the_child_less_than_two_seconds():
    for content in (corpus.bomb_of_spaces(), corpus.far_cell()):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        refusal(content)
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 2


def test_small_files_are_really_small():
    assert len(corpus.far_cell()) < 5_000
    assert len(corpus.bomb_of_spaces()) < corpus.MEGABYTE


def test_without_the_count_of_bytes_the_bomb_would_be_unpacked(monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED", 10**12)
    monkeypatch.setattr(limits, "RATIO", 10**6)

    answer = program.read(corpus.bomb_of_spaces(60), "Hoạt động")

    assert answer["rows"] == []


def test_a_child_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(reading, "PROGRAM", "while True: pass")
    monkeypatch.setattr(child, "SECONDS", 0.5)
    began = time.monotonic()

    sentence = refusal(corpus.workbook(["a"]))

    assert says("file.bomb", sentence)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "status", ["import os; os._exit(3)", "print('not json')", "import os; os.kill(os.getpid(), 9)"]
)
def test_a_child_that_fails_is_a_sentence_too(monkeypatch, status):
    monkeypatch.setattr(reading, "PROGRAM", status)

    assert "hoat-dong.xlsx" in refusal(corpus.workbook(["a"]))


PROBE = """
import json, os, socket, sys
sys.path.insert(0, sys.argv[1])
from workbook.program import confine
confine()
found = {"environment": sorted(os.environ)}
for name, act in {
    "open": lambda: open("/etc/hostname"),
    "socket": lambda: socket.socket(),
    "fork": lambda: os.fork() or os._exit(0),
    "memory": lambda: bytearray(1 << 30),
}.items():
    try:
        act()
        found[name] = "done"
    except (OSError, MemoryError) as error:
        found[name] = "refused"
print(json.dumps({"stop": "limit", "n": 0, "found": found}))
"""


def test_the_child_opens_no_file_and_no_connection_and_inherits_nothing(monkeypatch):
    monkeypatch.setattr(reading, "PROGRAM", PROBE)
    monkeypatch.setenv("SECRET_KEY", "geheim")
    kept = os.dup(0)
    seen = {}
    monkeypatch.setattr(reading, "_refuse", lambda answer, name: seen.update(answer["found"]))
    monkeypatch.setattr(reading, "_sheet", lambda answer: reading.Sheet("", {}))

    read_sheet(corpus.workbook(["a"]), "a.xlsx")

    os.close(kept)
    assert "SECRET_KEY" not in seen["environment"]
    assert {seen[act] for act in ("open", "socket", "memory")} == {"refused"}
    if os.getuid():
        assert seen["fork"] == "refused"


def test_cells_come_back_as_text_number_day_and_trouble():
    raw = io.BytesIO()
    with Workbook(raw, {"strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        page = book.add_worksheet("Hoạt động")
        page.write_string("A1", "Lễ phát động\u00a0")
        page.write_number("B1", 550)
        page.write_number("C1", 12.5)
        page.write_datetime("D1", datetime.datetime(2023, 11, 20), day)
        page.write_formula("E1", "=B1*2", None, 1100)
        page.write_formula("F1", "=1/0", None, "#DIV/0!")
        page.write_formula("G1", "=B1+1", None, "")
        page.write_boolean("H1", True)
        page.write_number("I1", 1, book.add_format({"num_format": "0.000"}))
        page.write_number("J1", 0.5, book.add_format({"num_format": "0%"}))
        page.merge_range("A3:A5", "gộp")
    sheet = read_sheet(raw.getvalue(), "hoat-dong.xlsx")

    row = [sheet.at(1, column) for column in range(1, 12)]
    assert [cell.value for cell in row] == [
        *("Lễ phát động\u00a0", 550, 12.5, datetime.date(2023, 11, 20), 1100, None, None, True, 1, 0.5, None)
    ]
    assert [cell.trouble for cell in row[5:7]] == ["error", "formula"]
    assert (row[5].shown, row[8].shape, row[9].shown) == ("#DIV/0!", "0.000", "50%")
    assert row[3].shown == "20/11/2023"
    assert [area.address for area in sheet.merged] == ["A3"]
    assert row[2].address == "C1"
    assert reading.address(12, 28) == "AB12"


def test_our_reader_and_openpyxl_see_the_same_cells():
    rows = [[f"Ô {r}.{c} <&> ăâđêôơư", r * c, r / 7, "", "=1+1"] for r in range(40) for c in range(3)]
    written = openpyxl.Workbook()
    for row in rows:
        written.active.append(row)
    raw = io.BytesIO()
    written.active.title = "Hoạt động"
    written.save(raw)

    for content in (corpus.workbook(*rows), raw.getvalue()):
        theirs = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        ours = read_sheet(content, "a.xlsx")
        for number, row in enumerate(theirs.iter_rows(values_only=True), 1):
            assert [ours.at(number, c).value for c in range(1, 5)] == [None if v == "" else v for v in row[:4]]


def test_the_named_sheet_is_read_and_hidden_ones_are_not():
    raw = io.BytesIO()
    with Workbook(raw) as book:
        book.add_worksheet("Danh mục").hide()
        book.add_worksheet("Hướng dẫn").write_string("A1", "đọc trước")
        page = book.add_worksheet("hoạt động")
        page.write_string("A1", "đúng")
        book.worksheets()[1].activate()
    assert read_sheet(raw.getvalue(), "a.xlsx").at(1, 1).value == "đúng"

    other = io.BytesIO()
    with Workbook(other) as book:
        book.add_worksheet("Ẩn").hide()
        book.add_worksheet("Sheet1").write_string("A1", "thấy được")
        book.worksheets()[1].activate()
    assert read_sheet(other.getvalue(), "a.xlsx").at(1, 1).value == "thấy được"


def test_a_path_is_read_like_bytes(tmp_path):
    path = tmp_path / "hoat-dong.xlsx"
    path.write_bytes(corpus.workbook(["Lễ phát động"]))

    assert read_sheet(path, "hoat-dong.xlsx").at(1, 1).value == "Lễ phát động"


def test_what_no_database_keeps_is_replaced():
    body = '<row><c t="inlineStr"><is><t>a_x0000_b_xD800_c_x005F_x000D_</t></is></c></row>'

    assert read_sheet(corpus.package(body=body), "a.xlsx").at(1, 1).value == "a\ufffdb\ufffdc_x000D_"


@pytest.mark.parametrize(
    "text",
    ["Đại sứ Müller, bà Åsa Öberg", "Lễ phát động ở Køln", "Krông Pắc – Ea H’leo", "50 m², 20°C", "§ 1", "Hoà Bình"],
)
def test_foreign_names_and_signs_are_no_old_font(text):
    assert read_sheet(corpus.workbook(["Tên hoạt động"], [text]), "a.xlsx").at(2, 1).value == text
