"""Requests for reports: who asks whom, over which period, frozen when, due when."""

import dataclasses
import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Recipient, Request
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
    letter_number: str = ""
    letter_dated: datetime.date | None = None
    outline: str = ""


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
    letter = clean_line(facts.letter_number, label=_("Number"), field="letter_number", longest=60)
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
        letter_number=letter,
        letter_dated=facts.letter_dated,
        outline=clean_text(facts.outline, label=_("What the report should say"), field="outline"),
    )
    Recipient.objects.bulk_create(Recipient(request=request, department=body) for body in recipients)
    record_event("request.create", request, by=by, at=at, details={"recipients": len(recipients)})
    return request


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
    if not recipients:
        raise Refused(_("Choose at least one department that is to report"), field="recipients")
    for body in recipients:
        refuse_out_of_force(body, facts.period_to, field="recipients")
