"""Administration of what others lay down for our papers: Word templates of the province, Excel forms of who asks."""

import dataclasses
import datetime
from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.models import Measure
from provinces.models import Unit
from provinces.queries import administers, keeps_country, with_predecessors
from provinces.views.administration import posted, province_of, show
from provinces.views.once import answer_once
from provinces.workflow import Refused
from reports.documents.excel_form import letters
from reports.documents.word_template import SLOTS
from reports.forms.patterns import ExcelFormForm, RowForm, TemplateForm
from reports.models import ExcelForm, FormCell, Report, WordTemplate
from reports.operations.patterns import (
    CellFacts,
    add_form,
    add_template,
    holds,
    map_row,
    note_preview,
    retire_form,
    stop_template,
    use_template,
)
from reports.papers.filled import write_by_template
from reports.queries.patterns import measures_of, says, suggested
from reports.queries.picture import frozen
from reports.views.printing import attachment

SHUT = {"covered", "outside", "held"}
FOLDER = "reports/administration"
TAB = "patterns"


def _administered(request: HttpRequest, t: str) -> Unit:
    """The province of the address, for its administrators alone."""
    province = province_of(request, t)
    if not administers(request.seat, province, timezone.localdate()):
        raise Http404
    return province


def patterns(request: HttpRequest, t: str) -> HttpResponse:
    """Both lists, and the two ways to lay down a file."""
    province = _administered(request, t)
    template_form = TemplateForm(prefix="w")
    excel_form = ExcelFormForm(
        prefix="e", national=keeps_country(request.seat), replaceable=_replaceable(request, province)
    )
    if request.method == "POST":
        which = request.POST.get("loai", "")
        forms = {"word": template_form, "excel": excel_form}
        if which not in forms:
            raise Http404
        return _add(request, province, which, forms)
    return _page(request, province, template_form, excel_form)


def _add(request: HttpRequest, province: Unit, which: str, forms: dict) -> HttpResponse:
    options = {"national": keeps_country(request.seat), "replaceable": _replaceable(request, province)}
    options = options if which == "excel" else {}
    form = forms[which] = type(forms[which])(request.POST, request.FILES, prefix=which[0], **options)
    if form.is_valid():
        try:
            now = timezone.now()
            return answer_once(request, lambda: ADDERS[which](request, province, form.cleaned_data, now), at=now)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
    return _page(request, province, forms["word"], forms["excel"], status=422, form=form)


def _add_word(request: HttpRequest, province: Unit, data: dict, now: datetime.datetime) -> str:
    file = data["file"]
    made = add_template(province, file.read(), file.name, by=request.seat, at=now)
    messages.success(request, _("Version %(no)s is kept. Try it before it is used") % {"no": made.no})
    return reverse("administration_patterns", kwargs={"t": province.slug})


def _add_excel(request: HttpRequest, province: Unit, data: dict, now: datetime.datetime) -> str:
    file = data["file"]
    where = None if data.get("national") else province
    facts = {"title": data["name"], "asker": data["asker"], "replaces": data.get("replaces")}
    made = add_form(where, file.read(), file.name, **facts, by=request.seat, at=now)
    return reverse("administration_form", kwargs={"t": province.slug, "form": made.public_id})


ADDERS = {"word": _add_word, "excel": _add_excel}


def _replaceable(request: HttpRequest, province: Unit) -> list[ExcelForm]:
    """Forms of which a new version can be laid down: what their cells hold is taken over."""
    rows = ExcelForm.objects.visible_to(request.seat).filter(retired_at=None)
    return list(rows if keeps_country(request.seat) else rows.filter(province=province))


def _page(request, province, template_form, excel_form, *, status: int = 200, **more) -> HttpResponse:
    templates = (
        WordTemplate.objects.visible_to(request.seat).filter(province=province).select_related("file", "by__user")
    )
    forms = ExcelForm.objects.visible_to(request.seat).filter(province=province) | ExcelForm.objects.visible_to(
        request.seat
    ).filter(province=None)
    more |= {
        "templates": templates,
        "excel_forms": forms.select_related("file").prefetch_related("cells"),
        "slots": SLOTS.items(),
        "template_form": template_form,
        "excel_form": excel_form,
        "reports": _reports(request, province),
    }
    return show(request, f"{FOLDER}/patterns.html", province, tab=TAB, status=status, **more)


