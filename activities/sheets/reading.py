"""Reading an uploaded .xlsx: the file is unpacked by a child process with limits, and only its cells come back."""

import dataclasses
import datetime
import math
import os
import tempfile
import typing
from collections.abc import Iterator
from pathlib import Path

from activities.sheets.child import ask
from activities.sheets.sentences import refuse
from activities.sheets.workbook import limits
from provinces.vietnamese import format_date, format_number, shows_people
from provinces.vietnamese.legacy import is_legacy

SHEET_NAME = "Hoạt động"
MAXIMUM_FILE = 10 * limits.MEGABYTE
BLOCK = 1 << 16
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from workbook.program import main; main(sys.argv[2])"
FOLDER = Path(__file__).parent
_LETTERS = {}


class Cell(typing.NamedTuple):
    """What stands in one place: its value (text, number, day, yes or no, nothing), and the text a person sees.

    `trouble` is “formula” for one without a result and “error” for #N/A and its kin; `shape` is "0.000" or "%"
    where the number is shown in a way that may mislead.
    """

    row: int
    column: int
    value: str | int | float | bool | datetime.date | None = None
    shown: str = ""
    trouble: str = ""
    shape: str = ""

    @property
    def address(self) -> str:
        return address(self.row, self.column)


@dataclasses.dataclass(frozen=True)
class Area:
    """A merged area, both corners included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        return address(self.top, self.left)


@dataclasses.dataclass(frozen=True)
class Sheet:
    """The cells of one sheet that hold something, by row and column (both from 1).

    `filled` are the places that were empty and took the value above, as those of a merged cell do when pasted.
    """

    name: str
    rows: dict[int, dict[int, Cell]]
    merged: tuple[Area, ...] = ()
    filled: frozenset[tuple[int, int]] = frozenset()

    def at(self, row: int, column: int) -> Cell:
        """The cell of a place; an empty one where there is nothing."""
        return self.rows.get(row, {}).get(column) or Cell(row, column)


def address(row: int, column: int) -> str:
    """C7, AA12."""
    if column not in _LETTERS:
        letters, rest = "", column
        while rest:
            rest, last = divmod(rest - 1, 26)
            letters = chr(65 + last) + letters
        _LETTERS[column] = letters
    return f"{_LETTERS[column]}{row}"


def read_sheet(source: bytes | str | os.PathLike, name: str) -> Sheet:
    """The sheet “Hoạt động” of an .xlsx, else the first one shown. `name` is the file's name as uploaded.

    Raises Refused with the sentence of the copy for everything that is no such file or goes beyond the limits.
    """
    if shows_people(Path(name).stem):
        refuse("privacy.file", file=name)
    with _opened(source) as file:
        size = file.seek(0, os.SEEK_END)
        if size > MAXIMUM_FILE:
            refuse("file.size", file=name, size=_megabytes(size), max=_megabytes(MAXIMUM_FILE))
        file.seek(0)
        answer = ask(PROGRAM, str(FOLDER), SHEET_NAME, file=file)
    if "stop" in answer:
        _refuse(answer, name)
    sheet = _sheet(answer)
    if is_legacy(_texts(sheet)):
        refuse("sheet.old")
    return sheet


def _opened(source):
    """An open file that a child process can read."""
    if not isinstance(source, bytes):
        return Path(source).open("rb")
    file = tempfile.TemporaryFile()
    file.write(source)
    return file


def _refuse(answer: dict, name: str) -> None:
    """Say in the words of the copy why the reading stopped."""
    why = answer["stop"]
    extension = Path(name).suffix.lower()
    if why == "limit":
        refuse("sheet.limit", n=format_number(answer["n"]), max=format_number(limits.ROWS))
    if why == "columns":
        refuse("sheet.columns", n=format_number(answer["n"]), max=format_number(limits.COLUMNS))
    if why == "bomb":
        refuse("file.bomb", file=name, max=_limit(answer))
    if why == "old" or (why == "other" and extension == ".xls"):
        refuse("sheet.old")
    if why in {"other", "content"}:
        refuse("file.content" if extension == ".xlsx" else "sheet.kind", file=name, extension=extension)
    refuse(f"file.{why}", file=name)


def _limit(answer: dict) -> str:
    if "entries" in answer:
        return f"{format_number(answer['entries'])} tệp con"
    if "cells" in answer:
        return f"{format_number(limits.ROWS)} dòng × {limits.COLUMNS} cột"
    return _megabytes(limits.UNPACKED)


def _megabytes(size: int) -> str:
    return f"{format_number(math.ceil(size / limits.MEGABYTE))} MB"


def _sheet(answer: dict) -> Sheet:
    rows = {row: {cell[0]: _cell(row, *cell) for cell in cells} for row, cells in answer["rows"]}
    return Sheet(answer["name"], rows, tuple(Area(*corners) for corners in answer["merged"]))


def _cell(row: int, column: int, kind: str, value, shape: str = "") -> Cell:
    if kind == "t":
        return Cell(row, column, value, value)
    if kind == "n":
        shown = f"{format_number(value * 100)}%" if shape == "%" else format_number(value)
        return Cell(row, column, value, shown, shape=shape)
    if kind == "d":
        return _day(row, column, value)
    if kind == "b":
        return Cell(row, column, value == "1", "TRUE" if value == "1" else "FALSE")
    return Cell(row, column, None, value, trouble="error" if kind == "e" else "formula")


def _day(row: int, column: int, text: str) -> Cell:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return Cell(row, column, text, text)
    day = moment.date()
    return Cell(row, column, day, format_date(day))


def _texts(sheet: Sheet) -> Iterator[str]:
    for cells in sheet.rows.values():
        for cell in cells.values():
            if isinstance(cell.value, str):
                yield cell.value
