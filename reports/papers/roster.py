"""The Excel template of a list of people: headings, drop-downs of the departments and of the roles."""

from collections.abc import Sequence
from io import BytesIO

from xlsxwriter import Workbook

from provinces.roster import COLUMNS, MOST, ROLES

WIDTHS = {"full_name": 30, "username": 22, "department": 52, "role": 18, "phone": 18, "email": 30}


def roster_template(departments: Sequence[str]) -> bytes:
    """One sheet to fill in; the lists it chooses from stand in a hidden one."""
    raw = BytesIO()
    book = Workbook(raw, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page, lists = book.add_worksheet("Người dùng"), book.add_worksheet("Danh mục")
    heading = book.add_format({"bold": True, "bg_color": "#E8EEF3", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    choices = {"department": list(departments), "role": [title for title, _words in ROLES.values()]}
    for at, (key, (title, _words)) in enumerate(COLUMNS.items()):
        page.set_column(at, at, WIDTHS[key], text)
        page.write_string(0, at, title, heading)
        if key in choices:
            lists.write_column(0, at, choices[key])
            column, last = chr(ord("A") + at), max(len(choices[key]), 1)
            source = f"='Danh mục'!${column}$1:${column}${last}"
            page.data_validation(1, at, MOST, at, {"validate": "list", "source": source})
    lists.hide()
    page.freeze_panes(1, 1)
    book.close()
    return raw.getvalue()
