"""Figures inside a text: read, printed, gone stale, gone, and numbers that nobody can find."""

import pytest

from reports import bound
from reports.snapshot import Coverage, Figure, Figures, Missing, Slice

LAUNCHES = Figure("CT04.1", "Lễ phát động, mít tinh", "cuộc", "things", "sum", "month", total=97, certainty="exact")
PEOPLE = Figure(
    "CT05.1",
    "Người dự lễ phát động, mít tinh",
    "lượt người",
    "attendances",
    "sum",
    "month",
    total=21480,
    certainty="about",
    female=12655,
    male=7320,
    not_split=1505,
    by_level=(Slice("province", "Cấp tỉnh", 550),),
)
GIFTS = Figure("CT32.2", "Trị giá quà", "đồng", "money", "sum", "year", total=80_000_000, certainty="exact")
FLAGS = Figure("CT25.1", "Phướn thả", "chiếc", "things", "sum", "month", texts=("hàng trăm",))
SHARE = Figure("CT33.4", "Tỷ lệ", "%", "rate", "sum", "month", rate="94.2", numerator=98, denominator=104)
SHIRTS = Figure("CT26.1", "Áo phông", "chiếc", "things", "sum", "month", unknown_labels=("",))
TAKEN = Figures(
    2,
    1,
    1,
    None,
    "both",
    "2023-12-15",
    cells=(LAUNCHES, PEOPLE, GIFTS, FLAGS, SHARE, SHIRTS),
    coverage=Coverage(asked=124, sent=118, missing=(Missing(1, "Sở Y tế", "province"),) * 6),
)
SLOTS = bound.slots_of(TAKEN)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("CT04.1", "97"),
        ("CT05.1", "khoảng 21.480"),
        ("CT05.1 nữ", "12.655"),
        ("CT05.1 chưa tách nữ, nam", "1.505"),
        ("CT05.1 cấp tỉnh", "550"),
        ("CT32.2 năm", "80 triệu đồng"),
        ("CT25.1", "hàng trăm"),
        ("CT33.4", "94,2%"),
        ("CT33.4 số đếm", "98/104"),
        ("đơn vị đã gửi", "118"),
    ],
)
def test_a_figure_has_a_name_and_the_words_of_running_text(name, words):
    assert SLOTS[name].words == words


def test_what_has_no_data_cannot_be_inserted():
    assert "CT26.1" not in SLOTS


def test_a_mark_prints_the_words_of_the_snapshot_and_not_those_it_was_seen_with():
    text = "Có «500 [CT05.1]» lượt người, “«94,2% [CT33.4]»” vụ việc.\n«khoảng 9 [CT05.1]» lượt."

    assert bound.printed(text, SLOTS) == "Có khoảng 21.480 lượt người, “94,2%” vụ việc.\nKhoảng 21.480 lượt."


def test_quotation_marks_without_a_name_are_left_alone():
    assert bound.printed("Chủ đề «An toàn» [1]", SLOTS) == "Chủ đề «An toàn» [1]"


def test_a_mark_goes_stale_when_the_figure_moves_and_is_brought_up_to_date():
    text = "Tổ chức «95 [CT04.1]» cuộc, «khoảng 21.480 [CT05.1]» lượt người"

    assert [(each.name, each.seen, each.slot.words) for each in bound.stale(text, SLOTS)] == [("CT04.1", "95", "97")]
    assert bound.refreshed(text, SLOTS) == "Tổ chức «97 [CT04.1]» cuộc, «khoảng 21.480 [CT05.1]» lượt người"
    assert not bound.stale(bound.refreshed(text, SLOTS), SLOTS)


def test_a_mark_that_names_nothing_is_lost_prints_no_number_and_is_not_brought_up_to_date():
    text = "phát «900 [CT26.1]» áo"

    assert [each.name for each in bound.lost(text, SLOTS)] == ["CT26.1"]
    assert bound.printed(text, SLOTS) == "phát (chưa có số liệu) áo"
    assert bound.refreshed(text, SLOTS) == text


def test_a_figure_that_may_not_be_seen_is_never_stale():
    assert not bound.stale("«… [CT04.1]» người", SLOTS)
    assert bound.printed("hỗ trợ «… [CT04.1]» người", SLOTS) == "hỗ trợ 97 người"


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Có 120 cuộc.", ["120 cuộc"]),
        ("Có 97 cuộc, 12.655 lượt người, 80 triệu đồng, 94,2% vụ việc.", []),
        ("Chi 81,5 triệu đồng", ["81,5 triệu đồng"]),
        ("80.000.000 đồng", []),
        ("Ngày 10 tháng 11 năm 2023, Công văn số 4076/LĐTBXH-BĐG, khoản 9", []),
        ("21.480 lượt người và 12.656 lượt người", ["12.656 lượt người"]),
        ("«5 [CT04.1]» cuộc", []),
        ("12 lớp", []),
        ("93,0%", ["93,0%"]),
        ("117 cơ quan, đơn vị đã gửi", ["117 cơ quan, đơn vị"]),
    ],
)
def test_a_typed_number_that_no_figure_of_its_unit_comes_to_is_named(text, odd):
    assert bound.odd_numbers(text, SLOTS) == odd


def test_numbers_of_the_draft_and_of_quoted_words_are_not_odd():
    assert bound.odd_numbers("Có 120 cuộc và 3 cuộc", SLOTS, ["Riêng tỉnh 120 cuộc", "3 cuộc"]) == []


def test_figures_that_are_bound_are_stored_and_hashed_as_before():
    assert bound.bound(TAKEN).as_json() == TAKEN.as_json()
    assert bound.bound(TAKEN).sha256 == TAKEN.sha256
