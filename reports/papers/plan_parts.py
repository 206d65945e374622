"""The body of a plan: legal bases, opening, sections I to V, each stretch with the anchor it is about."""

import dataclasses
import datetime
from collections.abc import Iterator

from campaigns.models import Plan, PlanSection
from campaigns.outlines import Heading as TaskHeading
from campaigns.outlines import Outline, Target, TaskLine, section, task_anchor
from provinces.vietnamese import capitalise, certain, long_period, short_money, two_digit
from reports.documents.paper import Block, Heading, Item, Para
from reports.documents.phrases import roman
from reports.papers.letterheads import full_name, unit_words
from reports.papers.lines import blocks_of, lines_of, numbered
from reports.papers.plan_citing import cited_with_subject

LETTERS = "abcdđeghiklmnopqrstuvxy"
KEY = PlanSection.Key
EMPTY = "…"


@dataclasses.dataclass(frozen=True)
class Part:
    """A stretch of the paper and what of the plan it says; comments point at the anchor."""

    anchor: str
    blocks: tuple[Block, ...]


def paper_day(plan: Plan) -> datetime.date:
    """The day whose names stand at the head: the document's, else the campaign's end."""
    if plan.dated:
        return plan.dated
    return plan.campaign.closes_on if plan.campaign else plan.duty_day


def plan_parts(outline: Outline) -> tuple[tuple[str, ...], list[Part]]:
    """The legal bases, and the body in parts from the opening to section V."""
    bases, opening = _opening(outline)
    parts = [Part(section(KEY.BASIS), tuple(opening))]
    if outline.plan.paper == Plan.Paper.LETTER:
        return bases, parts + list(_letter_parts(outline))
    return bases, parts + list(_numbered_parts(outline))


def text_of(outline: Outline, key: str) -> str:
    return outline.sections[key].text if key in outline.sections else ""


# The opening


def _opening(outline: Outline) -> tuple[tuple[str, ...], list[Block]]:
    """Lines that begin with “Căn cứ” are bases; what else was typed stands before the opening words."""
    lines = lines_of(text_of(outline, KEY.BASIS))
    bases = tuple(line for line in lines if line.startswith(("Căn cứ", "Theo đề nghị")))
    rest = [line for line in lines if line not in bases]
    plan = outline.plan
    if (rest and rest[-1].endswith("như sau:")) or _letter_opens_itself(outline):
        return bases, [Para(line) for line in rest]
    words = _opening_words(plan)
    starts = bool(rest) and rest[-1].startswith(("Thực hiện", "Để "))
    above = _plan_above(plan, lines)
    if starts:
        joined = "; ".join(filter(None, [rest[-1].rstrip(" .;,"), above]))
        return bases, [*[Para(line) for line in rest[:-1]], Para(f"{joined}, {words}")]
    if above:
        words = f"Thực hiện {above}, {words}"
    return bases, [*[Para(line) for line in rest], Para(words)]


def _plan_above(plan: Plan, lines: list[str]) -> str:
    """The plan that this one carries out, unless the writer named it."""
    above = plan.parent
    if above is None or (above.number and any(above.number in line for line in lines)):
        return ""
    return cited_with_subject(above)


def _letter_opens_itself(outline: Outline) -> bool:
    """A letter whose purpose is typed says there what it asks for."""
    return outline.plan.paper == Plan.Paper.LETTER and bool(text_of(outline, KEY.PURPOSE))


def _opening_words(plan: Plan) -> str:
    issuer = full_name(plan.issuer, paper_day(plan))
    if plan.paper == Plan.Paper.LETTER:
        return f"{issuer} đề nghị các cơ quan, đơn vị, địa phương triển khai các nội dung như sau:"
    month = f" triển khai Tháng hành động năm {plan.year_from}" if plan.kind == Plan.Kind.MONTH else ""
    return f"{issuer} ban hành Kế hoạch{month} với các nội dung như sau:"


# Sections I to V


def _numbered_parts(outline: Outline) -> Iterator[Part]:
    numbers = section_numbers(outline)
    for key, title in _titles(outline.plan).items():
        anchor = section(key)
        if anchor not in numbers:
            continue
        parts = _section_parts(outline, key)
        if not any(part.blocks for part in parts):
            parts = [Part(anchor, (Para(EMPTY),))]
        yield Part(anchor, (Heading(f"{numbers[anchor]}. {title}", 1),))
        yield from parts


