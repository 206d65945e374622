"""Activities from a sheet: an Excel file or a pasted block is looked at whole, shown, and stored when confirmed."""

import dataclasses
import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from activities.forms.sheets import ColumnsForm, PasteForm, TargetForm, UploadForm
from activities.models import Activity
from activities.operations.importing import ImportResult, Understood, import_rows
from activities.operations.uploads import Upload, change_upload, find_upload, forget_upload, keep_upload
from activities.queries import acting_in_year, tasks_for
from activities.sheets.existing import recorded
from activities.sheets.faulty import with_faults
from activities.sheets.lists import load_lists
from activities.sheets.paste import guess_columns, read_paste
from activities.sheets.reading import Cell, Sheet, read_sheet
from activities.sheets.rows import summary, understand
from activities.sheets.sentences import say
from activities.sheets.stamp import find_stamp
from activities.sheets.template import write_template
from activities.views.lists import writes_here
from activities.views.preview import Preview, preview_of
from campaigns.models import Campaign
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.drafts import find_draft
from provinces.models import Department
from provinces.operations import save_draft
from provinces.vietnamese import fold, format_number
from provinces.views.once import answer_once
from provinces.workflow import Refused

FILE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS_FORM = "sheet-columns"


def sheet_upload(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Take the template, upload it filled in; the file is kept for a day and looked at on the next page."""
    place = _place(request, t, y)
    form = _bound(request, place, UploadForm)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content, said = file.read(), {"kind": "file", **form.said}
        try:
            stamp = find_stamp(read_sheet(content, file.name))
        except Refused as refused:
            form.add_error("file", refused.sentence)
        else:
            said["scope"] = stamp.scope if stamp and stamp.scope in Activity.Scope.values else said["scope"]
            token = keep_upload(content, file.name, said, by=request.seat, at=timezone.now())
            return redirect("sheet", place.slug, place.year, token)
    taking = _target(request, place)
    return _page(request, "sheet_upload", {"place": place, "form": form, "taking": taking})


@require_GET
def sheet_template(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """The template of a department, filled in with its tasks and what it has recorded."""
    place = _place(request, t, y)
    form = _target(request, place, request.GET)
    if not form.is_valid():
        raise Http404
    department, campaign = form.owner_row, _campaign(place, form.cleaned_data["scope"])
    tasks = tasks_for([department], place.province, place.campaign) if campaign else []
    rows = recorded(department, campaign, place.year)
    content = write_template(department, campaign, tasks, rows, year=place.year)
    return _file(content, f"mau-hoat-dong-{place.year}.xlsx")


def sheet(request: HttpRequest, t: str, y: int, token: str) -> HttpResponse:
    """An uploaded file as understood; nothing is stored until it is confirmed."""
    return _kept(request, t, y, token, "file")


@require_GET
def sheet_faults(request: HttpRequest, t: str, y: int, token: str) -> HttpResponse:
    """The uploaded file back, with a column that says what to put right."""
    place = _place(request, t, y)
    upload = _find(request, token, "file")
    look = _look(request, place, upload)
    return _file(with_faults(upload.content, look.understood), f"{upload.name.rpartition('.')[0]} - lỗi.xlsx")


def paste(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Paste rows copied from Excel; they are kept for a day and looked at on the next page."""
    place = _place(request, t, y)
    form = _bound(request, place, PasteForm)
    if request.method == "POST" and form.is_valid():
        block = form.cleaned_data["block"]
        try:
            read = read_paste(block)
        except Refused as refused:
            form.add_error("block", refused.sentence)
        else:
            said = {"kind": "paste", **form.said, **_remembered(request, read)}
            token = keep_upload(block.encode(), "", said, by=request.seat, at=timezone.now())
            return redirect("paste_kept", place.slug, place.year, token)
    return _page(request, "paste", {"place": place, "form": form})


def paste_kept(request: HttpRequest, t: str, y: int, token: str) -> HttpResponse:
    """A pasted block as understood; which column is which can be said, nothing is stored until it is confirmed."""
    return _kept(request, t, y, token, "paste")


# What both ways share


@dataclasses.dataclass(frozen=True)
class Look:
    """An upload with all that was understood of it."""

    upload: Upload
    read: Sheet
    department: Department
    campaign: Campaign | None
    year: int
    understood: Understood
    heading: int = 0
    columns: dict[str, int] = dataclasses.field(default_factory=dict)

    @property
    def preview(self) -> Preview:
        return preview_of(self.understood, summary(self.understood))


def _kept(request: HttpRequest, t: str, y: int, token: str, kind: str) -> HttpResponse:
    place = _place(request, t, y)
    then = request.POST.get("then", "") if request.method == "POST" else ""
    if then == "confirm":
        return _confirm(request, place, token, kind)
    upload = _find(request, token, kind)
    if then == "forget":
        forget_upload(token, by=request.seat)
        return redirect("sheet_upload" if kind == "file" else "paste", place.slug, place.year)
    if then == "names":
        upload = change_upload(upload, {"names": "confirmed_names" in request.POST}, by=request.seat)
    if then == "columns":
        return _choose_columns(request, place, upload)
    return _show(request, _look(request, place, upload))


def _confirm(request: HttpRequest, place: Place, token: str, kind: str) -> HttpResponse:
    at = timezone.now()
    try:
        return answer_once(request, lambda: _store(request, place, token, kind, at), at=at)
    except Refused as refused:
        upload = find_upload(token, by=request.seat, at=at)
        if upload is None:
            messages.error(request, refused.sentence)
            return redirect("sheet_upload" if kind == "file" else "paste", place.slug, place.year)
        return _show(request, _look(request, place, upload), refused=refused.sentence)


def _store(request: HttpRequest, place: Place, token: str, kind: str, at) -> str:
    """Store the rows, whole or not at all; the address of what comes next."""
    upload = find_upload(token, by=request.seat, at=at)
    if upload is None or upload.said["kind"] != kind:
        raise Refused(_("What was uploaded is kept for one day and then forgotten. Upload it again"))
    look = _look(request, place, upload)
    where = {"owner": look.department, "campaign": look.campaign, "year": place.year, "province": place.province}
    names = bool(upload.said.get("names"))
    result = import_rows(look.understood, **where, by=request.seat, at=at, confirmed_names=names)
    forget_upload(token, by=request.seat)
    messages.success(request, told(result))
    return reverse("activities", args=[place.slug, place.year])


def told(result: ImportResult) -> str:
    """What an upload did, in one line."""
    slots = {name: format_number(getattr(result, name)) for name in ("added", "updated", "unchanged")}
    return _("Stored: %(added)s added, %(updated)s changed, %(unchanged)s as they were") % slots


def _look(request: HttpRequest, place: Place, upload: Upload) -> Look:
    """The upload read and understood anew; what is stored may have changed since it was shown."""
    department = _owner(request, place, upload.said["owner"])
    campaign = _campaign(place, upload.said["scope"])
    names = bool(upload.said.get("names"))
    where = {"department": department, "campaign": campaign, "year": place.year, "confirmed_names": names}
    if upload.said["kind"] == "file":
        read = read_sheet(upload.content, upload.name)
        return Look(upload, read, department, campaign, place.year, understand(read, **where))
    read = read_paste(upload.content.decode())
    heading, columns = guess_columns(read)
    columns = upload.said.get("columns", columns)
    rows, columns = _below(read, heading, columns, upload.said.get("type", ""))
    understood = understand(rows, columns=columns, **where)
    return Look(upload, read, department, campaign, place.year, understood, heading, columns)


def _below(read: Sheet, heading: int, columns: dict[str, int], kind: str) -> tuple[Sheet, dict[str, int]]:
    """The rows below the heading; where a type was chosen for all, the rows without one have it."""
    rows = {no: dict(cells) for no, cells in read.rows.items() if no > heading}
    if kind:
        last = max((column for cells in rows.values() for column in cells), default=0)
        columns = {"type": last + 1, **columns}
        for no, cells in rows.items():
            cells.setdefault(columns["type"], Cell(no, columns["type"], kind, kind))
    return dataclasses.replace(read, rows=rows), columns


def _choose_columns(request: HttpRequest, place: Place, upload: Upload) -> HttpResponse:
    look = _look(request, place, upload)
    form = _columns_form(look, request.POST)
    if not form.is_valid():
        return _show(request, look, columns=form)
    said = {"columns": form.cleaned_data["columns"], "type": form.cleaned_data["kind"]}
    change_upload(upload, said, by=request.seat)
    save_draft(COLUMNS_FORM, _shape_of(look.read), said, by=request.seat, at=timezone.now())
    return redirect("paste_kept", place.slug, place.year, upload.token)


def _columns_form(look: Look, data=None) -> ColumnsForm:
    types = load_lists(look.department, look.campaign, look.year).types
    initial = {"kind": look.upload.said.get("type", "")}
    return ColumnsForm(data, initial=initial, sheet=look.read, heading=look.heading, columns=look.columns, types=types)


def _remembered(request: HttpRequest, read: Sheet) -> dict:
    """What the person said the last time about a block with the same first row."""
    draft = find_draft(request.seat, COLUMNS_FORM, _shape_of(read))
    return draft.raw if draft else {}


def _shape_of(read: Sheet) -> str:
    """A name for blocks with the same heading, or with as many columns when there is none."""
    heading, _columns = guess_columns(read)
    cells = read.rows.get(heading, {})
    widest = max((column for row in read.rows.values() for column in row), default=0)
    text = "\t".join(f"{column}{fold(cell.shown)}" for column, cell in sorted(cells.items())) or str(widest)
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def _show(request: HttpRequest, look: Look, *, refused: str = "", columns: ColumnsForm | None = None) -> HttpResponse:
    said = look.upload.said
    if said["kind"] == "paste" and columns is None:
        columns = _columns_form(look)
    preview = look.preview
    bad = bool(refused) or bool(columns and columns.errors)
    context = {
        "place": request.place,
        "look": look,
        "preview": preview,
        "columns": columns,
        "summary": say("sheet.summary", **preview.counts) if look.understood.rows else "",
        "refused": [refused] if refused else [],
        "names": bool(said.get("names")),
        "faulty": bad,
    }
    return render(request, "activities/sheet_preview.html", context, status=422 if bad else 200)


def _place(request: HttpRequest, t: str, y: int) -> Place:
    """The place, for a seat that may record there."""
    place = place_of(request, t, y)
    if not writes_here(request, place):
        raise Http404
    return place


def _bound(request: HttpRequest, place: Place, kind: type[TargetForm]) -> TargetForm:
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    return kind(*data, **_offered(request, place))


def _target(request: HttpRequest, place: Place, data=None) -> TargetForm:
    return TargetForm(data, auto_id="mau_%s", **_offered(request, place))


def _offered(request: HttpRequest, place: Place) -> dict:
    return {"owners": acting_in_year(request.seat, place.province, place.year), "campaign": place.campaign}


def _owner(request: HttpRequest, place: Place, pk: int) -> Department:
    """The department the upload is for; it may be lost to the seat since."""
    found = next((d for d in acting_in_year(request.seat, place.province, place.year) if d.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _find(request: HttpRequest, token: str, kind: str) -> Upload:
    upload = find_upload(token, by=request.seat, at=timezone.now())
    if upload is None or upload.said["kind"] != kind:
        raise Http404
    return upload


def _campaign(place: Place, scope: str) -> Campaign | None:
    return place.campaign if scope == Activity.Scope.MONTH else None


def _page(request: HttpRequest, name: str, context: dict) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, f"activities/{name}.html", context, status=status)


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=FILE_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
