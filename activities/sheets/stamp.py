"""The hidden line by which a filled file is known again: which template, whose, for which year."""

import dataclasses

from activities.sheets.reading import Sheet

START = "thang-hanh-dong-mau"
VERSION = "1"
LOOKED_AT = 5  # rows


@dataclasses.dataclass(frozen=True)
class Stamp:
    """Whose template a file is; `key` is the one copy that was taken."""

    key: str
    department: int
    year: int
    scope: str
    version: str = VERSION

    def __str__(self):
        return ";".join([START, self.version, self.key, str(self.department), str(self.year), self.scope])


def find_stamp(sheet: Sheet) -> Stamp | None:
    """The stamp of a sheet, wherever in its first rows it stands; None for a sheet of somebody's own."""
    for no, cells in sheet.rows.items():
        if no > LOOKED_AT:
            break
        for cell in cells.values():
            if isinstance(cell.value, str) and cell.value.startswith(f"{START};"):
                return _read(cell.value)
    return None


def _read(text: str) -> Stamp | None:
    parts = text.split(";")
    if len(parts) != 6 or not (parts[3].isdecimal() and parts[4].isdecimal() and len(parts[2]) <= 40):
        return None
    return Stamp(parts[2], int(parts[3][:9]), int(parts[4][:4]), parts[5], parts[1])
