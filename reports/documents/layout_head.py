"""Rules for the sheet and for what stands above the text: ô 1 to ô 5."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn

from . import phrases
from .layout_reading import Head, Reading, Stroke, line_of
from .layout_rule import DAY, capital, centred, days_written, is_letter, looks, rule, shown, sized, starting, titles_of

FONT = "Times New Roman"
BLACK = {"000000"}
NUMBER = re.compile(r"^Số:\s*(?P<number>[^/]*?)\s*/(?P<symbol>.*)$")
HALF = (0.28, 0.6)  # a third to a half, and what the eye does not see
WHOLE = (0.94, 1.06)
KINDS = {"KẾ HOẠCH", "QUYẾT ĐỊNH", "BÁO CÁO"}


@rule("khổ giấy", annexes_too=True)
def paper_size(reading: Reading) -> Iterator[str]:
    for index, section in enumerate(reading.document.sections):
        sides = (round(section.page_width.mm), round(section.page_height.mm))
        if sorted(sides) != [210, 297]:
            yield f"Phần {index + 1} không phải khổ A4 (210 mm × 297 mm)."
        elif not index and not reading.only_annexes and sides != (210, 297):
            yield "Văn bản phải để khổ giấy đứng."


@rule("lề", annexes_too=True)
def margins(reading: Reading) -> Iterator[str]:
    ranges = (("trên", 20, 25), ("dưới", 20, 25), ("trái", 30, 35), ("phải", 15, 20))
    for index, section in enumerate(reading.document.sections):
        given = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        for (name, low, high), margin in zip(ranges, given, strict=True):
            if not low <= round(margin.mm, 1) <= high:
                yield f"Lề {name} của phần {index + 1} phải từ {low} đến {high} mm."


@rule("phông chữ", annexes_too=True)
def font(reading: Reading) -> Iterator[str]:
    for line in reading.every_line():
        if line.fonts - {FONT}:
            yield f"{shown(line)} phải dùng phông {FONT}."


@rule("màu chữ", annexes_too=True)
def colour(reading: Reading) -> Iterator[str]:
    for line in reading.every_line():
        if line.colours - BLACK:
            yield f"{shown(line)} phải màu đen."


@rule("số trang", annexes_too=True)
def page_number(reading: Reading) -> Iterator[str]:
    for index, section in enumerate(reading.document.sections):
        name = "văn bản" if not index else f"phụ lục {index}"
        numbered = [p for p in section.header.paragraphs if _page_field(p._p)]
        if not numbered:
            yield f"Số trang của {name} phải ở lề trên."
            continue
        line = line_of(numbered[0])
        yield from centred(line, "Số trang")
        yield from sized(line, 13, 14, "Số trang")
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
    for head in reading.heads:
        line = next((line for line in head.nation if line.text.upper() == phrases.NATION), None)
        if line is None or line.text != phrases.NATION:
            yield f"Thiếu Quốc hiệu “{phrases.NATION}”."
            continue
        yield from sized(line, 12, 13, "Quốc hiệu")
        yield from looks(line, "Quốc hiệu", bold=True)
        yield from centred(line, "Quốc hiệu")
        if line.spacing != 1 or line.after:
            yield "Quốc hiệu và Tiêu ngữ cách nhau dòng đơn."


@rule("tiêu ngữ")
def motto(reading: Reading) -> Iterator[str]:
    for head in reading.heads:
        line = starting(head.nation, phrases.MOTTO)
        if line is None or line.text != phrases.MOTTO:
            yield f"Thiếu Tiêu ngữ “{phrases.MOTTO}”."
            continue
        yield from sized(line, 13, 14, "Tiêu ngữ")
        yield from looks(line, "Tiêu ngữ", bold=True)
        yield from centred(line, "Tiêu ngữ")


@rule("cơ quan ban hành")
def issuer(reading: Reading) -> Iterator[str]:
    for head in reading.heads:
        yield from _issuer(head)


def _issuer(head: Head) -> Iterator[str]:
    if not head.issuer:
        yield "Thiếu tên cơ quan ban hành."
        return
    *superiors, body = head.issuer
    yield from looks(body, "Cơ quan ban hành", bold=True)
    for line in superiors:
        yield from looks(line, "Cơ quan chủ quản", bold=False)
    for line in head.issuer:
        yield from sized(line, 12, 13, "Tên cơ quan")
        yield from capital(line, "Tên cơ quan")
        yield from centred(line, "Tên cơ quan")


@rule("đường kẻ")
def strokes(reading: Reading) -> Iterator[str]:
    """Solid lines: half as long as the words above, below the motto as long as it."""
    for head in reading.heads:
        yield from _stroke(head.issuer_stroke, HALF, "tên cơ quan ban hành", "dài từ 1/3 đến 1/2 dòng chữ")
        yield from _stroke(head.nation_stroke, WHOLE, "Tiêu ngữ", "dài bằng dòng chữ")
    if not is_letter(reading):
        yield from _stroke(reading.title_stroke, HALF, "trích yếu", "dài từ 1/3 đến 1/2 dòng chữ")


def _stroke(stroke: Stroke | None, share: tuple[float, float], where: str, length: str) -> Iterator[str]:
    if stroke is None or not share[0] <= stroke.share <= share[1]:
        yield f"Dưới {where} phải có đường kẻ nét liền, {length}."


@rule("vị trí")
def places(reading: Reading) -> Iterator[str]:
    """Each element in its box of the sheet, as the drawing of the decree has it."""
    yield from reading.misplaced
    for line in reading.body[2:]:
        if line.text in KINDS:
            yield f"Tên loại {shown(line)} phải ở ngay dưới phần đầu."
    if starting(reading.body, "Số:") or any(line.text.startswith("V/v") for line in reading.body):
        yield "Số, ký hiệu và trích yếu công văn phải ở dưới tên cơ quan."


@rule("số, ký hiệu")
def number(reading: Reading) -> Iterator[str]:
    line = starting(reading.number, "Số:")
    found = NUMBER.match(line.text) if line else None
    if line is None or found is None:
        yield "Thiếu dòng “Số: …/ký hiệu” dưới tên cơ quan."
        return
    yield from sized(line, 13, 13, "Số, ký hiệu")
    yield from looks(line, "Số, ký hiệu")
    if found["symbol"] != found["symbol"].strip() or " " in found["symbol"]:
        yield f"Ký hiệu {shown(line)} viết liền, không có dấu cách."
    if re.fullmatch(r"\d", found["number"]):
        yield f"Số nhỏ hơn 10 phải thêm số 0 phía trước: {shown(line)}."


@rule("địa danh, ngày tháng")
def place_and_day(reading: Reading) -> Iterator[str]:
    line = next((line for line in reading.place if DAY.search(line.text)), None)
    if line is None:
        yield "Thiếu địa danh và ngày, tháng, năm dưới Tiêu ngữ."
        return
    yield from sized(line, 13, 14, "Địa danh, ngày tháng")
    yield from looks(line, "Địa danh, ngày tháng", italic=True)
    if not re.match(r"^\S.*, ngày", line.text):
        yield f"Sau địa danh có dấu phẩy rồi đến “ngày”: {shown(line)}."
    yield from days_written(line)


@rule("tên loại và trích yếu")
def title(reading: Reading) -> Iterator[str]:
    if is_letter(reading):
        for line in (line for line in reading.number if line.text.startswith("V/v")):
            yield from sized(line, 12, 13, "Trích yếu công văn")
            yield from looks(line, "Trích yếu công văn")
            yield from centred(line, "Trích yếu công văn")
            if line.before < 6:
                yield "Trích yếu công văn cách dòng số, ký hiệu 6pt."
        return
    titles = titles_of(reading)
    if len(titles) < 2:
        yield "Thiếu tên loại văn bản hoặc trích yếu ở giữa, dưới phần đầu."
        return
    yield from capital(titles[0], "Tên loại")
    for line, what in zip(titles, ("Tên loại", "Trích yếu"), strict=True):
        yield from sized(line, 13, 14, what)
        yield from looks(line, what, bold=True)
