"""A filled sheet is understood whole: what is read, and every fault of every row at its cell."""

import dataclasses
import datetime
import io
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from xlsxwriter import Workbook

from activities.models import Activity
from activities.operations import MoneyData, ParticipantData, accept_activity, cancel_activity, send_activity
from activities.operations.checks import Setting
from activities.operations.entry import faults_of
from activities.operations.importing import row_faults
from activities.operations.privacy import may_be_private
from activities.sheets import rows
from activities.sheets.existing import data_of, recorded
from activities.sheets.reading import read_sheet
from activities.sheets.rows import summary
from activities.sheets.template import HEADING, PLACES, write_template
from activities.tests import corpus, make, make_sheets
from activities.tests.make_sheets import FIRST, at, filled, only, row, sentences, stored, understood
from campaigns.models import ActivityType, Task
from campaigns.tests import make as campaigns
from provinces.tests import make as who
from provinces.vietnamese import find_private

LATER = who.NOW + datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def read(scene, **texts):
    """The data of one launch with these texts."""
    return only(understood(scene, filled(scene, row(**texts))))


def faults(scene, *rows, **more):
    return sentences(understood(scene, filled(scene, *rows, **more)))


def people(data):
    return next(o for o in data.outputs if o.measure.code == "CT05.1")


def test_a_full_row_becomes_an_activity(scene):
    union = who.department(scene.province, "Liên đoàn Lao động tỉnh", "LĐLĐ")
    source = campaigns.money_source()

    data = read(
        scene,
        place="Khu công nghiệp Đông Mai",
        ends="21/11/2023",
        people="550",
        certainty="khoảng",
        female="300",
        male="200",
        children="20",
        role="chủ trì",
        partners="liên đoàn lao động tỉnh; Công ty A",
        money="80 triệu",
        source="Ngân sách nhà nước cấp tỉnh",
        note="Ghép với ngày hội",
    )

    assert (data.title, data.place, data.description) == (
        "Lễ phát động",
        "Khu công nghiệp Đông Mai",
        "Ghép với ngày hội",
    )
    assert (data.starts_on, data.ends_on) == (datetime.date(2023, 11, 20), datetime.date(2023, 11, 21))
    assert [(o.measure.code, o.quantity, o.certainty) for o in data.outputs] == [
        ("CT04.1", 1, "exact"),
        ("CT05.1", 550, "about"),
    ]
    assert (people(data).female, people(data).male, people(data).children) == (300, 200, 20)
    assert data.participants == (
        ParticipantData("lead", scene.department),
        ParticipantData("co", union),
        ParticipantData("co", None, "Công ty A"),
    )
    assert data.money == (MoneyData(80_000_000, source),)


@pytest.mark.parametrize(
    ("typed", "quantity", "certainty"),
    [
        ("550", 550, "exact"),
        ("1.000", 1000, "exact"),
        ("khoảng 550", 550, "about"),
        ("Khoảng 550 người", 550, "about"),
        ("trên 1.200 lượt người", 1200, "over"),
        ("gần 600", 600, "nearly"),
        ("\u00a01\u00a0250\u00a0", 1250, "exact"),
        ("hàng trăm", None, "text"),
        ("–", None, "unknown"),
        ("0", 0, "exact"),
    ],
)
def test_numbers_are_read_as_people_write_them(scene, typed, quantity, certainty):
    found = people(read(scene, people=typed))

    assert (found.quantity, found.certainty) == (quantity, certainty)


@pytest.mark.parametrize(
    ("word", "certainty"), [("khoảng", "about"), ("trên", "over"), ("hơn", "over"), ("gần", "nearly"), ("", "exact")]
)
def test_the_certainty_may_stand_in_its_own_column(scene, word, certainty):
    assert people(read(scene, people="550", certainty=word)).certainty == certainty


def test_certainty_beside_no_number_of_people_is_that_of_the_count(scene):
    data = read(scene, count="20", certainty="khoảng")

    assert [(o.measure.code, o.quantity, o.certainty) for o in data.outputs] == [("CT04.1", 20, "about")]


