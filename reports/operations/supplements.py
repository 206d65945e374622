"""Supplements: numbered corrections of an accepted report, which stays as it was."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.operations.guards import clean_text, refuse_locked_year
from provinces.models import Seat
from provinces.workflow import Refused, record_event
from reports.models import Report
from reports.operations.way_up import next_version

LONGEST_REASON = 2000


@transaction.atomic
def open_supplement(report: Report, reason: str, *, by: Seat, at: datetime.datetime) -> Report:
    """Start the next supplement of an accepted report or supplement, with its texts; a run brings its figures."""
    refuse_locked_year(report)
    if "own_editor" not in report.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    if report.status != Report.Status.ACCEPTED or report.kind == Report.Kind.RETURN:
        raise Refused(_("Only a report that was accepted gets a supplement; before that it is returned or withdrawn"))
    changes = {
        "kind": Report.Kind.SUPPLEMENT,
        "supplement_no": (report.supplement_no or 0) + 1,
        "supplement_reason": _reason(reason),
        "snapshot": None,
        "created_by": by,
    }
    try:
        with transaction.atomic():
            new = next_version(report, at, **changes)
    except IntegrityError:
        raise Refused(_("A supplement has been started already; go on with that one")) from None
    record_event("report.supplement", new, by=by, at=at, details={"of": report.public_id})
    return new


@transaction.atomic
def write_reason(report: Report, reason: str, *, by: Seat, at: datetime.datetime) -> Report:
    """Why the supplement is made, as it is printed; while it is still written."""
    refuse_locked_year(report)
    if "own_editor" not in report.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    rows = Report.objects.visible_to(by).filter(pk=report.pk, kind=Report.Kind.SUPPLEMENT)
    if not rows.filter(status__in=["draft", "waiting_head"]).update(supplement_reason=_reason(reason)):
        raise Refused(_("The report is locked; its text stays as it is. Unlock it first to write"))
    record_event("report.reason", report, by=by, at=at)
    report.refresh_from_db()
    return report


def _reason(text: str) -> str:
    text = clean_text(text, label=_("Reason"), field="reason", longest=LONGEST_REASON)
    if not text:
        raise Refused(_("Give the reason of the supplement; it is printed"), field="reason")
    return text
