"""The country's figures by province as tables: an annex of the report, and a workbook with every figure."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from provinces.vietnamese import NO_DATA, format_date
from reports.documents.paper import Annex, Cell, Column, Note, Paper, Table
from reports.models import Report
from reports.outline import SECTIONS
from reports.papers.letterheads import letterhead
from reports.papers.links import opener
from reports.queries.boundaries import Line
from reports.queries.masking import HIDDEN
from reports.snapshot import YEAR, Figure, Figures

MAIN = ("CT04.1", "CT05.1", "CT07.1", "CT08.1", "CT12.1", "CT13.1", "CT31.1", "CT36.1")
COUNTRY = 0  # the key of the country’s own line among the units
Hidden = Sequence[Set[int]]
Opens = Callable[[Figure, str], str] | None
NOTE = Note("“–”:", "không có số liệu; tỉnh, thành phố chưa ban hành báo cáo không ghi 0.")


def main_cells(taken: Figures) -> list[Figure]:
    """The figures of the month that fit beside each other on a sheet."""
    return [taken.cell(code) for code in MAIN if taken.by_cell(f"{code}:month")]


def by_province(
    title: str, sheet: str, figures: list[Figure], lines: list[Line], hidden: Hidden = (), opens: Opens = None
) -> Annex:
    """Provinces by figures; the last row is the country. `hidden` are the units left out, column by column.

    `opens` gives the address behind a figure, which the XLSX opens: the page with what each province gave.
    """
    columns = [Column("TT", 1.2, "center"), Column("Tỉnh, thành phố", 4.5)]
    columns += [Column(f"{figure.name} ({figure.unit_of_measure})", 2.6, "right") for figure in figures]
    hidden = hidden or [frozenset()] * len(figures)
    links = tuple(opens(figure, "") if opens else "" for figure in figures)
    rows = [*_rows(lines, hidden, links)]
    rows.append((Cell(""), Cell("Cả nước", bold=True), *_cells(COUNTRY, figures, hidden, links, bold=True)))
    table = Table(tuple(columns), tuple(rows))
    return Annex(title, blocks=(table, NOTE), landscape=True, sheet=sheet)


def _rows(lines: list[Line], hidden: Hidden, links: tuple[str, ...]) -> Iterator[tuple]:
    for number, line in enumerate(lines, start=1):
        yield Cell(str(number)), Cell(line.name), *_cells(line.unit.pk, line.cells, hidden, links)
        for part in line.parts:
            yield Cell(""), Cell(f"Trong đó: {part.name} (cũ)"), *_cells(part.unit.pk, part.cells, hidden, links)


def _cells(
    unit: int, figures: Iterable[Figure | None], hidden: Hidden, links: tuple[str, ...], *, bold: bool = False
) -> Iterator[Cell]:
    for figure, units, link in zip(figures, hidden, links, strict=True):
        if unit in units:
            yield Cell(HIDDEN, bold=bold)
        elif figure is None or figure.missing:
            yield Cell(NO_DATA, bold=bold)
        else:
            yield Cell(figure.printed, value=figure.total, bold=bold, source=link)


def provinces_paper(
    report: Report, taken: Figures, lines: list[Line], hidden: Hidden, today: datetime.date | None
) -> Paper:
    """A workbook: one sheet for each section, provinces by figures, on the boundaries that `lines` stand on."""
    opens = opener(report)
    places = {figure.cell: no for no, figure in enumerate(taken.cells)}
    annexes = []
    for section, scope in dict.fromkeys((each.section, each.scope) for each in taken.cells):
        figures = [each for each in taken.cells if (each.section, each.scope) == (section, scope)]
        columns = [places[figure.cell] for figure in figures]
        chosen = [_only(line, columns) for line in lines]
        title = SECTIONS.get(section, section)
        words = f"{title}, cả năm" if scope == YEAR else title
        sheet = f"{section} năm" if scope == YEAR else section
        annexes.append(by_province(words, sheet, figures, chosen, [hidden[no] for no in columns], opens))
    boundary = f"địa giới ngày {format_date(today)}" if today else f"địa giới năm {taken.header.year}"
    day = report.dated or report.campaign.closes_on
    return Paper(
        kind="",
        code="bao-cao",
        letterhead=letterhead(report.issuer, day),
        number=report.number,
        symbol=report.symbol,
        dated=report.dated,
        subject=f"Số liệu theo tỉnh, thành phố năm {taken.header.year}, {boundary}",
        annexes=tuple(annexes),
        properties={"created": report.snapshot.taken_at.isoformat(), "sha256": report.snapshot.sha256},
        only_annexes=True,
    )


def _only(line: Line, places: list[int]) -> Line:
    cells = tuple(line.cells[no] for no in places)
    return Line(line.unit, line.name, cells, tuple(_only(part, places) for part in line.parts), line.issued)
