"""What a supplement changes of the report that went before it: figures with those behind them, and text."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from campaigns.changes import changed_lines
from provinces.vietnamese import NO_DATA, format_number
from reports.bound import printed, slots_of
from reports.models import Report, Snapshot, Source
from reports.outline import PARTS, SECTIONS, part_of
from reports.queries.picture import frozen
from reports.snapshot import Figure, Figures

SPLITS = {"female": "Nữ", "male": "Nam", "children": "Trẻ em"}
MINUS = "−"


@dataclasses.dataclass(frozen=True)
class Behind:
    """What one department's activities did to a figure: how many came, changed or went."""

    department: str
    came: int = 0
    changed: int = 0
    went: int = 0


@dataclasses.dataclass(frozen=True)
class Moved:
    """A figure, or its share of women, men or children, that is not what was reported."""

    scope: str
    name: str
    unit: str
    old: str
    new: str
    difference: str
    old_value: int | None = None
    new_value: int | None = None
    code: str = ""
    behind: tuple[Behind, ...] = ()
    adjusted: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Reworded:
    """A stretch of a section that reads otherwise now; an empty side was not there."""

    key: str
    title: str
    old: str
    new: str


@dataclasses.dataclass(frozen=True)
class Changes:
    """Everything that a supplement changes."""

    figures: tuple[Moved, ...] = ()
    texts: tuple[Reworded, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.figures or self.texts)


def base_of(report: Report) -> Report:
    """What a supplement is held against: the latest accepted report or supplement before it."""
    base = report.supersedes
    while base.status != Report.Status.ACCEPTED and base.supersedes_id:
        base = base.supersedes
    return base


def chain_of(report: Report) -> list[Report]:
    """The accepted report and the accepted supplements before this one, the first first."""
    rows = Report.objects.filter(lineage=report.lineage, version__lt=report.version, status=Report.Status.ACCEPTED)
    return list(rows.order_by("version"))


def changes_of(report: Report) -> Changes:
    """What the supplement changes with the figures and texts it has now; nothing before its first run."""
    if report.snapshot is None:
        return Changes()
    texts = {each.key: each.text for each in report.sections.all()}
    return changes_with(report, frozen(report.snapshot), texts, report.snapshot)


def changes_with(report: Report, taken: Figures, texts: Mapping[str, str], snapshot: Snapshot | None) -> Changes:
    """What it changes with these figures and texts; a run that has not frozen its figures brings their sources."""
    base = base_of(report)
    before = frozen(base.snapshot)
    rows = _stored(snapshot) if snapshot else _given(taken)
    behind = _behind(_stored(base.snapshot), rows)
    old = {each.key: each.text for each in base.sections.all()}
    return Changes(
        figures=tuple(_moved(before, taken, behind)), texts=tuple(_reworded(_words(old, before), _words(texts, taken)))
    )


def _words(texts: Mapping[str, str], taken: Figures) -> dict[str, str]:
    slots = slots_of(taken)
    return {key: printed(text, slots) for key, text in texts.items()}


def _reworded(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Reworded]:
    for key in SECTIONS:
        for before, after in changed_lines(old.get(key, ""), new.get(key, "")):
            yield Reworded(key, section_name(key), before, after)


def section_name(key: str) -> str:
    """“II.1. Lễ phát động, mít tinh”."""
    title = SECTIONS.get(key, key)
    if part_of(key) not in PARTS:
        return title
    return f"{key}. {title.partition('. ')[2] or title}"


# ── figures ────────────────────────────────────────────────────────────────


def _moved(before: Figures, after: Figures, behind: Mapping[str, tuple[Behind, ...]]) -> Iterator[Moved]:
    """The figures in the order of the new report, then those that are gone."""
    old = {each.cell: each for each in before.cells}
    for figure in after.cells:
        yield from _of_figure(old.pop(figure.cell, None), figure, behind)
    for figure in old.values():
        yield from _of_figure(figure, None, behind)


def _of_figure(old: Figure | None, new: Figure | None, behind: Mapping[str, tuple[Behind, ...]]) -> Iterator[Moved]:
    one = new or old
    about = {"scope": one.scope, "unit": one.unit_of_measure, "code": one.code}
    was, now = (each.printed if each else NO_DATA for each in (old, new))
    sides = [each.total if each and not each.is_rate else None for each in (old, new)]
    if was != now:
        rows = behind.get(one.cell, ())
        yield Moved(name=one.name, old=was, new=now, difference=_difference(*sides), old_value=sides[0],
                    new_value=sides[1], behind=rows, adjusted=_adjusted(old, new), **about)  # fmt: skip
    for field, name in SPLITS.items():
        parts = [getattr(each, field) if each else None for each in (old, new)]
        if parts[0] != parts[1]:
            told = [NO_DATA if each is None else format_number(each) for each in parts]
            yield Moved(name=f"Trong đó: {name.lower()}", old=told[0], new=told[1], difference=_difference(*parts),
                        old_value=parts[0], new_value=parts[1], **about)  # fmt: skip


def _adjusted(old: Figure | None, new: Figure | None) -> tuple[str, ...]:
    """The lines by which the province moved the figure after it was reported."""
    before = Counter(old.adjustments if old else ())
    return tuple(each.printed for each in (Counter(new.adjustments if new else ()) - before))


def _difference(old: int | None, new: int | None) -> str:
    if old is None or new is None or old == new:
        return ""
    return f"+{format_number(new - old)}" if new > old else f"{MINUS}{format_number(old - new)}"


# ── the activities behind them ─────────────────────────────────────────────

Rows = dict[str, dict[tuple[int, int | None], tuple[str, object]]]


def _stored(snapshot: Snapshot) -> Rows:
    """Cell → row → whose it is and what it gave, as frozen."""
    rows: Rows = defaultdict(dict)
    found = Source.objects.filter(snapshot=snapshot, left_out="").select_related("activity__owner")
    for each in found.prefetch_related("activity__owner__names").order_by("id"):
        day = each.activity.starts_on or snapshot.report.campaign.closes_on
        owner = each.activity.owner
        name = str(owner.name_on(day) or owner)
        rows[each.cell][each.activity_id, each.output_id] = (name, each.printed)
    return rows


def _given(taken: Figures) -> Rows:
    rows: Rows = defaultdict(dict)
    for cell in taken.cells:
        for each in cell.contributions:
            if not each.left_out:
                rows[cell.cell][each.activity_id, each.output_id] = (each.department, each.printed[:200])
    return rows


def _behind(old: Rows, new: Rows) -> dict[str, tuple[Behind, ...]]:
    """Cell → what the activities of each department did to it."""
    return {cell: tuple(_by_department(old.get(cell, {}), new.get(cell, {}))) for cell in {*old, *new}}


def _by_department(old: dict, new: dict) -> Iterator[Behind]:
    was, now = _activities(old), _activities(new)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"came": 0, "changed": 0, "went": 0})
    for activity, (name, given) in now.items():
        if activity not in was:
            counts[name]["came"] += 1
        elif was[activity][1] != given:
            counts[name]["changed"] += 1
    for activity, (name, _given) in was.items():
        if activity not in now:
            counts[name]["went"] += 1
    for name, told in counts.items():
        yield Behind(name, **told)


def _activities(rows: dict) -> dict[int, tuple[str, list]]:
    """Activity → whose it is and all it gave."""
    found: dict[int, tuple[str, list]] = {}
    for (activity, _output), (name, given) in rows.items():
        found.setdefault(activity, (name, []))[1].append(given)
    return {activity: (name, sorted(given)) for activity, (name, given) in found.items()}
