"""Who has what open for writing: a sign of life every twenty seconds, forgotten a minute after the last one."""

import datetime

from django.db import transaction

from provinces.models import Presence, Seat
from provinces.queries import FORGOTTEN_AFTER


@transaction.atomic
def show_presence(row, part: str, *, by: Seat, at: datetime.datetime) -> Presence:
    """Note that `by` has `part` of the row open; those who fell silent are forgotten. No event: looking is no act."""
    here = _about(row)
    Presence.objects.filter(**here, seen_at__lt=at - FORGOTTEN_AFTER).delete()
    seen, _new = Presence.objects.update_or_create(
        seat=by, part=part, **here, defaults={"seen_at": at}, create_defaults={"seen_at": at, "since": at}
    )
    return seen


def end_presence(row, part: str, *, by: Seat) -> None:
    """Note that `by` has closed the part."""
    Presence.objects.filter(seat=by, part=part, **_about(row)).delete()


def _about(row) -> dict:
    return {"object_type": row._meta.label_lower, "object_id": str(row.pk)}
