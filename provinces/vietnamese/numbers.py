"""Counts and quantities: read as people type them, written as 1.234.567,5."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from django.utils.translation import gettext_lazy as _

from provinces.vietnamese.folding import plain, tidy
from provinces.vietnamese.sentences import Question, Unreadable, quoted
from provinces.vietnamese.words import count_words

MAXIMUM_COUNT = 100_000
MAXIMUM_QUANTITY = 999_999_999
EXAMPLES = (125, 12, 3, 1_250, 12_500, 80_000_000)
LONGEST = 60  # characters of a number that are still looked at
NO_DATA = "–"

# Certainties as the output rows hold them, with the word that stands before the number.
CERTAIN_WORDS = {"exact": "", "about": "khoảng", "over": "trên", "nearly": "gần"}

_DASHES = "-−–—"
_SIGNED = re.compile(rf"[{_DASHES}] ?(?=[\d.,])")
_WHOLE = re.compile(r"[1-9]\d*|0\d?")  # 05 as official texts write it; a longer 0550 is a code
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([. ])\d{3})(?:\1\d{3})*|[1-9]\d{0,2}(?:,\d{3}){2,}")
_ONE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_FRACTION = re.compile(r"((?:0|[1-9]\d*)|[1-9]\d{0,2}(?:([. ])\d{3})(?:\2\d{3})*),(\d+)")
_ONE_DOT = re.compile(r"(\d+)\.(\d+)")
_RANGE = re.compile(rf"(?:tu )?\d[\d., ]*(?:[{_DASHES}]|den|toi) ?\d[\d., ]*")
_BOUND = re.compile(r"[<≤≥]|>=|(?:duoi|it nhat|toi thieu|toi da) \d")
_STEPS = (("nghin", 10**3), ("ngan", 10**3), ("trieu", 10**6), ("ty", 10**9), ("ti", 10**9))

_HEDGES = (
    ("tren duoi", "about"),
    ("xap xi", "about"),
    ("uoc tinh", "about"),
    ("uoc chung", "about"),
    ("uoc khoang", "about"),
    ("khoang chung", "about"),
    ("khoang", "about"),
    ("chung", "about"),
    ("uoc", "about"),
    ("do", "about"),
    ("~", "about"),
    ("≈", "about"),
    ("tren", "over"),
    ("hon", "over"),
    (">", "over"),
    ("gan", "nearly"),
    ("ngot", "nearly"),
)
_UNKNOWN = {"khong ro", "chua ro", "khong co so lieu", "chua co so lieu", "khong nho", *"-−–—"}
_UNCOUNTED = re.compile(r"(hang|vai|may) (chuc|tram|nghin|ngan|van|trieu)( .*)?|nhieu|mot so|dong dao|rat nhieu")


@dataclass(frozen=True)
class Quantity:
    """A number with its certainty; without a number, the words that were kept. Unpacks into the first two."""

    value: int | Decimal | None
    certainty: str
    words: str = ""

    def __iter__(self) -> Iterator:
        return iter((self.value, self.certainty))

    def __str__(self) -> str:
        return certain(self.value, self.certainty, self.words)


def read_count(text: str, *, label: str, minimum: int = 0, maximum: int = MAXIMUM_COUNT) -> int:
    """A whole number between the two limits; `label` is what it counts, for the sentence (“số nữ”)."""
    text = tidy(text)
    try:
        value = _whole(read_decimal(text, label=label), text, label)
    except NotANumber:
        raise _not_whole(label, minimum, maximum) from None
    if not minimum <= value <= maximum:
        raise _not_whole(label, minimum, maximum)
    return value


def read_quantity(
    text: str, *, label: str = _("quantity"), unit: str = "", whole: bool = False, maximum: int = MAXIMUM_QUANTITY
) -> Quantity:
    """A number with the certainty that stands before it; “hàng trăm” is kept as words, “không rõ” as no data.

    `unit` is the unit of measure that may follow the number (“khoảng 550 lượt người”).
    """
    text = tidy(text)
    folded = plain(text)
    if folded in _UNKNOWN:
        return Quantity(None, "unknown")
    if not text or folded in {"khong", "khong co"}:
        raise Question("num.empty_or_zero", label=label)
    if _UNCOUNTED.fullmatch(folded):
        return Quantity(None, "text", text)
    if _BOUND.match(folded):
        raise Question("num.words", given=quoted(text))
    certainty, rest = _hedge(_without_unit(text, unit))
    if _RANGE.fullmatch(plain(rest)):
        raise Question("num.range", given=quoted(text))
    value = _stepped(rest, text, label)
    if whole:
        value = _whole(value, text, label)
    if value > maximum:
        raise _not_whole(label, 0, maximum)
    return Quantity(value, certainty)


def read_decimal(text: str, *, label: str) -> int | Decimal:
    """A bare number in Vietnamese notation; what can be read in two ways is a question."""
    if not text:
        raise Unreadable("required", label=label)
    if text in _DASHES:
        raise Question("num.empty_or_zero", label=label)
    if _SIGNED.match(text):
        raise Unreadable("num.negative", label=label, given=quoted(text))
    if not re.search(r"\d", text):
        raise NotANumber
    if len(text) > LONGEST or not text.isascii():
        raise NotANumber if _has_letters(text) else _notation(text)
    return _read_ascii(text)


def _has_letters(text: str) -> bool:
    """Whether there is a letter in it that is not the e or x of 1e3, 0x10."""
    return bool(re.search(r"[^\W\d_]", text)) and not re.fullmatch(r"[\d.,]+ ?[ex] ?[+-]?[\d.,]+", text.lower())


def _read_ascii(text: str) -> int | Decimal:
    if _WHOLE.fullmatch(text) or _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    if _ONE_COMMA.fullmatch(text):
        raise _comma(text)
    if match := _FRACTION.fullmatch(text):
        return Decimal(f"{re.sub(r'[. ]', '', match[1])}.{match[3]}")
    if match := _ONE_DOT.fullmatch(text):
        raise _dot(text, *match.groups())
    raise NotANumber if _has_letters(text) else _notation(text)


class NotANumber(ValueError):
    """Words where a number is wanted; the caller knows the kind sentence."""


def _comma(text: str) -> Question:
    small, large = Decimal(text.replace(",", ".")), int(text.replace(",", ""))
    return Question(
        "num.comma",
        guesses=(small, large),
        given=quoted(text),
        small=format_number(small),
        large=format_number(large),
        large_words=count_words(large),
    )


def _dot(text: str, before: str, after: str) -> Question:
    decimal, whole = Decimal(text), int(before + after)
    return Question(
        "num.dot",
        guesses=(decimal, whole),
        given=quoted(text),
        decimal=format_number(decimal),
        whole=format_number(whole),
    )


def _notation(text: str) -> Unreadable:
    return Unreadable("num.notation", given=quoted(text))


def _whole(value: int | Decimal, text: str, label: str) -> int:
    if isinstance(value, Decimal):
        raise Unreadable("num.fraction", label=label, given=quoted(text))
    return value


def _not_whole(label: str, minimum: int, maximum: int) -> Unreadable:
    example = next((number for number in EXAMPLES if minimum <= number <= maximum), minimum)
    return Unreadable(
        "num.whole",
        label=label,
        min=format_number(minimum),
        max=format_number(maximum),
        example=format_number(example),
    )


def _hedge(text: str) -> tuple[str, str]:
    """The certainty before the number (or a + after it) and what is left to read."""
    folded = plain(text)
    for word, certainty in _HEDGES:
        if folded.startswith(word) and not folded.startswith(">=") and re.match(r" ?\d", folded[len(word) :]):
            return certainty, text[len(word) :].strip()
    if re.fullmatch(r"[\d. ]+\+", text):
        return "over", text[:-1].strip()
    return "exact", text


def _without_unit(text: str, unit: str) -> str:
    """“550 lượt người” and “550 người” where lượt người are counted: the measure names the unit."""
    ending = plain(tidy(unit))
    for word in filter(None, (ending, ending.rpartition(" ")[2])):
        if re.search(rf"(?:\d ?| nghin | ngan | trieu | ty ){re.escape(word)}$", plain(text)):
            return text[: -len(word)].strip()
    return text


def _stepped(text: str, given: str, label: str) -> int | Decimal:
    """“2 nghìn”, “1,5 triệu” or a bare number."""
    folded = plain(text)
    for word, size in _STEPS:
        if folded.endswith(word) and re.search(r"\d ?$", folded[: -len(word)]):
            return times(_number(text[: -len(word)].strip(), given, label), size)
    return _number(text, given, label)


def _number(text: str, given: str, label: str) -> int | Decimal:
    try:
        return read_decimal(text, label=label)
    except NotANumber:
        raise _notation(given) if text[:1].isdigit() else Question("num.words", given=quoted(given)) from None


def times(value: int | Decimal, size: int) -> int | Decimal:
    """The exact product, an int where it is whole: 1,5 × 1.000.000 = 1.500.000."""
    with localcontext(prec=2 * LONGEST):
        product = value * size
    return int(product) if product == int(product) else product


def format_number(value: int | Decimal | float) -> str:
    """1.234.567,5; no closing zeros after the comma; a true minus sign."""
    value = Decimal(str(value))
    whole, _, decimals = f"{value.copy_abs():f}".partition(".")
    decimals = decimals.rstrip("0")
    sign = "−" if value < 0 else ""
    return sign + f"{int(whole):,}".replace(",", ".") + (f",{decimals}" if decimals else "")


def two_digit(number: int) -> str:
    """A whole count before its noun in the running text of a document: 06, and 12, 0, 1.250 as they are."""
    return f"0{number}" if number in range(1, 10) else format_number(number)


def certain(value: int | Decimal | None, certainty: str = "exact", words: str = "", number=format_number) -> str:
    """“khoảng 550”, “trên 500”, “gần 600”, “550”, the kept words, or – where there is no number."""
    if certainty == "text":
        return words
    if value is None:
        return NO_DATA
    return f"{CERTAIN_WORDS.get(certainty, '')} {number(value)}".strip()
