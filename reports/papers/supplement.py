"""A supplement as an official document: why, what was reported and what it is now, and that the rest stays."""

from collections.abc import Iterable, Iterator, Mapping

from provinces.vietnamese import capitalise, long_date
from reports.documents.paper import Block, Cell, Column, Heading, Para, Table
from reports.models import Report, Snapshot
from reports.papers.lines import blocks_of
from reports.queries.supplements import Behind, Changes, Moved, chain_of, changes_with
from reports.snapshot import MONTH, Figures

NO_NUMBER = "…"
NOTHING = "Không có"
NAMED = 3  # departments by name behind one figure
FIGURES = (
    Column("TT", 1, "center"),
    Column("Chỉ tiêu thống kê", 4.4),
    Column("Đơn vị tính", 1.7, "center"),
    Column("Đã báo cáo", 2, "right"),
    Column("Số liệu sau điều chỉnh", 2.2, "right"),
    Column("Tăng (+), giảm (−)", 1.9, "right"),
    Column("Cơ quan, đơn vị; lý do", 3.8),
)
TEXTS = (Column("TT", 1, "center"), Column("Mục", 3), Column("Đã báo cáo", 6), Column("Nội dung sau điều chỉnh", 6))


def cited(report: Report) -> str:
    """“Báo cáo số 12/BC-SLĐTBXH ngày 05 tháng 01 năm 2024”."""
    number = "/".join(filter(None, (report.number or NO_NUMBER, report.symbol)))
    return f"Báo cáo số {number}" + (f" {long_date(report.dated)}" if report.dated else "")


def subject(report: Report) -> str:
    """“Bổ sung, điều chỉnh số liệu tại Báo cáo số … (bổ sung số 1)”."""
    first = chain_of(report)[0]
    return f"Bổ sung, điều chỉnh số liệu tại {cited(first)} (bổ sung số {report.supplement_no})"


def body(report: Report, taken: Figures, texts: Mapping[str, str], snapshot: Snapshot | None) -> Iterable[Block]:
    """Opening, reason, the table of figures, the table of text, the rest stays."""
    chain = chain_of(report)
    changes = changes_with(report, taken, texts, snapshot)
    yield Para(f"{taken.header.department} bổ sung, điều chỉnh số liệu tại {_cited_fully(chain)} như sau:")
    yield Heading("I. Lý do bổ sung, điều chỉnh", 1)
    yield from blocks_of(report.supplement_reason)
    yield Heading("II. Số liệu bổ sung, điều chỉnh", 1)
    yield from _figures(changes)
    if changes.texts:
        yield Heading("III. Lời văn bổ sung, điều chỉnh", 1)
        yield Table(
            TEXTS,
            tuple(
                (no, each.title, each.old or NOTHING, each.new or NOTHING)
                for no, each in enumerate(changes.texts, start=1)
            ),
        )
    behind = " Số liệu đầy đủ sau khi điều chỉnh tại các Phụ lục kèm theo." if taken.cells else ""
    yield Para(f"Các nội dung khác của {cited(chain[0])} không thay đổi.{behind}".removesuffix(".") + "./.")


def _cited_fully(chain: list[Report]) -> str:
    between = [cited(each) for each in chain[1:]]
    return cited(chain[0]) + (f", đã được bổ sung tại {', '.join(between)}," if between else "")


def _figures(changes: Changes) -> Iterator[Block]:
    if not changes.figures:
        yield Para("Số liệu đã báo cáo không thay đổi.")
        return
    yield Table(FIGURES, tuple(_rows(changes.figures)))


def _rows(moved: Iterable[Moved]) -> Iterator[tuple]:
    """The figures of the month, then those of the year, each under its line."""
    scope, number = None, 0
    for each in sorted(moved, key=lambda each: each.scope != MONTH):
        if each.scope != scope:
            scope = each.scope
            words = "Trong Tháng hành động" if scope == MONTH else "Trong năm, ngoài thời gian Tháng hành động"
            yield (Cell(words, bold=True, span=len(FIGURES)),)
        share = each.name.startswith("Trong đó")
        number += not share
        yield (
            Cell("" if share else str(number)),
            Cell(each.name),
            Cell(each.unit),
            Cell(each.old, value=each.old_value),
            Cell(each.new, value=each.new_value),
            Cell(each.difference),
            Cell(_why(each)),
        )


def _why(moved: Moved) -> str:
    """“Sở Y tế: thêm 2 hoạt động; Sở Tư pháp: sửa 1 hoạt động; điều chỉnh cấp tỉnh: +40 (…)”."""
    told = [f"{each.department}: {_did(each)}" for each in moved.behind[:NAMED]]
    more = len(moved.behind) - NAMED
    if more > 0:
        told.append(f"{more} cơ quan, đơn vị khác")
    told += [f"điều chỉnh cấp tỉnh: {line}" for line in moved.adjusted]
    return capitalise("; ".join(told))


def _did(behind: Behind) -> str:
    counts = (("thêm", behind.came), ("sửa", behind.changed), ("bớt", behind.went))
    return ", ".join(f"{word} {n} hoạt động" for word, n in counts if n)
