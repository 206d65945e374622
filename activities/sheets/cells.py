"""Reading one row cell by cell: each value as a person writes it, each fault at its cell, all of them."""

import datetime
import re
from functools import lru_cache

from activities.operations.importing import CellFault
from activities.sheets.columns import BY_KEY
from activities.sheets.lists import Choice, folded
from activities.sheets.reading import Cell, Sheet, address
from activities.sheets.sentences import say
from campaigns.models import Campaign
from provinces.vietnamese import (
    MAXIMUM_COUNT,
    Quantity,
    Question,
    Unreadable,
    format_date,
    format_number,
    read_count,
    read_date,
    read_money,
    read_quantity,
    sentence,
    tidy,
)

_MONTH = re.compile(r"(?:thang )?(\d{1,2})(?: ?[/.-] ?| nam )(\d{4})")
_MONTH_ALONE = re.compile(r"thang (\d{1,2})")
MOST_PEOPLE = MAXIMUM_COUNT * 10
_YEAR = re.compile(r"(?:nam )?((?:19|20)\d\d)")
EMPTY = Cell(0, 0)
REMEMBERED = 20_000  # texts; a long sheet repeats its days, numbers and amounts


@lru_cache(REMEMBERED)
def _read_day(text: str, year: int) -> datetime.date:
    return read_date(text, year=year)


@lru_cache(REMEMBERED)
def _read_money(text: str) -> int:
    return read_money(text, label=BY_KEY["money"].phrase)


@lru_cache(REMEMBERED)
def _read_quantity(text: str, key: str, unit: str) -> Quantity:
    return read_quantity(text, label=BY_KEY[key].phrase, unit=unit, whole=True)


@lru_cache(REMEMBERED)
def _read_count(text: str, key: str) -> int:
    return read_count(text, label=BY_KEY[key].phrase, maximum=MOST_PEOPLE)


