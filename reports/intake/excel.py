"""An asker's Excel form looked over: every shown sheet with its cells, formulas and merged areas, nothing outside."""

import re
import zipfile

from activities.sheets.workbook.limits import Stop
from activities.sheets.workbook.package import Walk, look_over
from activities.sheets.workbook.page import Book, Page

SHEETS, ROWS, COLUMNS = 20, 400, 60
FORBIDDEN = ("xl/externallinks/", "xl/connections", "xl/querytables/", "xl/embeddings/", "xl/activex/", "customui/")
REACHES_OUT = re.compile(r"\||WEBSERVICE\s*\(|FILTERXML\s*\(|RTD\s*\(|CALL\s*\(|REGISTER|\[\d+\]", re.IGNORECASE)


def look(package: zipfile.ZipFile, size: int, _known: dict) -> dict:
    """The shown sheets: name, part, cells [column, kind, value], formulas and merged areas."""
    look_over(package, size)
    for part in package.infolist():
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/"):
            raise Stop("path", part=part.filename[:80])
        if name.lower().startswith(FORBIDDEN):
            raise Stop("part", part=name[:80])
        if name.endswith(".rels"):
            _Links(package, part.filename)
    book = Book(package)
    shown = [(name, link) for name, state, link in book.index.sheets if state == "visible"]
    if len(shown) > SHEETS:
        raise Stop("sheets", n=len(shown), max=SHEETS)
    return {"sheets": [_sheet(book, name, link) for name, link in shown]}


def _sheet(book: Book, name: str, link: str) -> dict:
    kind, part = book.links.found.get(link, ("", ""))
    if part not in book.package.NameToInfo or kind != "worksheet":
        raise Stop("broken")
    page = FormPage(book, (name, part))
    rows, columns = min(max(page.last_row, page.low), ROWS), min(max(page.last_column, page.right), COLUMNS)
    if page.last_row > ROWS or page.last_column > COLUMNS:
        raise Stop("large", rows=ROWS, columns=COLUMNS)
    return {
        "name": name,
        "part": part,
        "rows": [[row, [cell[:3] for cell in cells]] for row, cells in sorted(page.rows.items())],
        "formulas": sorted(page.formulas),
        "held": sorted(page.held),
        "merged": page._within(),
        "last": [rows, columns],
    }


class FormPage(Page):
    """A sheet that also knows its formulas, and how far its empty framed cells reach."""

    def __init__(self, book, part):
        self.formulas, self.held, self.low, self.right, self._written_formula = [], [], 0, 0, []
        super().__init__(book, part)

    def _formula_starts(self, attributes):
        super()._formula_starts(attributes)
        if "ref" in attributes:  # other cells hang on this formula
            self.held.append([self._row, self._column])
        self._written_formula = []
        self.piece = self._written_formula

    def _close(self):
        if self._formula:
            self.formulas.append([self._row, self._column])
            if REACHES_OUT.search("".join(self._written_formula)):
                raise Stop("formula", row=self._row, column=self._column)
            self._written_formula = []
        self.low, self.right = max(self.low, self._row), max(self.right, self._column)
        super()._close()


class _Links(Walk):
    """Only addresses that a person clicks may lead outside."""

    def __init__(self, package, name):
        super().__init__(package, name, {"Relationship": self._take})

    def _take(self, attributes):
        kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")
        harmless = kind == "hyperlink" and target.startswith(("http://", "https://", "mailto:"))
        if attributes.get("TargetMode", "").lower() == "external" and not harmless:
            raise Stop("outside", what=kind[:40], target=target[:80])
