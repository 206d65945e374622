"""What one row says, as the data that operations take: for a stored activity only what differs is read again."""

import dataclasses
import datetime

from activities.models import Activity
from activities.operations import ActivityData, MoneyData, OutputData, ParticipantData, SupportData
from activities.operations.checks import department_not_in_force
from activities.operations.faults import say as say_of_activity
from activities.operations.shape import EVENTS
from activities.sheets.cells import Row
from activities.sheets.existing import counted_output, plain_output
from activities.sheets.lists import Lists
from campaigns.models import ActivityType, Campaign, Measure
from provinces.models import Department
from provinces.vietnamese import Quantity, format_number, sentence, tidy

SPLITS = ("female", "male", "children")
TEXTS = {"title": "title", "place": "place", "window_reason": "reason", "description": "note"}
LONGEST_NAME, LONGEST_WORDS = 200, 120
MOST_PARTNERS = 60


@dataclasses.dataclass(frozen=True)
class Desk:
    """Where the sheet is read: whose it is, for which month or year, against which lists."""

    department: Department
    campaign: Campaign | None
    year: int
    lists: Lists
    closed: dict = dataclasses.field(default_factory=dict)

    def why_closed(self, body: Department, day: datetime.date) -> str:
        """Why a body cannot be chosen for a day; asked once per body and day."""
        if (body.pk, day) not in self.closed:
            self.closed[body.pk, day] = department_not_in_force(body, day)
        return self.closed[body.pk, day]


