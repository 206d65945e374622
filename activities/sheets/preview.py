"""What a sheet would store, row by row as a person reads it; and everything that is wrong, by cell."""

import dataclasses
import datetime

from django.utils.translation import gettext as _

from activities.models import Activity
from activities.operations.importing import CellFault, RowResult, Understood
from activities.sheets.existing import is_plain, plain_output
from provinces.vietnamese import NO_DATA, certain, format_date, format_number

ROWS_SHOWN, FAULTS_SHOWN, WARNINGS_SHOWN = 50, 200, 100


@dataclasses.dataclass(frozen=True)
class Line:
    """One row: what it says, and what storing it would do."""

    no: str
    title: str
    type: str
    date: str
    count: str
    people: str
    money: str
    does: str
    bad: bool


@dataclasses.dataclass(frozen=True)
class Preview:
    """The page before confirming; long lists are cut, and the page says how much is left out."""

    counts: dict[str, str]
    lines: list[Line]
    faults: list[str]
    warnings: list[CellFault]
    rows_left: str
    faults_left: str
    warnings_left: str
    good: bool
    asks_names: bool
    changes: dict[str, str]


def preview_of(understood: Understood, counts: dict[str, int]) -> Preview:
    faults = [*understood.faults, *(fault.sentence for row in understood.rows for fault in row.faults)]
    warnings = [warning for row in understood.rows for warning in row.warnings]
    return Preview(
        counts={name: format_number(number) for name, number in counts.items()},
        lines=[_line(row) for row in understood.rows[:ROWS_SHOWN]],
        faults=faults[:FAULTS_SHOWN],
        warnings=warnings[:WARNINGS_SHOWN],
        rows_left=_left(len(understood.rows), ROWS_SHOWN),
        faults_left=_left(len(faults), FAULTS_SHOWN),
        warnings_left=_left(len(warnings), WARNINGS_SHOWN),
        good=understood.good,
        asks_names=any(fault.lifted_by for row in understood.rows for fault in row.faults),
        changes=_changes(understood),
    )


def _left(number: int, shown: int) -> str:
    return format_number(number - shown) if number > shown else ""


def _changes(understood: Understood) -> dict[str, str]:
    """How many rows would be added, changed, left as they are."""
    new = sum(row.pk is None for row in understood.rows)
    same = sum(row.unchanged for row in understood.rows)
    numbers = {"added": new, "updated": len(understood.rows) - new - same, "unchanged": same}
    return {name: format_number(number) for name, number in numbers.items()}


def _line(row: RowResult) -> Line:
    data = row.data
    if data is None:
        return Line(format_number(row.no), NO_DATA, "", "", "", "", "", _("To fix"), bad=True)
    plain = [output for output in data.outputs if is_plain(output)]
    people = plain_output(data, data.type.attendance_measure) if data.type.attendance_measure else None
    count = next((output for output in plain if output is not people), None)
    return Line(
        format_number(row.no),
        data.title,
        data.type.name,
        _date(data.starts_on, data.precision),
        _number(count),
        _number(people),
        format_number(sum(money.amount for money in data.money)) if data.money else NO_DATA,
        _does(row),
        bad=bool(row.faults),
    )


def _number(output) -> str:
    return certain(output.quantity, output.certainty, output.text) if output else NO_DATA


def _date(day: datetime.date | None, precision: str) -> str:
    if day is None:
        return NO_DATA
    return f"{day:%m}/{day.year}" if precision == Activity.Precision.MONTH else format_date(day)


def _does(row: RowResult) -> str:
    if row.faults:
        return _("To fix")
    if row.pk is None:
        return _("Will be added")
    return _("As stored") if row.unchanged else _("Will be changed")