def _reports(request: HttpRequest, province: Unit) -> list[Report]:
    """Reports whose figures a template can be tried with."""
    rows = Report.objects.visible_to(request.seat).filter(kind="report", snapshot__isnull=False)
    rows = rows.filter(province__in=with_predecessors(province))
    return list(rows.select_related("campaign", "snapshot").order_by("-campaign__year", "-version")[:10])


@require_POST
def template_try(request: HttpRequest, t: str, template: str) -> HttpResponse:
    """The template with the figures of a report, as a file."""
    province, row = _template(request, t, template)
    report = next((each for each in _reports(request, province) if each.public_id == request.POST.get("bao-cao")), None)
    if report is None:
        messages.error(request, _("There is no report with figures yet to try the template with"))
        return redirect("administration_patterns", t=t)
    now = timezone.now()
    data = BytesIO()
    write_by_template(row, report, frozen(report.snapshot), data, at=now)
    note_preview(row, by=request.seat, at=now)
    return attachment(data.getvalue(), "docx", f"thu-mau-{row.no}-{report.campaign.year}.docx")


@require_POST
def template_use(request: HttpRequest, t: str, template: str) -> HttpResponse:
    """Use this version beside the official layout, or, with “thoi”, no more."""
    _province, row = _template(request, t, template)
    step = stop_template if "thoi" in request.POST else use_template
    try:
        row = step(row, by=request.seat, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        said = _("Reports can be had in this layout") if row.in_use else _("Reports come in the official layout alone")
        messages.success(request, said)
    return redirect("administration_patterns", t=t)


def _template(request: HttpRequest, t: str, template: str) -> tuple[Unit, WordTemplate]:
    province = _administered(request, t)
    rows = WordTemplate.objects.visible_to(request.seat).filter(province=province).select_related("file", "province")
    return province, get_object_or_404(rows, public_id=template)


@dataclasses.dataclass(frozen=True)
class Box:
    """One place of the sheet on screen: its words, how far it reaches, what it is said to hold."""

    row: int
    column: int
    text: str
    holds: str
    said: str = ""
    across: int = 1
    down: int = 1

    @property
    def label(self) -> str:
        return f"{letters(self.column)}{self.row}" + (f" ({self.text[:40]})" if self.text else "")

    @property
    def warning(self) -> str:
        where = f"{letters(self.column)}{self.row}"
        if self.holds == "formula":
            return _("overwrite the formula of %(cell)s") % {"cell": where}
        return _("overwrite the words of %(cell)s") % {"cell": where}


def excel_form(request: HttpRequest, t: str, form: str) -> HttpResponse:
    """The form as a table; each row leads to what its cells hold."""
    province, row = _form(request, t, form)
    if request.method == "POST":
        retire_form(row, by=request.seat, at=timezone.now())
        messages.success(request, _("The form is no longer filled"))
        return redirect("administration_patterns", t=t)
    number = _sheet_number(request, row)
    sheet = row.sheets[number]
    said = {(cell.row, cell.column): says(cell) for cell in row.cells.filter(sheet=number).select_related("measure")}
    lines = [(line, boxes_of(sheet, line, said)) for line in range(1, sheet["last"][0] + 1)]
    columns = [letters(column) for column in range(1, sheet["last"][1] + 1)]
    more = {"form_row": row, "lines": lines, "columns": columns, "number": number, "said": len(said)}
    return show(request, f"{FOLDER}/form.html", province, tab=TAB, sheet=sheet, **more)


def _sheet_number(request: HttpRequest, row: ExcelForm) -> int:
    asked = request.GET.get("trang", "1")
    number = int(asked) - 1 if asked.isdecimal() and len(asked) < 4 else 0
    if not 0 <= number < len(row.sheets):
        raise Http404
    return number


def boxes_of(sheet: dict, row: int, said: dict) -> list[Box]:
    """The places of a row that are seen: a merged area is one place."""
    texts = {cell[0]: str(cell[2]) for number, cells in sheet["rows"] if number == row for cell in cells}
    areas = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet["merged"]}
    found = []
    for column in range(1, sheet["last"][1] + 1):
        what = holds(sheet, row, column)
        if what == "covered":
            continue
        down, across = areas.get((row, column), (1, 1))
        found.append(Box(row, column, texts.get(column, ""), what, said.get((row, column), ""), across, down))
    return found


