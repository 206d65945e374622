"""What an amendment of a plan says: what was issued, what it becomes, and that the rest stays."""

import dataclasses
from collections.abc import Iterator

from campaigns.changes import ADDED, REMOVED, Change, changed_lines, changes_between
from campaigns.contents import content_of
from campaigns.models import Plan, PlanSection
from campaigns.models.tasks import MoneyForm
from campaigns.outlines import HEADINGS, Outline, section
from provinces.vietnamese import format_money
from reports.documents.paper import Annex, Block, Column, Heading, Paper, Para, Table
from reports.papers.plan_citing import KINDS, cited, cited_with_subject, small_subject
from reports.papers.plan_parts import EMPTY, letter_of, section_numbers

KEY = PlanSection.Key
COLUMNS = (
    Column("TT", 1, "center"),
    Column("Mục", 3.6),
    Column("Nội dung đã ban hành", 6),
    Column("Nội dung điều chỉnh thành", 6),
)
NOTHING = "Không có"
FORMS = {MoneyForm.CASH: "bằng tiền", MoneyForm.IN_KIND: "bằng hiện vật"}
FACTS = {"subject": "Tên kế hoạch", "budget": "Tổng kinh phí"}
TASK = {
    "title": "Nhiệm vụ",
    "lead": "Chủ trì",
    "partners": "Phối hợp",
    "when": "Thời gian",
    "place": "Địa điểm",
    "targets": "Kết quả dự kiến",
    "money": "Kinh phí",
    "optional": "Tùy điều kiện của địa phương",
}
SUMS = {
    "total": "Tổng kinh phí",
    "state": "Ngân sách nhà nước",
    "mobilised": "Huy động hợp pháp khác",
    "integrated": "Lồng ghép",
}


@dataclasses.dataclass(frozen=True)
class Amendment:
    """The words of one amendment, for a plan, a decision and a letter alike."""

    subject: str
    cited_fully: str
    table: tuple[Block, ...]
    why: tuple[Block, ...]
    the_rest: str


def earlier_versions(plan: Plan) -> list[Plan]:
    """The versions before this one, the first first."""
    if plan.version == 1:
        return []
    rows = Plan.objects.filter(lineage=plan.lineage, version__lt=plan.version).order_by("version")
    return list(rows.select_related("campaign", "owner__unit", "issuer__unit", "province"))


def amendment_of(outline: Outline, earlier: list[Plan]) -> Amendment:
    """What the plan of `outline` changes of the version before it."""
    first, last, plan = earlier[0], earlier[-1], outline.plan
    before = Outline(last)
    rows = list(_rows(changes_between(content_of(last, before), content_of(plan, outline)), before, outline))
    numbered = tuple((number, *row) for number, row in enumerate(rows, start=1))
    reason = plan.amendment_reason.rstrip(" .;")
    return Amendment(
        subject=f"Điều chỉnh {cited(first)}",
        cited_fully=cited_with_subject(first) + _amended_by(earlier[1:]),
        table=(Table(COLUMNS, numbered),) if numbered else (Para(EMPTY),),
        why=(Para(f"Lý do điều chỉnh: {reason}."),),
        the_rest=f"Các nội dung khác của {cited(first, shortly=True)} không thay đổi.",
    )


def _amended_by(between: list[Plan]) -> str:
    """“, đã được điều chỉnh tại Kế hoạch số 15/KH-UBND”, for each amendment that came in between."""
    named = [f"{KINDS[row.paper]} số {row.number}/{row.symbol}".rstrip("/") for row in between if row.number]
    return f", đã được điều chỉnh tại {', '.join(named)}" if named else ""


def as_amendment(paper: Paper, plan: Plan, amendment: Amendment, opening: str) -> Paper:
    """The paper of an amended plan or letter: what changes in a table, the whole text behind it."""
    whole = KINDS[Plan.Paper.PLAN] if plan.paper != Plan.Paper.LETTER else "Nội dung Công văn"
    body = Annex(f"{whole} {small_subject(plan)} sau khi điều chỉnh", blocks=paper.blocks)
    changed = [Para(f"{opening} điều chỉnh {amendment.cited_fully} như sau:")]
    number = "Phụ lục I" if paper.annexes else "Phụ lục"
    rest = f"{amendment.the_rest} Toàn văn sau khi điều chỉnh tại {number} kèm theo./."
    if plan.paper == Plan.Paper.LETTER:
        changed += [*amendment.table, *amendment.why, Para(rest)]
    else:
        changed += [Heading("I. Nội dung điều chỉnh", 1), *amendment.table, *amendment.why]
        changed += [Heading("II. Các nội dung khác", 1), Para(rest)]
    subject = amendment.subject
    if plan.paper == Plan.Paper.LETTER:
        subject = subject[:1].lower() + subject[1:]
    return dataclasses.replace(paper, subject=subject, blocks=tuple(changed), annexes=(body, *paper.annexes))


