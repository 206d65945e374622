"""Figures: what each measure comes to, for a province or one department, month and year apart."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from operator import attrgetter

from django.db.models import Count

from campaigns.models import Campaign, Measure, Request
from provinces.models import Department, Unit
from provinces.vietnamese import format_date, format_number
from reports.queries.coverage import coverage, departments_with_a_plan
from reports.queries.rows import (
    ROLE_ORDER,
    Period,
    Progress,
    Row,
    adjusted_lines,
    adjustments,
    before_cut_off,
    counted_activities,
    money_rows,
    only_latest,
    output_rows,
    paid_from,
    period_of,
    without_parts,
)
from reports.snapshot import (
    BOTH,
    LEVELS,
    MONTH,
    ROLES,
    SCHEMA,
    SOURCES,
    YEAR,
    Contribution,
    Coverage,
    Figure,
    Figures,
    Slice,
    share_of,
)
from reports.splits import Body, leaves_of

NUMBERS = ("exact", "about", "over", "nearly")
WORDS = {"about": "khoảng", "over": "trên", "nearly": "gần"}
MOST_PARTS = 6
MOST_LABELS = 20
NAMED = 3


@dataclass(frozen=True)
class Basis:
    """What every figure is made from: rows in order, their rules, the province's moves, the cut-off."""

    rows: dict[tuple[str, int], list[Row]]
    measures: dict[int, Measure]
    deltas: dict
    cut_off: datetime.date
    all_roles: bool


def figures(
    province: Unit,
    campaign: Campaign,
    *,
    scope: str = BOTH,
    department: Department | None = None,
    cut_off: datetime.date | None = None,
    request: Request | None = None,
    period: Period | None = None,
    ready: Collection[int] = (),
    on_progress: Progress | None = None,
) -> Figures:
    """Every measure that anybody reported, from accepted activities; the same number of queries for any year.

    A `request` says which days count when it is not for the month, and whose returns the coverage counts; `ready`
    are drafts that an open return will send with it. A `period` counts by days without any request.
    `cut_off` is the last day that counts for stocks and for the year's flows (by default the year's last day).
    `on_progress(done, total)` is told how many departments have been added up.
    """
    cut_off = cut_off or datetime.date(campaign.year, 12, 31)
    activities = counted_activities(province, campaign, scope, department, period or period_of(request), ready)
    basis = _basis(activities, province, campaign, department, cut_off, on_progress)
    cells = [_figure(basis, each_scope, measure) for each_scope, measure in _wanted(basis)]
    if department is None and scope != YEAR:
        cells += _returns(province, campaign, request)
    order = {MONTH: 0, YEAR: 1}
    positions = {each.code: (each.indicator.position, each.position, each.code) for each in basis.measures.values()}
    cells.sort(key=lambda cell: (order[cell.scope], positions.get(cell.code, (99, 0, cell.code))))
    return Figures(
        schema=SCHEMA,
        province_id=province.pk,
        campaign_id=campaign.pk,
        department_id=department.pk if department else None,
        scope=scope,
        cut_off=cut_off.isoformat(),
        cells=tuple(cells),
        bodies=_bodies(cells),
    )


def _bodies(cells: list[Figure]) -> tuple[Body, ...]:
    """The departments behind the figures, each by the name of its last activity."""
    found: dict[int, tuple] = {}
    for cell in cells:
        for each in cell.contributions:
            known = found.get(each.department_id)
            if known is None or known[0] < (each.dated, each.activity_id):
                body = Body(each.department_id, each.department, each.level, each.unit_id)
                found[each.department_id] = ((each.dated, each.activity_id), body)
    return tuple(found[pk][1] for pk in sorted(found))


def _basis(activities, province, campaign, department, cut_off, on_progress) -> Basis:
    measures = {each.pk: each for each in Measure.objects.of(province).select_related("indicator", "rolls_up_to")}
    stocks = {pk for pk, each in measures.items() if each.over_time == "latest"}
    spending = next((each for each in measures.values() if each.source == "money"), None)
    money = list(money_rows(activities, campaign, spending)) if spending else []
    rows = output_rows(activities, campaign, department, on_progress, paid_from(money)) + money
    rows = only_latest(without_parts(before_cut_off(rows, cut_off, stocks)), stocks)
    return Basis(_shelves(rows, measures), measures, adjustments(activities), cut_off, department is not None)


