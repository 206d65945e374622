"""Who is told of a step of a return, in which words; part of the operation that takes the step."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from campaigns.models import Recipient, Request
from provinces.models import Notice, Seat
from provinces.operations.notices import notify, notify_each
from provinces.queries import address_of
from provinces.vietnamese import format_moment, format_number
from reports.models import Report, ReportComment

ASKED = gettext_noop(
    "Report asked for: due %(due)s\n%(by)s asks for the return of %(year)s. It fills itself from your activities"
)
EXTENDED = gettext_noop("Return: due time extended\nNew due time: %(due)s, by letter %(letter)s")
HANDED_IN = gettext_noop("Return for signature\n%(by)s laid it before the head at %(time)s. Read it and send it")
RETURNED = gettext_noop(
    "Return %(code)s: to be completed\n%(by)s made %(n)s comments, %(must)s must-fix. The old version stays"
)
ACCEPTED = gettext_noop(
    "Return %(code)s: accepted\n%(by)s accepted it at %(time)s; %(n)s activities verified, %(flagged)s still open"
)

REMINDED = gettext_noop("Reminder: the return has not come\nDue: %(due)s. If there was no activity, file a nil return")


def tell_asked(request: Request, drafts: Iterable[Report], *, by: Seat, at: datetime.datetime) -> None:
    """Every department learns that a return is asked for and until when; one query for all."""
    slots = {"year": str(request.year), "by": _body(by, at), "due": format_moment(request.due)}
    said = {report.department_id: (ASKED, slots) for report in drafts}
    notify_each(said, "", f"request.create:{request.public_id}", _list_page(request), at=at)


def tell_extended(recipient: Recipient, *, at: datetime.datetime) -> None:
    """The department learns its new due time."""
    request = recipient.request
    slots = {"year": str(request.year), "due": format_moment(recipient.due), "letter": recipient.extension_letter}
    key = f"request.extend:{request.public_id}:{at:%Y%m%d%H%M%S}"
    notify(recipient.department, "", key, EXTENDED, slots, _list_page(request), at=at)


def tell_handed_in(report: Report, *, by: Seat, at: datetime.datetime) -> None:
    """The head learns that a return waits."""
    slots = {"year": str(report.campaign.year), "by": str(by.user), "time": format_moment(at)}
    notify(report.department, Seat.Role.APPROVER, _key("hand_in", report, at), HANDED_IN, slots, page_of(report), at=at)


def tell_returned(report: Report, new: Report, *, by: Seat, at: datetime.datetime) -> None:
    """The department learns that its return came back, with the way to the new version."""
    remarks = report.comments.values_list("kind", flat=True)
    slots = {
        "year": str(report.campaign.year),
        "code": report.public_id,
        "by": _body(by, at),
        "n": format_number(len(remarks)),
        "must": format_number(sum(kind == ReportComment.Kind.MUST for kind in remarks)),
    }
    notify(report.department, "", _key("return", report, at), RETURNED, slots, page_of(new), at=at)


def tell_accepted(report: Report, accepted: int, flagged: int, *, by: Seat, at: datetime.datetime) -> None:
    """The department learns that its return was accepted, and what became of its rows."""
    slots = {
        "year": str(report.campaign.year),
        "code": report.public_id,
        "by": _body(by, at),
        "time": format_moment(at),
        "n": format_number(accepted),
        "flagged": format_number(flagged),
    }
    notify(report.department, "", _key("accept", report, at), ACCEPTED, slots, page_of(report), at=at)


def tell_reminded(request: Request, reminded: dict[int, datetime.datetime], *, at: datetime.datetime) -> None:
    """The notice beside a reminder, {department: due time}; the reminder is its own letter, so no digest carries it."""
    key = f"return.remind:{request.public_id}:{at:%Y%m%d}"
    slots = {pk: {"year": str(request.year), "due": format_moment(due)} for pk, due in reminded.items()}
    notify_each({pk: (REMINDED, filled) for pk, filled in slots.items()}, "", key, _list_page(request), at=at)
    Notice.objects.filter(key=key, department__in=reminded, mailed_at=None).update(mailed_at=at)


def page_of(report: Report) -> str:
    """The address of a return's page."""
    return reverse("return", kwargs={**_where(report.province, report.campaign.year), "id": report.public_id})


def _list_page(request: Request) -> str:
    return reverse("returns", kwargs=_where(request.province, request.year))


def _where(province, year: int) -> dict:
    return {"t": address_of(province, year), "y": year}


def _key(step: str, report: Report, at: datetime.datetime) -> str:
    return f"return.{step}:{report.public_id}:{at:%Y%m%d%H%M%S}"


def _body(by: Seat, at: datetime.datetime) -> str:
    name = by.department.name_on(timezone.localtime(at).date())
    return name.name if name else str(by.department)
