"""Storing a sheet: whole or not at all, twice without doubling, by the rules of recording one by one."""

import dataclasses
import datetime
import io
import re
import signal
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from django.conf import settings
from django.db import IntegrityError
from django.utils import translation

from activities.models import Activity, Money, Output, Participant
from activities.operations import (
    DocumentData,
    Faulty,
    MoneyData,
    SupportData,
    correct_activity,
    importing,
    send_activity,
)
from activities.sheets.existing import data_of, recorded
from activities.sheets.faulty import with_faults
from activities.sheets.identity import public_id_of
from activities.sheets.reading import read_sheet
from activities.sheets.template import PLACES, write_template
from activities.tests import corpus, make
from activities.tests.make_sheets import FIRST, at, filled, row, sentences, stored, understood
from campaigns.tests import make as campaigns
from provinces.models import Event
from provinces.tests import make as who
from provinces.workflow import Refused

LATER = who.NOW + datetime.timedelta(hours=1)
PAYLOADS = (
    *(
        "=1+1",
        "=cmd|'/c calc'!A1",
        "+1+1",
        "-1+1",
        "@SUM(A1:A9)",
        "\t=1+1",
        "\r=1+1",
        "=1+1\t",
        " =1+1",
        "'=1+1",
        '"=1+1',
    ),
    *("＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", '=HYPERLINK("http://127.0.0.1","x")', '=WEBSERVICE("http://127.0.0.1")'),
    *('=DDE("cmd";"/c calc";"x")', "=IMPORTXML(A1,B1)", "{=1+1}", "=1+1;2", "%0A=1+1", "=\u200b1+1", "\u00a0=1+1"),
    *(
        "http://127.0.0.1/x",
        "mailto:a@b.vn",
        "ftp://a",
        "internal:A1",
        "external:a.xlsx",
        "_x0041_",
        "=_xlfn.CONCAT(A1)",
    ),
)


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Activity, Output, Participant, Money, Event))


def rows(number: int) -> list[dict]:
    typed = {
        "people": "khoảng 50",
        "role": "chủ trì",
        "partners": "Hội Phụ nữ xã",
        "money": "2 triệu",
        "source": "NG01",
    }
    return [row(title=f"Hoạt động {n}", place=f"Thôn {n}", **typed) for n in range(number)]


def test_a_sheet_is_stored_whole_as_drafts_with_a_line_in_the_log_each(scene):
    campaigns.money_source()

    result = stored(scene, filled(scene, *rows(3)))

    assert (result.added, result.updated, result.unchanged) == (3, 0, 0)
    assert counts() == (3, 6, 6, 3, 3)
    activity = Activity.objects.get(title="Hoạt động 1")
    assert (activity.status, activity.owner, activity.created_by) == ("draft", scene.department, scene.editor)
    assert (activity.province, activity.campaign.year, activity.year) == (scene.province, 2023, 2023)
    assert activity.public_id in result.public_ids
    event = Event.objects.about(activity).get()
    assert (event.verb, event.seat, event.province) == ("activity.create", scene.editor, scene.province)


def test_what_a_sheet_stores_is_what_recording_one_by_one_stores(scene):
    campaigns.money_source()
    sheet = understood(scene, filled(scene, *rows(1)))

    stored(scene, sheet)
    scene.record(sheet.rows[0].data)

    by_sheet, by_form = map(data_of, recorded(scene.department, campaigns.campaign(2023), 2023))
    without_keys = [
        dataclasses.replace(data, outputs=tuple(dataclasses.replace(o, key="") for o in data.outputs))
        for data in (by_sheet, by_form)
    ]
    assert without_keys[0] == without_keys[1]


def test_the_same_file_twice_changes_nothing_and_an_edited_one_updates(scene):
    campaigns.money_source()
    texts = rows(3)
    stored(scene, filled(scene, *texts))
    before = counts()

    again = stored(scene, filled(scene, *texts))
    assert (again.added, again.updated, again.unchanged) == (0, 0, 3)
    assert counts() == before

    texts[1] |= {"people": "khoảng 70", "starts": "22/11/2023"}
    third = stored(scene, filled(scene, *texts), at=LATER)
    fourth = stored(scene, filled(scene, *texts), at=LATER)

    assert (third.added, third.updated, third.unchanged) == (0, 1, 2)
    assert (fourth.updated, fourth.unchanged) == (0, 3)
    activity = Activity.objects.get(title="Hoạt động 1")
    assert (activity.version, activity.starts_on.day) == (2, 22)
    assert sorted(activity.outputs.values_list("quantity", flat=True)) == [1, 70]
    assert [event.verb for event in Event.objects.about(activity)] == ["activity.create", "activity.change"]


