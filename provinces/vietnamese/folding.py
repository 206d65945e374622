"""Vietnamese letters: stored as NFC, found without accents, sorted in the order of the alphabet."""

import re
import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền, hỏi, ngã, sắc, nặng
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u2060\ufeff\u00ad"))
SPACES = re.compile(r"\s+")
# The Icelandic Ð stands for Đ in texts that were converted from old fonts.
ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "Ð": "Đ", "ð": "đ"})

_TONE_MARKS = "".join(TONES)
# "hoà" and "hòa" are one word; "hoàn" and "quý" have only one spelling.
_OLD_PLACE = re.compile(rf"(o(?=[ae])|(?<!q)u(?=y))([aey])([{_TONE_MARKS}])(?![^\W\d_]|[\u0300-\u036f])", re.IGNORECASE)
_RANK = {letter: f"{chr(97 + i // 6)}{chr(97 + i % 6)}" for i, letter in enumerate(LETTERS)}
_PIECES = re.compile(r"\d+|.", re.DOTALL)


def nfc(text: str) -> str:
    """The one form in which text is stored."""
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """NFC, one plain space for every run of spaces of any width, nothing invisible, no space at the ends."""
    return SPACES.sub(" ", nfc(text).translate(INVISIBLE)).strip()


def capitalise(text: str) -> str:
    """First letter large, the rest as it is (“sở Nội vụ” → “Sở Nội vụ”)."""
    return text[:1].upper() + text[1:]


def new_tone_place(text: str) -> str:
    """“hoà, thuý, khoẻ” as “hòa, thúy, khỏe”: the spelling of Nghị định 30/2020."""
    return nfc(_OLD_PLACE.sub(r"\1\3\2", unicodedata.normalize("NFD", nfc(text))))


def plain(text: str) -> str:
    """Small letters without accents, as many characters as the NFC text has."""
    return "".join(map(_plain_letter, nfc(text)))


def fold(text: str) -> str:
    """The key of searching and importing: “Kỳ Anh”, “KỲ ANH” and “ky  anh” are one."""
    letters = plain(new_tone_place(tidy(text)).translate(ALIKE))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def sort_key(text: str) -> str:
    """A key of small letters and digits whose plain order is the Vietnamese one, also inside a database.

    Letters first (a ă â b c d đ e ê …), then tones (ngang huyền hỏi ngã sắc nặng); numbers by value.
    """
    letters, tones = [], []
    for piece in _PIECES.findall(new_tone_place(tidy(text)).translate(ALIKE).lower()):
        letter, tone = _letter_and_tone(piece)
        letters.append(_RANK.get(letter) or _other(letter))
        tones.append(str(tone))
    return "".join([*letters, "0", *tones])


def _plain_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return "d" if base == "đ" else base[0]


def _letter_and_tone(piece: str) -> tuple[str, int]:
    marks = unicodedata.normalize("NFD", piece)
    tone = next((TONES[mark] for mark in marks if mark in TONES), 0)
    return nfc("".join(mark for mark in marks if mark not in TONES)), tone


def _other(piece: str) -> str:
    """Signs and spaces before digits before letters; “Quận 2” before “Quận 10”."""
    if piece.isascii() and piece.isdigit():
        digits = piece.lstrip("0")[:9]
        return f"2{len(digits)}{digits}"
    base = plain(piece)
    return _RANK.get(base, "1")
