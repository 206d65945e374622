"""Rules for the text: addressees, legal bases, paragraphs, headings, articles, days and numbers, the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.enum.text import WD_ALIGN_PARAGRAPH

from . import phrases
from .layout_reading import Line, Reading
from .layout_rule import (
    UPWARD,
    addressed_to,
    annex_texts,
    capital,
    centred,
    days_written,
    ended,
    is_letter,
    kind_of,
    looks,
    rule,
    shown,
    sized,
    starting,
    text_of,
    titles_of,
)

LEVEL_1 = re.compile(r"^[IVX]+\. ")
POINT = re.compile(r"^([a-zđ]{1,2})\) ")
ARTICLE = re.compile(r"^Điều (\d+)\.")
BASES = ("Căn cứ ", "Theo đề nghị ")
LETTERS = "abcdđeghiklmnopqrstuvxy"
COMMAS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
BARE = re.compile(r"(?<![\d.,/])\d{5,}(?=\s*(?:đồng|lượt|người|triệu|chiếc|buổi|cuộc))")


@rule("kính gửi")
def addressees(reading: Reading) -> Iterator[str]:
    lines = addressed_to(reading)
    if not lines:
        if is_letter(reading):
            yield "Công văn phải ghi “Kính gửi:”."
        return
    if kind_of(reading) and kind_of(reading) not in UPWARD:
        yield f"{kind_of(reading).capitalize()} không ghi “Kính gửi:”."
    for line in lines:
        yield from sized(line, 13, 14, "Kính gửi")
        yield from looks(line, "Kính gửi")
    several = lines[1:]
    if any(not line.text.startswith("- ") for line in several):
        yield "Kính gửi nhiều nơi thì mỗi nơi một dòng, bắt đầu bằng “- ”."
    yield from ended(several, "Kính gửi")


@rule("căn cứ")
def bases(reading: Reading) -> Iterator[str]:
    lines = text_of(reading)
    leading = next((n for n, line in enumerate(lines) if not line.text.startswith(BASES)), len(lines))
    found = [line for line in lines[:leading] if line.text.endswith((";", "."))]
    for line in found:
        yield from sized(line, 13, 14, "Căn cứ")
        yield from looks(line, "Căn cứ", italic=True)
    yield from ended(found, "Căn cứ")


@rule("nội dung", annexes_too=True)
def text(reading: Reading) -> Iterator[str]:
    for line in [*text_of(reading), *annex_texts(reading)]:
        yield from sized(line, 13, 14, "Nội dung")
        if line.align != WD_ALIGN_PARAGRAPH.JUSTIFY:
            yield f"{shown(line)} phải dàn đều hai lề."
        if line.first not in (10, 12.7):
            yield f"Đầu dòng {shown(line)} phải lùi vào 1 cm hoặc 1,27 cm."
        if line.before + line.after < 6:
            yield f"Khoảng cách đoạn {shown(line)} tối thiểu 6pt."
        if not 1 <= line.spacing <= 1.5:
            yield f"Khoảng cách dòng của {shown(line)} phải từ dòng đơn đến 1,5 dòng."


@rule("đề mục", annexes_too=True)
def headings(reading: Reading) -> Iterator[str]:
    for lines in (text_of(reading), annex_texts(reading)):
        for line in lines:
            if LEVEL_1.match(line.text):
                yield from capital(line, "Đề mục")
                yield from looks(line, "Đề mục", bold=True)
        yield from _points(lines)


def _points(lines: list[Line]) -> Iterator[str]:
    """The letters of points go a, b, c, d, đ, e …"""
    before = -1
    for line in lines:
        found = POINT.match(line.text)
        if found:
            place = _place(found[1])
            if place not in {0, before + 1}:
                yield f"Điểm đánh theo thứ tự a, b, c, d, đ, e: {shown(line)}."
            before = place


def _place(letters: str) -> int:
    """a = 0, y = 22, aa = 23."""
    place = 0
    for letter in letters:
        place = place * len(LETTERS) + LETTERS.find(letter) + (1 if len(letters) > 1 and not place else 0)
    return place


@rule("điều khoản")
def articles(reading: Reading) -> Iterator[str]:
    """A decision names who decides, says “QUYẾT ĐỊNH:” and has numbered articles."""
    if kind_of(reading) != "QUYẾT ĐỊNH":
        return
    middle = [line for line in reading.body[2:] if line.align == WD_ALIGN_PARAGRAPH.CENTER]
    resolved = starting(middle, "QUYẾT ĐỊNH:")
    authority = next((line for line in middle if line is not resolved), None)
    for line, what in ((authority, "Thẩm quyền ban hành"), (resolved, "“QUYẾT ĐỊNH:”")):
        if line is None:
            yield f"Thiếu dòng {what} ở giữa."
            continue
        yield from capital(line, what)
        yield from looks(line, what, bold=True)
        yield from sized(line, 13, 14, what)
        yield from centred(line, what)
    yield from _numbered([line for line in text_of(reading) if line.text.startswith("Điều ")])


def _numbered(lines: list[Line]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        found = ARTICLE.match(line.text)
        if found is None or int(found[1]) != number:
            yield f"Các điều đánh số liên tục, viết “Điều {number}.”: {shown(line)}."
        elif not line.strong.startswith(found[0]):
            yield f"Chữ “{found[0]}” phải in đậm: {shown(line)}."
    if not lines:
        yield "Quyết định phải có các điều."


@rule("ngày tháng trong văn bản", annexes_too=True)
def days(reading: Reading) -> Iterator[str]:
    lines = [*reading.body, *(line for annex in reading.annexes for line in annex), *reading.cells]
    for line in lines:
        yield from days_written(line)


@rule("chữ số", annexes_too=True)
def numbers(reading: Reading) -> Iterator[str]:
    """A dot between thousands, a comma before decimals."""
    lines = [*reading.body, *(line for annex in reading.annexes for line in annex), *reading.cells]
    for line in lines:
        if COMMAS.search(line.text) or BARE.search(line.text):
            yield f"Số viết có dấu chấm giữa các nhóm ba chữ số, ví dụ 1.234.567: {shown(line)}."


@rule("kết thúc")
def ending(reading: Reading) -> Iterator[str]:
    lines = text_of(reading)
    if lines and not lines[-1].text.endswith(phrases.END):
        yield f"Nội dung phải kết thúc bằng dấu “{phrases.END}”."
    if any(line.text.endswith(phrases.END) for line in [*titles_of(reading), *lines[:-1]]):
        yield f"Dấu “{phrases.END}” chỉ đứng sau dòng cuối của nội dung."
