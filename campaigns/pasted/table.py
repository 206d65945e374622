"""A pasted block as a table of tasks: columns guessed and changeable, merged cells filled, each row understood."""

import dataclasses
import hashlib
import re
import zlib
from collections.abc import Mapping
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.forms.bodies import Bodies
from campaigns.models import ActivityType, Measure, MoneySource, Plan
from campaigns.operations.tasks import MoneyData, TargetData, TaskData, refuse_task
from campaigns.outlines import HEADINGS
from campaigns.pasted.cells import (
    Output,
    guess_type,
    parts_of,
    read_amount,
    read_output,
    read_when,
    source_of,
    type_of,
)
from campaigns.pasted.columns import BY_KEY, MERGED, column_of, money_unit
from campaigns.pasted.rows import Ask, PastedRow
from provinces.models import Department
from provinces.paste import find_gaps, guess_heading, read_block
from provinces.vietnamese import Question, Unreadable, fold, format_money, format_period, tidy
from provinces.workflow import Refused

MOST_ROWS, MOST_COLUMNS = 200, 40
LEAVE = "bo"
TOTALS = ("tong cong", "tong so", "tong", "cong")


@dataclasses.dataclass(frozen=True)
class Place:
    """A column of the block: its place, what stands on top of it, and what it holds (a key, or nothing)."""

    no: int
    heading: str
    sample: str
    key: str


class PastedTable:
    """What a pasted block says about tasks of a plan.

    `answers` are the names and values that the person has chosen on the page: what each column holds
    (`column-3`), kinds, measures and sources of rows; `skipped` the keys of rows to be left out; `fills` says
    whether gaps are merged cells.
    """

    def __init__(
        self, plan: Plan, text: str, answers: Mapping[str, str], skipped: frozenset[str] = frozenset(), fills=True
    ):
        self.plan, self.answers, self.skipped = plan, answers, skipped
        block = read_block(text, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS, field="text")
        self.cells = {
            no: {place: cell for place, cell in enumerate(row, start=1) if tidy(cell)}
            for no, row in enumerate(block, start=1)
        }
        self.heading, guessed = guess_heading(self.cells, column_of)
        self.columns = self._chosen(guessed)
        self.filled = {}
        for place in [self.columns[key] for key in MERGED if fills and key in self.columns]:
            self.filled |= find_gaps(self.cells, [place], below=self.heading)
        self.year = plan.year_from if plan.year_from == plan.year_to else None

    def _chosen(self, guessed: dict[str, int]) -> dict[str, int]:
        """What the person chose for the columns, else what their headings say."""
        said = {place: self.answers.get(f"column-{place}") for place in self._all_places()}
        if all(value is None for value in said.values()):
            return guessed
        return {key: place for place, key in reversed(said.items()) if key in BY_KEY}

    @property
    def shape(self) -> str:
        """A name for tables with the same headings, or with as many columns when there are none."""
        top = [f"{place}{fold(cell)}" for place, cell in sorted(self.cells.get(self.heading, {}).items())]
        text = "\t".join(top) or str(max(self._all_places(), default=0))
        return hashlib.sha256(text.encode()).hexdigest()[:40]

    def _all_places(self) -> list[int]:
        return sorted({place for cells in self.cells.values() for place in cells})

    @property
    def places(self) -> list[Place]:
        """The columns for the choice by hand."""
        keys = {place: key for key, place in self.columns.items()}
        top = self.cells.get(self.heading, {})
        body = [cells for no, cells in self.cells.items() if no > self.heading]
        return [
            Place(no, tidy(top.get(no, "")), tidy(next((c[no] for c in body if no in c), ""))[:60], keys.get(no, ""))
            for no in self._all_places()
        ]

    @cached_property
    def rows(self) -> list[PastedRow]:
        """The rows that are tasks, in order; rows of headings and totals are none."""
        found, heading, since, seen = [], "", 0, {}
        for no, cells in self.cells.items():
            if no <= self.heading or not cells or "title" not in self.columns:
                continue
            own = {key: cells[place] for key, place in self.columns.items() if place in cells}
            title = tidy(own.get("title", "")) or _alone(own)
            if fold(title).strip(" :.") in TOTALS or fold(own.get("no", "")) in TOTALS:
                continue
            if code := _heading_of(title, own):
                heading, since = code, no
                continue
            if not title and found:
                found[-1].extend(own)
                continue
            key = f"{zlib.crc32(repr(sorted(cells.items())).encode()):08x}"
            seen[key] = seen.get(key, 0) + 1
            found.append(
                _Reader(self, no, f"{key}{seen[key]}", self._with_gaps(no, own | {"title": title}, since), heading)
            )
        return [reader.row() for reader in found]

    def _with_gaps(self, no: int, own: dict[str, str], since: int) -> dict[str, str]:
        """The row's own cells, and the values of merged cells above where it has gaps, under the same heading."""
        above = {key: self.filled.get((no, place), 0) for key, place in self.columns.items()}
        return {key: self.cells[source][self.columns[key]] for key, source in above.items() if source > since} | own

    @property
    def good(self) -> list[PastedRow]:
        return [row for row in self.rows if row.data is not None and not row.skipped]

    @property
    def bad(self) -> list[PastedRow]:
        return [row for row in self.rows if not row.is_good]

    # What every row is read against

    @cached_property
    def bodies(self) -> Bodies:
        return Bodies(self.plan)

    @cached_property
    def types(self) -> list[ActivityType]:
        return list(ActivityType.objects.select_related("count_measure", "attendance_measure"))

    @cached_property
    def measures(self) -> list[Measure]:
        return list(Measure.objects.of(self.plan.province).exclude(source=Measure.Source.RETURN))

    @cached_property
    def sources(self) -> dict[str, MoneySource]:
        return {source.code: source for source in MoneySource.objects.of_year(self.plan.year_from)}

    @cached_property
    def unit(self) -> str:
        """The unit of the amounts, where the heading names one."""
        return money_unit(self.cells.get(self.heading, {}).get(self.columns.get("money"), ""))