def test_what_a_sheet_changes_is_what_correcting_on_the_page_changes(scene):
    union, group = who.department(scene.province, "Liên đoàn Lao động tỉnh", "LĐLĐ"), make.group()
    campaigns.money_source()
    said = make.data(
        participants=(
            make.took_part(scene.department, "lead"),
            make.took_part(union),
            make.took_part(name="Công ty A"),
        ),
        outputs=(
            make.counted("CT05.1", 550, key="a"),
            make.counted("CT05.1", 50, part_of="a"),
            make.counted("CT31.1", 14, group=group, support="qua"),
        ),
        money=(MoneyData(1_000_000, campaigns.money_source(), "in_kind", support="qua"),),
        supports=(SupportData(key="qua", label="Quà", donors=(1,)),),
        documents=(DocumentData("Kiện toàn Ban", "3608/QĐ-BPN&TE"),),
    )
    by_sheet, by_page = (scene.record(dataclasses.replace(said, title=title)) for title in ("Bằng tệp", "Bằng trang"))
    before = [list(activity.outputs.values_list("pk", flat=True)) for activity in (by_sheet, by_page)]
    company = by_sheet.participants.get(name="Công ty A")
    typed = row(
        **{
            "title": "Bằng tệp",
            "row_key": f"a:{by_sheet.public_id}:1",
            "place": "Hội trường",
            "count": "1",
            "people": "560",
        },
        **{"role": "phối hợp", "partners": "Công ty A; Hội Phụ nữ xã", "money": "2 triệu", "source": "NG01"},
    )
    sheet = understood(scene, filled(scene, typed))

    assert stored(scene, sheet).updated == 1

    changed = sheet.rows[0].data
    keys = dict(zip(*(map(str, ids) for ids in before), strict=True))
    supports = {str(by_sheet.supports.get().pk): str(by_page.supports.get().pk)}
    outputs = tuple(
        dataclasses.replace(
            o, key=keys.get(o.key, ""), part_of=keys.get(o.part_of, ""), support=supports.get(o.support, "")
        )
        for o in changed.outputs
    )
    data = dataclasses.replace(
        changed,
        title="Bằng trang",
        outputs=outputs,
        money=tuple(dataclasses.replace(m, support=supports[m.support]) for m in changed.money),
        supports=tuple(dataclasses.replace(s, key=supports[s.key]) for s in changed.supports),
    )
    correct_activity(by_page, data, version=1, by=scene.editor, at=LATER)

    def told(activity):
        activity.refresh_from_db()
        parts = (activity.participants, activity.outputs, activity.money, activity.documents)
        fields = [
            [(p.role, p.name, p.department_id, p.position) for p in activity.participants.all()],
            [
                (o.measure.code, o.quantity, o.certainty, o.position, bool(o.part_of), bool(o.support))
                for o in activity.outputs.all()
            ],
            [(m.amount, m.form, m.source_id, bool(m.support)) for m in activity.money.all()],
            [(s.label, s.donors.count()) for s in activity.supports.all()],
            [(d.title, d.number) for d in activity.documents.all()],
        ]
        return activity.version, activity.place, [part.count() for part in parts], fields

    assert told(by_sheet) == told(by_page)
    assert by_sheet.participants.get(name="Công ty A") == company
    assert set(before[0]) <= set(by_sheet.outputs.values_list("pk", flat=True))


def test_rows_may_move_and_new_ones_come_in_between(scene):
    first, second = row(title="Một", row_key="n:1"), row(title="Hai", row_key="n:2")
    stored(scene, filled(scene, first, second))

    result = stored(scene, filled(scene, second, row(title="Ba", row_key=""), first))

    assert (result.added, result.updated, result.unchanged) == (1, 0, 2)


def test_a_copied_row_is_a_new_activity_and_the_original_keeps_its_place(scene):
    activity = scene.record(make.data())
    key = f"a:{activity.public_id}:1"
    original = row(count="", row_key=key)
    copy = row(title="Mít tinh ra quân", starts="25/11/2023", row_key=key)

    result = stored(scene, filled(scene, copy, original))

    assert (result.added, result.unchanged) == (1, 1)
    activity.refresh_from_db()
    assert activity.title == "Lễ phát động"


