"""A block pasted from Excel or Word: cells between tabs, some quoted over several lines; gaps of merged cells found.

What the columns mean is the reader's business; here a cell is a text.
"""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

from provinces.vietnamese import format_number
from provinces.vietnamese.legacy import is_legacy
from provinces.workflow import Refused

MOST_TEXT = 8_000_000  # characters
CELL_TEXT = 32_767  # what Excel itself holds in a cell
LOOKED_AT = 10  # rows among which the heading row stands
NEW_CELL, NEW_ROW, QUOTE = "\t", "\n", '"'


def read_block(text: str, *, most_rows: int, most_columns: int, field: str = "") -> list[list[str]]:
    """The rows of a pasted block. Raises Refused for more than is taken at a time, or for an old font."""
    rows = split_cells(text) if len(text) <= MOST_TEXT else []
    if not rows and text or len(rows) > most_rows:
        count = format_number(len(rows) or text.count("\n"))
        words = _("The file has %(n)s rows; %(max)s are taken at a time. Split it")
        raise Refused(words % {"n": count, "max": format_number(most_rows)}, field=field)
    widest = max(map(len, rows), default=0)
    if widest > most_columns:
        words = _("The sheet has %(n)s columns; up to %(max)s are read. Copy the table alone into the template")
        raise Refused(words % {"n": format_number(widest), "max": format_number(most_columns)}, field=field)
    if is_legacy(cell for row in rows for cell in row):
        words = _("An old .xls file or a font that is not Unicode (TCVN3, VNI). Save it as .xlsx in Unicode")
        raise Refused(words, field=field)
    return rows


def split_cells(text: str) -> list[list[str]]:
    """Rows of cells; a cell that starts with a quotation mark may hold tabs, line ends and doubled marks.

    A mark that nothing closes is a mark, not the start of a cell that swallows the rest.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    rows, row, position = [], [], 0
    while position < len(text):
        cell, position = _next_cell(text, position)
        row.append(cell)
        if position >= len(text) or text[position] == NEW_ROW:
            rows.append(row)
            row = []
        position += 1
    if row:
        rows.append(row)
    return rows


def _next_cell(text: str, start: int) -> tuple[str, int]:
    """The cell that starts here and the place of the sign after it."""
    if text.startswith(QUOTE, start):
        end = _closing(text, start + 1)
        if end:
            return text[start + 1 : end].replace('""', '"'), end + 1
    ends = [found for sign in (NEW_CELL, NEW_ROW) if (found := text.find(sign, start)) >= 0]
    end = min(ends, default=len(text))
    return text[start:end], end


def _closing(text: str, start: int) -> int:
    """Where the quoted cell ends: a mark before a tab, a line end or the end; 0 when there is none nearby."""
    position, limit = start, min(len(text), start + CELL_TEXT)
    while (position := text.find(QUOTE, position, limit)) >= 0:
        if text.startswith(QUOTE, position + 1):
            position += 2
        elif position + 1 == len(text) or text[position + 1] in {NEW_CELL, NEW_ROW}:
            return position
        else:
            return 0
    return 0


def guess_heading(
    rows: Mapping[int, Mapping[int, str]], key_of: Callable[[str], str], *, least: int = 3
) -> tuple[int, dict[str, int]]:
    """(heading row, column keys and places) by the words of the first row that names `least` columns or more.

    `key_of` says which column a heading names, “” for none. Without such a row (0, {}).
    """
    for no, cells in list(rows.items())[:LOOKED_AT]:
        found = {}
        for place, text in cells.items():
            key = key_of(text)
            if key and key not in found:
                found[key] = place
        if len(found) >= least:
            return no, found
    return 0, {}


def find_gaps(
    rows: Mapping[int, Mapping[int, object]], places: Sequence[int], *, below: int
) -> dict[tuple[int, int], int]:
    """The gaps that merged cells leave: (row, place) → the row above whose value stands there.

    Excel pastes the value of a merged area into its first row only. Filled are only the `places` that people merge,
    only rows below the heading row `below` that hold something of their own, only gaps before the row's first own
    value: a merged area covers what stands left of the detail.
    """
    gaps, above = {}, {}
    for no, cells in rows.items():
        if no <= below:
            continue
        own = next((at for at, place in enumerate(places) if place in cells), len(places))
        filled = {place: above[place] for place in places[:own] if cells and place in above}
        gaps |= {(no, place): source for place, source in filled.items()}
        above = filled | {place: no for place in places if place in cells}
    return gaps
