"""Rows of the quick grid: what is typed into them, as the row of a sheet; and each fault back at its box."""

import dataclasses
import re

from django.http import QueryDict
from django.utils.translation import gettext as _

from activities.operations.importing import CellFault
from activities.operations.shape import EVENTS
from activities.sheets.columns import BY_KEY
from activities.sheets.identity import NO_TEMPLATE, public_id_of
from activities.sheets.reading import Cell, Sheet, address
from activities.sheets.sentences import say
from campaigns.models import ActivityType
from provinces.vietnamese import Question, Unreadable, certain, format_number, read_count, read_quantity, tidy

MOST_ROWS, NEW_ROWS = 100, 5
TYPED = ("title", "type", "starts", "count", "female", "male", "rest", "money", "source")
HIDDEN = ("key", "id", "version")
LONGEST = 500
COLUMNS = {
    name: place
    for place, name in enumerate(
        ("type", "title", "starts", "count", "people", "female", "male", "money", "source", "row_key"), 1
    )
}
AT = {place: name for name, place in COLUMNS.items()}
_ADDRESS = re.compile(r"([A-Z]+)\d+")
_KEY = re.compile(r"[0-9A-Za-z_-]{8,60}")
_NUMBER = re.compile(r"r(\d{1,3})-title")


@dataclasses.dataclass
class GridRow:
    """One row as typed; after saving also what became of it."""

    no: int
    typed: dict[str, str]
    key: str = ""
    id: str = ""
    version: str = ""
    state: str = ""
    words: str = ""
    faults: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    warnings: list[str] = dataclasses.field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """True when nothing was typed; a type alone is chosen beforehand."""
        return not any(tidy(self.typed[name]) for name in TYPED if name not in {"type", "source"})

    @property
    def at_fault(self) -> set[str]:
        return {field for field, _sentence in self.faults}

    @property
    def total(self) -> str:
        """Female + male + not split; – where there is nothing to add up."""
        return self.people() or "–"

    def people(self) -> str:
        """The people of the row as one number with its certainty; what cannot be read stays as typed."""
        split = [self._number(name) for name in ("female", "male")]
        there = [number for number in split if number is not None]
        rest = tidy(self.typed["rest"])
        if not rest:
            return format_number(sum(there)) if there else ""
        try:
            read = read_quantity(rest, label="")
        except (Question, Unreadable):
            return rest
        return rest if read.value is None else certain(read.value + sum(there), read.certainty)

    def _number(self, name: str) -> int | None:
        text = tidy(self.typed[name])
        try:
            return read_count(text, label="") if text else None
        except (Question, Unreadable):
            return None

    def texts(self, types: dict[str, ActivityType]) -> dict[str, str]:
        """The row as the columns of a sheet have it; an event that is not counted is one."""
        kind = types.get(self.typed["type"])
        count = self.typed["count"]
        if not tidy(count) and kind and kind.count_measure and kind.count_measure.unit_of_measure in EVENTS:
            count = "1"
        told = {name: self.typed[name] for name in COLUMNS if name in self.typed}
        return {**told, "count": count, "people": self.people(), "row_key": self.row_key}

    @property
    def row_key(self) -> str:
        """What the row is about: the activity it was stored as, else the key made before it was first sent."""
        return f"a:{self.id}:{self.version}" if self.id and self.version.isdecimal() else f"g:{self.key}"

    def made_id(self, owner: int) -> str:
        """The public id that the row gets when it is stored, whether or not the answer was heard."""
        return public_id_of(owner, NO_TEMPLATE, f"g:{self.key}")

    def blame(self, faults: tuple[CellFault, ...]) -> None:
        """Put what is wrong beside the boxes."""
        self.state, self.words = "bad", _("To fix")
        self.faults = list(dict.fromkeys(_at_box(fault) for fault in faults))


def rows_of(posted: QueryDict) -> list[GridRow]:
    """The rows of a posted grid in their order, blank ones too."""
    numbers = sorted({int(match[1]) for name in posted if (match := _NUMBER.fullmatch(name))})[:MOST_ROWS]
    return [row_of(posted, no) for no in numbers]


def row_of(posted: QueryDict, no: int) -> GridRow:
    typed = {name: posted.get(f"r{no}-{name}", "").replace("\x00", "")[:LONGEST] for name in TYPED}
    key, public_id, version = (posted.get(f"r{no}-{name}", "") for name in HIDDEN)
    row = GridRow(no, typed, key if _KEY.fullmatch(key) else "", public_id[:20], version[:9])
    if row.id:
        row.state, row.words = "saved", _("Saved")
    return row


def blank_row(no: int, key: str) -> GridRow:
    return GridRow(no, dict.fromkeys(TYPED, ""), key, words=_("New row"))


def sheet_of(rows: list[GridRow], types: dict[str, ActivityType]) -> Sheet:
    """The rows as a sheet, so that they are read with the rules of every other sheet."""
    cells = {}
    for row in rows:
        texts = {name: text for name, text in row.texts(types).items() if tidy(text)}
        cells[row.no] = {COLUMNS[name]: Cell(row.no, COLUMNS[name], text, text) for name, text in texts.items()}
    return Sheet("", cells)


def at_label(sentence: str, cell: str) -> str:
    """A sentence about a cell as one about its box: “Ô E4: …” becomes “Nữ: …”."""
    label = BY_KEY[_key_of(cell)].title
    start = say("sheet.cell", cell=cell, fault="").strip()
    if sentence.startswith(start):
        return f"{label}:{sentence.removeprefix(start)}"
    bare = start.rstrip(":")
    return sentence.replace(bare, f"“{label}”") if bare in sentence else sentence


def _at_box(fault: CellFault) -> tuple[str, str]:
    key = _key_of(fault.cell)
    return "rest" if key == "people" else key, at_label(fault.sentence, fault.cell)


def _key_of(cell: str) -> str:
    letters = _ADDRESS.fullmatch(cell)[1]
    return next((name for place, name in AT.items() if address(1, place)[:-1] == letters), "title")
