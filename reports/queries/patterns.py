"""Forms and templates as they serve a report: what each cell of a form holds, which template is in use."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns.models import Measure
from provinces.models import Unit, UnitSuccession
from provinces.vietnamese import fold, format_date
from reports.documents.excel_form import Filled, letters
from reports.models import ExcelForm, FormCell, Report, WordTemplate
from reports.snapshot import Figure, Figures

LEVELS = {"province", "district", "commune"}
SHORTEST = 12  # letters of a label that may name a measure


@dataclass(frozen=True)
class Place:
    """One cell of a form as a person reads it: “D7”, of which sheet, and what it is to hold."""

    cell: FormCell
    address: str
    says: str


@dataclass(frozen=True)
class Filling:
    """What a report puts into a form: the values, cells without data, cells whose number is an estimate."""

    values: list[Filled]
    empty: list[Place]
    estimates: list[Place]


def keepers_of(province: Unit):
    """The province and those it went into: who looks after its reports today."""
    later = UnitSuccession.objects.filter(predecessor=province).values("successor")
    return Unit.objects.filter(Q(pk=province.pk) | Q(pk__in=later))


def forms_for(province: Unit):
    """The forms a province's reports fill: its own, its successor's, those of the whole country."""
    rows = ExcelForm.objects.filter(Q(province__in=keepers_of(province)) | Q(province=None), retired_at=None)
    return rows.select_related("file")


def template_of(province: Unit) -> WordTemplate | None:
    """The province's own Word template or its successor's, while one is in use."""
    rows = WordTemplate.objects.filter(province__in=keepers_of(province), used_from__isnull=False, used_to=None)
    return rows.order_by("-used_from").first()


def filling(form: ExcelForm, report: Report, taken: Figures) -> Filling:
    """The values of every cell that was said; no data leaves the cell empty, never 0."""
    values, empty, estimates = [], [], []
    for cell in form.cells.select_related("measure"):
        sheet = form.sheets[cell.sheet]
        place = Place(cell, f"{sheet['name']} {letters(cell.column)}{cell.row}", says(cell))
        value = _fact(cell.fact, report, taken) if cell.fact else value_of(cell, taken)
        if value is None or value == "":
            empty.append(place)
            continue
        values.append(Filled(sheet["part"], cell.row, cell.column, value))
        figure = taken.by_cell(f"{cell.measure.code}:{cell.scope}") if cell.measure else None
        if figure and cell.part == FormCell.Part.TOTAL and figure.certainty in {"about", "over", "nearly"}:
            estimates.append(place)
    return Filling(values, empty, estimates)


def says(cell: FormCell) -> str:
    """“CT05.1 Người dự lễ phát động · nữ”."""
    if cell.fact:
        return str(cell.get_fact_display())
    scope = "" if cell.scope == "month" else f" · {_('whole year')}"
    return f"{cell.measure.code} {cell.measure.name} · {cell.get_part_display()}{scope}"


def _fact(fact: str, report: Report, taken: Figures) -> str | int | None:
    head = taken.header
    day = format_date(report.dated) if report.dated else None
    return {"province": head.province, "year": head.year, "department": head.department, "day": day}[fact]


def value_of(cell: FormCell, taken: Figures) -> int | float | None:
    """The number of a cell; a share that a source states as such is a number of percent."""
    figure = taken.by_cell(f"{cell.measure.code}:{cell.scope}")
    if cell.part in {"target", "reached"}:
        return _planned(cell, taken, figure)
    if cell.part == "before":
        before = taken.before(f"{cell.measure.code}:{cell.scope}")
        return before.total if before else None
    if figure is None:
        return None
    if cell.part == "total":
        return _percent(figure) if figure.is_rate else figure.total
    if cell.part in LEVELS:
        share = figure.of("by_level", cell.part)
        return share.total if share else None
    return getattr(figure, cell.part)


def _planned(cell: FormCell, taken: Figures, figure: Figure | None) -> int | float | None:
    line = next((each for each in taken.plan.lines if each.code == cell.measure.code), None)
    if line is None or cell.part == "target":
        return line.target if line else None
    return round(figure.total * 100 / line.target, 1) if figure and figure.total is not None and line.target else None


def _percent(figure: Figure) -> float | None:
    if figure.rate:
        return float(figure.rate)
    return round(figure.numerator * 100 / figure.denominator, 1) if figure.denominator else None


def measures_of(province: Unit | None) -> list[Measure]:
    """The measures a form can hold, in the order of the catalogue; a form of the country holds national ones."""
    rows = Measure.objects.of(province) if province else Measure.objects.filter(province=None)
    return list(rows.select_related("indicator").order_by("indicator__position", "position", "code"))


def suggested(texts: list[str], measures: list[Measure]) -> Measure | None:
    """The measure whose name a row of the form says, if one does."""
    said = [fold(text) for text in texts if len(text) >= SHORTEST]
    named = [each for each in measures for text in said if fold(each.name) in text or text in fold(each.name)]
    return max(named, key=lambda each: len(each.name), default=None)
