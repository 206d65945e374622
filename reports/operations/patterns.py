"""A province's Word templates and the asker's Excel forms: laid down, tried, used, retired; versions stay."""

import dataclasses
import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Measure
from provinces.models import Seat, Unit
from provinces.operations.files import store_file
from provinces.queries import administers, keeps_country
from provinces.vietnamese import nfc
from provinces.workflow import Refused, record_event
from reports.documents.excel_form import letters
from reports.documents.word_template import MEASURE, SLOTS
from reports.intake.child import looked_over
from reports.models import ExcelForm, FormCell, WordTemplate


@dataclasses.dataclass(frozen=True)
class CellFacts:
    """What a person said about one cell of a form; neither measure nor fact clears it."""

    column: int
    part: str = "total"
    measure: Measure | None = None
    fact: str = ""
    scope: str = "month"
    overwrites: bool = False


@transaction.atomic
def add_template(province: Unit, content: bytes, name: str, *, by: Seat, at: datetime.datetime) -> WordTemplate:
    """Keep a Word template as the province's next version; it is not used before somebody has tried it."""
    _refuse_stranger(province, by, at)
    found = looked_over(content, name, "word", {"slots": sorted(SLOTS), "measures": MEASURE})
    if not found["slots"]:
        raise Refused(_("The template has no slot: nothing of a report would stand in it"), field="file")
    file = store_file(content, name, "template", owner=by.department, by=by, at=at)
    last = WordTemplate.objects.filter(province=province).order_by("-no").values_list("no", flat=True).first() or 0
    row = WordTemplate.objects.create(province=province, no=last + 1, file=file, slots=found["slots"], by=by, at=at)
    record_event("template.add", row, by=by, at=at, province=province, details={"no": row.no, "sha256": file.sha256})
    return row


@transaction.atomic
def note_preview(template: WordTemplate, *, by: Seat, at: datetime.datetime) -> WordTemplate:
    """Remember that the template was tried with real figures."""
    _refuse_stranger(template.province, by, at)
    if template.previewed_at is None:
        WordTemplate.objects.filter(pk=template.pk).update(previewed_at=at)
        record_event("template.preview", template, by=by, at=at, details={"no": template.no})
    return WordTemplate.objects.get(pk=template.pk)


@transaction.atomic
def use_template(template: WordTemplate, *, by: Seat, at: datetime.datetime) -> WordTemplate:
    """Offer documents by this version beside the official layout; another version in use ends."""
    _refuse_stranger(template.province, by, at)
    if template.previewed_at is None:
        raise Refused(_("Try the template with the figures of a report first"))
    in_use = WordTemplate.objects.filter(province=template.province, used_from__isnull=False, used_to=None)
    in_use.exclude(pk=template.pk).update(used_to=at)
    WordTemplate.objects.filter(pk=template.pk).update(used_from=at, used_to=None)
    record_event("template.use", template, by=by, at=at, details={"no": template.no})
    return WordTemplate.objects.get(pk=template.pk)


@transaction.atomic
def stop_template(template: WordTemplate, *, by: Seat, at: datetime.datetime) -> WordTemplate:
    """Go back to the official layout alone."""
    _refuse_stranger(template.province, by, at)
    if WordTemplate.objects.filter(pk=template.pk, used_from__isnull=False, used_to=None).update(used_to=at):
        record_event("template.stop", template, by=by, at=at, details={"no": template.no})
    return WordTemplate.objects.get(pk=template.pk)


@transaction.atomic
def add_form(
    province: Unit | None,
    content: bytes,
    name: str,
    *,
    title: str,
    asker: str = "",
    replaces: ExcelForm | None = None,
    by: Seat,
    at: datetime.datetime,
) -> ExcelForm:
    """Keep an asker's form; no province means all of them. A new version takes over what cells were said to hold."""
    _refuse_keeper(province, by, at)
    found = looked_over(content, name, "excel")
    if not any(sheet["rows"] for sheet in found["sheets"]):
        raise Refused(_("The form is empty"), field="file")
    file = store_file(content, name, "form", owner=by.department, by=by, at=at)
    form = ExcelForm.objects.create(
        province=province,
        name=nfc(title),
        asker=nfc(asker),
        file=file,
        sheets=found["sheets"],
        replaces=replaces,
        by=by,
        at=at,
    )
    if replaces:
        _take_over(replaces, form)
        ExcelForm.objects.filter(pk=replaces.pk).update(retired_at=at)
    record_event("form.add", form, by=by, at=at, province=province, details={"name": form.name, "sha256": file.sha256})
    return form


