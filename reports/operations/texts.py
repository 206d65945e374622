"""The text of a report: drafted from the figures and the departments' words, then a person's own, never overwritten.

A draft follows the figures until a person writes in it, and is printed only after somebody has read and kept it.
"""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.operations.guards import Conflict, clean_text, refuse_locked_year
from provinces.models import Seat
from provinces.workflow import Refused, record_event
from reports.bound import refreshed
from reports.models import Quote, Report, ReportSection
from reports.outline import TITLES
from reports.queries.texts import changed_quotes, open_points, sections_of, shown_as, slots_of_report
from reports.queries.voices import voices_of
from reports.voices import HEARD, Statement, Voice, holds, statements

WRITABLE = (Report.Status.DRAFT, Report.Status.WAITING_HEAD)
NOT_KEPT = {"kept_by": None, "kept_at": None}


@transaction.atomic
def write_section(
    section: ReportSection,
    text: str,
    *,
    version: int,
    by: Seat,
    at: datetime.datetime,
    taken: Sequence[Statement] = (),
) -> ReportSection:
    """Save a section as a person wrote it; `version` is the one the page was opened on. Raises Conflict when stale.

    `taken` are statements of departments that go under the text, each with its authors. Saving a draft as it is keeps
    it: it goes on following the figures.
    """
    hold_for_writing(section.report, by=by)
    text = (
        "\n".join(filter(None, [text.rstrip(), *(each.line_under(section.key) for each in taken)])) if taken else text
    )
    text = clean_text(text, label=_("Text"), field="text")
    section.refresh_from_db(fields=["drafted_text"])
    drafted = text == section.drafted_text.strip()
    section = _save(section, version, by, at, text=text, drafted=drafted, **_kept(drafted, by, at))
    _quote(section, taken, at, by=by)
    return section


@transaction.atomic
def use_draft(section: ReportSection, *, version: int, by: Seat, at: datetime.datetime) -> ReportSection:
    """Give a section back to the figures: the drafted text replaces the person's own and follows them again."""
    hold_for_writing(section.report, by=by)
    section.refresh_from_db(fields=["drafted_text"])
    return _save(section, version, by, at, text=section.drafted_text, drafted=True, **_kept(True, by, at))


@transaction.atomic
def keep_drafts(report: Report, read: Mapping[str, str], *, by: Seat, at: datetime.datetime) -> list[str]:
    """Note that a person has read drafted sections and keeps them; answers their keys.

    `read` names each section and the words it had on the page (`shown_as`), so that nobody keeps a draft unread.
    """
    hold_for_writing(report, by=by)
    sections = [each for each in report.sections.filter(key__in=read, drafted=True, kept_at=None) if each.text]
    for section in sections:
        if shown_as(section) != read[section.key]:
            slots = {"section": TITLES.get(section.key, section.key)}
            raise Refused(_("The draft of “%(section)s” has changed meanwhile. Read it again") % slots)
    kept = [section.key for section in sections]
    if not kept:
        raise Refused(_("Tick the sections that you have read"))
    report.sections.filter(pk__in=[section.pk for section in sections]).update(**_kept(True, by, at))
    record_event("report.write", report, by=by, at=at, details={"kept": kept})
    return kept


@transaction.atomic
def refresh_figures(report: Report, *, by: Seat, at: datetime.datetime) -> list[str]:
    """Put the snapshot's words into every figure of the text that has gone stale; answers the keys it wrote."""
    hold_for_writing(report, by=by)
    slots, written = slots_of_report(report), []
    for section in report.sections.all():
        text = refreshed(section.text, slots)
        if text != section.text:
            _renew(section, text, by, at)
            written.append(section.key)
    if written:
        record_event("report.write", report, by=by, at=at, details={"refreshed": written})
    return written


def _renew(section: ReportSection, text: str, by: Seat, at: datetime.datetime) -> None:
    row = ReportSection.objects.filter(pk=section.pk, version=section.version)
    if not row.update(version=F("version") + 1, text=text, edited_by=by, edited_at=at):
        newest = ReportSection.objects.select_related("edited_by__user").get(pk=section.pk)
        raise Conflict(TITLES.get(section.key, section.key), newest)


