"""Rules for what stands below the text and behind it: nơi nhận, chữ ký, phụ lục, what a decision issues."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import phrases
from .layout_reading import Line, Reading
from .layout_rule import (
    UPWARD,
    addressed_to,
    capital,
    centred,
    ended,
    is_letter,
    kind_of,
    looks,
    rule,
    shown,
    sized,
    text_of,
)

ENCLOSED = re.compile(r"^\((Ban hành kèm|Kèm) theo .+\)$")
LAST = re.compile(r"^- Lưu: .*\.$")


@rule("nơi nhận")
def copies(reading: Reading) -> Iterator[str]:
    if not reading.copies:
        yield "Thiếu phần “Nơi nhận:”."
        return
    label, *lines = reading.copies
    if label.text != phrases.COPIES:
        yield "Từ “Nơi nhận:” đứng riêng một dòng."
    yield from sized(label, 12, 12, "Nhãn")
    yield from looks(label, "Nhãn", bold=True, italic=True)
    for line in lines:
        yield from sized(line, 11, 11, "Nơi nhận")
        yield from looks(line, "Nơi nhận")
        if not line.text.startswith("- "):
            yield f"Nơi nhận {shown(line)} bắt đầu bằng “- ”."
    if not lines or not LAST.match(lines[-1].text):
        yield "Dòng cuối nơi nhận ghi “- Lưu: …” và dấu chấm."
    else:
        yield from ended(lines, "Nơi nhận")
    yield from _first_copy(reading, lines)


def _first_copy(reading: Reading, lines: list[Line]) -> Iterator[str]:
    """“Như trên” where somebody is addressed, the last article where the document decides."""
    articles = [line for line in text_of(reading) if line.text.startswith("Điều ")]
    if addressed_to(reading) and (is_letter(reading) or kind_of(reading) in UPWARD):
        expected = "- Như trên"
    elif kind_of(reading) == "QUYẾT ĐỊNH" and articles:
        expected = f"- Như Điều {len(articles)}"
    else:
        return
    if not lines or not lines[0].text.startswith(expected):
        yield f"Dòng đầu nơi nhận ghi “{expected};”."


@rule("chữ ký")
def signature(reading: Reading) -> Iterator[str]:
    if not reading.signature:
        yield "Thiếu quyền hạn, chức vụ của người ký."
        return
    yield from capital(reading.signature[0], "Quyền hạn, chức vụ")
    for line in reading.signature:
        yield from sized(line, 13, 14, "Chữ ký")
        yield from looks(line, "Chữ ký", bold=True)
        yield from centred(line, "Chữ ký")


@rule("phụ lục", annexes_too=True)
def annexes(reading: Reading) -> Iterator[str]:
    own = [lines for index, lines in enumerate(reading.annexes) if index not in reading.issued]
    for index, lines in enumerate(own):
        label = "Phụ lục" if len(own) == 1 else f"Phụ lục {phrases.roman(index + 1)}"
        if not lines or lines[0].text != label:
            yield f"Phụ lục thứ {index + 1} phải mở đầu bằng dòng “{label}”."
            continue
        yield from _annex_head(lines)


def _annex_head(lines: list[Line]) -> Iterator[str]:
    label, *others = lines[:3]
    yield from sized(label, 14, 14, "Nhãn phụ lục")
    yield from looks(label, "Nhãn phụ lục", bold=True)
    yield from centred(label, "Nhãn phụ lục")
    for line, italic in zip(others, (False, True), strict=False):
        what = "Dòng kèm theo" if italic else "Tên phụ lục"
        yield from sized(line, 13, 14, what)
        yield from looks(line, what, bold=not italic, italic=italic)
        yield from centred(line, what)
        if not italic:
            yield from capital(line, what)
    yield from _enclosed(lines)


def _enclosed(lines: list[Line]) -> Iterator[str]:
    if len(lines) < 3 or not ENCLOSED.match(lines[2].text):
        yield "Dưới tên phải có dòng “(Kèm theo … số … ngày … của …)”."


@rule("văn bản kèm theo quyết định")
def issued(reading: Reading) -> Iterator[str]:
    """What a decision issues has a letterhead, a kind, a title, and says behind which decision it stands."""
    if kind_of(reading) == "QUYẾT ĐỊNH" and any("Ban hành kèm theo" in line.text for line in text_of(reading)):
        if 0 not in reading.issued:
            yield "Văn bản ban hành kèm theo phải có tên cơ quan, Quốc hiệu và Tiêu ngữ ở đầu."
    for index in reading.issued:
        lines = reading.annexes[index]
        yield from _issued_head(lines)


def _issued_head(lines: list[Line]) -> Iterator[str]:
    if len(lines) < 3:
        yield "Văn bản ban hành kèm theo phải có tên loại, trích yếu và dòng “(Ban hành kèm theo …)”."
        return
    kind, title, reference = lines[:3]
    yield from capital(kind, "Tên loại")
    for line, italic in ((kind, False), (title, False), (reference, True)):
        yield from sized(line, 13, 14, "Đầu văn bản kèm theo")
        yield from looks(line, "Đầu văn bản kèm theo", bold=not italic, italic=italic)
        yield from centred(line, "Đầu văn bản kèm theo")
    if not reference.text.startswith("(Ban hành kèm theo ") or not reference.text.endswith(")"):
        yield "Dưới trích yếu phải có dòng “(Ban hành kèm theo … số … ngày … của …)”."
