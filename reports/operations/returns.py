"""The life of a return: opened when asked for, handed in, sent by the head or filed as nil, accepted with its rows.

A deadline closes nothing: late is written down with the delivery. Only a closed request refuses.
"""

import dataclasses
import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity
from activities.operations.decisions import accept_activity, send_activity
from campaigns.models import Campaign, Recipient, Request
from campaigns.operations.guards import clean_line, clean_text, refuse_locked_year
from campaigns.operations.requests import RequestFacts, add_recipients, create_request, extend_recipient
from provinces.models import Department, Duty, Seat
from provinces.vietnamese import format_number
from provinces.workflow import Refused, move
from reports.models import Delivery, Report, ReportSection
from reports.operations import telling
from reports.operations.jobs import freeze_now
from reports.operations.reports import RegistryFacts
from reports.operations.way_up import Remark, accept_report, retire, return_report
from reports.outline import RETURN_TEXTS
from reports.queries.picture import take_picture
from reports.queries.returns import due_of, has_text, joined_activities, own_activities, rows_of, split_by_flags

Status = Report.Status


@dataclasses.dataclass(frozen=True)
class Accepted:
    """A return that was accepted: how many of its rows went with it, how many have a flag and stay."""

    report: Report
    accepted: int
    flagged: int


# ── asked for ──────────────────────────────────────────────────────────────


@transaction.atomic
def ask_for_returns(
    campaign: Campaign,
    facts: RequestFacts,
    *,
    asker: Department,
    recipients: Iterable[Department],
    by: Seat,
    at: datetime.datetime,
) -> Request:
    """Make a request and open the return of each department it asks, so that it fills itself from now on."""
    recipients = list(dict.fromkeys(recipients))
    request = create_request(campaign, facts, asker=asker, recipients=recipients, by=by, at=at)
    _open_returns(request, recipients, by, at)
    return request


@transaction.atomic
def ask_more(request: Request, departments: Iterable[Department], *, by: Seat, at: datetime.datetime) -> Request:
    """Ask further departments under the same request; their returns open too."""
    _open_returns(request, add_recipients(request, departments, by=by, at=at), by, at)
    return request


def _open_returns(request: Request, departments: list[Department], by: Seat, at: datetime.datetime) -> None:
    """One draft for each department with its sections; a few queries for any number of them."""
    drafts = Report.objects.bulk_create(
        Report(
            kind=Report.Kind.RETURN,
            request=request,
            campaign=request.campaign,
            province=request.province,
            department=body,
            issuer=body,
            created_by=by,
            created_at=at,
        )
        for body in departments
    )
    ReportSection.objects.bulk_create(
        ReportSection(report=report, key=key, drafted=False) for report in drafts for key in RETURN_TEXTS
    )
    telling.tell_asked(request, drafts, by=by, at=at)


@transaction.atomic
def extend_return(
    recipient: Recipient, due: datetime.datetime, letter: str, *, by: Seat, at: datetime.datetime
) -> Recipient:
    """Give one department more time by a letter, and tell it."""
    recipient = extend_recipient(recipient, due, letter, by=by, at=at)
    telling.tell_extended(recipient, at=at)
    return recipient


# ── the department's side ──────────────────────────────────────────────────


@transaction.atomic
def hand_in_return(report: Report, *, by: Seat, at: datetime.datetime) -> Report:
    """The editor lays the return before the head."""
    _refuse_closed(report)
    _refuse_empty(report)
    report = move(report, Status.WAITING_HEAD, by=by, at=at)
    telling.tell_handed_in(report, by=by, at=at)
    return report


@transaction.atomic
def take_back_return(report: Report, *, by: Seat, at: datetime.datetime) -> Report:
    """The return goes on being written; the head too may send it back to the editor this way."""
    refuse_locked_year(report)
    return move(report, Status.DRAFT, by=by, at=at)


@transaction.atomic
def send_return(report: Report, facts: RegistryFacts, *, by: Seat, at: datetime.datetime) -> Report:
    """The head sends the return and thereby confirms its rows: those that are ready go with it, then figures freeze."""
    _refuse_closed(report)
    _refuse_empty(report)
    _refuse_power(report, by)
    ready = rows_of(report, at=at).ready
    for row in ready:
        send_activity(row, by=by, at=at)
    if not own_activities(report).filter(status__in=CONFIRMED).exists() and not _says_something(report):
        raise Refused(_("No activity of the return can be sent yet. Complete one, or write the text"))
    return _sent(report, Status.SENT, by, at, rows=len(ready), **_registry(facts))


