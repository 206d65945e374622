"""People from an Excel file: seen before anything is stored, faults by row, everybody or nobody, once."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from provinces.models import IdempotencyKey, Seat, User
from provinces.tests import make
from reports.tests.pages import as_

pytestmark = pytest.mark.django_db
HEADINGS = ["Họ và tên", "Tên đăng nhập", "Cơ quan, đơn vị", "Vai trò", "Điện thoại", "Thư điện tử"]
PAGE = reverse("administration_people_import", kwargs={"t": "quang-ninh"})


@pytest.fixture
def administrator():
    body = make.office(make.province())
    make.department(body.unit, "Sở Y tế")
    return make.seat(body, "admin")


def file_of(*rows, headings=HEADINGS):
    book = openpyxl.Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return {"file": SimpleUploadedFile("can-bo.xlsx", raw.getvalue())}


def carried(page) -> dict:
    """What the preview's form sends."""
    return {"rows": page.context["carried"], "idempotency_key": "mot-lan"}


def test_a_list_is_seen_confirmed_and_its_people_can_sign_in(administrator, client):
    browser = as_(administrator)
    rows = (
        ["Nguyễn Thị An", "qn.an", "sở y tế", "Cán bộ lập", "0203 111", "an@example.vn"],
        ["B", "qn.b", "Sở Y tế", "lãnh đạo"],
    )

    preview = browser.post(PAGE, file_of(*rows))
    assert preview.status_code == 200 and not User.objects.filter(username="qn.an").exists()
    made = browser.post(PAGE, carried(preview))
    again = browser.post(PAGE, carried(preview))

    seat = Seat.objects.get(user__username="qn.an")
    assert (str(seat.department), seat.role, seat.user.phone) == ("Sở Y tế", "editor", "0203 111")
    password = made.context["made"][0].password
    assert password in again.content.decode() and User.objects.filter(username="qn.an").count() == 1
    assert client.login(username="qn.an", password=password)
    assert "no-store" in made.headers["Cache-Control"]
    assert password not in str(IdempotencyKey.objects.values())


def test_each_fault_stands_beside_its_row_and_nothing_is_made(administrator):
    make.user("qn.co")
    rows = [
        ["An", "qn.co", "Sở Y tế", "Cán bộ lập"],
        ["Bình", "có dấu", "Sở Y tế", "Cán bộ lập"],
        ["Chi", "qn.chi", "Sở Ytế", "Vua", "", "khong phai"],
        ["Dung", "qn.hai", "Sở Y tế", "Người xem"],
        ["Em", "QN.HAI", "Sở Y tế", "Người xem"],
    ]
    before = User.objects.count()

    page = as_(administrator).post(PAGE, file_of(*rows))

    faults = {entry.no: " ".join(entry.faults) for entry in page.context["entries"]}
    assert page.status_code == 422 and "carried" in page.context and not page.context["carried"]
    assert "đã có" in faults[2] and "không dấu" in faults[3]
    assert "Có phải Sở Y tế" in faults[4] and "Vai trò" in faults[4] and "thư điện tử" in faults[4]
    assert "hai lần" in faults[5] and "hai lần" in faults[6]
    assert User.objects.count() == before


def test_what_was_taken_meanwhile_or_typed_into_the_carried_rows_makes_nobody(administrator):
    browser = as_(administrator)
    rows = ["An", "qn.an", "Sở Y tế", "Người xem"], ["B", "qn.b", "Sở Y tế", "Người xem"]
    preview = browser.post(PAGE, file_of(*rows))
    make.user("qn.b")

    answer = browser.post(PAGE, carried(preview))

    assert answer.status_code == 422 and "Dòng 3" in answer.content.decode()
    assert not User.objects.filter(username="qn.an").exists()
    assert browser.post(PAGE, {"rows": "[1, 2", "idempotency_key": "x"}).status_code == 422


def test_a_file_without_the_headings_and_one_that_is_no_sheet_are_sent_back(administrator):
    browser = as_(administrator)

    for file in (file_of(["An"], headings=["STT"]), {"file": SimpleUploadedFile("a.xlsx", b"khong")}, {}):
        assert browser.post(PAGE, file).status_code == 422


def test_the_template_is_read_back_and_only_administrators_get_it(administrator):
    url = reverse("administration_people_template", kwargs={"t": "quang-ninh"})
    answer = as_(administrator).get(url)
    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0][1]] == HEADINGS
    for page in (url, PAGE):
        assert as_(make.seat(administrator.department)).get(page).status_code == 404
