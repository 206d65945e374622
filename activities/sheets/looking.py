"""An upload opened and understood: a file or a pasted block, with which column is which."""

import dataclasses
from collections.abc import Callable

from activities.operations.importing import Understood
from activities.operations.uploads import Upload
from activities.sheets.paste import guess_columns, read_paste
from activities.sheets.reading import Cell, Sheet, read_sheet
from activities.sheets.rows import understand
from campaigns.models import Campaign
from provinces.models import Department

LARGE = 1_000  # rows: what has more is gone through by a worker


@dataclasses.dataclass(frozen=True)
class Opened:
    """The cells of an upload, and for which department, month and year it is. Of a pasted block also its columns."""

    upload: Upload
    read: Sheet
    department: Department
    campaign: Campaign | None
    year: int
    heading: int = 0
    columns: dict[str, int] = dataclasses.field(default_factory=dict)


def is_large(read: Sheet) -> bool:
    """True for what is too much for one request."""
    return len(read.rows) > LARGE


def open_upload(upload: Upload, department: Department, campaign: Campaign | None, year: int) -> Opened:
    """The cells as they stand. Raises Refused for what is no such file."""
    if upload.said["kind"] == "file":
        return Opened(upload, read_sheet(upload.content, upload.name), department, campaign, year)
    read = read_paste(upload.content.decode())
    heading, columns = guess_columns(read)
    return Opened(upload, read, department, campaign, year, heading, upload.said.get("columns", columns))


def understand_upload(opened: Opened, on_progress: Callable[[int, int], None] | None = None) -> Understood:
    """What the rows say now; what is stored may have changed since they were shown."""
    said, read, columns = opened.upload.said, opened.read, None
    if said["kind"] != "file":
        read, columns = _below(opened, said.get("type", ""))
    return understand(
        read,
        department=opened.department,
        campaign=opened.campaign,
        year=opened.year,
        columns=columns,
        confirmed_names=bool(said.get("names")),
        on_progress=on_progress,
    )


def _below(opened: Opened, kind: str) -> tuple[Sheet, dict[str, int]]:
    """The rows below the heading; where a type was chosen for all, the rows without one have it."""
    rows = {no: dict(cells) for no, cells in opened.read.rows.items() if no > opened.heading}
    columns = opened.columns
    if kind:
        last = max((column for cells in rows.values() for column in cells), default=0)
        columns = {"type": last + 1, **columns}
        for no, cells in rows.items():
            cells.setdefault(columns["type"], Cell(no, columns["type"], kind, kind))
    return dataclasses.replace(opened.read, rows=rows), columns
