"""A block pasted from Excel or Word: cells between tabs, some quoted over several lines; merged gaps are filled."""

import dataclasses

from activities.sheets.columns import COLUMNS, column_of
from activities.sheets.legacy import is_legacy
from activities.sheets.reading import Cell, Sheet
from activities.sheets.sentences import refuse
from activities.sheets.workbook.limits import CELL_TEXT
from activities.sheets.workbook.limits import COLUMNS as MOST_COLUMNS
from activities.sheets.workbook.limits import ROWS as MOST_ROWS
from provinces.vietnamese import format_number, tidy

MOST_TEXT = 8_000_000
LEADING = ("task", "type", "title", "starts", "ends", "place")  # what people merge over several rows
NEW_CELL, NEW_ROW, QUOTE = "\t", "\n", '"'


def read_paste(text: str) -> Sheet:
    """The cells of a pasted block; its rows count from 1. Raises Refused for more than is taken at a time."""
    if len(text) > MOST_TEXT:
        refuse("sheet.limit", n=format_number(text.count("\n")), max=format_number(MOST_ROWS))
    rows = split_cells(text)
    if len(rows) > MOST_ROWS:
        refuse("sheet.limit", n=format_number(len(rows)), max=format_number(MOST_ROWS))
    widest = max(map(len, rows), default=0)
    if widest > MOST_COLUMNS:
        refuse("sheet.columns", n=format_number(widest), max=format_number(MOST_COLUMNS))
    if is_legacy(cell for row in rows for cell in row):
        refuse("sheet.old")
    cells = {no: _cells(no, row) for no, row in enumerate(rows, 1)}
    return fill_gaps(Sheet("", {no: row for no, row in cells.items() if row}))


def split_cells(text: str) -> list[list[str]]:
    """Rows of cells; a cell that starts with a quotation mark may hold tabs, line ends and doubled marks.

    A mark that nothing closes is a mark, not the start of a cell that swallows the rest.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    rows, row, position = [], [], 0
    while position < len(text):
        cell, position = _next_cell(text, position)
        row.append(cell)
        if position >= len(text) or text[position] == NEW_ROW:
            rows.append(row)
            row = []
        position += 1
    if row:
        rows.append(row)
    return rows


def _next_cell(text: str, start: int) -> tuple[str, int]:
    """The cell that starts here and the place of the sign after it."""
    if text.startswith(QUOTE, start):
        end = _closing(text, start + 1)
        if end:
            return text[start + 1 : end].replace('""', '"'), end + 1
    ends = [found for sign in (NEW_CELL, NEW_ROW) if (found := text.find(sign, start)) >= 0]
    end = min(ends, default=len(text))
    return text[start:end], end


def _closing(text: str, start: int) -> int:
    """Where the quoted cell ends: a mark before a tab, a line end or the end; 0 when there is none nearby."""
    position, limit = start, min(len(text), start + CELL_TEXT)
    while (position := text.find(QUOTE, position, limit)) >= 0:
        if text.startswith(QUOTE, position + 1):
            position += 2
        elif position + 1 == len(text) or text[position + 1] in {NEW_CELL, NEW_ROW}:
            return position
        else:
            return 0
    return 0


def _cells(no: int, row: list[str]) -> dict[int, Cell]:
    found = {}
    for column, text in enumerate(row, 1):
        if tidy(text):
            text = text[:CELL_TEXT]
            found[column] = Cell(no, column, text, text)
    return found


def guess_columns(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """(heading row, column keys and places) by the words of the first row that names three columns or more.

    Without such a row (0, {}): the person says which column is which.
    """
    for no, cells in list(sheet.rows.items())[:10]:
        found = {}
        for column, cell in cells.items():
            key = column_of(cell.shown)
            if key and key not in found:
                found[key] = column
        if len(found) >= 3:
            return no, found
    return 0, {}


def fill_gaps(sheet: Sheet) -> Sheet:
    """Give each row the value of a merged cell above it: Excel pastes it into the first row only.

    Only the columns that say what, when and where are filled, only below a value, and only in a row that has
    numbers or names of its own; without a heading row nothing is known about columns and nothing is filled.
    """
    heading, columns = guess_columns(sheet)
    places = [columns[key] for key in LEADING if key in columns]
    if not heading:
        return sheet
    rows, above, filled_in = {}, {}, set()
    for no, cells in sheet.rows.items():
        filled = dict(cells)
        if no > heading and _continues(cells, places):
            gaps = _gaps(cells, places, above)
            filled |= {place: above[place]._replace(row=no) for place in gaps}
            filled_in.update((no, place) for place in gaps)
        if no > heading:
            above = {place: filled[place] for place in places if place in filled}
        rows[no] = filled
    return dataclasses.replace(sheet, rows=rows, filled=frozenset(filled_in))


def _continues(cells: dict[int, Cell], places: list[int]) -> bool:
    """True for a row with something of its own that starts with a gap."""
    return bool(cells) and any(place not in cells for place in places)


def _gaps(cells: dict[int, Cell], places: list[int], above: dict[int, Cell]) -> list[int]:
    """Gaps before the first own value of the leading columns: a merged area covers what stands left of the detail."""
    gaps = []
    for place in places:
        if place in cells:
            break
        if place in above:
            gaps.append(place)
    return gaps


def headings() -> list[tuple[str, str]]:
    """Keys and headings of all columns that a pasted block may have, for the choice by hand."""
    return [(column.key, column.title) for column in COLUMNS if column.key not in {"row_key", "planned", "faults"}]