def test_a_row_typed_over_with_something_else_leaves_what_was_stored(scene):
    stored(scene, filled(scene, row(title="Lễ phát động tỉnh")))

    over = row(title="Tọa đàm ở trường học", starts="01/12/2023")
    first, again = stored(scene, filled(scene, over)), stored(scene, filled(scene, over))

    assert (first.added, again.unchanged) == (1, 1)
    assert sorted(Activity.objects.values_list("title", flat=True)) == ["Lễ phát động tỉnh", "Tọa đàm ở trường học"]


def test_two_copies_of_the_template_do_not_replace_each_others_rows(scene):
    stored(scene, filled(scene, row(title="Lễ phát động")))

    result = stored(scene, filled(scene, row(title="Tập huấn cán bộ"), key="k"))

    assert result.added == 1
    assert Activity.objects.count() == 2


def test_an_edit_on_the_page_after_an_upload_is_not_overwritten_by_the_old_file(scene):
    stored(scene, filled(scene, row(people="50")))
    activity = Activity.objects.get()
    data = dataclasses.replace(data_of(recorded(scene.department, activity.campaign, 2023)[0]), place="Hội trường")
    correct_activity(activity, data, version=1, by=scene.editor, at=LATER)

    found = sentences(understood(scene, filled(scene, row(people="60"))))

    assert "sau khi tải mẫu" in found[at("title")]


def test_one_fault_anywhere_stores_nothing(scene):
    sheet = understood(scene, filled(scene, row(), row(title="Mít tinh", people="x")))

    with pytest.raises(Faulty) as refused:
        stored(scene, sheet)

    assert [fault.field for fault in refused.value.faults] == [at("people", 6)]
    assert counts()[:4] == (0, 0, 0, 0)


def test_rows_that_nobody_checked_are_checked_when_they_are_stored(scene):
    sheet = understood(scene, filled(scene, row()))
    bad = dataclasses.replace(sheet.rows[0], data=dataclasses.replace(sheet.rows[0].data, title=""))

    with pytest.raises(Faulty):
        stored(scene, dataclasses.replace(sheet, rows=(bad,), checked=None))

    assert not Activity.objects.exists()


def test_only_who_writes_for_the_department_stores_and_not_in_a_locked_year(scene):
    sheet = understood(scene, filled(scene, row()))
    stranger = who.seat(who.department(scene.province, "Sở Y tế", "SYT"))

    for seat in (scene.viewer, stranger):
        with pytest.raises(Refused):
            stored(scene, sheet, by=seat)
    month = campaigns.campaign(2023)
    month.locked_at = who.NOW
    month.save()
    with pytest.raises(Refused, match="2023"):
        stored(scene, sheet, at=LATER)

    assert not Activity.objects.exists()


def test_a_row_changed_or_sent_between_reading_and_storing_stops_the_whole(scene):
    scene.record(make.data())
    activity = Activity.objects.get()
    texts = row(count="", people="50", row_key=f"a:{activity.public_id}:1")
    sheet = understood(scene, filled(scene, texts, row(title="Mới")))

    send_activity(activity, by=scene.head, at=who.NOW)
    with pytest.raises(Refused, match="Tải lại tệp"):
        stored(scene, sheet)

    assert Activity.objects.count() == 1
    assert not Output.objects.exists()


def test_of_two_who_store_the_same_new_rows_one_is_told(scene):
    sheet = understood(scene, filled(scene, *[row(title=f"{n}") for n in range(3)]))
    stored(scene, sheet)

    with pytest.raises(Refused, match="cùng tệp"):
        stored(scene, sheet)

    assert Activity.objects.count() == 3


def test_when_the_last_table_fails_nothing_of_the_first_stays(scene, monkeypatch):
    campaigns.money_source()
    sheet = understood(scene, filled(scene, *rows(2)))

    def fail(*_rows, **_options):
        raise IntegrityError

    monkeypatch.setattr(importing.Money.objects, "bulk_create", fail)
    with pytest.raises(Refused):
        stored(scene, sheet)

    assert counts() == (0, 0, 0, 0, 0)


