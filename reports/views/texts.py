"""The text of a report, section by section, beside what was drafted and the figures it tells."""

import dataclasses
import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.operations.guards import Conflict
from provinces.drafts import find_draft, restore
from provinces.operations.memory import forget_draft
from provinces.templatetags.components import DOING, DONE, TODO
from provinces.vietnamese import format_moment
from provinces.workflow import Refused
from reports.forms import SectionForm
from reports.models import ReportSection
from reports.operations.texts import use_draft, write_section
from reports.outline import SECTIONS
from reports.snapshot import MONTH, YEAR
from reports.views.desk import WRITE, Desk, compiled_or_404, desk_of, section_title, show, shut_out
from reports.views.tables import lines_of

FORM = "report_section"
YEAR_SECTION = "II.9"


@dataclasses.dataclass(frozen=True)
class Row:
    """A section in the list of the text."""

    title: str
    url: str
    chip: str
    note: str
    flags: tuple[str, ...] = ()


def report_texts(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The sections with their states; a drafted one can stay as it is."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    found = {section.key: section for section in desk.report.sections.select_related("edited_by__user")}
    rows = [_row(desk, found[key]) for key in SECTIONS if key in found]
    return show(request, "texts", desk, at=WRITE, rows=rows)


def _row(desk: Desk, section: ReportSection) -> Row:
    chip, note = TODO, _("Nothing written yet")
    if section.text and section.drafted:
        chip, note = DOING, _("Drafted from the figures, to be edited")
    elif section.text or not section.drafted:
        editor = section.edited_by.user if section.edited_by else ""
        note = _("%(person)s, %(time)s") % {"person": editor, "time": _when(section.edited_at)}
        chip = DONE
    return Row(section_title(section.key), desk.url("report_text", key=section.key), chip, note)


def _when(moment: datetime.datetime | None) -> str:
    return format_moment(moment) if moment else "…"


def report_text(request: HttpRequest, t: str, y: int, id: str, key: str) -> HttpResponse:
    """One section: left the text, right the draft and the figures."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    section = desk.report.sections.select_related("edited_by__user").filter(key=key).first()
    if section is None or key not in SECTIONS:
        raise Http404
    # The section's row shares the report that was loaded for this seat.
    section.report = desk.report
    if request.method == "POST":
        return _write(request, desk, section)
    saved = find_draft(request.seat, FORM, _draft_key(section))
    form = restore(SectionForm(initial={"text": section.text, "version": section.version}), saved)
    return _page(request, desk, section, form, saved=saved)


def _write(request: HttpRequest, desk: Desk, section: ReportSection) -> HttpResponse:
    if not desk.writes:
        return shut_out(request, desk, holders=desk.department, at=WRITE)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, section, form, status=422)
    given, at = form.cleaned_data, timezone.now()
    try:
        if "draft_text" in request.POST:
            use_draft(section, version=given["version"], by=request.seat, at=at)
        else:
            write_section(section, given["text"], version=given["version"], by=request.seat, at=at)
    except Conflict as conflict:
        return _page(request, desk, section, form, status=409, newest=conflict.newest, sentence=conflict.sentence)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _page(request, desk, section, form, status=422)
    forget_draft(FORM, _draft_key(section), by=request.seat)
    messages.success(request, _("Saved: %(section)s") % {"section": section_title(section.key)})
    following = _next_key(section.key) if "on" in request.POST else section.key
    if "list" in request.POST or not following:
        return redirect(desk.url("report_texts"))
    return redirect(desk.url("report_text", key=following))


def _page(request, desk: Desk, section: ReportSection, form: SectionForm, *, status: int = 200, **more) -> HttpResponse:
    editable = desk.writes and desk.report.is_open
    lines = _lines(desk, section.key)
    context = {"section": section, "form": form, "editable": editable, "lines": lines, **more}
    context |= {"title": section_title(section.key), "key": _draft_key(section)}
    return show(request, "text", desk, at=WRITE, status=status, **context)


def _draft_key(section: ReportSection) -> str:
    return f"{section.report.public_id}:{section.key}"


def _next_key(key: str) -> str:
    keys = list(SECTIONS)
    return keys[keys.index(key) + 1] if key != keys[-1] else ""


def _lines(desk: Desk, key: str) -> list:
    """The figures that this section tells, with their addresses; of the year for the section of the year."""
    scope = YEAR if key == YEAR_SECTION else MONTH
    found = [each for each in desk.figures.of_scope(scope) if scope == YEAR or each.section == key]
    targets = {line.code: line for line in desk.figures.plan.lines if line.scope == scope}
    notes: dict[str, int] = {}
    query = "?pham-vi=nam" if scope == YEAR else ""
    return [
        (line, desk.url("figure_sources", code=line.code) + query if line.linked and not line.part else "")
        for figure in found
        for line in lines_of(figure, desk.seat, targets.get(figure.code), notes)
    ]
