"""The tables of a paper as XLSX: one sheet per annex, real numbers, ready to print on A4."""

from __future__ import annotations

import re
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from . import phrases
from .measure import width
from .paper import Annex, Block, Cell, Chart, Gallery, Heading, Item, Note, Paper, Para, Series, Table
from .sheet import BOTTOM, FILLS, LEFT, RIGHT, TOP, chart_height, room, side

FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
BOX = {**FONT, "border": 1, "text_wrap": True}
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
MM_PER_INCH = 25.4
MM_PER_LETTER = 2.1  # Excel counts column widths in digits of its default font
POINTS_PER_LINE = 15.75
CHART_FONT = {"name": "Times New Roman", "size": 11, "color": "#000000"}
CHART_FRAME = 18.0  # mm for legend and margins
LINK_LIMIT = 2079  # signs that Excel takes in an address
SOURCE_TIP = "Mở các hoạt động đứng sau số này"
PIXELS_PER_MM = 96 / MM_PER_INCH
MOST_COLUMNS = 12  # more of them take a wider sheet, which prints smaller
PADDING, WIDEST_LETTER = 2.0, 4.0  # of a cell, in millimetres
FOOT_LIMIT = 200  # Excel takes 255 signs with its own codes


def write(paper: Paper, to: str | PathLike | BinaryIO) -> None:
    """Write the XLSX to a path or a binary file; the same paper gives the same bytes."""
    paper = phrases.tidied(paper)
    raw = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(raw, {**options, "strings_to_numbers": False}) as book:
        formats = _Formats(book)
        names: set[str] = set()
        for sheet in _sheets(paper):
            _Page(book, formats, paper, sheet, _name(sheet, names)).draw()
        book.set_properties(
            {
                "title": f"{paper.kind.strip()} {phrases.subject_line(paper)}".strip()[:255],
                "author": phrases.issuer_name(paper)[:255],
                "keywords": "; ".join(phrases.keywords(paper))[:255],
                "created": phrases.created(paper).replace(tzinfo=None),
            }
        )
    if isinstance(to, str | PathLike):
        Path(to).write_bytes(raw.getvalue())
    else:
        to.write(raw.getvalue())


def _sheets(paper: Paper) -> list[Annex]:
    """Each annex with a table, after the body if it has tables; a paper without any says so."""
    tables = tuple(block for block in paper.blocks if isinstance(block, Table | Note))
    body = Annex(title=paper.subject, intro=phrases.number_line(paper), blocks=tables, sheet=_kind(paper))
    annexes = [
        Annex(
            title=annex.title,
            intro=f"{phrases.annex_label(paper, index)} {phrases.annex_reference(paper, annex)}".strip(),
            blocks=annex.blocks,
            landscape=annex.landscape,
            sheet=annex.sheet or annex.title,
        )
        for index, annex in enumerate(paper.annexes)
    ]
    annexes += [phrases.tidied(annex) for annex in paper.sheets()] if paper.sheets else []
    with_tables = [annex for annex in (body, *annexes) if any(isinstance(b, Table | Chart) for b in annex.blocks)]
    nothing = Annex(title=paper.subject, intro="Văn bản không có bảng số liệu.", sheet=_kind(paper))
    return with_tables or [nothing]


def _kind(paper: Paper) -> str:
    return phrases.kind_words(paper)


def _name(sheet: Annex, taken: set[str]) -> str:
    """A name Excel accepts: 31 letters, none of []:*?/\\, no ' at the ends, no two alike."""
    base = " ".join(FORBIDDEN.sub(" ", sheet.sheet).split()).strip("'")[:31].strip() or "Phụ lục"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base[: 31 - len(str(number)) - 1]} {number}"
    taken.add(name.casefold())
    return name


class _Formats:
    """Cell formats, made once per workbook."""

    def __init__(self, book: Workbook):
        self._book = book
        self._made: dict[tuple, Format] = {}

    def of(self, **look) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]

    def cell(self, align: str, *, bold: bool, number: str = "") -> Format:
        look = {**BOX, "align": align, "bold": bold}
        return self.of(**look, num_format=number) if number else self.of(**look)


