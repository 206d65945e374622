"""Activities from a sheet: take the template, upload it filled in, or paste a block; what follows is in `preview`."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from activities.forms.sheets import PasteForm, TargetForm, UploadForm
from activities.models import Activity, Intake
from activities.operations.intakes import ask_look
from activities.operations.uploads import KEPT, keep_upload
from activities.queries import acting_in_year, tasks_for
from activities.sheets.existing import recorded
from activities.sheets.looking import is_large
from activities.sheets.paste import guess_columns, read_paste
from activities.sheets.people import refuse_people
from activities.sheets.reading import Sheet, read_sheet
from activities.sheets.stamp import find_stamp
from activities.sheets.template import write_template
from activities.tasks import go_through_sheet
from activities.views.lists import writes_here
from campaigns.models import Campaign
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.drafts import find_draft
from provinces.vietnamese import fold
from provinces.views.bell import ring
from provinces.workflow import Refused

FILE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS_FORM = "sheet-columns"


def sheet_upload(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Take the template, upload it filled in; the file is kept for a day and looked at on the next page."""
    place = recording_place(request, t, y)
    form = _bound(request, place, UploadForm)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content, said = file.read(), {"kind": "file", **form.said}
        try:
            read = read_sheet(content, file.name)
            refuse_people(read)
        except Refused as refused:
            form.add_error("file", refused.sentence)
        else:
            stamp = find_stamp(read)
            said["scope"] = stamp.scope if stamp and stamp.scope in Activity.Scope.values else said["scope"]
            return redirect("sheet", place.slug, place.year, _keep(request, place, form, said, content, read))
    sent = Intake.objects.visible_to(request.seat).filter(province=place.province, year=place.year)
    context = {"place": place, "form": form, "taking": _target(request, place)}
    return _page(request, "sheet_upload", {**context, "sent": sent.filter(queued_at__gte=timezone.now() - KEPT)})


def _keep(request: HttpRequest, place: Place, form: TargetForm, said: dict, content: bytes, read: Sheet) -> str:
    """Keep what was sent until it is confirmed; a large sheet is put in the queue at once. Returns its token."""
    at, file = timezone.now(), form.cleaned_data.get("file")
    name = file.name if file else ""
    token = keep_upload(content, name, {**said, "language": get_language()}, by=request.seat, at=at)
    if is_large(read):
        where = {"owner": form.owner_row, "province": place.province, "year": place.year}
        intake = ask_look(token, name, campaign=_campaign(place, said["scope"]), **where, by=request.seat, at=at)
        ring(go_through_sheet, intake_id=intake.pk)
    return token


@require_GET
def sheet_template(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """The template of a department, filled in with its tasks and what it has recorded."""
    place = recording_place(request, t, y)
    form = _target(request, place, request.GET)
    if not form.is_valid():
        raise Http404
    department, campaign = form.owner_row, _campaign(place, form.cleaned_data["scope"])
    tasks = tasks_for([department], place.province, place.campaign) if campaign else []
    rows = recorded(department, campaign, place.year)
    content = write_template(department, campaign, tasks, rows, year=place.year)
    return file_answer(content, f"mau-hoat-dong-{place.year}.xlsx")


def paste(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Paste rows copied from Excel; they are kept for a day and looked at on the next page."""
    place = recording_place(request, t, y)
    form = _bound(request, place, PasteForm)
    if request.method == "POST" and form.is_valid():
        block = form.cleaned_data["block"]
        try:
            read = read_paste(block)
            refuse_people(read)
        except Refused as refused:
            form.add_error("block", refused.sentence)
        else:
            said = {"kind": "paste", **form.said, **_remembered(request, read)}
            return redirect(
                "paste_kept", place.slug, place.year, _keep(request, place, form, said, block.encode(), read)
            )
    return _page(request, "paste", {"place": place, "form": form})


def _remembered(request: HttpRequest, read: Sheet) -> dict:
    """What the person said the last time about a block with the same first row."""
    draft = find_draft(request.seat, COLUMNS_FORM, shape_of(read))
    return draft.raw if draft else {}


def shape_of(read: Sheet) -> str:
    """A name for blocks with the same heading, or with as many columns when there is none."""
    heading, _columns = guess_columns(read)
    cells = read.rows.get(heading, {})
    widest = max((column for row in read.rows.values() for column in row), default=0)
    text = "\t".join(f"{column}{fold(cell.shown)}" for column, cell in sorted(cells.items())) or str(widest)
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def recording_place(request: HttpRequest, t: str, y: int) -> Place:
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


def _campaign(place: Place, scope: str) -> Campaign | None:
    return place.campaign if scope == Activity.Scope.MONTH else None


def _page(request: HttpRequest, name: str, context: dict) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, f"activities/{name}.html", context, status=status)


def file_answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=FILE_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