def excel_row(request: HttpRequest, t: str, form: str, no: int, row: int) -> HttpResponse:
    """What the cells of one row hold: one measure, a part for each cell."""
    province, found = _form(request, t, form)
    if not 1 <= no <= len(found.sheets) or not 1 <= row <= found.sheets[no - 1]["last"][0]:
        raise Http404
    sheet, number = found.sheets[no - 1], no - 1
    boxes = [box for box in boxes_of(sheet, row, {}) if box.holds not in SHUT]
    measures = measures_of(found.province)
    old = {cell.column: cell for cell in found.cells.filter(sheet=number, row=row).select_related("measure")}
    start = _as_said(old, boxes) or _as_guessed(found, number, row, boxes, measures)
    shape = RowForm(request.POST or None, measures=measures, cells=boxes, initial=start)

    def work(data):
        map_row(found, number, row, _facts(data, boxes, old), by=request.seat, at=timezone.now())

    here = f"?trang={no}#dong-{row}"
    if request.method == "POST" and posted(shape, work):
        messages.success(request, _("Row %(row)s is said") % {"row": row})
        page = redirect("administration_form", t=t, form=form)
        page["Location"] += here
        return page
    more = {"form_row": found, "sheet": sheet, "boxes": boxes, "row": row, "no": no, "here": here, "form": shape}
    more["words"] = [box.text for box in boxes_of(sheet, row, {}) if box.text]
    more["guessed"] = not old and bool(start)
    return show(request, f"{FOLDER}/form_row.html", province, tab=TAB, status=422 if shape.errors else 200, **more)


def _as_said(old: dict[int, FormCell], boxes: list[Box]) -> dict:
    """What the row holds now, as its form shows it."""
    start = {}
    for column, cell in old.items():
        start[f"o{column}"] = f"fact:{cell.fact}" if cell.fact else cell.part
        start[f"de{column}"] = cell.overwrites
        if cell.measure:
            start |= {"measure": str(cell.measure_id), "scope": cell.scope}
    return start


def _as_guessed(found: ExcelForm, number: int, row: int, boxes: list[Box], measures: list[Measure]) -> dict:
    """The measure that the words of the row name, the parts of the row above: shown, and stored by a person only."""
    measure = suggested([box.text for box in boxes], measures)
    if measure is None:
        return {}
    above = (
        found.cells.filter(sheet=number, row__lt=row, fact="").order_by("-row").values_list("row", flat=True).first()
    )
    parts = found.cells.filter(sheet=number, row=above, fact="") if above else []
    empty = {box.column for box in boxes if box.holds in {"", "number"}}
    return {"measure": str(measure.pk)} | {f"o{cell.column}": cell.part for cell in parts if cell.column in empty}


def _facts(data: dict, boxes: list[Box], old: dict[int, FormCell]) -> list[CellFacts]:
    found = []
    for box in boxes:
        said, overwrites = data.get(f"o{box.column}", ""), bool(data.get(f"de{box.column}"))
        if said.startswith("fact:"):
            found.append(CellFacts(box.column, fact=said.removeprefix("fact:"), overwrites=overwrites))
        elif said:
            found.append(CellFacts(box.column, said, data["measure"], "", data["scope"], overwrites))
        elif box.column in old:
            found.append(CellFacts(box.column))
    return found


def _form(request: HttpRequest, t: str, form: str) -> tuple[Unit, ExcelForm]:
    """A form of the province; one of the whole country for the ministry's administrators."""
    province = _administered(request, t)
    rows = ExcelForm.objects.visible_to(request.seat)
    rows = rows if keeps_country(request.seat) else rows.filter(province=province)
    return province, get_object_or_404(rows.select_related("file", "province"), public_id=form)
