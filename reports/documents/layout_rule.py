"""What the layout rules share: a register under names, and the questions that many of them ask of a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from docx.enum.text import WD_ALIGN_PARAGRAPH

from . import phrases
from .layout_reading import Line, Reading

DAY = re.compile(r"ngày\s+(\d{1,2}|…)?\s*tháng\s+(\d{1,2}|…)?\s*năm\b")
UPWARD = {"BÁO CÁO", "TỜ TRÌNH"}  # kinds that name whom they are for
DAY_AND_MONTH = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\b")

Rule = Callable[[Reading], Iterator[str]]
RULES: dict[str, Rule] = {}


def rule(name: str, *, annexes_too: bool = False) -> Callable[[Rule], Rule]:
    """Enter a rule under its name; annexes printed alone are judged by those that say so."""

    def enter(function: Rule) -> Rule:
        def judge(reading: Reading) -> Iterator[str]:
            if annexes_too or not reading.only_annexes:
                yield from function(reading)

        RULES[name] = judge
        return function

    return enter


def shown(line: Line) -> str:
    return f"“{line.text[:60]}{'…' if len(line.text) > 60 else ''}”"


def sized(line: Line, low: float, high: float, what: str) -> Iterator[str]:
    if any(not low <= size <= high for size in line.sizes):
        span = f"{low:g}" if low == high else f"{low:g}–{high:g}"
        yield f"{what} {shown(line)} phải có cỡ chữ {span}."


def looks(line: Line, what: str, *, bold: bool = False, italic: bool = False) -> Iterator[str]:
    if line.bold != bold:
        yield f"{what} {shown(line)} {'phải' if bold else 'không'} in đậm."
    if line.italic != italic:
        yield f"{what} {shown(line)} {'phải in nghiêng' if italic else 'phải đứng'}."


def capital(line: Line, what: str) -> Iterator[str]:
    if line.text != line.text.upper():
        yield f"{what} {shown(line)} phải viết hoa."


def centred(line: Line, what: str) -> Iterator[str]:
    if line.align != WD_ALIGN_PARAGRAPH.CENTER:
        yield f"{what} {shown(line)} phải ở giữa."


def starting(lines: list[Line], words: str) -> Line | None:
    return next((line for line in lines if line.text.startswith(words)), None)


def ended(lines: list[Line], what: str) -> Iterator[str]:
    """Each line of a list ends in “;”, the last in “.”."""
    for index, line in enumerate(lines):
        end = "." if index == len(lines) - 1 else ";"
        if not line.text.endswith(end):
            yield f"{what} {shown(line)} phải kết thúc bằng dấu “{end}”."


def days_written(line: Line) -> Iterator[str]:
    """0 before days below 10 and before the months 1 and 2 only."""
    for day, month in DAY_AND_MONTH.findall(line.text):
        if len(day) < 2:
            yield f"Ngày nhỏ hơn 10 phải thêm số 0 phía trước: {shown(line)}."
        if (len(month) == 2) != (int(month) in (1, 2, 10, 11, 12)):
            yield f"Chỉ tháng 1 và tháng 2 thêm số 0 phía trước: {shown(line)}."


def is_letter(reading: Reading) -> bool:
    """An official letter has its subject under the number."""
    return any(line.text.startswith("V/v") for line in reading.number)


def titles_of(reading: Reading) -> list[Line]:
    """Kind and subject: the centred bold lines that open the body; an official letter has none."""
    titles: list[Line] = []
    for line in reading.body[:2]:
        if line.align != WD_ALIGN_PARAGRAPH.CENTER or line.text.startswith(phrases.TO) or is_letter(reading):
            break
        titles.append(line)
    return titles


def kind_of(reading: Reading) -> str:
    """The kind of the document in capitals; nothing for an official letter."""
    titles = titles_of(reading)
    return titles[0].text.upper() if titles else ""


def addressed_to(reading: Reading) -> list[Line]:
    """“Kính gửi:” and the bodies below it."""
    lines = reading.body[len(titles_of(reading)) :]
    first = starting(lines, phrases.TO)
    if first is None:
        return []
    lines = lines[lines.index(first) :]
    justified = (n for n, line in enumerate(lines) if line.align == WD_ALIGN_PARAGRAPH.JUSTIFY)
    return lines[: next(justified, len(lines))]


def text_of(reading: Reading) -> list[Line]:
    """The running text of the main document: without titles, addressees, notes and what stands in the middle."""
    lines = reading.body[len(titles_of(reading)) :]
    addressed = addressed_to(reading)
    if addressed:
        lines = lines[lines.index(addressed[0]) + len(addressed) :]
    return _running(lines)


def annex_texts(reading: Reading) -> list[Line]:
    """The running text of the annexes and of what the document issues, below their heads."""
    return [line for lines in reading.annexes for line in _running(lines[3:])]


def _running(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.align != WD_ALIGN_PARAGRAPH.CENTER and not line.note]