def test_words_and_no_data_by_the_column(scene):
    words = people(read(scene, people="rất đông người dự", certainty="chưa đếm được"))
    assert (words.quantity, words.certainty, words.text) == (None, "text", "rất đông người dự")

    assert people(read(scene, people="–", certainty="không có số liệu")).certainty == "unknown"
    assert at("people") in faults(scene, row(people="550", certainty="không có số liệu"))
    assert at("people") in faults(scene, row(people="khoảng 550", certainty="trên"))
    assert at("people") in faults(scene, row(people="", count="", certainty="khoảng"))


def test_female_and_male_without_a_total_are_the_total_and_one_alone_is_not(scene):
    assert people(read(scene, female="30", male="20")).quantity == 50
    assert at("people") in faults(scene, row(female="30"))


@pytest.mark.parametrize(
    ("starts", "ends", "first", "last", "precision"),
    [
        ("20/11", "", (2023, 11, 20), None, "day"),
        ("20-11-23", "", (2023, 11, 20), None, "day"),
        ("20.11.2023", "22/11", (2023, 11, 20), (2023, 11, 22), "day"),
        ("ngày 20 tháng 11 năm 2023", "20/11/2023", (2023, 11, 20), None, "day"),
        ("11/2023", "12/2023", (2023, 11, 1), (2023, 12, 1), "month"),
        ("tháng 11", "", (2023, 11, 1), None, "month"),
        ("2023", "", None, None, "year"),
        ("năm 2023", "", None, None, "year"),
    ],
)
def test_days_months_and_years(scene, starts, ends, first, last, precision):
    data = read(scene, starts=starts, ends=ends)

    day = lambda parts: datetime.date(*parts) if parts else None  # noqa: E731
    assert (data.starts_on, data.ends_on, data.precision) == (day(first), day(last), precision)


def test_every_fault_of_every_row_is_named_at_once_in_words(scene):
    found = faults(
        scene,
        row(type="Lễ phát đông", starts="31/11/2023", people="nhiều người", female="x", money="80", source="Ngân sách"),
        row(title="", starts="", count="1,000", people="50", children="60", role="trưởng đoàn"),
        row(title="Mít tinh", people="50", female="40", male="30"),
    )

    assert found[at("type")].startswith(
        f"Ô {at('type')}: “Lễ phát đông” không có trong danh sách Loại hoạt động. Gần giống:"
    )
    assert "Lễ phát động, mít tinh" in found[at("type")]
    assert found[at("starts")] == "Ô E5: Ngày 31/11/2023 không có trong lịch"
    assert at("people") in found
    assert at("female") in found
    assert found[at("money")].startswith(f"Ô {at('money')}: “80” là đồng, nghìn hay triệu?")
    assert at("source") in found
    assert found[at("title", 6)] == "Ô D6: Chưa có tên gọi" or "Chưa có" in found[at("title", 6)]
    assert "Chưa có" in found[at("starts", 6)]
    assert "có thể là" in found[at("count", 6)]
    assert found[at("children", 6)] == f"Ô {at('children', 6)}: Số trẻ em (60) lớn hơn tổng số người (50)"
    assert "không có trong danh sách Vai trò" in found[at("role", 6)]
    assert found[at("female", 7)] == f"Ô {at('female', 7)}: Nữ (40) cộng nam (30) là 70, lớn hơn tổng 50"


def test_a_row_without_a_type_still_names_its_other_faults(scene):
    found = faults(scene, row(type="", title="", ends="19/11/2023"))

    assert {at("type"), at("title"), at("ends")} <= set(found)


def test_the_rules_are_those_of_recording(scene):
    closed = who.department(scene.province, "Sở Cũ", "SC", valid_to=datetime.date(2022, 1, 1))
    setting = Setting(campaigns.campaign(2023), 2023, scene.province, scene.department)
    said = [
        make.data(""),
        make.data(starts_on=datetime.date(2022, 11, 20)),
        make.data(starts_on=None),
        make.data(description="gọi chị Hoa 0912 345 678"),
        make.data(participants=(make.took_part(closed), make.took_part(), make.took_part(closed))),
        make.data(outputs=(make.counted("CT05.1", 5, female=9), make.counted("CT05.1", None))),
        make.data(money=(MoneyData(0, campaigns.money_source()),)),
        make.data(),
    ]

    for data in said:
        assert list(row_faults(data, setting)) == faults_of(data, setting, by=scene.editor)


