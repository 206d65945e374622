"""Cells of a pasted table of tasks: days or words for when, outputs, amounts with their source, kinds of activity."""

import dataclasses
import datetime
import re
from collections.abc import Iterable

from campaigns.models import ActivityType, Measure, MoneySource
from provinces.vietnamese import Quantity, fold, read_date, read_money, read_quantity, tidy

NOTHING = {"", "-", "khong", "khong co", "chua co", "0"}
_RANGE = re.compile(r"^(?:tu )?(?:ngay )?(\S+?) ?(?:-|den|toi) ?(?:het )?(?:ngay )?(\S+)$")
_DAY = re.compile(r"^\d{1,2}$")
_DATED = re.compile(r"\d ?[/.-] ?\d|\d{5}|^\d{1,2}$")
_MONTHS = re.compile(r"^(?:thang )?\d{1,2} ?[/.-] ?\d{4}$")
_WORDS_OF_DAYS = re.compile(r"\b(?:tu|ngay|den|toi|het|thang|nam)\b")
_FIGURES = r"\d+(?:[.,]\d+)*(?: \d{3})*"
_NUMBER = re.compile(
    rf"^(?P<number>(?:[^\W\d]+ )*{_FIGURES}|hàng (?:chục|trăm|nghìn|ngàn|vạn))\s*(?P<unit>.*)$", re.IGNORECASE
)
_STEPS = r"nghìn tỷ|triệu|tỷ|tỉ|nghìn|ngàn|tr\b|k\b"
_AMOUNT = re.compile(rf"{_FIGURES}(?: ?(?:{_STEPS}))?(?: ?(?:đồng|đ|vnđ)\b)?", re.IGNORECASE)

# Words of a title that tell the kind of activity; the first that fits is offered, the person may choose another.
_KINDS = (
    ("HD02", ("phat dong", "mit tinh")),
    ("HD08", ("tap huan", "boi duong")),
    ("HD06", ("hoi thi", "cuoc thi", "thi tim hieu")),
    ("HD05", ("hoi thao", "toa dam", "dien dan", "doi thoai")),
    ("HD17", ("kiem tra", "thanh tra", "giam sat")),
    ("HD19", ("bieu duong", "khen thuong", "ton vinh")),
    ("HD14", ("tham hoi", "tang qua", "tham, tang qua", "trao qua")),
    ("HD15", ("tu van", "nan nhan")),
    ("HD16", ("mo hinh",)),
    ("HD20", ("van dong", "huy dong", "xa hoi hoa")),
    ("HD03", ("dieu hanh", "xe loa", "luu dong", "co dong")),
    ("HD13", ("bang ron", "phuon", "khau hieu", "pa no", "pano", "truc quan")),
    ("HD12", ("to roi", "to gap", "in an", "san xuat")),
    ("HD09", ("phong su", "chuyen muc", "phat thanh, truyen hinh", "truyen hinh", "bao chi")),
    ("HD10", ("truyen thanh", "thong tin co so")),
    ("HD11", ("trang thong tin", "cong thong tin", "mang xa hoi")),
    ("HD07", ("giao luu", "van nghe", "the thao")),
    ("HD27", ("bao cao", "so ket", "tong ket")),
    ("HD01", ("ban hanh", "ke hoach", "van ban", "chi dao")),
    ("HD04", ("tuyen truyen", "truyen thong", "noi chuyen", "sinh hoat")),
)
_SOURCES = (
    ("NG01", ("ngan sach tinh", "ngan sach cap tinh", "nha nuoc cap tinh", "nsnn cap tinh", "nsnn tinh", "ns tinh")),
    ("NG02", ("ngan sach huyen", "ngan sach cap huyen", "nha nuoc cap huyen", "nsnn cap huyen", "ns huyen")),
    ("NG03", ("ngan sach cap xa", "nha nuoc cap xa", "nsnn cap xa", "ngan sach phuong")),
    ("NG05", ("ngan sach trung uong", "nstw")),
    ("NG04", ("nsnn", "ngan sach nha nuoc", "ngan sach")),
    ("NG08", ("xa hoi hoa", "huy dong", "van dong", "tai tro", "ung ho")),
    ("NG07", ("long ghep",)),
)


@dataclasses.dataclass(frozen=True)
class When:
    """The days of a task, or when in words."""

    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    words: str = ""


