"""Pages for Excel files and pasted blocks: seen first, stored when confirmed, whole or not at all."""

import datetime
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from activities.models import Activity
from activities.operations.uploads import KEPT, MOST, find_upload, folder, forget_uploads, keep_upload
from activities.sheets.reading import read_sheet
from activities.sheets.stamp import find_stamp
from activities.sheets.template import HEADING, PLACES
from activities.tests import make
from activities.tests.make_sheets import LAUNCH, filled, row
from campaigns.tests import make as campaigns
from provinces.models import Draft, Event
from provinces.tests import make as who

ROOT = "/quang-ninh/2023/hoat-dong/"
UPLOAD, PASTE, LIST = f"{ROOT}nhap-tep", f"{ROOT}dan", ROOT
HEADINGS = ["Tên hoạt động", "Loại", "Ngày", "Số lượng", "Số người", "Kinh phí", "Nguồn"]


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"


@pytest.fixture
def browser(client, scene):
    """The department's editor, signed in."""
    campaigns.activity_type()
    campaigns.money_source()
    client.force_login(scene.editor.user)
    return client


def words(answer) -> str:
    return answer.content.decode()


def upload(browser, content: bytes, name="hoat-dong.xlsx", **more):
    return browser.post(UPLOAD, {"scope": "month", **more, "file": SimpleUploadedFile(name, content)})


@pytest.fixture
def sends(browser, scene):
    """Upload a file as the department's editor; the answer leads to the preview."""

    def send(content: bytes, name="hoat-dong.xlsx", **more):
        return upload(browser, content, name, owner=scene.department.pk, **more)

    return send


@pytest.fixture
def pastes(browser, scene):
    def paste(*lines, heading=True, **more):
        block = "\n".join("\t".join(line) for line in ([HEADINGS, *lines] if heading else lines))
        return browser.post(PASTE, {"owner": scene.department.pk, "scope": "month", "block": block, **more})

    return paste


def line(title="Lễ phát động", **more) -> list[str]:
    said = {"type": LAUNCH, "day": "20/11", "count": "1", "people": "1.000", "money": "", "source": "", **more}
    return [title, *said.values()]


# Excel


def test_the_template_comes_filled_in_for_the_own_department(browser, scene):
    scene.record(make.data("Lễ phát động tại Đông Mai"))

    answer = browser.get(f"{UPLOAD}/mau", {"owner": scene.department.pk, "scope": "month"})

    sheet = read_sheet(answer.content, "mau.xlsx")
    assert find_stamp(sheet).department == scene.department.pk
    assert sheet.at(HEADING + 1, PLACES["title"]).shown == "Lễ phát động tại Đông Mai"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_template_of_another_department_is_not_given(browser, scene):
    assert browser.get(f"{UPLOAD}/mau", {"owner": scene.office.pk, "scope": "month"}).status_code == 404


def test_nothing_is_stored_before_the_rows_were_seen_and_confirmed(browser, sends, scene):
    there = sends(filled(scene, row(people="khoảng 550"), row(title="Tọa đàm", row_key="n:2"))).url
    page = browser.get(there)
    assert not Activity.objects.exists()
    assert "2 dòng: 2 đọc được, 0 cần sửa, 0 giống hoạt động đã có" in words(page)
    assert "khoảng 550" in words(page)

    answer = browser.post(there, {"then": "confirm"})

    assert answer.url == LIST
    assert list(Activity.objects.order_by("id").values_list("title", "status")) == [
        ("Lễ phát động", "draft"),
        ("Tọa đàm", "draft"),
    ]


def test_a_press_on_confirm_twice_stores_once(browser, sends, scene):
    there = sends(filled(scene, row())).url
    press = {"then": "confirm", "idempotency_key": "mot-lan"}

    first, second = browser.post(there, press), browser.post(there, press)

    assert first.url == second.url == LIST
    assert Activity.objects.count() == 1


def test_a_file_with_faults_is_not_stored_at_all_and_says_all_of_them_by_cell(browser, sends, scene):
    there = sends(filled(scene, row(), row(title="", row_key="n:2"), row(starts="31/11/2023", row_key="n:3"))).url
    page = words(browser.get(there))
    assert "3 dòng: 1 đọc được, 2 cần sửa" in page
    assert "Ô D6" in page and "Ô E7" in page
    assert 'value="confirm"' not in page

    answer = browser.post(there, {"then": "confirm"})

    assert answer.status_code == 422
    assert not Activity.objects.exists()


