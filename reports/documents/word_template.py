"""A province's own Word template filled in: a fixed list of slots is replaced by words, nothing in it is ever run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import BinaryIO

import docx
from docx.oxml.ns import qn

from . import phrases
from .docx import Drawing, without_clock
from .docx_styles import add_looks
from .docx_table import SPACE, put
from .paper import Paper

SLOTS = {
    "co_quan_chu_quan": "cơ quan chủ quản, chữ hoa",
    "co_quan_ban_hanh": "cơ quan ban hành, chữ hoa",
    "so_ky_hieu": "số, ký hiệu, như “Số: 412/BC-SNV”",
    "dia_danh_ngay": "địa danh, ngày tháng năm",
    "ten_loai": "tên loại, như “BÁO CÁO”",
    "trich_yeu": "trích yếu",
    "kinh_gui": "nơi gửi đến, mỗi nơi một dòng",
    "noi_dung": "toàn bộ nội dung; đứng một mình trong một đoạn",
    "quyen_han_chuc_vu": "quyền hạn, chức vụ của người ký",
    "ho_ten": "họ tên người ký",
    "noi_nhan": "nơi nhận, mỗi nơi một dòng",
    "phu_luc": "các phụ lục; đứng một mình trong một đoạn, in ở cuối",
    "tinh": "tên tỉnh, thành phố",
    "nam": "năm của Tháng hành động",
    "chu_de": "chủ đề của năm",
    "dau_ban": "dấu của bản dự thảo: bản số liệu và mã; để ở chân trang",
}
BLOCKS = ("noi_dung", "phu_luc")
MEASURE = r"CT[\w.-]{1,20}(?::nam)?"  # the number of a measure, in the month or in the whole year
SLOT = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
MARKED = re.compile(r"/word/(header|footer)\d*\.xml")


def fill(content: bytes, paper: Paper, facts: Mapping[str, str], to: BinaryIO) -> None:
    """Write the template with the paper's words; `facts` are the names of the year and the measures' numbers.

    Words put into a slot are never read again: braces that a person typed are printed as typed.
    """
    paper = phrases.tidied(paper)
    drawing = _InTemplate(paper, docx.Document(BytesIO(content)))
    drawing.fill({**_words(paper), **phrases.tidied(dict(facts))})
    raw = BytesIO()
    drawing.document.save(raw)
    to.write(without_clock(raw))


def _words(paper: Paper) -> dict[str, str]:
    head = paper.letterhead
    return {
        "co_quan_chu_quan": head.superior.strip().upper(),
        "co_quan_ban_hanh": head.body.upper(),
        "so_ky_hieu": phrases.number_line(paper),
        "dia_danh_ngay": phrases.place_line(paper),
        "ten_loai": paper.kind.strip().upper(),
        "trich_yeu": phrases.subject_line(paper),
        "kinh_gui": "\n".join(phrases.addressee_lines(paper)),
        "quyen_han_chuc_vu": "\n".join(phrases.signature_lines(paper)),
        "ho_ten": paper.signature.name.strip(),
        "noi_nhan": "\n".join(phrases.copy_lines(paper)),
        "dau_ban": "\n".join(phrases.foot_lines(paper)),
        "noi_dung": "",
        "phu_luc": "",
    }


class _InTemplate(Drawing):
    """The template's own document, with our styles added where it has none of that name."""

    def __init__(self, paper: Paper, document):
        self.paper, self.document, self.charts = paper, document, 0
        add_looks(document)
        page = document.sections[0]
        self.room = page.page_width.mm - page.left_margin.mm - page.right_margin.mm

    def fill(self, words: Mapping[str, str]) -> None:
        marked = self._mark_if_nowhere()
        whole = {name: self._alone(name) for name in BLOCKS}
        for element in self._parts():
            for paragraph in list(element.iter(qn("w:p"))):
                if paragraph not in whole.values():
                    _replace(paragraph, words)
        if whole["noi_dung"] is not None:
            self._text(whole["noi_dung"])
        if whole["phu_luc"] is not None:
            whole["phu_luc"].getparent().remove(whole["phu_luc"])
            for index, annex in enumerate(self.paper.annexes):
                self._annex(index, annex)
        if marked:
            self._foot_line()
        self._properties()

    def _parts(self) -> list:
        found = [self.document.element]
        for part in self.document.part.package.iter_parts():
            if MARKED.fullmatch(str(part.partname)):
                found.append(part.element)
        return found

    def _alone(self, name: str):
        """The paragraph of the body in which the slot stands alone; None when there is none."""
        for paragraph in self.document.element.body.iterchildren(qn("w:p")):
            found = SLOT.fullmatch("".join(node.text or "" for node in paragraph.iter(qn("w:t"))).strip())
            if found and found[1] == name:
                return paragraph
        return None

    def _text(self, place) -> None:
        body = self.document.element.body
        before = set(body)
        self._blocks(self.paper.blocks)
        for element in [each for each in body if each not in before]:
            place.addprevious(element)
        body.remove(place)

    def _mark_if_nowhere(self) -> bool:
        said = ("".join(node.text or "" for node in element.iter(qn("w:t"))) for element in self._parts())
        return bool(phrases.foot_lines(self.paper)) and not any("dau_ban" in SLOT.findall(text) for text in said)

    def _own_foot(self, section, index: int) -> None:
        """The annexes have a first page of their own, for which the template has no foot: it gets their mark."""
        if not index:
            section.footer.is_linked_to_previous = section.first_page_footer.is_linked_to_previous = False
            self._foot(section, phrases.foot_lines(self.paper, annex=True))

    def _foot_line(self) -> None:
        """A draft says that it is one, whatever the template has at its foot."""
        section = self.document.sections[0]
        footers = [section.footer] + [section.first_page_footer] * section.different_first_page_header_footer
        for footer in footers:
            paragraph = footer.add_paragraph(style=self.document.styles["Chân trang"])
            paragraph.add_run("\n".join(phrases.foot_lines(self.paper)))


def _replace(paragraph, words: Mapping[str, str]) -> None:
    """Slots of one paragraph, also those that Word cut into several runs; each look stays that of the first piece."""
    nodes = [node for node in paragraph.iter(qn("w:t")) if next(node.iterancestors(qn("w:p"))) is paragraph]
    text = "".join(node.text or "" for node in nodes)
    for found in reversed(list(SLOT.finditer(text))):
        _put_in(nodes, *found.span(), words.get(found[1], phrases.NO_DATA))
    for node in nodes:
        _break(node)


def _put_in(nodes: list, start: int, end: int, value: str) -> None:
    place, value_left = 0, value
    for node in nodes:
        text = node.text or ""
        first, last = max(start - place, 0), min(end - place, len(text))
        if first < last or (first == last and first and not value_left):
            node.text = text[:first] + value_left + text[last:]
            node.set(SPACE, "preserve")
            value_left = ""
        place += len(text)


def _break(node) -> None:
    """A line break inside a value stays one."""
    first, *others = (node.text or "").split("\n")
    node.text = first
    last = node
    for line in others:
        run = node.getparent()
        brk = put(run, "br")
        after = put(run, "t")
        after.text = line
        after.set(SPACE, "preserve")
        last.addnext(brk)
        brk.addnext(after)
        last = after