@transaction.atomic
def settle_quotes(section: ReportSection, *, by: Seat, at: datetime.datetime) -> int:
    """Note that a person has seen what departments changed after their words were taken over; answers how many."""
    hold_for_writing(section.report, by=by)
    fresh = next(each for each in sections_of(section.report) if each.pk == section.pk)
    changed = changed_quotes(fresh, voices_of(section.report))
    section.quotes.filter(pk__in=[each.quote.pk for each in changed]).delete()
    if changed:
        details = {"section": section.key, "compared": len(changed)}
        record_event("report.write", section.report, by=by, at=at, details=details)
    return len(changed)


def refuse_unsettled(report: Report) -> None:
    """Refuse while a draft is unread, or a figure in the text is stale or lost: nothing goes to signature unread."""
    points = open_points(report)
    if points:
        raise Refused(" ".join(each.sentence for each in points))


def _kept(kept: bool, by: Seat, at: datetime.datetime) -> dict:
    return {"kept_by": by, "kept_at": at} if kept else NOT_KEPT


def _save(section: ReportSection, version: int, by: Seat, at: datetime.datetime, **changes) -> ReportSection:
    row = ReportSection.objects.filter(pk=section.pk, version=version)
    if not row.update(version=version + 1, edited_by=by, edited_at=at, **changes):
        newest = ReportSection.objects.select_related("edited_by__user").get(pk=section.pk)
        raise Conflict(TITLES.get(section.key, section.key), newest)
    section.refresh_from_db()
    details = {"section": section.key, "version": section.version}
    record_event("report.write", section.report, by=by, at=at, details=details)
    return section


def _quote(
    section: ReportSection, said: Sequence[Statement], at: datetime.datetime, *, by: Seat | None, drafted: bool = False
) -> None:
    """Keep whose words these are; the same words of the same department once."""
    voices = [voice for each in said for voice in each.voices]
    rows = [_row(section, voice, at, by, drafted) for voice in voices]
    Quote.objects.bulk_create(rows, ignore_conflicts=True)


def _row(section: ReportSection, voice: Voice, at: datetime.datetime, by: Seat | None, drafted: bool) -> Quote:
    return Quote(
        section=section,
        source_id=voice.report_id,
        department_id=voice.department_id,
        key=voice.key,
        text=voice.text,
        sha256=voice.sha256,
        drafted=drafted,
        by=by,
        at=at,
    )


def hold_for_writing(report: Report, *, by: Seat) -> None:
    """Refuse unless `by` may write this report now; until the transaction ends, no move can overtake the writer."""
    if "own_editor" not in report.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    refuse_locked_year(report)
    held = Report.objects.visible_to(by).filter(pk=report.pk, status__in=WRITABLE).update(lineage=report.lineage)
    if not held:
        raise Refused(_("The report is locked; its text stays as it is. Unlock it first to write"))


def put_drafts(report: Report, drafts: dict[str, str], *, at: datetime.datetime) -> None:
    """Lay new drafts beside the texts; sections nobody has written in follow them. Part of a compile, so no event.

    A draft that somebody kept stays kept while its words stay the same.
    """
    present = set(report.sections.values_list("key", flat=True))
    missing = [ReportSection(report=report, key=key) for key in drafts if key not in present]
    ReportSection.objects.bulk_create(missing)
    for key, text in drafts.items():
        rows = ReportSection.objects.filter(report=report, key=key)
        rows.update(drafted_text=text)
        rows.filter(drafted=True).exclude(text=text).update(text=text, **NOT_KEPT)
    _quote_drafts(report, drafts, at)


def _quote_drafts(report: Report, drafts: dict[str, str], at: datetime.datetime) -> None:
    """Remember whose words stand in the drafts; those of the drafts before are forgotten."""
    Quote.objects.filter(section__report=report, drafted=True).delete()
    voices = voices_of(report)
    if not voices:
        return
    for section in report.sections.filter(key__in=HEARD):
        found = [each for key in HEARD[section.key] for each in statements(voices, key)]
        _quote(
            section,
            [each for each in found if holds(drafts.get(section.key, ""), each.text)],
            at,
            by=None,
            drafted=True,
        )