@transaction.atomic
def send_nil(report: Report, reason: str, *, by: Seat, at: datetime.datetime) -> Report:
    """The head says that nothing happened in the period, and why; refused while the department has activities."""
    _refuse_closed(report)
    reason = clean_text(reason, label=_("Reason"), field="reason", longest=2000)
    if not reason:
        raise Refused(_("Give the reason; it is printed in the annex of the report"), field="reason")
    rows = own_activities(report).count()
    if rows:
        sentence = ngettext(
            "The unit has %(n)s activity in the period, so a nil return cannot be filed",
            "The unit has %(n)s activities in the period, so a nil return cannot be filed",
            rows,
        )
        raise Refused(sentence % {"n": format_number(rows)})
    _refuse_power(report, by)
    return _sent(report, Status.NIL, by, at, nil_reason=reason)


@transaction.atomic
def withdraw_return(report: Report, *, by: Seat, at: datetime.datetime) -> Report:
    """Take back a return that nobody has opened: it is a draft again, its activities stay sent."""
    _refuse_closed(report)
    report = move(report, Status.DRAFT, by=by, at=at, nil_reason="", locked_at=None)
    report.deliveries.filter(status=Delivery.Status.SENT).update(status=Delivery.Status.WITHDRAWN)
    if report.deliveries.filter(status=Delivery.Status.SEEN).exists():
        raise Refused(_("The receiver has opened the report already; it can no longer be withdrawn"))
    return report


CONFIRMED = (Activity.Status.SENT, Activity.Status.ACCEPTED)


def _sent(report: Report, to: str, by: Seat, at: datetime.datetime, *, rows: int = 0, **changes) -> Report:
    """Freeze the figures, move the return and write down when it was due; the version it replaces is history."""
    due, report.nil_reason = due_of(report), changes.get("nil_reason", "")
    snapshot = freeze_now(report, take_picture(report), by=by, at=at)
    details = {"figures": snapshot.no, "rows": rows, "late": max(0, int((at - due).total_seconds())) if due else 0}
    report = move(report, to, by=by, at=at, details=details, snapshot=snapshot, locked_at=at, **changes)
    asker = report.request.asker if report.request else _office_of(report)
    Delivery.objects.create(report=report, to=asker, sent_at=at, sent_by=by, due=due)
    retire(report.supersedes, by, at)
    return report


def _office_of(report: Report) -> Department:
    duties = Duty.objects.on(report.duty_day).filter(kind=Duty.Kind.STANDING_OFFICE, for_unit=report.province)
    found = Department.objects.filter(duties__in=duties).order_by("id").first()
    if found is None:
        raise Refused(_("No body holds the duty of the standing office for this province and year"))
    return found


def _registry(facts: RegistryFacts) -> dict:
    """What the registry wrote on the department's own paper, as typed; nothing of it is required."""
    return {
        "number": clean_line(facts.number, label=_("Number"), field="number", longest=20),
        "symbol": clean_line(facts.symbol, label=_("Symbol"), field="symbol", longest=40),
        "dated": facts.dated,
        "signer_lines": "\n".join(line.strip() for line in facts.signer_lines.splitlines() if line.strip()),
        "signer": clean_line(facts.signer, label=_("Signer"), field="signer", longest=120),
    }


def _refuse_closed(report: Report) -> None:
    """Hold the request open until the transaction ends: of closing and sending at once, one comes first."""
    refuse_locked_year(report)
    if report.request_id is None:
        return
    if not Request.objects.filter(pk=report.request_id, closed_at=None).update(kind=F("kind")):
        request = Request.objects.get(pk=report.request_id)
        raise Refused(_("The request is closed: %(reason)s") % {"reason": request.closing_reason})


def _refuse_power(report: Report, by: Seat) -> None:
    if "own_approver_of_return" not in report.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})


def _refuse_empty(report: Report) -> None:
    if not own_activities(report).exists() and not _says_something(report):
        raise Refused(_("The return is empty: no activity and no text. If there was none, file a nil return"))


def _says_something(report: Report) -> bool:
    return has_text(report) or joined_activities(report).exists()


# ── the office's side ──────────────────────────────────────────────────────


@transaction.atomic
def give_back_return(report: Report, remarks: list[Remark], *, by: Seat, at: datetime.datetime) -> Report:
    """Send a return back with remarks; its next version opens and the department is told."""
    new = return_report(report, remarks, by=by, at=at)
    ReportSection.objects.filter(report=new).update(drafted=False)
    telling.tell_returned(report, new, by=by, at=at)
    return new


@transaction.atomic
def accept_return(report: Report, *, by: Seat, at: datetime.datetime) -> Accepted:
    """Accept a return and verify its rows without a flag; those with one stay and are looked at by themselves."""
    clean, flagged = split_by_flags(report)
    report = accept_report(report, by=by, at=at)
    for row in clean:
        accept_activity(row, by=by, at=at)
    telling.tell_accepted(report, len(clean), len(flagged), by=by, at=at)
    return Accepted(report, len(clean), len(flagged))
