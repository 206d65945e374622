"""The asker's own Excel form: cells are said once, and every report fills them; all else stays as it was."""

import datetime
import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill

from campaigns.models import Measure
from provinces.models import UnitSuccession
from provinces.tests import make as who
from provinces.workflow import Refused
from reports.documents import excel_form
from reports.documents.excel_form import Filled, fill
from reports.intake.child import looked_over
from reports.models import ExcelForm, FormCell
from reports.operations.patterns import CellFacts, add_form, map_row, retire_form
from reports.queries.patterns import filling, forms_for
from reports.queries.picture import frozen
from reports.tests import hostile, make, pages

SHEET = "xl/worksheets/sheet1.xml"


def ministry() -> bytes:
    """A form as a ministry makes them: merged title, formats, formulas, print set-up, a chart, a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    sheet.merge_cells("A1:E1")
    sheet["A1"] = "BIỂU TỔNG HỢP KẾT QUẢ THÁNG HÀNH ĐỘNG"
    sheet["A2"], sheet["B2"] = "Tỉnh:", "……"
    sheet.append(["TT", "Nội dung", "Tổng", "Nữ", "Nam"])
    sheet.append([1, "Số cuộc lễ phát động, mít tinh"])
    sheet.append([2, "Số lượt người dự lễ phát động, mít tinh"])
    sheet.append(["", "Cộng", "=SUM(C4:C5)"])
    sheet["C5"].number_format = '#,##0" lượt"'
    sheet["C5"].font = Font(bold=True, color="FF0000")
    sheet["C5"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.page_setup.orientation = "landscape"
    sheet.print_area = "A1:E6"
    sheet.print_title_rows = "3:3"
    sheet.column_dimensions["B"].width = 47
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=4, max_row=5))
    sheet.add_chart(chart, "G2")
    book.create_sheet("ẩn").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", hostile.FORMS)
def test_a_hostile_form_is_refused_with_its_reason(name):
    content, words = hostile.FORMS[name]

    with pytest.raises(Refused) as refused:
        looked_over(content, "bieu.xlsx", "excel")

    assert any(each in str(refused.value.sentence) for each in words), refused.value.sentence


def test_a_form_is_read_with_its_shown_sheets_formulas_and_merged_areas():
    [sheet] = looked_over(ministry(), "bieu.xlsx", "excel")["sheets"]

    assert (sheet["name"], sheet["part"]) == ("Biểu 01", SHEET)
    assert sheet["formulas"] == [[6, 3]]
    assert sheet["merged"] == [[1, 1, 1, 5]]
    assert sheet["last"] == [6, 5]


def test_filling_changes_the_named_cells_alone():
    form = ministry()
    done = fill(
        form,
        [Filled(SHEET, 5, 3, 1250), Filled(SHEET, 5, 4, 650), Filled(SHEET, 2, 2, "=1+1"), Filled(SHEET, 9, 2, 3.5)],
    )

    sheet = openpyxl.load_workbook(io.BytesIO(done))["Biểu 01"]
    assert [sheet[at].value for at in ("C5", "D5", "B9", "C4")] == [1250, 650, 3.5, None]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet["C6"].value == "=SUM(C4:C5)"
    assert (sheet["C5"].number_format, sheet["C5"].font.b, sheet["C5"].fill.fgColor.rgb) == (
        '#,##0" lượt"',
        True,
        "00FFFF00",
    )
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A1:E1"]
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$3:$3")
    assert sheet.column_dimensions["B"].width == 47
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(io.BytesIO(done)) as new:
        assert new.namelist() == old.namelist()
        touched = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert touched <= {SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}


def test_old_results_of_formulas_do_not_stand_beside_new_numbers():
    def with_result(data: bytes) -> bytes:
        return data.replace(b"<f>SUM(C4:C5)</f><v></v>", b"<f>SUM(C4:C5)</f><v>99</v>").replace(
            b"<f>SUM(C4:C5)</f><v/>", b"<f>SUM(C4:C5)</f><v>99</v>"
        )

    form = hostile.repacked(ministry(), change={SHEET: with_result})
    form = hostile.repacked(form, add=[("xl/calcChain.xml", b"<calcChain/>")])
    assert openpyxl.load_workbook(io.BytesIO(form), data_only=True)["Biểu 01"]["C6"].value == 99

    done = fill(form, [Filled(SHEET, 5, 3, 1)])

    assert openpyxl.load_workbook(io.BytesIO(done), data_only=True)["Biểu 01"]["C6"].value is None
    with zipfile.ZipFile(io.BytesIO(done)) as package:
        assert "xl/calcChain.xml" not in package.namelist()
        assert b'fullCalcOnLoad="1"' in package.read("xl/workbook.xml")


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_their_letters(column, name):
    assert excel_form.letters(column) == name
    assert excel_form.column_of(f"{name}12") == column


@pytest.fixture
def scene(db, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    people = pages.people()
    admin = who.seat(people.editor.department, "admin")
    report = pages.compiled(people)
    form = add_form(admin.department.unit, ministry(), "bieu.xlsx", title="Biểu 01", by=admin, at=pages.AT)
    return people, admin, report, form


def of(code: str) -> Measure:
    return Measure.objects.get(code=code)


def say(form, admin):
    total, female = CellFacts(3, "total", of("CT05.1")), CellFacts(4, "female", of("CT05.1"))
    map_row(form, 0, 5, [total, female], by=admin, at=pages.AT)
    map_row(form, 0, 4, [CellFacts(3, "total", of("CT04.1"))], by=admin, at=pages.AT)


def test_a_report_fills_the_form_and_no_data_leaves_the_cell_empty(scene):
    _people, admin, report, form = scene
    say(form, admin)
    map_row(form, 0, 2, [CellFacts(2, fact="province", overwrites=True)], by=admin, at=pages.AT)

    found = filling(form, report, frozen(report.snapshot))

    assert {(each.row, each.column): each.value for each in found.values} == {
        (2, 2): "Quảng Ninh",
        (4, 3): 1,
        (5, 3): 550,
    }
    assert [place.address for place in found.empty] == ["Biểu 01 D5"]
    assert [place.address for place in found.estimates] == ["Biểu 01 C5"]


def test_words_and_formulas_are_overwritten_only_when_that_is_said(scene):
    _people, admin, _report, form = scene
    for row, column in ((6, 3), (2, 2)):
        with pytest.raises(Refused):
            map_row(form, 0, row, [CellFacts(column, "total", of("CT05.1"))], by=admin, at=pages.AT)
    map_row(form, 0, 6, [CellFacts(3, "total", of("CT05.1"), overwrites=True)], by=admin, at=pages.AT)
    for row, column in ((1, 2), (40, 1), (3, 99)):
        with pytest.raises(Refused):
            map_row(form, 0, row, [CellFacts(column, "total", of("CT05.1"), overwrites=True)], by=admin, at=pages.AT)


def test_a_new_version_takes_over_what_the_cells_hold_and_the_old_one_retires(scene):
    _people, admin, _report, form = scene
    say(form, admin)

    new = add_form(form.province, ministry(), "moi.xlsx", title="Biểu 01", replaces=form, by=admin, at=pages.AT)

    assert list(new.cells.values_list("row", "column", "part")) == list(form.cells.values_list("row", "column", "part"))
    form.refresh_from_db()
    assert form.retired_at == pages.AT
    with pytest.raises(Refused):
        map_row(form, 0, 4, [], by=admin, at=pages.AT)


def test_only_administrators_lay_down_forms_and_only_the_ministry_for_all(scene):
    people, admin, _report, form = scene
    for seat in (people.editor, people.head, people.stranger, who.seat(people.stranger.department, "admin")):
        with pytest.raises(Refused):
            add_form(form.province, ministry(), "a.xlsx", title="A", by=seat, at=pages.AT)
        with pytest.raises(Refused):
            retire_form(form, by=seat, at=pages.AT)
    with pytest.raises(Refused):
        add_form(None, ministry(), "a.xlsx", title="A", by=admin, at=pages.AT)


def test_the_pages_upload_say_and_fill_a_form(scene):
    people, admin, report, _form = scene
    client = pages.as_(admin)
    upload = {"loai": "excel", "e-name": "Biểu của Bộ", "e-asker": "Bộ Nội vụ"}
    bad = client.post("/quan-tri/quang-ninh/mau/", {**upload, "e-file": SimpleUploadedFile("a.xlsx", b"x")})
    assert bad.status_code == 422
    assert "Biểu của Bộ" in bad.content.decode()

    file = SimpleUploadedFile("a.xlsx", ministry())
    client.post("/quan-tri/quang-ninh/mau/", {**upload, "e-file": file}, follow=True)
    form = ExcelForm.objects.get(name="Biểu của Bộ")
    address = f"/quan-tri/quang-ninh/mau/excel/{form.public_id}/"
    assert "Số lượt người dự lễ phát động" in client.get(address).content.decode()
    row = client.get(f"{address}1/5")
    assert row.context["form"].initial["measure"] == str(of("CT05.1").pk)
    assert client.post(f"{address}1/5", {"o3": "total", "scope": "month"}).status_code == 422
    data = {"measure": of("CT05.1").pk, "scope": "month", "o3": "total", "o4": "female"}
    assert client.post(f"{address}1/5", data).status_code == 302
    assert client.post(f"{address}1/6", {**data, "o4": ""}).status_code == 422
    assert FormCell.objects.filter(form=form).count() == 2

    page = pages.as_(people.editor).get(pages.url(report, f"bieu-mau/{form.public_id}"))
    assert "D5" in page.content.decode()
    answer = pages.as_(people.editor).get(pages.url(report, f"bieu-mau/{form.public_id}?tai=1"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["Biểu 01"]
    assert [sheet["C5"].value, sheet["D5"].value] == [550, None]

    client.post(address)
    assert pages.as_(people.editor).get(pages.url(report, f"bieu-mau/{form.public_id}")).status_code == 404


def test_a_report_of_another_year_fills_the_same_form(scene):
    people, admin, _report, form = scene
    say(form, admin)
    campaign = make.campaigns.campaign(2024)
    row = make.activity(people.editor.department, year=2024, starts_on=datetime.date(2024, 11, 20))
    make.result(row, "CT05.1", 700)
    office = people.editor.department
    later = pages.open_report(
        campaign, office.unit.home_province, department=office, issuer=office, by=people.editor, at=pages.AT
    )
    later = pages.compile_now(later, people)

    values = filling(form, later, frozen(later.snapshot)).values

    assert (5, 3, 700) in [(each.row, each.column, each.value) for each in values]


def test_the_forms_of_a_successor_serve_the_reports_of_its_predecessors(scene):
    _people, _admin, report, form = scene
    successor = who.province("Quảng Ninh mới", "99", "quang-ninh-moi")
    type(form).objects.filter(pk=form.pk).update(province=successor)
    assert list(forms_for(report.province)) == []

    UnitSuccession.objects.create(
        predecessor=report.province, successor=successor, on=datetime.date(2025, 7, 1), whole=True
    )

    assert list(forms_for(report.province)) == [form]
