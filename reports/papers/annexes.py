"""The annexes of a results report: tables of figures for the month and the year apart, lists behind them."""

import datetime
from collections.abc import Iterable, Iterator

from provinces.vietnamese import NO_DATA, capitalise, format_moment, format_number
from reports.documents.paper import Annex, Block, Cell, Column, Group, Note, Table
from reports.outline import SECTIONS
from reports.papers.charts import charts
from reports.papers.comparing import comparing
from reports.papers.links import Opens, nowhere
from reports.papers.phrasing import lowered
from reports.papers.results import products
from reports.papers.text import annexes_of, bodies, cited
from reports.snapshot import LEVELS, MONTH, YEAR, Figure, Figures

NO_DATA_NOTE = Note("“–”:", "không có số liệu.")
TITLES = {
    MONTH: ("Số liệu kết quả trong Tháng hành động năm %(year)s", "Trong tháng"),
    YEAR: ("Số liệu kết quả trong năm %(year)s, ngoài thời gian Tháng hành động", "Cả năm"),
}
ORDER = {key: place for place, key in enumerate(SECTIONS)}


def annexes(taken: Figures, opens: Opens = nowhere) -> Iterator[Annex]:
    """The annexes that hold something, in their order; `opens` knows where the sources of a number stand."""
    made = {
        "month": lambda: _figures(taken, MONTH, opens),
        "year": lambda: _figures(taken, YEAR, opens),
        "products": lambda: _products(taken, opens),
        "given": lambda: _given(taken),
        "papers": lambda: _papers(taken),
        "missing": lambda: _missing(taken),
        "nils": lambda: _nils(taken),
        "compared": lambda: comparing(taken, opens),
    }
    for key in annexes_of(taken):
        yield made[key]()
    if drawn := charts(taken, opens):
        yield drawn


def _figures(taken: Figures, scope: str, opens: Opens) -> Annex:
    title, sheet = TITLES[scope]
    levels = taken.header.levels
    columns = [Column("TT", 1.3, "center"), Column("Nội dung", 6.4), Column("Đơn vị tính", 2, "center")]
    columns += [Column(LEVELS[level], 2.6, "right") for level in levels]
    columns += [Column("Tổng", 2.8, "right"), Column("Nữ", 1.8, "right"), Column("Nam", 1.8, "right")]
    columns += [Column("Trẻ em", 1.6, "right"), Column("Ghi chú", 4)]
    marks: dict[str, str] = {}
    rows = tuple(_rows(taken.of_scope(scope), levels, marks, len(columns), opens))
    share = 4 + len(levels)
    table = Table(tuple(columns), rows, groups=(Group("Trong đó", share, 3),))
    notes = [Note(mark, text) for text, mark in marks.items()]
    if any(_lacks(cell) for row in rows for cell in row):
        notes.append(NO_DATA_NOTE)
    named = title % {"year": taken.header.year}
    return Annex(title=named, blocks=(table, *notes), landscape=True, sheet=sheet)


def _lacks(cell) -> bool:
    return cell is None or (isinstance(cell, Cell) and cell.text == NO_DATA)


def _rows(
    figures: Iterable[Figure], levels: tuple[str, ...], marks: dict[str, str], width: int, opens: Opens
) -> Iterator[tuple]:
    section, number = None, 0
    for figure in sorted(figures, key=lambda each: ORDER.get(each.section, len(ORDER))):
        if figure.section != section:
            section = figure.section
            yield (Cell(_title(section), bold=True, span=width),)
        own = bool(figure.rolls_up_to)
        number += not own
        yield (
            Cell("" if own else str(number)),
            Cell(f"Trong đó: {lowered(figure.name)}" if own else figure.name),
            Cell(figure.unit_of_measure),
            *(_level(figure, level, opens) for level in levels),
            Cell(figure.printed, value=figure.total, source="" if figure.missing else opens(figure, "")),
            *_splits(figure, opens),
            Cell(_remarks(figure, marks)),
        )


def _title(section: str) -> str:
    if section == "III.1":
        return "Chỉ tiêu bình đẳng giới"
    title = SECTIONS.get(section, section)
    return title.partition(". ")[2] or title


def _level(figure: Figure, level: str, opens: Opens) -> Cell:
    if figure.is_rate or not figure.by_level:
        return Cell("")
    share, part = figure.of("by_level", level), f"cap={level}" if figure.leaves else ""
    return Cell(NO_DATA) if share is None else Cell(share.printed, value=share.total, source=opens(figure, part))


def _splits(figure: Figure, opens: Opens) -> tuple[Cell, Cell, Cell]:
    """Female, male, children; nothing in the cell where the measure is not split at all."""
    children = figure.children if figure.by_children else ...
    values = (figure.female, figure.male, children) if figure.by_sex else (..., ..., ...)
    parts = ("nu", "nam", "tre-em")
    return tuple(
        Cell("") if value is ... else _number(value, opens(figure, part))
        for value, part in zip(values, parts, strict=True)
    )


def _number(value: int | None, source: str) -> Cell:
    return Cell(NO_DATA) if value is None else Cell(format_number(value), value=value, source=source)