def test_the_faulty_file_comes_back_with_a_column_of_faults(browser, sends, scene):
    there = sends(filled(scene, row(starts="31/11/2023"))).url

    answer = browser.get(f"{there}/loi")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    said = [cell.value for cells in sheet.iter_rows() for cell in cells if cell.value]
    assert "Lỗi" in said
    assert any("31/11/2023 không có trong lịch" in str(value) for value in said)


def test_the_same_file_again_changes_instead_of_doubling(browser, sends, scene):
    browser.post(sends(filled(scene, row())).url, {"then": "confirm"})

    there = sends(filled(scene, row(place="KCN Đông Mai"))).url
    assert "Sẽ sửa" in words(browser.get(there))
    browser.post(there, {"then": "confirm"})

    assert Activity.objects.get().place == "KCN Đông Mai"


def test_a_list_of_people_is_refused_and_nothing_of_it_is_shown(sends, scene):
    people = [row(title=f"Nguyễn Thị {name}", note="0912345678", row_key=f"n:{i}") for i, name in enumerate("ABCDE")]

    page = words(sends(filled(scene, *people)))

    assert "danh sách người" in page.lower() and "Nguyễn Thị A" not in page


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"khong phai excel", "hoat-dong.xlsx", "hoat-dong.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "cu.xls", ".xls"),
        (b"", "rong.xlsx", "trống"),
        (b"x" * (10 * 1024 * 1024 + 1), "to.xlsx", "10 MB"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_a_sentence(browser, sends, content, name, sentence):
    answer = sends(content, name)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not list(folder().glob("*"))


def test_work_of_the_year_outside_the_month_is_stored_as_such(browser, pastes):
    browser.post(pastes(line(day="08/3"), scope="year").url, {"then": "confirm"})

    row = Activity.objects.get()
    assert (row.scope, row.campaign, row.starts_on) == ("year", None, datetime.date(2023, 3, 8))


@pytest.mark.parametrize("leaf", ["", "/loi"])
def test_an_upload_is_found_by_nobody_else(browser, sends, scene, client, leaf):
    there = sends(filled(scene, row(title=""))).url
    client.force_login(scene.head.user)

    assert client.get(there + leaf).status_code == 404
    assert client.post(there, {"then": "confirm"}).status_code in {302, 404}
    assert not Activity.objects.exists()


def test_a_viewer_and_a_stranger_find_no_page(client, scene):
    stranger = who.seat(who.department(who.province("Hải Phòng", "31", "hai-phong")))
    for seat in (scene.viewer, stranger):
        client.force_login(seat.user)
        assert [client.get(page).status_code for page in (UPLOAD, PASTE, f"{UPLOAD}/mau")] == [404, 404, 404]


def test_an_upload_is_forgotten_after_a_day(scene, settings):
    at = timezone.now()
    token = keep_upload(b"abc", "a.xlsx", {}, by=scene.editor, at=at - KEPT)

    assert find_upload(token, by=scene.editor, at=at) is None
    assert forget_uploads(before=at - KEPT + datetime.timedelta(seconds=1)) == 1
    assert not list(folder().glob("*"))


def test_a_seat_keeps_only_its_last_uploads(scene):
    at = timezone.now()
    for second in range(MOST + 5):
        last = keep_upload(b"abc", "a", {}, by=scene.editor, at=at + datetime.timedelta(seconds=second))

    assert len(list(folder().glob("*"))) == MOST
    assert find_upload(last, by=scene.editor, at=at).content == b"abc"


def test_a_token_is_no_path(scene):
    assert find_upload("../../etc/passwd", by=scene.editor, at=timezone.now()) is None


def test_the_preview_asks_the_database_as_often_for_thirty_rows_as_for_one(
    browser, sends, scene, django_assert_max_num_queries
):
    many = [row(title=f"Lễ phát động xã {i}", starts=f"{i % 15 + 1}/12/2023", row_key=f"n:{i}") for i in range(30)]
    there = {n: sends(filled(scene, *many[:n], key=f"k{n}")).url for n in (1, 30)}
    browser.get(there[1])

    with django_assert_max_num_queries(100) as one:
        browser.get(there[1])
    with django_assert_max_num_queries(100) as thirty:
        browser.get(there[30])

    assert len(thirty) == len(one)


# Paste


def test_a_pasted_block_is_read_the_way_people_write(browser, pastes, scene):
    there = pastes(line("Lễ phát động\u00a0cấp tỉnh", money="80 triệu", source="NG01"), line("Tọa đàm")).url
    page = words(browser.get(there))
    assert "2 dòng: 2 đọc được" in page
    assert "80.000.000" in page and "20/11/2023" in page

    browser.post(there, {"then": "confirm"})

    first = Activity.objects.get(title="Lễ phát động cấp tỉnh")
    assert first.money.get().amount == 80_000_000
    assert first.outputs.get(measure__code="CT05.1").quantity == 1000


def test_a_date_that_excel_made_a_number_is_understood_and_said(browser, pastes):
    page = words(browser.get(pastes(line(day="45250")).url))

    assert "“45250” là ngày do Excel lưu thành số, hiểu là 20/11/2023" in page


def test_merged_gaps_are_filled_and_said(browser, pastes):
    there = pastes(line("Lễ phát động"), ["", "", "", "1", "50", "", ""]).url

    assert "hiểu là" in words(browser.get(there))


def test_an_ambiguous_number_is_asked_about(browser, pastes):
    page = words(browser.get(pastes(line(people="1,000")).url))

    assert "1,000" in page and "1 dòng: 0 đọc được, 1 cần sửa" in page


def test_a_row_like_a_recorded_activity_is_counted_as_such(browser, pastes, scene):
    scene.record(make.data("Lễ phát động tại Đông Mai"))

    page = words(browser.get(pastes(line("Lễ phát động tại Đông Mai")).url))

    assert "1 giống hoạt động đã có" in page


def test_the_columns_of_a_block_without_heading_are_said_by_hand_and_remembered(browser, pastes, scene):
    said = [["Lễ phát động xã A", "20/11", "120"], ["Lễ phát động xã B", "21/11", "80"]]
    there = pastes(*said, heading=False).url
    assert "thiếu cột" in words(browser.get(there))

    answer = browser.post(there, {"then": "columns", "c1": "title", "c2": "starts", "c3": "people", "kind": LAUNCH})

    assert "2 dòng: 2 đọc được" in words(browser.get(answer.url))
    assert Draft.objects.filter(form="sheet-columns", seat=scene.editor).count() == 1
    assert "2 dòng: 2 đọc được" in words(browser.get(pastes(*said, heading=False).url))


def test_one_column_cannot_be_said_twice(browser, pastes):
    there = pastes(["Lễ", "20/11"], heading=False).url

    answer = browser.post(there, {"then": "columns", "c1": "title", "c2": "title"})

    assert answer.status_code == 422
    assert "có hai cột “Tên hoạt động”" in words(answer)


def test_an_empty_paste_is_told(browser, pastes, scene):
    answer = browser.post(PASTE, {"owner": scene.department.pk, "scope": "month", "block": ""})

    assert answer.status_code == 422
    assert "Dán" in words(answer)


def test_pasting_again_forgets_what_was_pasted(browser, pastes):
    there = pastes(line()).url

    assert browser.post(there, {"then": "forget"}).url == PASTE
    assert browser.get(there).status_code == 404


def test_each_stored_row_is_one_line_of_the_log(browser, pastes):
    browser.post(pastes(line("A"), line("B", day="21/11")).url, {"then": "confirm"})

    assert Event.objects.filter(verb="activity.create").count() == 2


def test_the_list_leads_to_the_three_ways(browser):
    page = words(browser.get(LIST))

    assert all(f'href="{ROOT}{leaf}"' in page for leaf in ("nhap-nhanh", "dan", "nhap-tep"))


def test_a_paste_beyond_the_limit_is_refused_in_a_sentence(browser, scene, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
    said = {"owner": scene.department.pk, "scope": "month", "block": "x\t" * (1 << 20)}

    answer = browser.post(PASTE, said)

    assert answer.status_code == 413
    assert "Mỗi lần nhận tối đa 1 MB" in words(answer)


PEOPLE = [(name, f"09123456{n}0") for n, name in enumerate(("Nguyễn Thị Hoa", "Trần Văn Nam", "Lê Thị Mai"))]


def test_of_a_list_of_people_nothing_is_kept_not_even_for_a_day(sends, pastes):
    book = openpyxl.Workbook()
    for cells in (("Họ và tên", "Điện thoại"), *PEOPLE):
        book.active.append(cells)
    out = io.BytesIO()
    book.save(out)

    answers = [sends(out.getvalue()), pastes(*PEOPLE, heading=False)]

    for answer in answers:
        assert answer.status_code == 422
        assert "Bảng này giống danh sách người" in words(answer)
    assert not list(folder().glob("*"))