def test_many_changed_rows_take_two_statements_each_at_most(scene, django_assert_max_num_queries):
    campaigns.money_source()
    texts = rows(100)
    stored(scene, filled(scene, *texts))
    sheet = understood(
        scene, filled(scene, *[{**text, "people": "70", "partners": "", "money": "3 triệu"} for text in texts])
    )

    with django_assert_max_num_queries(240):
        assert stored(scene, sheet).updated == 100

    assert {o.quantity for o in Output.objects.filter(measure__code="CT05.1")} == {70}
    assert set(Money.objects.values_list("amount", flat=True)) == {3_000_000}
    assert Participant.objects.count() == 100


def test_statements_do_not_grow_with_the_rows(scene, django_assert_max_num_queries):
    campaigns.money_source()
    sheet = understood(scene, filled(scene, *rows(300)))

    with django_assert_max_num_queries(60):
        stored(scene, sheet)


KILLED = """
import os, signal, sys, threading, time
import django
django.setup()
from django.utils import timezone
from activities.operations import importing
from activities.sheets.reading import read_sheet
from activities.sheets.rows import understand
from campaigns.models import Campaign
from provinces.models import Department, Seat

department = Department.objects.select_related("unit").get(pk=int(sys.argv[2]))
campaign = Campaign.objects.get(year=2023)
sheet = understand(read_sheet(sys.argv[1], "a.xlsx"), department=department, campaign=campaign, year=2023)
seat = Seat.objects.get(pk=int(sys.argv[3]))
left = [int(sys.argv[4])]
for name in ("Activity", "Participant", "Output", "Money", "Event"):
    manager = getattr(importing, name).objects
    def killing(*args, _act=manager.bulk_create, **options):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return _act(*args, **options)
    manager.bulk_create = killing
importing.import_rows(sheet, owner=department, campaign=campaign, year=2023, province=department.unit, by=seat,
                      at=timezone.now())
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", [1, 2, 3, 4, 5])
def test_an_import_killed_at_any_point_leaves_nothing_and_the_next_upload_doubles_nothing(
    scene, child_environment, tmp_path, point
):
    campaigns.money_source()
    content = filled(scene, *rows(40))
    path = tmp_path / "hoat-dong.xlsx"
    path.write_bytes(content)
    program = [sys.executable, "-c", KILLED, str(path), str(scene.department.pk), str(scene.editor.pk), str(point)]

    child = subprocess.run(program, cwd=settings.BASE_DIR, env=child_environment, capture_output=True)

    assert child.returncode == -signal.SIGKILL, child.stderr[-2000:]
    assert counts()[:4] == (0, 0, 0, 0)
    assert stored(scene, content).added == 40
    assert stored(scene, content).unchanged == 40
    assert Activity.objects.count() == 40


def package_part(content: bytes, name="xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def formulas(content: bytes) -> list[str]:
    """Every formula and link in every part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/worksheets/")]
    return [found for part in parts for found in re.findall(r"<f[ >].*?</f>|<hyperlink\b", part)]


def test_no_payload_becomes_a_formula_and_none_changes_on_its_way(scene):
    typed = [row(title=f"{text}", note=text, place=text, row_key=f"n:{n}") for n, text in enumerate(PAYLOADS)]
    content = filled(scene, *typed)
    sheet = understood(scene, content)

    returned = with_faults(content, sheet)

    for file in (content, returned):
        cells = read_sheet(file, "a.xlsx")
        assert [cells.at(FIRST + n, PLACES["note"]).value for n in range(len(PAYLOADS))] == list(PAYLOADS)
        assert [f for f in formulas(file) if "Danh mục" not in f] == []
    theirs = openpyxl.load_workbook(io.BytesIO(returned))["Hoạt động"]
    assert all(cell.data_type != "f" for line in theirs.iter_rows() for cell in line)


def test_stored_payloads_leave_in_the_template_as_texts(scene):
    for text in PAYLOADS:
        scene.record(make.data(text, description=text, place=text))
    month = campaigns.campaign(2023)

    content = write_template(scene.department, month, [], recorded(scene.department, month, 2023), key="k")

    assert formulas(content) == []
    sheet = understood(scene, content)
    assert sentences(sheet) == {}
    assert all(row.unchanged for row in sheet.rows)


