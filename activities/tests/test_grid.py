"""The quick grid without and with a script: each row by itself, never twice, what is wrong beside it."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.forms.grid import GridRow
from activities.models import Activity
from activities.operations import correct_activity
from activities.tests import make
from campaigns.tests import make as campaigns
from provinces.models import Draft, Event
from provinces.tests import make as who
from provinces.tests.make import NOW

ROOT = "/quang-ninh/2023/hoat-dong/"
GRID = f"{ROOT}nhap-nhanh"
KEY = "khoa-cua-dong-"


@pytest.fixture
def browser(client, scene):
    campaigns.activity_type()
    campaigns.money_source()
    client.force_login(scene.editor.user)
    return client


def typed(no=1, **more) -> dict:
    """What a row of the grid posts for a launch; `more` says what matters."""
    names = ("title", "type", "starts", "count", "female", "male", "rest", "money", "source", "key", "id", "version")
    said = {"title": "Lễ phát động", "type": "HD02", "starts": "20/11/2023", "key": f"{KEY}{no}", **more}
    return {f"r{no}-{name}": said.get(name, "") for name in names}


def target(scene) -> dict:
    return {"owner": scene.department.pk, "scope": "month"}


@pytest.fixture
def leaves(browser, scene):
    """What the script sends when a row is left; the answer as it hears it."""

    def leave(no=1, **more):
        answer = browser.post(GRID, {**target(scene), "row": no, **typed(no, **more)})
        return answer.status_code, json.loads(answer.content)

    return leave


def words(answer) -> str:
    return answer.content.decode()


def test_a_row_is_stored_when_it_is_left(leaves, scene):
    status, told = leaves(female="42", male="11", rest="khoảng 500", money="80 triệu", source="NG01")

    row = Activity.objects.get()
    assert (status, told["state"], told["id"]) == (200, "saved", row.public_id)
    assert told["words"].startswith("Đã lưu ")
    assert (row.owner, row.status, row.created_by) == (scene.department, "draft", scene.editor)
    launch, people = row.outputs.all()
    assert (launch.measure.code, launch.quantity) == ("CT04.1", 1)
    assert (people.quantity, people.certainty, people.female, people.male) == (553, "about", 42, 11)
    assert row.money.get().amount == 80_000_000


def test_the_same_row_sent_again_after_a_lost_answer_is_stored_once(leaves):
    leaves()
    status, told = leaves()

    assert (status, told["state"]) == (200, "saved")
    assert Activity.objects.count() == 1
    assert Event.objects.filter(verb__startswith="activity.").count() == 1


def test_a_row_rewritten_wholly_after_a_lost_answer_is_still_the_same_row(leaves):
    leaves()
    leaves(title="Tọa đàm với công nhân", starts="25/11/2023")

    assert Activity.objects.get().title == "Tọa đàm với công nhân"


def test_two_rows_with_other_keys_are_two_activities(leaves):
    leaves(1)
    leaves(2, title="Lễ phát động thứ hai")

    assert Activity.objects.count() == 2


def test_a_stored_row_is_changed_when_it_is_left_again(leaves):
    _status, first = leaves()
    _status, second = leaves(id=first["id"], version=first["version"], female="10", male="5")

    assert second["version"] == "2"
    assert Activity.objects.get().outputs.get(measure__code="CT05.1").quantity == 15


def test_what_the_grid_does_not_show_stays_as_it_was(leaves, scene):
    _status, told = leaves()
    row = Activity.objects.get()
    more = make.data(title="Lễ phát động", place="KCN Đông Mai", participants=(make.took_part(scene.office),))
    correct_activity(row, more, version=1, by=scene.editor, at=NOW)

    leaves(id=told["id"], version="2", title="Lễ phát động cấp tỉnh")

    row.refresh_from_db()
    assert (row.title, row.place, row.participants.count()) == ("Lễ phát động cấp tỉnh", "KCN Đông Mai", 1)


def test_a_row_that_somebody_changed_meanwhile_is_not_overwritten(leaves, scene):
    _status, told = leaves()
    correct_activity(Activity.objects.get(), make.data("Của người khác"), version=1, by=scene.head, at=NOW)

    status, second = leaves(id=told["id"], version=told["version"], title="Của tôi")

    assert (status, second["state"]) == (422, "bad")
    assert Activity.objects.get().title == "Của người khác"


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"female": "1,000"}, "female", "Nữ: “1,000”"),
        ({"rest": "1,000"}, "rest", "1,000"),
        ({"starts": "31/11/2023"}, "starts", "31/11/2023 không có trong lịch"),
        ({"type": ""}, "type", "loại hoạt động"),
        ({"money": "80 triệu"}, "source", "80.000.000"),
        ({"title": "Thăm chị, gọi 0912345678"}, "title", "số điện thoại"),
    ],
)
def test_what_is_wrong_stands_at_its_box_and_names_no_cell(leaves, said, field, sentence):
    status, told = leaves(**said)

    assert (status, told["state"], told["words"]) == (422, "bad", "Cần sửa")
    fault = next(fault for fault in told["faults"] if fault["field"] == field)
    assert sentence in fault["words"]
    assert not any(fault["words"].startswith("Ô ") for fault in told["faults"])
    assert not Activity.objects.exists()


def test_a_blank_row_is_left_without_a_word(leaves):
    status, told = leaves(title="", starts="")

    assert (status, told["state"]) == (200, "")
    assert not Activity.objects.exists()


def test_a_row_like_a_recorded_activity_is_stored_and_says_so(leaves, scene):
    scene.record(make.data("Lễ phát động tại Đông Mai"))

    _status, told = leaves(title="Lễ phát động tại Đông Mai")

    assert told["state"] == "saved"
    assert "đã" in " ".join(told["warnings"])


def test_without_a_script_one_button_stores_all_rows(browser, scene):
    answer = browser.post(
        GRID, {**target(scene), **typed(1), **typed(2, title="Tọa đàm"), **typed(3, title="", starts="")}
    )

    assert answer.url == ROOT
    assert Activity.objects.count() == 2


def test_without_a_script_faulty_rows_stay_as_typed_and_the_good_ones_are_stored(browser, scene):
    rows = {**typed(1), **typed(2, title="Tọa đàm", female="1,000")}
    answer = browser.post(GRID, {**target(scene), **rows})
    page = words(answer)
    assert answer.status_code == 422
    assert "Dòng 2. Nữ: “1,000”" in page and 'value="1,000"' in page
    assert "<title>Lỗi: " in page
    stored = Activity.objects.get()
    assert f'name="r1-id" value="{stored.public_id}"' in page

    again = {**typed(1, id=stored.public_id, version="1"), **typed(2, title="Tọa đàm", female="1.000")}
    answer = browser.post(GRID, {**target(scene), **again})

    assert answer.url == ROOT
    assert Activity.objects.count() == 2


def test_five_rows_more_keep_what_was_typed_and_store_nothing(browser, scene):
    page = words(browser.post(GRID, {**target(scene), **typed(5, title="Đang gõ"), "then": "add"}))

    assert 'value="Đang gõ"' in page and 'name="r10-title"' in page
    assert not Activity.objects.exists()


def test_what_was_typed_before_the_page_was_left_is_there_again(browser, scene):
    browser.post("/nhap", {"draft_form": "grid", "draft_object": "quang-ninh/2023", **typed(1, title="Đang gõ dở")})
    Draft.objects.update_or_create(
        seat=scene.editor,
        form="grid",
        object_key="quang-ninh/2023",
        defaults={"raw": {name: [value] for name, value in typed(1, title="Đang gõ dở").items()}, "saved_at": NOW},
    )

    assert 'value="Đang gõ dở"' in words(browser.get(GRID))


def test_nobody_stores_a_row_for_a_department_that_is_not_theirs(browser, scene):
    answer = browser.post(GRID, {"owner": scene.office.pk, "scope": "month", "row": "1", **typed()})

    assert answer.status_code == 404
    assert not Activity.objects.exists()


def test_a_row_of_another_department_is_not_changed(leaves, scene):
    other = scene.record(make.data("Của văn phòng"), by=scene.officer, owner=scene.office)

    status, _told = leaves(id=other.public_id, version="1", title="Chiếm lấy")

    other.refresh_from_db()
    assert (status, other.title) == (422, "Của văn phòng")


def test_a_viewer_and_a_stranger_find_no_grid(client, scene):
    for seat in (scene.viewer, who.seat(who.department(who.province("Hải Phòng", "31", "hai-phong")))):
        client.force_login(seat.user)
        assert client.get(GRID).status_code == 404
        assert client.post(GRID, {**target(scene), "row": "1", **typed()}).status_code == 404
    assert not Activity.objects.exists()


def test_thirty_rows_are_read_with_the_queries_of_one(browser, scene):
    def queries(count):
        rows = {}
        for no in range(1, count + 1):
            rows |= typed(no, title="Lễ", female="1,000")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            browser.post(GRID, {**target(scene), **rows})
        return len(seen)

    queries(1)
    assert queries(30) == queries(1)


@pytest.mark.parametrize(
    ("female", "male", "rest", "total"),
    [
        ("42", "11", "", "53"),
        ("42", "", "", "42"),
        ("1.000", "500", "khoảng 550", "khoảng 2.050"),
        ("", "", "hàng trăm", "hàng trăm"),
        ("", "", "", "–"),
        ("1,000", "", "", "–"),
    ],
)
def test_the_total_is_female_and_male_and_not_split(female, male, rest, total):
    row = GridRow(1, {"female": female, "male": male, "rest": rest})

    assert row.total == total
