"""What a filled form says, in the shape that operations take; and which box each part of it came from."""

import dataclasses
import datetime
import uuid

from django import forms
from django.utils.translation import gettext as _

from activities.forms.entry import RECORDS_ONLY
from activities.forms.rows import GROUP_ROWS, Share
from activities.models import Output, Participant
from activities.operations import (
    ActivityData,
    DocumentData,
    InspectedData,
    InspectionData,
    MoneyData,
    OutputData,
    ParticipantData,
    SupportData,
)
from activities.operations.shape import EVENTS
from campaigns.models import Measure
from provinces.models import Unit
from provinces.vietnamese import Quantity, tidy

COUNT_KEY, PEOPLE_KEY = "so-luong", "so-nguoi"
SPLITS = ("female", "male", "children", "girls", "boys")
PEOPLE_HELPED, GIFTS, VALUE = "CT31.1", "CT32.1", "CT32.2"


class Reading:
    """Reads a sheet whose boxes could all be read; a name that is not found is added to its errors."""

    def __init__(self, sheet):
        self.sheet, self.said = sheet, sheet.entry.cleaned_data
        self.day: datetime.date = self.said["starts_on"] or sheet.day
        self.places = {name: [] for name in ("participants", "outputs", "money", "supports", "documents")}
        self.bodies: dict[tuple[int, int], forms.Form] = {}
        before = sheet.initial.get("quick", {})
        self.quick = {COUNT_KEY: before.get("count") or COUNT_KEY, PEOPLE_KEY: before.get("people") or PEOPLE_KEY}
        self.participants = self._participants()
        self.data = self._read()

    def box(self, path: str) -> tuple[forms.Form, str]:
        """The form and field that a fault means (“outputs.2.female”); the quick part when it is nobody's."""
        head, *rest = path.split(".")
        if not rest:
            return self.sheet.entry, head
        numbers, field = tuple(int(n) for n in rest[:-1]), rest[-1]
        if head == "inspections":
            return self.bodies.get(numbers, self.sheet.entry), field
        places = self.places.get(head, [])
        form, names = places[numbers[0]] if numbers[0] < len(places) else (self.sheet.entry, {})
        return form, names.get(field, field)

    def _read(self) -> ActivityData:
        said, sheet = self.said, self.sheet
        outputs = [*self._quick_outputs(), *self._outputs()]
        supports, given = self._supports()
        return ActivityData(
            type=said["type"],
            title=tidy(said["title"]),
            scope=said["scope"],
            description=said["description"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            precision=said["precision"],
            place=tidy(said["place"]),
            place_unit=self._unit(said["place_unit"]),
            window_reason=tidy(said["window_reason"]),
            task_lineage=uuid.UUID(said["task"]) if said["task"] else None,
            parent=sheet.activity.parent if sheet.activity else sheet.initial.get("parent"),
            audiences=tuple(said["audiences"]),
            programmes=tuple(said["programmes"]),
            participants=tuple(self.participants),
            outputs=(*outputs, *given),
            money=tuple(self._money()),
            supports=tuple(supports),
            inspections=tuple(self._inspections()),
            documents=tuple(self._documents()),
        )

    def _unit(self, typed: str) -> Unit | None:
        if not tidy(typed or ""):
            return None
        found = self.sheet.units.find(typed, self.day)
        if found.row is None:
            _not_found(self.sheet.entry, "place_unit", typed, found, _("Choose from the list, or write it under Place"))
        return found.row

    def _body(self, form: forms.Form, field: str, typed: str, *, other: bool):
        """(department, "") or (None, the name as typed); what is in no list must be meant so."""
        found = self.sheet.bodies.find(typed, self.day)
        if found.row is None and (found.several or not other):
            _not_found(form, field, typed, found, _("Keep it as another body?"))
        return found.row, "" if found.row else tidy(typed)

    def _participants(self) -> list[ParticipantData]:
        """The department itself with its role, unless it only records; then the others."""
        rows = []
        if self.said["own_role"] != RECORDS_ONLY:
            rows.append(ParticipantData(role=self.said["own_role"], department=self.sheet.owner))
            self.places["participants"].append((self.sheet.entry, {"body": "own_role", "role": "own_role"}))
        for form in self.sheet.filled("participants"):
            row = form.cleaned_data
            department, name = self._body(form, "body", row["body"], other=row["other"])
            rows.append(ParticipantData(role=row["role"] or Participant.Role.CO, department=department, name=name))
            self.places["participants"].append((form, {}))
        return rows

    def _quick_outputs(self) -> list[OutputData]:
        """The type's count and its attendances, under the rows they had before."""
        said, rows = self.said, []
        if counted := said["counted"] or self._one_event():
            rows.append(_counted(said["type"].count_measure, counted, key=self.quick[COUNT_KEY]))
            self.places["outputs"].append((self.sheet.entry, {"quantity": "count", "measure": "type"}))
        if said["people"]:
            split = {name: said[name] for name in SPLITS}
            measure = said["type"].attendance_measure
            rows.append(_counted(measure, said["people"], key=self.quick[PEOPLE_KEY], **split))
            self.places["outputs"].append((self.sheet.entry, {"quantity": "rest", "measure": "type"}))
        return rows

    def _one_event(self) -> Quantity | None:
        """A new activity is one event of its type, unless a row below counts the same thing."""
        measure = self.said["type"].count_measure
        if self.sheet.activity or measure is None or measure.unit_of_measure not in EVENTS:
            return None
        counted_below = any(form.cleaned_data["measure"] == measure for form in self.sheet.filled("outputs"))
        return None if counted_below else Quantity(1, "exact")

    def _outputs(self) -> list[OutputData]:
        rows = []
        for form in self.sheet.filled("outputs"):
            row = form.cleaned_data
            more = {name: row[name] for name in (*SPLITS, "label", "role", "group", "counted_on", "support")}
            more |= {"key": form.key, "part_of": self._whole(row["part_of"]), "inspection": row["inspection"]}
            rows.append(_counted(row["measure"], row["read"], **more))
            self.places["outputs"].append((form, {"quantity": "amount"}))
        return rows

    def _whole(self, chosen: str) -> str | Output:
        """The output that a row is part of: a key inside the form, or the row of another activity."""
        kept = self.sheet.initial.get("whole_rows", {})
        return kept.get(chosen) or self.quick.get(chosen, chosen)

    def _supports(self) -> tuple[list[SupportData], list[OutputData]]:
        """The supports, and the outputs typed inside them."""
        supports, given = [], []
        for form in self.sheet.filled("supports"):
            row = form.cleaned_data
            donors = [self._donor(form, line) for line in row["donors"].splitlines() if tidy(line)]
            supports.append(SupportData(form.key, tidy(row["label"]), tidy(row["gifts"]), tuple(donors)))
            self.places["supports"].append((form, {}))
            for output, box in self._given(row):
                given.append(dataclasses.replace(output, support=form.key))
                self.places["outputs"].append((form, dict.fromkeys(("quantity", "measure", *SPLITS), box)))
        return supports, given

    def _donor(self, form, line: str) -> int:
        """Who gave stands among the participants as a donor, beside any other role it had."""
        department, name = self._body(form, "donors", line, other=True)
        donor = ParticipantData(Participant.Role.DONOR, department, name)
        if donor in self.participants:
            return self.participants.index(donor)
        self.participants.append(donor)
        self.places["participants"].append((form, {"body": "donors", "role": "donors"}))
        return len(self.participants) - 1

    def _given(self, row: dict) -> list[tuple[OutputData, str]]:
        """People helped by group, gifts and their value, as outputs of the support."""
        found = []
        for n in range(GROUP_ROWS):
            people, group = row[f"people_{n}"], row[f"group_{n}"]
            if people is not None:
                output = OutputData(self._measure(PEOPLE_HELPED), people, group=group)
                found.append((_with_sex(output, group), f"people_{n}"))
        for code, box in ((GIFTS, "gift_count"), (VALUE, "value")):
            if row[box] is not None:
                found.append((OutputData(self._measure(code), row[box]), box))
        return found

    def _measure(self, code: str) -> Measure:
        return next(m for m in self.sheet.measures if m.code == code)

    def _money(self) -> list[MoneyData]:
        filled = self.sheet.filled("money")
        self.places["money"] = [(form, {}) for form in filled]
        rows = [form.cleaned_data for form in filled]
        return [MoneyData(r["amount"], r["source"], r["form"], r["support"], tidy(r["note"])) for r in rows]

    def _inspections(self) -> list[InspectionData]:
        """Bodies under the decision they share; outputs that hang on an inspection find it by its order."""
        found: dict[str, list[InspectedData]] = {}
        for form in self.sheet.filled("inspected"):
            row = form.cleaned_data
            department, name = self._body(form, "body", row["body"], other=True)
            bodies = found.setdefault(tidy(row["decision"]), [])
            bodies.append(InspectedData(department, name, row["finding"], row["due"], row["done_on"]))
            self.bodies[list(found).index(tidy(row["decision"])), len(bodies) - 1] = form
        return [InspectionData(decision, tuple(rows), key=f"k{n}") for n, (decision, rows) in enumerate(found.items())]

    def _documents(self) -> list[DocumentData]:
        rows = []
        for form in self.sheet.filled("documents"):
            row = form.cleaned_data
            issuer, name = self._body(form, "issuer", row["issuer"], other=True)
            typed = tidy(row["drafter"])
            drafter = self._body(form, "drafter", typed, other=False)[0] if typed else None
            said = (tidy(row["title"]), row["number"], row["dated"], row["kind"])
            rows.append(DocumentData(*said, issuer=issuer, issuer_name=name, drafter=drafter))
            self.places["documents"].append((form, {}))
        return rows


def _not_found(form: forms.Form, field: str, typed: str, found, way_out: str) -> None:
    if found.several:
        sentence = _("“%(given)s” may be %(choices)s. Choose one from the list")
        slots = {"given": typed, "choices": "; ".join(found.several)}
    elif found.similar:
        sentence = _("“%(given)s” is not in the list. Similar: %(suggestions)s. %(way_out)s")
        slots = {"given": typed, "suggestions": "; ".join(found.similar), "way_out": way_out}
    else:
        sentence, slots = _("“%(given)s” is not in the list. %(way_out)s"), {"given": typed, "way_out": way_out}
    form.add_error(field, sentence % slots)


def _counted(measure: Measure, read, **more) -> OutputData:
    if isinstance(read, Share):
        share = {"rate": read.rate, "numerator": read.numerator, "denominator": read.denominator}
        return OutputData(measure, certainty="rate", **share, **more)
    return OutputData(measure, read.value, read.certainty, read.words, **more)


def _with_sex(output: OutputData, group) -> OutputData:
    """A group that is all of one sex, or all children, splits itself."""
    if group is None:
        return output
    n, more = output.quantity, {}
    if group.sex in {"female", "male"}:
        more[group.sex] = n
    if group.child:
        more["children"] = n
        if group.sex in {"female", "male"}:
            more["girls" if group.sex == "female" else "boys"] = n
    return dataclasses.replace(output, group=group, **more)
