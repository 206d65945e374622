"""A report's figures for other programs: one table for CSV, the whole frozen picture with its sources for JSON."""

from collections.abc import Iterable

from django.conf import settings

from provinces.models import Seat
from reports.documents.paper import Cell, Column, Table
from reports.models import Report, Source
from reports.papers.links import Opens, nowhere
from reports.queries.masking import HIDDEN, SMALL
from reports.snapshot import LEVELS, MONTH, Figure, Figures

CERTAINTIES = {
    "exact": "chính xác",
    "about": "khoảng",
    "over": "trên",
    "nearly": "gần",
    "text": "không quy ra số",
    "unknown": "không có số liệu",
    "rate": "tỷ lệ",
}
COLUMNS = (
    *("Năm", "Phạm vi", "Chỉ tiêu", "Mã", "Nội dung", "Đơn vị tính", "Tổng", "Mức chắc chắn", "Như in", "Nữ", "Nam"),
    *("Chưa tách nữ, nam", "Trẻ em", "Trẻ em gái", "Trẻ em trai", *(f"{LEVELS[key]}" for key in LEVELS)),
    *("Năm trước", "Chỉ tiêu kế hoạch", "Cách tính", "Nguồn"),
)


def figures_table(taken: Figures, opens: Opens = nowhere) -> Table:
    """A line for each measure and scope, as it was frozen."""
    targets = {(line.code, line.scope): line.target for line in taken.plan.lines}
    rows = tuple(tuple(_row(taken, figure, targets, opens)) for figure in taken.cells)
    return Table(tuple(Column(title) for title in COLUMNS), rows)


def _row(taken: Figures, figure: Figure, targets: dict, opens: Opens) -> Iterable[Cell]:
    before = taken.before(figure.cell)
    yield Cell(str(taken.header.year), value=taken.header.year)
    scope = "trong tháng" if figure.scope == MONTH else "cả năm"
    for text in (scope, figure.indicator, figure.code, figure.name, figure.unit_of_measure):
        yield Cell(text)
    yield _number(figure.total)
    yield Cell(CERTAINTIES.get(figure.certainty, figure.certainty))
    yield Cell(figure.printed)
    for name in ("female", "male", "not_split", "children", "girls", "boys"):
        yield _number(getattr(figure, name))
    for level in LEVELS:
        share = figure.of("by_level", level)
        yield _number(share.total if share else None)
    yield _number(before.total if before else None)
    yield _number(targets.get((figure.code, figure.scope)))
    yield Cell(figure.rule)
    yield Cell(opens(figure, ""))


def _number(value: int | None) -> Cell:
    return Cell("") if value is None else Cell(str(value), value=value)


def whole(report: Report, seat: Seat) -> dict:
    """The snapshot with its hash, and the rows behind each cell.

    Counts of 1 to 4 people behind a sensitive figure stay hidden, and so do its smallest shares: `withheld` names
    these figures, whose part of the hash only the archive can show.
    """
    snapshot = report.snapshot
    taken = Figures.from_json(snapshot.figures)
    hidden = {each.cell for each in taken.cells if each.sensitive}
    rows = Source.objects.filter(snapshot=snapshot).select_related("activity__owner").order_by("id")
    return {
        "report": report.public_id,
        "version": report.version,
        "status": report.status,
        "number": report.number,
        "symbol": report.symbol,
        "dated": report.dated.isoformat() if report.dated else None,
        "from": settings.BASE_URL,
        "snapshot": {"no": snapshot.no, "sha256": snapshot.sha256, "taken_at": snapshot.taken_at.isoformat()},
        "withheld": sorted(hidden),
        "figures": {**snapshot.figures, "cells": [_open(cell) for cell in snapshot.figures["cells"]]},
        "sources": [_source(row, hidden, seat) for row in rows.iterator(chunk_size=2000)],
    }


def _open(cell: dict) -> dict:
    return {**cell, "leaves": []} if cell.get("sensitive") else cell


def _source(row: Source, hidden: set[str], seat: Seat) -> dict:
    masked = row.cell in hidden and row.quantity in SMALL and row.activity.owner.unit_id != seat.department.unit_id
    return {
        "cell": row.cell,
        "activity": row.activity.public_id,
        "version": row.activity_version,
        "quantity": None if masked else row.quantity,
        "printed": HIDDEN if masked else row.printed,
        "role": row.role,
        "left_out": row.left_out,
    }
