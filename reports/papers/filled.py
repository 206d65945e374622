"""A report laid into what others laid down: the province's own Word template, the asker's Excel form."""

import datetime
from typing import BinaryIO

from provinces.storage import file_path
from reports.documents import excel_form, word_template
from reports.models import ExcelForm, Report, WordTemplate
from reports.papers.report import paper_of
from reports.queries.patterns import Filling
from reports.snapshot import MONTH, Figures


def write_by_template(
    template: WordTemplate, report: Report, taken: Figures, to: BinaryIO, *, at: datetime.datetime
) -> None:
    """The report in the province's own layout, with the words and figures of the official one."""
    content = file_path(template.file.sha256).read_bytes()
    word_template.fill(content, paper_of(report, at=at), facts_of(taken), to)


def facts_of(taken: Figures) -> dict[str, str]:
    """Names of the year, and every measure's number under its code."""
    head = taken.header
    numbers = {each.code + ("" if each.scope == MONTH else ":nam"): each.printed for each in taken.cells}
    return {"tinh": head.province, "nam": str(head.year), "chu_de": head.theme, **numbers}


def write_form(form: ExcelForm, filling: Filling, to: BinaryIO) -> None:
    """The asker's form with the report's numbers in it."""
    to.write(excel_form.fill(file_path(form.file.sha256).read_bytes(), filling.values))
