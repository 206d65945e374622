"""A department's own report: its activities by the part it had in them, its own words, or that there was nothing."""

import dataclasses
from collections.abc import Iterable, Mapping

from provinces.vietnamese import NO_DATA, capitalise, format_number
from reports.documents.paper import Annex, Block, Cell, Column, Heading, Note, Para, Table
from reports.outline import PARTS, SECTIONS, part_of
from reports.papers.lines import blocks_of
from reports.papers.links import Opens, nowhere
from reports.papers.phrasing import lowered, sentence, topic, when
from reports.papers.results import PARTS as RESULTS
from reports.papers.text import closing, direction
from reports.snapshot import MONTH, YEAR, Done, Figure, Figures, Launch

ROLES = {"lead": "Chủ trì", "co": "Phối hợp", "attendee": "Tham dự", "donor": "Tặng, tài trợ"}
DID = {
    "lead": "chủ trì {n} hoạt động",
    "co": "phối hợp tổ chức {n} hoạt động",
    "attendee": "tham dự {n} hoạt động",
    "donor": "tặng, tài trợ trong {n} hoạt động",
}
BY_HAND = {
    "III.2": "Khó khăn, hạn chế",
    "IV.2": "Kiến nghị, đề xuất",
    "IV.3": "Đề nghị khen thưởng",
}
NOTHING = "…"
SHARES = ("female", "male", "children")


def opening_of(taken: Figures) -> str:
    """On which letter the return rests; a topical one says what it is about."""
    head = taken.header
    if not head.subject:
        return ""
    letter = f"Thực hiện Công văn số {head.letter_number} của {head.letter_issuer}, " if head.letter_number else ""
    return f"{letter}{head.department} báo cáo {lowered(topic(head.subject))} như sau:"


def body(
    taken: Figures, texts: Mapping[str, str], recipients: tuple[str, ...], opening: str, draft: bool
) -> Iterable[Block]:
    """The return's text; a nil return is two sentences and nothing else."""
    if taken.nil_reason:
        yield Para(nil_words(taken))
        return
    yield from blocks_of(opening_of(taken) or opening)
    yield Heading(PARTS["I"], 1)
    yield from blocks_of(texts.get("I") or direction(taken) or "Không ban hành văn bản riêng.")
    yield Heading(PARTS["II"], 1)
    yield from blocks_of(texts.get("II", ""))
    yield Para(summary(taken))
    yield from _results(taken)
    yield from _own_words(texts, draft)
    yield Para(closing(taken, recipients))


def nil_words(taken: Figures) -> str:
    """“Trong kỳ báo cáo, … không tổ chức hoạt động hưởng ứng Tháng hành động. Lý do: ….”"""
    reason = " ".join(taken.nil_reason.split()).rstrip(". ")
    who = taken.header.department
    return f"Trong kỳ báo cáo, {who} không tổ chức hoạt động hưởng ứng Tháng hành động. Lý do: {lowered(reason)}./."


def summary(taken: Figures) -> str:
    """How many activities it led, helped with, attended: apart, and never added."""
    counts = {role: sum(each.role == role for each in taken.done) for role in ROLES}
    told = [DID[role].format(n=_two(n)) for role, n in counts.items() if n]
    if not told:
        return "Trong kỳ, chưa có hoạt động nào được ghi."
    return sentence(f"Trong kỳ, {taken.header.department} {', '.join(told)}")


def _two(n: int) -> str:
    return f"{n:02}" if 0 < n < 10 else format_number(n)


def _results(taken: Figures) -> Iterable[Block]:
    """The parts of II that hold something, numbered as they come: what it led, then what it helped with or joined."""
    apart = {role: _in_role(taken, role) for role in ROLES}
    number = 0
    for key in [*RESULTS, "II.9"]:
        lines = [*_lines(apart, key)]
        if lines:
            number += 1
            yield Heading(f"{number}. {SECTIONS[key].partition('. ')[2]}", 2)
            for line in lines:
                yield from blocks_of(line)


def _lines(apart: dict[str, Figures], key: str) -> Iterable[str]:
    for role, alone in apart.items():
        text = _of_the_year(alone) if key == "II.9" else RESULTS[key][0](alone, MONTH)
        if text:
            yield text if role == "lead" else f"{ROLES[role]}: {text[:1].lower()}{text[1:]}"


def _of_the_year(alone: Figures) -> str:
    told = [draw(alone, YEAR) for draw, _thing in RESULTS.values()]
    return "\n".join(filter(None, told))


def _in_role(taken: Figures, role: str) -> Figures:
    """The figures of a role with the launches it had that part in."""
    mine = tuple(each for each in taken.launches if _part_in(each, taken.header.department) == role)
    return dataclasses.replace(taken.of_role(role), launches=mine)


