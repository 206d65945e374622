"""Drawings of figures: five steps of a map, lengths of bars; knows no tables and no pages."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from provinces.vietnamese import format_number
from reports.snapshot import Figure, share_of

STEPS = 5
PERCENT = 100
FULL = 100  # length of the longest bar


@dataclass(frozen=True)
class Scale:
    """Five equal steps over what there is, with round edges; `tail` stands behind the numbers of its words."""

    low: int
    width: int
    tail: str = ""

    def step(self, value: float) -> int:
        """1 to 5; values beyond an edge belong to the outer steps."""
        return min(STEPS, max(1, int((value - self.low) // self.width) + 1))

    @property
    def edges(self) -> tuple[tuple[int, str], ...]:
        """Each step with its edges in figures: (1, "60"), (2, "60–69"), …; the outer ones have one edge."""
        found = [(1, format_number(self.low + self.width) + self.tail)]
        for no in range(2, STEPS):
            start = self.low + self.width * (no - 1)
            end = f"{format_number(start)} – <{format_number(start + self.width)}{self.tail}"
            found.append((no, end))
        return (*found, (STEPS, format_number(self.low + self.width * (STEPS - 1)) + self.tail))


def scale_of_percents(values: Iterable[float]) -> Scale:
    """Steps of whole tens, or of whole numbers where the values lie closer together."""
    values = list(values)
    if not values:
        return Scale(0, 20, "%")
    low, high = math.floor(min(values) / 10) * 10, math.ceil(max(values) / 10) * 10
    return Scale(low, max(5, math.ceil((high - low) / STEPS)), "%")


def scale_of_numbers(values: Iterable[int]) -> Scale:
    """Steps of 1, 2, 5, 10, 20, 50 … from nothing to the largest."""
    most = max(values, default=0)
    wanted = max(1, math.ceil(most / STEPS))
    power = 10 ** (len(str(wanted)) - 1)
    return Scale(0, next(power * n for n in (1, 2, 5, 10) if power * n >= wanted))


def length(value: int | float | None, most: int | float) -> str:
    """How long a bar is, of 100; nothing where there is nothing to draw."""
    if not value or not most or value < 0:
        return ""
    return f"{max(0.5, min(FULL, value * FULL / most)):.1f}"


def percent_of(figure: Figure | None) -> float | None:
    """The value of a rate; None where it is only listed in words."""
    if figure is None:
        return None
    if figure.denominator and figure.numerator is not None:
        return figure.numerator * PERCENT / figure.denominator
    return float(Decimal(figure.rate)) if figure.rate else None


def women_among(figure: Figure | None) -> float | None:
    """The share of women and girls among those split by sex; those not split are left out of it."""
    if figure is None or figure.female is None or figure.male is None or not figure.female + figure.male:
        return None
    return figure.female * PERCENT / (figure.female + figure.male)


def print_women(figure: Figure) -> str:
    """“57,1% (400/700)”."""
    split = figure.female + figure.male
    return f"{share_of(figure.female, split)} ({format_number(figure.female)}/{format_number(split)})"
