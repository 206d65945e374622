"""What departments say in their returns, line by line, with repeats put together and every author kept.

Two lines are one statement when at least eight words in ten are the same, whatever their accents, letters and signs;
a line with another number, or with a “không” or “chưa” more, says something else.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from provinces.vietnamese import fold

ALIKE = 0.8
NAMED = 6  # authors named behind a statement; the rest are counted
SHORT = 7  # “Không có khó khăn, vướng mắc gì.” says nothing
SHORT_FORMS = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "bdg": "binh dang gioi"}
DENIALS = {"khong", "chua", "chang"}
LEAD_IN = re.compile(r"^\s*(?:[-+–•*]|\d+(?:\.\d+)*[.)]|[a-zđ]\))\s+")
LEAD_OF_CAUSE = re.compile(r"^\s*nguyên nhân\s*(?::|là\s)\s*", re.IGNORECASE)
CAUSES = "III.3"  # the section whose title says “Nguyên nhân” already
# Which words of the returns a section of the report can take over.
HEARD = {
    "I": ("I",),
    **{f"II.{n}": ("II",) for n in range(1, 10)},
    "III.1": ("II",),
    "III.2": ("III.2",),
    "III.3": ("III.2",),
    "IV.2": ("IV.2",),
    "IV.3": ("IV.3",),
}


@dataclass(frozen=True)
class Voice:
    """One line of one department's return."""

    key: str
    text: str
    department_id: int
    department: str
    report_id: int
    public_id: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        return words_of(self.text)

    @property
    def sha256(self) -> str:
        return sha_of(self.text)


@dataclass(frozen=True)
class Statement:
    """What one or several departments say, in the words most of them use."""

    key: str
    text: str
    voices: tuple[Voice, ...]

    @property
    def id(self) -> str:
        """A short name that stays as long as the words do."""
        return f"{self.key}-{sha_of(self.text)[:12]}"

    @property
    def authors(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.department for each in self.voices))

    @property
    def others(self) -> tuple[Voice, ...]:
        """The wordings that were put together with this one."""
        return tuple(each for each in self.voices if each.text != self.text)

    @property
    def line(self) -> str:
        """“- Kinh phí hạn hẹp (Sở Nội vụ, Hội Liên hiệp Phụ nữ tỉnh).”"""
        return self.line_under("")

    def line_under(self, section: str) -> str:
        """The line as it stands in a section: under “Nguyên nhân” it does not announce itself as a cause again."""
        text = without_lead(self.text) if section == CAUSES else self.text
        return f"- {text.rstrip(' .;,')} ({in_brackets(self.authors)})."


def without_lead(text: str) -> str:
    """“Nguyên nhân: cán bộ kiêm nhiệm” → “Cán bộ kiêm nhiệm”."""
    rest = LEAD_OF_CAUSE.sub("", text)
    return rest[:1].upper() + rest[1:] if rest and rest != text else text


def in_brackets(names: Sequence[str]) -> str:
    """The first authors by name, the rest as a count."""
    if len(names) <= NAMED + 1:
        return ", ".join(names)
    return f"{', '.join(names[:NAMED])} và {len(names) - NAMED} cơ quan, đơn vị khác"


def words_of(text: str) -> tuple[str, ...]:
    """The words by which two lines are compared."""
    words = re.findall(r"\w+", fold(text))
    return tuple(part for each in words for part in SHORT_FORMS.get(each, each).split())


def sha_of(text: str) -> str:
    """One hash for one wording, whatever its signs and accents."""
    return hashlib.sha256(" ".join(words_of(text)).encode()).hexdigest()


def lines_said(text: str) -> list[str]:
    """The lines of a department's text that say something, without their numbers and dashes."""
    lines = (LEAD_IN.sub("", each).strip() for each in text.splitlines())
    return [each for each in lines if says_something(each)]


def says_something(line: str) -> bool:
    """False for a title that ends in a colon, and for “Không có.”"""
    words = words_of(line)
    if not words or line.endswith(":"):
        return False
    return not (words[0] == "khong" and len(words) <= SHORT)


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """True when two lines say the same; see the head of this module."""
    first, second = set(one), set(other)
    if _telling(one) != _telling(other):
        return False
    return len(first & second) >= ALIKE * len(first | second)


def _telling(words: Iterable[str]) -> list[str]:
    return sorted(each for each in words if each in DENIALS or any(letter.isdigit() for letter in each))


def statements(voices: Iterable[Voice], key: str = "") -> list[Statement]:
    """The voices put together, what most say first; of equals the order in which they came."""
    heaps: list[list[Voice]] = []
    same: dict[tuple[str, ...], list[Voice]] = {}
    for voice in voices:
        if key and voice.key != key:
            continue
        heap = same.get(voice.words) or next((each for each in heaps if alike(each[0].words, voice.words)), None)
        if heap is None:
            heap = []
            heaps.append(heap)
        heap.append(voice)
        same.setdefault(voice.words, heap)
    found = [Statement(heap[0].key, _usual(heap), tuple(heap)) for heap in heaps]
    return sorted(found, key=lambda each: -len(each.authors))


def _usual(heap: list[Voice]) -> str:
    """The wording that most of them use; of equals the first."""
    counts: dict[str, int] = {}
    for each in heap:
        counts[each.text] = counts.get(each.text, 0) + 1
    return max(counts, key=counts.get)


def holds(text: str, wording: str) -> bool:
    """True when a text contains these words, in this order; the lead-in of a cause may be missing."""
    return f" {' '.join(words_of(without_lead(wording)))} " in f" {' '.join(words_of(text))} "
