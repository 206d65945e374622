"""A paper as DOCX in the layout of Nghị định 30/2020, for the clerk who numbers and signs it."""

from __future__ import annotations

from functools import singledispatchmethod
from io import BytesIO
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from . import phrases
from .docx_chart import chart_run, put_picture
from .docx_styles import LOOKS, dress, lay_out
from .docx_table import add_table, fill, frame, put, row_of, twips
from .measure import balanced, width
from .paper import Annex, Block, Chart, Gallery, Heading, Item, Note, Paper, Para, Picture, Table
from .sheet import ANNEX_TITLE_SHARE, FOOT, HEAD, LETTER_SUBJECT_ROOM, RULE_SHARE, TITLE_ROOM, room

STAMP = (1980, 1, 1, 0, 0, 0)


def write(paper: Paper, to: str | PathLike | BinaryIO) -> None:
    """Write the DOCX to a path or a binary file; the same paper gives the same bytes."""
    drawing = Drawing(phrases.tidied(paper))
    drawing.draw()
    raw = BytesIO()
    drawing.document.save(raw)
    data = without_clock(raw)
    if isinstance(to, str | PathLike):
        Path(to).write_bytes(data)
    else:
        to.write(data)


def without_clock(raw: BytesIO) -> bytes:
    """The same package with fixed times inside the zip."""
    out = BytesIO()
    with ZipFile(raw) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = ZipInfo(name, STAMP)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


