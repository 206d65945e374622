"""The sheet of all splits, for the XLSX alone: one row for each smallest share, to be filtered and added up."""

from collections.abc import Iterator

from provinces.vietnamese import NO_DATA, format_number
from reports.adding import COUNTRY
from reports.documents.paper import Annex, Cell, Column, Note, Table
from reports.papers.links import Opens
from reports.snapshot import LEVELS, MONTH, ROLES, SOURCES, Figure, Figures
from reports.splits import SEVERAL, Leaf, share_of_leaves

WINDOWS = {"inside": "trong tháng", "before": "trước tháng", "after": "sau tháng", "": "chưa rõ ngày"}
PAID = {
    **{key: name.partition(" (")[0] for key, name in SOURCES.items()},
    SEVERAL: "Nhiều nguồn",
    "": "chưa ghi nguồn",
}
CERTAINTIES = {
    "exact": "chính xác",
    "about": "khoảng",
    "over": "trên",
    "nearly": "gần",
    "text": "ghi bằng chữ",
    "rate": "tỷ lệ",
    "unknown": "không có số liệu",
}
COLUMNS = (
    Column("TT", 1.3, "center"),
    Column("Mã", 1.8),
    Column("Nội dung", 5.2),
    Column("Đơn vị tính", 1.9, "center"),
    Column("Phạm vi", 1.8),
    Column("Cơ quan, đơn vị", 5),
    Column("Cấp", 1.7),
    Column("Vai trò", 1.8),
    Column("Thời gian", 1.8),
    Column("Nguồn kinh phí", 2.4),
    Column("Độ chắc", 1.8),
    Column("Số lượng", 2.2, "right"),
    Column("Nữ", 1.5, "right"),
    Column("Nam", 1.5, "right"),
    Column("Chưa tách", 1.6, "right"),
    Column("Trẻ em", 1.4, "right"),
    Column("Em gái", 1.4, "right"),
    Column("Em trai", 1.4, "right"),
)


def split_sheets(taken: Figures, opens: Opens) -> tuple[Annex, ...]:
    """One sheet, or none for figures that were taken without splits."""
    rows = tuple(_rows(taken, opens))
    if not rows:
        return ()
    table = Table(COLUMNS, rows, filtered=True)
    notes = (
        Note("Ghi chú:", "mỗi dòng là phần nhỏ nhất của một số liệu; các dòng không trùng nhau, cộng lại bằng tổng."),
        Note("“–”:", "không có số liệu."),
    )
    title = "Số liệu chia theo cấp, cơ quan, vai trò, thời gian, nguồn kinh phí, giới tính và trẻ em"
    return (Annex(title, intro="(Chỉ có trong tệp Excel)", blocks=(table, *notes), landscape=True, sheet="Chia tách"),)


def _rows(taken: Figures, opens: Opens) -> Iterator[tuple]:
    names = {body.id: body.name for body in taken.bodies}
    number = 0
    for figure in taken.cells:
        for leaf in figure.leaves:
            number += 1
            yield _row(number, figure, leaf, names.get(leaf.department, NO_DATA), opens)


def _row(number: int, figure: Figure, leaf: Leaf, department: str, opens: Opens) -> tuple:
    share = share_of_leaves([leaf])
    where = {"don-vi": leaf.department, "vai-tro": leaf.role, "thoi-gian": leaf.window, "nguon": leaf.paid}
    where["do-chac"] = leaf.certainty
    part = "&".join(f"{word}={key or 'khong-ro'}" for word, key in where.items())
    source = opens(figure, "" if leaf.department == COUNTRY else part)
    counted = figure.by_sex and leaf.total is not None
    sexes = (leaf.female, leaf.male, share.not_split) if counted else (..., ..., ...)
    young = (leaf.children, leaf.girls, leaf.boys) if counted and figure.by_children else (..., ..., ...)
    return (
        str(number),
        figure.code,
        figure.name,
        figure.unit_of_measure,
        "Trong tháng" if figure.scope == MONTH else "Cả năm",
        department,
        LEVELS.get(leaf.level, "chưa rõ cấp"),
        ROLES[leaf.role],
        WINDOWS[leaf.window],
        PAID[leaf.paid],
        CERTAINTIES[leaf.certainty],
        Cell(share.printed, value=leaf.total, source=source),
        *(_count(value, source) for value in (*sexes, *young)),
    )


def _count(value, source: str) -> Cell | str:
    if value is ...:
        return ""
    return Cell(NO_DATA) if value is None else Cell(format_number(value), value=value, source=source)
