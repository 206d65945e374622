"""Storing the rows of a sheet: whole or not at all, with the rules of recording one by one.

A row that was stored before is found again by its public id: taken from the template where the activity was
recorded elsewhere, made from the file's key and the row's key otherwise. So the same file twice changes nothing.
"""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activities.models import Activity, Money, Output, Participant
from activities.operations.checks import (
    Setting,
    check_bodies,
    check_documents,
    check_inspected,
    check_place,
    check_privacy,
    check_when,
)
from activities.operations.counting import check_money, check_outputs
from activities.operations.entry import SIMPLE, refuse_locked_year
from activities.operations.faults import Fault, Faulty, refuse, say
from activities.operations.parts import COUNTED
from activities.operations.privacy import may_be_private, texts_of
from activities.operations.shape import ActivityData
from campaigns.models import Campaign
from provinces.models import Department, Event, Seat, Unit
from provinces.workflow import Refused

BATCH = 1000
OPEN = [Activity.Status.DRAFT, Activity.Status.WAITING_HEAD, Activity.Status.RETURNED]


@dataclasses.dataclass(frozen=True)
class CellFault:
    """Something to put right: the cell (“C7”), the key of what is said, the sentence, the tick that lets it pass."""

    cell: str
    key: str
    sentence: str
    lifted_by: str = ""


@dataclasses.dataclass(frozen=True)
class RowResult:
    """One row as understood. `data` is there when it can be read; `faults` empty when it can be stored.

    `public_id` is the id that the activity has or will have. `pk` and `version` are those of the activity that it
    changes, none when it adds one; `unchanged` when it says what is stored. `same_as` is the public id of an
    activity that looks alike and is another one.
    """

    no: int
    public_id: str
    data: ActivityData | None
    faults: tuple[CellFault, ...] = ()
    warnings: tuple[CellFault, ...] = ()
    same_as: str = ""
    pk: int | None = None
    version: int = 0
    unchanged: bool = False


@dataclasses.dataclass(frozen=True)
class Understood:
    """A sheet as understood: its rows, and what is wrong with the sheet as a whole.

    `columns` are the places of the known columns by key, `heading` the number of the heading row, `choices` the
    lists of the drop-downs by the key of their column; `sheet_key` names the file that was taken. `checked` is the
    setting against whose rules every row was held, so that nobody holds ten thousand rows against them twice.
    """

    rows: tuple[RowResult, ...] = ()
    faults: tuple[str, ...] = ()
    columns: dict[str, int] = dataclasses.field(default_factory=dict)
    heading: int = 0
    choices: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    sheet_key: str = ""
    checked: Setting | None = None

    @property
    def faulty(self) -> list[RowResult]:
        return [row for row in self.rows if row.faults]

    @property
    def good(self) -> bool:
        """True when the whole can be stored."""
        return bool(self.rows) and not self.faults and not self.faulty


