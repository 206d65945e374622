"""The annex that sets results against the plan and against the same period of the year before."""

import dataclasses
from collections.abc import Iterator

from provinces.vietnamese import NO_DATA, format_number
from reports.documents.paper import Annex, Cell, Column, Group, Note, Table
from reports.earlier import NOT_COMPARABLE, Compared
from reports.papers.links import Opens
from reports.snapshot import MONTH, YEAR, Against, Figure, Figures

SCOPES = {MONTH: "Trong Tháng hành động", YEAR: "Trong năm, ngoài thời gian Tháng hành động"}


def has_comparison(taken: Figures) -> bool:
    """True where the plan has targets or a number of the year before can stand beside this year's."""
    return bool(taken.plan.lines) or any(_comparable(taken, each) for each in taken.cells)


def _comparable(taken: Figures, figure: Figure) -> bool:
    return not figure.missing and taken.compared(figure).difference is not None


@dataclasses.dataclass
class Marks:
    """Footnotes in the order in which they are first needed."""

    found: dict[str, str]

    def of(self, *texts: str) -> str:
        return " ".join(self.found.setdefault(text, f"({len(self.found) + 1})") for text in texts if text)


def comparing(taken: Figures, opens: Opens) -> Annex:
    """Plan, result, percent; year before, difference, percent; what cannot be compared says so."""
    year = taken.header.year
    before = taken.earlier.year or year - 1
    columns = (Column("TT", 1.3, "center"), Column("Nội dung", 6.4), Column("Đơn vị tính", 2, "center"))
    columns += (Column("Kết quả", 2.6, "right"), Column("Kế hoạch", 2.4, "right"), Column("Đạt (%)", 2, "right"))
    columns += (Column(f"Năm {before}", 2.6, "right"), Column("Tăng, giảm", 2.2, "right"))
    columns += (Column("Tăng, giảm (%)", 2.2, "right"), Column("Ghi chú", 3.6))
    marks = Marks({})
    rows = tuple(row for scope in (MONTH, YEAR) for row in _rows(taken, scope, marks, opens, len(columns)))
    groups = (Group("So với kế hoạch", 4, 2), Group("So với cùng kỳ năm trước", 6, 3))
    notes = [*_about_year(taken), *(Note(mark, text) for text, mark in marks.found.items())]
    notes.append(Note("“–”:", "không có số liệu."))
    title = f"Kết quả năm {year} so với kế hoạch và cùng kỳ năm {before}"
    return Annex(title, blocks=(Table(columns, rows, groups=groups), *notes), landscape=True, sheet="So sánh")


def _about_year(taken: Figures) -> Iterator[Note]:
    earlier = taken.earlier
    if earlier.not_of_today:
        yield Note(f"Năm {earlier.year}:", f"{NOT_COMPARABLE}, {earlier.not_of_today}.")
    elif earlier.moved:
        names = ", ".join(earlier.units)
        yield Note(f"Năm {earlier.year}:", f"cộng theo địa giới hiện nay, gồm {names}.")


def _rows(taken: Figures, scope: str, marks: Marks, opens: Opens, width: int) -> Iterator[tuple]:
    targets = {line.code: line for line in taken.plan.lines if line.scope == scope}
    shown = [each for each in taken.of_scope(scope) if each.code in targets or _beside(taken, each)]
    unreported = [line for code, line in targets.items() if code not in {each.code for each in shown}]
    if shown or unreported:
        yield (Cell(SCOPES[scope], bold=True, span=width),)
    for number, figure in enumerate(shown, start=1):
        yield _row(taken, figure, targets.get(figure.code), marks, opens, number)
    for number, line in enumerate(unreported, start=len(shown) + 1):
        empty = (Cell(NO_DATA), *_against(line), Cell(NO_DATA), Cell(""), Cell(""), Cell(""))
        yield (Cell(str(number)), Cell(line.name), Cell(line.unit_of_measure), *empty)


def _beside(taken: Figures, figure: Figure) -> bool:
    return not figure.missing and (taken.before(figure.cell) is not None or bool(taken.last_year))


def _row(taken: Figures, figure: Figure, line: Against | None, marks: Marks, opens: Opens, number: int) -> tuple:
    found = taken.compared(figure)
    result = Cell(figure.printed, value=figure.total, source="" if figure.missing else opens(figure, ""))
    return (
        Cell(str(number)),
        Cell(figure.name),
        Cell(figure.unit_of_measure),
        result,
        *_against(line),
        *_year_before(taken, figure, found),
        Cell(_remark(found, marks)),
    )


def _against(line: Against | None) -> tuple[Cell, Cell]:
    if line is None:
        return Cell(""), Cell("")
    return Cell(line.target_printed, value=line.target), Cell(line.share or NO_DATA)


def _year_before(taken: Figures, figure: Figure, found: Compared) -> tuple[Cell, Cell, Cell]:
    before = taken.before(figure.cell)
    then = Cell(found.before, value=before.total if before and found.before != NO_DATA else None)
    if found.difference is None:
        return then, Cell(""), Cell("")
    return then, Cell(format_number(found.difference), value=found.difference), Cell(found.change or NO_DATA)


def _remark(found: Compared, marks: Marks) -> str:
    """“không so sánh được” in the cell, its reason and what was typed in as footnotes."""
    words, _colon, reason = found.why.partition(": ")
    return " ".join(each for each in (words, marks.of(reason, found.mark)) if each)
