"""A DOCX as lines with the look they really have, whoever made the file: what the layout rules look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .measure import last_line
from .phrases import COPIES, MOTTO, NATION

SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
DEFAULT_SIZE = 10.0
NOTE_SIZE = 13.0  # smaller words right behind a table are its footnotes
MM_PER_TWIP = 25.4 / 1440


@dataclass(frozen=True)
class Line:
    """One paragraph with words; sizes and distances in points, the indent in mm."""

    text: str
    sizes: frozenset[float] = frozenset()
    bold: bool = False
    italic: bool = False
    fonts: frozenset[str] = frozenset()
    colours: frozenset[str] = frozenset()
    align: WD_ALIGN_PARAGRAPH | None = None
    first: float = 0
    before: float = 0
    after: float = 0
    spacing: float = 1
    strong: str = ""
    note: bool = False


@dataclass(frozen=True)
class Stroke:
    """A solid line in mm, and how wide the words right above it print."""

    length: float
    words: float

    @property
    def share(self) -> float:
        return self.length / self.words if self.words else 0.0


@dataclass
class Head:
    """The letterhead of a document, or of one that another issues."""

    issuer: list[Line] = field(default_factory=list)
    nation: list[Line] = field(default_factory=list)
    issuer_stroke: Stroke | None = None
    nation_stroke: Stroke | None = None
    swapped: bool = False


@dataclass
class Reading:
    """The parts of an official document; a part that is not there stays empty."""

    document: Document
    head: Head = field(default_factory=Head)
    number: list[Line] = field(default_factory=list)
    place: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    copies: list[Line] = field(default_factory=list)
    signature: list[Line] = field(default_factory=list)
    annexes: list[list[Line]] = field(default_factory=list)
    issued: dict[int, Head] = field(default_factory=dict)
    cells: list[Line] = field(default_factory=list)
    title_stroke: Stroke | None = None
    only_annexes: bool = False
    misplaced: list[str] = field(default_factory=list)

    @property
    def heads(self) -> list[Head]:
        """The letterhead and those of what the document issues."""
        return [self.head, *self.issued.values()]

    def every_line(self) -> Iterator[Line]:
        """Everything with words, tables too."""
        for head in self.heads:
            yield from (*head.issuer, *head.nation)
        yield from (*self.number, *self.place, *self.body, *self.copies, *self.signature)
        for annex in self.annexes:
            yield from annex
        yield from self.cells


def read(path) -> Reading:
    """The DOCX at a path or in a binary file, taken apart."""
    return _Reader(docx.Document(path)).read()


class _Reader:
    """Walks through the blocks from top to bottom, one section of the file after the other."""

    def __init__(self, document: Document):
        self.document, self.reading, self.section = document, Reading(document), 0
        self.last: Table | Line | None = None
        self.above: Paragraph | None = None

    def read(self) -> Reading:
        blocks = list(self.document.iter_inner_content())
        self._only_annexes(blocks)
        for block in blocks:
            if isinstance(block, Table):
                self._table(block)
            else:
                self._paragraph(block)
        return self.reading

    def _only_annexes(self, blocks: list) -> None:
        """A file that begins with “Phụ lục” has no letterhead of its own."""
        words = (block for block in blocks if isinstance(block, Table) or block.text.strip())
        first = next(words, None)
        self.reading.only_annexes = isinstance(first, Paragraph) and first.text.strip().startswith("Phụ lục")
        if self.reading.only_annexes:
            self.reading.annexes.append([])
        elif not isinstance(first, Table):
            self.reading.misplaced.append("Văn bản phải mở đầu bằng tên cơ quan, Quốc hiệu và Tiêu ngữ.")

    @property
    def _lines(self) -> list[Line]:
        return self.reading.annexes[-1] if self.reading.annexes else self.reading.body

    def _paragraph(self, block: Paragraph) -> None:
        if block.text.strip():
            self._words(block)
        elif _has_stroke(block) and not self.reading.annexes and self.reading.title_stroke is None:
            self.reading.title_stroke = self._stroke_below_title(block)
        if block._p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            self.section += 1
            self.reading.annexes.append([])

    def _words(self, block: Paragraph) -> None:
        behind_table = isinstance(self.last, Table) or (isinstance(self.last, Line) and self.last.note)
        line = line_of(block, behind_table=behind_table)
        if self.reading.copies and not self.reading.annexes:
            self.reading.misplaced.append(f"“{line.text[:60]}” đứng sau chữ ký, phải ở trước hoặc thành phụ lục.")
        self._lines.append(line)
        self.last, self.above = line, block

    def _stroke_below_title(self, block: Paragraph) -> Stroke | None:
        page = self.document.sections[0]
        room = page.page_width.mm - page.left_margin.mm - page.right_margin.mm
        return _stroke(block, self.above, room) if self.above is not None else None

    def _table(self, table: Table) -> None:
        reading, rows = self.reading, [[cell.paragraphs for cell in row.cells] for row in table.rows]
        self.last = table
        if _is_head(rows) and self._takes_head(table, rows):
            return
        foot = next((side for side in (0, 1) if rows and len(rows[0]) == 2 and _holds(rows[0][side], COPIES)), None)
        if foot is not None:
            reading.copies, reading.signature = _lines(rows[0][foot]), _lines(rows[0][1 - foot])
            if foot:
                reading.misplaced.append("Nơi nhận phải ở bên trái, ngang với chữ ký.")
            return
        reading.cells += [line for row in rows for cell in row for line in _lines(cell)]

    def _takes_head(self, table: Table, rows: list) -> bool:
        """The letterhead: of the document when it is the first table, else of what a section issues."""
        reading, head = self.reading, _head_of(table, rows)
        if reading.annexes:
            if reading.annexes[-1] or not _holds(rows[0][0] + rows[0][1], NATION):
                return False
            reading.issued[len(reading.annexes) - 1] = head
            return True
        if reading.head.nation or reading.head.issuer or len(rows) < 2:
            return False
        reading.head = head
        if head.swapped:
            reading.misplaced.append("Tên cơ quan phải ở bên trái, Quốc hiệu và Tiêu ngữ ở bên phải.")
        left, right = rows[1]
        if _holds(right, "Số:") and not _holds(left, "Số:"):
            left, right = right, left
            reading.misplaced.append("Số, ký hiệu phải ở dưới tên cơ quan; địa danh, ngày tháng ở dưới Tiêu ngữ.")
        reading.number, reading.place = _lines(left), _lines(right)
        return True


def _is_head(rows: list) -> bool:
    return bool(rows) and len(rows[0]) == 2 and not any(_holds(cell, COPIES) for cell in rows[0])


def _holds(paragraphs: list[Paragraph], words: str) -> bool:
    return any(paragraph.text.strip().startswith(words) for paragraph in paragraphs)


def _head_of(table: Table, rows: list) -> Head:
    issuer, nation = rows[0]
    widths = [_width_of(cell) for cell in table.rows[0].cells]
    swapped = any(_holds(issuer, words) for words in (NATION, MOTTO)) and not _holds(nation, NATION)
    if swapped:
        issuer, nation, widths = nation, issuer, widths[::-1]
    return Head(
        _lines(issuer), _lines(nation), _stroke_in(issuer, widths[0]), _stroke_in(nation, widths[1]), swapped=swapped
    )


def _width_of(cell) -> float:
    given = cell._tc.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return int(given.get(qn("w:w"))) * MM_PER_TWIP if given is not None else 0.0


def _stroke_in(paragraphs: list[Paragraph], room: float) -> Stroke | None:
    """The line below the last words of a cell."""
    above = None
    for paragraph in paragraphs:
        if paragraph.text.strip():
            above = paragraph
        elif _has_stroke(paragraph) and above is not None:
            return _stroke(paragraph, above, room)
    return None


def _has_stroke(paragraph: Paragraph) -> bool:
    return paragraph._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None


def _stroke(paragraph: Paragraph, above: Paragraph, room: float) -> Stroke:
    line = line_of(above)
    last = above.text.strip().split("\n")[-1]
    words = last_line(last, max(line.sizes, default=DEFAULT_SIZE), room - _indents(above), bold=line.bold)
    return Stroke(room - _indents(paragraph), words)


def _indents(paragraph: Paragraph) -> float:
    shape = paragraph.paragraph_format
    return sum(side.mm for side in (shape.left_indent, shape.right_indent) if side is not None)


def _lines(paragraphs: Iterable[Paragraph]) -> list[Line]:
    return [line_of(paragraph) for paragraph in paragraphs if paragraph.text.strip()]


def line_of(paragraph: Paragraph, *, behind_table: bool = False) -> Line:
    """The paragraph's words with direct formatting, styles and defaults resolved."""
    runs = [Run(element, paragraph) for element in paragraph._p.iter(qn("w:r"))]
    runs = [run for run in runs if run.text.strip()]
    shapes = [paragraph.paragraph_format, *(style.paragraph_format for style in _styles(paragraph))]
    spacing = _first_given(shapes, "line_spacing")
    sizes = frozenset(_size(run, paragraph) for run in runs)
    return Line(
        text=" ".join(paragraph.text.split()),
        sizes=sizes,
        bold=all(_flag(run, paragraph, "bold") for run in runs),
        italic=all(_flag(run, paragraph, "italic") for run in runs),
        fonts=frozenset(name for run in runs for name in _fonts(run, paragraph)),
        colours=frozenset(_colour(run, paragraph) for run in runs),
        align=_first_given(shapes, "alignment"),
        first=round((_first_given(shapes, "first_line_indent") or 0) / 36000, 1),
        before=_points(_first_given(shapes, "space_before")),
        after=_points(_first_given(shapes, "space_after")),
        spacing=spacing if isinstance(spacing, float) else 1.0,
        strong=_strong(runs, paragraph),
        note=behind_table and max(sizes, default=NOTE_SIZE) < NOTE_SIZE,
    )