@dataclasses.dataclass(frozen=True)
class ImportResult:
    """How many activities were added, changed, left as they were; the public ids of the first two."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    public_ids: tuple[str, ...] = ()


def row_faults(data: ActivityData, setting: Setting, *, confirmed_names: bool = False) -> Iterator[Fault]:
    """What recording would say about the row; a sheet names no parent and no whole of another activity."""
    if not data.title.strip():
        yield Fault("title", say("required", label=Activity._meta.get_field("title").verbose_name))
    yield from check_when(data, setting)
    yield from check_place(data, setting)
    yield from check_bodies(data, setting)
    yield from check_outputs(data, setting.province)
    yield from check_money(data)
    yield from check_inspected(data)
    yield from check_documents(data)
    if any(map(may_be_private, texts_of(data))):
        yield from check_privacy(data, confirmed_names=confirmed_names)


def import_rows(
    understood: Understood,
    *,
    owner: Department,
    campaign: Campaign | None,
    year: int,
    province: Unit,
    by: Seat,
    at: datetime.datetime,
    confirmed_names: bool = False,
) -> ImportResult:
    """Store every row of the sheet as drafts of `owner`, or none.

    Raises Faulty with every fault (its field is the cell), Refused when the seat may not, the year is locked, a row
    was changed or the same file is being stored by somebody else.
    """
    refuse_locked_year(year, province, at=at)
    if not (by.writes and owner.pk in by.reach.departments):
        refuse("seat.cannot", field="owner", seat=by)
    _refuse_faulty(understood, Setting(campaign, year, province, owner), confirmed_names)
    new = [row for row in understood.rows if row.pk is None]
    changed = [row for row in understood.rows if row.pk is not None and not row.unchanged]
    owned = {"owner": owner, "province": province, "year": year, "campaign": campaign}
    try:
        with transaction.atomic():
            _add(new, owned, understood.sheet_key, by, at)
            _change(changed, owned, understood.sheet_key, by, at)
    except IntegrityError as clash:
        raise Refused(
            _("Somebody is storing the same file. Open the list of activities, then upload again if needed")
        ) from clash
    unchanged = len(understood.rows) - len(new) - len(changed)
    return ImportResult(len(new), len(changed), unchanged, tuple(row.public_id for row in (*new, *changed)))


def _refuse_faulty(understood: Understood, setting: Setting, confirmed_names: bool) -> None:
    """The sheet was understood without fault, and the rules of recording still say nothing against it."""
    said = [Fault("file", sentence) for sentence in understood.faults]
    said += [Fault(fault.cell, fault.sentence, fault.lifted_by) for row in understood.rows for fault in row.faults]
    unchecked = () if said or understood.checked == setting else understood.rows
    for row in unchecked:
        if row.data is not None and not row.unchanged:
            said += row_faults(row.data, setting, confirmed_names=confirmed_names)
    if said:
        raise Faulty(said)
    if not understood.rows:
        raise Refused(_("The sheet holds no activity. Fill in the rows below the heading row and upload again"))


def _add(rows: list[RowResult], owned: dict, sheet_key: str, by: Seat, at: datetime.datetime) -> None:
    """New activities with their parts, a fixed number of statements per thousand rows."""
    made = [
        Activity(
            public_id=row.public_id,
            created_by=by,
            created_at=at,
            changed_at=at,
            **owned,
            **{name: getattr(row.data, name) for name in SIMPLE},
        )
        for row in rows
    ]
    Activity.objects.bulk_create(made, batch_size=BATCH)
    pairs = list(zip(made, rows, strict=True))
    Participant.objects.bulk_create(_participants(pairs), batch_size=BATCH)
    Output.objects.bulk_create(_outputs(pairs), batch_size=BATCH)
    Money.objects.bulk_create(_money(pairs), batch_size=BATCH)
    _remember("activity.create", made, sheet_key, by, at)


def _participants(pairs) -> Iterator[Participant]:
    for activity, row in pairs:
        for position, body in enumerate(row.data.participants):
            name = "" if body.department else body.name
            yield Participant(
                activity=activity, department=body.department, name=name, role=body.role, position=position
            )


def _outputs(pairs) -> Iterator[Output]:
    for activity, row in pairs:
        for position, output in enumerate(row.data.outputs):
            yield Output(activity=activity, position=position, **{name: getattr(output, name) for name in COUNTED})


def _money(pairs) -> Iterator[Money]:
    for activity, row in pairs:
        for money in row.data.money:
            yield Money(activity=activity, amount=money.amount, source=money.source, form=money.form, note=money.note)


def _change(rows: list[RowResult], owned: dict, sheet_key: str, by: Seat, at: datetime.datetime) -> None:
    """Changed activities, each only from the version that was compared, while it is open and its own department's."""
    mine = Activity.objects.visible_to(by).filter(decided_at=None, status__in=OPEN, **owned)
    for row in rows:
        values = {name: getattr(row.data, name) for name in SIMPLE}
        same = mine.filter(pk=row.pk, version=row.version)
        if not same.update(version=F("version") + 1, changed_at=at, **values):
            sentence = _("Row %(row)s: the activity was changed in the meantime. Upload the file again")
            raise Refused(sentence % {"row": row.no})
    for start in range(0, len(rows), BATCH):
        _change_parts(rows[start : start + BATCH])
    _remember("activity.change", [Activity(pk=row.pk, province=owned["province"]) for row in rows], sheet_key, by, at)


