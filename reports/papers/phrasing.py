"""How a figure stands in a sentence of a document: number with its word and its noun, splits, names in a row."""

import datetime
import re
from collections.abc import Iterable

from provinces.vietnamese import capitalise, certain, format_number, long_month, long_period, two_digit
from reports.bound import SEXES, mark, words_of
from reports.snapshot import Figure, Figures, Slice

NO_COUNT = "không có số liệu về số lượng"
NOT_A_NUMBER = "không quy ra số"
PROPER = {"Sở", "Ban", "Hội", "Ủy", "Công", "Liên", "Đoàn", "Tòa", "Viện", "Báo", "Đài", "Mặt", "Bộ", "Ngày", "Đội"}

PLAIN = {
    "Hội": ("thảo", "thi", "nghị", "diễn"),
    "Ban": ("hành",),
    "Báo": ("cáo",),
    "Công": ("tác", "bố"),
    "Bộ": ("phận", "tài"),
    "Đài": ("truyền",),
    "Đoàn": ("kiểm", "liên", "công"),
    "Ngày": ("hội",),
    "Liên": ("hoan", "kết"),
}

VERBS = frozenset(
    "tuyên tổ hưởng treo phát in tập kỷ truyền vận thăm tặng ban phối tham duy kiểm gặp xây triển thực trao mở đăng "
    "chiếu ra chia đôn cấp sản biểu khen tư hỗ xử rà lồng bồi chạy thu nói sinh giáo diễu ký".split()
)

# What one unit of a measure is called in running text, where the catalogue's name is a heading.
NOUNS = {
    "CT16.1": "tin trên báo in, báo điện tử",
    "CT16.2": "bài trên báo in, báo điện tử",
    "CT16.3": "phóng sự trên báo in, báo điện tử",
    "CT17.1": "phóng sự truyền hình",
    "CT17.2": "chuyên mục, chuyên đề truyền hình",
    "CT17.3": "lượt phát sóng truyền hình",
    "CT17.4": "tin truyền hình",
    "CT18.1": "lượt phát thanh",
    "CT18.2": "đĩa phát thanh",
    "CT18.3": "chuyên mục phát thanh",
    "CT19.1": "tin trên hệ thống thông tin cơ sở",
    "CT19.2": "bài trên hệ thống thông tin cơ sở",
    "CT19.3": "lượt phát trên hệ thống thông tin cơ sở",
    "CT20.1": "bài trên mạng xã hội",
    "CT20.2": "lượt tiếp cận trên mạng",
    "CT20.3": "tin trên cổng, trang thông tin điện tử",
    "CT20.4": "bài trên cổng, trang thông tin điện tử",
    "CT20.5": "chuyên trang, ứng dụng, cơ sở dữ liệu về bình đẳng giới",
    "CT27.1": "mũ xe máy in thông điệp",
    "CT29.1": "xe phát thanh cơ động",
    "CT35.1": "mô hình",
    "CT35.3": "câu lạc bộ",
    "CT35.5": "địa chỉ tin cậy",
    "CT35.7": "cơ sở cung cấp dịch vụ, nơi tạm lánh",
}


def noun(figure: Figure) -> str:
    """What is counted, in small letters: “mũ xe máy in thông điệp”."""
    return NOUNS.get(figure.code) or lowered(figure.name) or figure.unit_of_measure


def number(figure: Figure | Slice, *, padded: bool = False) -> str:
    """“khoảng 550”, “21”; padded “06” for a whole count before its noun."""
    words = certain(figure.total, figure.certainty, number=two_digit if padded else format_number)
    return mark(words, figure.mark)


def counted(figure: Figure, what: str = "") -> str:
    """“khoảng 550 lượt người”, “hàng trăm banner, không quy ra số”, “áo phông, không có số liệu về số lượng”."""
    what = what or noun(figure)
    if figure.total is not None:
        return f"{number(figure)} {what}"
    if figure.texts:
        return f"{mark(words_of(figure), figure.mark)} {what}, {NOT_A_NUMBER}"
    named = f" ({', '.join(filter(None, figure.unknown_labels))})" if any(figure.unknown_labels) else ""
    return f"{what}{named}, {NO_COUNT}"