def _part_in(launch: Launch, department: str) -> str:
    if launch.lead in {"", department}:
        return "lead"
    return "co" if department in launch.partners else "attendee"


def _own_words(texts: Mapping[str, str], draft: bool) -> Iterable[Block]:
    """What the department says of difficulties, proposals and awards, each under the part it belongs to."""
    part, number = "", 0
    for key, title in BY_HAND.items():
        text = texts.get(key, "").strip()
        if not text:
            continue
        if part_of(key) != part:
            part, number = part_of(key), 0
            yield Heading(PARTS[part], 1)
        number += 1
        yield Heading(f"{number}. {title}", 2)
        yield from blocks_of(text)
    if draft and not any(texts.get(key, "").strip() for key in BY_HAND):
        yield Para("Khó khăn, kiến nghị: " + NOTHING)


# ── annexes ────────────────────────────────────────────────────────────────


def annexes_of_return(taken: Figures, opens: Opens = nowhere) -> Iterable[Annex]:
    """Figures by role for the month and the year, then the list of activities."""
    if taken.nil_reason:
        return
    year = taken.header.year
    if taken.of_scope(MONTH):
        yield _figures(taken, MONTH, f"Số liệu kết quả trong Tháng hành động năm {year}", "Trong tháng", opens)
    if taken.of_scope(YEAR):
        title = f"Số liệu kết quả trong năm {year}, ngoài thời gian Tháng hành động"
        yield _figures(taken, YEAR, title, "Cả năm", opens)
    if taken.done:
        yield _done(taken)


def _figures(taken: Figures, scope: str, title: str, sheet: str, opens: Opens) -> Annex:
    cells = taken.of_scope(scope)
    roles = [role for role in ROLES if role != "donor" or any(each.of("by_role", role) for each in cells)]
    columns = [Column("TT", 1.3, "center"), Column("Nội dung", 6.4), Column("Đơn vị tính", 2, "center")]
    columns += [Column(ROLES[role], 2.8, "right") for role in roles]
    columns += [Column("Nữ", 2, "right"), Column("Nam", 2, "right"), Column("Trẻ em", 2, "right")]
    columns += [Column("Ghi chú", 4)]
    marks: dict[str, str] = {}
    rows = tuple(
        (
            number,
            each.name,
            each.unit_of_measure,
            *(_opened(_in_column(each, role), each, role, opens) for role in roles),
            *(_opened(_count(each, name), each, _first_role(each), opens) for name in SHARES),
            " ".join(marks.setdefault(note, f"({len(marks) + 1})") for note in each.notes),
        )
        for number, each in enumerate(cells, start=1)
    )
    notes = [Note(mark, text) for text, mark in marks.items()] + [Note("“–”:", "không có số liệu.")]
    return Annex(title, blocks=(Table(tuple(columns), rows), *notes), landscape=True, sheet=sheet)


def _opened(cell: Cell, figure: Figure, role: str, opens: Opens) -> Cell:
    """A number with the way to what stands behind it."""
    return cell if cell.value is None else dataclasses.replace(cell, source=opens(figure, role))


def _first_role(figure: Figure) -> str:
    return next((each.key for each in figure.by_role if each.key), "lead")


def _in_column(figure: Figure, role: str) -> Cell:
    """The share of a role; what has no role, such as money and rates, stands under what was led."""
    if role == "lead" and not {each.key for each in figure.by_role} - {"lead", ""}:
        return Cell(figure.printed, value=figure.total)
    share = figure.of("by_role", role)
    return Cell("") if share is None else Cell(share.printed, value=share.total)


def _count(figure: Figure, name: str) -> Cell:
    if not (figure.by_children if name == "children" else figure.by_sex):
        return Cell("")
    value = getattr(figure, name)
    return Cell(NO_DATA) if value is None else Cell(format_number(value), value=value)


def _done(taken: Figures) -> Annex:
    columns = (Column("TT", 1.3, "center"), Column("Hoạt động", 8), Column("Thời gian", 4), Column("Địa điểm", 5))
    columns += (Column("Vai trò", 2.5),)
    order = list(ROLES)
    rows = tuple(
        (number, each.title, _when(each), each.place or NO_DATA, ROLES.get(each.role, "").lower())
        for number, each in enumerate(sorted(taken.done, key=lambda each: order.index(each.role)), start=1)
    )
    return Annex("Danh mục hoạt động", blocks=(Table(columns, rows),), sheet="Hoạt động")


def _when(done: Done) -> str:
    return capitalise(when(done.dated, done.ended, done.precision)) or "Trong năm"
