"""An .xlsx file unpacked in a process of its own; `reading` starts it as a program and never imports it for its work.

It knows only the standard library, reads the file from standard input and answers one JSON object: the cells of one
sheet, or why it stopped. Whatever the file holds, the limits below hold: they count what was really unpacked, not
what the file says about itself. Formulas are never worked out; a document type (entities) ends the reading.
"""

import encodings.cp437
import encodings.utf_16_le  # noqa: F401  nothing can be imported once no file may be opened
import io
import json
import re
import sys
import zipfile
import zlib
from datetime import datetime, timedelta
from xml.parsers import expat

try:
    import resource
except ImportError:  # Windows: the wall clock of the caller still holds
    resource = None

MEGABYTE = 1 << 20
UNPACKED = 50 * MEGABYTE
RATIO, RATIO_FROM = 100, MEGABYTE
ENTRIES = 2_000
ROWS, HEAD_ROWS, COLUMNS = 10_000, 50, 60
ELEMENTS, DEPTH = 4_000_000, 60
TEXT, CELL_TEXT = 12 * MEGABYTE, 32_767
MERGED = ROWS * COLUMNS
PROCESSOR_SECONDS, MEMORY, ANSWER = 10, 512 * MEGABYTE, 96 * MEGABYTE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CHUNK = 1 << 16
BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
LAST_SERIAL = 2_958_465  # 31/12/9999
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


class Stop(Exception):
    """Why the reading ends before the end of the file; the caller knows the sentence."""

    def __init__(self, why: str, **slots):
        super().__init__(why)
        self.answer = {"stop": why, **slots}


def confine() -> None:
    """From here on: little time and memory, no new file or connection, no new process."""
    if resource is None:
        return
    for name, limit in (
        ("RLIMIT_CPU", PROCESSOR_SECONDS),
        ("RLIMIT_AS", MEMORY),
        ("RLIMIT_FSIZE", ANSWER),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NPROC", 0),
        ("RLIMIT_NOFILE", 3),
    ):
        if hasattr(resource, name):
            resource.setrlimit(getattr(resource, name), (limit, limit))


def read(file: io.BufferedIOBase, wanted: str) -> dict:
    """The cells of the sheet named `wanted`, else of the first one that is shown."""
    raw = file.read()
    if raw.startswith(OLE):
        raise Stop("encrypted" if "EncryptedPackage".encode("utf-16-le") in raw else "old")
    if not raw.startswith(b"PK"):
        raise Stop("other" if raw else "broken")
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        look_over(package, len(raw))
        book = Book(package)
        return Page(book, book.part_of(wanted)).answer()


def look_over(package: zipfile.ZipFile, size: int) -> None:
    """Count what is in the package before anything of it is understood."""
    parts = package.infolist()
    names = {part.filename.lower() for part in parts}
    if len(parts) > ENTRIES:
        raise Stop("bomb", entries=ENTRIES)
    if any(part.flag_bits & 1 for part in parts):
        raise Stop("encrypted")
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        raise Stop("macro")
    if {"xl/workbook.bin", "mimetype"} & names:
        raise Stop("other")
    if "[content_types].xml" not in names:
        raise Stop("other")
    if len(names) < len(parts) or any(part.compress_type not in (0, 8) for part in parts):
        raise Stop("broken")
    if sum(part.file_size for part in parts) > UNPACKED:
        raise Stop("bomb")
    unpack(package, parts, size)


def unpack(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], size: int) -> None:
    """Unpack everything once, counting real bytes; a wrong size or checksum is a damaged file."""
    total = 0
    for part in parts:
        with package.open(part) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total > UNPACKED or (total > RATIO_FROM and total > RATIO * size):
                    raise Stop("bomb")


class Walk:
    """One part of the package read element by element: shallow, countable, without a document type.

    A reader of a part names what it does where an element starts (with its attributes) and where it ends.
    """

    seen = 0

    def __init__(self, package: zipfile.ZipFile, part: str, starts: dict, ends: dict | None = None):
        self._starts, self._ends, self._depth = dict(starts), dict(ends or {}), 0
        self.piece = None
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        with package.open(part) as stream:
            while chunk := stream.read(CHUNK):
                Walk.seen += chunk.count(b"<")
                if Walk.seen > 2 * ELEMENTS:
                    raise Stop("bomb", cells=True)
                parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _start(self, name, attributes):
        self._depth += 1
        if self._depth > DEPTH:
            raise Stop("content")
        if name not in self._starts:
            self._starts[name] = self._starts.get(name.rpartition(":")[2])
        if act := self._starts[name]:
            act(attributes)

    def _end(self, name):
        self._depth -= 1
        if name not in self._ends:
            self._ends[name] = self._ends.get(name.rpartition(":")[2])
        if act := self._ends[name]:
            act()

    def _text(self, data):
        if self.piece is not None:
            self.piece.append(data)

    def _refuse(self, *_declaration):
        raise Stop("content")

    def stop_listening(self, _attributes=None) -> None:
        self.piece = None