def _strong(runs: list[Run], paragraph: Paragraph) -> str:
    """The bold words that a line begins with."""
    words = []
    for run in runs:
        if not _flag(run, paragraph, "bold"):
            break
        words.append(run.text)
    return "".join(words).strip()


def _points(length) -> float:
    return length.pt if length is not None else 0.0


def _styles(paragraph: Paragraph) -> list:
    styles, style = [], paragraph.style
    while style is not None:
        styles.append(style)
        style = style.base_style
    return styles


def _first_given(holders: list, name: str):
    return next((value for holder in holders if (value := getattr(holder, name)) is not None), None)


def _looks(run: Run, paragraph: Paragraph) -> list:
    return [run.font, *(style.font for style in _styles(paragraph))]


def _size(run: Run, paragraph: Paragraph) -> float:
    size = _first_given(_looks(run, paragraph), "size")
    return size.pt if size is not None else DEFAULT_SIZE


def _flag(run: Run, paragraph: Paragraph, name: str) -> bool:
    return bool(_first_given(_looks(run, paragraph), name))


def _colour(run: Run, paragraph: Paragraph) -> str:
    colours = (look.color.rgb for look in _looks(run, paragraph))
    return str(next((colour for colour in colours if colour is not None), "000000"))


def _fonts(run: Run, paragraph: Paragraph) -> set[str]:
    """The family named for each script; a theme font or none at all is no family."""
    named = []
    for script in SCRIPTS:
        elements = [run._r.rPr, *(style.element.rPr for style in _styles(paragraph))]
        families = [_family(element, script) for element in elements if element is not None]
        named.append(next((family for family in families if family), ""))
    return set(named)


def _family(properties, script: str) -> str:
    fonts = properties.find(qn("w:rFonts"))
    return "" if fonts is None else fonts.get(qn(f"w:{script}")) or ""
