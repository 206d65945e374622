"""Pages below /quan-tri/: who gets in, what they list, what they change."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from provinces.models import (
    Department,
    DepartmentName,
    DepartmentSuccession,
    Duty,
    Event,
    Seat,
    Unit,
    UnitName,
    UnitSuccession,
)
from provinces.operations.departments import (
    add_department,
    close_department,
    give_duty,
    rename_department,
    set_address,
)
from provinces.tests import make
from provinces.vietnamese import fold
from provinces.workflow import Refused

D = datetime.date
NEW = D(2025, 7, 1)
PASSWORD = "mot cau du dai de nho"

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    old = make.province(valid_to=D(2025, 6, 30))
    new = make.province(valid_from=NEW)
    UnitName.objects.create(
        unit=new, name="Thành phố Quảng Ninh", short_name="Quảng Ninh", kind="thanh_pho", start_known=False
    )
    UnitSuccession.objects.create(predecessor=old, successor=new, on=NEW, whole=True)
    return new


@pytest.fixture
def office(province):
    return folded(make.office(province, "Sở Nội vụ"))


@pytest.fixture
def administrator(office):
    return make.seat(office, "admin")


@pytest.fixture
def browser_of(client):
    def sign_in(seat):
        client.force_login(seat.user)
        return client

    return sign_in


def folded(department):
    for name in department.names.all():
        DepartmentName.objects.filter(pk=name.pk).update(folded=fold(name.name))
    return department


def page(name, **more):
    return reverse(f"administration_{name}", kwargs={"t": "quang-ninh", **more})


LISTS = ["province", "departments", "people", "units", "campaigns", "indicators"]


@pytest.mark.parametrize("name", LISTS)
def test_the_standing_office_opens_each_list(office, browser_of, name):
    assert browser_of(make.seat(office)).get(page(name)).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_others_find_no_administration(office, browser_of, name):
    other = make.seat(make.department(office.unit), "admin")
    elsewhere = make.seat(make.office(make.province("Hà Tĩnh", "42", "ha-tinh")), "admin")

    for seat in (other, elsewhere, make.seat(office, "viewer")):
        assert browser_of(seat).get(page(name)).status_code == 404


def test_the_way_in_leads_to_the_own_province_and_the_ministry_chooses_one(administrator, browser_of):
    ministry = make.department(make.country(), "Bộ Nội vụ", "BNV", "bo")
    Duty.objects.create(department=ministry, kind="ministry", for_unit=make.country())

    assert browser_of(administrator).get("/quan-tri/").headers["Location"] == page("province")
    listed = browser_of(make.seat(ministry, "admin")).get("/quan-tri/").content.decode()
    assert page("province") in listed


def test_departments_are_found_without_accents(administrator, browser_of):
    folded(make.department(administrator.department.unit, "Sở Tư pháp"))

    found = browser_of(administrator).get(page("departments"), {"tim": "noi vu so"}).content.decode()

    assert "Sở Nội vụ</a>" in found
    assert "Sở Tư pháp" not in found


def test_closed_departments_of_the_old_province_stand_in_their_own_list(province, administrator, browser_of):
    old = province.inheritances.get().predecessor
    folded(make.department(old, "Sở Lao động - Thương binh và Xã hội", valid_to=D(2025, 2, 28)))

    today = browser_of(administrator).get(page("departments")).content.decode()
    closed = browser_of(administrator).get(page("departments"), {"nay": "het"}).content.decode()

    assert "Thương binh" not in today
    assert "Thương binh" in closed


@pytest.mark.parametrize("name", ["departments", "people", "units"])
def test_a_list_asks_as_many_questions_for_thirty_rows_as_for_one(province, administrator, browser_of, name):
    browser, old = browser_of(administrator), province.inheritances.get().predecessor

    def add(number, of):
        for i in range(number):
            commune = make.commune(province, f"Xã Số {of}{i}", f"{of}{i:03}", valid_from=NEW)
            before = make.commune(old, f"Xã Cũ {of}{i}", f"{of}{i:03}", valid_to=D(2025, 6, 30))
            UnitSuccession.objects.create(predecessor=before, successor=commune, on=NEW, whole=True)
            make.seat(folded(make.department(commune, f"Ủy ban nhân dân xã Số {of}{i}", "UBND", "ubnd_xa")))

    def questions():
        with CaptureQueriesContext(connection) as asked:
            browser.get(page(name))
        return len(asked)

    add(1, "01")
    questions()
    one = questions()
    add(30, "02")
    assert questions() == one


def test_units_show_that_the_day_of_the_city_is_not_known(administrator, browser_of):
    text = browser_of(administrator).get(page("units")).content.decode()

    assert "Thành phố Quảng Ninh" in text
    assert "từ ngày: chưa rõ" in text


def test_a_person_is_invited_once_however_often_the_button_is_pressed(administrator, browser_of):
    typed = {
        "full_name": "Cán bộ phường",
        "username": "qn.dongmai",
        "password": PASSWORD,
        "department": administrator.department_id,
        "role": "editor",
        "idempotency_key": "phim-mot",
    }
    browser = browser_of(administrator)

    answers = [browser.post(page("person_new"), typed) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    seat = Seat.objects.get(user__username="qn.dongmai")
    assert (seat.role, seat.department) == ("editor", administrator.department)
    assert seat.user.check_password(PASSWORD)


def test_an_easy_password_and_a_missing_role_are_told_and_nothing_is_lost(administrator, browser_of):
    typed = {"full_name": "Cán bộ phường", "username": "qn.dongmai", "password": "123", "valid_from": "31/11/2026"}

    answer = browser_of(administrator).post(page("person_new"), typed)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Cán bộ phường" in text and "31/11/2026" in text
    assert "Chọn vai trò" in text
    assert not Seat.objects.filter(user__username="qn.dongmai").exists()


def test_the_standing_office_sees_people_and_gives_no_seats(office, administrator, browser_of):
    editor = browser_of(make.seat(office))

    assert "Mời người dùng" not in editor.get(page("people")).content.decode()
    assert editor.get(page("person_new")).status_code == 404
    assert editor.post(page("seat_end", pk=administrator.pk), {"on": "01/01/2027"}).status_code == 404


def test_the_last_administrator_is_told_why_not(administrator, browser_of):
    answer = browser_of(administrator).post(page("seat_end", pk=administrator.pk), {"on": "01/01/2099"})

    assert answer.status_code == 422
    assert "quản trị cuối cùng" in answer.content.decode()
    assert Seat.objects.get(pk=administrator.pk).valid_to is None


def test_a_seat_of_another_province_is_not_there(administrator, browser_of):
    stranger = make.seat(make.office(make.province("Hà Tĩnh", "42", "ha-tinh")))

    assert browser_of(administrator).get(page("seat_end", pk=stranger.pk)).status_code == 404
    assert browser_of(administrator).get(page("department", pk=stranger.department_id)).status_code == 404


def test_one_more_seat_is_given_from_the_list(province, administrator, browser_of):
    ward = make.department(make.commune(province, valid_from=NEW), "Ủy ban nhân dân xã Đông Mai", "UBND", "ubnd_xa")
    person = make.seat(administrator.department)

    browser_of(administrator).post(page("seat_new", pk=person.pk), {"department": ward.pk, "role": "viewer"})

    assert person.user.seats.get(department=ward).role == "viewer"


def test_a_department_is_added_from_the_page(province, administrator, browser_of):
    browser_of(administrator).post(
        page("department_new"), {"name": "Sở  Du lịch", "symbol": "SDL", "kind": "so_ban_nganh"}
    )

    name = DepartmentName.objects.get(name="Sở Du lịch")
    assert (name.symbol, name.seat_place, name.department.unit) == ("SDL", "Quảng Ninh", province)
    assert "so du lich" in name.folded


def test_a_department_is_not_added_twice(office, administrator):
    with pytest.raises(Refused):
        add_department(office.unit, "so_ban_nganh", "Sở Nội vụ", by=administrator, at=make.NOW)


def test_a_corrected_name_keeps_the_old_spelling_for_the_search(office, administrator):
    rename_department(office, "Sở Nội vụ tỉnh", by=administrator, at=make.NOW)

    name = office.names.get()
    assert name.name == "Sở Nội vụ tỉnh"
    assert name.folded == "so noi vu tinh | so noi vu"


def test_a_new_name_from_a_day_leaves_the_old_one_to_papers_of_before(office, administrator):
    rename_department(office, "Sở Nội vụ và Xã hội", on=D(2026, 1, 1), by=administrator, at=make.NOW)

    office = Department.objects.get(pk=office.pk)
    assert str(office.name_on(D(2025, 12, 31))) == "Sở Nội vụ"
    assert str(office.name_on(D(2026, 1, 1))) == "Sở Nội vụ và Xã hội"


def test_a_department_with_a_duty_is_not_closed_before_the_duty_is_given_on(office, administrator):
    with pytest.raises(Refused):
        close_department(office, on=D(2026, 12, 31), successors=[], by=administrator, at=make.NOW)


def test_a_closed_department_hands_its_work_to_its_successors(office, administrator):
    closed, heir = make.department(office.unit, "Sở Du lịch"), make.department(office.unit, "Sở Văn hóa")

    close_department(closed, on=D(2026, 12, 31), successors=[heir], by=administrator, at=make.NOW)

    closed.refresh_from_db()
    assert closed.valid_to == D(2026, 12, 31)
    assert DepartmentSuccession.objects.get(predecessor=closed, successor=heir).on == D(2027, 1, 1)
    assert closed.pk in make.seat(heir).reach.departments


def test_a_duty_goes_from_one_department_to_another_on_a_day(province, office, administrator):
    heir = make.department(province, "Sở Y tế")

    give_duty(heir, "standing_office", on=D(2026, 12, 1), by=administrator, at=make.NOW)

    for day, holder in [(D(2026, 11, 30), office), (D(2026, 12, 1), heir)]:
        assert Duty.objects.on(day).get(kind="standing_office", for_unit=province).department == holder


def test_a_duty_is_not_given_before_one_that_already_begins_later(province, office, administrator):
    heir = make.department(province, "Sở Y tế")
    give_duty(heir, "standing_office", on=D(2026, 12, 1), by=administrator, at=make.NOW)

    with pytest.raises(Refused):
        give_duty(office, "standing_office", on=D(2026, 11, 1), by=administrator, at=make.NOW)


def test_a_department_is_changed_only_by_those_who_keep_the_list(office):
    stranger = make.seat(make.department(office.unit), "approver")

    for change in (
        lambda: add_department(office.unit, "khac", "Trường", by=stranger, at=make.NOW),
        lambda: rename_department(office, "Khác", by=stranger, at=make.NOW),
        lambda: close_department(office, on=D(2027, 1, 1), successors=[], by=stranger, at=make.NOW),
        lambda: give_duty(office, "committee", on=D(2027, 1, 1), by=stranger, at=make.NOW),
    ):
        with pytest.raises(Refused):
            change()


def test_the_district_s_successors_say_which_are_a_part(province, administrator, browser_of):
    old = province.inheritances.get().predecessor
    district = make.commune(old, "Huyện Tiên Yên", "199", level="district", valid_to=D(2025, 6, 30))
    heir = make.commune(province, "Xã Ba Chẽ", "06970", valid_from=NEW)
    UnitSuccession.objects.create(predecessor=district, successor=heir, on=NEW, whole=False)

    text = browser_of(administrator).get(page("units"), {"ky": "huyen"}).content.decode()

    assert "Huyện Tiên Yên" in text and "Xã Ba Chẽ" in text and "một phần" in text
    assert Unit.objects.filter(level="district").count() == 1


def test_the_office_notes_where_documents_go_by_mail(browser_of, province, administrator):
    body = make.department(province, "Ban Vì sự tiến bộ của phụ nữ tỉnh")
    browser = browser_of(administrator)
    url = page("address", pk=body.pk)
    assert browser.post(url, {"email": "khong phai"}).status_code == 422
    assert browser.post(url, {"email": "ban@example.gov.vn"}).status_code == 302
    body.refresh_from_db()
    assert body.email == "ban@example.gov.vn"
    assert "ban@example.gov.vn" in browser.get(page("department", pk=body.pk)).content.decode()
    assert "ban@example.gov.vn" not in str(Event.objects.get(verb="department.address").details)
    stranger = make.seat(make.office(make.province("Hà Tĩnh", "42", "ha-tinh", valid_from=NEW)))
    with pytest.raises(Refused):
        set_address(body, "x@example.vn", by=stranger, at=make.NOW)
