"""Names found in running text: word by word, whatever stands between the words, the longest name first."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator

from provinces.vietnamese import fold, new_tone_place

# “LĐ-TB&XH”, “VH,TT&DL”: an abbreviation in pieces is one word.
PIECES = r"[A-ZĐ]{1,8}(?:(?: ?[-–&] ?|[.,])[A-ZĐ]{1,8})+(?![^\W_])"
WORD = re.compile(rf"{PIECES}|[^\W_]+|&")
JOINT = re.compile(r"[ \t\u00a0,\-–/]{0,4}$")
POINTED = {"tp", "tx", "tt", "h", "p", "x", "q"}  # TP. Hạ Long
HEADS = {"sở", "bộ", "ban", "phòng"}
KINDS = {
    ("thành", "phố"): "tp",
    ("thị", "xã"): "tx",
    ("thị", "trấn"): "tt",
    ("huyện",): "h",
    ("phường",): "p",
    ("quận",): "q",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its key, its place, whether it is a name's (capital or digit)."""

    key: str
    start: int
    end: int
    proper: bool
    joined: bool


def spoken(word: str) -> str:
    """The key of a word that keeps its accents: xã Tân An is not xã Tấn An."""
    return _letters(new_tone_place(word).lower()) or "và"


def bare(word: str) -> str:
    """The key of a word without accents."""
    return _letters(fold(word)) or "va"


def _letters(word: str) -> str:
    """Letters and digits only; nothing is left of “&”, which reads “và”."""
    return "".join(letter for letter in word if letter.isalnum())


def words_of(text: str, key: Callable[[str], str] = spoken) -> list[Word]:
    """The words of an NFC text; `joined` where nothing but a space or a comma parts it from the one before."""
    found, end, before = [], 0, ""
    for match in WORD.finditer(text):
        gap = text[end : match.start()]
        joined = bool(found) and bool(JOINT.match(gap) or (gap in {".", ". "} and before in POINTED))
        before = key(match.group())
        found.append(Word(before, match.start(), match.end(), _proper(match.group()), joined))
        end = match.end()
    return found


def _proper(word: str) -> bool:
    return word[0].isdigit() or word[0].isupper()


class Names:
    """Names and what each stands for; a name that stands for nothing is in use and hides the shorter ones in it."""

    def __init__(self, key: Callable[[str], str] = spoken):
        self._key = key
        self._things: dict[tuple[str, ...], object] = {}
        self._lengths: dict[str, set[int]] = {}

    def add(self, name: str, thing, *, proper: bool = False) -> None:
        """A name for `thing`; None wins over anything. `proper`: its last word needs a capital to be meant."""
        self.add_keys(tuple(word.key for word in words_of(name, self._key)), thing, proper=proper)

    def add_keys(self, keys: tuple[str, ...], thing, *, proper: bool = False) -> None:
        if keys and not (keys in self._things and self._things[keys] is None):
            self._things[keys] = None if thing is None else (thing, proper)
            self._lengths.setdefault(keys[0], set()).add(len(keys))

    def get(self, name: str):
        """What the name stands for; None for an unknown one and for one in use."""
        found = self._things.get(tuple(word.key for word in words_of(name, self._key)))
        return found[0] if found else None

    def find(self, text: str) -> Iterator[tuple[int, int, object]]:
        """(start, end, thing) of every name of something, left to right, none inside another."""
        words, place = words_of(text, self._key), 0
        while place < len(words):
            length, entry = self._longest(words, place)
            if entry:
                yield words[place].start, words[place + length - 1].end, entry[0]
            place += max(length, 1)

    def _longest(self, words: list[Word], place: int) -> tuple[int, tuple | None]:
        run = _run(words, place, max(self._lengths.get(words[place].key, {0})))
        for length in sorted(self._lengths.get(words[place].key, ()), reverse=True):
            keys = tuple(word.key for word in run[:length])
            if length > len(run) or keys not in self._things:
                continue
            entry = self._things[keys]
            if entry is None or not entry[1] or run[length - 1].proper:
                return length, entry
        return 0, None


def _run(words: list[Word], place: int, longest: int) -> list[Word]:
    """At most `longest` words from `place` on that are joined to one another."""
    run = words[place : place + longest]
    parted = next((number for number, word in enumerate(run) if number and not word.joined), len(run))
    return run[:parted]


def forms_of_body(name: str) -> Iterable[tuple[str, ...]]:
    """A body's name and its usual short forms as keys: Sở LĐTBXH, Sở Lao động - TBXH."""
    keys = tuple(word.key for word in words_of(name))
    yield keys
    head, rest = keys[:1], keys[1:]
    if head and head[0] in HEADS:
        for cut in range(len(rest) - 1):
            letters = "".join(key[0] for key in rest[cut:] if key != "và")
            if len(letters) > 1 and rest[cut] != "và":
                yield (*head, *rest[:cut], letters)


def forms_of_unit(name: str) -> Iterable[tuple[str, ...]]:
    """A unit's full name as keys, and with its kind shortened: TX Quảng Yên, TP Hạ Long."""
    keys = tuple(word.key for word in words_of(name))
    yield keys
    for kind, short in KINDS.items():
        if keys[: len(kind)] == kind:
            yield (short, *keys[len(kind) :])
