"""What follows from activities: answers that are asked for, duplicates to settle, remedies that are overdue."""

import datetime

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import ngettext

from activities.queries import added_later, asked_of
from activities.queries.pairs import waiting_pairs
from activities.queries.remedies import OVERDUE, overdue_for
from provinces.vietnamese import format_number
from reports.queries.worklist import Desk, Work


def add_follow_ups(work: Work, desk: Desk) -> None:
    """Put them on the work list of who writes; the office follows up for the whole province."""
    if not desk.seat.writes or desk.place.campaign.locked_at:
        return
    where = (desk.seat, desk.place.province, desk.place.year)
    if n := asked_of(*where).count():
        words = ngettext(
            "Answer %(n)s activity that names your department", "Answer %(n)s activities that name your department", n
        )
        work.todo.append(desk.task(_counted(words, n), "todo", "asked"))
    _add_overdue(work, desk)
    if not desk.office:
        return
    if n := waiting_pairs(*where).count():
        words = ngettext("Compare %(n)s pair of suspected duplicates", "Compare %(n)s pairs of suspected duplicates", n)
        work.todo.append(desk.task(_counted(words, n), "todo", "duplicates"))
    if n := added_later(*where).count():
        words = ngettext(
            "Verify %(n)s result that a participant added", "Verify %(n)s results that participants added", n
        )
        work.todo.append(desk.task(_counted(words, n), "wait", "verify"))


def _add_overdue(work: Work, desk: Desk) -> None:
    today = timezone.localdate(desk.at)
    rows = overdue_for(desk.seat, desk.place.province, desk.place.year, today)
    found = rows.order_by().aggregate(n=Count("pk"), first=Min("due"))
    if found["n"]:
        words = ngettext("Follow up %(n)s overdue remedy", "Follow up %(n)s overdue remedies", found["n"])
        due = timezone.make_aware(datetime.datetime.combine(found["first"], datetime.time(23, 59)))
        task = desk.task(_counted(words, found["n"]), "todo", "inspections", due=due, query=f"xem={OVERDUE}")
        work.todo.append(task)


def _counted(words: str, n: int) -> str:
    return words % {"n": format_number(n)}
