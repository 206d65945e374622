"""Two plans side by side, task by task: what was added, dropped and changed."""

import dataclasses
import difflib
import re
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Plan, Task
from campaigns.outlines import HEADINGS, Outline, TaskLine
from provinces.models import Seat, Unit
from provinces.queries import with_predecessors
from provinces.vietnamese import NO_DATA, format_number, tidy
from provinces.vietnamese.folding import fold

ALIKE = 0.6
YEARS = re.compile(r"(?:/|năm |nam )?20\d\d")
Pieces = tuple[tuple[str, str], ...]  # ("", words) · ("del", words) · ("ins", words)


@dataclasses.dataclass(frozen=True)
class Change:
    """One thing that reads differently in the two plans."""

    label: str
    pieces: Pieces


@dataclasses.dataclass(frozen=True)
class Pair:
    """A task of the earlier plan and the task of the later one that goes on with it; one of them may be missing."""

    old: TaskLine | None
    new: TaskLine | None
    changes: tuple[Change, ...] = ()

    @property
    def state(self) -> str:
        if self.old is None or self.new is None:
            return "added" if self.old is None else "dropped"
        return "changed" if self.changes else "same"

    @property
    def line(self) -> TaskLine:
        return self.new or self.old


@dataclasses.dataclass(frozen=True)
class Group:
    """The pairs under one heading of section III."""

    title: str
    pairs: tuple[Pair, ...]


@dataclasses.dataclass(frozen=True)
class Comparison:
    """Two plans: what their heads and sections say differently, and their tasks in pairs."""

    facts: tuple[Change, ...]
    sections: tuple[Change, ...]
    groups: tuple[Group, ...]

    def count(self, state: str) -> int:
        return sum(pair.state == state for group in self.groups for pair in group.pairs)

    @property
    def counts(self) -> dict[str, int]:
        return {state: self.count(state) for state in ("added", "dropped", "changed", "same")}


def plans_to_compare(seat: Seat, province: Unit) -> QuerySet[Plan]:
    """What the seat may lay side by side: plans of its province and of those it was made from; the ministry's all."""
    plans = Plan.objects.visible_to(seat)
    if not seat.reach.ministry:
        plans = plans.filter(province__in=with_predecessors(province))
    else:
        plans = plans.filter(owner__unit__level=Unit.Level.PROVINCE)
    related = ("province", "campaign", "owner__unit", "issuer__unit", "copied_from")
    return (
        plans.select_related(*related).prefetch_related("province__names", "owner__names").order_by("-year_from", "id")
    )


def compare(old: Outline, new: Outline) -> Comparison:
    """Everything that differs from the earlier plan to the later one."""
    pairs = _pairs(old.lines, new.lines)
    codes = dict.fromkeys([*HEADINGS, *sorted({pair.line.task.heading for pair in pairs})])
    groups = ((code, tuple(pair for pair in pairs if pair.line.task.heading == code)) for code in codes)
    return Comparison(
        facts=tuple(_facts(old, new)),
        sections=tuple(_sections(old, new)),
        groups=tuple(Group(HEADINGS.get(code, code), rows) for code, rows in groups if rows),
    )


# ── heads and sections ─────────────────────────────────────────────────────


def _facts(old: Outline, new: Outline) -> Iterable[Change]:
    yield from _changed(_("Subject"), old.plan.subject, new.plan.subject)
    yield from _changed(_("Theme"), old.theme, new.theme)
    yield from _swapped(_("Tasks"), str(len(old.lines)), str(len(new.lines)))
    yield from _swapped(_("Total"), _dong(old.money.total), _dong(new.money.total))
    before, after = ({t.measure: t.words for t in outline.targets} for outline in (old, new))
    for measure in dict.fromkeys([*before, *after]):
        yield from _swapped(measure.name, before.get(measure, NO_DATA), after.get(measure, NO_DATA))


def _sections(old: Outline, new: Outline) -> Iterable[Change]:
    """Sections paragraph by paragraph."""
    for key in dict.fromkeys([*old.sections, *new.sections]):
        before, after = (_paragraphs(outline, key) for outline in (old, new))
        if [_bare(line) for line in before] != [_bare(line) for line in after]:
            row = old.sections.get(key) or new.sections[key]
            yield Change(str(row), tuple(_differences(before, after)))