def _titles(plan: Plan) -> dict[str, str]:
    month = plan.kind == Plan.Kind.MONTH
    return {
        KEY.PURPOSE: "Mục đích, yêu cầu",
        KEY.THEME: "Chủ đề, thời gian, phạm vi" if month else "Thời gian, phạm vi",
        KEY.CONTENT: "Nội dung hoạt động" if month else "Nội dung, nhiệm vụ",
        KEY.MONEY: "Kinh phí",
        KEY.ORGANISATION: "Tổ chức thực hiện",
    }


def section_numbers(outline: Outline) -> dict[str, str]:
    """The Roman number of each printed section, by its anchor; an issued plan leaves out what is empty."""
    plan = outline.plan
    if plan.paper == Plan.Paper.LETTER:
        return {}
    keys = [key for key in _titles(plan) if not _issued(plan) or any(p.blocks for p in _section_parts(outline, key))]
    return {section(key): roman(place) for place, key in enumerate(keys, start=1)}


def _issued(plan: Plan) -> bool:
    return plan.status in {Plan.Status.ISSUED, Plan.Status.SUPERSEDED}


def _section_parts(outline: Outline, key: str) -> list[Part]:
    if key == KEY.CONTENT:
        return _content(outline)
    writers = {KEY.THEME: _theme, KEY.MONEY: _money, KEY.ORGANISATION: _organisation}
    blocks = writers[key](outline) if key in writers else blocks_of(text_of(outline, key))
    return [Part(section(key), tuple(blocks))]


def _theme(outline: Outline) -> list[Block]:
    """Theme, time and area that the text does not state come from the campaign; then the text as typed."""
    plan, typed = outline.plan, text_of(outline, KEY.THEME)
    said = typed.lower()
    lines = []
    if outline.theme and "chủ đề" not in said:
        lines.append(f"Chủ đề: “{outline.theme}”.")
    if "thời gian" not in said:
        lines.append(f"Thời gian: {_years(plan)}.")
    if "phạm vi" not in said:
        lines.append(f"Phạm vi: trên địa bàn {unit_words(plan.owner, paper_day(plan))}.")
    if not numbered(typed):
        lines = [f"{number}. {line}" for number, line in enumerate(lines, start=1)]
    return [*map(Para, lines), *blocks_of(typed)]


def _years(plan: Plan) -> str:
    if plan.campaign:
        return long_period(plan.campaign.opens_on, plan.campaign.closes_on)
    if plan.year_from == plan.year_to:
        return f"năm {plan.year_from}"
    return f"từ năm {plan.year_from} đến năm {plan.year_to}"


def _content(outline: Outline) -> list[Part]:
    parts = [Part(section(KEY.CONTENT), tuple(blocks_of(text_of(outline, KEY.CONTENT))))]
    parts += _targets(outline)
    for heading in outline.headings:
        parts.append(Part(section(KEY.CONTENT), (Heading(f"{heading.number}. {heading.title}", 2),)))
        parts += [Part(task_anchor(line.task), tuple(_task(heading, line))) for line in heading.lines]
    return parts


def _targets(outline: Outline) -> list[Part]:
    """The targets that were set for the whole plan, one a line."""
    rows = list(outline.plan.targets.select_related("measure").order_by("measure__code"))
    parts = [Part(section(KEY.CONTENT), (Para("Phấn đấu đạt các chỉ tiêu sau:", keep=True),))] if rows else []
    for place, row in enumerate(rows, start=1):
        end = "." if place == len(rows) else ";"
        words = certain(row.quantity, row.certainty, number=two_digit)
        line = f"{row.measure.name}: {words} {row.measure.unit_of_measure}{end}"
        parts.append(Part(f"target:{row.measure.code}", (Item(line),)))
    return parts


def _task(heading: TaskHeading, line: TaskLine) -> list[Block]:
    """“a) Lễ phát động cấp tỉnh.” and when, where, who and what comes of it: a line of its own if there is much."""
    letter = letter_of(heading, line)
    title = line.task.title.rstrip(" .;")
    maybe = " (tùy điều kiện của địa phương)" if line.task.optional else ""
    details = list(_details(line))
    said = capitalise("; ".join(details))
    words = f"{letter}) {title}{maybe}." if letter else f"{title}{maybe}."
    if len(details) == 1:
        return [Para(f"{words} {said}.")]
    return [Para(words, keep=True), Item(f"{said}.")] if said else [Para(words)]


