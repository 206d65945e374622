"""One sheet of the workbook: the cells that hold something, formulas without result, merged areas."""

import re
import zipfile
from datetime import datetime, timedelta

from . import limits
from .limits import Stop
from .package import Index, Links, Styles, Texts, Types, Walk

LAST_SERIAL = 2_958_465  # 31/12/9999
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


class Book:
    """The workbook: which sheet is meant, its texts and styles."""

    def __init__(self, package: zipfile.ZipFile):
        self.package = package
        if any("macroEnabled" in kind for kind in Types(package).found):
            raise Stop("macro")
        part = Links(package, "/").of_kind("officeDocument", "xl/workbook.xml")
        if part not in package.NameToInfo:
            raise Stop("other")
        self.index = Index(package, part)
        if not self.index.sheets:
            raise Stop("other")
        self.links = Links(package, part)
        texts, styles = self.links.of_kind("sharedStrings"), self.links.of_kind("styles")
        self.texts = Texts(package, texts).found if texts in package.NameToInfo else []
        self.styles = Styles(package, styles) if styles in package.NameToInfo else None

    def part_of(self, wanted: str) -> tuple[str, str]:
        """Name and part of the wanted sheet, else of the first that is not hidden."""
        shown = [(name, self.links.found.get(link, ("", ""))[1]) for name, state, link in self.index.sheets]
        by_name = [found for found in shown if found[0].strip().casefold() == wanted.casefold()]
        states = [state for _name, state, _link in self.index.sheets]
        visible = [found for found, state in zip(shown, states, strict=True) if state == "visible"]
        for found in [*by_name, *visible]:
            if found[1] in self.package.NameToInfo:
                return found
        raise Stop("broken")


class Page(Walk):
    """One sheet: cells that hold something, the formulas among them, and merged areas."""

    def __init__(self, book: Book, part: tuple[str, str]):
        self.book, self.name = book, part[0]
        self.rows, self.merged, self.last_row, self.last_column, self._written = {}, [], 0, 0, 0
        self._columns = {}
        self._row, self._column, self._aid = 0, 0, False
        self._kind, self._style, self._formula, self._value = "n", 0, False, []
        self._dates = book.styles.dates if book.styles else set()
        self._shapes = book.styles.shapes if book.styles else {}
        starts = {
            "row": self._row_starts,
            "c": self._open,
            "f": self._formula_starts,
            "v": self._listen,
            "t": self._listen,
            "rPh": self._aid_starts,
            "mergeCell": self._merge,
            "dimension": self._claim,
        }
        stop = self.stop_listening
        super().__init__(book.package, part[1], starts, {"c": self._close, "v": stop, "t": stop, "rPh": self._aid_ends})

    def answer(self) -> dict:
        if self.last_row > limits.ROWS + limits.HEAD_ROWS:
            raise Stop("limit", n=self.last_row)
        if self.last_column > limits.COLUMNS:
            raise Stop("columns", n=self.last_column)
        rows = [[row, self.rows[row]] for row in sorted(self.rows)]
        return {"name": self.name, "rows": rows, "merged": self._within()}

    def _row_starts(self, attributes):
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0

    def _open(self, attributes):
        reference = attributes.get("r", "")
        self._column = self._number_of(reference) if reference else self._column + 1
        self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", 0))
        self._formula, self._value = False, []

    def _formula_starts(self, _attributes):
        self._formula = True

    def _listen(self, _attributes):
        self.piece = None if self._aid else self._value

    def _aid_starts(self, _attributes):
        self._aid = True

    def _aid_ends(self):
        self._aid = False

    def _number_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = column_number(letters)
        return self._columns[letters]

    def _close(self):
        cell = self._cell("".join(self._value))
        if cell is None:
            return
        self.last_row, self.last_column = max(self.last_row, self._row), max(self.last_column, self._column)
        if self._row > limits.ROWS + limits.HEAD_ROWS or self._column > limits.COLUMNS:
            return
        self._written += len(str(cell[1]))
        if self._written > limits.TEXT:
            raise Stop("bomb")
        self.rows.setdefault(self._row, []).append([self._column, *cell])

    def _cell(self, text):
        """(kind, value, shape): t text, n number, d date or moment, b yes or no, e error, f formula without result."""
        if self._kind in {"s", "inlineStr", "str"}:
            text = self.book.texts[int(text)] if self._kind == "s" else text
            return ("t", plain(text)) if text else None
        if not text:
            return ("f", "") if self._formula else None
        if len(text) > 40:
            raise Stop("broken")
        if self._kind in {"e", "b", "d"}:
            return (self._kind, text)
        return self._number(float(text))

    def _number(self, value):
        if self._style in self._dates and 1 <= value <= LAST_SERIAL:
            return ("d", moment(value, from_1904=self.book.index.from_1904))
        whole = int(value) if value == int(value) and abs(value) < 1e15 else value
        shape = self._shapes.get(self._style)
        return ("n", whole, shape) if shape else ("n", whole)

    def _merge(self, attributes):
        self.merged += filter(None, [area_of(attributes.get("ref", ""))])

    def _claim(self, attributes):
        """A sheet that says it reaches beyond both limits is refused at its word."""
        area = area_of(attributes.get("ref", ""))
        if area and area[2] > limits.ROWS + limits.HEAD_ROWS and area[3] > limits.COLUMNS:
            raise Stop("limit", n=area[2])

    def _within(self):
        """Merged areas cut to where cells may stand."""
        lowest = max(self.rows, default=0)
        cut = ((top, left, min(bottom, lowest), min(right, limits.COLUMNS)) for top, left, bottom, right in self.merged)
        found = [[top, left, bottom, right] for top, left, bottom, right in cut if top <= bottom and left <= right]
        if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in found) > limits.MERGED:
            raise Stop("bomb", cells=True)
        return found


def area_of(reference: str) -> list[int] | None:
    """B2:C7 as top, left, bottom, right."""
    match = _AREA.fullmatch(reference)
    if not match:
        return None
    first, top, last, bottom = match.groups()
    return [int(top), column_number(first), int(bottom or top), column_number(last or first)]


def column_number(letters: str) -> int:
    """A is 1, XFD is 16.384."""
    number = 0
    for letter in letters.replace("$", "").upper():
        if not "A" <= letter <= "Z":
            raise Stop("broken")
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= 16_384:
        raise Stop("broken")
    return number


def plain(text: str) -> str:
    """The text of a cell: signs that Excel writes as _x000D_ put back, what no database keeps replaced."""
    if len(text) > limits.CELL_TEXT:
        raise Stop("broken")
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return _UNSTORABLE.sub("\ufffd", text)


def moment(serial: float, *, from_1904: bool) -> str:
    """A day, with the time where there is one, of a number of days."""
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  a day on paper has no zone
    found = start + timedelta(days=int(serial), seconds=round((serial - int(serial)) * 86_400))
    return found.date().isoformat() if (found.hour, found.minute, found.second) == (0, 0, 0) else found.isoformat()
