"""The whole form of an activity: the quick part and its rows bind, show and blame together."""

import datetime
from functools import cached_property

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from activities.forms.attached import AttachedForm
from activities.forms.directory import departments_of, units_of
from activities.forms.entry import EntryForm
from activities.forms.initial import of_activity
from activities.forms.reading import COUNT_KEY, PEOPLE_KEY, Reading
from activities.forms.rows import (
    MOST_ROWS,
    DocumentRow,
    InspectedRow,
    MoneyRow,
    OutputRow,
    ParticipantRow,
    RowForm,
    SupportRow,
    options_of,
)
from activities.models import Activity
from activities.operations import ActivityData, Fault
from activities.queries import acting_in_year, tasks_for
from campaigns.models import ActivityType, BeneficiaryGroup, Campaign, Measure, MoneySource, Task
from provinces.models import Department, Seat, Unit
from provinces.vietnamese import NO_DATA, Question, Unreadable, format_number, read_quantity

ROWS: dict[str, type[RowForm]] = {
    "participants": ParticipantRow,
    "outputs": OutputRow,
    "money": MoneyRow,
    "supports": SupportRow,
    "inspected": InspectedRow,
    "documents": DocumentRow,
}
# The part of the form in which a type asks for what it needs; what every activity says has no part of its own.
PARTS = {
    "products": "outputs",
    "media": "outputs",
    "models": "outputs",
    "classes": "outputs",
    "competition": "outputs",
    "rate": "outputs",
    "support": "supports",
    "inspection": "inspected",
    "documents": "documents",
}
OPTIONAL = ("outputs", "supports", "inspected", "documents")
SEVERAL = {"classes", "competition"}  # of these there are several as often as one


def parts_of(kind: ActivityType) -> list[str]:
    """The parts that a type asks for, the one that it is about first; “count” and “people” among them."""
    found = [PARTS[name] for name in kind.asks if name in PARTS]
    if kind.attendance_measure_id:
        found.append("people")
    if kind.count_measure_id and (SEVERAL & set(kind.asks) or not kind.attendance_measure_id):
        found.append("count")
    return list(dict.fromkeys(found))


def is_about(kind: ActivityType) -> str:
    """The part that is open at once, when what the type asks first has one."""
    return PARTS.get(kind.asks[0], "") if kind.asks else ""


