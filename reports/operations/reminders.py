"""Reminders of returns that are owed: written once per step, at most once a day, then mailed; a row is the truth."""

import datetime
import logging
from collections.abc import Iterable

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from campaigns.models import Recipient, Request
from campaigns.operations.guards import clean_text
from provinces.models import Duty, Seat
from provinces.workflow import Refused, record_event
from reports.models import Reminder
from reports.operations import telling
from reports.queries.monitoring import Line, lines_of, missing_lines, people_of
from reports.queries.reminders import Letter, due_step, letter_of
from reports.queries.returns import local_day

Step, Channel = Reminder.Step, Reminder.Channel
# Whom a step writes to: first who enters the data, then the head; an office with only one of them has that one.
HEARD_BY = {
    Step.SOON: (Seat.Role.EDITOR,),
    Step.EVE: (Seat.Role.APPROVER,),
    Step.OVERDUE: (Seat.Role.EDITOR, Seat.Role.APPROVER),
    Step.BY_HAND: (Seat.Role.EDITOR, Seat.Role.APPROVER),
}
log = logging.getLogger(__name__)


@transaction.atomic
def remind(
    request: Request,
    recipients: Iterable[Recipient],
    words: str = "",
    *,
    channel: str = Channel.MAIL,
    by: Seat,
    at: datetime.datetime,
) -> list[Reminder]:
    """The office reminds departments now, with words of its own if it likes; whoever was reminded today is left out."""
    if not (by.writes and by.holds(Duty.Kind.STANDING_OFFICE, request.province, request.campaign.opens_on)):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    if request.closed_at:
        raise Refused(_("The request is closed: %(reason)s") % {"reason": request.closing_reason})
    words = clean_text(words, label=_("Words of your own"), field="words", longest=2000)
    chosen = {row.pk for row in recipients}
    lines = [each for each in missing_lines(lines_of(request, local_day(at))) if each.recipient.pk in chosen]
    made = _write(request, [(line, Step.BY_HAND) for line in lines], at, words=words, channel=channel, by=by)
    if not made:
        raise Refused(
            _("Nobody was left to remind: each unit gets at most one letter a day, and none once it has sent")
        )
    record_event("request.remind", request, by=by, at=at, details={"reminders": len(made), "channel": channel})
    return made


@transaction.atomic
def write_due_reminders(*, at: datetime.datetime) -> int:
    """Write the reminders of every open request whose step has come; running it again writes none twice."""
    requests = Request.objects.filter(closed_at=None, due__gte=at - datetime.timedelta(days=31))
    requests = requests.filter(campaign__locked_at=None, campaign__isnull=False)
    count = 0
    for request in requests.select_related("campaign", "province", "asker").order_by("id"):
        lines = missing_lines(lines_of(request, local_day(at)))
        steps = [(line, due_step(line, at)) for line in lines]
        made = _write(request, [(line, step) for line, step in steps if step], at, channel=Channel.MAIL, by=None)
        if made:
            record_event("request.remind", request, by=None, at=at, details={"reminders": len(made)})
        count += len(made)
    return count


def _write(
    request: Request,
    lines: list[tuple[Line, str]],
    at: datetime.datetime,
    *,
    channel: str,
    by: Seat | None,
    words: str = "",
) -> list[Reminder]:
    """Rows for those that have none of today and none of the step; of two writers at once, each row is one's."""
    today = local_day(at)
    prefetch_related_objects([request], "steps")
    ids = [line.recipient.pk for line, _step in lines]
    told = Reminder.objects.filter(recipient__in=ids)
    today_told = set(told.filter(day=today).values_list("recipient", flat=True))
    steps_told = set(told.exclude(step=Step.BY_HAND).values_list("recipient", "step"))
    rows = []
    for line, step in lines:
        if line.recipient.pk in today_told or (line.recipient.pk, step) in steps_told:
            continue
        letter = _letter(request, line, step, at, words)
        rows.append(
            Reminder(
                recipient=line.recipient,
                step=step,
                channel=channel,
                day=today,
                subject=letter.subject,
                text=letter.text,
                at=at,
                by=by,
            )
        )
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    told = {row.recipient_id for row in rows}
    dues = {line.state.department.pk: line.state.due for line, _step in lines if line.recipient.pk in told}
    telling.tell_reminded(request, dues, at=at)
    return rows


def _letter(request: Request, line: Line, step: str, at: datetime.datetime, words: str) -> Letter:
    with translation.override("vi"):
        return letter_of(request, line, step, at=at, words=words)


def mail_reminders(*, at: datetime.datetime) -> int:
    """Mail what was written and not yet mailed; a row is claimed before its letter goes, so none goes twice."""
    waiting = Reminder.objects.filter(channel=Channel.MAIL, mailed_at=None, at__gte=at - datetime.timedelta(days=3))
    rows = list(waiting.select_related("recipient").order_by("id"))
    people = people_of({row.recipient.department_id for row in rows}, timezone.localtime(at).date()) if rows else {}
    connection = get_connection() if rows else None
    return sum(_mail(row, people[row.recipient.department_id], connection, at) for row in rows)


def _mail(row: Reminder, seats: list[Seat], connection, at: datetime.datetime) -> int:
    if not Reminder.objects.filter(pk=row.pk, mailed_at=None).update(mailed_at=at):
        return 0
    to = addresses(seats, row.step)
    if not to:
        return 0
    try:
        return EmailMessage(row.subject, row.text, to=to, connection=connection).send()
    except OSError as fault:  # an address is not written into the log
        log.error("A reminder was not sent: %s", type(fault).__name__)
        Reminder.objects.filter(pk=row.pk).update(mailed_at=None)
        return 0


def addresses(seats: list[Seat], step: str) -> list[str]:
    """The addresses that a step writes to; where nobody of that role has one, whoever has."""
    reachable = [seat for seat in seats if seat.user.email]
    meant = [seat for seat in reachable if seat.role in HEARD_BY[step]] or reachable
    return list(dict.fromkeys(seat.user.email for seat in meant))
