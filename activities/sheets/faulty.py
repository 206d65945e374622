"""A faulty file given back: the same cells in the same places, and beside each row what to put right."""

from collections import defaultdict

from activities.operations.importing import Understood
from activities.sheets.book import Book
from activities.sheets.columns import BY_KEY
from activities.sheets.reading import Sheet, read_sheet
from activities.sheets.stamp import find_stamp

FILE_NAME = "hoat-dong.xlsx"


def with_faults(original: bytes, understood: Understood) -> bytes:
    """The rows of `original` as XLSX with a column “Lỗi”; values, places, keys and drop-downs stay as they were."""
    sheet = read_sheet(original, FILE_NAME)
    columns = dict(understood.columns)
    last = max((column for cells in sheet.rows.values() for column in cells), default=0)
    columns.setdefault("faults", max(last, *columns.values(), 0) + 1)
    book = Book()
    heading = understood.heading or 1
    book.lay_out(columns, heading, understood.choices)
    said = sentences_by_row(understood)
    wrong = {fault.cell for row in understood.rows for fault in row.faults}
    for no, cells in sheet.rows.items():
        for column, cell in cells.items():
            if column != columns["faults"]:
                book.copy(cell, _look(sheet, no, heading, cell.address in wrong))
        if no in said:
            book.write(no, columns["faults"], "\n".join(said[no]), "fault")
    _hide_stamp(book, sheet)
    return book.bytes()


def sentences_by_row(understood: Understood) -> dict[int, list[str]]:
    """What is said about each row, by its number; what is wrong with the whole stands in the heading row."""
    found = defaultdict(list)
    for row in understood.rows:
        found[row.no] += [fault.sentence for fault in row.faults]
    if understood.faults:
        found[understood.heading or 1] += [BY_KEY["faults"].title, *understood.faults]
    return {no: sentences for no, sentences in found.items() if sentences}


def _look(sheet: Sheet, no: int, heading: int, is_wrong: bool) -> str:
    if no == heading:
        return "heading"
    return "fault" if is_wrong else "text"


def _hide_stamp(book: Book, sheet: Sheet) -> None:
    first = next(iter(sheet.rows), 0)
    if first and find_stamp(Sheet(sheet.name, {first: sheet.rows[first]})):
        book.hide_row(first)
