"""An uploaded or pasted sheet before it is stored: seen whole, its columns named, confirmed; large ones by a worker."""

import dataclasses

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRefresh

from activities.forms.sheets import ColumnsForm
from activities.models import Activity, Intake
from activities.operations.importing import ImportResult, import_rows
from activities.operations.intakes import ask_look, ask_store, stop_intake
from activities.operations.uploads import Upload, change_upload, find_upload, forget_upload
from activities.queries import acting_in_year
from activities.sheets.faulty import with_faults
from activities.sheets.intake import faulty_file_of, look_of
from activities.sheets.lists import load_lists
from activities.sheets.looking import Opened, open_upload, understand_upload
from activities.sheets.preview import preview_of
from activities.sheets.reading import Sheet
from activities.sheets.rows import summary
from activities.sheets.sentences import say
from activities.tasks import go_through_sheet
from activities.views.sheets import COLUMNS_FORM, file_answer, recording_place, shape_of
from campaigns.queries import Place
from provinces.models import Department
from provinces.operations import save_draft
from provinces.vietnamese import format_number
from provinces.views.bell import ring
from provinces.views.once import answer_once
from provinces.workflow import Refused


@dataclasses.dataclass(frozen=True)
class Look:
    """What the page shows of an upload: read now, or kept by the worker that went through it."""

    opened: Opened
    preview: object
    any: bool


def sheet(request: HttpRequest, t: str, y: int, token: str) -> HttpResponse:
    """An uploaded file as understood; nothing is stored until it is confirmed."""
    return _kept(request, t, y, token, "file")


def paste_kept(request: HttpRequest, t: str, y: int, token: str) -> HttpResponse:
    """A pasted block as understood; which column is which can be said, nothing is stored until it is confirmed."""
    return _kept(request, t, y, token, "paste")


@require_GET
def sheet_faults(request: HttpRequest, t: str, y: int, token: str) -> HttpResponse:
    """The uploaded file back, with a column that says what to put right."""
    place = recording_place(request, t, y)
    upload = _find(request, token, "file")
    content = faulty_file_of(token, request.seat)
    if content is None:
        content = with_faults(upload.content, understand_upload(_open(request, place, upload)))
    return file_answer(content, f"{upload.name.rpartition('.')[0]} - lỗi.xlsx")


def _kept(request: HttpRequest, t: str, y: int, token: str, kind: str) -> HttpResponse:
    place = recording_place(request, t, y)
    then = request.POST.get("then", "") if request.method == "POST" else ""
    intake = Intake.objects.visible_to(request.seat).filter(province=place.province, year=y, token=token).first()
    if intake is not None:
        return _of_worker(request, place, intake, kind, then)
    if then == "confirm":
        return _confirm(request, place, token, kind)
    upload = _find(request, token, kind)
    if then == "forget":
        return _forget(request, place, token, kind)
    if then == "names":
        upload = _say_names(request, upload)
    opened = _open(request, place, upload)
    if then == "columns":
        return _choose_columns(request, opened) or redirect(request.path)
    return _show(request, _look(opened))


# A large one: the page asks, a worker goes through it


def _of_worker(request: HttpRequest, place: Place, intake: Intake, kind: str, then: str) -> HttpResponse:
    """How far the worker is, or what it found; what is pressed puts the sheet in the queue again."""
    if then == "forget":
        stop_intake(intake, by=request.seat, at=timezone.now())
        return _forget(request, place, intake.token, kind)
    stored = intake.stage == Intake.Stage.STORE and intake.status == Intake.Status.DONE
    upload = find_upload(intake.token, by=request.seat, at=timezone.now())
    if stored or intake.is_open or upload is None or intake.status == Intake.Status.STOPPED:
        return redirect(request.path) if then else _progress(request, place, intake, upload)
    if then:
        return _ask(request, place, intake, upload, then)
    found = look_of(upload, request.seat)
    if intake.status != Intake.Status.DONE or found is None:
        return _progress(request, place, intake, upload)
    if request.htmx:
        return HttpResponseClientRefresh()
    return _show(request, Look(_open(request, place, upload, reads=kind == "paste"), found["preview"], found["any"]))


def _ask(request: HttpRequest, place: Place, intake: Intake, upload: Upload, then: str) -> HttpResponse:
    """Put the sheet in the queue: to be stored, or looked through again with what is said now."""
    at = timezone.now()
    if then == "confirm":
        ask_store(intake, by=request.seat, at=at)
        ring(go_through_sheet, intake_id=intake.pk)
        return redirect(request.path)
    if then == "names":
        _say_names(request, upload)
    if then == "columns" and (refused := _choose_columns(request, _open(request, place, upload))):
        return refused
    where = {"owner": intake.owner, "province": intake.province, "campaign": intake.campaign, "year": intake.year}
    ask_look(intake.token, intake.name, **where, by=request.seat, at=at)
    ring(go_through_sheet, intake_id=intake.pk)
    return redirect(request.path)