def letter_of(heading: TaskHeading, line: TaskLine) -> str:
    """The letter of a task under its heading: a, b, c, d, đ …; none when it stands alone."""
    place = heading.lines.index(line)
    if len(heading.lines) == 1:
        return ""
    return (
        LETTERS[place] if place < len(LETTERS) else LETTERS[place // len(LETTERS) - 1] + LETTERS[place % len(LETTERS)]
    )


def _details(line: TaskLine) -> Iterator[str]:
    task = line.task
    if task.starts_on:
        yield f"thời gian: {long_period(task.starts_on, task.ends_on)}"
    elif task.when_text:
        yield f"thời gian: {task.when_text}"
    if task.place:
        yield f"địa điểm: {task.place}"
    if line.lead:
        yield f"chủ trì: {line.lead}"
    if line.partners:
        yield f"phối hợp: {', '.join(line.partners)}"
    if line.targets:
        yield f"kết quả dự kiến: {'; '.join(_results(line.targets))}"


def _results(targets: tuple[Target, ...]) -> Iterator[str]:
    """What was set, then in one breath what has no number yet."""
    stated = [target for target in targets if target.quantity is not None or target.text]
    if stated:
        yield ", ".join(map(_target, stated))
    open_ones = [_small(target.measure.name) for target in targets if target not in stated]
    if open_ones:
        yield f"{', '.join(open_ones)} (chưa ấn định số lượng)"


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _target(target: Target) -> str:
    """“01 cuộc”, “khoảng 600 lượt người”; without a number the words."""
    if target.quantity is None:
        return f"{_small(target.measure.name)}: {target.text}"
    number = certain(target.quantity, target.certainty, number=two_digit)
    return f"{number} {target.measure.unit_of_measure}"


def _money(outline: Outline) -> list[Block]:
    """The text as typed, then the sums of the tasks; money that was never stated is not printed as 0."""
    blocks = blocks_of(text_of(outline, KEY.MONEY))
    money, budget = outline.money, outline.plan.budget
    total = money.total if money.total is not None else budget
    if total is not None:
        named = ((money.state, "ngân sách nhà nước"), (money.mobilised, "huy động hợp pháp khác"))
        parts = [f"{words} {short_money(amount)}" for amount, words in named if amount is not None]
        split = f", gồm {', '.join(parts)}" if parts else ""
        if len(parts) == 1 and money.total == total:
            split = f", từ {parts[0].removesuffix(f' {short_money(total)}')}"
        kind = f", trong đó hiện vật quy đổi {short_money(money.in_kind)}" if money.in_kind else ""
        blocks.append(Para(f"Tổng kinh phí thực hiện {short_money(total)}{split}{kind}."))
    if money.integrated is not None:
        blocks.append(Para(f"Kinh phí lồng ghép {short_money(money.integrated)}, không tính vào tổng."))
    return blocks


def _organisation(outline: Outline) -> list[Block]:
    """One numbered item for each body that leads, from its tasks, then the text; a numbered text stands alone."""
    typed = text_of(outline, KEY.ORGANISATION)
    if numbered(typed):
        return blocks_of(typed)
    blocks = []
    for number, (lead, items) in enumerate(_by_lead(outline).items(), start=1):
        blocks += [Heading(f"{number}. {lead}", 2), *items]
    return [*blocks, *blocks_of(typed)]


def _by_lead(outline: Outline) -> dict[str, list[Item]]:
    """The tasks of each lead with the place where section III states them; the plan's own office comes first."""
    found = {}
    for heading in outline.headings:
        for line in heading.lines:
            if line.lead:
                found.setdefault(line.lead, []).append(_assigned(heading, line))
    own = [line.lead for line in outline.lines if line.task.lead_id == outline.plan.owner_id]
    return {lead: found[lead] for lead in dict.fromkeys([*own, *found])}


def _assigned(heading: TaskHeading, line: TaskLine) -> Item:
    letter = letter_of(heading, line)
    place = f"điểm {letter} khoản {heading.number}" if letter else f"khoản {heading.number}"
    return Item(f"{line.task.title.rstrip(' .;')} ({place} Mục III).")


def _letter_parts(outline: Outline) -> Iterator[Part]:
    """A letter has no Roman sections: what for, the tasks under numbers, money and who reports to whom."""
    yield Part(section(KEY.PURPOSE), tuple(blocks_of(text_of(outline, KEY.PURPOSE))))
    yield Part(section(KEY.THEME), tuple(blocks_of(text_of(outline, KEY.THEME))))
    yield from _content(outline)
    yield Part(section(KEY.MONEY), tuple(_money(outline)))
    yield Part(section(KEY.ORGANISATION), tuple(blocks_of(text_of(outline, KEY.ORGANISATION))))
