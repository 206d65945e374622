"""Moves: the one way in which a row's status changes, from a table that each model carries."""

import dataclasses
import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from provinces.models.memory import Event
from provinces.models.people import Seat
from provinces.verbs import VERBS


class Refused(Exception):
    """An operation that may not happen; the sentence says what to do instead."""

    def __init__(self, sentence, *, field: str = ""):
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field


@dataclasses.dataclass(frozen=True)
class Move:
    """One line of a procedure: from which status to which, what it is called, whose power it takes."""

    source: str
    to: str
    verb: str
    power: str


def find_move(row, to: str) -> Move | None:
    """The line of the model's MOVES from the row's status to `to`, or None."""
    return next((m for m in type(row).MOVES if m.source == row.status and m.to == to), None)


def can_move(row, to: str, seat: Seat) -> bool:
    """True when the table has the move and the seat has the power for it on this row."""
    step = find_move(row, to)
    return step is not None and step.power in row.powers(seat)


def record_event(
    verb: str, row, *, by: Seat | None, at: datetime.datetime, province=None, details: dict | None = None
) -> Event:
    """Write the one line of the log that belongs to a change of `row`."""
    return Event.objects.create(
        at=at,
        seat=by,
        user=by.user if by else None,
        province=province if province is not None else getattr(row, "province", None),
        verb=verb,
        object_type=row._meta.label_lower,
        object_id=str(row.pk),
        details=details or {},
    )


@transaction.atomic
def move(row, to: str, *, by: Seat, at: datetime.datetime, details: dict | None = None, **changes):
    """Move `row` to status `to`, set `changes` with it, and write the event.

    The UPDATE names what the mover may see and the status that was read: a stranger moves nothing, and of two
    people pressing at once one wins. Raises Refused otherwise.
    """
    step = find_move(row, to)
    if step is None:
        raise Refused(
            _("This step is not possible now: the state is “%(state)s”") % {"state": row.get_status_display()}
        )
    if step.power not in row.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    moved = type(row).objects.visible_to(by).filter(pk=row.pk, status=row.status).update(status=to, **changes)
    if not moved:
        raise Refused(_already_moved(row))
    record_event(step.verb, row, by=by, at=at, details={"from": row.status, "to": to, **(details or {})})
    row.refresh_from_db()
    return row


def _already_moved(row) -> str:
    last = Event.objects.about(row).last()
    if last is None:
        return _("Somebody else has just changed this; nothing was done twice")
    return _("%(person)s already did this (%(move)s) at %(time)s, so this press had no effect") % {
        "person": last.user,
        "move": VERBS.get(last.verb, last.verb),
        "time": f"{last.at:%H:%M}",
    }