def with_whole_text(paper: Paper, plan: Plan) -> Paper:
    """The whole amended text as the first annex, behind a decision too."""
    body = Annex(f"{KINDS[Plan.Paper.PLAN]} {small_subject(plan)} sau khi điều chỉnh", blocks=paper.blocks)
    return dataclasses.replace(paper, annexes=(body, *paper.annexes))


# The rows of the table


def _rows(changes: list[Change], before: Outline, after: Outline) -> Iterator[tuple[str, str, str]]:
    """Where, what was issued, what it becomes."""
    kinds = {"facts": _facts, "section": _section, "task": _task, "target": _target, "figure": _money}
    for change in changes:
        yield from kinds[change.kind](change, before, after)


def _facts(change: Change, before: Outline, after: Outline) -> Iterator[tuple]:
    for field in change.fields:
        if field.name == "subject":
            yield FACTS["subject"], field.old, field.new
        if field.name == "budget" and before.money.total == after.money.total is None:
            yield FACTS["budget"], _dong(field.old), _dong(field.new)


def _section(change: Change, before: Outline, after: Outline) -> Iterator[tuple]:
    (field,) = change.fields
    place = _section_place(change.key, before, after)
    for old, new in changed_lines(field.old, field.new):
        yield place, old or NOTHING, f"Bổ sung: {new}" if not old else new or "Bãi bỏ"


def _section_place(key: str, before: Outline, after: Outline) -> str:
    if key == KEY.BASIS:
        return "Phần căn cứ, mở đầu"
    if key == KEY.MESSAGES:
        return "Phụ lục Thông điệp, khẩu hiệu"
    number = section_numbers(before).get(section(key)) or section_numbers(after).get(section(key))
    words = KEY(key).label.partition(". ")[2]
    return f"Mục {number}. {words}" if number else words


def _task(change: Change, before: Outline, after: Outline) -> Iterator[tuple]:
    """A change of the programmes alone is not printed: the plan does not print them."""
    whole = change.old or change.new
    place = f"{_task_place(whole, before if change.old else after)}: {whole['title'].rstrip(' .;')}"
    if change.what == ADDED:
        yield place, NOTHING, f"Bổ sung: {_all(change.new)}"
    elif change.what == REMOVED:
        yield place, _all(change.old), "Bãi bỏ"
    else:
        old, new = ("\n".join(_named(change, side)) for side in ("old", "new"))
        if old or new:
            yield place, old, new


def _named(change: Change, side: str) -> Iterator[str]:
    for field in change.fields:
        value = getattr(field, side)
        if field.name == "heading":
            yield f"Khoản “{HEADINGS.get(value, value)}”"
        elif field.name in TASK:
            yield f"{TASK[field.name]}: {_said(field.name, value)}"


def _task_place(task: dict, outline: Outline) -> str:
    """“Điểm a khoản 1 Mục III”; in a letter, which has no sections, “Điểm a khoản 1”."""
    number = section_numbers(outline).get(section(KEY.CONTENT))
    for heading in outline.headings:
        for line in heading.lines:
            if line.task.lineage.hex == task["lineage"]:
                letter = letter_of(heading, line)
                where = f"Điểm {letter} khoản {heading.number}" if letter else f"Khoản {heading.number}"
                return f"{where} Mục {number}" if number else where
    return ""


def _all(task: dict) -> str:
    """Everything a task says, in one breath."""
    parts = [f"{TASK[name].lower()}: {_said(name, task[name])}" for name in TASK if name != "title" and task[name]]
    return "; ".join([task["title"].rstrip(" .;"), *parts])


def _said(name: str, value) -> str:
    if name == "optional":
        return "có" if value else "không"
    if name == "money":
        value = [f"{_dong(amount)} ({source}, {FORMS[form]})" for source, form, amount in value or []]
    if isinstance(value, list):
        return "; ".join(value) or NOTHING.lower()
    return value or NOTHING.lower()


def _target(change: Change, before: Outline, after: Outline) -> Iterator[tuple]:
    (field,) = change.fields
    name = (change.old or change.new)["name"]
    yield f"Chỉ tiêu kế hoạch: {name}", field.old or NOTHING, field.new or "Bãi bỏ"


def _money(change: Change, before: Outline, after: Outline) -> Iterator[tuple]:
    names = [name for name in SUMS if any(field.name == name for field in change.fields)]
    old, new = (
        "\n".join(f"{SUMS[name]}: {_dong(content[name])}" for name in names) for content in (change.old, change.new)
    )
    yield _section_place(KEY.MONEY, before, after), old, new


def _dong(amount: int | None) -> str:
    return NOTHING.lower() if amount is None else format_money(amount)