def _progress(request: HttpRequest, place: Place, intake: Intake, upload: Upload | None) -> HttpResponse:
    """The fragment asks again by itself; without JavaScript the page has a link to look again."""
    context = {"place": place, "intake": intake, "kept": upload is not None, "here": request.path}
    page = "sheet_progress.html#progress" if request.htmx else "sheet_progress.html"
    return render(request, f"activities/{page}", context)


# One that is read within the request


def _confirm(request: HttpRequest, place: Place, token: str, kind: str) -> HttpResponse:
    at = timezone.now()
    try:
        return answer_once(request, lambda: _store(request, place, token, kind, at), at=at)
    except Refused as refused:
        upload = find_upload(token, by=request.seat, at=at)
        if upload is None:
            messages.error(request, refused.sentence)
            return redirect("sheet_upload" if kind == "file" else "paste", place.slug, place.year)
        return _show(request, _look(_open(request, place, upload)), refused=refused.sentence)


def _store(request: HttpRequest, place: Place, token: str, kind: str, at) -> str:
    """Store the rows, whole or not at all; the address of what comes next."""
    upload = find_upload(token, by=request.seat, at=at)
    if upload is None or upload.said["kind"] != kind:
        raise Refused(_("What was uploaded is kept for one day and then forgotten. Upload it again"))
    opened = _open(request, place, upload)
    where = {"owner": opened.department, "campaign": opened.campaign, "year": place.year, "province": place.province}
    names = bool(upload.said.get("names"))
    result = import_rows(understand_upload(opened), **where, by=request.seat, at=at, confirmed_names=names)
    forget_upload(token, by=request.seat)
    messages.success(request, told(result))
    return reverse("activities", args=[place.slug, place.year])


def told(result: ImportResult) -> str:
    """What an upload did, in one line."""
    slots = {name: format_number(getattr(result, name)) for name in ("added", "updated", "unchanged")}
    return _("Stored: %(added)s added, %(updated)s changed, %(unchanged)s as they were") % slots


# What both share


def _open(request: HttpRequest, place: Place, upload: Upload, *, reads: bool = True) -> Opened:
    """The cells of the upload, for a department that the seat still records for; unread where nobody needs them."""
    campaign = place.campaign if upload.said["scope"] == Activity.Scope.MONTH else None
    owner = _owner(request, place, upload.said["owner"])
    if not reads:
        return Opened(upload, Sheet("", {}), owner, campaign, place.year)
    return open_upload(upload, owner, campaign, place.year)


def _look(opened: Opened) -> Look:
    """The upload understood anew; what is stored may have changed since it was shown."""
    understood = understand_upload(opened)
    return Look(opened, preview_of(understood, summary(understood)), bool(understood.rows))


def _say_names(request: HttpRequest, upload: Upload) -> Upload:
    return change_upload(upload, {"names": "confirmed_names" in request.POST}, by=request.seat)


def _forget(request: HttpRequest, place: Place, token: str, kind: str) -> HttpResponse:
    forget_upload(token, by=request.seat)
    return redirect("sheet_upload" if kind == "file" else "paste", place.slug, place.year)


def _choose_columns(request: HttpRequest, opened: Opened) -> HttpResponse | None:
    """Keep which column is which, for this block and the next one like it; the page again when that is unclear."""
    form = _columns_form(opened, request.POST)
    if not form.is_valid():
        return _show(request, _look(opened), columns=form)
    said = {"columns": form.cleaned_data["columns"], "type": form.cleaned_data["kind"]}
    change_upload(opened.upload, said, by=request.seat)
    save_draft(COLUMNS_FORM, shape_of(opened.read), said, by=request.seat, at=timezone.now())
    return None


def _columns_form(opened: Opened, data=None) -> ColumnsForm:
    types = load_lists(opened.department, opened.campaign, opened.year).types
    initial = {"kind": opened.upload.said.get("type", "")}
    boxes = {"sheet": opened.read, "heading": opened.heading, "columns": opened.columns, "types": types}
    return ColumnsForm(data, initial=initial, **boxes)


def _show(request: HttpRequest, look: Look, *, refused: str = "", columns: ColumnsForm | None = None) -> HttpResponse:
    said = look.opened.upload.said
    if said["kind"] == "paste" and columns is None:
        columns = _columns_form(look.opened)
    bad = bool(refused) or bool(columns and columns.errors)
    preview = look.preview
    counts = preview["counts"] if isinstance(preview, dict) else preview.counts
    context = {
        "place": request.place,
        "look": look.opened,
        "preview": preview,
        "columns": columns,
        "summary": say("sheet.summary", **counts) if look.any else "",
        "refused": [refused] if refused else [],
        "names": bool(said.get("names")),
        "faulty": bad,
    }
    return render(request, "activities/sheet_preview.html", context, status=422 if bad else 200)


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
