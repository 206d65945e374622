"""The asker's Excel form filled in: only the named cells change, all else stays byte for byte as it was laid out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

CHAIN = "xl/calcChain.xml"
WORKBOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
REFERENCE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True)
class Filled:
    """What goes into one cell: `part` is the file of the sheet inside the package, row and column count from 1."""

    part: str
    row: int
    column: int
    value: int | float | str


def fill(content: bytes, values: list[Filled]) -> bytes:
    """The form with these values: numbers stay numbers, text is text and never a formula.

    Formulas are worked out anew when the file is opened: their old results would contradict the new numbers.
    """
    by_part: dict[str, list[Filled]] = {}
    for each in values:
        by_part.setdefault(each.part, []).append(each)
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename == CHAIN:
                continue
            info = ZipInfo(entry.filename, entry.date_time)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, _part(entry.filename, old.read(entry), by_part))
    return out.getvalue()


def _part(name: str, data: bytes, by_part: dict[str, list[Filled]]) -> bytes:
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        return _sheet(data, by_part.get(name, []))
    edit = {WORKBOOK: _recalculated, LINKS: _unchained, TYPES: _unchained}.get(name)
    return _edited(data, edit) if edit else data


def _edited(data: bytes, edit) -> bytes:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    edit(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _tag(root, name: str) -> str:
    return f"{{{etree.QName(root).namespace}}}{name}"


def _recalculated(root) -> None:
    """Excel works everything out when it opens the file."""
    calculation = root.find(_tag(root, "calcPr"))
    if calculation is None:
        calculation = etree.Element(_tag(root, "calcPr"))
        before = [root.find(_tag(root, name)) for name in ("definedNames", "externalReferences", "sheets")]
        next(each for each in before if each is not None).addnext(calculation)
    calculation.set("fullCalcOnLoad", "1")


def _unchained(root) -> None:
    """Without the list of formulas in their order: Excel makes a new one, and complains about a wrong one."""
    for child in list(root):
        if "calcChain" in (child.get("PartName", "") + child.get("Target", "")):
            root.remove(child)


def _sheet(data: bytes, values: list[Filled]) -> bytes:
    if not values and b"<f" not in data:
        return data

    def edit(root) -> None:
        body = root.find(_tag(root, "sheetData"))
        _forget_results(root, body)
        rows = _numbered(body, "r", int)
        for each in sorted(values, key=lambda value: (value.row, value.column)):
            _put(root, _row(root, body, rows, each.row), each)

    return _edited(data, edit)


def _forget_results(root, body) -> None:
    for formula in body.iter(_tag(root, "f")):
        result = formula.getparent().find(_tag(root, "v"))
        if result is not None:
            formula.getparent().remove(result)


def _numbered(parent, name: str, number) -> dict:
    """Children by their place; one that does not say its place stands behind the one before."""
    found, last = {}, 0
    for child in parent:
        last = number(child.get(name)) if child.get(name) else last + 1
        found[last] = child
    return found


def _row(root, body, rows: dict, number: int):
    if number not in rows:
        row = etree.Element(_tag(root, "row"), r=str(number))
        _insert(body, rows, number, row)
        rows[number] = row
    rows[number].attrib.pop("spans", None)
    return rows[number]


def _insert(parent, known: dict, number: int, element) -> None:
    before = [place for place in known if place < number]
    if before:
        known[max(before)].addnext(element)
    else:
        parent.insert(0, element)


def _put(root, row, filled: Filled) -> None:
    cells = _numbered(row, "r", column_of)
    cell = cells.get(filled.column)
    if cell is None:
        cell = etree.Element(_tag(root, "c"))
        _insert(row, cells, filled.column, cell)
    style = cell.get("s")
    for child in list(cell):
        cell.remove(child)
    cell.attrib.clear()
    cell.set("r", f"{letters(filled.column)}{filled.row}")
    if style:
        cell.set("s", style)
    if isinstance(filled.value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, _tag(root, "is")), _tag(root, "t"))
        text.text = filled.value
    else:
        etree.SubElement(cell, _tag(root, "v")).text = repr(filled.value)


def column_of(reference: str) -> int:
    """AB12 → 28."""
    number = 0
    for letter in REFERENCE.fullmatch(reference)[1]:
        number = number * 26 + ord(letter) - 64
    return number


def letters(column: int) -> str:
    """28 → AB."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