def has_words(figure: Figure) -> bool:
    """True where there is a number or words, so a sentence can be made."""
    return figure.total is not None or bool(figure.texts)


def known(figure: Figure) -> bool:
    """True where anybody said anything of it, even that there is no number."""
    return has_words(figure) or figure.is_rate or bool(figure.unknown_labels) or bool(figure.departments)


def money(figure: Figure | Slice) -> str:
    """“80 triệu đồng”, “khoảng 1,5 tỷ đồng”, “12.345.678 đồng”."""
    return mark(words_of(figure, "đồng"), figure.mark)


def share_of_sex(figure: Figure, field: str) -> str:
    """The women, the girls, … of a figure; nothing where nobody split it."""
    value = getattr(figure, field)
    if value is None:
        return ""
    return mark(format_number(value), f"{figure.mark} {SEXES[field]}" if figure.mark else "")


def told(taken: Figures, name: str, value: int) -> str:
    """A count that is no measure, such as the departments that have sent; bound by its name."""
    return mark(format_number(value), name if taken.marked else "")


def split_by_sex(figure: Figure, what: str = "lượt") -> str:
    """“trong đó 12.655 lượt nữ, 7.320 lượt nam, 1.505 lượt chưa tách nữ, nam”; nothing where nobody split."""
    if figure.female is None and figure.male is None:
        return ""
    fields = ["female", "male"] + ["not_split"] * bool(figure.not_split)
    shares = [(share_of_sex(figure, field), SEXES[field]) for field in fields]
    return "trong đó " + ", ".join(f"{words} {what} {name}" for words, name in shares if words)


def attended(figure: Figure, verb: str = "tham dự") -> str:
    """“khoảng 550 lượt người tham dự, trong đó …”; nothing where there is no figure."""
    if not has_words(figure):
        return ""
    split = split_by_sex(figure)
    return f"{counted(figure, figure.unit_of_measure)} {verb}" + (f", {split}" if split else "")


def in_a_row(names: Iterable[str]) -> str:
    """“A, B và C”."""
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}" if names else ""


def lowered(text: str) -> str:
    """A title inside a sentence: its first letter small, unless a name begins it."""
    first, _blank, rest = text.partition(" ")
    plain_word = rest.split(" ", 1)[0] in PLAIN.get(first, ())
    proper = first in PROPER and not plain_word
    return text if proper or first.isupper() else text[:1].lower() + text[1:]


def topic(subject: str) -> str:
    """What a report is about, without the word that its paper says anyway: “Báo cáo nhanh …” → “Nhanh …”."""
    rest = re.sub(r"^báo cáo\s+", "", subject, flags=re.IGNORECASE)
    return rest[:1].upper() + rest[1:]


def as_deed(title: str) -> str:
    """A title after “đã”: as it is when it begins with a verb, else “tổ chức …”."""
    small = lowered(title)
    return small if small.split(" ", 1)[0].casefold() in VERBS else f"tổ chức {small}"


def sentence(*clauses: str) -> str:
    """Clauses that hold something, as one sentence."""
    text = "; ".join(clause for clause in clauses if clause)
    return f"{capitalise(text).rstrip('.')}." if text else ""


def when(start: str, end: str, precision: str) -> str:
    """“ngày 10 tháng 11 năm 2023”, “trong tháng 11 năm 2023”, nothing for an unknown day; from ISO texts."""
    if not start or precision in {"year", "none"}:
        return ""
    first = datetime.date.fromisoformat(start)
    if precision == "month":
        return f"trong {long_month(first)}"
    return long_period(first, datetime.date.fromisoformat(end) if end else None)


def short_group(name: str) -> str:
    """A group of people helped as sentences have it: “phụ nữ”, “trẻ em gái”, “nữ công nhân”."""
    name = name.partition("(")[0].partition(",")[0].strip()
    return lowered(name.removesuffix(" có hoàn cảnh khó khăn"))
