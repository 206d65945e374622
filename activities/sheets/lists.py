"""What cells are matched against, loaded once for a whole sheet: types, measures, sources, tasks, bodies."""

import dataclasses
import datetime
import difflib
import uuid
from collections import defaultdict
from functools import lru_cache

from django.db.models import Q

from activities.queries import tasks_for
from activities.sheets.columns import CERTAINTIES, ROLES
from campaigns.models import ActivityType, Campaign, Measure, MoneySource, Task
from provinces.models import Department, DepartmentName, Unit
from provinces.vietnamese import fold

MOST_SEARCHES = 300  # for something similar, per sheet; each compares with every entry of a list

folded = lru_cache(maxsize=50_000)(fold)


class Choice:
    """A list of named things: found by name or code, however written; similar names for what is not there."""

    def __init__(self, name: str, labels: dict[str, object], also: dict[str, object] | None = None):
        self.name, self.labels = name, tuple(labels)
        self._found = {folded(text): value for text, value in {**(also or {}), **labels}.items()}
        self._names = {folded(text): text for text in labels}
        self._label_of = {_identity(value): text for text, value in labels.items()}
        self._searches = 0

    def find(self, text: str):
        """The thing that the text names, or None."""
        return self._found.get(folded(text))

    def label(self, value) -> str:
        """The name under which the list offers a value; “” when it does not."""
        return self._label_of.get(_identity(value), "")

    def similar(self, text: str) -> str:
        """Up to three names for what is not in the list: those that look alike, else those that share words."""
        words = set(folded(text).split())
        by_words = sorted(self._names, key=lambda name: -len(words & set(name.split())))[:3]
        return self.close(text, 0.5) or "; ".join(self._names[name] for name in by_words) or "–"

    def close(self, text: str, cutoff: float) -> str:
        """Up to three names that look alike, in one line; “” when none does."""
        self._searches += 1
        if self._searches > MOST_SEARCHES:
            return ""
        close = difflib.get_close_matches(folded(text)[:120], self._names, n=3, cutoff=cutoff)
        return "; ".join(self._names[name] for name in close)


@dataclasses.dataclass
class Lists:
    """Everything that cells of one department's sheet may name."""

    types: Choice
    measures: Choice
    sources: Choice
    tasks: Choice
    task_types: dict[uuid.UUID, ActivityType]
    certainties: Choice
    roles: Choice
    bodies: "Bodies"

    @property
    def any_type(self) -> ActivityType:
        """A type for a row whose own cannot be read, so that everything else in it is checked all the same."""
        return self.types.find(self.types.labels[0]) if self.types.labels else ActivityType()

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The drop-downs of the template by the key of their column."""
        return {
            "task": self.tasks.labels,
            "type": self.types.labels,
            "counted": self.measures.labels,
            "certainty": self.certainties.labels,
            "role": self.roles.labels,
            "source": self.sources.labels,
        }


class Bodies:
    """The departments of a province by the names they have or had; `names` are those on a day."""

    def __init__(self, province: Unit, day: datetime.date):
        inside = Q(department__unit=province) | Q(department__unit__province=province)
        names = list(DepartmentName.objects.filter(inside).select_related("department__unit"))
        names.sort(key=lambda name: (name.in_force(day), name.valid_from or datetime.date.min))
        self.names = {name.department_id: name.name for name in names}
        self._found = defaultdict(dict)
        for name in names:
            for text in filter(None, (name.name, name.short_name, name.symbol)):
                self._found[folded(text)][name.department_id] = name.department
        self._similar = Choice("", {name.name: name.department_id for name in names})

    def find(self, text: str, day) -> list[Department]:
        """The departments of that name, those in force on the day if there are any."""
        found = list(self._found.get(folded(text), {}).values())
        return [body for body in found if day is None or body.in_force(day)] or found

    def similar(self, text: str) -> str:
        """Names so close that a slip of the keys is likely; “” when none is."""
        return self._similar.close(text, 0.85)


def load_lists(department: Department, campaign: Campaign | None, year: int) -> Lists:
    """The lists for a department's sheet; the number of queries does not depend on the sheet."""
    province = department.unit.home_province
    day = campaign.opens_on if campaign else datetime.date(year, 11, 15)
    types = list(ActivityType.objects.select_related("count_measure", "attendance_measure"))
    by_id = {kind.pk: kind for kind in types}
    measures = Measure.objects.of(province).filter(source="output", counts="things").select_related("indicator")
    sources = list(MoneySource.objects.of_year(year))
    tasks = tasks_for([department], province, campaign) if campaign else []
    return Lists(
        types=Choice("Loại hoạt động", {kind.name: kind for kind in types}, {kind.code: kind for kind in types}),
        measures=Choice("Đếm cái gì", {measure_label(m): m for m in measures}, _by_code_and_name(measures)),
        sources=Choice("Nguồn kinh phí", {s.name: s for s in sources}, {s.code: s for s in sources}),
        tasks=task_choice(tasks),
        task_types={task.lineage: by_id[task.type_id] for task in tasks},
        certainties=Choice("Mức chính xác", CERTAINTIES, {"hơn": "over", "ước": "about", "–": "unknown"}),
        roles=Choice("Vai trò", ROLES, {"đồng chủ trì": "co", "tham gia": "attendee"}),
        bodies=Bodies(province, day),
    )


def measure_label(measure: Measure) -> str:
    return f"{measure.name} ({measure.unit_of_measure})"


def _by_code_and_name(measures) -> dict[str, Measure]:
    return {text: measure for measure in measures for text in (measure.name, measure.code)}


def task_choice(tasks: list[Task]) -> Choice:
    """Tasks as “3. Lễ phát động”; also found by the title alone where only one has it."""
    labels = {f"{number}. {task.title}": task.lineage for number, task in enumerate(tasks, 1)}
    titles = defaultdict(set)
    for task in tasks:
        titles[task.title].add(task.lineage)
    alone = {title: next(iter(lineages)) for title, lineages in titles.items() if len(lineages) == 1}
    return Choice("Nhiệm vụ trong kế hoạch", labels, alone)


def _identity(value):
    return value if isinstance(value, (str, int, uuid.UUID)) else (type(value).__name__, value.pk)
