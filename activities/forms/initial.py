"""What stands in the boxes before anything is typed: an activity being corrected, or a task of the plan."""

from activities.forms.entry import RECORDS_ONLY
from activities.forms.reading import SPLITS
from activities.forms.rows import Share
from activities.models import Activity, Output, Participant
from activities.queries import main_output
from campaigns.models import Task
from provinces.vietnamese import Quantity


def of_task(task: Task) -> dict:
    """Type, title, place and, where the plan names a single day, the date."""
    one_day = task.ends_on in {None, task.starts_on}
    return {
        "entry": {
            "task": str(task.lineage),
            "type": task.type_id,
            "title": task.title,
            "place": task.place,
            "starts_on": task.starts_on if one_day else None,
        }
    }


def of_activity(activity: Activity, sheet_bodies, sheet_units) -> dict:
    """Everything an activity says, as the boxes show it; directories give the labels under which names are found."""
    count = main_output(activity, activity.type.count_measure)
    people = main_output(activity, activity.type.attendance_measure)
    quick = {row.pk for row in (count, people) if row}
    own = [row for row in activity.outputs.all() if row.contributor_id is None]  # participants' results are theirs
    outputs = [row for row in own if row.pk not in quick]
    inside = {row.pk for row in activity.outputs.all()}
    wholes = {row.part_of_id: row.part_of for row in outputs if row.part_of_id and row.part_of_id not in inside}
    marks = {row.pk: key for row, key in ((count, "so-luong"), (people, "so-nguoi")) if row}
    supports = list(activity.supports.prefetch_related("donors__department__names"))
    inspections = list(activity.inspections.order_by("pk").prefetch_related("bodies__department__names"))
    return {
        "entry": _entry(activity, count, people, sheet_units),
        "quick": {"count": str(count.pk) if count else "", "people": str(people.pk) if people else ""},
        "wholes": {pk: _name(row) for pk, row in wholes.items()},
        "whole_rows": {f"o{pk}": row for pk, row in wholes.items()},
        "participants": _participants(activity, supports, sheet_bodies),
        "outputs": [_output(row, marks, inside, inspections) for row in outputs],
        "money": [
            {"amount": m.amount, "source": m.source_id, "form": m.form, "support": m.support_id, "note": m.note}
            for m in activity.money.order_by("pk")
        ],
        "supports": [_support(row, sheet_bodies) for row in supports],
        "inspected": [_inspected(body, row, sheet_bodies) for row in inspections for body in row.bodies.all()],
        "documents": [_document(row, sheet_bodies) for row in activity.documents.all()],
    }


def _entry(activity: Activity, count: Output | None, people: Output | None, units) -> dict:
    own = _own(activity)
    said = {
        "owner": str(activity.owner_id),
        "task": str(activity.task_lineage or ""),
        "type": activity.type_id,
        "own_role": own.role if own else RECORDS_ONLY,
        "place_unit": units.label_of(activity.place_unit) if activity.place_unit else "",
        "count": _amount(count) if count else "",
        "audiences": [row.pk for row in activity.audiences.all()],
        "programmes": [row.pk for row in activity.programmes.all()],
        "version": activity.version,
    }
    same = ("title", "starts_on", "ends_on", "place", "scope", "precision", "window_reason", "description")
    return {**said, **{name: getattr(activity, name) for name in same}, **_people(people)}


def _own(activity: Activity) -> Participant | None:
    """The recorder's own row; one that only gave belongs to the support."""
    rows = [p for p in activity.participants.all() if p.department_id == activity.owner_id]
    return next((p for p in rows if p.role != Participant.Role.DONOR), None)


def _people(people: Output | None) -> dict:
    if people is None:
        return {}
    said = {name: getattr(people, name) for name in SPLITS}
    rest = people.text if people.certainty == "text" else people.not_split
    split = people.female is not None or people.male is not None
    return {**said, "certainty": people.certainty, "rest": "" if rest == 0 and split else _plain(rest)}


def _plain(value) -> str:
    return str(Quantity(value, "exact")) if isinstance(value, int) else value or ""


def _amount(output: Output) -> str:
    if output.certainty == "rate":
        rate = None if output.numerator is not None else output.rate
        return str(Share(rate, output.numerator, output.denominator))
    if output.certainty == "unknown":
        return "không rõ"
    return str(Quantity(output.quantity, output.certainty, output.text))


def _participants(activity: Activity, supports: list, bodies) -> list[dict]:
    """Everybody but the recorder in its first role and those who only gave."""
    found, own = [], _own(activity)
    donors = {donor.pk for row in supports for donor in row.donors.all()}
    for row in activity.participants.all():
        if row != own and not (row.role == Participant.Role.DONOR and row.pk in donors):
            body = bodies.label_of(row.department) if row.department else row.name
            found.append({"body": body, "role": row.role, "other": row.department is None})
    return found


def _output(row: Output, marks: dict, inside: set, inspections: list) -> dict:
    same = (*SPLITS, "label", "role", "counted_on")
    part_of = marks.get(row.part_of_id) or (
        "" if row.part_of_id is None else str(row.part_of_id) if row.part_of_id in inside else f"o{row.part_of_id}"
    )
    order = [inspection.pk for inspection in inspections]
    return {
        **{name: getattr(row, name) for name in same},
        "key": str(row.pk),
        "measure": row.measure_id,
        "amount": _amount(row),
        "certainty": "exact" if row.certainty == "rate" else row.certainty,
        "group": row.group_id,
        "part_of": part_of,
        "support": str(row.support_id or ""),
        "inspection": f"k{order.index(row.inspection_id)}" if row.inspection_id in order else "",
    }


def _support(row, bodies) -> dict:
    names = [bodies.label_of(d.department) if d.department else d.name for d in row.donors.all()]
    return {"key": str(row.pk), "label": row.label, "gifts": row.gifts, "donors": "\n".join(names)}


def _inspected(body, inspection, bodies) -> dict:
    name = bodies.label_of(body.department) if body.department else body.name
    said = {"decision": inspection.decision, "body": name, "finding": body.finding}
    return {**said, "due": body.due, "done_on": body.done_on}


def _document(row, bodies) -> dict:
    issuer = bodies.label_of(row.issuer) if row.issuer else row.issuer_name
    said = {name: getattr(row, name) for name in ("number", "dated", "kind", "title")}
    return {**said, "issuer": issuer, "drafter": bodies.label_of(row.drafter) if row.drafter else ""}


def _name(output: Output) -> str:
    return f"{output.activity.title}: {output.label or output.measure.name}"
