"""Former versions of an activity in words, and what changed from each to the next."""

import dataclasses
import datetime
from collections.abc import Iterable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, Participant
from campaigns.models import ActivityType, BeneficiaryGroup, Measure, MoneySource
from campaigns.models.tasks import MoneyForm
from provinces.models import Department, Unit
from provinces.vietnamese import NO_DATA, certain, format_date, format_money, format_number

SMALL = range(1, 5)
HIDDEN = "<5"
FIELDS = {
    "title": gettext_lazy("Name of the activity"),
    "type_id": gettext_lazy("Type of activity"),
    "scope": gettext_lazy("Counts for"),
    "starts_on": gettext_lazy("From date"),
    "ends_on": gettext_lazy("To date"),
    "precision": gettext_lazy("Date known to the"),
    "place": gettext_lazy("Place"),
    "place_unit_id": gettext_lazy("Commune or district of the place"),
    "window_reason": gettext_lazy("Reason for a date outside the month"),
    "description": gettext_lazy("Description"),
}
SPLITS = {
    "female": gettext_lazy("female"),
    "male": gettext_lazy("male"),
    "children": gettext_lazy("children"),
    "girls": gettext_lazy("girls"),
    "boys": gettext_lazy("boys"),
}
LISTS = {
    "participants": gettext_lazy("Who took part"),
    "outputs": gettext_lazy("Results"),
    "adjustments": gettext_lazy("Provincial adjustments"),
    "supports": gettext_lazy("Visits, gifts, support"),
    "money": gettext_lazy("Money"),
    "inspections": gettext_lazy("Inspected bodies"),
    "documents": gettext_lazy("Documents issued"),
}


@dataclasses.dataclass(frozen=True)
class Said:
    """One line of a version: what it is about, and what it says."""

    label: str | Promise
    words: str


@dataclasses.dataclass(frozen=True)
class Change:
    """What one line said before and says after; empty where it was not there."""

    label: str | Promise
    before: str
    after: str


Lines = dict[tuple, Said]  # by what the line is about, the same in every version


