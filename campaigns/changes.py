"""What changed between two contents of a plan: place by place, field by field, word by word."""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from campaigns.models import PlanSection
from campaigns.outlines import section

FACTS = ("subject", "issuer", "paper", "budget", "addressees", "recipients", "programmes")
TASK_FIELDS = ("title", "heading", "lead", "partners", "when", "place", "optional", "targets", "money", "programmes")
MONEY = ("state", "mobilised", "total", "integrated")
ADDED, REMOVED, CHANGED = "added", "removed", "changed"
WORD = re.compile(r"\w+|\s+|[^\w\s]")
LONGEST = 3000  # words; a longer stretch that was written anew is shown whole


@dataclasses.dataclass(frozen=True)
class Field:
    """One value before and after: text, a whole number, a truth or a list; None where there was nothing."""

    name: str
    old: object
    new: object


@dataclasses.dataclass(frozen=True)
class Change:
    """One place of a plan that is not as it was: its anchor, what happened to it, its fields."""

    anchor: str
    what: str
    fields: tuple[Field, ...]
    old: dict | None = None
    new: dict | None = None

    @property
    def kind(self) -> str:
        """facts, section, target, task or figure."""
        return self.anchor.partition(":")[0]

    @property
    def key(self) -> str:
        return self.anchor.partition(":")[2]


def changes_between(old: dict, new: dict) -> list[Change]:
    """Every place that differs between two contents, in the order of the paper; tasks are the same by lineage."""
    found = [*_facts(old["facts"], new["facts"]), *_sections(old["sections"], new["sections"])]
    found += _tasks(old["tasks"], new["tasks"])
    found += _targets(old["targets"], new["targets"])
    sums = tuple(_fields(old["money"], new["money"], MONEY))
    return [*found, *([Change("figure:money", CHANGED, sums, old["money"], new["money"])] if sums else [])]


def _fields(old: dict, new: dict, names: Iterable[str]) -> Iterator[Field]:
    for name in names:
        if old.get(name) != new.get(name):
            yield Field(name, old.get(name), new.get(name))


def _facts(old: dict, new: dict) -> Iterator[Change]:
    fields = tuple(_fields(old, new, FACTS))
    if fields:
        yield Change("facts:", CHANGED, fields, old, new)


def _sections(old: dict, new: dict) -> Iterator[Change]:
    for key in PlanSection.Key.values:
        before, after = old.get(key, ""), new.get(key, "")
        if before != after:
            what = CHANGED if before and after else ADDED if after else REMOVED
            yield Change(section(key), what, (Field("text", before, after),))


def _tasks(old: list[dict], new: list[dict]) -> Iterator[Change]:
    """Tasks of the new content in their order, then those that were taken out."""
    before = {task["lineage"]: task for task in old}
    after = {task["lineage"] for task in new}
    for task in new:
        was = before.get(task["lineage"])
        fields = tuple(_fields(was or {}, task, TASK_FIELDS))
        if was is None:
            yield Change(f"task:{task['id']}", ADDED, fields, None, task)
        elif fields:
            yield Change(f"task:{task['id']}", CHANGED, fields, was, task)
    for task in old:
        if task["lineage"] not in after:
            yield Change(f"task:{task['id']}", REMOVED, tuple(_fields(task, {}, TASK_FIELDS)), task, None)


def _targets(old: dict, new: dict) -> Iterator[Change]:
    for code in sorted({*old, *new}):
        before, after = old.get(code), new.get(code)
        if before != after:
            what = CHANGED if before and after else ADDED if after else REMOVED
            words = Field("words", before and before["words"], after and after["words"])
            yield Change(f"target:{code}", what, (words,), before, after)


@dataclasses.dataclass(frozen=True)
class Piece:
    """A stretch of a text that stayed, or went, or came."""

    text: str
    changed: bool = False


def pieces_between(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """The old and the new text in pieces, the words marked that are in one of them only."""
    left, right = [], []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[i:j]), "".join(after[k:m])
        if tag == "equal":
            left.append(Piece(gone))
            right.append(Piece(come))
        else:
            for side, pieces in zip((left, right), _words(gone, come), strict=True):
                side += pieces
    return _joined(left), _joined(right)


def _words(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    before, after = WORD.findall(old), WORD.findall(new)
    if max(len(before), len(after)) > LONGEST:
        return [Piece(old, True)], [Piece(new, True)]
    left, right = [], []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left.append(Piece("".join(before[i:j]), tag != "equal"))
        right.append(Piece("".join(after[k:m]), tag != "equal"))
    return left, right


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece, nothing empty; a space between two changed words is changed with them."""
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        following = pieces[number + 1 : number + 2]
        bridge = piece.text.isspace() and "\n" not in piece.text and found and found[-1].changed
        changed = piece.changed or bool(bridge and following and following[0].changed)
        if not piece.text:
            continue
        if found and found[-1].changed == changed:
            found[-1] = Piece(found[-1].text + piece.text, changed)
        else:
            found.append(Piece(piece.text, changed))
    return found


def changed_lines(old: str, new: str) -> list[tuple[str, str]]:
    """The stretches of lines that differ, before and after; an empty side was not there."""
    before, after = _lines(old), _lines(new)
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [("\n".join(before[i:j]), "\n".join(after[k:m])) for tag, i, j, k, m in opcodes if tag != "equal"]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
