"""A list of people in place of figures: names beside phone or identity numbers. It is refused as a whole."""

import re
from collections import Counter

from activities.operations.privacy import has_digits
from activities.sheets.reading import Cell, Sheet
from activities.sheets.sentences import say
from activities.sheets.workbook.limits import HEAD_ROWS
from provinces.vietnamese import find_private, fold, format_number, tidy
from provinces.workflow import Refused

ENOUGH = 3  # rows
LONGEST_NAME = 40
LOOKED_AT = 3_000  # rows; a list of people shows on its first page
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")
_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh dao doan vuong trinh truong lam mai "
    "luong luu to ha cao chau ta thai quach la kieu nong vi lo giang sung ma hoang trieu be chu cu giap khuat lai lieu "
    "luc mac nghiem ninh ong quan tang than thach ton tong trang tu ung van vang y".split()
)
_HEADING = re.compile(r"\b(?:ho va ten|ho ten|ten nan nhan|ten nguoi|nguoi duoc (?:ho tro|tu van|tang qua))\b")
_PRIVATE_HEADING = re.compile(
    r"\b(?:dien thoai|sdt|so dt|cccd|cmnd|can cuoc|dinh danh|chung minh|ngay sinh|nam sinh|que quan|dia chi|noi o)\b"
)


def said_of_people(sheet: Sheet) -> str:
    """The sentence that refuses a list of people; nothing for any other sheet."""
    listed = people_listed(sheet)
    return say("privacy.list", n=format_number(len(listed)), row=listed[0]) if listed else ""


def refuse_people(sheet: Sheet) -> None:
    """Raise the refusal of a list of people, before anything of it is kept."""
    if said := said_of_people(sheet):
        raise Refused(said)


def people_listed(sheet: Sheet) -> list[int]:
    """The rows of a list of people, three or more; empty when the sheet is none."""
    rows = list(sheet.rows.items())[:LOOKED_AT]
    named, numbered = Counter(), Counter()
    found = {}
    for no, cells in rows:
        names = {column for column, cell in cells.items() if _is_name(cell)}
        numbers = {column for column, cell in cells.items() if _is_private(cell)}
        named.update(names)
        numbered.update(numbers)
        if names and numbers:
            found[no] = (names, numbers)
    columns = {column for column, times in named.items() if times >= ENOUGH}
    beside = {column for column, times in numbered.items() if times >= ENOUGH}
    hits = [no for no, (names, numbers) in found.items() if names & columns and numbers & beside]
    return hits if len(hits) >= ENOUGH else _under_headings(rows)


def _under_headings(rows) -> list[int]:
    """Rows below a heading row that asks for names and for a number, address or birthday of each."""
    for place, (_no, cells) in enumerate(rows[:HEAD_ROWS]):
        titles = {column: fold(cell.shown) for column, cell in cells.items() if isinstance(cell.value, str)}
        names = [column for column, title in titles.items() if len(title) < 60 and _HEADING.search(title)]
        others = [column for column, title in titles.items() if len(title) < 60 and _PRIVATE_HEADING.search(title)]
        if names and others:
            below = [no for no, row in rows[place + 1 :] if any(_is_name(row[c]) for c in names if c in row)]
            return below if len(below) >= ENOUGH else []
    return []


def _is_name(cell: Cell) -> bool:
    """Two to six words in capitals, the first a common family name."""
    if not isinstance(cell.value, str) or len(cell.value) > LONGEST_NAME:
        return False
    text = tidy(cell.value)
    if not _NAME.fullmatch(text) or not all(word[0].isupper() for word in text.split()):
        return False
    return fold(text.split()[0]) in _SURNAMES


def _is_private(cell: Cell) -> bool:
    """A phone or identity number, typed as text or stored as a number; round amounts are money."""
    if isinstance(cell.value, bool):
        return False
    if isinstance(cell.value, int):
        return 10**8 <= cell.value < 10**12 and cell.value % 1_000 != 0
    if not isinstance(cell.value, str) or len(cell.value) > 200 or not has_digits(cell.value):
        return False
    return any(found.refused for found in find_private(cell.value))