class Reader:
    """Puts stored contents into words; names of everything they mention are read once for all."""

    def __init__(self, contents: Iterable[dict], *, hides: bool):
        contents = list(contents)
        rows = [row for content in contents for name in LISTS for row in content.get(name, ())]
        bodies = [body for row in rows for body in row.get("bodies", ())]
        self.hides = hides
        self.types = ActivityType.objects.in_bulk({content["type_id"] for content in contents})
        self.units = _named(Unit, {content.get("place_unit_id") for content in contents})
        self.measures = Measure.objects.in_bulk({row["measure_id"] for row in rows if "measure_id" in row})
        self.groups = BeneficiaryGroup.objects.in_bulk({row.get("group_id") for row in rows} - {None})
        self.sources = MoneySource.objects.in_bulk({row["source_id"] for row in rows if "source_id" in row})
        said = ("department_id", "contributor_id", "issuer_id", "drafter_id")
        self.bodies = _named(Department, {row.get(name) for row in [*rows, *bodies] for name in said})

    def lines(self, content: dict) -> Lines:
        """Everything a version says, line by line."""
        found = {}
        for name, label in FIELDS.items():
            if words := self._field(name, content.get(name)):
                found["field", name] = Said(label, words)
        for name in LISTS:
            read = getattr(self, f"_{name}")
            for key, label, words in read(content.get(name, ()), content):
                found[name, key] = Said(label, words)
        return found

    def _field(self, name: str, value) -> str:
        if value in {None, ""}:
            return ""
        if name == "type_id":
            return str(self.types.get(value, NO_DATA))
        if name == "place_unit_id":
            return self.units.get(value, NO_DATA)
        if name in {"starts_on", "ends_on"}:
            return format_date(datetime.date.fromisoformat(value))
        choices = {"scope": Activity.Scope, "precision": Activity.Precision}
        return str(choices[name](value).label) if name in choices else str(value)

    def _participants(self, rows, _content) -> Iterator[tuple]:
        for row in rows:
            name = row["name"] or self.bodies.get(row["department_id"], NO_DATA)
            role = Participant.Role(row["role"]).label
            yield (row["department_id"], row["name"], row["role"]), LISTS["participants"], f"{name}: {role}"

    def _outputs(self, rows, _content) -> Iterator[tuple]:
        for row in rows:
            measure = self.measures[row["measure_id"]]
            label = f"{measure.name}: {row['label']}" if row["label"] else measure.name
            parts = [f"{self._total(row, measure)} {measure.unit_of_measure}", *self._splits(row, measure)]
            if row["group_id"]:
                parts.append(str(self.groups.get(row["group_id"], "")))
            if row["part_of_id"]:
                parts.append(_("part of another output"))
            if row.get("contributor_id"):
                parts.append(_("added by %(department)s") % {"department": self.bodies[row["contributor_id"]]})
            yield row["id"], label, "; ".join(filter(None, parts))

    def _total(self, row: dict, measure: Measure) -> str:
        if self._hidden(row["quantity"], measure) or self._hidden(row["numerator"], measure):
            return HIDDEN
        if row["numerator"] is not None:
            return f"{format_number(row['numerator'])}/{format_number(row['denominator'])}"
        if row["rate"] is not None:
            return f"{format_number(row['rate'])}%"
        return certain(row["quantity"], row["certainty"], row["text"])

    def _splits(self, row: dict, measure: Measure) -> Iterator[str]:
        for name, label in SPLITS.items():
            if row[name] is not None:
                yield f"{label} {HIDDEN if self._hidden(row[name], measure) else format_number(row[name])}"

    def _hidden(self, value: int | None, measure: Measure) -> bool:
        return self.hides and measure.sensitive and value in SMALL

    def _adjustments(self, rows, content) -> Iterator[tuple]:
        measures = {row["id"]: self.measures[row["measure_id"]].name for row in content.get("outputs", ())}
        for place, row in enumerate(rows):
            delta = int(row["adjustments__delta"])
            words = f"{measures.get(row['pk'], '')} {delta:+d}: {row['adjustments__reason']}"
            yield place, LISTS["adjustments"], words.strip()

    def _supports(self, rows, _content) -> Iterator[tuple]:
        for place, row in enumerate(rows):
            yield place, LISTS["supports"], " · ".join(filter(None, [row["label"], row["gifts"]])) or NO_DATA

    def _money(self, rows, _content) -> Iterator[tuple]:
        for place, row in enumerate(rows):
            source, form = self.sources.get(row["source_id"], NO_DATA), MoneyForm(row["form"]).label
            words = f"{format_money(row['amount'])}, {source}, {form}"
            yield place, LISTS["money"], f"{words} · {row['note']}" if row["note"] else words

    def _inspections(self, rows, _content) -> Iterator[tuple]:
        for place, row in enumerate(rows):
            for n, body in enumerate(row.get("bodies", ())):
                name = body["name"] or self.bodies.get(body["department_id"], NO_DATA)
                yield (place, n), LISTS["inspections"], ": ".join(filter(None, [name, body["finding"]]))

    def _documents(self, rows, _content) -> Iterator[tuple]:
        for place, row in enumerate(rows):
            issuer = row["issuer_name"] or self.bodies.get(row["issuer_id"], "")
            dated = format_date(datetime.date.fromisoformat(row["dated"])) if row["dated"] else ""
            yield (
                place,
                LISTS["documents"],
                ", ".join(filter(None, [row["number"] or "…", row["title"], dated, issuer])),
            )


def changes(before: Lines, after: Lines) -> list[Change]:
    """The lines that one version and the next do not share, in the order of the form."""
    found = []
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if (old and old.words) != (new and new.words):
            found.append(Change((new or old).label, old.words if old else "", new.words if new else ""))
    return found


def _named(model, ids: set) -> dict[int, str]:
    rows = model.objects.filter(pk__in=ids - {None}).prefetch_related("names")
    return {row.pk: str(row) for row in rows}
