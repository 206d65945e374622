"""What in a free text may show who a person is: telephone, identity number, name beside violence, home address.

People helped are counted, never named. Hotlines, amounts, dates and document symbols are no persons.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from provinces.vietnamese.folding import nfc, plain

NEAR = 100  # characters on either side in which a word of violence makes a name a person concerned
LONGEST_FILE_NAME = 300
BLANK = "·"
_ANY_SPACE = re.compile(r"[^\S\n]")

_GAP, _BRACKET = r"[ .\-\u2000-\u200b\u2060]{0,3}", r"[ .\-()]{0,3}"
_MOBILE, _OLD_MOBILE = rf"[35789](?:{_GAP}\d){{8}}", rf"1{_GAP}[2689](?:{_GAP}\d){{8}}"
_FIXED = rf"2(?:{_BRACKET}\d){{9}}"  # (0203) 3825 123
_ABROAD = re.compile(rf"(?<!\d)(?:\+|00)84{_GAP}(?:0{_GAP})?(?:{_MOBILE}|{_FIXED})(?!\d)")
_PHONE = re.compile(rf"(?<!\d)(?:0{_GAP}(?:{_MOBILE}|{_OLD_MOBILE}|{_FIXED})|84[35789]\d{{8}})(?!\d)")
_TOLD_PHONE = re.compile(
    r"(?:dien thoai|sdt|\bdt|lien he|lien lac|goi|zalo|so may|\btel|phone)\W{0,3}(?:so )?\W{0,3}"
    rf"(?P<number>\d(?:{_GAP}\d){{8,10}})(?!\d)"
)
_IDENTITY = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:\d{12}|\d{9}|0\d\d(?P<gap>[ .\-])\d{3}(?P=gap)\d{3}(?P=gap)\d{3})(?!\d)(?![.,]\d)"
)
_TOLD_IDENTITY = re.compile(
    r"(?:cmnd|cmt|cccd|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?|dinh danh(?: ca nhan)?|ho chieu|passport)"
    rf"\W{{0,3}}(?:so )?\W{{0,3}}(?P<number>[a-z]?\d(?:{_GAP}\d){{6,11}})(?!\d)"
)
_HOTLINE = re.compile(r"(?<!\d)(?:1800|1900)(?:[ .\-]?\d){4}(?:(?:[ .\-]?\d){2})?(?!\d)")
_DAY = re.compile(
    r"(?<![\d.\-])(?:0?[1-9]|[12]\d|3[01])(?P<gap>[./\-])(?:0?[1-9]|1[0-2])(?P=gap)(?:19|20)\d\d(?!\d|[.\-]\d)"
    r"|(?<!\d)\d{1,2}(?:h|:)\d{2}(?!\d)"
)
_AMOUNT = re.compile(
    r"(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?(?!\d|\.\d)"  # 80.000.000
    r"|(?<!\d)(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?! ?\d)"  # 80 000 000
    r"|(?<!\d)[1-9]\d{3,14} ?(?:d|dong|vnd|₫|nghin|trieu|ty|usd|luot)(?![a-z])"  # 500000000 đồng
    r"|(?:kinh phi|so tien|tri gia|gia tri|tong)(?: la)? ?:? ?[1-9]\d{3,14}(?!\d)"
)
_SYMBOL = re.compile(r"(?<!\d)\d{1,9}/(?:\d{4}/)?[a-z][a-z&\-]+")  # 3608/QĐ-BPN&TE
_PAGE = re.compile(r"(?:https?://|www\.)\S+")

_VIOLENCE = re.compile(
    r"bao luc|bao hanh|xam hai|nan nhan|mua ban (?:nguoi|phu nu|tre em)|buon ban (?:nguoi|phu nu)|hiep dam|cuong hiep"
    r"|dam o|giao cau|danh dap|bi danh|hanh hung|hanh ha|nguoc dai|quay roi|lam dung tinh duc|tao hon|cuong ep|tam lanh"
)
# The campaign's own name and tasks are not a story about somebody.
_AGAINST = re.compile(r"(?:phong|chong|ngua|ung pho|xoa bo|cham dut|giam thieu|day lui)[^.;:\n]{0,30}$")

_LETTERS = [chr(code) for code in (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA))]
_LARGE = "".join(letter for letter in _LETTERS if letter.isupper())
_SMALL = "".join(letter for letter in _LETTERS if letter.islower())
_WORD = rf"(?:[{_LARGE}][{_SMALL}]+|[{_LARGE}]{{2,}})"
_NAME = re.compile(
    r"\b(?P<call>(?i:chị|bà|cháu|em|anh|ông|cô|bé|chú|bác|nạn nhân))(?: (?:gái|trai|tên|tên là))?"
    rf" (?P<name>{_WORD}(?: (?:{_WORD}|[{_LARGE}]\.?(?!\w)))*)"
)
_NOT_A_CALL_AFTER = {"trẻ", "chị", "anh", "các", "tiếng", "nước", "thiếu"}
_PLACES = {("bà", "Rịa"), ("bà", "Nà"), ("bà", "Triệu"), ("bà", "Trưng"), ("bà", "Điểm"), ("cô", "Tô")}

_HOUSE = r"\d{1,3}[A-Za-z]?(?:/\d{1,4}[A-Za-z]?){0,4}"
_STREET = rf"(?:đường|phố|[Đđ]\.) (?:số )?(?:\d+|[{_LARGE}]\w*(?: [{_LARGE}]\w*){{0,6}})"
_LANE = r"(?:[Nn]gõ|[Nn]gách|[Hh]ẻm|kiệt) (?:số )?\d[\w/]{0,12}"
_DOOR = r"(?:[Ss]ố nhà|[Nn]hà số|[Cc]ăn hộ(?: số)?|[Pp]hòng trọ(?: số)?) ?:? ?[A-Z]?\d[\w/]{0,12}"
_HOME = re.compile(
    rf"\b(?:{_DOOR}(?:,? {_LANE}){{0,4}}(?:,? {_STREET})?|(?:[Ss]ố )?{_HOUSE},? {_STREET}"
    rf"|(?:[Ss]ố {_HOUSE},? )?{_LANE}(?:,? {_STREET})?)"
)

_LIST_OF_PEOPLE = re.compile(
    r"(?:danh sach|ds) .*(?:nan nhan|nguoi bi|duoc (?:ho tro|tang|tham)|nhan (?:qua|ho tro)|ho ngheo|doi tuong)"
)


@dataclass(frozen=True)
class Finding:
    """A part of a text that may show a person: phone and identity are refused, name and address asked about."""

    kind: str
    marked: str
    start: int
    digits: int = 0

    @property
    def refused(self) -> bool:
        return self.kind in {"phone", "identity"}


def find_private(text: str) -> list[Finding]:
    """Everything in the text that may show who a person is, in the order of the text."""
    text = _ANY_SPACE.sub(" ", nfc(text))
    return sorted([*_numbers(text), *_names(text), *_homes(text)], key=lambda finding: finding.start)


def _numbers(text: str) -> Iterator[Finding]:
    """Numbers that say what they are come first; then amounts, dates and symbols are set aside."""
    left = _ascii_digits(text)
    for kind, pattern in (
        ("phone", _ABROAD),
        ("identity", _TOLD_IDENTITY),
        (None, _HOTLINE),
        ("phone", _TOLD_PHONE),
        (None, _DAY),
        (None, _AMOUNT),
        (None, _SYMBOL),
        ("phone", _PHONE),
        (None, _PAGE),
        ("identity", _IDENTITY),
    ):
        if kind:
            yield from (_number(kind, match, text) for match in pattern.finditer(left))
        left = _blank(pattern, left)


def _number(kind: str, match: re.Match, text: str) -> Finding:
    start, end = match.span("number" if "number" in match.groupdict() else 0)
    return Finding(kind, text[start:end], start, sum(map(str.isdecimal, text[start:end])))


def _blank(pattern: re.Pattern, text: str) -> str:
    return pattern.sub(lambda match: BLANK * len(match[0]), text)


def _ascii_digits(text: str) -> str:
    """Plain letters, and the digits of every script as 0–9: another script hides nothing."""
    return "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in plain(text))


def _names(text: str) -> Iterator[Finding]:
    folded = plain(text)
    stories = [
        match.start()
        for match in _VIOLENCE.finditer(folded)
        if not _AGAINST.search(folded[max(0, match.start() - 60) : match.start()])
    ]
    for match in _NAME.finditer(text):
        next_story = bisect_left(stories, match.start() - NEAR)
        near = next_story < len(stories) and stories[next_story] <= match.end() + NEAR
        if near and _calls_somebody(text, match):
            yield Finding("name", match[0], match.start())


def _calls_somebody(text: str, match: re.Match) -> bool:
    """“chị Hoa” is somebody; “trẻ em Việt Nam”, “huyện Cô Tô” and “các em DTTS” are not."""
    call, name = match["call"], match["name"]
    before = text[: match.start()].rstrip()
    return not (
        (call.lower(), name.split()[0]) in _PLACES
        or name.startswith("Việt Nam")
        or (" " not in name and (name.isupper() or call.lower() == "nạn nhân"))
        or (call.istitle() and before and before[-1] not in '.!?:;“"-–(')
        or before.rpartition(" ")[2].lower() in _NOT_A_CALL_AFTER
    )


def _homes(text: str) -> Iterator[Finding]:
    for match in _HOME.finditer(text):
        yield Finding("address", match[0], match.start())


def shows_people(file_name: str) -> bool:
    """Whether the name of a file may show who was helped, or calls it a list of them."""
    words = re.sub(r"[_+]", " ", nfc(file_name)[:LONGEST_FILE_NAME])
    return bool(find_private(words) or _LIST_OF_PEOPLE.search(re.sub(r"[\s\-]+", " ", plain(words))))
