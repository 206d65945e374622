"""Figures for other programs: CSV that no spreadsheet runs, JSON with the sources of every figure."""

import csv as reader
import io

import openpyxl
import pytest

from provinces.tests import make as who
from reports.documents import csv
from reports.documents.paper import Cell, Column, Table
from reports.models import Report
from reports.snapshot import Figures
from reports.tests import make, pages

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+84 903",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "   +1",
    '"=1+1"',
    "'=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A",
    '=HYPERLINK("http://xa.example","Mở")',
    "=WEBSERVICE(1)",
    "\u00a0=1",
    "'đã có dấu",
)


def lines(table: Table) -> list[list[str]]:
    out = io.BytesIO()
    csv.write(table, out)
    return list(reader.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_a_text_is_disarmed_and_comes_back_unchanged(text):
    [[heading], [field]] = lines(Table((Column("Nội dung"),), ((Cell(text),),)))

    assert heading == "Nội dung"
    assert field.startswith("'")
    assert csv.unguarded(field) == text


def test_plain_words_and_numbers_stay_as_they_are():
    table = Table((Column("A"), Column("B"), Column("C")), ((Cell("Kỳ Anh"), Cell("–2", value=-2), Cell("–")),))

    assert lines(table)[1] == ["Kỳ Anh", "-2", ""]


@pytest.fixture
def scene(db):
    people = pages.people()
    return people, pages.compiled(people)


def test_the_csv_has_a_line_for_each_figure_with_the_way_to_its_sources(scene, settings):
    people, report = scene
    answer = pages.as_(people.editor).get(pages.url(report, "tai?dang=csv"))

    head, *rows = reader.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    found = {row[head.index("Mã")]: dict(zip(head, row, strict=True)) for row in rows}
    assert found["CT05.1"]["Tổng"] == "550"
    assert found["CT05.1"]["Mức chắc chắn"] == "khoảng"
    assert found["CT05.1"]["Nam"] == ""
    source = found["CT05.1"]["Nguồn"]
    assert source.startswith(settings.BASE_URL)
    assert "khoảng 550" in pages.as_(people.editor).get(source.removeprefix(settings.BASE_URL)).content.decode()
    assert "so-lieu-quang-ninh-2023.csv" in answer["Content-Disposition"]


def test_the_json_holds_the_frozen_figures_and_the_versions_behind_them(scene):
    people, report = scene
    data = pages.as_(people.editor).get(pages.url(report, "tai?dang=json")).json()

    assert data["snapshot"]["sha256"] == report.snapshot.sha256 == Figures.from_json(data["figures"]).sha256
    [given] = [row for row in data["sources"] if row["cell"] == "CT05.1:month"]
    assert (given["quantity"], given["version"]) == (550, report.snapshot.sources.first().activity_version)


def test_the_json_keeps_small_counts_of_people_to_their_own_unit(scene):
    people, report = scene
    office, elsewhere = people.editor.department, people.other.department
    type(elsewhere).objects.filter(pk=elsewhere.pk).update(unit=who.commune(office.unit))
    row = make.activity(people.other.department, "Tư vấn")
    make.result(row, "CT31.1", 3)
    report = pages.compile_now(Report.objects.get(pk=report.pk), people)

    data = pages.as_(people.editor).get(pages.url(report, "tai?dang=json")).json()

    [small] = [each for each in data["sources"] if each["cell"].startswith("CT31.1")]
    assert (small["quantity"], small["printed"]) == (None, "<5")
    assert data["withheld"] == ["CT31.1:month"]
    assert [each for each in data["figures"]["cells"] if each["code"] == "CT31.1"][0]["leaves"] == []


def test_a_format_that_nobody_knows_is_not_there(scene):
    people, report = scene
    assert pages.as_(people.editor).get(pages.url(report, "tai?dang=exe")).status_code == 404


def test_every_number_of_the_sheet_opens_its_sources(scene, settings):
    people, report = scene
    client = pages.as_(people.editor)
    book = openpyxl.load_workbook(io.BytesIO(client.get(pages.url(report, "tai?dang=xlsx")).content))
    cells = [cell for sheet in book for row in sheet.iter_rows(min_col=2) for cell in row if cell.data_type == "n"]
    numbers = [cell for cell in cells if cell.value is not None]

    assert {cell.value for cell in numbers} == {1, 550}
    assert [cell.coordinate for cell in numbers if cell.hyperlink is None] == []
    for address in {cell.hyperlink.target for cell in numbers}:
        assert address.startswith(settings.BASE_URL + "/quang-ninh/2023/bao-cao/")
        assert client.get(address.removeprefix(settings.BASE_URL)).status_code == 200