@pytest.mark.parametrize(
    "text",
    [
        "gọi 0912345678",
        "CCCD 022185001234",
        "số nhà 12, ngõ 5",
        "12 đường Trần Phú",
        "chị Hoa bị bạo lực",
        "Bà Lan là nạn nhân của bạo hành",
        "nạn nhân Nguyễn Thị A",
        "cháu gái Mai bị xâm hại",
        "SĐT ٠٩١٢٣٤٥٦٧٨",
        "hẻm 12/3",
    ],
)
def test_the_quick_look_misses_nothing_that_the_careful_one_finds(text):
    assert find_private(text)
    assert may_be_private(text)


def test_the_quick_look_spares_plain_texts():
    for text in ("", "Lễ phát động tại thôn 3", "Phòng, chống bạo lực trên cơ sở giới", "Trẻ em trai, trẻ em gái"):
        assert not may_be_private(text)


def test_phone_numbers_and_names_beside_violence_are_stopped(scene):
    texts = row(title="Hỗ trợ chị Hoa bị bạo lực", note="Liên hệ 0912 345 678")

    sheet = understood(scene, filled(scene, texts))
    assert "có thể lộ danh tính" in sentences(sheet)[at("title")].lower()
    assert "số điện thoại" in sentences(sheet)[at("note")]
    assert [fault.lifted_by for row in sheet.rows for fault in row.faults] == ["confirmed_names", ""]

    ticked = understood(scene, filled(scene, texts), confirmed_names=True)
    assert set(sentences(ticked)) == {at("note")}


