"""Does a DOCX keep to Nghị định 30/2020? Rule by rule, whoever made or edited the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from . import phrases
from .layout_reading import Line, Reading, line_of, read

FONT = "Times New Roman"
BLACK = {"000000"}
LEVEL_1 = re.compile(r"^[IVX]+\. ")
DAY = re.compile(r"ngày\s+(\d{1,2}|…)?\s*tháng\s+(\d{1,2}|…)?\s*năm\b")
NUMBER = re.compile(r"^Số:\s*(?P<number>[^/]*?)\s*/(?P<symbol>.*)$")


@dataclass(frozen=True)
class Fault:
    """A rule that is broken and a sentence that says where."""

    rule: str
    sentence: str


Rule = Callable[[Reading], Iterator[str]]
RULES: dict[str, Rule] = {}


def check(path) -> list[Fault]:
    """Every fault of the DOCX at a path or in a binary file; an empty list is a clean paper."""
    reading = read(path)
    return [Fault(name, sentence) for name, rule in RULES.items() for sentence in rule(reading)]


def rule(name: str) -> Callable[[Rule], Rule]:
    """Enter a rule under its name."""

    def enter(function: Rule) -> Rule:
        RULES[name] = function
        return function

    return enter


def _shown(line: Line) -> str:
    return f"“{line.text[:60]}{'…' if len(line.text) > 60 else ''}”"


def _sized(line: Line, low: float, high: float, what: str) -> Iterator[str]:
    if any(not low <= size <= high for size in line.sizes):
        span = f"{low:g}" if low == high else f"{low:g}–{high:g}"
        yield f"{what} {_shown(line)} phải có cỡ chữ {span}."


def _looks(line: Line, what: str, *, bold: bool = False, italic: bool = False) -> Iterator[str]:
    if line.bold != bold:
        yield f"{what} {_shown(line)} {'phải' if bold else 'không'} in đậm."
    if line.italic != italic:
        yield f"{what} {_shown(line)} {'phải in nghiêng' if italic else 'phải đứng'}."


def _capital(line: Line, what: str) -> Iterator[str]:
    if line.text != line.text.upper():
        yield f"{what} {_shown(line)} phải viết hoa."


def _centred(line: Line, what: str) -> Iterator[str]:
    if line.align != WD_ALIGN_PARAGRAPH.CENTER:
        yield f"{what} {_shown(line)} phải ở giữa."


def _starting(lines: list[Line], words: str) -> Line | None:
    return next((line for line in lines if line.text.startswith(words)), None)


def _titles(reading: Reading) -> list[Line]:
    """Kind and subject: the centred bold lines that open the body; an official letter has none."""
    titles: list[Line] = []
    for line in reading.body[:2]:
        if line.align != WD_ALIGN_PARAGRAPH.CENTER or line.text.startswith(phrases.TO):
            break
        titles.append(line)
    return titles


def _text(reading: Reading) -> list[Line]:
    """The running text: body without titles, addressees and table captions."""
    lines = reading.body[len(_titles(reading)) :]
    addressed = _starting(lines, phrases.TO)
    if addressed:
        lines = lines[lines.index(addressed) + 1 :]
        justified = (n for n, line in enumerate(lines) if line.align == WD_ALIGN_PARAGRAPH.JUSTIFY)
        lines = lines[next(justified, 0) :]
    return [line for line in lines if line.align != WD_ALIGN_PARAGRAPH.CENTER]


@rule("khổ giấy")
def paper_size(reading: Reading) -> Iterator[str]:
    for index, section in enumerate(reading.document.sections):
        sides = (round(section.page_width.mm), round(section.page_height.mm))
        if sorted(sides) != [210, 297]:
            yield f"Phần {index + 1} không phải khổ A4 (210 mm × 297 mm)."
        elif not index and sides != (210, 297):
            yield "Văn bản phải để khổ giấy đứng."


@rule("lề")
def margins(reading: Reading) -> Iterator[str]:
    ranges = (("trên", 20, 25), ("dưới", 20, 25), ("trái", 30, 35), ("phải", 15, 20))
    for index, section in enumerate(reading.document.sections):
        given = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        for (name, low, high), margin in zip(ranges, given, strict=True):
            if not low <= round(margin.mm, 1) <= high:
                yield f"Lề {name} của phần {index + 1} phải từ {low} đến {high} mm."


@rule("phông chữ")
def font(reading: Reading) -> Iterator[str]:
    for line in reading.every_line():
        if line.fonts - {FONT}:
            yield f"{_shown(line)} phải dùng phông {FONT}."


@rule("màu chữ")
def colour(reading: Reading) -> Iterator[str]:
    for line in reading.every_line():
        if line.colours - BLACK:
            yield f"{_shown(line)} phải màu đen."


@rule("số trang")
def page_number(reading: Reading) -> Iterator[str]:
    for index, section in enumerate(reading.document.sections):
        name = "văn bản" if not index else f"phụ lục {index}"
        numbered = [p for p in section.header.paragraphs if _page_field(p._p)]
        if not numbered:
            yield f"Số trang của {name} phải ở lề trên."
            continue
        line = line_of(numbered[0])
        yield from _centred(line, "Số trang")
        yield from _sized(line, 13, 14, "Số trang")
        first = section.first_page_header.paragraphs
        if not section.different_first_page_header_footer or any(_page_field(p._p) for p in first):
            yield f"Trang đầu của {name} không ghi số trang."
        start = section._sectPr.find(qn("w:pgNumType"))
        if index and (start is None or start.get(qn("w:start")) != "1"):
            yield f"Số trang của {name} phải đánh riêng từ 1."


def _page_field(element) -> bool:
    simple = [field.get(qn("w:instr")) for field in element.iter(qn("w:fldSimple"))]
    complex_ = [field.text for field in element.iter(qn("w:instrText"))]
    return any("PAGE" in (code or "").split() for code in simple + complex_)


@rule("quốc hiệu")
def nation(reading: Reading) -> Iterator[str]:
    line = next((line for line in reading.nation if line.text.upper() == phrases.NATION), None)
    if line is None or line.text != phrases.NATION:
        yield f"Thiếu Quốc hiệu “{phrases.NATION}”."
        return
    yield from _sized(line, 12, 13, "Quốc hiệu")
    yield from _looks(line, "Quốc hiệu", bold=True)
    yield from _centred(line, "Quốc hiệu")


@rule("tiêu ngữ")
def motto(reading: Reading) -> Iterator[str]:
    line = _starting(reading.nation, phrases.MOTTO)
    if line is None or line.text != phrases.MOTTO:
        yield f"Thiếu Tiêu ngữ “{phrases.MOTTO}”."
        return
    yield from _sized(line, 13, 14, "Tiêu ngữ")
    yield from _looks(line, "Tiêu ngữ", bold=True)
    yield from _centred(line, "Tiêu ngữ")


@rule("cơ quan ban hành")
def issuer(reading: Reading) -> Iterator[str]:
    if not reading.issuer:
        yield "Thiếu tên cơ quan ban hành."
        return
    *superiors, body = reading.issuer
    yield from _looks(body, "Cơ quan ban hành", bold=True)
    for line in superiors:
        yield from _looks(line, "Cơ quan chủ quản", bold=False)
    for line in reading.issuer:
        yield from _sized(line, 12, 13, "Tên cơ quan")
        yield from _capital(line, "Tên cơ quan")
        yield from _centred(line, "Tên cơ quan")


@rule("số, ký hiệu")
def number(reading: Reading) -> Iterator[str]:
    line = _starting(reading.number, "Số:")
    found = NUMBER.match(line.text) if line else None
    if line is None or found is None:
        yield "Thiếu dòng “Số: …/ký hiệu” dưới tên cơ quan."
        return
    yield from _sized(line, 13, 13, "Số, ký hiệu")
    yield from _looks(line, "Số, ký hiệu")
    if found["symbol"] != found["symbol"].strip() or " " in found["symbol"]:
        yield f"Ký hiệu {_shown(line)} viết liền, không có dấu cách."
    if re.fullmatch(r"\d", found["number"]):
        yield f"Số nhỏ hơn 10 phải thêm số 0 phía trước: {_shown(line)}."


@rule("địa danh, ngày tháng")
def place_and_day(reading: Reading) -> Iterator[str]:
    line = next((line for line in reading.place if DAY.search(line.text)), None)
    if line is None:
        yield "Thiếu địa danh và ngày, tháng, năm dưới Tiêu ngữ."
        return
    yield from _sized(line, 13, 14, "Địa danh, ngày tháng")
    yield from _looks(line, "Địa danh, ngày tháng", italic=True)
    if not re.match(r"^\S.*, ngày", line.text):
        yield f"Sau địa danh có dấu phẩy rồi đến “ngày”: {_shown(line)}."
    yield from _day_writing(line)


def _day_writing(line: Line) -> Iterator[str]:
    day, month = DAY.search(line.text).groups()
    if day and day.isdigit() and len(day) < 2:
        yield f"Ngày nhỏ hơn 10 phải thêm số 0 phía trước: {_shown(line)}."
    if month and month.isdigit() and (len(month) == 2) != (int(month) in (1, 2, 10, 11, 12)):
        yield f"Chỉ tháng 1 và tháng 2 thêm số 0 phía trước: {_shown(line)}."


@rule("tên loại và trích yếu")
def title(reading: Reading) -> Iterator[str]:
    titles = _titles(reading)
    letter = any(line.text.startswith("V/v") for line in reading.number)
    if letter:
        for line in (line for line in reading.number if line.text.startswith("V/v")):
            yield from _sized(line, 12, 13, "Trích yếu công văn")
            yield from _looks(line, "Trích yếu công văn")
        return
    if len(titles) < 2:
        yield "Thiếu tên loại văn bản hoặc trích yếu ở giữa, dưới phần đầu."
        return
    yield from _capital(titles[0], "Tên loại")
    for line, what in zip(titles, ("Tên loại", "Trích yếu"), strict=True):
        yield from _sized(line, 13, 14, what)
        yield from _looks(line, what, bold=True)


@rule("kính gửi")
def addressees(reading: Reading) -> Iterator[str]:
    line = _starting(reading.body, phrases.TO)
    if line is not None:
        yield from _sized(line, 13, 14, "Kính gửi")
        yield from _looks(line, "Kính gửi")


@rule("căn cứ")
def bases(reading: Reading) -> Iterator[str]:
    lines = [line for line in reading.body if line.text.startswith("Căn cứ ") and line.text.endswith((";", "."))]
    leading = lines if lines and reading.body[len(_titles(reading)) :][:1] == lines[:1] else []
    for index, line in enumerate(leading):
        yield from _sized(line, 13, 14, "Căn cứ")
        yield from _looks(line, "Căn cứ", italic=True)
        end = "." if index == len(leading) - 1 else ";"
        if not line.text.endswith(end):
            yield f"Căn cứ {_shown(line)} phải kết thúc bằng dấu “{end}”."


@rule("nội dung")
def text(reading: Reading) -> Iterator[str]:
    for line in _text(reading):
        if max(line.sizes, default=14) < 13 and line.text.startswith("("):
            continue  # a footnote under a table
        yield from _sized(line, 13, 14, "Nội dung")
        if line.align != WD_ALIGN_PARAGRAPH.JUSTIFY:
            yield f"{_shown(line)} phải dàn đều hai lề."
        if line.first not in (10, 12.7):
            yield f"Đầu dòng {_shown(line)} phải lùi vào 1 cm hoặc 1,27 cm."
        if line.before + line.after < 6:
            yield f"Khoảng cách đoạn {_shown(line)} tối thiểu 6pt."
        if not 1 <= line.spacing <= 1.5:
            yield f"Khoảng cách dòng của {_shown(line)} phải từ dòng đơn đến 1,5 dòng."


@rule("đề mục")
def headings(reading: Reading) -> Iterator[str]:
    for line in _text(reading):
        if LEVEL_1.match(line.text):
            yield from _capital(line, "Đề mục")
            yield from _looks(line, "Đề mục", bold=True)


@rule("kết thúc")
def ending(reading: Reading) -> Iterator[str]:
    lines = _text(reading)
    if lines and not lines[-1].text.endswith("./."):
        yield "Nội dung phải kết thúc bằng dấu “./.”."


@rule("nơi nhận")
def copies(reading: Reading) -> Iterator[str]:
    if not reading.copies:
        yield "Thiếu phần “Nơi nhận:”."
        return
    label, *lines = reading.copies
    if label.text != phrases.COPIES:
        yield "Từ “Nơi nhận:” đứng riêng một dòng."
    yield from _sized(label, 12, 12, "Nhãn")
    yield from _looks(label, "Nhãn", bold=True, italic=True)
    for line in lines:
        yield from _sized(line, 11, 11, "Nơi nhận")
        yield from _looks(line, "Nơi nhận")
        if not line.text.startswith("- "):
            yield f"Nơi nhận {_shown(line)} bắt đầu bằng “- ”."
    if not lines or not re.match(r"^- Lưu: .*\.$", lines[-1].text):
        yield "Dòng cuối nơi nhận ghi “- Lưu: …” và dấu chấm."


@rule("chữ ký")
def signature(reading: Reading) -> Iterator[str]:
    if not reading.signature:
        yield "Thiếu quyền hạn, chức vụ của người ký."
        return
    yield from _capital(reading.signature[0], "Quyền hạn, chức vụ")
    for line in reading.signature:
        yield from _sized(line, 13, 14, "Chữ ký")
        yield from _looks(line, "Chữ ký", bold=True)
        yield from _centred(line, "Chữ ký")


@rule("phụ lục")
def annexes(reading: Reading) -> Iterator[str]:
    for index, lines in enumerate(reading.annexes):
        label = "Phụ lục" if len(reading.annexes) == 1 else f"Phụ lục {phrases.roman(index + 1)}"
        if not lines or lines[0].text != label:
            yield f"Phụ lục thứ {index + 1} phải mở đầu bằng dòng “{label}”."
            continue
        yield from _annex_head(lines)


def _annex_head(lines: list[Line]) -> Iterator[str]:
    label, *others = lines[:3]
    yield from _sized(label, 14, 14, "Nhãn phụ lục")
    yield from _looks(label, "Nhãn phụ lục", bold=True)
    yield from _centred(label, "Nhãn phụ lục")
    for line, italic in zip(others, (False, True), strict=False):
        what = "Dòng kèm theo" if italic else "Tên phụ lục"
        yield from _sized(line, 13, 14, what)
        yield from _looks(line, what, bold=not italic, italic=italic)
        yield from _centred(line, what)
        if not italic:
            yield from _capital(line, what)
