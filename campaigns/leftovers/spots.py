"""A spot: one place of a text that still reads like an earlier year, and what could stand there instead."""

import dataclasses
import hashlib
import re
from collections.abc import Iterator

from campaigns.leftovers.bodies import Gone
from campaigns.leftovers.words import Names
from campaigns.leftovers.years import find_years
from campaigns.models import Leftover
from provinces.vietnamese import capitalise

LONGEST = 300
DATED = re.compile(r"ngày\s+[\d/.\-\s]{6,14}\s+của\s+$|ngày \d{1,2} tháng \d{1,2} năm \d{4} của\s+$")
BEFORE = re.compile(r"(?:\S+[ \t]+){0,4}\S*$")
AFTER = re.compile(r"\S*(?:[ \t]+\S+){0,2}")


@dataclasses.dataclass(frozen=True)
class Text:
    """A text that may hold something old: where it stands, whose it is, which version was read."""

    anchor: str  # under which a decision about it is kept
    where: str  # the part of the plan that a link leads to
    title: str
    text: str
    row: object
    field: str
    version: int = 0


@dataclasses.dataclass(frozen=True)
class Spot:
    """One place in a text; `found` holds a few words around it, so that a decision is about this sentence only."""

    text: Text
    kind: str
    start: int
    end: int
    found: str
    gone: Gone | None = None
    instead: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A short name for forms; the same as long as the place reads the same."""
        return hashlib.sha256("\n".join(self.decision).encode()).hexdigest()[:12]

    @property
    def decision(self) -> tuple[str, str, str]:
        """What a decision to keep it is about: anchor, kind, words."""
        return self.text.anchor, self.kind, self.found

    @property
    def old(self) -> str:
        """Exactly the words that are old."""
        return self.text.text[self.start : self.end]

    @property
    def before(self) -> str:
        return self.found.partition(self.old)[0]

    @property
    def after(self) -> str:
        return self.found.partition(self.old)[2]

    @property
    def may_stay(self) -> bool:
        """Words may be right all the same; a group that has ended binds nobody when it leads a task."""
        return self.text.field != "lead_group"

    @property
    def label(self) -> str:
        return str(Leftover.Kind(self.kind).label)

    def changed(self, words: str) -> str:
        """The whole text with `words` in the place of the old ones."""
        return self.text.text[: self.start] + words + self.text.text[self.end :]


@dataclasses.dataclass(frozen=True)
class Old:
    """What counts as old for one plan or campaign."""

    phrases: Names  # themes, messages, names and letters of earlier years → (kind, words of this year)
    gone: Names
    first: int
    year: int
    base: int


def spots_of(text: Text, old: Old) -> Iterator[Spot]:
    """Everything old in one text, in the order of reading."""
    found = [*_phrases(text, old), *_years(text, old), *_names(text, old)]
    taken: list[Spot] = []
    for spot in found:
        if not any(spot.start < other.end and other.start < spot.end for other in taken):
            taken.append(spot)
    yield from sorted(taken, key=lambda spot: spot.start)


def _phrases(text: Text, old: Old) -> Iterator[Spot]:
    for start, end, (kind, instead) in old.phrases.find(text.text):
        words = text.text[start:end]
        found = words[:LONGEST] if kind == Leftover.Kind.THEME else _around(text.text, start, end)
        yield Spot(text, kind, start, end, found, instead=(instead,) if instead else ())


def _years(text: Text, old: Old) -> Iterator[Spot]:
    for hit in find_years(text.text, first=old.first, year=old.year, base=old.base):
        instead = (hit.instead,) if hit.instead else ()
        found = _around(text.text, hit.start, hit.end)
        yield Spot(text, Leftover.Kind.YEAR, hit.start, hit.end, found, instead=instead)


def _names(text: Text, old: Old) -> Iterator[Spot]:
    for start, end, gone in old.gone.find(text.text):
        if not DATED.search(text.text[:start]):
            yield Spot(text, gone.kind, start, end, _around(text.text, start, end), gone=gone)


def _around(text: str, start: int, end: int) -> str:
    """The old words with up to four before and two after, of the same line."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    before = BEFORE.search(text[first:start]).group()
    after = AFTER.match(text[end : last if last >= 0 else len(text)]).group()
    return (before + text[start:end] + after).strip()[:LONGEST]


def in_place_of(old: str, words: str) -> str:
    """The new words with a capital where the old ones had one: Thị xã Quảng Yên, thị xã Quảng Yên."""
    return capitalise(words) if old[:1].isupper() and old[1:2].islower() else words
