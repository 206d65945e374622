"""Requests for reports: who asks whom, over which period, frozen when, due when."""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Recipient, Request, RequestStep
from campaigns.operations.guards import clean_line, clean_text, refuse_out_of_force
from provinces.models import Department, Seat
from provinces.vietnamese import format_date, format_moment
from provinces.workflow import Refused, record_event


@dataclasses.dataclass(frozen=True)
class RequestFacts:
    """Which report is asked for, over which days, with which two clocks."""

    kind: str
    scope: str
    year: int
    period_from: datetime.date
    period_to: datetime.date
    cut_off: datetime.datetime
    due: datetime.datetime
    subject: str = ""
    letter_number: str = ""
    letter_dated: datetime.date | None = None
    letter_text: str = ""
    outline: str = ""
    steps: Mapping[str, datetime.datetime] = dataclasses.field(default_factory=dict)


@transaction.atomic
def create_request(
    campaign: Campaign | None,
    facts: RequestFacts,
    *,
    asker: Department,
    recipients: Iterable[Department],
    by: Seat,
    at: datetime.datetime,
) -> Request:
    """Ask departments for reports; each must be in force on the last day of the period."""
    recipients = list(dict.fromkeys(recipients))
    _refuse_request(campaign, facts, asker, recipients, by)
    request = Request.objects.create(
        campaign=campaign,
        province=asker.unit.home_province,
        asker=asker,
        created_at=at,
        kind=facts.kind,
        scope=facts.scope,
        year=facts.year,
        period_from=facts.period_from,
        period_to=facts.period_to,
        cut_off=facts.cut_off,
        due=facts.due,
        letter_dated=facts.letter_dated,
        **_words(facts),
    )
    RequestStep.objects.bulk_create(
        RequestStep(request=request, kind=kind, at=day) for kind, day in facts.steps.items()
    )
    Recipient.objects.bulk_create(Recipient(request=request, department=body) for body in recipients)
    record_event("request.create", request, by=by, at=at, details={"recipients": len(recipients)})
    return request


def _words(facts: RequestFacts) -> dict[str, str]:
    """What was typed, cleaned: no line of it holds a private number."""
    return {
        "subject": clean_line(facts.subject, label=_("Subject"), field="subject", longest=250),
        "letter_number": clean_line(facts.letter_number, label=_("Number"), field="letter_number", longest=60),
        "letter_text": clean_text(facts.letter_text, label=_("Text of the letter"), field="letter_text"),
        "outline": clean_text(facts.outline, label=_("What the report should say"), field="outline"),
    }


@transaction.atomic
def add_recipients(
    request: Request, departments: Iterable[Department], *, by: Seat, at: datetime.datetime
) -> list[Department]:
    """Ask more departments under the same letter; those that were asked already are left as they are."""
    _refuse_stranger(request, by)
    _refuse_closed(request)
    asked = set(request.recipients.values_list("department", flat=True))
    new = [body for body in dict.fromkeys(departments) if body.pk not in asked]
    for body in new:
        refuse_out_of_force(body, request.period_to, field="recipients")
    if not new:
        raise Refused(_("Choose at least one department that is to report"), field="recipients")
    Recipient.objects.bulk_create((Recipient(request=request, department=body) for body in new), ignore_conflicts=True)
    record_event("request.add_recipients", request, by=by, at=at, details={"recipients": len(new)})
    return new


@transaction.atomic
def extend_recipient(
    recipient: Recipient, due: datetime.datetime, letter: str, *, by: Seat, at: datetime.datetime
) -> Recipient:
    """Give one department a later due time, by a letter whose number is kept."""
    request = recipient.request
    _refuse_stranger(request, by)
    _refuse_closed(request)
    letter = clean_line(letter, label=_("Number"), field="letter", longest=60)
    if not letter:
        raise Refused(_("Enter the number of the letter that extends the due time"), field="letter")
    if due <= request.due:
        raise Refused(
            _("The new due time %(new)s is not later than the one of all, %(due)s")
            % {"new": format_moment(due), "due": format_moment(request.due)},
            field="due",
        )
    Recipient.objects.filter(pk=recipient.pk).update(due=due, extension_letter=letter)
    details = {"department": recipient.department_id, "due": due.isoformat(), "letter": letter}
    record_event("request.extend", request, by=by, at=at, details=details)
    recipient.refresh_from_db()
    return recipient


@transaction.atomic
def close_request(request: Request, reason: str, *, by: Seat, at: datetime.datetime) -> Request:
    """Close a request: from now on nothing is sent under it. Only this closes, no deadline does."""
    _refuse_stranger(request, by)
    reason = clean_line(reason, label=_("Reason"), field="reason", longest=300)
    if not reason:
        raise Refused(_("Give the reason for closing; the departments read it"), field="reason")
    if not Request.objects.filter(pk=request.pk, closed_at=None).update(closed_at=at, closing_reason=reason):
        raise Refused(_("The request is closed already"))
    record_event("request.close", request, by=by, at=at, details={"reason": reason})
    request.refresh_from_db()
    return request


@transaction.atomic
def reopen_request(request: Request, reason: str, *, by: Seat, at: datetime.datetime) -> Request:
    """Open a closed request again; the log keeps both reasons."""
    _refuse_stranger(request, by)
    reason = clean_line(reason, label=_("Reason"), field="reason", longest=300)
    if not reason:
        raise Refused(_("Give the reason for opening it again"), field="reason")
    if not Request.objects.filter(pk=request.pk, closed_at__isnull=False).update(closed_at=None, closing_reason=""):
        raise Refused(_("The request is open"))
    record_event("request.reopen", request, by=by, at=at, details={"reason": reason})
    request.refresh_from_db()
    return request


def _refuse_stranger(request: Request, by: Seat) -> None:
    if not by.writes or request.asker_id not in by.reach.departments:
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})


def _refuse_closed(request: Request) -> None:
    if request.closed_at:
        raise Refused(_("The request is closed: %(reason)s") % {"reason": request.closing_reason})


def _refuse_request(
    campaign: Campaign | None, facts: RequestFacts, asker: Department, recipients: list[Department], by: Seat
) -> None:
    if not by.writes or asker.pk not in by.reach.departments:
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    if facts.kind == Request.Kind.MONTH and campaign is None:
        raise Refused(_("A report of the Action Month needs its campaign"), field="kind")
    if facts.period_to < facts.period_from:
        raise Refused(
            _("The end, %(end)s, is before the start, %(start)s")
            % {"end": format_date(facts.period_to), "start": format_date(facts.period_from)},
            field="period_to",
        )
    if facts.due < facts.cut_off:
        raise Refused(
            _("The due time %(due)s is before the cut-off %(cut_off)s")
            % {"due": format_moment(facts.due), "cut_off": format_moment(facts.cut_off)},
            field="due",
        )
    _refuse_steps(facts)
    if not recipients:
        raise Refused(_("Choose at least one department that is to report"), field="recipients")
    for body in recipients:
        refuse_out_of_force(body, facts.period_to, field="recipients")


def _refuse_steps(facts: RequestFacts) -> None:
    """Departments first, then compiling, the committee, the ministry."""
    before, last = _("departments"), facts.due
    for kind in RequestStep.Kind:
        day = facts.steps.get(kind)
        if day is None:
            continue
        if day < last:
            slots = {"step": kind.label, "at": format_moment(day), "before": before, "last": format_moment(last)}
            raise Refused(
                _("“%(step)s” at %(at)s is before “%(before)s” at %(last)s") % slots, field=f"{kind.value}_on"
            )
        before, last = kind.label, day
