"""Blocks pasted from Excel: quoted cells, gaps of merged cells, headings guessed, nothing stored."""

import datetime

import pytest

from activities.models import Activity
from activities.sheets.paste import guess_columns, headings, read_paste
from activities.tests import corpus
from activities.tests.make_sheets import stored, understood
from campaigns.tests import make as campaigns
from provinces.paste import split_cells
from provinces.workflow import Refused

HEADINGS = "STT\tLoại\tNội dung hoạt động\tThời gian\tSố lượng\tSố người dự\tKinh phí\tNguồn"


def block(*rows: str) -> str:
    return "\r\n".join([HEADINGS, *rows])


def values(sheet) -> list[list]:
    return [[cell.value for cell in cells.values()] for cells in sheet.rows.values()]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("a\tb\r\n", [["a", "b"]]),
        ('"một\nhai"\tb', [["một\nhai", "b"]]),
        ('"nói ""vâng"""\tb', [['nói "vâng"', "b"]]),
        ('"chưa đóng\tb\nc', [['"chưa đóng', "b"], ["c"]]),
        ('5" ống\tb', [['5" ống', "b"]]),
        ('"a"b\tc', [['"a"b', "c"]]),
        ("a\t\tb", [["a", "", "b"]]),
        ("", []),
    ],
)
def test_cells_are_split_as_excel_writes_them(text, cells):
    assert split_cells(text) == cells


def test_a_pasted_block_is_understood_and_stores_nothing(scene):
    campaigns.activity_type()
    campaigns.money_source()
    pasted = block(
        "1\tHD02\tLễ phát động\u00a0\t20/11\t1\t1.000\t80 triệu\tNG01",
        '2\tHD02\t"Mít tinh\nra quân"\t21/11/2023\t1\tkhoảng 550\t4.500.000đ\tNG01',
    )

    sheet = understood(scene, read_paste(pasted))

    assert [row.faults for row in sheet.rows] == [(), ()]
    first, second = (row.data for row in sheet.rows)
    assert (first.title, first.starts_on) == ("Lễ phát động", datetime.date(2023, 11, 20))
    assert [o.quantity for o in first.outputs] == [1, 1000]
    assert (second.title, second.money[0].amount) == ("Mít tinh ra quân", 4_500_000)
    assert not Activity.objects.exists()


def test_gaps_of_merged_cells_take_the_value_above_and_say_so(scene):
    campaigns.activity_type()
    pasted = block("1\tHD02\tLễ phát động\t20/11\t1", "\t\tMít tinh\t21/11\t1", "\t\tDiễu hành\t22/11\t2")

    sheet = understood(scene, read_paste(pasted))

    assert [row.data.title for row in sheet.rows] == ["Lễ phát động", "Mít tinh", "Diễu hành"]
    assert all(row.data.type.code == "HD02" for row in sheet.rows)
    assert [warning.key for warning in sheet.rows[1].warnings] == ["sheet.filled"]
    assert sheet.rows[0].warnings == ()


def test_a_gap_after_the_rows_own_words_stays_empty(scene):
    campaigns.activity_type()
    pasted = block("1\tHD02\tLễ phát động\t20/11\t1", "2\tHD02\tMít tinh\t\t1")

    assert [fault.cell for fault in understood(scene, read_paste(pasted)).rows[1].faults] == ["D3"]


def test_the_same_block_twice_is_stored_once(scene):
    campaigns.activity_type()
    pasted = read_paste(block("1\tHD02\tLễ phát động\t20/11\t1", "2\tHD02\tMít tinh\t21/11\t1"))

    first = stored(scene, understood(scene, pasted))
    second = stored(scene, understood(scene, pasted))

    assert (first.added, second.added, second.unchanged) == (2, 0, 2)
    assert Activity.objects.count() == 2


def test_columns_are_guessed_by_their_headings_and_may_be_said_by_hand(scene):
    campaigns.activity_type()
    assert guess_columns(read_paste(block("1\tHD02"))) == (
        1,
        {"no": 1, "type": 2, "title": 3, "starts": 4, "count": 5, "people": 6, "money": 7, "source": 8},
    )
    bare = read_paste("HD02\tLễ phát động\t20/11")
    assert guess_columns(bare) == (0, {})

    by_hand = understood(scene, bare, columns={"type": 1, "title": 2, "starts": 3})

    assert by_hand.rows[0].data.title == "Lễ phát động"
    assert ("title", "Tên hoạt động") in headings()


@pytest.mark.parametrize(
    "text",
    ["\n".join(["a\tb"] * 10_001), "\t".join(["a"] * 61), "\n".join(corpus.TCVN3), "x" * 8_000_001],
    ids=["rows", "columns", "font", "length"],
)
def test_too_much_or_an_old_font_is_refused_in_a_sentence(text):
    with pytest.raises(Refused) as refused:
        read_paste(text)
    assert str(refused.value.sentence)


def test_a_hostile_block_is_read_quickly():
    assert len(read_paste('"' * 200_000).rows) <= 1
    assert values(read_paste("\x00a\tb")) == [["a", "b"]]
