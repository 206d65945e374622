"""What a department has recorded already, in the shape of operations and as the texts of a sheet's row."""

import datetime

from django.db.models import CharField, Prefetch, prefetch_related_objects
from django.db.models.functions import Cast

from activities.models import Activity, Inspected, Output, Participant
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
from activities.operations.entry import SIMPLE
from activities.operations.parts import COUNTED
from activities.sheets.columns import CERTAINTIES, ROLES
from activities.sheets.lists import Lists
from campaigns.models import Campaign, Measure
from provinces.models import Department, Event
from provinces.vietnamese import certain, format_date, format_number

WORDS = {certainty: word for word, certainty in CERTAINTIES.items()}
ROLE_WORDS = {role: word for word, role in ROLES.items()}


# Prefetched and not joined: a measure or department that thousands of rows name is one object.
PARTS = (
    "place_unit__province",
    Prefetch("participants", Participant.objects.order_by("position", "id")),
    "participants__department",
    Prefetch("outputs", Output.objects.filter(contributor=None).order_by("position", "id")),  # others' stay theirs
    "outputs__measure",
    "outputs__group",
    "outputs__part_of",
    "money__source",
    "supports__donors",
    Prefetch("inspections__bodies", Inspected.objects.select_related("department")),
    "documents__issuer",
    "documents__drafter",
    "audiences",
    "programmes",
    "parent",
)


def recorded(department: Department, campaign: Campaign | None, year: int) -> list[Activity]:
    """All activities of a department in the month (without a campaign: of the year outside it), parts included."""
    return with_parts(titles(department, campaign, year))


def titles(department: Department, campaign: Campaign | None, year: int) -> list[Activity]:
    """The same activities without their parts: enough to find which one a row is about."""
    rows = Activity.objects.filter(owner=department, year=year, campaign=campaign).order_by("starts_on", "id")
    return list(rows.prefetch_related("type__count_measure", "type__attendance_measure"))


def with_parts(activities: list[Activity]) -> list[Activity]:
    """The activities with everything that they say, in a fixed number of queries."""
    prefetch_related_objects(activities, *PARTS)
    return activities


def data_of(activity: Activity) -> ActivityData:
    """Everything the activity says; handed to operations unchanged it changes nothing."""
    participants = list(activity.participants.all())
    places = {row.pk: place for place, row in enumerate(participants)}
    return ActivityData(
        **{name: getattr(activity, name) for name in SIMPLE},
        audiences=tuple(activity.audiences.all()),
        programmes=tuple(activity.programmes.all()),
        participants=tuple(ParticipantData(p.role, p.department, p.name) for p in participants),
        outputs=tuple(_output(row, activity) for row in activity.outputs.all()),
        money=tuple(
            MoneyData(m.amount, m.source, m.form, str(m.support_id or ""), m.note) for m in activity.money.all()
        ),
        supports=tuple(
            SupportData(str(s.pk), s.label, s.gifts, tuple(sorted(places[d.pk] for d in s.donors.all())))
            for s in activity.supports.all()
        ),
        inspections=tuple(
            InspectionData(
                i.decision,
                tuple(InspectedData(b.department, b.name, b.finding, b.due, b.done_on) for b in i.bodies.all()),
                str(i.pk),
            )
            for i in activity.inspections.all()
        ),
        documents=tuple(
            DocumentData(d.title, d.number, d.dated, d.kind, d.issuer, d.issuer_name, d.drafter)
            for d in activity.documents.all()
        ),
    )


def _output(row: Output, activity: Activity) -> OutputData:
    inside = row.part_of is not None and row.part_of.activity_id == activity.pk
    return OutputData(
        **{name: getattr(row, name) for name in COUNTED},
        key=str(row.pk),
        part_of=str(row.part_of_id) if inside else (row.part_of or ""),
        support=str(row.support_id or ""),
        inspection=str(row.inspection_id or ""),
    )


