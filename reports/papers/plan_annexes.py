"""Annexes of a plan: its messages, the table of who does what."""

from collections.abc import Iterator

from campaigns.models import Plan, PlanSection
from campaigns.outlines import Outline, TaskLine
from provinces.vietnamese import format_number
from reports.documents.paper import Annex, Block, Cell, Column, Note, Para, Table
from reports.papers.lines import lines_of, numbered
from reports.papers.plan_parts import text_of

KEY = PlanSection.Key
COLUMNS = (
    Column("TT", 1, "center"),
    Column("Nội dung", 7),
    Column("Đơn vị chủ trì", 4),
    Column("Đơn vị phối hợp", 4),
    Column("Thời gian", 3, "center"),
    Column("Sản phẩm", 3.4),
    Column("Kinh phí (đồng)", 2.8, "right"),
)


def plan_annexes(outline: Outline) -> Iterator[Annex]:
    messages = lines_of(text_of(outline, KEY.MESSAGES))
    if messages:
        given = numbered("\n".join(messages))
        lines = messages if given else [f"{n}. {line}" for n, line in enumerate(messages, start=1)]
        yield Annex("Thông điệp, khẩu hiệu", blocks=tuple(map(Para, lines)))
    if outline.lines and outline.plan.paper != Plan.Paper.LETTER:
        yield Annex("Bảng phân công nhiệm vụ", landscape=True, sheet="Phân công", blocks=tuple(_assignment(outline)))


def _assignment(outline: Outline) -> list[Block]:
    return task_table(outline, outline.lines)


def task_table(outline: Outline, lines: list[TaskLine]) -> list[Block]:
    """Some tasks of a plan under their headings, with the sum of their money and a note where something is missing."""
    rows, wanted = [], {line.task.pk for line in lines}
    for heading in outline.headings:
        own = [line for line in heading.lines if line.task.pk in wanted]
        if own:
            rows.append((Cell(f"{heading.number}. {heading.title}", bold=True, span=len(COLUMNS)),))
            rows += [_row(line) for line in own]
    amounts = [line.counted_money for line in lines if line.counted_money is not None]
    if amounts:
        rows.append((Cell("Tổng cộng", bold=True, span=len(COLUMNS) - 1), _bold(sum(amounts))))
    missing = any(cell is None or str(cell).endswith("–") for row in rows for cell in row)
    return [Table(COLUMNS, tuple(rows)), *([Note("“–”:", "không có số liệu.")] if missing else [])]


def _row(line: TaskLine) -> tuple:
    money = line.counted_money
    if money is None and line.amounts:
        money = Cell("lồng ghép")
    return (
        line.number,
        line.task.title,
        line.lead or None,
        "; ".join(line.partners) or None,
        line.when or None,
        "; ".join(target.words for target in line.targets) or None,
        money,
    )


def _bold(amount: int) -> Cell:
    return Cell(format_number(amount), value=amount, bold=True)
