"""What pages of one activity print: results with what is special about each, bodies, money, papers, evidence."""

import dataclasses

from activities.forms.photos import is_photo
from activities.models import Output
from activities.operations.evidence import SHUT
from activities.queries.flags import MANY_TIMES, times_of_last_year
from activities.views.desk import DASH, Desk, Shown, hidden_number, hides_small, shown
from provinces.models import Event
from provinces.vietnamese import format_number


@dataclasses.dataclass(frozen=True)
class Line:
    """A result as the page prints it, with what the seat may do with it."""

    shown: Shown
    adjusted: str
    last_year: str
    jumps: bool
    parts: str
    marks: bool
    adjusts: bool
    own: bool

    @property
    def output(self) -> Output:
        return self.shown.output


def facts(desk: Desk, *, compares: bool = False) -> dict:
    """Everything that pages of one activity print; with `compares` last year stands beside each result."""
    row = desk.activity
    lines = _lines(desk)
    supports = row.supports.prefetch_related("donors__department__names", "money__source")
    locked = desk.place.campaign.locked_at
    return {
        "place": desk.place,
        "desk": desk,
        "activity": row,
        "line": desk.row,
        "outputs": [line for line in lines if not line.output.support_id],
        "supports": [(s, [line for line in lines if line.output.support_id == s.pk]) for s in supports],
        "compares": compares,
        "columns": 7 if compares else 6,
        "inspections": row.inspections.prefetch_related("bodies__department__names"),
        "money": row.money.select_related("source", "support").order_by("pk"),
        "documents": row.documents.prefetch_related("issuer__names", "drafter__names"),
        "evidence": _evidence(desk),
        "adds_evidence": "own_editor" in desk.powers and row.status not in SHUT and not locked,
        "locked": locked,
        "events": Event.objects.about(row).select_related("user"),
        "versions": row.versions.order_by("no").select_related("by__user"),
        "participants": row.participants.all(),
        "merged": row.merged.select_related("owner").prefetch_related("owner__names"),
        "owner_name": row.owner.name_on(row.starts_on or desk.place.campaign.opens_on).name,
    }


def _evidence(desk: Desk) -> list:
    pieces = list(
        desk.activity.evidence.select_related("file", "by__department").prefetch_related("by__department__names")
    )
    for piece in pieces:
        piece.shows = is_photo(piece.file.name)
        piece.kind = piece.file.name.rpartition(".")[2].upper()
        piece.others = piece.by.department if piece.by.department_id != desk.activity.owner_id else None
    return pieces


def _lines(desk: Desk) -> list[Line]:
    rows = desk.activity.outputs.select_related(
        "measure", "group", "part_of__measure", "part_of__activity", "contributor"
    )
    outputs = list(rows.prefetch_related("adjustments", "contributor__names", "parts"))
    mine = desk.seat.reach.departments if desk.seat.writes else frozenset()
    return [_line(desk, output, mine) for output in outputs]


def _line(desk: Desk, output: Output, mine) -> Line:
    activity = desk.activity
    hides = hides_small(output, activity, desk.seat)
    before = desk.last_year.get((activity.owner_id, output.measure_id))
    waits = output.awaiting or activity.status != activity.Status.ACCEPTED
    return Line(
        shown(output, activity, desk.seat),
        adjusted=_adjusted(output, hides),
        last_year=hidden_number(before.total, hides) if before else DASH,
        jumps=times_of_last_year(output, activity, desk.last_year) > MANY_TIMES,
        parts=_parts(output, hides),
        marks=desk.marks and not output.awaiting,
        adjusts=desk.adjusts and output.quantity is not None and not output.awaiting,
        own=output.contributor_id in mine and desk.adds_own and waits,
    )


def _adjusted(output: Output, hides: bool) -> str:
    """The number after the province's adjustments; nothing without one."""
    deltas = [row.delta for row in output.adjustments.all()]
    return hidden_number(output.quantity + sum(deltas), hides) if deltas and output.quantity is not None else ""


def _parts(output: Output, hides: bool) -> str:
    """“3 + 2 + 1 = 6” of the parts inside a number; nothing without parts, or where small ones are hidden."""
    numbers = [row.quantity for row in output.parts.all() if row.quantity is not None]
    if len(numbers) < 2 or hides:
        return ""
    return f"{' + '.join(format_number(n) for n in numbers)} = {format_number(sum(numbers))}"