class Sheet:
    """Binds, checks and reads all parts of the form together; without a POST an activity, or `initial`, fills it."""

    def __init__(
        self,
        seat: Seat,
        province: Unit,
        campaign: Campaign,
        *,
        data: MultiValueDict | None = None,
        initial: dict | None = None,
        activity: Activity | None = None,
        owner: Department | None = None,
        photos: AttachedForm | None = None,
    ):
        self.photos = photos
        self.seat, self.province, self.campaign, self.activity = seat, province, campaign, activity
        self.typed_for = owner
        self.year, self.posted, self.initial = campaign.year, data, initial or {}
        if activity:
            self.initial = of_activity(activity, self.bodies, self.units)
        self.reading = None
        self.entry = EntryForm(data, initial=self.initial.get("entry"), sheet=self)
        self.rows = {name: self._rows(name) for name in ROWS}

    # What the boxes offer

    @property
    def day(self) -> datetime.date:
        """The day that decides what a name means while no date is typed."""
        return self.campaign.opens_on

    @cached_property
    def owners(self) -> list[Department]:
        """Departments that may be recorded for; an existing activity keeps its own, a paper says whose it is."""
        if self.activity or self.typed_for:
            return [self.activity.owner if self.activity else self.typed_for]
        return acting_in_year(self.seat, self.province, self.year)

    @cached_property
    def tasks(self) -> list[Task]:
        return tasks_for(self.owners, self.province, self.campaign)

    @property
    def task_choices(self) -> list[tuple[str, str]]:
        found = [(str(task.lineage), f"{task.heading} {task.title}") for task in self.tasks]
        kept = self.activity and str(self.activity.task_lineage or "")
        if kept and kept not in dict(found):
            found.append((kept, _("the task it was recorded for")))
        return found

    @cached_property
    def types(self):
        """Every type; each says for the page which parts it asks for."""
        return ActivityType.objects.select_related("count_measure", "attendance_measure").order_by("code")

    @cached_property
    def measures(self):
        rows = Measure.objects.of(self.province).filter(source=Measure.Source.OUTPUT)
        return rows.select_related("indicator").order_by("indicator__position", "position", "id")

    @cached_property
    def measure_choices(self) -> list:
        """The options of the measures, made once for all rows."""
        return options_of(self.measures)

    @cached_property
    def group_choices(self) -> list:
        return [("", _("Choose")), *((g.pk, g.name) for g in BeneficiaryGroup.objects.all())]

    @cached_property
    def source_choices(self) -> list:
        return [("", _("Choose")), *((s.pk, s.name) for s in MoneySource.objects.of_year(self.year))]

    @cached_property
    def bodies(self):
        return departments_of(self.province, self.year)

    @cached_property
    def units(self):
        return units_of(self.province, self.year)

    @cached_property
    def support_choices(self) -> list[tuple[str, str]]:
        rows = range(self._count("supports"))
        return [("", "–"), *((self.key_of("supports", i), _("Support %(n)s") % {"n": i + 1}) for i in rows)]

    def whole_choices(self, prefix: str) -> list[tuple[str, str]]:
        """The outputs that a row may be part of: the two of the quick part, other rows, one of another activity."""
        rows = [("", "–"), (COUNT_KEY, _("the count above")), (PEOPLE_KEY, _("the people above"))]
        for i in range(self._count("outputs")):
            if f"outputs-{i}" != prefix:
                name = self._value("outputs", i, "label") or self._value("outputs", i, "amount")
                label = _("Result, row %(n)s") % {"n": i + 1}
                rows.append((self.key_of("outputs", i), f"{label} {name}".strip()))
        kept = self.initial.get("wholes", {})
        return [*rows, *((f"o{pk}", name) for pk, name in kept.items())]

    def key_of(self, name: str, i: int) -> str:
        """The name of a row inside the form: its id when it is stored, else its place."""
        return self._value(name, i, "key") or f"{name[0]}{i}"

    def _value(self, name: str, i: int, field: str) -> str:
        if self.posted is not None:
            return self.posted.get(f"{name}-{i}-{field}", "")
        rows = self.initial.get(name, [])
        return str(rows[i].get(field) or "") if i < len(rows) else ""

    # Rows

    def _count(self, name: str) -> int:
        if self.posted is None:
            return len(self.initial.get(name, [])) + 1
        typed = self.posted.get(f"{name}-count", "")
        wanted = int(typed) if typed.isdecimal() else 0
        return min(wanted + (self.posted.get("add") == name), MOST_ROWS)

    def _rows(self, name: str) -> list[RowForm]:
        rows = self.initial.get(name, [])
        return [
            ROWS[name](self.posted, prefix=f"{name}-{i}", initial=rows[i] if i < len(rows) else {}, sheet=self)
            for i in range(self._count(name))
        ]

    def filled(self, name: str) -> list[RowForm]:
        return [row for row in self.rows[name] if not row.is_blank]

    def hush(self) -> "Sheet":
        """Show what was typed and judge nothing yet: after “add a row”, or when a draft comes back."""
        for form in self.forms:
            form._errors = ErrorDict()
        return self

    @property
    def forms(self) -> list[forms.Form]:
        rows = [row for rows in self.rows.values() for row in rows]
        return [self.entry, *rows, *([self.photos] if self.photos else [])]

    @property
    def errors(self) -> bool:
        return any(form.errors for form in self.forms if form.is_bound)

    @property
    def opened(self) -> set[str]:
        """Folded parts that hold something or have something to put right."""
        found = {name for name, rows in self.rows.items() if any(not row.is_blank or row.errors for row in rows)}
        return found | {name for name in self.entry.fields if self._speaks(name)}

    def _speaks(self, name: str) -> bool:
        value = self.entry[name].value()
        said = bool(value) and str(value) != str(self.entry.fields[name].initial)
        return said or (self.entry.is_bound and name in self.entry.errors)

    @property
    def total(self) -> str:
        """Female + male + not split as typed so far; – while one of them cannot be read."""
        total = None
        for name in ("female", "male", "rest"):
            text = self.entry[name].value()
            try:
                read = read_quantity(str(text), label="").value if text not in {None, ""} else None
            except (Question, Unreadable):
                return NO_DATA
            total = total if read is None else (total or 0) + read
        return NO_DATA if total is None else format_number(total)

    @property
    def kind(self) -> ActivityType | None:
        """The type that is chosen so far."""
        chosen = str(self.entry["type"].value() or "")
        return next((kind for kind in self.types if str(kind.pk) == chosen), None)

    @property
    def asked(self) -> list[str]:
        """Parts that stand in the form itself: those the type asks for, and those that hold something."""
        kind, opened = self.kind, self.opened
        return [*(parts_of(kind) if kind else ["people"]), *(name for name in OPTIONAL if name in opened)]

    @property
    def shown_parts(self) -> list[str]:
        """Templates of the rows that stand in the form itself."""
        asked = self.asked
        return [f"activities/rows/{name}.html" for name in OPTIONAL if name in asked]

    @property
    def hidden_parts(self) -> list[str]:
        """Templates of the rows that lie folded among the others."""
        asked = self.asked
        return [f"activities/rows/{name}.html" for name in OPTIONAL if name not in asked]

    @property
    def people_said(self) -> bool:
        """True when somebody typed people, whatever the type asks."""
        return any(self._speaks(name) for name in ("female", "male", "rest", "children", "girls", "boys"))

    @property
    def kinds(self) -> list[ActivityType]:
        """Types with the parts that they ask for, for the page."""
        for kind in self.types:
            kind.parts, kind.about = " ".join(parts_of(kind)), is_about(kind)
        return self.types

    @property
    def unasked_open(self) -> bool:
        """True when one of the other parts was just given a row."""
        return self.posted is not None and self.posted.get("add") in set(ROWS) - set(self.asked)

    @property
    def at_once(self) -> set[str]:
        """Folded parts that the type opens."""
        kind = self.kind
        return {is_about(kind), *({"count"} & set(parts_of(kind)))} if kind else set()

    @property
    def faults(self) -> list[dict]:
        """Every sentence with the box it stands beside, in the order of the page."""
        found = []
        for form in self.forms if self.entry.is_bound else ():
            found += [{"words": words, "link": ""} for words in form.non_field_errors()]
            for box in form:
                first = box.subwidgets[0].id_for_label if box.errors and box.name == "own_role" else box.id_for_label
                found += [{"words": words, "link": first} for words in box.errors]
        return found

    # Judging

    def is_valid(self) -> bool:
        """True when every box could be read and every name was found."""
        if not all([form.is_valid() for form in self.forms]):
            return False
        self.reading = Reading(self)
        return not self.errors

    @property
    def read(self) -> ActivityData:
        """What the form says; only after is_valid."""
        return self.reading.data

    @property
    def owner(self) -> Department | None:
        """The department to record for: the chosen one, or the only one."""
        chosen = self.entry.cleaned_data.get("owner")
        return next((d for d in self.owners if str(d.pk) == chosen), self.owners[0] if self.owners else None)

    def blame(self, faults: list[Fault]) -> None:
        """Put what an operation refused beside the boxes it means."""
        for fault in faults:
            form, field = self.reading.box(fault.field)
            form.add_error(field if field in form.fields else None, fault.sentence)

    @property
    def asks_names(self) -> bool:
        """True when the tick “an official or delegate” is to be shown."""
        return bool(self.entry["confirmed_names"].value()) or getattr(self, "names_asked", False)
