"""Sealing the log: line after line into a chain; who writes lines never waits for it."""

from django.db import IntegrityError, transaction

from provinces.models import Event, Seal
from provinces.trail import head, sealed

AT_ONCE = 5000  # lines sealed in one transaction
LATE = 100_000  # a line may be written with a number so much older than the newest sealed one


def seal_events() -> int:
    """Seal what was written since the last time, in the order of the lines; returns how many.

    A line whose transaction ended late has an older number and comes behind the lines sealed before it. Two
    sealers at once write the same number, which the database refuses to one of them: it seals nothing.
    """
    count = 0
    while True:
        try:
            done = _seal_some()
        except IntegrityError:
            return count
        count += done
        if done < AT_ONCE:
            return count


@transaction.atomic
def _seal_some() -> int:
    end, last = head(), Seal.objects.order_by("-event_id").values_list("event_id", flat=True).first() or 0
    events = Event.objects.filter(seal=None, pk__gt=last - LATE).order_by("pk")[:AT_ONCE]
    seals, before = [], end.sha256
    for no, event in enumerate(events, end.no + 1):
        before = sealed(before, event)
        seals.append(Seal(no=no, event=event, sha256=before))
    Seal.objects.bulk_create(seals, batch_size=500)
    return len(seals)
