"""Who is told of a step of a return or a report, in which words; part of the operation that takes the step."""

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
from reports.models import Delivery, Report, ReportComment

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
# About a province's report and its supplements.
REPORT_HANDED_IN = gettext_noop(
    "Report of %(year)s for signature\n%(by)s laid it before the head at %(time)s. Sign it off or give it back"
)
REPORT_GIVEN_BACK = gettext_noop("Report of %(year)s given back by the head\n%(by)s left a comment at %(time)s")
REPORT_SIGNED = gettext_noop(
    "Report of %(year)s signed off\n%(by)s locked it at %(time)s. Next: number, date and issue"
)
REPORT_SENT = gettext_noop(
    "Report no. %(number)s for %(recipient)s\nSent by %(by)s at %(time)s, code %(code)s. Read, accept or return"
)
REPORT_SEEN = gettext_noop("Report no. %(number)s: opened\n%(by)s opened it at %(time)s. It can no longer be withdrawn")
REPORT_RETURNED = gettext_noop(
    "Report no. %(number)s: to be completed\n%(by)s made %(n)s comments, %(must)s must-fix. The old version stays"
)
REPORT_ACCEPTED = gettext_noop(
    "Report no. %(number)s: accepted\n%(by)s accepted it at %(time)s. Changes now need a supplement"
)
REPORT_NOT_MAILED = gettext_noop(
    "Report no. %(number)s: the e-mail did not go\nThe mail server refused it three times. See the receipt"
)


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


# ── a province's report ────────────────────────────────────────────────────


def tell_report_handed_in(report: Report, *, by: Seat, at: datetime.datetime) -> None:
    """The head learns that the report waits for a signature."""
    _tell_own(report, "hand_in", REPORT_HANDED_IN, by, at, role=Seat.Role.APPROVER, page="report_sign")


def tell_report_given_back(report: Report, *, by: Seat, at: datetime.datetime) -> None:
    """Who writes learns that the head gave the report back; the comment itself stays behind the link."""
    _tell_own(report, "give_back", REPORT_GIVEN_BACK, by, at, role=Seat.Role.EDITOR)


def tell_report_signed(report: Report, *, by: Seat, at: datetime.datetime) -> None:
    """Who laid the report before the head learns that it is signed off."""
    _tell_own(report, "lock", REPORT_SIGNED, by, at, role=Seat.Role.EDITOR)


def tell_report_sent(delivery: Delivery, *, by: Seat, at: datetime.datetime) -> None:
    """The receiver learns that a report has come."""
    report = delivery.report
    named = delivery.to.name_on(timezone.localtime(at).date())
    slots = {**_slots(report, _body(by, at), at), "recipient": named.name if named else ""}
    notify(delivery.to, "", _key("send", report, at), REPORT_SENT, slots, _report_page(report, "report_review"), at=at)


def tell_report_seen(report: Report, *, by: Seat, at: datetime.datetime) -> None:
    """The sender learns that the receiver has opened the report."""
    _tell_own(report, "seen", REPORT_SEEN, by, at, who=_body(by, at))


def tell_report_returned(report: Report, new: Report, *, by: Seat, at: datetime.datetime) -> None:
    """The sender learns that the report came back, with the way to the version that answers the comments."""
    remarks = report.comments.values_list("kind", flat=True)
    must = sum(kind == ReportComment.Kind.MUST for kind in remarks)
    slots = {**_slots(report, _body(by, at), at), "n": format_number(len(remarks)), "must": format_number(must)}
    notify(report.department, "", _key("return", report, at), REPORT_RETURNED, slots, _report_page(new), at=at)


def tell_report_accepted(report: Report, *, by: Seat, at: datetime.datetime) -> None:
    """The sender learns that the report was accepted."""
    _tell_own(report, "accept", REPORT_ACCEPTED, by, at, who=_body(by, at))


def tell_report_not_mailed(report: Report, *, at: datetime.datetime) -> None:
    """The sender learns that the e-mail with the document could not go."""
    link = _report_page(report, "report_receipt")
    key = _key("not_mailed", report, at)
    notify(report.department, "", key, REPORT_NOT_MAILED, _slots(report, "", at), link, at=at)


def _tell_own(report, step: str, sentence: str, by: Seat, at, *, role: str = "", page: str = "report", who="") -> None:
    slots = _slots(report, who or str(by.user), at)
    notify(report.department, role, _key(step, report, at), sentence, slots, _report_page(report, page), at=at)


def _slots(report: Report, by: str, at: datetime.datetime) -> dict:
    number = "/".join(filter(None, (report.number or "…", report.symbol)))
    year = str(report.campaign.year)
    return {"year": year, "number": number, "by": by, "time": format_moment(at), "code": report.public_id}


def _report_page(report: Report, page: str = "report") -> str:
    return reverse(page, kwargs={**_where(report.province, report.campaign.year), "id": report.public_id})


def page_of(report: Report) -> str:
    """The address of a return's page."""
    return reverse("return", kwargs={**_where(report.province, report.campaign.year), "id": report.public_id})


def _list_page(request: Request) -> str:
    return reverse("returns", kwargs=_where(request.province, request.year))


def _where(province, year: int) -> dict:
    return {"t": address_of(province, year), "y": year}


def _key(step: str, report: Report, at: datetime.datetime) -> str:
    kind = "return" if report.kind == Report.Kind.RETURN else "report"
    return f"{kind}.{step}:{report.public_id}:{at:%Y%m%d%H%M%S}"


def _body(by: Seat, at: datetime.datetime) -> str:
    name = by.department.name_on(timezone.localtime(at).date())
    return name.name if name else str(by.department)
