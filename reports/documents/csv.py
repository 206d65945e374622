"""One table as CSV for machines: a line for each row, plain numbers, and no text that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from . import phrases
from .paper import Cell, Table

MARK = "\ufeff"  # tells Excel that the letters are UTF-8
RUNS = "=+-@\t\r\n＝＋－＠"
GUARD = "'"


def write(table: Table, to: BinaryIO) -> None:
    """Write headings and rows; numbers without dots or units, an empty field where there is no data."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([guarded(column.title) for column in table.columns])
    for row in table.rows:
        lines.writerow([_field(phrases.as_cell(cell)) for cell in row])
    to.write((MARK + out.getvalue()).encode())


def _field(cell: Cell) -> str | int | float:
    if cell.value is not None:
        return cell.value
    return "" if cell.text == phrases.NO_DATA else guarded(phrases.UNPRINTABLE.sub("", cell.text))


def guarded(text: str) -> str:
    """Text that a spreadsheet could take for a formula begins with an apostrophe; so does what already has one."""
    bare = text.lstrip(" \u00a0\u3000\"'")
    return f"{GUARD}{text}" if text.startswith(GUARD) or bare[:1] in tuple(RUNS) and bare else text


def unguarded(field: str) -> str:
    """The text as it was before it was guarded."""
    return field.removeprefix(GUARD)
