"""Reading notices: which ones a seat sees, and what they say in the reader's language."""

import dataclasses

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from provinces.models import Notice, Seat
from provinces.vietnamese import capitalise


def heard_by(role: str) -> set[str]:
    """The roles whose notices a seat reads: those for everybody, its own, and an approver also the editor's."""
    return {"", role} | ({Seat.Role.EDITOR} if role == Seat.Role.APPROVER else set())


def notices_for(seat: Seat) -> QuerySet[Notice]:
    """What the seat's department, or one it succeeded, was told; the newest first."""
    rows = Notice.objects.filter(department__in=seat.reach.departments, role__in=heard_by(seat.role))
    return rows.order_by("-at", "-id")


def unread(seat: Seat | None) -> int:
    """How many notices nobody in the department has read; at most a hundred are counted."""
    return 0 if seat is None else notices_for(seat).filter(read_at=None)[:100].count()


@dataclasses.dataclass(frozen=True)
class Said:
    """A notice in words: what happened, and what follows from it."""

    heading: str
    words: str


def said(notice: Notice) -> Said:
    """The stored English sentence, translated and filled; its first line is the heading."""
    try:
        text = gettext(notice.sentence) % notice.slots
    except (KeyError, TypeError, ValueError):
        text = notice.sentence  # written by a newer or older program: better raw than lost
    heading, _newline, words = text.partition("\n")
    words = capitalise(words)
    if notice.slots.get("days"):
        words = ". ".join(filter(None, [gettext("Dates: %(days)s") % notice.slots, words]))
    return Said(capitalise(heading), words)


def year_of(notices) -> str:
    """The latest year that the notices are about; empty when none says."""
    return max((str(notice.slots.get("year", "")) for notice in notices), default="")


def unmailed(since) -> QuerySet[Notice]:
    """Notices from `since` on that no letter has carried yet, oldest first."""
    return Notice.objects.filter(Q(mailed_at=None), at__gte=since).order_by("at", "id")
