"""The log as a chain: what is hashed, and where a chain that was tampered with breaks first."""

import dataclasses
import datetime
import hashlib
import json

from provinces.models import Event, Seal

BEGINNING = "0" * 64
AT_ONCE = 2000  # lines in memory
SEALED_WITHIN = datetime.timedelta(minutes=10)


@dataclasses.dataclass(frozen=True)
class Anchor:
    """How long the chain was and how it ended at some time, kept where nobody who owns the database can write."""

    no: int
    sha256: str

    def __str__(self):
        return f"{self.no} {self.sha256}"

    @classmethod
    def read(cls, text: str) -> "Anchor":
        """From “number hash …”; raises ValueError for anything else."""
        no, sha256 = text.split()[:2]
        return cls(int(no), sha256)


@dataclasses.dataclass(frozen=True)
class Break:
    """The first bad line: which seal and which event, and what is wrong with it."""

    no: int
    event: int | None
    word: str  # changed, missing, cut, other, unsealed


def sealed(before: str, event: Event) -> str:
    """The hash of a line and of everything before it."""
    line = [
        event.pk,
        event.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        event.seat_id,
        event.user_id,
        event.province_id,
        event.verb,
        event.object_type,
        event.object_id,
        event.details,
    ]
    text = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def first_break(*, at: datetime.datetime, anchors: tuple[Anchor, ...] = ()) -> Break | None:
    """The first line of the log that is not as it was sealed, or that an anchor contradicts; None when all are."""
    expected = {each.no: each.sha256 for each in anchors}
    before, no = BEGINNING, 0
    for seal in Seal.objects.select_related("event").order_by("no").iterator(AT_ONCE):
        no += 1
        if seal.no != no:
            return Break(no, None, "missing")
        if sealed(before, seal.event) != seal.sha256:
            return Break(no, seal.event_id, "changed")
        if expected.get(no, seal.sha256) != seal.sha256:
            return Break(no, seal.event_id, "other")
        before = seal.sha256
    if any(number > no for number in expected):
        return Break(no + 1, None, "cut")
    loose = Event.objects.filter(seal=None, at__lt=at - SEALED_WITHIN).order_by("pk").first()
    return Break(no + 1, loose.pk, "unsealed") if loose else None


def head() -> Anchor:
    """The end of the chain."""
    last = Seal.objects.order_by("no").last()
    return Anchor(last.no, last.sha256) if last else Anchor(0, BEGINNING)
