"""The year before beside this one: what a cell came to then, on which boundaries, and whether it can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from provinces.vietnamese import NO_DATA, certain, format_number

OF_YEAR, OF_TODAY = "year", "today"
MOVED = "địa giới thay đổi"
REDEFINED = "cách tính đã đổi"
NOT_COMPARABLE = "không so sánh được"


@dataclass(frozen=True)
class Before:
    """What a cell came to in an earlier year; `typed` names the paper from which a person typed it in."""

    cell: str
    total: int | None
    printed: str
    certainty: str = "exact"
    numerator: int | None = None
    denominator: int | None = None
    unit_of_measure: str = ""
    over_time: str = ""
    typed: str = ""
    note: str = ""

    @property
    def mark(self) -> str:
        """What has to be said wherever the number is printed."""
        typed = f"số nhập tay từ {self.typed}" if self.typed else ""
        return "; ".join(each for each in (typed, self.note) if each)


@dataclass(frozen=True)
class Earlier:
    """The year compared with, whose figures it is made of, and why it cannot be on one of the boundaries."""

    year: int = 0
    units: tuple[str, ...] = ()
    moved: bool = False
    not_of_year: str = ""
    not_of_today: str = ""
    period: tuple[str, ...] = ()

    def why_not(self, boundary: str) -> str:
        """Why nothing can be compared on this boundary; empty where it can."""
        return self.not_of_year if boundary == OF_YEAR else self.not_of_today


@dataclass(frozen=True)
class Compared:
    """A figure beside the year before: the number then, the difference, the change in percent, or why not."""

    before: str = NO_DATA
    difference: int | None = None
    change: str = ""
    why: str = ""
    mark: str = ""

    @property
    def printed_difference(self) -> str:
        if self.difference is None:
            return ""
        return f"{'+' if self.difference > 0 else ''}{format_number(self.difference)}"


def compared(figure, before: Before | None, earlier: Earlier, boundary: str = OF_TODAY) -> Compared:
    """This year's figure against the same period of the year before, on one boundary."""
    if not earlier.year and before is None:
        return Compared(why=NOT_COMPARABLE)
    if why := earlier.why_not(boundary):
        return Compared(why=f"{NOT_COMPARABLE}: {why}")
    if before is None:
        return Compared(why=f"{NOT_COMPARABLE}: không có số liệu năm {earlier.year}")
    if before.unit_of_measure and (before.unit_of_measure, before.over_time) != (
        figure.unit_of_measure,
        figure.over_time,
    ):
        return Compared(before.printed, why=f"{NOT_COMPARABLE}: {REDEFINED}", mark=before.mark)
    if figure.total is None or before.total is None:
        why = "" if figure.is_rate and before.denominator else NOT_COMPARABLE
        return Compared(before.printed, why=why, mark=before.mark)
    difference = figure.total - before.total
    return Compared(before.printed, difference, change_of(figure.total, before.total), mark=before.mark)


def change_of(now: int, then: int) -> str:
    """“+12,5%”, “−3%”; nothing where there was nothing to compare with."""
    if not then:
        return ""
    percent = (Decimal(now - then) * 100 / Decimal(then)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{'+' if percent > 0 else ''}{format_number(percent)}%"


def together(parts: list[tuple[str, Before]], units: int) -> Before:
    """The same cell of several provinces as one; who gave nothing is named by its absence in the note."""
    if len(parts) == 1 and units == 1:
        return parts[0][1]
    given = [before for _unit, before in parts]
    first, numbers = given[0], [each for each in given if each.total is not None]
    total = sum(each.total for each in numbers) if numbers else None
    exact = {each.certainty for each in numbers} == {"exact"}
    certainty = "exact" if exact else numbers[0].certainty if len(numbers) == 1 else "about"
    rates = [each for each in given if each.denominator]
    numerator = denominator = None
    if rates and len(rates) == len(given) and not numbers:
        numerator, denominator = sum(each.numerator for each in rates), sum(each.denominator for each in rates)
    counted = [unit for unit, before in parts if before.total is not None or before.denominator]
    return Before(
        cell=first.cell,
        total=total,
        printed=_printed(total, certainty, numerator, denominator),
        certainty=certainty,
        numerator=numerator,
        denominator=denominator,
        unit_of_measure=first.unit_of_measure,
        over_time=first.over_time,
        typed="; ".join(dict.fromkeys(each.typed for each in given if each.typed)),
        note=f"chỉ có số liệu của {', '.join(counted)}" if counted and len(counted) < units else "",
    )


def _printed(total: int | None, certainty: str, numerator: int | None, denominator: int | None) -> str:
    if denominator:
        return f"{format_number(numerator)}/{format_number(denominator)}"
    return NO_DATA if total is None else certain(total, certainty)
