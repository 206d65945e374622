"""The schematic map of the 34 provinces of 1/7/2025 with both archipelagos, as shapes and places of names."""

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"
PATH = re.compile(r'<path id="p-(\d\d)"[^>]* d="([^"]+)"')


class Shape(NamedTuple):
    """A province's territory with its islands, by its code of today."""

    code: str
    path: str


class Label(NamedTuple):
    """Where a name stands, and the line that leads from it to the territory."""

    code: str
    text: str
    x: str
    y: str
    anchor: str
    lead: str


@cache
def shapes() -> tuple[Shape, ...]:
    """All 34, Hoàng Sa in Đà Nẵng's and Trường Sa in Khánh Hòa's shape, so that no drawing can lose them."""
    text = (DATA / "map_2025_compact.svg").read_text(encoding="utf-8")
    return tuple(Shape(*found) for found in PATH.findall(text))


@cache
def labels() -> dict[str, Label]:
    """Places of the provinces' names by code; the names themselves are those of the day."""
    return {code: Label(code, *rest) for kind, code, *rest in _rows() if kind == "province"}


@cache
def zones() -> tuple[Label, ...]:
    """The thirteen special zones; one without a place is too near to others to be written on the map."""
    return tuple(Label(code, *rest) for kind, code, *rest in _rows() if kind == "zone")


def _rows() -> list[list[str]]:
    with (DATA / "map_drawing_2025.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))[1:]