def _shelves(rows: list[Row], measures: dict[int, Measure]) -> dict[tuple[str, int], list[Row]]:
    """Rows by scope and measure; a province's own measure also lies under the national one."""
    shelves = defaultdict(list)
    for row in rows:
        shelves[row.scope, row.measure_id].append(row)
        if above := measures[row.measure_id].rolls_up_to_id:
            shelves[row.scope, above].append(row)
    return shelves


def _wanted(basis: Basis) -> Iterable[tuple[str, Measure]]:
    return ((scope, basis.measures[measure]) for scope, measure in basis.rows)


def _entry(row: Row) -> tuple:
    given = row.contribution
    return ROLE_ORDER.get(given.role, 4), given.activity_id, given.output_id or 0


def _figure(basis: Basis, scope: str, measure: Measure) -> Figure:
    rows = sorted(basis.rows[scope, measure.pk], key=_entry)
    given = tuple(row.contribution for row in rows)
    adding = [each for each in given if not each.left_out]
    figure = replace(
        _empty(measure, scope),
        adjustments=adjusted_lines(rows, basis.deltas),
        activities=len({each.activity_id for each in adding}),
        departments=len({each.department_id for each in adding}),
        owner_units=tuple(sorted({each.unit_id for each in adding})),
        contributions=given,
        unknown_labels=tuple(sorted({each.label for each in adding if each.certainty == "unknown"})),
        labels=tuple(dict.fromkeys(each.label for each in adding if each.label))[:MOST_LABELS],
        leaves=leaves_of(adding),
    )
    if measure.counts == "rate":
        figure = _rate(figure, [each for each in adding if each.certainty == "rate"])
    else:
        figure = _sum(figure, adding)
        figure = _splits(figure, adding, measure.role_kept or basis.all_roles)
    return replace(figure, notes=tuple(_notes(figure, adding, basis.cut_off)))


def _empty(measure: Measure, scope: str) -> Figure:
    return Figure(
        code=measure.code,
        name=measure.name,
        unit_of_measure=measure.unit_of_measure,
        counts=measure.counts,
        over_time=measure.over_time,
        scope=scope,
        indicator=measure.indicator.code,
        heading=measure.indicator.name,
        section=measure.indicator.section,
        sensitive=measure.sensitive,
        by_sex=measure.by_sex,
        by_children=measure.by_children,
        rule=rule_of(measure),
        rolls_up_to=measure.rolls_up_to.code if measure.rolls_up_to else "",
    )


def rule_of(measure: Measure) -> str:
    """How the measure is summed, in one sentence; it is stored with each report."""
    if measure.source == "return":
        return "Đếm theo yêu cầu báo cáo và báo cáo đã nhận."
    if measure.counts == "rate":
        return "Cộng tử số và mẫu số khi mọi cơ quan, đơn vị đều có; nếu không thì liệt kê."
    if measure.over_time == "latest":
        return "Lấy số mới nhất của mỗi cơ quan, đơn vị, rồi cộng các cơ quan, đơn vị."
    return f"Cộng số {measure.unit_of_measure} của các hoạt động đã xác minh, mỗi hoạt động một lần."


def _sum(figure: Figure, adding: list[Contribution]) -> Figure:
    """Decision on certainty: all exact → the number; one source → its own word; mixed → about."""
    numbers = [each for each in adding if each.quantity is not None]
    texts = tuple(dict.fromkeys(each.text for each in adding if each.certainty == "text"))
    total, certainty = sum_of(numbers)
    figure = replace(
        figure, total=total, certainty=certainty if numbers else ("text" if texts else "unknown"), texts=texts
    )
    if not figure.by_sex or total is None:
        return figure
    split = {name: _added(getattr(each, name) for each in numbers) for name in ("female", "male")}
    if figure.by_children:
        split |= {name: _added(getattr(each, name) for each in numbers) for name in ("children", "girls", "boys")}
    not_split = total - (split["female"] or 0) - (split["male"] or 0)
    return replace(figure, **split, not_split=not_split)