def test_the_faulty_file_comes_back_as_it_was_with_a_column_of_faults(scene):
    content = filled(scene, row(people="x"), row(title="Mít tinh"), row(title="Ba", starts="31/11/2023"))
    sheet = understood(scene, content)

    returned = with_faults(content, sheet)

    before, after = read_sheet(content, "a.xlsx"), read_sheet(returned, "a.xlsx")
    for no, cells in before.rows.items():
        for column, cell in cells.items():
            assert after.at(no, column).value == cell.value
    column = max(PLACES.values()) + 1
    assert after.at(FIRST - 1, column).value == "Lỗi"
    assert after.at(FIRST, column).value == sheet.rows[0].faults[0].sentence
    assert after.at(FIRST + 1, column).value is None
    assert "31/11/2023" in after.at(FIRST + 2, column).value
    assert sentences(understood(scene, returned)) == sentences(sheet)


def test_the_faulty_file_put_right_is_stored_and_its_old_faults_are_not_read(scene):
    content = filled(scene, row(people="x"))
    returned = with_faults(content, understood(scene, content))
    book = openpyxl.load_workbook(io.BytesIO(returned))
    book["Hoạt động"].cell(FIRST, PLACES["people"]).value = "50"
    raw = io.BytesIO()
    book.save(raw)

    assert stored(scene, raw.getvalue()).added == 1
    assert stored(scene, filled(scene, row(people="50"))).unchanged == 1


def test_a_sheet_of_ones_own_comes_back_with_faults_too(scene):
    campaigns.activity_type()
    content = corpus.workbook(["Loại", "Nội dung", "Thời gian", "Số lượng"], ["HD02", "Lễ phát động", "x", 2])

    after = read_sheet(with_faults(content, understood(scene, content)), "a.xlsx")

    assert after.at(2, 4).value == 2
    assert after.at(1, 5).value == "Lỗi"
    assert "Không đọc được ngày" in after.at(2, 5).value


def test_a_refused_sheet_comes_back_with_what_is_wrong_with_the_whole(scene):
    content = filled(scene, row(), drop=("starts",))

    after = read_sheet(with_faults(content, understood(scene, content)), "a.xlsx")

    assert any(
        "Từ ngày" in cell.shown for cells in after.rows.values() for cell in cells.values() if "thiếu" in cell.shown
    )


def test_the_template_has_lists_text_columns_hidden_keys_and_instructions(scene):
    month = campaigns.campaign(2023)
    campaigns.activity_type()
    content = write_template(scene.department, month, [], [])
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book["Hoạt động"]

    assert book.sheetnames == ["Hoạt động", "Danh mục", "Hướng dẫn"]
    assert book["Danh mục"].sheet_state == "hidden"
    assert page.row_dimensions[1].hidden
    assert page.column_dimensions[openpyxl.utils.get_column_letter(PLACES["row_key"])].hidden
    lists = [found for found in page.data_validations.dataValidation if found.type == "list"]
    assert len(lists) >= 3
    found = re.findall(r'<col min="(\d+)" max="(\d+)"[^>]*?style="(\d+)"', package_part(content))
    styles = {place: int(style) for first, last, style in found for place in range(int(first), int(last) + 1)}
    for key in ("title", "starts", "people", "money"):
        assert book._cell_styles[styles[PLACES[key]]].numFmtId == 49  # text
    assert page.freeze_panes == "E5"


def test_two_copies_of_the_template_have_two_keys(scene):
    month = campaigns.campaign(2023)
    stamps = {read_sheet(write_template(scene.department, month, [], []), "a.xlsx").at(1, 1).value for _ in range(2)}

    assert len(stamps) == 2


def test_an_id_made_from_a_key_looks_like_any_other():
    found = public_id_of(1, "k", "n:1")

    assert found == public_id_of(1, "k", "n:1") != public_id_of(2, "k", "n:1")
    assert re.fullmatch("[2-9a-hj-km-np-z]{12}", found)


def test_a_row_of_the_sheet_leaves_results_that_participants_added(scene):
    stored(scene, filled(scene, row(people="50")))
    activity = Activity.objects.get()
    make.output(activity, "CT05.1", 70, contributor=scene.office)

    result = stored(scene, filled(scene, row(people="60")))

    assert result.updated == 1
    outputs = activity.outputs.filter(measure__code="CT05.1")
    assert set(outputs.values_list("quantity", "contributor")) == {(60, None), (70, scene.office.pk)}