class Row:
    """One row of a sheet being read; collects what is wrong with its cells."""

    def __init__(self, sheet: Sheet, no: int, columns: dict[str, int]):
        self.no, self._cells, self._columns = no, sheet.rows.get(no, {}), columns
        self.faults: list[CellFault] = []
        self.warnings: list[CellFault] = []
        self.at_fault: set[str] = set()
        self._shown: dict[str, str] = {}

    def has(self, key: str) -> bool:
        """True when the sheet has the column at all."""
        return key in self._columns

    def cell(self, key: str) -> Cell:
        column = self._columns.get(key)
        return self._cells.get(column, EMPTY) if column else EMPTY

    def shown(self, key: str) -> str:
        """What a person sees in the cell, tidied; “” for nothing."""
        if key not in self._shown:
            text = self.cell(key).shown
            self._shown[key] = tidy(text) if text else ""
        return self._shown[key]

    def address(self, key: str) -> str:
        """Where a column's cell is; a row's first cell when the sheet lacks the column."""
        return address(self.no, self._columns.get(key, 1))

    def fault(self, column: str, key: str, text: str, lifted_by: str = "") -> None:
        """Note a sentence that already names the cell."""
        self.at_fault.add(column)
        self.faults.append(CellFault(self.address(column), key, text, lifted_by))

    def refuse(self, column: str, key: str, **slots) -> None:
        """Note a fault of the sheet's own sentences."""
        self.fault(column, key, say(key, cell=self.address(column), **slots))

    def refuse_value(self, column: str, text: str, key: str, lifted_by: str = "") -> None:
        """Note what a reader or a rule says, with the cell before it."""
        self.fault(column, key, say("sheet.cell", cell=self.address(column), fault=text), lifted_by)

    def warn(self, column: str, key: str, **slots) -> None:
        text = say(key, cell=self.address(column), row=self.no, **slots)
        self.warnings.append(CellFault(self.address(column), key, text))

    def warn_value(self, column: str, text: str, key: str) -> None:
        said = say("sheet.cell", cell=self.address(column), fault=text)
        self.warnings.append(CellFault(self.address(column), key, said))

    def check_formulas(self) -> None:
        """Every known cell whose formula has no result or an error."""
        for key in self._columns:
            if self.cell(key).trouble:
                self.refuse(key, "sheet.formula", given=self.cell(key).shown or "…")

    def text(self, key: str) -> str:
        """A text, tidied, within the length that is kept; a note keeps its lines."""
        text = self.shown(key)
        if key == "note" and "\n" in self.cell(key).shown:
            text = "\n".join(filter(None, map(tidy, self.cell(key).shown.splitlines())))
        longest = BY_KEY[key].longest
        if longest and len(text) > longest:
            self.refuse(key, "sheet.long", n=format_number(len(text)), max=format_number(longest))
        return text

    def choice(self, key: str, choice: Choice):
        """The thing of a list that the cell names; None for an empty cell or with a fault."""
        text = self.shown(key)
        if not text:
            return None
        found = choice.find(text)
        if found is None:
            self.refuse(key, "sheet.list", given=text, list=choice.name, suggestions=choice.similar(text))
        return found

    def quantity(self, key: str, unit: str) -> Quantity | None:
        """A number with its certainty as typed before it; None for an empty cell or with a fault."""
        return self._number(key, lambda text: _read_quantity(text, key, unit))

    def count(self, key: str) -> int | None:
        return self._number(key, lambda text: _read_count(text, key))

    def money(self, key: str) -> int | None:
        return self._number(key, _read_money)

    def _number(self, key: str, read):
        cell, text = self.cell(key), self.shown(key)
        if not text or cell.trouble:
            return None
        if cell.shape == "0.000" and isinstance(cell.value, int) and 0 < cell.value < 1000:
            shown = f"{cell.value}.000"
            slots = {"decimal": format_number(cell.value), "whole": format_number(cell.value * 1000)}
            self.refuse_value(key, sentence("num.dot", given=shown, **slots), "num.dot")
            return None
        try:
            return read(text)
        except (Unreadable, Question) as said:
            self.refuse_value(key, said.sentence, said.key)
        return None

    def day(self, key: str, *, year: int, campaign: Campaign | None) -> tuple[datetime.date | None, str]:
        """The day and how much of it is known: day, month or year; (None, "") for an empty cell or with a fault."""
        cell, text = self.cell(key), self.shown(key)
        if not text or cell.trouble:
            return None, ""
        if isinstance(cell.value, datetime.date):
            self._ask_if_swapped(key, cell.value, campaign)
            return cell.value, "day"
        try:
            return _read_day(str(cell.value) if isinstance(cell.value, int) else text, year), "day"
        except (Unreadable, Question) as said:
            known = self._understood(key, text, said, year)
            if known is None:
                self.refuse_value(key, said.sentence, said.key)
            return known or (None, "")

    def _understood(self, key: str, text: str, said, year: int) -> tuple[datetime.date, str] | None:
        """A month or a year; or the day that Excel left as a number in a text, if it lies in the year."""
        if said.key == "date.partial":
            return self._part_of_a_day(key, text, year)
        if said.key != "date.serial" or said.guesses[0].year != year:
            return None
        self.warn(key, "sheet.serial", given=self.shown(key), date=format_date(said.guesses[0]))
        return said.guesses[0], "day"

    def _ask_if_swapped(self, key: str, day: datetime.date, campaign: Campaign | None) -> None:
        """A real date outside the month whose day and month, exchanged, lie in it: an English Excel made it."""
        if campaign is None or day.day > 12 or day.day == day.month or campaign.has(day):
            return
        other = day.replace(month=day.day, day=day.month)
        if campaign.has(other):
            self.refuse(key, "sheet.swapped", date=format_date(day), other=format_date(other))

    def _part_of_a_day(self, key: str, text: str, year: int):
        """A month is kept as its first day, a year as no day."""
        plain = folded(text)
        month, alone, only_year = (shape.fullmatch(plain) for shape in (_MONTH, _MONTH_ALONE, _YEAR))
        if only_year:
            self.warn(key, "sheet.month_only", understood=f"năm {only_year[1]}")
            return datetime.date(int(only_year[1]), 1, 1), "year"
        number, of_year = (month[1], int(month[2])) if month else (alone[1], year) if alone else ("0", year)
        if not 1 <= int(number) <= 12:
            return None
        self.warn(key, "sheet.month_only", understood=f"tháng {number}/{of_year}")
        return datetime.date(of_year, int(number), 1), "month"