def sum_of(numbers: list[Contribution]) -> tuple[int | None, str]:
    """The sum and its certainty; None where there is no number at all."""
    if not numbers:
        return None, "unknown"
    words = {each.certainty for each in numbers}
    certainty = "exact" if words == {"exact"} else numbers[0].certainty if len(numbers) == 1 else "about"
    return sum(each.value for each in numbers), certainty


def _added(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _rate(figure: Figure, rates: list[Contribution]) -> Figure:
    """Numerators and denominators add only where all have them; else the shares are listed."""
    if not rates:
        return figure
    figure = replace(figure, certainty="rate")
    if len(rates) == 1:
        one = rates[0]
        return replace(figure, rate=one.rate, numerator=one.numerator, denominator=one.denominator)
    if all(each.denominator for each in rates):
        numerator, denominator = (sum(getattr(each, name) for each in rates) for name in ("numerator", "denominator"))
        return replace(figure, numerator=numerator, denominator=denominator)
    stated = {each.rate for each in rates}
    if len(stated) == 1 and not any(each.denominator for each in rates):
        return replace(figure, rate=stated.pop())
    return replace(figure, texts=tuple(f"{each.department}: {each.printed}" for each in rates))


def _splits(figure: Figure, adding: list[Contribution], roles: bool) -> Figure:
    return replace(
        figure,
        by_role=_slices(adding, "role", ROLES) if roles else (),
        by_level=_slices(adding, "level", LEVELS),
        by_label=_slices(adding, "label", {}) if any(each.label for each in adding) else (),
        by_group=_slices(_leaves(figure.contributions), "group", {}),
        by_source=_money_slices(figure.contributions),
        parts=_parts(adding, figure.contributions),
    )


def _slices(given: list[Contribution], by: str, names: dict[str, str]) -> tuple[Slice, ...]:
    """The shares by one property, in the order of `names`, else as entered; rows without it have no share."""
    shares = defaultdict(list)
    for key, each in zip(map(attrgetter(by), given), given, strict=True):
        shares[key].append(each)
    if not names:
        keys = [key for key in shares if key] + ([""] if by == "label" and "" in shares else [])
    else:
        keys = [key for key in names if key in shares]
    return tuple(_slice(key, names.get(key, key), shares[key]) for key in keys)


def _slice(key: str, name: str, given: list[Contribution]) -> Slice:
    total, certainty = sum_of([each for each in given if each.quantity is not None])
    texts = tuple(dict.fromkeys(each.text for each in given if each.certainty == "text"))
    return Slice(key, name, total, certainty if total is not None or not texts else "text", texts)


def _leaves(given: tuple[Contribution, ...]) -> list[Contribution]:
    """Rows with a group of people that no other row splits further: the 14 + 14 + 20 within the 50."""
    shown = [each for each in given if each.left_out in {"", "part"}]
    wholes = {each.part_of for each in shown if each.left_out == "part"}
    return [each for each in shown if each.output_id not in wholes]


def _money_slices(given: tuple[Contribution, ...]) -> tuple[Slice, ...]:
    paid = [each for each in given if each.source]
    in_kind = [each for each in paid if each.form == "in_kind" and not each.left_out]
    kind = (_slice("in_kind", "Trong đó: hiện vật quy đổi", in_kind),) if in_kind else ()
    return _slices(paid, "source", SOURCES) + kind


def _parts(adding: list[Contribution], given: tuple[Contribution, ...]) -> str:
    """“12 + 3 + 6”, or the parts of a single whole; nothing for plain ones and for long lists."""
    numbers = [each for each in adding if each.quantity is not None]
    if len(numbers) == 1:
        numbers = [each for each in given if each.left_out == "part" and each.part_of == numbers[0].output_id]
    values = [each.value for each in numbers if each.certainty == "exact"]
    if len(values) != len(numbers) or not 2 <= len(values) <= MOST_PARTS or set(values) <= {0, 1}:
        return ""
    return " + ".join(format_number(value) for value in values)


def _notes(figure: Figure, adding: list[Contribution], cut_off: datetime.date) -> Iterable[str]:
    """What a reader has to be told, in the words of the documents."""
    yield from _note_on_certainty(adding, figure)
    yield from _notes_on_words(adding, figure)
    yield from _notes_on_parts(figure)
    if figure.over_time == "latest" and figure.counts != "rate":
        yield (
            "Chỉ tiêu thời điểm: lấy số mới nhất của mỗi cơ quan, đơn vị đến "
            f"{format_date(cut_off)}, không cộng các lần ghi."
        )
    if figure.rate and figure.denominator is None:
        yield "Tỷ lệ theo báo cáo của cơ quan, đơn vị."
    for line in figure.adjustments:
        yield f"Điều chỉnh cấp tỉnh: {line.printed}."


def _note_on_certainty(adding: list[Contribution], figure: Figure) -> Iterable[str]:
    if figure.certainty not in WORDS:
        return
    counts = {word: sum(each.certainty == key for each in adding) for key, word in WORDS.items()}
    said = [f"{n} ghi “{word}”" for word, n in counts.items() if n]
    if len(said) == 1 and sum(counts.values()) == sum(each.quantity is not None for each in adding) == 1:
        yield f"“{WORDS[figure.certainty]}”: số ước tính."
    else:
        first, *others = said
        kinds = ", ".join([first.replace(" ghi", " kết quả ghi", 1), *others])
        yield f"“khoảng”: số ước tính; gồm {kinds}."


def _notes_on_words(adding: list[Contribution], figure: Figure) -> Iterable[str]:
    for text in figure.texts if figure.total is not None else ():
        who = _named(each.department for each in adding if each.text == text)
        yield f"Chưa kể {text} của {who}, không quy ra số."
    unknown = [each for each in adding if each.certainty == "unknown"]
    if unknown and figure.total is not None:
        yield f"Chưa kể phần không có số liệu của {_named(each.department for each in unknown)}."


def _named(departments: Iterable[str]) -> str:
    names = list(dict.fromkeys(departments))
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" và {more} cơ quan, đơn vị khác" if more > 0 else "")


