"""The rows behind each cell of a snapshot, as they were counted; part of freezing figures."""

from collections.abc import Iterator

from provinces.operations.copying import Table
from reports.models import Snapshot, Source
from reports.snapshot import Figures
from reports.splits import COUNTS

COLUMNS = (
    "snapshot_id",
    "cell",
    "activity_id",
    "activity_version",
    "output_id",
    "quantity",
    "printed",
    "role",
    "left_out",
    "department_id",
    "level",
    "window",
    "paid",
    "certainty",
    *COUNTS,
)
NOTHING = (None,) * len(COUNTS)


def put_rows_behind(snapshot: Snapshot, taken: Figures) -> None:
    """One row for each contribution: there are as many as results, so they go straight into the table."""
    Table(Source, COLUMNS).pour(_rows_behind(snapshot, taken))


def _rows_behind(snapshot: Snapshot, taken: Figures) -> Iterator[tuple]:
    """Those left out carry no quantity, and no counts either."""
    for figure in taken.cells:
        cell = figure.cell
        for each in figure.contributions:
            adds = not each.left_out
            yield (
                snapshot.pk,
                cell,
                each.activity_id,
                each.version,
                each.output_id,
                each.value if adds else None,
                each.printed[:200],
                each.role,
                each.left_out[:120],
                each.department_id,
                each.level,
                each.window,
                each.paid,
                each.certainty,
                *(tuple(getattr(each, name) for name in COUNTS) if adds else NOTHING),
            )
