"""The parts of an activity: participants, groups, outputs, money and papers are written and replaced together.

Rows that are kept keep their id: an output that is a part of another, a participant that has answered, an
adjustment by the province all hang on it. A row is kept when its key is its id.
"""

from activities.models import (
    Activity,
    Inspected,
    Inspection,
    IssuedDocument,
    Money,
    Output,
    Participant,
    Support,
)
from activities.operations.shape import ActivityData, OutputData

COUNTED = (
    "measure",
    "quantity",
    "certainty",
    "text",
    "female",
    "male",
    "children",
    "girls",
    "boys",
    "numerator",
    "denominator",
    "rate",
    "label",
    "role",
    "group",
    "counted_on",
)


def write_parts(activity: Activity, data: ActivityData) -> None:
    """Make the parts of `activity` what `data` says, keeping rows that are still there."""
    activity.audiences.set(data.audiences)
    activity.programmes.set(data.programmes)
    participants = _write_participants(activity, data)
    supports = _write_supports(activity, data, participants)
    inspections, old = _write_inspections(activity, data)
    _write_outputs(activity, data, supports, inspections)
    old.delete()
    activity.supports.exclude(pk__in=[row.pk for row in supports.values()]).delete()
    _write_money(activity, data, supports)
    _write_documents(activity, data)


def _write_participants(activity: Activity, data: ActivityData) -> list[Participant]:
    """The participants in the order handed in; who had answered in the same role keeps the answer."""
    before = {(p.department_id, p.name, p.role): p for p in activity.participants.all()}
    kept = [before.pop((row.department and row.department.pk, row.name, row.role), None) for row in data.participants]
    activity.participants.filter(pk__in=[p.pk for p in before.values()]).delete()
    rows = []
    for position, (row, old) in enumerate(zip(data.participants, kept, strict=True)):
        participant = old or Participant(
            activity=activity, department=row.department, name="" if row.department else row.name, role=row.role
        )
        participant.position = position
        participant.save()
        rows.append(participant)
    return rows


def _write_supports(activity: Activity, data: ActivityData, participants: list[Participant]) -> dict[str, Support]:
    before = {str(row.pk): row for row in activity.supports.all()}
    found = {}
    for position, row in enumerate(data.supports):
        support = before.get(row.key) or Support(activity=activity)
        support.label, support.gifts, support.position = row.label, row.gifts, position
        support.save()
        support.donors.set([participants[i] for i in row.donors if i < len(participants)])
        found[row.key] = support
    return found


def _write_inspections(activity: Activity, data: ActivityData):
    """The new inspections by key, and the old ones, to be deleted once no output hangs on them."""
    old = Inspection.objects.filter(pk__in=list(activity.inspections.values_list("pk", flat=True)))
    found = {}
    for n, row in enumerate(data.inspections):
        inspection = Inspection.objects.create(activity=activity, decision=row.decision)
        Inspected.objects.bulk_create(
            Inspected(
                inspection=inspection,
                department=body.department,
                name="" if body.department else body.name,
                finding=body.finding,
                due=body.due,
                done_on=body.done_on,
            )
            for body in row.bodies
        )
        found[row.key or str(n)] = inspection
    return found, old


def _write_outputs(activity: Activity, data: ActivityData, supports: dict, inspections: dict) -> None:
    """The recorder's outputs; what participants added is theirs and stays as it is."""
    rows = list(activity.outputs.all())
    before = {str(row.pk): row for row in rows if row.contributor_id is None}
    added = {str(row.pk): row for row in rows if row.contributor_id is not None}
    written = []
    for position, row in enumerate(data.outputs):
        if row.key in added:
            written.append(added[row.key])
            continue
        output = before.pop(row.key, None) or Output(activity=activity)
        for name in COUNTED:
            setattr(output, name, getattr(row, name))
        output.position, output.part_of = position, None
        output.support, output.inspection = supports.get(row.support), inspections.get(row.inspection)
        output.save()
        written.append(output)
    gone = [row.pk for row in before.values()]
    Output.objects.filter(part_of__in=gone).update(part_of=None)
    activity.outputs.filter(pk__in=gone).delete()
    _join_parts(data.outputs, written)


def _join_parts(rows: tuple[OutputData, ...], written: list[Output]) -> None:
    keys = {row.key: output for row, output in zip(rows, written, strict=True) if row.key}
    for row, output in zip(rows, written, strict=True):
        if row.part_of and output.contributor_id is None:
            output.part_of = row.part_of if isinstance(row.part_of, Output) else keys[row.part_of]
            output.save(update_fields=["part_of"])


def _write_money(activity: Activity, data: ActivityData, supports: dict) -> None:
    activity.money.all().delete()
    Money.objects.bulk_create(
        Money(
            activity=activity,
            amount=row.amount,
            source=row.source,
            form=row.form,
            support=supports.get(row.support),
            note=row.note,
        )
        for row in data.money
    )


def _write_documents(activity: Activity, data: ActivityData) -> None:
    activity.documents.all().delete()
    IssuedDocument.objects.bulk_create(
        IssuedDocument(
            activity=activity,
            number=row.number,
            dated=row.dated,
            kind=row.kind,
            title=row.title,
            issuer=row.issuer,
            issuer_name="" if row.issuer else row.issuer_name,
            drafter=row.drafter,
        )
        for row in data.documents
    )


def content_of(activity: Activity) -> dict:
    """Everything an activity says, as plain values: what a version keeps."""
    fields = (
        "scope",
        "type_id",
        "title",
        "description",
        "starts_on",
        "ends_on",
        "precision",
        "place",
        "place_unit_id",
        "window_reason",
        "task_lineage",
        "parent_id",
        "status",
    )
    content = {name: _plain(getattr(activity, name)) for name in fields}
    content["audiences"] = list(activity.audiences.values_list("code", flat=True))
    content["programmes"] = list(activity.programmes.values_list("code", flat=True))
    lists = ("participants", "supports", "inspections", "outputs", "money", "documents")
    for name in lists:
        content[name] = [_plain_row(row) for row in getattr(activity, name).order_by("pk").values()]
    for said, inspection in zip(content["inspections"], activity.inspections.order_by("pk"), strict=True):
        said["bodies"] = [_plain_row(row) for row in inspection.bodies.order_by("pk").values()]
    for said, support in zip(content["supports"], activity.supports.order_by("pk"), strict=True):
        said["donors"] = sorted(support.donors.values_list("pk", flat=True))
    adjustments = activity.outputs.filter(adjustments__isnull=False).values(
        "pk", "adjustments__delta", "adjustments__reason"
    )
    content["adjustments"] = [_plain_row(row) for row in adjustments]
    return content


def _plain_row(row: dict) -> dict:
    return {name: _plain(value) for name, value in row.items() if name != "activity_id"}


def _plain(value):
    return value if value is None or isinstance(value, (str, int)) else str(value)
