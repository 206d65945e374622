"""The sheet of Nghị định 30/2020: sizes in millimetres that every writer keeps to."""

from __future__ import annotations

from .paper import Cell, Table

A4 = (210.0, 297.0)
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0  # the decree allows 20–25, 20–25, 30–35, 15–20
HEAD = (66.0, 99.0)  # issuer | nation
FOOT = (78.0, 87.0)  # nơi nhận | signature
TITLE_ROOM = 140.0
LETTER_SUBJECT_ROOM = 60.0
ANNEX_TITLE_SHARE = 0.9
RULE_SHARE = 0.4  # the decree asks for a third to a half of the line


def room(*, landscape: bool) -> float:
    """Width between the margins."""
    return A4[1 if landscape else 0] - LEFT - RIGHT


def side(table: Table, start: int, cell: Cell) -> str:
    """How a cell is aligned: as its column; a heading over the whole row left; "Tổng" over some centred."""
    if cell.span >= len(table.columns):
        return "left"
    return "center" if cell.span > 1 else table.columns[start].align