def _paragraphs(outline: Outline, key: str) -> list[str]:
    row = outline.sections.get(key)
    return [tidy(line) for line in row.text.splitlines() if tidy(line)] if row else []


def _dong(amount: int | None) -> str:
    return NO_DATA if amount is None else f"{format_number(amount)} đ"


# ── tasks ──────────────────────────────────────────────────────────────────


def _pairs(old: Sequence[TaskLine], new: Sequence[TaskLine]) -> list[Pair]:
    """In the order of the later plan; what was dropped comes after."""
    before = {line.task: line for line in old}
    partner = _partners([line.task for line in old], [line.task for line in new])
    pairs = []
    for line in new:
        earlier = before.pop(partner.get(line.task), None)
        pairs.append(Pair(earlier, line, _task_changes(earlier, line)))
    return pairs + [Pair(line, None) for line in before.values()]


def _partners(old: list[Task], new: list[Task]) -> dict[Task, Task]:
    """later task → the earlier task it goes on with: the same lineage, the same title, the most alike of its kind."""
    free, found = list(old), {}
    for same in (_same_lineage, _same_title):
        for task in new:
            match = next((each for each in free if task not in found and same(each, task)), None)
            if match:
                found[task] = match
                free.remove(match)
    open_tasks = [(place, task) for place, task in enumerate(new) if task not in found]
    scores = [(_alike(each, task), -place, each, task) for place, task in open_tasks for each in free]
    for score, _place, each, task in sorted(scores, key=lambda row: row[:2], reverse=True):
        if score >= ALIKE and task not in found and each in free:
            found[task] = each
            free.remove(each)
    return found


def _same_lineage(old: Task, new: Task) -> bool:
    return old.lineage == new.lineage


def _same_title(old: Task, new: Task) -> bool:
    return old.heading == new.heading and _bare(old.title) == _bare(new.title)


def _alike(old: Task, new: Task) -> float:
    """From 0 to 1; only tasks of one kind can be the same work."""
    if old.type_id != new.type_id:
        return 0
    return difflib.SequenceMatcher(None, _bare(old.title).split(), _bare(new.title).split()).ratio()


def _bare(text: str) -> str:
    """A text without its years, accents and capitals: what stays the same when only the year moved on."""
    return tidy(YEARS.sub(" ", fold(text)))


def _task_changes(old: TaskLine | None, new: TaskLine) -> tuple[Change, ...]:
    if old is None:
        return ()
    found = [
        *_changed(_("Task"), old.task.title, new.task.title),
        *_swapped(_("Kind of activity"), str(old.task.type), str(new.task.type)),
        *_swapped(_("Lead"), old.lead, new.lead),
        *_changed(_("Partners"), "; ".join(old.partners), "; ".join(new.partners)),
        *_changed(_("Time"), old.when, new.when),
        *_changed(_("Place"), old.task.place, new.task.place),
        *_swapped(_("Targets"), _targets(old), _targets(new)),
        *_swapped(_("Money"), _dong(old.counted_money), _dong(new.counted_money)),
    ]
    return tuple(found)


def _targets(line: TaskLine) -> str:
    return "; ".join(target.words for target in line.targets)


# ── words ──────────────────────────────────────────────────────────────────


def _changed(label: str, old: str, new: str) -> Iterable[Change]:
    """Word by word; a text in which only the year moved on has not changed."""
    if _bare(old) != _bare(new):
        yield Change(label, tuple(_differences(old.split(), new.split())))


def _swapped(label: str, old: str, new: str) -> Iterable[Change]:
    """The whole old value and the whole new one."""
    if old != new:
        yield Change(label, (("del", old or NO_DATA), ("ins", new or NO_DATA)))


def _differences(old: list[str], new: list[str]) -> Iterable[tuple[str, str]]:
    """Runs of words or paragraphs that stayed, went and came."""
    for verb, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            yield "", " ".join(old[a:b])
            continue
        if a < b:
            yield "del", " ".join(old[a:b])
        if c < d:
            yield "ins", " ".join(new[c:d])