class Types(Walk):
    """What the parts say they are: a workbook with code says so here too."""

    def __init__(self, package):
        self.found = set()
        super().__init__(package, "[Content_Types].xml", {"Override": self._take, "Default": self._take})

    def _take(self, attributes):
        self.found.add(attributes.get("ContentType", ""))


class Links(Walk):
    """The parts that a part names: {id: (kind, path)}."""

    def __init__(self, package, part):
        self._folder, _, name = part.rpartition("/")
        self.found = {}
        path = f"{self._folder}/_rels/{name}.rels".lstrip("/")
        if path in package.NameToInfo:
            super().__init__(package, path, {"Relationship": self._take})

    def _take(self, attributes):
        target = attributes.get("Target", "")
        path = target[1:] if target.startswith("/") else f"{self._folder}/{target}".lstrip("/")
        if attributes.get("TargetMode") != "External":
            self.found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)

    def of_kind(self, kind: str, default: str = "") -> str:
        return next((path for found, path in self.found.values() if found == kind), default)


class Index(Walk):
    """The workbook's list of sheets and the day from which it counts."""

    def __init__(self, package, part):
        self.sheets, self.from_1904 = [], False
        super().__init__(package, part, {"sheet": self._sheet, "workbookPr": self._settings})

    def _sheet(self, attributes):
        link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), link))

    def _settings(self, attributes):
        self.from_1904 = attributes.get("date1904", "") in {"1", "true"}


class Texts(Walk):
    """The shared texts, without the reading aids of East Asian names."""

    def __init__(self, package, part):
        self.found, self._item, self._aid = [], [], False
        starts = {"si": self._open, "rPh": self._aid_starts, "t": self._listen}
        super().__init__(package, part, starts, {"si": self._close, "rPh": self._aid_ends, "t": self.stop_listening})

    def _open(self, _attributes):
        self._item = []

    def _close(self):
        self.found.append("".join(self._item))

    def _listen(self, _attributes):
        self.piece = None if self._aid else self._item

    def _aid_starts(self, _attributes):
        self._aid = True

    def _aid_ends(self):
        self._aid = False


class Styles(Walk):
    """How numbers are shown: which styles are dates, and the shape of those that may mislead."""

    def __init__(self, package, part):
        self._codes, self._styles, self._inside = {}, [], False
        starts = {"numFmt": self._code, "cellXfs": self._enter, "xf": self._style}
        super().__init__(package, part, starts, {"cellXfs": self._leave})
        self.dates = {i for i, key in enumerate(self._styles) if self._is_date(key)}
        self.shapes = {i: shape for i, key in enumerate(self._styles) if (shape := self._shape(key))}

    def _code(self, attributes):
        self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def _enter(self, _attributes):
        self._inside = True

    def _leave(self):
        self._inside = False

    def _style(self, attributes):
        if self._inside:
            self._styles.append(attributes.get("numFmtId", "0"))

    def _is_date(self, key):
        if key in self._codes:
            return bool(re.search("[dmyhs]", _NOT_SHOWN.sub("", self._codes[key].partition(";")[0].lower())))
        return key.isdecimal() and int(key) in BUILT_IN_DATES

    def _shape(self, key):
        code = _NOT_SHOWN.sub("", self._codes.get(key, "0%" if key in {"9", "10"} else ""))
        if "%" in code:
            return "%"
        return "0.000" if re.search(r"0\.000(?!0)", code) else ""


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
        if self.last_row > ROWS + HEAD_ROWS:
            raise Stop("limit", n=self.last_row)
        if self.last_column > COLUMNS:
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
        if self._row > ROWS + HEAD_ROWS or self._column > COLUMNS:
            return
        self._written += len(str(cell[1]))
        if self._written > TEXT:
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
        if area and area[2] > ROWS + HEAD_ROWS and area[3] > COLUMNS:
            raise Stop("limit", n=area[2])

    def _within(self):
        """Merged areas cut to where cells may stand."""
        lowest = max(self.rows, default=0)
        found = [[top, left, min(bottom, lowest), min(right, COLUMNS)] for top, left, bottom, right in self.merged]
        found = [[top, left, bottom, right] for top, left, bottom, right in found if top <= bottom and left <= right]
        if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in found) > MERGED:
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
    if len(text) > CELL_TEXT:
        raise Stop("broken")
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return _UNSTORABLE.sub("\ufffd", text)


def moment(serial: float, *, from_1904: bool) -> str:
    """A day, with the time where there is one, of a number of days."""
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  a day on paper has no zone
    found = start + timedelta(days=int(serial), seconds=round((serial - int(serial)) * 86_400))
    return found.date().isoformat() if (found.hour, found.minute, found.second) == (0, 0, 0) else found.isoformat()


def main() -> None:
    confine()
    try:
        answer = read(sys.stdin.buffer, sys.argv[1])
    except Stop as stop:
        answer = stop.answer
    except MemoryError:
        answer = {"stop": "bomb"}
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError, LookupError):
        answer = {"stop": "broken"}
    except (NotImplementedError, RuntimeError, OverflowError, RecursionError):
        answer = {"stop": "broken"}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
