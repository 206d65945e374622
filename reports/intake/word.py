"""A Word template looked over: only plain parts, nothing that reaches outside, only slots of the list."""

import re
import zipfile

from activities.sheets.workbook import limits
from activities.sheets.workbook.limits import Stop
from activities.sheets.workbook.package import Walk, look_over

PLAIN_PARTS = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|docprops/(app|core|custom)\.xml|docprops/thumbnail\.(jpeg|png|emf|wmf)"
    r"|word/(document|styles|numbering|settings|fonttable|websettings|stylesWithEffects|comments|people"
    r"|commentsExtended|commentsIds|commentsExtensible)\.xml"
    r"|word/(header|footer|footnotes|endnotes)\d*\.xml|word/theme/theme\d+\.xml|word/media/[\w.-]+\.(png|jpe?g)"
    r"|word/_rels/[\w.]+\.rels|word/theme/_rels/[\w.]+\.rels|customxml/(item|itemprops)\d+\.xml"
    r"|customxml/_rels/item\d+\.xml\.rels",
    re.IGNORECASE,
)
WITH_SLOTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
NEVER = {"afchunk", "oleobject", "package", "control", "attachedtemplate", "subdocument", "vbaproject"}
ELEMENTS = ("altChunk", "object", "OLEObject", "control", "subDoc", "attachedTemplate", "mailMerge")
FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "MERGEFORMAT", "ARABIC"}
OPENS, BLOCK = re.compile(r"\{\{|\}\}"), re.compile(r"\{%|%\}|\{#|#\}")
SLOT = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
LARGEST = 10 * limits.MEGABYTE


def look(package: zipfile.ZipFile, size: int, known: dict) -> dict:
    """Names of the slots in their order; `known` holds the slots of the list and the shape of measures' codes."""
    _refuse_names(package)
    look_over(package, size)
    if "word/document.xml" not in package.NameToInfo:
        raise Stop("other")
    names = [part.filename for part in package.infolist() if not part.is_dir()]
    strange = next((name for name in names if not PLAIN_PARTS.fullmatch(name)), None)
    if strange:
        raise Stop("part", part=strange[:80])
    _Types(package)
    found = []
    for name in names:
        if name.endswith(".rels"):
            _Links(package, name)
        elif name.endswith(".xml"):
            found += _Words(package, name, known).slots
    return {"slots": list(dict.fromkeys(found))}


def _refuse_names(package: zipfile.ZipFile) -> None:
    """A path that climbs out of the package, or a link instead of a file."""
    for part in package.infolist():
        name = part.filename.replace("\\", "/")
        linked = part.external_attr >> 16 & 0o170000 == 0o120000
        if name.startswith("/") or ".." in name.split("/") or ":" in name or linked:
            raise Stop("path", part=part.filename[:80])
    if sum(part.file_size for part in package.infolist()) > LARGEST:
        raise Stop("bomb", max=LARGEST)


class _Types(Walk):
    """The kind of the package: a template with code says so here."""

    def __init__(self, package):
        super().__init__(package, "[Content_Types].xml", {"Override": self._take, "Default": self._take})

    def _take(self, attributes):
        kind = attributes.get("ContentType", "").lower()
        if "macroenabled" in kind or "vbaproject" in kind:
            raise Stop("macro")
        if any(word in kind for word in ("oleobject", "activex", "embedded", "frameset")):
            raise Stop("part", part=kind[:80])


class _Links(Walk):
    """Everything that a part refers to lies inside the package."""

    def __init__(self, package, name):
        super().__init__(package, name, {"Relationship": self._take})

    def _take(self, attributes):
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        if attributes.get("TargetMode", "").lower() == "external" or "://" in target or target.startswith("\\\\"):
            raise Stop("outside", what=kind[:40], target=target[:80])
        if kind.lower() in NEVER:
            raise Stop("part", part=kind)


class _Words(Walk):
    """The words of a part, paragraph by paragraph: slots may be cut into pieces by Word."""

    def __init__(self, package, name, known):
        self._name, self._known, self.slots, self._line, self._field = name, known, [], [], []
        starts = {"t": self._listen, "instrText": self._instruct, "fldSimple": self._simple, "p": self._new}
        starts |= dict.fromkeys(ELEMENTS, self._stop)
        ends = {"t": self._heard, "instrText": self._instructed, "p": self._close}
        super().__init__(package, name, starts, ends)
        self._close()
        self._judge_field("".join(self._field))

    def _stop(self, _attributes):
        raise Stop("part", part=self._name)

    def _new(self, _attributes):
        self._close()

    def _listen(self, _attributes):
        self.piece = self._line

    def _heard(self):
        self.piece = None

    def _instruct(self, _attributes):
        self.piece = self._field

    def _instructed(self):
        self.piece = None

    def _simple(self, attributes):
        instruction = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "instr"), "")
        self._judge_field(instruction)

    def _judge_field(self, instruction: str) -> None:
        """Page numbers alone: a field can fetch a file, run a program or ask another one."""
        for word in re.findall(r"[A-Za-z]{2,}", re.sub(r'"[^"]*"', " ", instruction)):
            if word.upper() not in FIELDS:
                raise Stop("field", field=word[:20])

    def _close(self):
        line, self._line = "".join(self._line), []
        if BLOCK.search(line):
            raise Stop("code", text=line.strip()[:60])
        for name in SLOT.findall(line):
            self._take(name)
        if OPENS.search(SLOT.sub("", line)):
            raise Stop("code", text=line.strip()[:60])

    def _take(self, name: str) -> None:
        if not WITH_SLOTS.fullmatch(self._name.lower()):
            raise Stop("place", slot=name[:40])
        if name not in self._known["slots"] and not re.fullmatch(self._known["measures"], name):
            raise Stop("slot", slot=name[:40])
        self.slots.append(name)
