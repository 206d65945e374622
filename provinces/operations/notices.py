"""Notices: a department is told of a step once, however often the step is repeated."""

import datetime
from collections.abc import Mapping

from provinces.models import Department, Notice, Seat
from provinces.notices import notices_for


def notify(
    department: Department, role: str, key: str, sentence: str, slots: dict, link: str = "", *, at: datetime.datetime
) -> Notice:
    """Tell a department of a step; `sentence` is an English msgid of a heading and a line, `slots` fill it.

    The key names the step: the same key tells the same people nothing twice. Slots arrive formatted, and hold no
    titles, figures or comments, because a letter carries them. Part of the operation that took the step.
    """
    said = {"sentence": sentence, "slots": slots, "link": link, "at": at}
    notice, _made = Notice.objects.get_or_create(department=department, role=role, key=key, defaults=said)
    return notice


def notify_each(
    slots: Mapping[int, tuple[str, dict]], role: str, key: str, link: str = "", *, at: datetime.datetime
) -> None:
    """Tell many departments of one step, {department id: (sentence, slots)}; one query in batches of the database."""
    Notice.objects.bulk_create(
        (
            Notice(department_id=pk, role=role, key=key, sentence=sentence, slots=filled, link=link, at=at)
            for pk, (sentence, filled) in slots.items()
        ),
        ignore_conflicts=True,
    )


def leave_out_of_letters(key: str, *, at: datetime.datetime) -> None:
    """What begins with this key was overtaken before its letter went: it stays on the page and goes into no letter."""
    Notice.objects.filter(key__startswith=key, mailed_at=None).update(mailed_at=at)


def mark_read(ids: list[int] | None = None, *, by: Seat, at: datetime.datetime) -> int:
    """Note that the department has read these notices, or all; returns how many. No event: reading is not an act."""
    rows = notices_for(by).filter(read_at=None)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return rows.order_by().update(read_at=at)
