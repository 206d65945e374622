"""Choosing the photos of the annex, and the report in layouts and forms of others."""

from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from provinces.vietnamese import format_number, nfc
from provinces.workflow import Refused
from reports.models import ExcelForm, Report
from reports.operations.photos import LONGEST, choose_photos
from reports.papers.filled import write_by_template, write_form
from reports.queries.patterns import filling, forms_for, template_of
from reports.queries.photos import MOST, offered
from reports.views.desk import PREVIEW, Desk, compiled_or_404, desk_of, show
from reports.views.printing import attachment, file_name


def report_photos(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Ảnh phụ lục”: photos behind the figures, in the order of the activities."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    if desk.report.kind == Report.Kind.RETURN:
        raise Http404
    rows = offered(desk.report)
    edits = desk.report.is_open and "own_editor" in desk.report.powers(request.seat)
    if request.method == "POST":
        return _choose(request, desk, rows, edits)
    return _page(request, desk, rows, edits)


def _page(request: HttpRequest, desk: Desk, rows: list, edits: bool, *, refused: str = "", status: int = 200):
    lines = [
        {
            "piece": row.piece,
            "on": f"{row.piece.pk}" in request.POST.getlist("anh") if refused else row.chosen is not None,
            "caption": request.POST.get(f"loi-{row.piece.pk}", row.caption) if refused else row.caption,
        }
        for row in rows
    ]
    more = {"lines": lines, "edits": edits, "most": MOST, "longest": LONGEST, "refused": [refused] if refused else []}
    more["here"] = _("Photos of the annex")
    return show(request, "photos", desk, at=PREVIEW, status=status, faulty=bool(refused), **more)


def _choose(request: HttpRequest, desk: Desk, rows: list, edits: bool) -> HttpResponse:
    wanted = set(request.POST.getlist("anh"))
    chosen = [
        (row.piece, nfc(request.POST.get(f"loi-{row.piece.pk}", ""))) for row in rows if str(row.piece.pk) in wanted
    ]
    try:
        choose_photos(desk.report, chosen, by=request.seat, at=timezone.now())
    except Refused as refused:
        return _page(request, desk, rows, edits, refused=str(refused.sentence), status=422)
    n = len(chosen)
    said = ngettext("%(n)s photo stands in the annex", "%(n)s photos stand in the annex", n)
    messages.success(request, said % {"n": format_number(n)})
    return redirect(desk.url("report_preview"))


@require_safe
def report_by_template(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The DOCX in the province's own layout."""
    desk = desk_of(request, t, y, id)
    figures = compiled_or_404(desk)
    template = template_of(desk.place.province)
    if template is None:
        raise Http404
    data = BytesIO()
    write_by_template(template, desk.report, figures, data, at=timezone.now())
    name = file_name(desk, "docx").replace("bao-cao-", f"bao-cao-mau-{template.no}-", 1)
    return attachment(data.getvalue(), "docx", name)


@require_safe
def report_form(request: HttpRequest, t: str, y: int, id: str, form: str) -> HttpResponse:
    """What the report puts into an asker's form, and with ?tai=1 the filled form."""
    desk = desk_of(request, t, y, id)
    figures = compiled_or_404(desk)
    allowed = forms_for(desk.place.province).values("pk")
    row = get_object_or_404(
        ExcelForm.objects.visible_to(request.seat).filter(pk__in=allowed).select_related("file"), public_id=form
    )
    found = filling(row, desk.report, figures)
    if "tai" in request.GET:
        data = BytesIO()
        write_form(row, found, data)
        name = file_name(desk, "xlsx").replace("phu-luc-", f"bieu-mau-{row.public_id}-", 1)
        return attachment(data.getvalue(), "xlsx", name)
    return show(
        request, "form", desk, at=PREVIEW, form_row=row, filling=found, here=_("Form “%(name)s”") % {"name": row}
    )
