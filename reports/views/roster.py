"""People and seats from an Excel file: the template, the preview with faults by row, the accounts made at once."""

import json
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from activities.sheets.reading import read_sheet
from provinces.models import Unit
from provinces.operations.memory import once
from provinces.operations.people import invite_people
from provinces.queries import administers
from provinces.roster import MOST, Entry, carried_entries, check_entries, read_entries
from provinces.vietnamese import sort_key
from provinces.views.administration import departments_today, province_of, show
from provinces.workflow import Refused
from reports.forms.roster import RosterForm, carried_rows
from reports.papers.roster import roster_template
from reports.views.printing import attachment

PAGE = "provinces/administration/people_import.html"


@never_cache
@sensitive_post_parameters("rows")
def people_import(request: HttpRequest, t: str) -> HttpResponse:
    """The file, then what it says row by row, then the accounts with their first passwords, shown this once."""
    province = _administered(request, t)
    bodies = {row.pk: row for row in departments_today(province)}
    names = {pk: str(row.name_on(timezone.localdate()) or row) for pk, row in bodies.items()}
    if "rows" in request.POST:
        return _confirmed(request, t, province, bodies, names)
    form = RosterForm(request.POST, request.FILES) if request.method == "POST" else RosterForm()
    if request.method != "POST" or not form.is_valid():
        return _page(request, province, form)
    try:
        entries = _read(form.cleaned_data["file"])
    except Refused as refused:
        form.add_error("file", refused.sentence)
        return _page(request, province, form)
    check_entries(entries, names)
    return _preview(request, province, entries)


def _read(file) -> list[Entry]:
    """What the first sheet says; the reader is told a name without the words of the file's own."""
    sheet = read_sheet(file.read(), f"tep{Path(file.name).suffix}")
    rows = [(no, {at: cell.shown for at, cell in cells.items()}) for no, cells in sorted(sheet.rows.items())]
    return read_entries(rows)


def _confirmed(request, t: str, province: Unit, bodies: dict, names: dict) -> HttpResponse:
    """Everybody or nobody; pressed twice, the same page again, because its words came with the press."""
    entries, at = carried_entries(carried_rows(request.POST["rows"]))[:MOST], timezone.now()

    def work() -> str:
        if not entries:
            raise Refused(_("There is nobody below the headings"), field="file")
        check_entries(entries, names)
        invite_people(entries, bodies, by=request.seat, at=at)
        return reverse("administration_people", kwargs={"t": t})

    body = {name: values for name, values in request.POST.lists()}
    try:
        once(work, key=request.POST.get("idempotency_key", ""), body=body, by=request.seat, at=at)
    except Refused as refused:
        form = RosterForm({}, {})
        form.errors["file"] = form.error_class([str(refused.sentence)])
        return _page(request, province, form)
    return _made(request, province, entries)


def _made(request: HttpRequest, province: Unit, entries: list[Entry]) -> HttpResponse:
    """The accounts and their first passwords, to be printed and handed out."""
    return show(request, PAGE, province, tab="people", made=entries, entries=entries)


def _preview(request: HttpRequest, province: Unit, entries: list[Entry]) -> HttpResponse:
    wrong = [entry for entry in entries if entry.faults]
    carried = "" if wrong else json.dumps([entry.typed for entry in entries], ensure_ascii=False)
    more = {"entries": entries, "wrong": wrong, "carried": carried, "form": RosterForm()}
    return show(request, PAGE, province, tab="people", status=422 if wrong else 200, **more)


def _page(request: HttpRequest, province: Unit, form: RosterForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return show(request, PAGE, province, tab="people", status=status, form=form, most=MOST)


@require_safe
def people_template(request: HttpRequest, t: str) -> HttpResponse:
    """The empty list with the province's departments to choose from."""
    province, today = _administered(request, t), timezone.localdate()
    names = sorted((str(row.name_on(today) or row) for row in departments_today(province)), key=sort_key)
    return attachment(roster_template(names), "xlsx", f"nguoi-dung-{province.slug}.xlsx")


def _administered(request: HttpRequest, t: str) -> Unit:
    province = province_of(request, t)
    if not administers(request.seat, province, timezone.localdate()):
        raise Http404
    return province