def _take_over(old: ExcelForm, new: ExcelForm) -> None:
    """The same cells hold the same, where the new version has such a sheet and nothing stands in the way."""
    places = {sheet["name"]: number for number, sheet in enumerate(new.sheets)}
    rows = []
    for cell in old.cells.all():
        number = places.get(old.sheets[cell.sheet]["name"])
        if number is None or holds(new.sheets[number], cell.row, cell.column) in {"formula", "covered", "outside"}:
            continue
        rows.append(
            FormCell(
                form=new,
                sheet=number,
                row=cell.row,
                column=cell.column,
                measure_id=cell.measure_id,
                fact=cell.fact,
                scope=cell.scope,
                part=cell.part,
                overwrites=cell.overwrites,
            )
        )
    FormCell.objects.bulk_create(rows)


@transaction.atomic
def map_row(form: ExcelForm, sheet: int, row: int, cells: Sequence[CellFacts], *, by: Seat, at: datetime.datetime):
    """Say what the cells of one row hold; a cell with words or a formula only when that is said too."""
    _refuse_keeper(form.province, by, at)
    if form.retired_at:
        raise Refused(_("This version of the form is no longer used"))
    said = [each for each in cells if each.measure or each.fact]
    for each in said:
        _refuse_silent_overwriting(form.sheets[sheet], row, each)
    form.cells.filter(sheet=sheet, row=row, column__in=[each.column for each in cells]).delete()
    FormCell.objects.bulk_create(
        FormCell(
            form=form,
            sheet=sheet,
            row=row,
            column=each.column,
            measure=each.measure,
            fact=each.fact,
            scope=each.scope,
            part=each.part,
            overwrites=each.overwrites,
        )
        for each in said
    )
    record_event("form.map", form, by=by, at=at, province=form.province, details={"row": row, "cells": len(said)})
    return form


def _refuse_silent_overwriting(sheet: dict, row: int, facts: CellFacts) -> None:
    what = holds(sheet, row, facts.column)
    where = f"{letters(facts.column)}{row}"
    if what in {"covered", "outside", "held"}:
        raise Refused(_("Cell %(cell)s cannot be filled") % {"cell": where})
    if what in {"text", "formula"} and not facts.overwrites:
        sentence = {
            "text": _("Cell %(cell)s holds words; tick that they are overwritten"),
            "formula": _("Cell %(cell)s holds a formula; tick that it is overwritten"),
        }[what]
        raise Refused(sentence % {"cell": where})


def holds(sheet: dict, row: int, column: int) -> str:
    """What stands in a cell of a form: "formula", "held" (one that others hang on), "text", "number", "" or nothing
    at all: "covered" by a merged area, "outside" of the sheet."""
    if row > sheet["last"][0] or column > sheet["last"][1] or row < 1 or column < 1:
        return "outside"
    for top, left, bottom, right in sheet["merged"]:
        if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
            return "covered"
    if [row, column] in sheet.get("held", []):
        return "held"
    if [row, column] in sheet["formulas"]:
        return "formula"
    cells = next((cells for number, cells in sheet["rows"] if number == row), [])
    found = next((cell for cell in cells if cell[0] == column), None)
    return "" if found is None else "text" if found[1] == "t" else "number"


@transaction.atomic
def retire_form(form: ExcelForm, *, by: Seat, at: datetime.datetime) -> ExcelForm:
    """Fill this form no more; it stays with what its cells were said to hold."""
    _refuse_keeper(form.province, by, at)
    if ExcelForm.objects.filter(pk=form.pk, retired_at=None).update(retired_at=at):
        record_event("form.retire", form, by=by, at=at, province=form.province, details={"name": form.name})
    return ExcelForm.objects.get(pk=form.pk)


def _refuse_keeper(province: Unit | None, by: Seat, at: datetime.datetime) -> None:
    if province is None and not keeps_country(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    if province is not None:
        _refuse_stranger(province, by, at)


def _refuse_stranger(province: Unit, by: Seat, at: datetime.datetime) -> None:
    if not administers(by, province, timezone.localtime(at).date()):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