class Drawing:
    """One document while it is being drawn, from top to bottom."""

    def __init__(self, paper: Paper):
        self.paper = paper
        self.document = docx.Document()
        self.room = room(landscape=False)
        self.charts = 0
        dress(self.document)

    def draw(self) -> None:
        section = self.document.sections[0]
        lay_out(section, landscape=False)
        self._header_and_footer(section)
        if not self.paper.only_annexes:
            self._main()
        for index, annex in enumerate(self.paper.annexes):
            self._annex(index, annex)
        self._properties()

    def _main(self) -> None:
        self._letterhead()
        self._title()
        self._addressees()
        if self.paper.authority:
            self._centred(None, self.paper.authority.upper(), "Thẩm quyền ban hành", TITLE_ROOM)
        for line in phrases.base_lines(self.paper):
            self._line(line, "Căn cứ")
        if self.paper.resolves:
            self._line(self.paper.resolves, "Lời quyết định")
        self._blocks(self.paper.blocks)
        self._signature()

    # Ô 1 to 5

    def _letterhead(self, *, numbered: bool = True) -> None:
        head = self.paper.letterhead
        table = frame([twips(side) for side in HEAD], borders=False)
        row = row_of(table)
        issuer, nation = self._cell(row, HEAD[0]), self._cell(row, HEAD[1])
        if head.superior.strip():
            self._centred(issuer, head.superior.upper(), "Cơ quan chủ quản", HEAD[0])
        last = self._centred(issuer, head.body.upper(), "Cơ quan ban hành", HEAD[0])
        self._rule(issuer, last * RULE_SHARE, HEAD[0])
        self._line(phrases.NATION, "Quốc hiệu", nation)
        self._line(phrases.MOTTO, "Tiêu ngữ", nation)
        self._rule(nation, width(phrases.MOTTO, LOOKS["Tiêu ngữ"].size), HEAD[1])
        if numbered:
            self._number_row(row_of(table))
        self._append(table)
        self._line("", "Khoảng trống")

    def _number_row(self, row) -> None:
        paper = self.paper
        number, place = self._cell(row, HEAD[0]), self._cell(row, HEAD[1])
        self._line(phrases.number_line(paper), "Số ký hiệu", number)
        if phrases.is_letter(paper):
            self._centred(number, phrases.subject_line(paper), "Trích yếu công văn", LETTER_SUBJECT_ROOM)
        self._line(phrases.place_line(paper), "Địa danh ngày tháng", place)

    def _title(self) -> None:
        if phrases.is_letter(self.paper):
            return
        self._line(self.paper.kind.strip().upper(), "Tên loại")
        last = self._centred(None, phrases.subject_line(self.paper), "Trích yếu", TITLE_ROOM)
        self._rule(None, last * RULE_SHARE, self.room, after=8)

    def _addressees(self) -> None:
        lines = phrases.addressee_lines(self.paper)
        if len(lines) == 1:
            paragraph = self._line(f"{phrases.TO} {lines[0]}", "Kính gửi")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Mm(4)
        elif lines:
            self._several_addressees(lines)

    def _several_addressees(self, lines: tuple[str, ...]) -> None:
        """The dashes stand under each other, below the colon; the whole in the middle of the page."""
        size = LOOKS["Kính gửi"].size
        label = width(phrases.TO, size, bold=False)
        longest = max(width(line, size, bold=False) for line in lines)
        left = max(0.0, (self.room - label - longest) / 2)
        self._line(phrases.TO, "Kính gửi").paragraph_format.left_indent = Mm(left)
        for line in lines:
            paragraph = self._line(line, "Kính gửi")
            shape = paragraph.paragraph_format
            shape.left_indent, shape.first_line_indent = Mm(left + label + 3), Mm(-3)
            shape.space_before = 0
        shape.space_after = Mm(4)

    # Ô 6

    def _blocks(self, blocks: tuple[Block, ...]) -> None:
        for block, following in pairwise((*blocks, None)):
            self._draw(block, following)

    @singledispatchmethod
    def _draw(self, block, following) -> None:
        raise TypeError(f"no way to print a {type(block).__name__}")

    @_draw.register
    def _(self, block: Heading, following) -> None:
        text = block.text.upper() if block.level == 1 else block.text
        self._line(text, f"Heading {min(max(block.level, 1), 3)}")

    @_draw.register
    def _(self, block: Para, following) -> None:
        paragraph = self._line("" if block.runs else block.text, "Nội dung")
        for each in block.runs:
            run = paragraph.add_run()
            fill(run._r, each.text)
            run.bold, run.italic = each.bold or None, each.italic or None
        if block.keep:
            paragraph.paragraph_format.keep_with_next = True

    @_draw.register
    def _(self, block: Item, following) -> None:
        self._line(f"- {block.text}", "Nội dung")

    @_draw.register
    def _(self, block: Table, following) -> None:
        if block.caption:
            self._line(block.caption, "Tên bảng")
        add_table(self.document, block, self.room)
        if not isinstance(following, Note):
            self._line("", "Khoảng trống").paragraph_format.space_after = Mm(2)

    @_draw.register
    def _(self, block: Note, following) -> None:
        paragraph = self._line(f"{block.mark} {block.text}".strip(), "Ghi chú bảng")
        if not isinstance(following, Note):
            paragraph.paragraph_format.space_after = Mm(2)

    @_draw.register
    def _(self, block: Chart, following) -> None:
        self._line(block.title, "Tên bảng")
        self.charts += 1
        self._line("", "Biểu đồ")._p.append(chart_run(self.document, block, self.room, self.charts))

    @_draw.register
    def _(self, block: Gallery, following) -> None:
        table = frame([twips(self.room / 2)] * 2, borders=False)
        for first in range(0, len(block.pictures), 2):
            row = row_of(table)
            for picture in (*block.pictures[first : first + 2], None)[:2]:
                self._picture(self._cell(row, self.room / 2), picture)
        self._append(table)
        self._line("", "Khoảng trống")

    def _picture(self, cell, picture: Picture | None) -> None:
        if picture is None:
            put(cell, "p")
            return
        put_picture(self._line("", "Ảnh", cell).add_run(), picture)
        self._line(picture.caption, "Chú thích ảnh", cell)

    # Ô 7 and 9b

    def _signature(self) -> None:
        lines, copies = phrases.signature_lines(self.paper), phrases.copy_lines(self.paper)
        if not lines and not copies:
            return
        self._hold_last_paragraph()
        table = frame([twips(side) for side in FOOT], borders=False)
        row = row_of(table)
        left, right = self._cell(row, FOOT[0]), self._cell(row, FOOT[1])
        if copies:
            self._line(phrases.COPIES, "Nhãn nơi nhận", left)
        for line in copies:
            shape = self._line(line, "Nơi nhận", left).paragraph_format
            shape.left_indent, shape.first_line_indent = Mm(2), Mm(-2)
        for index, line in enumerate(lines):
            paragraph = self._line(line, "Quyền hạn chức vụ", right)
            if not index:
                paragraph.paragraph_format.space_before = Pt(LOOKS["Nhãn nơi nhận"].before)
        self._line(self.paper.signature.name.strip(), "Họ tên", right)
        for cell in (left, right):
            if cell.find(qn("w:p")) is None:
                put(cell, "p")
        self._append(table)
        self._line("", "Khoảng trống")

    def _hold_last_paragraph(self) -> None:
        """The last words of the text go over to the signature's page, never the signature alone."""
        last = self.document.element.body[-2] if len(self.document.element.body) > 1 else None
        if last is not None and last.tag == qn("w:p"):
            Paragraph(last, self.document).paragraph_format.keep_with_next = True

    # Phụ lục

    def _annex(self, index: int, annex: Annex) -> None:
        self.room = room(landscape=annex.landscape)
        if index or not self.paper.only_annexes:
            section = self.document.add_section(WD_SECTION.NEW_PAGE)
            Paragraph(self.document.element.body[-2], self.document).style = self.document.styles["Khoảng trống"]
        else:
            section = self.document.sections[0]
        lay_out(section, landscape=annex.landscape)
        self._own_foot(section, index)
        if annex.kind:
            self._issued(annex)
            return
        self._line(phrases.annex_label(self.paper, index), "Phụ lục")
        self._centred(None, annex.title.strip().upper(), "Tên phụ lục", self.room * ANNEX_TITLE_SHARE)
        self._centred(None, phrases.annex_reference(self.paper, annex), "Kèm theo", self.room * ANNEX_TITLE_SHARE)
        self._rule(None, 40.0, self.room, after=8)
        self._blocks(annex.blocks)

    def _issued(self, annex: Annex) -> None:
        """What a decision issues begins like a document of its own, without a number."""
        self._letterhead(numbered=False)
        self._line(annex.kind.strip().upper(), "Tên loại")
        self._centred(None, annex.title.strip(), "Trích yếu", TITLE_ROOM)
        self._centred(None, phrases.annex_reference(self.paper, annex), "Kèm theo", TITLE_ROOM)
        self._rule(None, 40.0, self.room, after=8)
        self._blocks(annex.blocks)

    # Parts

    def _cell(self, row, side: float):
        cell = put(row, "tc")
        put(put(cell, "tcPr"), "tcW", w=twips(side), type="dxa")
        return cell

    def _append(self, element) -> None:
        self.document.element.body.insert_element_before(element, "w:sectPr")

    def _line(self, text: str, style: str, cell=None) -> Paragraph:
        """A paragraph at the end of the document, or of a cell."""
        element = OxmlElement("w:p")
        if cell is None:
            self._append(element)
        else:
            cell.append(element)
        paragraph = Paragraph(element, self.document)
        paragraph.style = self.document.styles[style]
        if text:
            fill(paragraph.add_run()._r, text)
        return paragraph

    def _centred(self, cell, text: str, style: str, measure: float) -> float:
        """A centred title whose lines are about equally long; the width of its last line, in mm."""
        look = LOOKS[style]
        wide, last = balanced(text, look.size, measure, bold=look.bold)
        shape = self._line(text, style, cell).paragraph_format
        outer = self.room if cell is None else HEAD[0]
        shape.left_indent = shape.right_indent = Mm(max(0.0, (outer - wide) / 2))
        return last

    def _rule(self, cell, length: float, outer: float, *, after: float = 0) -> None:
        """A solid line of `length` mm in the middle of `outer` mm."""
        paragraph = self._line("", "Đường kẻ", cell)
        shape = paragraph.paragraph_format
        shape.left_indent = shape.right_indent = Mm(max(0.0, (outer - length) / 2))
        if after:
            shape.space_after = Mm(after / 2)
        borders = OxmlElement("w:pBdr")
        put(borders, "top", val="single", sz=6, space=1, color="000000")
        paragraph._p.pPr.find(qn("w:pStyle")).addnext(borders)

    def _header_and_footer(self, section) -> None:
        number = section.header.paragraphs[0]
        number.style = self.document.styles["Số trang"]
        field = put(number._p, "fldSimple", instr=" PAGE ")
        fill(put(field, "r"), "2")
        section.first_page_header.paragraphs[0].style = self.document.styles["Số trang"]
        self._foot(section, phrases.foot_lines(self.paper, annex=self.paper.only_annexes))

    def _foot(self, section, lines: tuple[str, ...]) -> None:
        for footer in (section.first_page_footer, section.footer):
            paragraph = footer.paragraphs[0]
            paragraph.style = self.document.styles["Chân trang"]
            fill(paragraph.add_run()._r, "\n".join(lines))

    def _own_foot(self, section, index: int) -> None:
        """The mark of the annexes begins with the first of them; those behind follow it."""
        lines = phrases.foot_lines(self.paper, annex=True)
        if index or self.paper.only_annexes or lines == phrases.foot_lines(self.paper):
            return
        section.footer.is_linked_to_previous = section.first_page_footer.is_linked_to_previous = False
        self._foot(section, lines)

    def _properties(self) -> None:
        paper, properties = self.paper, self.document.core_properties
        moment = phrases.created(paper).replace(tzinfo=None)
        issuer = phrases.issuer_name(paper)[:255]
        properties.author = properties.last_modified_by = issuer
        properties.created = properties.modified = moment
        properties.title = f"{paper.kind.strip()} {phrases.subject_line(paper)}".strip()[:255]
        properties.subject = phrases.number_line(paper)[:255]
        properties.keywords = "; ".join(phrases.keywords(paper))[:255]
        properties.comments = ""
        properties.language = "vi-VN"
        properties.revision = 1
        package = self.document.part.package
        for key, relation in list(package.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
                del package.rels[key]
