"""The text of a report: drafted from the figures, then a person's own, never overwritten again."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.operations.guards import Conflict, clean_text, refuse_locked_year
from provinces.models import Seat
from provinces.workflow import Refused, record_event
from reports.models import Report, ReportSection
from reports.outline import TITLES

WRITABLE = (Report.Status.DRAFT, Report.Status.WAITING_HEAD)


@transaction.atomic
def write_section(section: ReportSection, text: str, *, version: int, by: Seat, at: datetime.datetime) -> ReportSection:
    """Save a section as a person wrote it; `version` is the one the page was opened on. Raises Conflict when stale."""
    hold_for_writing(section.report, by=by)
    text = clean_text(text, label=_("Text"), field="text")
    section.refresh_from_db(fields=["drafted_text"])
    drafted = text == section.drafted_text.strip()
    return _save(section, version, by, at, text=text, drafted=drafted)


@transaction.atomic
def use_draft(section: ReportSection, *, version: int, by: Seat, at: datetime.datetime) -> ReportSection:
    """Give a section back to the figures: the drafted text replaces the person's own and follows them again."""
    hold_for_writing(section.report, by=by)
    section.refresh_from_db(fields=["drafted_text"])
    return _save(section, version, by, at, text=section.drafted_text, drafted=True)


def _save(section: ReportSection, version: int, by: Seat, at: datetime.datetime, **changes) -> ReportSection:
    row = ReportSection.objects.filter(pk=section.pk, version=version)
    if not row.update(version=version + 1, edited_by=by, edited_at=at, **changes):
        newest = ReportSection.objects.select_related("edited_by__user").get(pk=section.pk)
        raise Conflict(TITLES.get(section.key, section.key), newest)
    section.refresh_from_db()
    details = {"section": section.key, "version": section.version}
    record_event("report.write", section.report, by=by, at=at, details=details)
    return section


def hold_for_writing(report: Report, *, by: Seat) -> None:
    """Refuse unless `by` may write this report now; until the transaction ends, no move can overtake the writer."""
    if "own_editor" not in report.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    refuse_locked_year(report)
    held = Report.objects.visible_to(by).filter(pk=report.pk, status__in=WRITABLE).update(lineage=report.lineage)
    if not held:
        raise Refused(_("The report is locked; its text stays as it is. Unlock it first to write"))


def put_drafts(report: Report, drafts: dict[str, str]) -> None:
    """Lay new drafts beside the texts; sections nobody has written in follow them. Part of a compile, so no event."""
    sections = {each.key: each for each in report.sections.all()}
    missing = [ReportSection(report=report, key=key) for key in drafts if key not in sections]
    ReportSection.objects.bulk_create(missing)
    for key, text in drafts.items():
        rows = ReportSection.objects.filter(report=report, key=key)
        rows.update(drafted_text=text)
        rows.filter(drafted=True).update(text=text)
