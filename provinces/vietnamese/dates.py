"""Dates: day before month always, read as people type them, written for screens and for documents."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from provinces.vietnamese.folding import plain, tidy
from provinces.vietnamese.sentences import Question, Unreadable, quoted

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
YEARS = range(1945, 2101)
SERIAL_DAY_0 = date(1899, 12, 30)
SERIALS = range(36_526, 73_051)  # 2000 to 2099
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

PLAUSIBLE = range(2010, 2041)  # a leading 26 in “26/11/20” may be a year, a leading 03 is a day

_MIDNIGHT = re.compile(r"[ t]00:00(?::00(?:\.0+)?)?$", re.ASCII)
_LONG = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?", re.ASCII)
_DAY_FIRST = re.compile(r"(?:ngay )?(\d{1,2}) ?([/.-]) ?(\d{1,2})(?: ?\2 ?(\d{4}|\d{2}))?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{1,2})", re.ASCII)
_MONTH_OR_YEAR = re.compile(
    r"(?:thang )?\d{1,2}(?: ?[/.-] ?| nam )\d{4}"  # 11/2023, tháng 11 năm 2023
    r"|\d{4} ?[/.-] ?\d{1,2}"  # 2023-11
    r"|(?:nam )?(?:19|20)\d\d|thang \d{1,2}",
    re.ASCII,
)
_TIME = re.compile(r"(\d{1,2}) ?(?::|\.|h|g|gio) ?(\d{2})?(?: ?(?:phut|p))?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)


def read_date(text: str, *, year: int | None = None, window: tuple[date, date] | None = None) -> date:
    """A day as typed. `year` completes “20/11”; with only a `window` the completed date is asked about."""
    text = tidy(text)
    folded = _MIDNIGHT.sub("", plain(text))
    if not folded:
        raise Unreadable("required", label=_("date"))
    if match := _YEAR_FIRST.fullmatch(folded):
        return _day(text, int(match[4]), int(match[3]), int(match[1]))
    if match := _LONG.fullmatch(folded):
        return _completed(text, int(match[1]), int(match[2]), match[3], year, window)
    if match := _DAY_FIRST.fullmatch(folded):
        return _completed(text, int(match[1]), int(match[3]), match[4], year, window)
    raise _not_a_day(text, folded)


def read_time(text: str) -> time:
    """An hour as typed: 17:00, 17h, 17h30, 17 giờ 30."""
    match = _TIME.fullmatch(plain(tidy(text)))
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
    if hour > 23 or minute > 59:
        raise Unreadable("time.unreadable", given=quoted(text))
    return time(hour, minute)


def format_date(day: date) -> str:
    """05/01/2024."""
    return f"{day:%d/%m/}{day.year:04d}"


def format_moment(moment: datetime) -> str:
    """14:32 ngày 19/10/2026, by the clock of Vietnam."""
    moment = _local(moment)
    return f"{moment:%H:%M} ngày {format_date(moment)}"


def format_delay(delay: timedelta) -> str:
    """2 giờ 10 phút; 3 ngày 4 giờ; the two greatest parts, minutes rounded down, at least one minute."""
    minutes = max(int(delay.total_seconds()) // 60, 1)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, _("%(n)s d")), (hours, _("%(n)s h")), (0 if days else minutes, _("%(n)s min"))]
    return " ".join(str(words) % {"n": n} for n, words in parts if n)


def format_weekday(day: date) -> str:
    """thứ Tư 16/12/2026."""
    return f"{WEEKDAYS[day.weekday()]} {format_date(day)}"


def format_period(start: date, end: date | None = None) -> str:
    """For tables: 10/11/2023, or 15/11 – 15/12/2026."""
    if end is None or start == end:
        return format_date(start)
    first = format_date(start) if start.year != end.year else f"{start:%d/%m}"
    return f"{first} – {format_date(end)}"


def long_month(day: date) -> str:
    """tháng 02 năm 2024, tháng 11 năm 2023: a zero before months 1 and 2 only."""
    return f"tháng {_padded_month(day)} năm {day.year}"


def long_date(day: date) -> str:
    """ngày 05 tháng 01 năm 2024: a zero before days 1 to 9 and months 1 and 2 only."""
    return f"ngày {day:%d} {long_month(day)}"


def long_moment(moment: datetime) -> str:
    """17 giờ 00 ngày 18 tháng 12 năm 2026."""
    moment = _local(moment)
    return f"{moment:%H} giờ {moment:%M} {long_date(moment)}"


def long_period(start: date, end: date | None = None) -> str:
    """từ ngày 15 đến ngày 20 tháng 11 năm 2026; each part says only what the next does not."""
    if end is None or start == end:
        return long_date(start)
    if (start.year, start.month) == (end.year, end.month):
        first = f"ngày {start:%d}"
    elif start.year == end.year:
        first = f"ngày {start:%d} tháng {_padded_month(start)}"
    else:
        first = long_date(start)
    return f"từ {first} đến {long_date(end)}"


def _completed(
    text: str, day: int, month: int, typed: str | None, year: int | None, window: tuple[date, date] | None
) -> date:
    """The day with its year: as typed, of two digits, or the campaign's."""
    if typed:
        return _day(text, day, month, int(typed)) if len(typed) == 4 else _two_digits(text, day, month, typed, year)
    if year:
        return _day(text, day, month, year)
    if window is None:
        raise _unreadable(text)
    guess = _day(text, day, month, window[0].year)
    raise Question("date.no_year", given=quoted(text), guess=format_date(guess), guesses=(guess,))


