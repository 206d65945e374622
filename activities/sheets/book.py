"""Writing a sheet of activities as XLSX: texts stay texts, days and numbers are typed as texts, lists drop down."""

import io
from collections.abc import Mapping, Sequence

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from activities.sheets.columns import BY_KEY, CERTAINTIES, TEXT_FORMAT
from activities.sheets.reading import SHEET_NAME, Cell
from activities.sheets.workbook.limits import HEAD_ROWS, ROWS

FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
TITLE = {**FONT, "bold": True, "font_size": 14}
HEADING = {**FONT, "bold": True, "align": "center", "text_wrap": True, "border": 1, "bg_color": "#FFF1E3"}
TEXT = {**FONT, "num_format": "@", "text_wrap": True}
DAY = {**TEXT, "num_format": "dd/mm/yyyy"}
STILL = {**TEXT, "font_color": "#52606D"}
AT_FAULT = {**TEXT, "bg_color": "#FDECEA"}
LISTS = "Danh mục"
LONGEST_HINT = 250
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Book:
    """One workbook with the sheet of activities; call `bytes()` at the end."""

    def __init__(self):
        self._raw = io.BytesIO()
        self.book = Workbook(self._raw, OPTIONS)
        self.page: Worksheet = self.book.add_worksheet(SHEET_NAME)
        looks = {"font": FONT, "title": TITLE, "heading": HEADING, "text": TEXT, "day": DAY}
        looks |= {"still": STILL, "fault": AT_FAULT}
        self.looks = {name: self.book.add_format(look) for name, look in looks.items()}

    def lay_out(self, columns: Mapping[str, int], heading: int, choices: Mapping[str, Sequence[str]]) -> None:
        """Headings, widths, formats, hints and drop-downs; `columns` and `heading` count from 1."""
        for key, place in columns.items():
            column, at = BY_KEY[key], place - 1
            options = {"hidden": True} if key == "row_key" else {}
            look = self.looks["text"] if key in TEXT_FORMAT else self.looks["font"]
            self.page.set_column(at, at, column.width, look, options)
            self.page.write_string(heading - 1, at, column.title, self.looks["heading"])
            if column.hint:
                self.page.write_comment(heading - 1, at, column.hint, {"font_size": 10})
        self.page.set_row(heading - 1, 34)
        self.page.freeze_panes(heading, columns.get("title", 1))
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.repeat_rows(heading - 1)
        self.page.fit_to_pages(1, 0)
        self._drop_downs(columns, heading, choices)

    def _drop_downs(self, columns, heading, choices) -> None:
        """Each list stands in a hidden sheet; a column of ours points at it for as many rows as are taken."""
        lists = self.book.add_worksheet(LISTS)
        lists.hide()
        for at, (key, entries) in enumerate(choices.items()):
            lists.write_string(0, at, BY_KEY[key].title)
            for row, entry in enumerate(entries, 1):
                lists.write_string(row, at, entry)
            if key in columns and entries:
                letter = xl_col_to_name(at)
                self.page.data_validation(
                    *(heading, columns[key] - 1, ROWS + HEAD_ROWS - 1, columns[key] - 1),
                    {
                        "validate": "list",
                        "source": f"='{LISTS}'!${letter}$2:${letter}${len(entries) + 1}",
                        "input_title": BY_KEY[key].title[:32],
                        "input_message": BY_KEY[key].hint[:LONGEST_HINT],
                        "error_title": "Chọn trong danh sách",
                        "error_message": f"Ô này chọn trong danh sách {BY_KEY[key].title}.",
                        "error_type": "warning" if key in {"type", "task"} else "stop",
                    },
                )

    def write(self, row: int, column: int, text: str, look: str = "text") -> None:
        """A text in a place counted from 1; whatever it starts with, it stays a text."""
        if text:
            self.page.write_string(row - 1, column - 1, text, self.looks[look])

    def copy(self, cell: Cell, look: str = "text") -> None:
        """A cell as it was read: a number stays a number, a day a day, an error its text."""
        place, value = (cell.row - 1, cell.column - 1), cell.value
        if isinstance(value, bool):
            self.page.write_boolean(*place, value, self.looks[look])
        elif isinstance(value, (int, float)):
            self.page.write_number(*place, value, self._number_look(cell))
        elif value is not None and not isinstance(value, str):
            self.page.write_datetime(*place, value, self.looks["day"])
        elif cell.shown:
            self.page.write_string(*place, cell.shown, self.looks[look])

    def _number_look(self, cell: Cell):
        shape = "0%" if cell.shape == "%" else cell.shape or "General"
        if shape not in self.looks:
            self.looks[shape] = self.book.add_format({**FONT, "num_format": shape})
        return self.looks[shape]

    def hide_row(self, row: int) -> None:
        self.page.set_row(row - 1, None, None, {"hidden": True})

    def add_instructions(self, lines: Sequence[tuple[str, str]]) -> None:
        """A second sheet of plain words: (look, text) line by line."""
        page = self.book.add_worksheet("Hướng dẫn")
        page.set_column(0, 0, 110)
        wrapped = self.book.add_format({**FONT, "text_wrap": True})
        for row, (look, text) in enumerate(lines):
            page.write_string(row, 0, text, wrapped if look == "text" else self.looks[look])

    def bytes(self) -> bytes:
        self.book.close()
        return self._raw.getvalue()


def certainty_words() -> str:
    return ", ".join(CERTAINTIES)