def cells(*rows, formats=()) -> bytes:
    """A sheet of somebody's own: the first row its headings; values of any kind."""
    raw = io.BytesIO()
    with Workbook(raw, {"strings_to_formulas": False, "default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet("Hoạt động")
        looks = [book.add_format({"num_format": look}) if look else None for look in formats]
        for number, values in enumerate(rows):
            for column, value in enumerate(values):
                look = looks[column] if column < len(looks) else None
                page.write(number, column, value, look) if look else page.write(number, column, value)
    return raw.getvalue()


HEADINGS = ("Loại", "Nội dung hoạt động", "Thời gian", "Số lượng", "Số người dự", "Kinh phí (đồng)", "Nguồn")


def test_a_sheet_of_ones_own_is_read_by_its_headings_with_real_days_and_numbers(scene):
    campaigns.activity_type()
    campaigns.money_source()
    content = cells(
        HEADINGS,
        ("HD02", "Lễ phát động", datetime.date(2023, 11, 20), 1, 550, 80_000_000, "NG01"),
    )

    data = only(understood(scene, content))

    assert data.starts_on == datetime.date(2023, 11, 20)
    assert people(data).quantity == 550
    assert data.money[0].amount == 80_000_000


def test_a_number_that_is_a_day_of_another_year_is_asked_about(scene):
    campaigns.activity_type()

    found = sentences(understood(scene, cells(HEADINGS, ("HD02", "Lễ phát động", 45650, 1))))

    assert "24/12/2024 do Excel lưu thành số" in found["C2"]


def test_a_day_that_an_english_excel_turned_round_is_asked_about(scene):
    campaigns.activity_type()
    content = cells(HEADINGS, ("HD02", "Lễ phát động", datetime.date(2023, 1, 12), 1))

    found = sentences(understood(scene, content))

    assert "12/01/2023" in found["C2"]
    assert "01/12/2023" in found["C2"]


def test_a_number_shown_with_three_decimals_is_asked_about(scene):
    campaigns.activity_type()
    content = cells(HEADINGS, ("HD02", "Lễ phát động", "20/11", 1, 2), formats=("", "", "", "", "0.000"))

    assert "“2.000” có thể là 2 hoặc 2.000" in sentences(understood(scene, content))["E2"]


def test_formulas_without_result_and_errors_are_faults_by_cell(scene):
    campaigns.activity_type()
    raw = io.BytesIO()
    with Workbook(raw) as book:
        page = book.add_worksheet("Hoạt động")
        page.write_row(0, 0, HEADINGS)
        page.write_row(1, 0, ("HD02", "Lễ phát động", "20/11/2023"))
        page.write_formula("D2", "=VLOOKUP(1,A:B,2)", None, "#N/A")
        page.write_formula("E2", "=D2+1", None, "")

    found = sentences(understood(scene, raw.getvalue()))

    assert found["D2"] == "Ô D2 là công thức chưa có kết quả hoặc báo lỗi #N/A. Dán giá trị thay cho công thức"
    assert "E2" in found


def test_merged_cells_are_faults_in_an_upload(scene):
    campaigns.activity_type()
    raw = io.BytesIO()
    with Workbook(raw) as book:
        page = book.add_worksheet("Hoạt động")
        page.write_row(0, 0, HEADINGS)
        page.merge_range("A2:A3", "HD02")
        page.write_row(1, 1, ("Lễ phát động", "20/11/2023", 1))
        page.write_row(2, 1, ("Mít tinh", "21/11/2023", 1))

    sheet = understood(scene, raw.getvalue())

    assert [fault.sentence for fault in sheet.rows[1].faults if fault.key == "sheet.merged"] == [
        "Ô A2 là ô gộp nên không rõ giá trị của dòng 3. Bỏ gộp ô"
    ]
    assert sheet.rows[0].faults == ()


def test_missing_columns_are_all_named(scene):
    sheet = understood(scene, filled(scene, row(), drop=("starts", "money")))

    assert sheet.rows == ()
    assert list(sheet.faults) == [
        "Dòng tiêu đề thiếu cột “Từ ngày”. Tải lại tệp mẫu và chép số liệu sang",
        "Dòng tiêu đề thiếu cột “Kinh phí”. Tải lại tệp mẫu và chép số liệu sang",
    ]
    assert understood(scene, corpus.workbook(["xin chào"])).faults


def test_a_column_named_twice_is_not_guessed(scene):
    campaigns.activity_type()
    content = cells((*HEADINGS, "Số người"), ("HD02", "Lễ phát động", "20/11", 1, 5, "", "", 7))

    assert understood(scene, content).faults == ("Dòng tiêu đề có hai cột “Số người”. Giữ lại một cột",)


def test_the_template_of_another_department_or_year_is_refused_whole(scene):
    other = who.department(scene.province, "Sở Y tế", "SYT")

    for content in (filled(scene, row(), department=other), filled(scene, row(), year=2022)):
        [sentence] = understood(scene, content).faults
        assert "đang nhập cho Sở Tư pháp, 2023. Chưa lưu dòng nào" in sentence
    assert "Sở Y tế, năm 2023" in understood(scene, filled(scene, row(), department=other)).faults[0]


def test_a_sheet_without_rows_says_so(scene):
    assert understood(scene, filled(scene)).faults


def test_more_rows_than_are_taken_at_a_time_are_refused_with_their_number(scene, monkeypatch):
    monkeypatch.setattr(rows, "ROWS", 2)

    sheet = understood(scene, filled(scene, *[row(title=f"{n}") for n in range(3)]))

    assert sheet.faults == ("Tệp có 3 dòng, mỗi lần nhận tới 2 dòng. Tách thành nhiều tệp",)


def test_repeated_rows_are_named(scene):
    found = faults(scene, row(place="Hội trường"), row(title="Khác"), row(place="Hội trường"))

    assert found == {at("title", 7): "Dòng 7 giống dòng 5 trong cùng tệp"}


def test_rows_like_stored_activities_are_noted_and_not_refused(scene):
    activity = scene.record(make.data("Lễ phát động Tháng hành động cấp tỉnh"))

    sheet = understood(scene, filled(scene, row(title="Lễ phát động Tháng hành động tỉnh", starts="21/11/2023")))

    assert sheet.rows[0].same_as == activity.public_id
    assert sheet.good
    assert "giống hoạt động" in sheet.rows[0].warnings[-1].sentence
    assert summary(sheet) == {"total": 1, "good": 1, "bad": 0, "same": 1}


def test_a_day_outside_the_month_is_a_warning(scene):
    sheet = understood(scene, filled(scene, row(starts="10/11/2023")))

    assert sheet.good
    assert "ở ngoài thời gian từ 15/11/2023 đến 15/12/2023" in sheet.rows[0].warnings[0].sentence
    assert not understood(scene, filled(scene, row(starts="10/11/2023", reason="Ghép ngày hội"))).rows[0].warnings


def test_products_are_counted_by_what_they_are(scene):
    campaigns.activity_type()
    hats = campaigns.measure("CT27.1", "Mũ xe máy in thông điệp", "chiếc")
    ActivityType.objects.create(
        code="HD12", name="Sản xuất sản phẩm", name_en="-", report_section="II", plan_heading="I"
    )

    product = {"type": "Sản xuất sản phẩm", "count": "900"}
    data = read(scene, **product, counted="mũ xe máy in thông điệp")
    assert [(o.measure, o.quantity) for o in data.outputs] == [(hats, 900)]

    found = faults(scene, row(**product), row(**product, title="B", people="5"))
    assert "chọn đếm cái gì" in found[at("counted")]
    assert "không có số này" in found[at("people", 6)]


def test_partners_that_look_like_a_listed_body_are_noted_and_those_of_one_name_asked_about(scene):
    who.department(scene.province, "Liên đoàn Lao động tỉnh", "LĐLĐ")
    for number in ("1", "2"):
        who.department(who.commune(scene.province, code=f"0{number}"), "UBND xã Tân Lập", f"TL{number}", kind="ubnd_xa")

    sheet = understood(
        scene,
        filled(scene, row(partners="Liên đoàn Lao đông tỉn"), row(title="B", partners="UBND xã Tân Lập; Sở Tư pháp")),
    )

    assert "Gần giống: Liên đoàn Lao động tỉnh" in sheet.rows[0].warnings[0].sentence
    assert [fault.key for fault in sheet.rows[1].faults] == ["sheet.body_twice", "sheet.own"]


def test_a_closed_partner_is_refused_with_its_successors(scene):
    who.department(scene.province, "Sở Cũ", "SC", valid_to=datetime.date(2022, 1, 1))

    assert "01/01/2022" in faults(scene, row(partners="Sở Cũ"))[at("partners")]


def test_texts_that_are_too_long_are_named(scene):
    found = faults(scene, row(title="a" * 501, place="b" * 251, partners="c" * 201))

    assert {at("title"), at("place"), at("partners")} <= set(found)


NAMES = ("Nguyễn Thị Hoa", "Trần Văn Nam", "Lê Thị Mai", "Phạm Thu Hà")


@pytest.mark.parametrize(
    "rows",
    [
        [(name, f"09123456{n}0") for n, name in enumerate(NAMES)],
        [(name, 912_345_601 + n) for n, name in enumerate(NAMES)],
        [(name, f"02218500{n}234") for n, name in enumerate(NAMES)],
        [("Họ và tên", "Địa chỉ"), *[(name, "xã Đông Mai") for name in NAMES]],
        [("STT", "Họ tên nạn nhân", "Năm sinh"), *[(str(n), name, 1990) for n, name in enumerate(NAMES)]],
    ],
)
def test_a_list_of_people_is_refused_as_a_whole(scene, rows):
    content = cells((*HEADINGS,), ("HD02", "Lễ phát động", "20/11", 1), *[("", "", "", *r) for r in rows])

    [sentence] = understood(scene, content).faults
    assert "Bảng này giống danh sách người" in sentence


def test_ordinary_rows_are_no_list_of_people(scene):
    rows = [row(title=f"Hoạt động {n}", place="Lê Lợi", money="150.000.001", source="NG01") for n in range(5)]
    campaigns.money_source()

    assert understood(scene, filled(scene, *rows)).faults == ()


def test_the_template_comes_back_unchanged(scene):
    union = who.department(scene.province, "Liên đoàn Lao động tỉnh", "LĐLĐ")
    group = make.group()
    month = campaigns.campaign(2023)
    scene.record(
        make.data(
            place="Hội trường",
            description="Dòng một\nDòng hai",
            participants=(
                make.took_part(scene.department, "lead"),
                make.took_part(union),
                make.took_part(name="Công ty A"),
            ),
            outputs=(
                make.counted("CT04.1", 1),
                make.counted("CT05.1", 550, certainty="about", female=300, children=5, girls=3),
                make.counted("CT31.1", 14, group=group),
            ),
            money=(MoneyData(80_000_000, campaigns.money_source(), "in_kind"),),
        )
    )
    scene.record(make.data("Cả tháng", starts_on=datetime.date(2023, 11, 1), precision="month"))
    scene.record(make.data("Cả năm", starts_on=None, precision="year"))
    scene.record(make.data("Chưa đếm", outputs=(make.counted("CT05.1", None, certainty="text", text="hàng trăm"),)))
    scene.record(make.data("Không rõ", outputs=(make.counted("CT05.1", None, certainty="unknown"),)))

    content = write_template(scene.department, month, [], recorded(scene.department, month, 2023), key="k")
    sheet = understood(scene, content)

    assert len(sheet.rows) == 5
    assert sentences(sheet) == {}
    assert all(row.unchanged for row in sheet.rows)


def test_only_the_changed_cell_of_a_stored_activity_changes(scene):
    activity = scene.record(
        make.data(
            outputs=(make.counted("CT05.1", 550, certainty="about", children=5, girls=3),),
            money=(
                MoneyData(1_000_000, campaigns.money_source(), "in_kind"),
                MoneyData(2_000_000, campaigns.money_source()),
            ),
        )
    )
    key = {"row_key": f"a:{activity.public_id}:1"}
    shown = row(count="", people="560", certainty="khoảng", children="5", money="3.000.000", **key)

    sheet = understood(scene, filled(scene, shown))

    data = only(sheet)
    before = data_of(recorded(scene.department, campaigns.campaign(2023), 2023)[0])
    assert data == dataclasses.replace(before, outputs=(dataclasses.replace(before.outputs[0], quantity=560),))
    assert sheet.rows[0].pk == activity.pk
    money = faults(scene, {**shown, "money": "4 triệu"})
    assert "nhiều nguồn kinh phí" in money[at("money")]


def test_closed_cancelled_and_unknown_activities_are_not_changed(scene):
    sent = scene.record(make.data("Đã gửi"))
    send_activity(sent, by=scene.head, at=who.NOW)
    accept_activity(sent, by=scene.officer, at=who.NOW)
    gone = scene.record(make.data("Đã hủy"))
    cancel_activity(gone, "mưa bão", by=scene.editor, at=who.NOW)

    found = faults(
        scene,
        row(title="Đã gửi rồi", row_key=f"a:{sent.public_id}:1"),
        row(title="Đã hủy rồi", row_key=f"a:{gone.public_id}:1"),
        row(title="Của ai", row_key="a:khongcoothe:1"),
    )

    assert "Đã xác minh" in found[at("title")]
    assert "đã hủy" in found[at("title", 6)]
    assert "không có ở đây" in found[at("title", 7)]


def test_an_activity_changed_after_the_template_was_taken_is_not_overwritten(scene):
    activity = scene.record(make.data())
    changed = row(title="Lễ phát động cấp tỉnh", count="", row_key=f"a:{activity.public_id}:1")
    assert understood(scene, filled(scene, changed)).good

    Activity.objects.filter(pk=activity.pk).update(version=2)

    assert "sau khi tải mẫu" in faults(scene, changed)[at("title")]
    assert understood(scene, filled(scene, {**changed, "title": "Lễ phát động"})).rows[0].unchanged


def test_tasks_are_offered_and_rows_left_as_given_are_no_activities(scene):
    plan = campaigns.plan(scene.office, status="approved")
    kind = campaigns.activity_type()
    task = Task.objects.create(
        plan=plan, heading="III.2", type=kind, title="Lễ phát động cấp tỉnh", lead=scene.department
    )
    month = campaigns.campaign(2023)
    content = write_template(scene.department, month, [task], [], key="k")

    sheet = read_sheet(content, "mau.xlsx")
    assert sheet.at(FIRST, PLACES["task"]).value == "1. Lễ phát động cấp tỉnh"
    assert sheet.at(FIRST, PLACES["row_key"]).value == f"t:{task.lineage}"
    assert understood(scene, content).rows == ()

    data = read(scene, task="1. Lễ phát động cấp tỉnh", title="Lễ phát động cấp tỉnh", type="")
    assert (data.task_lineage, data.type) == (task.lineage, kind)
    assert only(understood(scene, filled(scene, row(task="Lễ phát động cấp tỉnh")))).task_lineage == task.lineage
    assert at("task") in faults(scene, row(task="Việc không có"))
    assert isinstance(task.lineage, uuid.UUID)


def test_work_of_the_year_is_read_without_a_campaign(scene):
    sheet = understood(scene, filled(scene, row(starts="11/10/2023")), campaign=False)

    assert only(sheet).scope == "year"
    assert sheet.rows[0].warnings == ()


def test_as_many_queries_for_ten_rows_as_for_two_hundred(scene):
    who.department(scene.province, "Liên đoàn Lao động tỉnh", "LĐLĐ")
    campaigns.money_source()
    typed = {"people": "50", "partners": "Liên đoàn Lao động tỉnh; Hội", "money": "1 triệu", "source": "NG01"}
    asked = []

    for number in (10, 200):
        sheet = read_sheet(filled(scene, *[row(title=f"Hoạt động {n}", **typed) for n in range(number)]), "a.xlsx")
        stored(scene, understood(scene, sheet))
        with CaptureQueriesContext(connection) as queries:
            assert all(row.unchanged for row in understood(scene, sheet).rows)
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 30


def test_the_heading_stands_where_the_template_says():
    assert HEADING == FIRST - 1
    assert make_sheets.at("title") == "D5"


LAUNCH_HELD = ("Lễ A", "Lễ phát động, mít tinh", "20/11")


def test_a_number_that_cannot_be_read_is_said_once_and_not_again_as_a_missing_total(scene):
    campaigns.activity_type()
    content = cells(("Tên hoạt động", "Loại", "Ngày", "Nữ", "Nam"), (*LAUNCH_HELD, "1,000", "6"))

    [found] = understood(scene, content).rows

    assert [fault.cell for fault in found.faults] == ["D2"]


def test_a_date_that_excel_left_as_a_number_is_understood_in_its_year_and_asked_about_in_another(scene):
    campaigns.activity_type()
    name, kind, _day = LAUNCH_HELD
    content = cells(("Tên hoạt động", "Loại", "Ngày"), (name, kind, "45250"), ("Lễ B", kind, "46250"))

    taken, asked = understood(scene, content).rows

    assert taken.data.starts_on == datetime.date(2023, 11, 20)
    [said] = taken.warnings
    assert said.sentence == "Ô C2: “45250” là ngày do Excel lưu thành số, hiểu là 20/11/2023"
    assert [fault.key for fault in asked.faults] == ["date.serial"]


def test_a_table_without_a_column_for_the_count_means_one_event_a_row(scene):
    campaigns.activity_type()
    content = cells(("Tên hoạt động", "Loại", "Ngày", "Số người"), (*LAUNCH_HELD, "5"))

    [found] = understood(scene, content).rows

    assert [(output.measure.code, output.quantity) for output in found.data.outputs] == [("CT04.1", 1), ("CT05.1", 5)]
    assert not found.warnings
