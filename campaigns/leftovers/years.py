"""Earlier years in running text: what a copy still says of last year, apart from what it cites."""

import dataclasses
import datetime
import re
from collections.abc import Iterator

YEAR = re.compile(r"(?<!\d)(?:(\d{1,2})([./-])(\d{1,2})\2|(\d{1,2})([./-]))?(20\d\d)(?![\d])")
DASH = r"\s*(?:-|–|—|đến|tới)\s*"
RANGE = re.compile(rf"(?:giai đoạn\s+)?(?<!\d)(20\d\d){DASH}(?:năm\s+)?(20\d\d)(?!\d)", re.IGNORECASE)
# A document with its number, and the day it was signed: Nghị quyết số 28/NQ-CP ngày 03/3/2021.
NUMBER = r"\d+[a-zđ]?/(?:\d{4}/)?[A-ZĐ][\w&/.-]*"
DAY = r"(?:\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})"
CITATION = re.compile(rf"{NUMBER}(?:[\s,(]+(?:ký |ban hành )?(?:ngày\s+)?{DAY})?")
LAW = re.compile(
    r"(?:Luật|Bộ luật|Hiến pháp|Pháp lệnh)\s(?:Phòng, chống )?"
    r"(?:(?!Tháng|Kế hoạch)[^.,;\n\d]){0,80}?(?<!trong )năm 20\d\d"
)


@dataclasses.dataclass(frozen=True)
class YearHit:
    """An earlier year, its date or its period, and the same words moved to the plan's year; empty where unclear."""

    start: int
    end: int
    instead: str


def find_years(text: str, *, first: int, year: int, base: int) -> Iterator[YearHit]:
    """Years from `first` up to the one before `year`, outside citations and outside periods that reach `year`.

    `base` is the year of the plan that was copied: what it says of its own year moves on to `year`.
    """
    cited = [match.span() for pattern in (CITATION, LAW) for match in pattern.finditer(text)]
    periods = list(RANGE.finditer(text))
    for match in periods:
        if first <= int(match[2]) < year and not _inside(match, cited):
            yield YearHit(match.start(), match.end(), "")
    spent = cited + [match.span() for match in periods]
    for match in YEAR.finditer(text):
        if first <= int(match[6]) < year and not _inside(match, spent):
            yield YearHit(match.start(), match.end(), _moved(match, year, base))


def _inside(match: re.Match, spans: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() and match.end() <= end for start, end in spans)


def _moved(match: re.Match, year: int, base: int) -> str:
    """The date in the year that stands to the plan's year as the old one stood to the copied plan's."""
    day, month, old = match[1], match[3], int(match[6])
    moved = old + year - base
    if moved < year:
        return ""
    words = f"{match[0][:-4]}{moved}"
    if day and (int(day), int(month)) == (29, 2) and not _leap(moved):
        return words.replace(day, "28", 1)
    return words


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def shift(day: datetime.date | None, years: int) -> datetime.date | None:
    """The same day and month some years on; 29/2 becomes 28/2 where there is none."""
    if day is None:
        return None
    if (day.month, day.day) == (2, 29) and not _leap(day.year + years):
        return day.replace(year=day.year + years, day=28)
    return day.replace(year=day.year + years)


def shift_moment(moment: datetime.datetime, years: int) -> datetime.datetime:
    """The same hour of the same day some years on."""
    return datetime.datetime.combine(shift(moment.date(), years), moment.timetz())
