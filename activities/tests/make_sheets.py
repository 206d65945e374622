"""Sheets for tests: the template of a department with what somebody typed into it."""

from activities.operations.importing import ImportResult, Understood, import_rows
from activities.sheets.book import Book
from activities.sheets.reading import Sheet, read_sheet
from activities.sheets.rows import understand
from activities.sheets.stamp import Stamp
from activities.sheets.template import HEADING, PLACES
from campaigns.tests import make as campaigns
from provinces.tests.make import NOW

FIRST = HEADING + 1
LAUNCH = "Lễ phát động, mít tinh"


def at(key: str, row: int = FIRST) -> str:
    """The address of a column's cell in the template: at("title") is D5."""
    return f"{chr(64 + PLACES[key])}{row}"


def row(**texts) -> dict[str, str]:
    """What somebody types about a launch; `texts` says what matters."""
    return {"type": LAUNCH, "title": "Lễ phát động", "starts": "20/11/2023", "count": "1", **texts}


def filled(scene, *rows: dict, key="k", year=2023, department=None, drop=()) -> bytes:
    """The template of the scene's department with these rows; “n:1”, “n:2” … are their keys unless they say others."""
    campaigns.activity_type()
    book = Book()
    book.lay_out({name: place for name, place in PLACES.items() if name not in drop}, HEADING, {})
    book.write(1, 1, str(Stamp(key, (department or scene.department).pk, year, "month")), "font")
    for number, texts in enumerate(rows, 1):
        for name, text in {"row_key": f"n:{number}", **texts}.items():
            book.write(HEADING + number, PLACES[name], text)
    return book.bytes()


def understood(scene, source: bytes | Sheet, *, campaign=True, **more) -> Understood:
    sheet = source if isinstance(source, Sheet) else read_sheet(source, "hoat-dong.xlsx")
    month = campaigns.campaign(2023) if campaign else None
    return understand(sheet, **{"department": scene.department, "campaign": month, "year": 2023, **more})


def stored(scene, what, *, by=None, at=NOW, campaign=True, **more) -> ImportResult:
    """Store an understood sheet, or a file, as the scene's editor."""
    sheet = what if isinstance(what, Understood) else understood(scene, what, campaign=campaign)
    where = {"owner": scene.department, "year": 2023, "province": scene.province}
    month = campaigns.campaign(2023) if campaign else None
    return import_rows(sheet, campaign=month, by=by or scene.editor, at=at, **where, **more)


def sentences(understood: Understood) -> dict[str, str]:
    """What is wrong, by cell."""
    return {fault.cell: fault.sentence for row in understood.rows for fault in row.faults}


def only(understood: Understood):
    """The data of the only row."""
    [row] = understood.rows
    assert row.faults == ()
    return row.data
