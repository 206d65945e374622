"""A DOCX as lines with the look they really have, whoever made the file: what the layout rules look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .phrases import COPIES

SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
DEFAULT_SIZE = 10.0


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


@dataclass
class Reading:
    """The parts of an official document; a part that is not there stays empty."""

    document: Document
    issuer: list[Line] = field(default_factory=list)
    nation: list[Line] = field(default_factory=list)
    number: list[Line] = field(default_factory=list)
    place: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    copies: list[Line] = field(default_factory=list)
    signature: list[Line] = field(default_factory=list)
    annexes: list[list[Line]] = field(default_factory=list)
    cells: list[Line] = field(default_factory=list)

    def every_line(self) -> Iterator[Line]:
        """Everything with words, tables too."""
        yield from (*self.issuer, *self.nation, *self.number, *self.place, *self.body, *self.copies)
        yield from self.signature
        for annex in self.annexes:
            yield from annex
        yield from self.cells


def read(path) -> Reading:
    """The DOCX at a path or in a binary file, taken apart."""
    document = docx.Document(path)
    reading = Reading(document)
    tables, section = 0, 0
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            tables += 1
            _table(reading, block, first=tables == 1)
            continue
        if block.text.strip():
            line = line_of(block)
            if section:
                reading.annexes[-1].append(line)
            else:
                reading.body.append(line)
        if block._p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            section += 1
            reading.annexes.append([])
    return reading


def _table(reading: Reading, table: Table, *, first: bool) -> None:
    rows = [[_lines(cell.paragraphs) for cell in row.cells] for row in table.rows]
    if first and len(rows) >= 2 and len(rows[0]) == 2:
        reading.issuer, reading.nation = rows[0]
        reading.number, reading.place = rows[1]
    elif rows and len(rows[0]) == 2 and any(line.text.startswith(COPIES) for line in rows[0][0]):
        reading.copies, reading.signature = rows[0]
    else:
        reading.cells += [line for row in rows for cell in row for line in cell]


def _lines(paragraphs: list[Paragraph]) -> list[Line]:
    return [line_of(paragraph) for paragraph in paragraphs if paragraph.text.strip()]


def line_of(paragraph: Paragraph) -> Line:
    """The paragraph's words with direct formatting, styles and defaults resolved."""
    runs = [Run(element, paragraph) for element in paragraph._p.iter(qn("w:r"))]
    runs = [run for run in runs if run.text.strip()]
    shapes = [paragraph.paragraph_format, *(style.paragraph_format for style in _styles(paragraph))]
    spacing = _first_given(shapes, "line_spacing")
    return Line(
        text=" ".join(paragraph.text.split()),
        sizes=frozenset(_size(run, paragraph) for run in runs),
        bold=all(_flag(run, paragraph, "bold") for run in runs),
        italic=all(_flag(run, paragraph, "italic") for run in runs),
        fonts=frozenset(name for run in runs for name in _fonts(run, paragraph)),
        colours=frozenset(_colour(run, paragraph) for run in runs),
        align=_first_given(shapes, "alignment"),
        first=round((_first_given(shapes, "first_line_indent") or 0) / 36000, 1),
        before=_points(_first_given(shapes, "space_before")),
        after=_points(_first_given(shapes, "space_after")),
        spacing=spacing if isinstance(spacing, float) else 1.0,
    )


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