def _notes_on_parts(figure: Figure) -> Iterable[str]:
    parts = defaultdict(int)
    for each in figure.contributions:
        if each.left_out == "part" and each.quantity is not None:
            parts[each.part_of] += each.value
    for each in figure.contributions:
        if each.output_id in parts and each.value != parts[each.output_id] and not each.left_out:
            said, added = format_number(each.value), format_number(parts[each.output_id])
            yield f"Nguồn ghi {said}, số chi tiết cộng được {added}; giữ nguyên cả hai."


def _returns(province: Unit, campaign: Campaign, request: Request | None) -> list[Figure]:
    """CT42: how complete the returns are; no data at all while nobody was asked."""
    measures = {each.code: each for each in Measure.objects.filter(source="return").select_related("indicator")}
    found = coverage(province, campaign, request)
    if not found.asked or not measures:
        return []
    planned = departments_with_a_plan(province, campaign)
    return [_of_returns(measure, found, planned) for measure in measures.values()]


def _of_returns(measure: Measure, found: Coverage, planned: int) -> Figure:
    numbers = {"CT42.1": planned, "CT42.2": found.sent, "CT42.3": found.nil, "CT42.4": found.asked}
    if measure.counts == "rate":
        share = share_of(found.sent, found.asked).removesuffix("%").replace(",", ".")
        figure = replace(_empty(measure, MONTH), certainty="rate", numerator=found.sent, denominator=found.asked)
        return replace(figure, rate=share)
    return replace(_empty(measure, MONTH), total=numbers.get(measure.code), certainty="exact")


def count_of_activities(province: Unit, campaign: Campaign, scope: str = BOTH) -> dict[str, int]:
    """How many activities count, and how many departments they come from."""
    rows = counted_activities(province, campaign, scope)
    return rows.aggregate(activities=Count("id"), departments=Count("owner", distinct=True))