class Saying:
    """One row being turned into data; `base` and `before` are what is stored, as data and as texts."""

    def __init__(self, row: Row, desk: Desk, base: ActivityData | None = None, before: dict | None = None):
        self.row, self.desk, self.lists = row, desk, desk.lists
        self.base, self.before = base, before or {}

    def data(self) -> ActivityData:
        """The data, under any type where the row's own cannot be read; faults are collected in the row."""
        row = self.row
        row.check_formulas()
        task = self._task()
        kind = self._kind(task)
        values = {name: self._text(name, key) for name, key in TEXTS.items()}
        values |= {"task_lineage": task, **self._days()}
        outputs = self._outputs(kind)
        money = self._money()
        participants = self._participants(values["starts_on"])
        kind = kind or self.lists.any_type
        scope = Activity.Scope.MONTH if self.desk.campaign else Activity.Scope.YEAR
        start = self.base or ActivityData(type=kind, title=values["title"], scope=scope)
        told = {"outputs": outputs, "money": money, "participants": participants}
        return dataclasses.replace(start, type=kind, supports=donors_kept(start, participants), **told, **values)

    def _touched(self, *keys: str) -> bool:
        """True when the row is new or one of these cells shows something else than what is stored."""
        if self.base is None:
            return True
        return any(self.row.has(key) and self.row.shown(key) != tidy(self.before.get(key, "")) for key in keys)

    def _text(self, name: str, key: str) -> str:
        return self.row.text(key) if self._touched(key) else getattr(self.base, name)

    def _task(self):
        return self.row.choice("task", self.lists.tasks) if self._touched("task") else self.base.task_lineage

    def _kind(self, task) -> ActivityType | None:
        """The type as chosen, else that of the chosen task."""
        if not self._touched("type"):
            return self.base.type
        if self.row.shown("type"):
            return self.row.choice("type", self.lists.types)
        if task in self.lists.task_types:
            return self.lists.task_types[task]
        self.row.refuse_value("type", sentence("required", label="loại hoạt động"), "required")
        return None

    # Days

    def _days(self) -> dict:
        if not self._touched("starts", "ends"):
            return {name: getattr(self.base, name) for name in ("starts_on", "ends_on", "precision")}
        where = {"year": self.desk.year, "campaign": self.desk.campaign}
        (start, known), (end, end_known) = self.row.day("starts", **where), self.row.day("ends", **where)
        if known == "year":
            return self._only_a_year(start)
        if start and end and known != end_known:
            label = Activity.Precision(known).label
            self.row.refuse_value("ends", say_of_activity("date.of_precision", precision=label), "date.of_precision")
            end = None
        return {"starts_on": start, "ends_on": None if end == start else end, "precision": known or "day"}

    def _only_a_year(self, day: datetime.date) -> dict:
        if day.year != self.desk.year:
            self.row.refuse_value(
                "starts", sentence("date.other_year", date=str(day.year), year=day.year), "date.other_year"
            )
        return {"starts_on": None, "ends_on": None, "precision": "year"}

    # Numbers

    def _outputs(self, kind: ActivityType | None) -> tuple[OutputData, ...]:
        outputs = list(self.base.outputs) if self.base else []
        certainty = self._certainty()
        if self._touched("type", "counted", "count", "certainty"):
            old = counted_output(self.base, self.lists) if self.base else None
            self._put(outputs, old, self._count(kind, old, certainty), 0)
        if self._touched("type", "people", "certainty", *SPLITS):
            measure = self.base.type.attendance_measure if self.base else None
            old = plain_output(self.base, measure) if measure else None
            self._put(outputs, old, self._people(kind, old, certainty), 1)
        return tuple(outputs)

    def _put(self, outputs: list, old: OutputData | None, new: OutputData | None, place: int) -> None:
        """The new output in the place of the old one; a cleared box takes it away."""
        if old is not None:
            position = outputs.index(old)
            outputs[position : position + 1] = [new] if new else []
        elif new is not None:
            outputs.insert(min(place, len(outputs)), new)

    def _certainty(self) -> tuple[str, str]:
        """(column it belongs to, certainty): the number of people, else what was counted."""
        chosen = self.row.choice("certainty", self.lists.certainties)
        column = "people" if self.row.shown("people") or not self.row.shown("count") else "count"
        return (column, chosen) if chosen else ("", "")

    def _count(self, kind, old: OutputData | None, certainty) -> OutputData | None:
        chosen = self.row.choice("counted", self.lists.measures)
        measure = chosen or (kind.count_measure if kind else None)
        number = self._quantity("count", measure, certainty)
        if number is None and chosen is None and self._is_one_event(measure):
            number = Quantity(1, "exact")
        if number is None:
            if self.base is None and kind and kind.count_measure and "count" not in self.row.at_fault:
                self.row.warn("count", "sheet.no_count")
            return None
        if measure is None and kind and "counted" not in self.row.at_fault:
            self.row.refuse("counted", "sheet.what_counted", example=self._example())
        return self._output(old, measure, number) if measure else None

    def _is_one_event(self, measure) -> bool:
        """True in a table that has no column for it: a new event is one, as in the form."""
        events = measure is not None and measure.unit_of_measure in EVENTS
        return events and self.base is None and not self.row.has("count")

    def _example(self) -> str:
        return next((name for name in self.lists.measures.labels if name.startswith("Tờ rơi")), "Tờ rơi (tờ)")

    def _people(self, kind, old: OutputData | None, certainty) -> OutputData | None:
        measure = kind.attendance_measure if kind else None
        number = self._quantity("people", measure, certainty)
        splits = {name: self.row.count(name) for name in SPLITS}
        if number is None and all(value is None for value in splits.values()):
            return None
        if kind and measure is None:
            column = next(key for key in ("people", *SPLITS) if self.row.shown(key) or key == "children")
            self.row.refuse(column, "sheet.no_measure", type=kind.name)
        if measure is None:
            return None
        if {"people", *SPLITS} & self.row.at_fault:
            splits = dict.fromkeys(SPLITS)  # what cannot be read is said once, not again as a sum that does not fit
        elif number is None:
            number = self._sum(splits)
        return self._output(old, measure, number or Quantity(None, "unknown"), **splits)

    def _sum(self, splits: dict) -> Quantity | None:
        """Female and male without a total are the total; one of them alone is not."""
        both = (splits["female"], splits["male"])
        return None if None in both else Quantity(sum(both), "exact")

    def _output(self, old, measure: Measure, number: Quantity, **splits) -> OutputData:
        start = old or OutputData(measure=measure)
        return dataclasses.replace(
            start, measure=measure, quantity=number.value, certainty=number.certainty, text=number.words, **splits
        )

    def _quantity(self, key: str, measure: Measure | None, certainty: tuple[str, str]) -> Quantity | None:
        """The number with the certainty typed before it or chosen beside it."""
        chosen = certainty[1] if certainty[0] == key else ""
        text = self.row.shown(key)
        if chosen in {"text", "unknown"}:
            return self._without_number(key, text, chosen)
        number = self.row.quantity(key, measure.unit_of_measure if measure else "")
        if number is None:
            if chosen not in {"", "exact"} and key not in self.row.at_fault:
                slots = {"certainty": self.row.shown("certainty")}
                self.row.refuse_value(key, sentence("certainty.number", **slots), "certainty.number")
            return None
        return self._settled(key, text, number, chosen)

    def _settled(self, key: str, text: str, number: Quantity, chosen: str) -> Quantity | None:
        if number.certainty == "text" and len(number.words) > LONGEST_WORDS:
            slots = {"n": format_number(len(number.words)), "max": format_number(LONGEST_WORDS)}
            self.row.refuse(key, "sheet.long", **slots)
        if chosen in {"", "exact", number.certainty}:
            return number
        if number.certainty != "exact":
            self.row.refuse(key, "sheet.two_certainties", given=text, certainty=self.row.shown("certainty"))
            return None
        return Quantity(number.value, chosen)

    def _without_number(self, key: str, text: str, chosen: str) -> Quantity | None:
        """“Uncounted” keeps the words, “no data” an empty cell; a number beside them is a question."""
        if any(letter.isdigit() for letter in text):
            self.row.refuse(key, "sheet.two_certainties", given=text, certainty=self.row.shown("certainty"))
            return None
        if chosen == "unknown":
            return Quantity(None, "unknown")
        if not text:
            self.row.refuse_value(key, sentence("certainty.text"), "certainty.text")
            return None
        return self._settled(key, text, Quantity(None, "text", text), chosen)

    # Money

    def _money(self) -> tuple[MoneyData, ...]:
        stored = self.base.money if self.base else ()
        if not self._touched("money", "source"):
            return stored
        if len(stored) > 1:
            self.row.refuse("money", "sheet.money_rows")
            return stored
        amount, source = self.row.money("money"), self.row.choice("source", self.lists.sources)
        if amount and source is None and not self.row.shown("source"):
            self.row.refuse_value("source", sentence("money.source", amount=format_number(amount)), "money.source")
        if source and not self.row.shown("money"):
            self.row.refuse_value("money", sentence("required", label="kinh phí"), "required")
        if amount is None or source is None:
            return ()
        old = stored[0] if stored else MoneyData(0, source, _form_of(source))
        return (dataclasses.replace(old, amount=amount, source=source),)

    # Who took part

    def _participants(self, day: datetime.date | None) -> tuple[ParticipantData, ...]:
        stored = self.base.participants if self.base else ()
        if not self._touched("role", "partners"):
            return stored
        owner = self.desk.department
        role = self.row.choice("role", self.lists.roles)
        own = [ParticipantData(role, owner)] if role else []
        kept = [p for p in stored if p.department != owner and p.role != "co"]
        return (*own, *kept, *self._partners(day))

    def _partners(self, day: datetime.date | None) -> list[ParticipantData]:
        day = day or (self.desk.campaign.opens_on if self.desk.campaign else datetime.date(self.desk.year, 11, 15))
        text = self.row.cell("partners").shown.replace("\n", ";")
        names = list(filter(None, map(tidy, text.split(";"))))[:MOST_PARTNERS]
        return [body for name in names if (body := self._partner(name, day))]

    def _partner(self, name: str, day: datetime.date) -> ParticipantData | None:
        found = self.lists.bodies.find(name, day)
        if not found:
            return self._typed_partner(name)
        if len(found) > 1:
            self.row.refuse("partners", "sheet.body_twice", given=name)
        elif found[0].pk == self.desk.department.pk:
            self.row.refuse("partners", "sheet.own")
        elif not found[0].in_force(day):
            self.row.refuse_value("partners", self.desk.why_closed(found[0], day), "department.ended")
        else:
            return ParticipantData("co", found[0])
        return None

    def _typed_partner(self, name: str) -> ParticipantData:
        if len(name) > LONGEST_NAME:
            self.row.refuse("partners", "sheet.long", n=format_number(len(name)), max=format_number(LONGEST_NAME))
        elif similar := self.lists.bodies.similar(name):
            self.row.warn("partners", "sheet.body_typed", given=name, suggestions=similar)
        return ParticipantData("co", None, name)


def donors_kept(start: ActivityData, participants: tuple[ParticipantData, ...]) -> tuple[SupportData, ...]:
    """Gifts name their donors by place among the participants: the places move with who is added or left out."""
    places = {body: place for place, body in enumerate(participants)}
    return tuple(
        dataclasses.replace(
            gift,
            donors=tuple(sorted(places[start.participants[i]] for i in gift.donors if start.participants[i] in places)),
        )
        for gift in start.supports
    )


def _form_of(source) -> str:
    return source.forms[0] if source.forms and "cash" not in source.forms else "cash"
