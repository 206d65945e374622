"""The shape in which an activity is handed to operations: what was read from a form, a sheet, a file or the API."""

import dataclasses
import datetime
import decimal
import uuid

from activities.models import Activity, Output
from campaigns.models import ActivityType, Audience, BeneficiaryGroup, Measure, MoneySource, Programme
from provinces.models import Department, Unit
from provinces.vietnamese import nfc


class Composed:
    """Text is composed (NFC) however it was typed or imported, so that what looks alike is alike."""

    def __post_init__(self):
        for each in dataclasses.fields(self):
            value = getattr(self, each.name)
            if isinstance(value, str):
                object.__setattr__(self, each.name, nfc(value))


EVENTS = {"cuộc", "buổi", "lớp"}  # units of which an activity is one when nothing else is said


@dataclasses.dataclass(frozen=True)
class ParticipantData(Composed):
    """A body that took part, from the list or as typed."""

    role: str
    department: Department | None = None
    name: str = ""


@dataclasses.dataclass(frozen=True)
class OutputData(Composed):
    """A counted result. `key` names it inside the activity (the row's id as text when it exists already).

    `part_of` is the key of another output of the same activity, or an Output of another one; `support` and
    `inspection` are keys of those groups.
    """

    measure: Measure
    quantity: int | None = None
    certainty: str = "exact"
    text: str = ""
    female: int | None = None
    male: int | None = None
    children: int | None = None
    girls: int | None = None
    boys: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    rate: decimal.Decimal | None = None
    label: str = ""
    role: str = ""
    group: BeneficiaryGroup | None = None
    counted_on: datetime.date | None = None
    key: str = ""
    part_of: "str | Output" = ""
    support: str = ""
    inspection: str = ""


@dataclasses.dataclass(frozen=True)
class MoneyData(Composed):
    """An amount in whole đồng; `support` is the key of the gift it paid for."""

    amount: int
    source: MoneySource
    form: str = "cash"
    support: str = ""
    note: str = ""


@dataclasses.dataclass(frozen=True)
class SupportData(Composed):
    """A visit or gift; `donors` are positions in the activity's participants, from 0."""

    key: str
    label: str = ""
    gifts: str = ""
    donors: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True)
class InspectedData(Composed):
    """An inspected body, from the list or as typed."""

    department: Department | None = None
    name: str = ""
    finding: str = ""
    due: datetime.date | None = None
    done_on: datetime.date | None = None


@dataclasses.dataclass(frozen=True)
class InspectionData(Composed):
    """An inspection: who decided it, and whom it saw."""

    decision: str = ""
    bodies: tuple[InspectedData, ...] = ()
    key: str = ""


@dataclasses.dataclass(frozen=True)
class DocumentData(Composed):
    """A document that was issued, its number as typed."""

    title: str
    number: str = ""
    dated: datetime.date | None = None
    kind: str = ""
    issuer: Department | None = None
    issuer_name: str = ""
    drafter: Department | None = None


@dataclasses.dataclass(frozen=True)
class ActivityData(Composed):
    """Everything that a person says about one activity."""

    type: ActivityType
    title: str
    scope: str = Activity.Scope.MONTH
    description: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    precision: str = Activity.Precision.DAY
    place: str = ""
    place_unit: Unit | None = None
    window_reason: str = ""
    task_lineage: uuid.UUID | None = None
    parent: Activity | None = None
    audiences: tuple[Audience, ...] = ()
    programmes: tuple[Programme, ...] = ()
    participants: tuple[ParticipantData, ...] = ()
    outputs: tuple[OutputData, ...] = ()
    money: tuple[MoneyData, ...] = ()
    supports: tuple[SupportData, ...] = ()
    inspections: tuple[InspectionData, ...] = ()
    documents: tuple[DocumentData, ...] = ()