def _change_parts(rows: list[RowResult]) -> None:
    """The parts that a sheet can tell, brought to what the rows say; all others stay as they are.

    Rows of parts that are kept keep their id, as in write_parts: other outputs, answers and adjustments hang on it.
    """
    ids = [row.pk for row in rows]
    _change_participants(rows, list(Participant.objects.filter(activity__in=ids)))
    _change_outputs(rows, {str(row.pk): row for row in Output.objects.filter(activity__in=ids, contributor=None)})
    _change_money(rows, list(Money.objects.filter(activity__in=ids).order_by("pk")))


def _change_participants(rows: list[RowResult], stored: list[Participant]) -> None:
    before = {(p.activity_id, p.department_id, p.name, p.role): p for p in stored}
    new, moved = [], []
    for row in rows:
        for position, body in enumerate(row.data.participants):
            identity = (row.pk, body.department and body.department.pk, body.name, body.role)
            old = before.pop(identity, None)
            if old is None:
                name = "" if body.department else body.name
                facts = {"department": body.department, "name": name, "role": body.role, "position": position}
                new.append(Participant(activity_id=row.pk, **facts))
            elif old.position != position:
                old.position = position
                moved.append(old)
    Participant.objects.filter(pk__in=[p.pk for p in before.values()]).delete()
    Participant.objects.bulk_create(new, batch_size=BATCH)
    Participant.objects.bulk_update(moved, ["position"], batch_size=BATCH)


def _change_outputs(rows: list[RowResult], before: dict[str, Output]) -> None:
    new, changed = [], []
    for row in rows:
        for position, said in enumerate(row.data.outputs):
            values = {"position": position, **{name: getattr(said, name) for name in COUNTED}}
            old = before.pop(said.key, None)
            if old is None:
                new.append(Output(activity_id=row.pk, **values))
            elif any(getattr(old, _column(name)) != _plain(value) for name, value in values.items()):
                changed.append((old.pk, values))
    gone = [output.pk for output in before.values()]
    Output.objects.filter(part_of__in=gone).update(part_of=None)
    Output.objects.filter(pk__in=gone).delete()
    for pk, values in changed:
        Output.objects.filter(pk=pk).update(**values)
    Output.objects.bulk_create(new, batch_size=BATCH)


def _column(name: str) -> str:
    return f"{name}_id" if name in {"measure", "group"} else name


def _plain(value):
    return value.pk if hasattr(value, "pk") else value


def _change_money(rows: list[RowResult], stored: list[Money]) -> None:
    """A sheet tells one amount; who has several keeps them, row by row in their order."""
    before = defaultdict(list)
    for money in stored:
        before[money.activity_id].append(money)
    new, changed, gone = [], [], []
    for row in rows:
        old, said = before[row.pk], row.data.money
        gone += [money.pk for money in old[len(said) :]]
        for money, values in zip(old, said, strict=False):
            if (money.amount, money.source_id, money.form) != (values.amount, values.source.pk, values.form):
                money.amount, money.source, money.form = values.amount, values.source, values.form
                changed.append(money)
        new += [Money(activity_id=row.pk, amount=m.amount, source=m.source, form=m.form) for m in said[len(old) :]]
    Money.objects.filter(pk__in=gone).delete()
    Money.objects.bulk_update(changed, ["amount", "source", "form"], batch_size=BATCH)
    Money.objects.bulk_create(new, batch_size=BATCH)


def _remember(verb: str, activities: list[Activity], sheet_key: str, by: Seat, at: datetime.datetime) -> None:
    """One line of the log for each activity; it names the file, so that the next upload knows its own changes."""
    Event.objects.bulk_create(
        (
            Event(
                at=at,
                seat=by,
                user=by.user,
                province=activity.province,
                verb=verb,
                object_type=Activity._meta.label_lower,
                object_id=str(activity.pk),
                details={"sheet": sheet_key},
            )
            for activity in activities
        ),
        batch_size=BATCH,
    )