def read_when(text: str, *, year: int | None) -> When:
    """“20/11”, “15/11 - 20/11”, “15-20/11”, “từ ngày 15/11 đến ngày 20/11”; “thường xuyên” and “trước 20/11” are words.

    Raises what `read_date` raises for a day that is none.
    """
    text = tidy(text)
    folded = fold(text)
    spoken = re.search(r"[a-z]", _WORDS_OF_DAYS.sub("", folded))
    if not text or spoken or not _DATED.search(folded) or _MONTHS.match(folded):
        return When(words=text)
    both = _RANGE.match(folded)
    if both and not re.fullmatch(r"\d{1,2}-\d{1,2}-\d{2,4}", folded):
        first, last = both.groups()
        if _DAY.match(first) and (rest := re.match(r"\d{1,2}([/.]\S+)", last)):
            first += rest[1]
        return When(read_date(first, year=year), read_date(last, year=year))
    return When(read_date(text, year=year))


@dataclasses.dataclass(frozen=True)
class Output:
    """A part of the outputs' cell: the quantity, what it may count, and the text as it stood there."""

    text: str
    quantity: Quantity
    measures: tuple[Measure, ...]
    sure: bool


def parts_of(text: str) -> list[str]:
    """The parts of a cell that holds several things, without bullets."""
    parts = (tidy(part).strip("+•*- ").strip(" .,") for part in re.split(r"[;\n]", text))
    return [part for part in parts if fold(part) not in NOTHING]


def read_output(text: str, type_: ActivityType | None, measures: list[Measure]) -> Output | None:
    """“240 lượt người” against the measures whose unit it names, those of the activity's kind first; None without a
    number. Raises what `read_quantity` raises."""
    named, _colon, rest = text.rpartition(":")
    found = _NUMBER.match(tidy(rest))
    if found is None:
        return None
    unit = fold(found["unit"])
    quantity = read_quantity(found["number"], whole=True)
    own = [m for m in (type_.count_measure, type_.attendance_measure) if m] if type_ else []
    fits = [measure for measure in own if fold(measure.unit_of_measure) == unit]
    if len(fits) == 1:
        return Output(text, quantity, (fits[0],), True)
    same = [m for m in measures if unit and fold(m.unit_of_measure) == unit and _names(named, m)]
    same = same or [m for m in measures if unit and fold(m.name) in {unit, fold(named)}]
    return Output(text, quantity, tuple(same or measures), len(same) == 1)


def _names(words: str, measure: Measure) -> bool:
    return not words or fold(words) in fold(measure.name)


@dataclasses.dataclass(frozen=True)
class Amount:
    """A part of the money's cell: the amount, and its source where the words beside it name one."""

    text: str
    amount: int
    source: MoneySource | None


def read_amount(text: str, unit: str, sources: dict[str, MoneySource]) -> Amount | None:
    """“80 triệu (NSNN)”: None without a figure. `unit` is what the heading says amounts are in."""
    found = _AMOUNT.search(text)
    if found is None:
        return None
    figures = found[0].strip()
    if unit and not re.search(r"[^\W\d]", figures):
        figures = f"{figures} {unit}"
    return Amount(text, read_money(figures), source_of(text[: found.start()] + text[found.end() :], sources))


def source_of(words: str, sources: dict[str, MoneySource]) -> MoneySource | None:
    """The source that words name: a code, a name of the list, or what plans write for it."""
    folded = fold(words).strip(" ()-:,.")
    if not folded:
        return None
    for code, source in sources.items():
        if folded in {code.lower(), fold(source.name)}:
            return source
    return next((sources[c] for c, words in _SOURCES if c in sources and any(w in folded for w in words)), None)


def type_of(words: str, types: Iterable[ActivityType]) -> ActivityType | None:
    """The kind of activity that a cell names by its code or its name."""
    folded = fold(words)
    return next((t for t in types if folded and folded in {t.code.lower(), fold(t.name)}), None)


def guess_type(title: str, types: Iterable[ActivityType]) -> ActivityType | None:
    """The kind of activity that a title speaks of, for the person to look at."""
    folded, by_code = fold(title), {type_.code: type_ for type_ in types}
    code = next((code for code, words in _KINDS if any(word in folded for word in words)), "")
    return by_code.get(code)