def _two_digits(text: str, day: int, month: int, typed: str, year: int | None) -> date:
    """20-11-26 is 20/11/2026; a question where the first part may as well be the year.

    The day-first reading holds when it falls in the campaign's year, or, where no year is known, when its
    year is the later of the two.
    """
    if int(typed) >= 70:
        readings = tuple(_day(text, day, month, century + int(typed)) for century in (1900, 2000))
        raise _year_place(text, *readings)
    day_first = _day(text, day, month, 2000 + int(typed))
    year_first = _calendar(int(typed), month, 2000 + day)
    settled = day_first.year == year if year else year_first and day_first.year >= year_first.year
    if settled or year_first is None or year_first == day_first or year_first.year not in PLAUSIBLE:
        return day_first
    raise _year_place(text, day_first, year_first)


def _day(text: str, day: int, month: int, year: int) -> date:
    if year not in YEARS:
        raise _unreadable(text)
    if value := _calendar(day, month, year):
        return value
    if month > 12 and (guess := _calendar(month, day, year)):
        raise Question(
            "date.month_first", given=quoted(text), month=str(month), guess=format_date(guess), guesses=(guess,)
        )
    raise Unreadable("date.not_in_calendar", given=f"{day:02d}/{month:02d}/{year}")


def _calendar(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _not_a_day(text: str, folded: str) -> Unreadable | Question:
    """Why a text that names no day is not taken: a month, a year, a number of Excel's, or nothing known."""
    if _MONTH_OR_YEAR.fullmatch(folded):
        return Question("date.partial", given=quoted(text))
    serial = _SERIAL.fullmatch(folded)
    if serial and int(serial[1]) in SERIALS:
        guess = SERIAL_DAY_0 + timedelta(days=int(serial[1]))
        return Question("date.serial", given=quoted(text), guess=format_date(guess), guesses=(guess,))
    return _unreadable(text)


def _year_place(text: str, first: date, second: date) -> Question:
    return Question(
        "date.year_place",
        given=quoted(text),
        first=format_date(first),
        second=format_date(second),
        guesses=(first, second),
    )


def _unreadable(text: str) -> Unreadable:
    return Unreadable("date.unreadable", given=quoted(text))


def _padded_month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM) if moment.tzinfo else moment
