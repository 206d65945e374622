"""A block pasted from Excel or Word, read as a sheet of activities; gaps that merged cells leave are filled."""

import dataclasses

from activities.sheets.columns import COLUMNS, column_of
from activities.sheets.reading import Cell, Sheet
from activities.sheets.workbook.limits import CELL_TEXT
from activities.sheets.workbook.limits import COLUMNS as MOST_COLUMNS
from activities.sheets.workbook.limits import ROWS as MOST_ROWS
from provinces.paste import find_gaps, guess_heading, read_block
from provinces.vietnamese import tidy

LEADING = ("task", "type", "title", "starts", "ends", "place")  # what people merge over several rows


def read_paste(text: str) -> Sheet:
    """The cells of a pasted block; its rows count from 1. Raises Refused for more than is taken at a time."""
    rows = read_block(text, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS, field="file")
    cells = {no: _cells(no, row) for no, row in enumerate(rows, 1)}
    return fill_gaps(Sheet("", {no: row for no, row in cells.items() if row}))


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
    shown = {no: {column: cell.shown for column, cell in cells.items()} for no, cells in sheet.rows.items()}
    return guess_heading(shown, column_of)


def fill_gaps(sheet: Sheet) -> Sheet:
    """Give each row the value of a merged cell above it; without a heading row nothing is known and nothing filled."""
    heading, columns = guess_columns(sheet)
    if not heading:
        return sheet
    gaps = find_gaps(sheet.rows, [columns[key] for key in LEADING if key in columns], below=heading)
    rows = {no: dict(cells) for no, cells in sheet.rows.items()}
    for (no, place), source in gaps.items():
        rows[no][place] = sheet.rows[source][place]._replace(row=no)
    return dataclasses.replace(sheet, rows=rows, filled=frozenset(gaps))


def headings() -> list[tuple[str, str]]:
    """Keys and headings of all columns that a pasted block may have, for the choice by hand."""
    return [(column.key, column.title) for column in COLUMNS if column.key not in {"row_key", "planned", "faults"}]