class _Page:
    """One sheet, written strictly from top to bottom as constant memory asks."""

    def __init__(self, book: Workbook, formats: _Formats, paper: Paper, annex: Annex, name: str):
        self.book, self.name = book, name
        self.sheet: Worksheet = book.add_worksheet(name)
        self.formats, self.paper, self.annex = formats, paper, annex
        self.tables = [block for block in annex.blocks if isinstance(block, Table)]
        series = [len(block.series) + 1 for block in annex.blocks if isinstance(block, Chart)]
        self.columns = max([*(len(table.columns) for table in self.tables), *series], default=1)
        self.row = 0

    def draw(self) -> None:
        self._set_up()
        self._merged(self.annex.title.upper(), bold=True, align="center")
        self._merged(self.annex.intro, italic=True, align="center")
        self.row += 1
        for block in self.annex.blocks:
            self._draw(block)

    def _set_up(self) -> None:
        sheet = self.sheet
        sheet.set_paper(9)
        self.lying = bool(self.tables) or self.columns == 1
        if self.lying:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0 if self.lying else 1)  # charts alone stand upright on one page, none is cut in two
        margins = {"left": LEFT, "right": RIGHT, "top": TOP, "bottom": BOTTOM}
        sheet.set_margins(**{edge: mm / MM_PER_INCH for edge, mm in margins.items()})
        sheet.set_header('&C&"Times New Roman,Regular"&14&P')
        foot = " · ".join(phrases.foot_lines(self.paper, annex=True))[:FOOT_LIMIT].replace("&", "&&")
        if foot:
            sheet.set_footer(f'&C&"Times New Roman,Italic"&9 {foot}')
        sheet.hide_gridlines(2)
        self.widths = [room(landscape=self.lying) / MM_PER_LETTER]
        if self.columns > 1 and not self.tables:
            self.widths = [room(landscape=self.lying) * share / MM_PER_LETTER for share in self._shares()]
        if self.tables:
            widest = max(self.tables, key=lambda table: len(table.columns))
            total = sum(column.width for column in widest.columns)
            wide = room(landscape=self.lying) * max(1, len(widest.columns) / MOST_COLUMNS)
            self.widths = [column.width / total * wide / MM_PER_LETTER for column in widest.columns]
        for index, letters in enumerate(self.widths):
            sheet.set_column(index, index, letters)

    def _shares(self) -> list[float]:
        """How the columns share the width; on a sheet of charts alone the names take half of it."""
        if self.tables:
            widest = max(self.tables, key=lambda table: len(table.columns))
            total = sum(column.width for column in widest.columns)
            return [column.width / total for column in widest.columns]
        numbers = self.columns - 1
        return [0.5, *[0.5 / numbers] * numbers] if numbers else [1.0]

    def _draw(self, block: Block) -> None:
        match block:
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case Gallery():
                return
            case Note():
                self._merged(f"{block.mark} {block.text}".strip())
            case Heading():
                self._merged(block.text, bold=True)
            case Item():
                self._merged(f"- {block.text}")
            case Para():
                self._merged("".join(run.text for run in block.runs) or block.text)

    def _table(self, table: Table) -> None:
        if table.caption:
            self._merged(table.caption, bold=True, align="center")
        first = self.row
        self._headings(table)
        if len(self.tables) == 1:
            self.sheet.repeat_rows(first, self.row - 1)
            self.sheet.freeze_panes(self.row, 0)
        top = self.row
        for cells in table.rows:
            start = 0
            cells = [phrases.as_cell(cell) for cell in cells]
            self.sheet.set_row(self.row, self._lines(cells) * POINTS_PER_LINE)
            for cell in cells:
                self._cell(start, cell, side(table, start, cell))
                start += cell.span
            for column in range(start, len(table.columns)):
                self.sheet.write_blank(self.row, column, None, self.formats.cell("left", bold=False))
            self.row += 1
        if table.filtered:
            self.sheet.autofilter(top - 1, 0, self.row - 1, len(table.columns) - 1)
        self.row += 1

    def _lines(self, cells: list[Cell]) -> int:
        """How many lines the longest cell of a row takes: not every program measures rows when it opens a file."""
        most, start = 1, 0
        for cell in cells:
            room_of_cell = sum(self.widths[start : start + cell.span]) * MM_PER_LETTER - PADDING
            if len(cell.text) * WIDEST_LETTER > room_of_cell:
                most = max(
                    most, sum(int(width(part, 12, bold=cell.bold) / room_of_cell) + 1 for part in cell.text.split("\n"))
                )
            start += cell.span
        return most

    def _chart(self, chart: Chart) -> None:
        """The numbers as a table of their own, and below it a chart that Excel draws from them."""
        self._merged(chart.title, bold=True, align="center")
        head = self.formats.cell("center", bold=True)
        self.sheet.write_string(self.row, 0, "Nội dung", head)
        for column, series in enumerate(chart.series, start=1):
            self.sheet.write_string(self.row, column, series.name, head)
        top = self.row
        for index, label in enumerate(chart.labels):
            self.row += 1
            self.sheet.write_string(self.row, 0, label, self.formats.cell("left", bold=False))
            for column, series in enumerate(chart.series, start=1):
                source = series.sources[index] if series.sources else ""
                self._cell(column, Cell(series.printed[index], series.values[index], source=source), "right")
        drawn = self._drawn(chart, top)
        self.row += 2
        self.sheet.insert_chart(self.row, 0, drawn, {"description": chart.alt, "object_position": 2, "x_offset": 4})
        points = (chart_height(chart) + CHART_FRAME) / MM_PER_INCH * 72
        self.row += int(points / POINTS_PER_LINE) + 2

    def _drawn(self, chart: Chart, top: int):
        drawn = self.book.add_chart({"type": "bar", **({"subtype": "percent_stacked"} if chart.stacked else {})})
        last = top + len(chart.labels)
        for column, series in enumerate(chart.series, start=1):
            drawn.add_series(
                {
                    "name": [self.name, top, column],
                    "categories": [self.name, top + 1, 0, last, 0],
                    "values": [self.name, top + 1, column, last, column],
                    "fill": {"color": f"#{FILLS[(column - 1) % len(FILLS)]}"},
                    "border": {"color": "#000000", "width": 0.25},
                    "data_labels": {"value": True, "num_format": _plain_format(series), "font": CHART_FONT},
                    "gap": 45,
                }
            )
        drawn.set_y_axis({"reverse": True, "num_font": CHART_FONT, "major_tick_mark": "none"})
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        drawn.set_legend({"position": "bottom", "font": CHART_FONT} if len(chart.series) > 1 else {"none": True})
        drawn.set_size(
            {
                "width": int(room(landscape=self.lying) * PIXELS_PER_MM * 0.94),
                "height": int((chart_height(chart) + CHART_FRAME) * PIXELS_PER_MM),
            }
        )
        return drawn

    def _headings(self, table: Table) -> None:
        """Groups above, every column's own title below: the lower row alone serves filters and sorting."""
        look = self.formats.cell("center", bold=True)
        if table.groups:
            for column in range(len(table.columns)):
                self.sheet.write_blank(self.row, column, None, look)
            for group in table.groups:
                self._across(group.first, group.count, group.title, look)
            self.row += 1
        titles = [Cell(column.title, bold=True) for column in table.columns]
        self.sheet.set_row(self.row, self._lines(titles) * POINTS_PER_LINE)
        for index, column in enumerate(table.columns):
            self.sheet.write_string(self.row, index, column.title, look)
        self.row += 1

    def _cell(self, column: int, cell: Cell, align: str) -> None:
        number = "" if cell.value is None else _number_format(cell)
        look = self.formats.cell(align, bold=cell.bold, number=number)
        if cell.span > 1:
            self._across(column, cell.span, "", look)
        link = phrases.web_link(cell, source=True)[:LINK_LIMIT]
        if link:
            self.sheet.write_url(self.row, column, link, look, string=cell.text or link, tip=_tip(cell))
        if cell.value is not None:
            self.sheet.write_number(self.row, column, cell.value, look)
        elif not link:
            self.sheet.write_string(self.row, column, cell.text, look)

    def _across(self, column: int, count: int, text: str, look: Format) -> None:
        if count > 1:
            self.sheet.merge_range(self.row, column, self.row, column + count - 1, text, look)
        else:
            self.sheet.write_string(self.row, column, text, look)

    def _merged(self, text: str, *, bold: bool = False, italic: bool = False, align: str = "left") -> None:
        """A line across the sheet, as high as its words need: Excel does not measure merged cells."""
        look = self.formats.of(**FONT, text_wrap=True, bold=bold, italic=italic, align=align)
        full = sum(self.widths) * MM_PER_LETTER
        lines = sum(int(width(part, 12, bold=bold) / full) + 1 for part in text.split("\n"))
        self.sheet.set_row(self.row, lines * POINTS_PER_LINE)
        self._across(0, self.columns, text, look)
        self.row += 1


def _tip(cell: Cell) -> str | None:
    return SOURCE_TIP if cell.source else None


def _plain_format(series: Series) -> str:
    return "#,##0" if all(float(value or 0).is_integer() for value in series.values) else "#,##0.0"


def _number_format(cell: Cell) -> str:
    """The number stays a number and keeps its words: "khoảng 550" is 550 shown with "khoảng "."""
    whole = "#,##0" if float(cell.value).is_integer() else "#,##0.0###"
    before, found, after = cell.text.partition(phrases.figure(cell.value))
    if not found or '"' in cell.text or "\n" in cell.text:
        return whole
    quoted = [f'"{words}"' if words else "" for words in (before, after)]
    return f"{quoted[0]}{whole}{quoted[1]}"
