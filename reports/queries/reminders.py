"""What a reminder says, and when its step has come."""

import dataclasses
import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Request, RequestStep
from provinces.queries import address_of
from provinces.vietnamese import format_moment, format_number
from reports.models import Reminder
from reports.queries.monitoring import Line
from reports.queries.returns import local_day

Step = Reminder.Step
SOON, EVE = 3, 1  # days before the due time


@dataclasses.dataclass(frozen=True)
class Letter:
    """A reminder in words, as it is shown before it goes."""

    subject: str
    text: str


def due_step(line: Line, at: datetime.datetime) -> str:
    """The step that has come for a department which has not sent; nothing on the days between."""
    left = (local_day(line.state.due) - local_day(at)).days
    if at > line.state.due:
        return Step.OVERDUE
    if left <= EVE:
        return Step.EVE
    return Step.SOON if left <= SOON else ""


def letter_of(request: Request, line: Line, step: str, *, at: datetime.datetime, words: str = "") -> Letter:
    """The letter to one department: no titles and no figures of its work, those stay behind the link."""
    heading, body = _words_of(request, line, step, at)
    to = _("To: %(department)s") % {"department": line.state.name}
    parts = [to, _about(request), body, words, _link(request, line), _closing()]
    subject = f"{_('[Action Month %(year)s]') % {'year': request.year}} {heading}"
    return Letter(subject[:200], "\n\n".join(filter(None, parts)) + "\n")


def _about(request: Request) -> str:
    """Which report is meant; that of the month needs no name."""
    if request.kind == Request.Kind.MONTH or not request.subject:
        return ""
    if request.letter_number:
        slots = {"subject": request.subject, "number": request.letter_number}
        return _("Report asked for: %(subject)s (letter no. %(number)s).") % slots
    return _("Report asked for: %(subject)s.") % {"subject": request.subject}


def _words_of(request: Request, line: Line, step: str, at: datetime.datetime) -> tuple[str, str]:
    due = format_moment(line.state.due)
    if at > line.state.due:
        return _("Return overdue since %(due)s") % {"due": due}, _overdue(request)
    days = max((local_day(line.state.due) - local_day(at)).days, 0)
    heading = ngettext("%(days)s day to send the return", "%(days)s days to send the return", days)
    if days == 0:
        heading = _("The return is due today")
    slots = {"due": due, "n": format_number(line.recorded), "drafts": format_number(line.drafts)}
    body = _("Due: %(due)s. %(n)s activities logged, %(drafts)s drafts. If there was none, file a nil return.")
    return heading % {"days": days}, body % slots


def _overdue(request: Request) -> str:
    compiled = next((each for each in request.steps.all() if each.kind == RequestStep.Kind.COMPILE), None)
    if compiled is None:
        return _("It can still be sent. The compiled report will name the departments that are missing.")
    return _("It can still be sent. The compiled report will name the departments missing at %(compile)s.") % {
        "compile": format_moment(compiled.at)
    }


def _link(request: Request, line: Line) -> str:
    where = {"t": address_of(request.province, request.year), "y": request.year}
    if line.state.report:
        return settings.BASE_URL + reverse("return", kwargs={**where, "id": line.state.report.public_id})
    return settings.BASE_URL + reverse("returns", kwargs=where)


def _closing() -> str:
    if not settings.SUPPORT_PHONE:
        return _("Automatic letter, do not reply.")
    return _("Automatic letter, do not reply. Help: %(phone)s.") % {"phone": settings.SUPPORT_PHONE}