def _remarks(figure: Figure, marks: dict[str, str]) -> str:
    """Parts in brackets, roles apart, and the marks of the footnotes."""
    said = [f"({figure.parts})"] if figure.parts else []
    told = [each for each in figure.by_role if each.key and each.total is not None]
    roles = [f"{each.name}: {each.printed}" for each in told if each.key != "lead" or len(told) > 1]
    said += ["; ".join(roles)] if roles else []
    if figure.missing and any(figure.unknown_labels):
        said.append(", ".join(filter(None, figure.unknown_labels)))
    said += [marks.setdefault(note, f"({len(marks) + 1})") for note in figure.notes]
    return " ".join(said)


def _products(taken: Figures, opens: Opens) -> Annex:
    columns = (Column("TT", 1.3, "center"), Column("Sản phẩm", 7), Column("Đơn vị tính", 2, "center"))
    columns += (Column("Số lượng", 3, "right"), Column("Phạm vi", 3), Column("Ghi chú", 4))
    made = [each for scope in (MONTH, YEAR) for each in products(taken, scope)]
    rows = tuple(
        (
            number,
            each.name,
            each.unit_of_measure,
            Cell(each.printed, value=each.total, source="" if each.missing else opens(each, "")),
            "Trong tháng" if each.scope == MONTH else "Cả năm",
            _about_product(each),
        )
        for number, each in enumerate(made, start=1)
    )
    notes = (NO_DATA_NOTE,) if any(each.missing for each in made) else ()
    return Annex("Sản phẩm truyền thông", blocks=(Table(columns, rows), *notes), sheet="Sản phẩm")


def _about_product(figure: Figure) -> str:
    if figure.missing:
        return "không có số liệu"
    if figure.total is None:
        return "không quy ra số"
    return "; ".join(figure.labels[:3])


def _given(taken: Figures) -> Annex:
    columns = (Column("TT", 1.3, "center"), Column("Nội dung", 5), Column("Người được hỗ trợ", 5))
    columns += (Column("Trị giá (đồng)", 3, "right"), Column("Đơn vị trao tặng", 5))
    rows = tuple(
        (
            number,
            each.title + (f" ({each.gifts})" if each.gifts else ""),
            "; ".join(f"{count} {lowered(name)}".strip() for count, name in each.people) or NO_DATA,
            Cell(each.value or NO_DATA),
            "; ".join(each.donors) or NO_DATA,
        )
        for number, each in enumerate(taken.given, start=1)
    )
    blocks: tuple[Block, ...] = (Table(columns, rows), *_notes_on_gifts(taken))
    return Annex("Thăm hỏi, hỗ trợ, tặng quà", blocks=blocks, sheet="Hỗ trợ")


def _notes_on_gifts(taken: Figures) -> Iterator[Note]:
    told = [note for each in (taken.cell("CT31.1"), taken.cell("CT31.1", YEAR)) for note in each.notes]
    yield from (Note(f"({number})", note) for number, note in enumerate(dict.fromkeys(told), start=1))
    if any(not (each.value and each.people and each.donors) for each in taken.given):
        yield NO_DATA_NOTE


def _papers(taken: Figures) -> Annex:
    columns = (Column("TT", 1.3, "center"), Column("Số, ký hiệu, ngày", 5), Column("Trích yếu", 7))
    columns += (Column("Cơ quan ban hành", 4), Column("Cơ quan tham mưu", 4))
    rows = tuple(
        (number, cited(each), each.title, each.issuer or NO_DATA, each.drafter or NO_DATA)
        for number, each in enumerate(taken.papers, start=1)
    )
    return Annex("Danh mục văn bản đã ban hành", blocks=(Table(columns, rows),), sheet="Văn bản")


def _missing(taken: Figures) -> Annex:
    columns = (
        Column("TT", 1.3, "center"),
        Column(capitalise(bodies(taken)), 8),
        Column("Cấp", 2, "center"),
        Column("Hạn gửi", 4),
    )
    rows = tuple(
        (number, each.department, LEVELS[each.level].removeprefix("Cấp "), _due(each.due))
        for number, each in enumerate(taken.coverage.missing, start=1)
    )
    note = Note("Ghi chú:", f"phần của {bodies(taken)} chưa gửi là không có số liệu, không ghi 0.")
    return Annex(f"{capitalise(bodies(taken))} chưa gửi báo cáo", blocks=(Table(columns, rows), note), sheet="Chưa gửi")


def _nils(taken: Figures) -> Annex:
    columns = (Column("TT", 1.3, "center"), Column("Cơ quan, đơn vị", 8), Column("Cấp", 2, "center"))
    columns += (Column("Lý do", 8),)
    rows = tuple(
        (number, each.department, LEVELS[each.level].removeprefix("Cấp "), each.reason)
        for number, each in enumerate(taken.coverage.nils, start=1)
    )
    return Annex("Cơ quan, đơn vị báo không phát sinh", blocks=(Table(columns, rows),), sheet="Không phát sinh")


def _due(iso: str) -> str:
    return format_moment(datetime.datetime.fromisoformat(iso)) if iso else NO_DATA
