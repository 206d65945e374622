"""The sheet of Nghị định 30/2020: sizes in millimetres that every writer keeps to."""

from __future__ import annotations

from .paper import Cell, Chart, Picture, Table

A4 = (210.0, 297.0)
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0  # the decree allows 20–25, 20–25, 30–35, 15–20
HEAD = (66.0, 99.0)  # issuer | nation
FOOT = (78.0, 87.0)  # nơi nhận | signature
TITLE_ROOM = 140.0
LETTER_SUBJECT_ROOM = 60.0
ANNEX_TITLE_SHARE = 0.9
FILLS = ("7F9DC6", "C9D6E8", "F2F2F2")  # of charts: black numbers read on all, still three when printed in grey
CHART_LABELS = 0.36  # of the width
BAR, GAP = 5.5, 3.0  # mm: a bar, and the room between two labels
PICTURE = (78.0, 58.0)  # the most that a picture takes, two in a row
RULE_SHARE = 0.4  # the decree asks for a third to a half of the line


def room(*, landscape: bool) -> float:
    """Width between the margins."""
    return A4[1 if landscape else 0] - LEFT - RIGHT


def side(table: Table, start: int, cell: Cell) -> str:
    """How a cell is aligned: as its column; a heading over the whole row left; "Tổng" over some centred."""
    if cell.span >= len(table.columns):
        return "left"
    return "center" if cell.span > 1 else table.columns[start].align


def chart_height(chart: Chart) -> float:
    """Millimetres of the bars of a chart."""
    bars = 1 if chart.stacked else len(chart.series)
    return len(chart.labels) * (bars * BAR + GAP)


def picture_size(picture: Picture) -> tuple[float, float]:
    """Width and height in mm within the room of a picture, its shape kept."""
    wide, high = PICTURE
    scale = min(wide / max(picture.width, 1), high / max(picture.height, 1))
    return picture.width * scale, picture.height * scale
