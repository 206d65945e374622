"""The zip and its parts: counted before it is understood, then read element by element."""

import re
import zipfile
from xml.parsers import expat

from . import limits
from .limits import Stop

BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')


def look_over(package: zipfile.ZipFile, size: int) -> None:
    """Count what is in the package before anything of it is understood."""
    parts = package.infolist()
    names = {part.filename.lower() for part in parts}
    if len(parts) > limits.ENTRIES:
        raise Stop("bomb", entries=limits.ENTRIES)
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
    if sum(part.file_size for part in parts) > limits.UNPACKED:
        raise Stop("bomb")
    unpack(package, parts, size)


def unpack(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], size: int) -> None:
    """Unpack everything once, counting real bytes; a wrong size or checksum is a damaged file."""
    total = 0
    for part in parts:
        with package.open(part) as stream:
            while chunk := stream.read(limits.CHUNK):
                total += len(chunk)
                if total > limits.UNPACKED or (total > limits.RATIO_FROM and total > limits.RATIO * size):
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
            while chunk := stream.read(limits.CHUNK):
                Walk.seen += chunk.count(b"<")
                if Walk.seen > 2 * limits.ELEMENTS:
                    raise Stop("bomb", cells=True)
                parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _start(self, name, attributes):
        self._depth += 1
        if self._depth > limits.DEPTH:
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
