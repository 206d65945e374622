"""Tables of a DOCX, built row by row from copied XML: python-docx's own cells are quadratic."""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .paper import Cell, Column, Table
from .phrases import as_cell, web_link
from .sheet import side

ALIGN = {"left": "left", "right": "right", "center": "center"}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def twips(mm: float) -> int:
    """Twentieths of a point."""
    return round(mm * 1440 / 25.4)


def put(parent, tag: str, **attributes: str | int):
    """Append <w:tag> with its w: attributes and return it."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    parent.append(element)
    return element


def fill(run, text: str) -> None:
    """The words of a run; a line break stays a line break."""
    for index, line in enumerate(text.split("\n")):
        if index:
            put(run, "br")
        put(run, "t").text = line
        run[-1].set(SPACE, "preserve")


def frame(widths: list[int], *, borders: bool, margin: int = 0):
    """An empty table of fixed widths (twips), without or with thin black lines."""
    table = OxmlElement("w:tbl")
    properties = put(table, "tblPr")
    put(properties, "tblW", w=sum(widths), type="dxa")
    if borders:
        lines = put(properties, "tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            put(lines, side, val="single", sz=4, space=0, color="000000")
    put(properties, "tblLayout", type="fixed")
    margins = put(properties, "tblCellMar")
    for side in ("left", "right"):
        put(margins, side, w=margin, type="dxa")
    grid = put(table, "tblGrid")
    for width in widths:
        put(grid, "gridCol", w=width)
    return table


def row_of(table, *, header: bool = False):
    """A row that never breaks across pages; header rows repeat on every page."""
    row = put(table, "tr")
    properties = put(row, "trPr")
    put(properties, "cantSplit")
    if header:
        put(properties, "tblHeader")
    return row


def add_table(document: Document, table: Table, room: float) -> None:
    """The table at the end of the document, over the whole `room` (mm)."""
    widths = column_widths(table.columns, room)
    element = frame(widths, borders=True, margin=85)
    _add_headings(element, document, table, widths)
    styles = {name: document.styles[name].style_id for name in ("Chữ bảng", "Đầu bảng")}
    plain = [
        _blank_cell(width, styles["Chữ bảng"], column.align)
        for width, column in zip(widths, table.columns, strict=True)
    ]
    for cells in table.rows:
        row = row_of(element)
        start = 0
        for cell in map(as_cell, cells):
            filled = _filled(document, plain[start], cell, widths[start : start + cell.span])
            filled[1][0].find(qn("w:jc")).set(qn("w:val"), ALIGN.get(side(table, start, cell), "left"))
            row.append(filled)
            start += cell.span
        for blank in plain[start:]:
            row.append(deepcopy(blank))
    document.element.body.insert_element_before(element, "w:sectPr")


def column_widths(columns: tuple[Column, ...], room: float) -> list[int]:
    """Twips of each column, adding up to the room exactly."""
    whole = twips(room)
    total = sum(column.width for column in columns)
    widths = [int(whole * column.width / total) for column in columns]
    widths[-1] += whole - sum(widths)
    return widths


def _add_headings(element, document: Document, table: Table, widths: list[int]) -> None:
    style = document.styles["Đầu bảng"].style_id
    if not table.groups:
        row = row_of(element, header=True)
        for width, column in zip(widths, table.columns, strict=True):
            row.append(_heading(column.title, width, style))
        return
    over, under = row_of(element, header=True), row_of(element, header=True)
    groups = {group.first: group for group in table.groups}
    grouped = {index for group in table.groups for index in range(group.first, group.first + group.count)}
    for index, (width, column) in enumerate(zip(widths, table.columns, strict=True)):
        if index in groups:
            group = groups[index]
            span = widths[index : index + group.count]
            over.append(_heading(group.title, sum(span), style, span=group.count))
        if index in grouped:
            under.append(_heading(column.title, width, style))
        else:
            over.append(_heading(column.title, width, style, merge="restart"))
            under.append(_heading("", width, style, merge="continue"))


def _heading(title: str, width: int, style: str, *, span: int = 1, merge: str = ""):
    cell = _blank_cell(width, style, "center", span=span)
    if merge:
        properties = cell.find(qn("w:tcPr"))
        vertical = OxmlElement("w:vMerge")
        vertical.set(qn("w:val"), merge)
        properties.find(qn("w:vAlign")).addprevious(vertical)
    if title:
        fill(put(cell.find(qn("w:p")), "r"), title)
    return cell


def _blank_cell(width: int, style: str, align: str, *, span: int = 1):
    cell = OxmlElement("w:tc")
    properties = put(cell, "tcPr")
    put(properties, "tcW", w=width, type="dxa")
    if span > 1:
        put(properties, "gridSpan", val=span)
    put(properties, "vAlign", val="center")
    shape = put(put(cell, "p"), "pPr")
    put(shape, "pStyle", val=style)
    put(shape, "jc", val=ALIGN.get(align, "left"))
    return cell


def _filled(document: Document, blank, cell: Cell, widths: list[int]):
    element = deepcopy(blank)
    if cell.span > 1:
        properties = element[0]
        properties[0].set(qn("w:w"), str(sum(widths)))
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), str(cell.span))
        properties[0].addnext(span)
    paragraph = element[1]
    if web_link(cell):
        target = f"link{len(document.part.rels)}"  # relate_to() would search all links for each link
        document.part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, cell.link, target, is_external=True)
        paragraph = put(paragraph, "hyperlink", history=1)
        paragraph.set(qn("r:id"), target)
    run = put(paragraph, "r")
    if cell.bold:
        put(put(run, "rPr"), "b")
    fill(run, cell.text)
    return element
