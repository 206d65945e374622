"""What departments say: repeats put together, authors kept, nothing that says the contrary put with it."""

import pytest

from reports.papers import units
from reports.voices import Voice, alike, lines_said, statements, words_of


def voice(text, department="Sở Y tế", key="III.2", number=None):
    return Voice(key, text, number or sum(map(ord, department)), department, 1, "x")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kinh phí còn hạn hẹp.", "kinh phí còn hạn hẹp", True),
        ("Kinh phí thực hiện còn hạn hẹp, chưa đáp ứng yêu cầu", "Kinh phí còn hạn hẹp, chưa đáp ứng yêu cầu", True),
        ("Cán bộ làm công tác bình đẳng giới hay thay đổi", "Cán bộ không được tập huấn về bình đẳng giới", False),
        ("Cán bộ được bố trí đủ ở các xã, phường", "Cán bộ không được bố trí đủ ở các xã, phường", False),
        ("Thiếu 2 cán bộ ở cơ sở theo định biên", "Thiếu 3 cán bộ ở cơ sở theo định biên", False),
        ("Đề nghị UBND tỉnh bố trí dự toán", "Đề nghị Ủy ban nhân dân tỉnh bố trí dự toán", True),
        ("Kinh phí hoà chung nguồn khác", "Kinh phí hòa chung nguồn khác", True),
    ],
)
def test_two_lines_are_one_statement_when_eight_words_in_ten_are_the_same(one, other, same):
    assert alike(words_of(one), words_of(other)) is same


def test_repeats_are_put_together_with_every_author_and_the_usual_words():
    said = [
        voice("Kinh phí hạn hẹp", "Sở Y tế"),
        voice("Cán bộ kiêm nhiệm nhiều việc", "Sở Nội vụ"),
        voice("kinh phí hạn hẹp.", "Hội Nông dân"),
        voice("kinh phí hạn hẹp.", "Tỉnh đoàn"),
    ]

    first, second = statements(said)

    assert (first.text, first.authors) == ("kinh phí hạn hẹp.", ("Sở Y tế", "Hội Nông dân", "Tỉnh đoàn"))
    assert [each.department for each in first.others] == ["Sở Y tế"]
    assert first.line == "- kinh phí hạn hẹp (Sở Y tế, Hội Nông dân, Tỉnh đoàn)."
    assert second.authors == ("Sở Nội vụ",)


def test_many_authors_are_counted_after_the_first_six():
    said = statements(voice("Kinh phí hạn hẹp", f"Xã {n}", number=n) for n in range(1, 10))[0]

    assert said.line.endswith("(Xã 1, Xã 2, Xã 3, Xã 4, Xã 5, Xã 6 và 3 cơ quan, đơn vị khác).")
    assert len(said.authors) == 9


def test_titles_numbers_and_empty_answers_are_no_statements():
    text = "1. Khó khăn:\n- Kinh phí hạn hẹp\n\nKhông có.\na) Thiếu cán bộ ở cơ sở\nKhông có khó khăn, vướng mắc gì"

    assert lines_said(text) == ["Kinh phí hạn hẹp", "Thiếu cán bộ ở cơ sở"]


def test_causes_stand_apart_from_difficulties_and_only_as_written():
    said = [voice("Kinh phí hạn hẹp"), voice("Nguyên nhân: cán bộ kiêm nhiệm", "Sở Nội vụ")]

    assert units.difficulties(said) == "1 cơ quan, đơn vị nêu khó khăn, hạn chế:\n- Kinh phí hạn hẹp (Sở Y tế)."
    assert units.causes(said).splitlines()[1] == "- Cán bộ kiêm nhiệm (Sở Nội vụ)."
    assert units.causes([]) == units.NO_CAUSE


def test_proposals_go_to_ministries_and_to_the_province_apart():
    said = [
        voice("Đề nghị Bộ Nội vụ ban hành mẫu báo cáo", key="IV.2"),
        voice("Đề nghị tỉnh bố trí kinh phí", "Sở Nội vụ", key="IV.2"),
    ]

    assert units.proposals(said).splitlines() == [
        "a) Với bộ, ngành Trung ương",
        "- Đề nghị Bộ Nội vụ ban hành mẫu báo cáo (Sở Y tế).",
        "b) Với Ủy ban nhân dân và cơ quan của tỉnh",
        "- Đề nghị tỉnh bố trí kinh phí (Sở Nội vụ).",
    ]