def plain_output(data: ActivityData, measure: Measure | None) -> OutputData | None:
    """The output that one box holds: the first of its measure that belongs to no group and has no name of its own."""
    return next((row for row in data.outputs if row.measure == measure and is_plain(row)), None)


def is_plain(row: OutputData) -> bool:
    return not (row.support or row.inspection or row.part_of or row.label or row.role or row.group)


def counted_output(data: ActivityData, lists: Lists) -> OutputData | None:
    """What “Số lượng” shows: the type's own count, else the first product that the list offers."""
    own = plain_output(data, data.type.count_measure) if data.type.count_measure else None
    offered = (row for row in data.outputs if is_plain(row) and lists.measures.label(row.measure))
    return own or next(offered, None)


def texts_of(data: ActivityData, owner: Department, lists: Lists, names: dict[int, str]) -> dict[str, str]:
    """The row of an activity as texts by column; `names` are the departments' names."""
    count = counted_output(data, lists)
    people = plain_output(data, data.type.attendance_measure) if data.type.attendance_measure else None
    other = count is not None and count.measure != data.type.count_measure
    starts, ends = _days(data)
    return {
        "task": lists.tasks.label(data.task_lineage) if data.task_lineage else "",
        "type": data.type.name,
        "title": data.title,
        "starts": starts,
        "ends": ends,
        "place": data.place,
        "counted": lists.measures.label(count.measure) if other else "",
        "count": _quantity(count),
        **_people(people),
        "role": _own_role(data, owner),
        "partners": "; ".join(_partners(data, owner, names)),
        **_money(data),
        "reason": data.window_reason,
        "note": data.description,
    }


def _days(data: ActivityData) -> tuple[str, str]:
    if data.precision == Activity.Precision.YEAR or data.starts_on is None:
        return "", ""
    write = format_date if data.precision == Activity.Precision.DAY else _month
    return write(data.starts_on), write(data.ends_on) if data.ends_on else ""


def _month(day: datetime.date) -> str:
    return f"{day:%m}/{day.year}"


def _quantity(row: OutputData | None) -> str:
    if row is None or row.certainty == "rate":
        return ""
    return certain(row.quantity, row.certainty, row.text)


def _people(row: OutputData | None) -> dict[str, str]:
    """The number and its certainty apart, as the two columns have them."""
    if row is None or row.certainty == "rate":
        return dict.fromkeys(("people", "certainty", "female", "male", "children"), "")
    number = row.text if row.certainty == "text" else certain(row.quantity)
    shown = {name: getattr(row, name) for name in ("female", "male", "children")}
    return {
        "people": number,
        "certainty": "" if row.certainty in {"exact", "unknown"} else WORDS[row.certainty],
        **{name: "" if value is None else format_number(value) for name, value in shown.items()},
    }


def _own_role(data: ActivityData, owner: Department) -> str:
    return next((ROLE_WORDS.get(p.role, "") for p in data.participants if p.department == owner), "")


def _partners(data: ActivityData, owner: Department, names: dict[int, str]) -> list[str]:
    helping = [p for p in data.participants if p.role == Participant.Role.CO and p.department != owner]
    return [(names.get(p.department.pk) or str(p.department)) if p.department else p.name for p in helping]


def _money(data: ActivityData) -> dict[str, str]:
    if not data.money:
        return {"money": "", "source": ""}
    total = format_number(sum(row.amount for row in data.money))
    return {"money": total, "source": data.money[0].source.name if len(data.money) == 1 else ""}


def last_changes(department: Department, campaign: Campaign | None, year: int) -> dict[int, Event]:
    """The last line of the log about each activity of the department, by the activity's id; one query."""
    own = Activity.objects.filter(owner=department, year=year, campaign=campaign)
    ids = own.order_by().annotate(text_id=Cast("pk", CharField())).values("text_id")
    lines = Event.objects.filter(object_type=Activity._meta.label_lower, object_id__in=ids).order_by("id")
    return {int(event.object_id): event for event in lines}