def _alone(own: dict[str, str]) -> str:
    """Words that stand in the column of numbers because they run over the whole row."""
    words = tidy(own.get("no", ""))
    return words if len(own) == 1 and len(words) > 8 else ""


def _heading_of(title: str, own: dict[str, str]) -> str:
    """The heading of the plan that a row with nothing but its name repeats; “” for a task."""
    if set(own) - {"no", "title"}:
        return ""
    words = re.sub(r"^(?:\d+|[ivx]+)[.)] *", "", fold(title))
    return next((code for code, name in HEADINGS.items() if words in {fold(name), fold(name).partition(",")[0]}), "")


class _Reader:
    """Reads one row; what cannot be read becomes a fault, what has several readings a question."""

    def __init__(self, table: PastedTable, no: int, key: str, cells: dict[str, str], heading: str):
        self.table, self.cells, self.heading = table, cells, heading
        self.more: list[dict[str, str]] = []
        self.found = PastedRow(no, key, tidy(cells.get("title", "")), skipped=key in table.skipped)

    def extend(self, cells: dict[str, str]) -> None:
        """A row without a name goes on with this one: more outputs, more money, more helpers."""
        self.more.append(cells)

    def row(self) -> PastedRow:
        row = self.found
        self._note_merged()
        lead, words = self._lead()
        type_ = self._type()
        data = {
            "title": row.title,
            "type": type_,
            "heading": self.heading,
            "lead": lead if isinstance(lead, Department) else None,
            "lead_group": lead if isinstance(lead, str) else "",
            "lead_text": words,
            "place": tidy(self.cells.get("place", "")),
            **self._when(),
            "partners": self._partners(lead),
            "targets": self._targets(type_),
            "money": self._money(),
        }
        row.place = data["place"]
        if type_ and not row.faults and not any(ask.open for ask in row.asks):
            self._judge(TaskData(**data))
        return row

    def _judge(self, data: TaskData) -> None:
        try:
            refuse_task(self.table.plan, data)
        except Refused as refused:
            self.found.faults.append(str(refused.sentence))
        else:
            self.found.data = data

    def _note_merged(self) -> None:
        own = self.table.cells[self.found.no]
        names = [str(BY_KEY[key].label) for key in self.cells if key in MERGED and self.table.columns[key] not in own]
        if names:
            self.found.notes.append(_("as in the row above: %(columns)s") % {"columns": ", ".join(names)})

    def _several(self, key: str) -> list[str]:
        """The parts of a cell and of its continuations."""
        return [part for cells in (self.cells, *self.more) for part in parts_of(cells.get(key, ""))]

    def _ask(self, kind: str, number: int, label: str, options, offered: str = "") -> str:
        name = f"{kind}-{self.found.key}-{number}"
        known = {value for value, _words in options}
        value = self.table.answers.get(name, offered)
        ask = Ask(name, label, options, value if value in known else "")
        self.found.asks.append(ask)
        return ask.value

    def _type(self) -> ActivityType | None:
        table, said = self.table, self.cells.get("type", "")
        named = type_of(said, table.types)
        if named:
            return named
        options = [(type_.code, type_.name) for type_ in table.types]
        guess = guess_type(self.found.title, table.types)
        code = self._ask("kind", 1, str(BY_KEY["type"].label), options, guess.code if guess else "")
        return next((type_ for type_ in table.types if type_.code == code), None)

    def _lead(self) -> tuple[Department | str | None, str]:
        """The body or group in front; a second one helps; a stranger is kept as words and said so."""
        parts = self._several("lead")
        if not parts:
            return None, ""
        self.found.lead = parts[0]
        lead = self._body(parts[0])
        if lead is None:
            self.found.notes.append(
                _("“%(given)s” is kept as another body. Similar: %(suggestions)s")
                % {"given": parts[0], "suggestions": self.table.bodies.similar(parts[0])}
            )
        return lead, "" if lead else parts[0]

    def _body(self, typed: str) -> Department | str | None:
        try:
            return self.table.bodies.find(typed)
        except ValidationError as fault:
            self.found.faults += fault.messages
            return None

    def _partners(self, lead) -> tuple[Department | str, ...]:
        typed = [*self._several("lead")[1:], *self._several("partners")]
        bodies = dict.fromkeys(body if isinstance(body := self._body(part), Department) else part for part in typed)
        bodies.pop(lead, None)
        self.found.partners = typed
        return tuple(bodies)

    def _when(self) -> dict:
        first, last = self.cells.get("starts", ""), self.cells.get("ends", "")
        text = tidy(f"{first} - {last}" if first and last else first or self.cells.get("when", ""))
        try:
            when = read_when(text, year=self.table.year)
        except (Question, Unreadable) as said:
            self.found.faults.append(said.sentence)
            self.found.when = text
            return {}
        self.found.when = format_period(when.starts_on, when.ends_on) if when.starts_on else when.words
        return {"starts_on": when.starts_on, "ends_on": when.ends_on, "when_text": when.words}

    def _targets(self, type_: ActivityType | None) -> tuple[TargetData, ...]:
        found = {}
        for number, part in enumerate(self._several("outputs"), start=1):
            target = self._target(number, part, type_)
            if target and target.measure in found:
                words = _("“%(measure)s” stands there twice; add the two up in one row")
                self.found.faults.append(words % {"measure": target.measure.name})
            elif target:
                found[target.measure] = target
        return tuple(found.values())

    def _target(self, number: int, part: str, type_: ActivityType | None) -> TargetData | None:
        try:
            output = read_output(part, type_, self.table.measures)
        except (Question, Unreadable) as said:
            self.found.faults.append(said.sentence)
            return None
        if output is None:
            self.found.notes.append(_("“%(given)s” has no number and is left out") % {"given": part})
            return None
        measure = output.measures[0] if output.sure else self._measure(number, output)
        self.found.outputs.append(f"{part} → {measure.name}" if measure else part)
        if measure is None:
            return None
        quantity = output.quantity
        return TargetData(measure, quantity.value, quantity.certainty, quantity.words)

    def _measure(self, number: int, output: Output) -> Measure | None:
        options = [(measure.code, f"{measure.name} ({measure.unit_of_measure})") for measure in output.measures]
        label = _("What “%(given)s” counts") % {"given": output.text}
        code = self._ask("measure", number, label, [*options, (LEAVE, _("Leave it out"))])
        return next((measure for measure in output.measures if measure.code == code), None)

    def _money(self) -> tuple[MoneyData, ...]:
        table, found = self.table, []
        beside = source_of(self.cells.get("source", ""), table.sources)
        for number, part in enumerate(self._several("money"), start=1):
            try:
                amount = read_amount(part, table.unit, table.sources)
            except (Question, Unreadable) as said:
                self.found.faults.append(said.sentence)
                continue
            if amount is None:
                self.found.notes.append(_("“%(given)s” has no number and is left out") % {"given": part})
                continue
            source = amount.source or beside or self._source(number, part)
            self.found.amounts.append(f"{format_money(amount.amount)}{f', {source.name}' if source else ''}")
            if source:
                found.append(MoneyData(amount.amount, source, source.forms[0] if source.forms else "cash"))
        return tuple(found)

    def _source(self, number: int, part: str) -> MoneySource | None:
        options = [(source.code, source.name) for source in self.table.sources.values()]
        code = self._ask("source", number, _("Source of “%(given)s”") % {"given": part}, options)
        return self.table.sources.get(code)
