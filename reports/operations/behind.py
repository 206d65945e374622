"""The rows behind each cell of a snapshot, as they were counted; part of freezing figures."""

from collections.abc import Iterator

from reports.models import Snapshot, Source
from reports.snapshot import Figures
from reports.splits import COUNTS


def rows_behind(snapshot: Snapshot, taken: Figures) -> Iterator[Source]:
    """One row for each contribution; those left out carry no quantity, and no counts either."""
    for cell in taken.cells:
        for each in cell.contributions:
            adds = not each.left_out
            yield Source(
                snapshot=snapshot,
                cell=cell.cell,
                activity_id=each.activity_id,
                activity_version=each.version,
                output_id=each.output_id,
                quantity=each.value if adds else None,
                printed=each.printed[:200],
                role=each.role,
                left_out=each.left_out[:120],
                department_id=each.department_id,
                level=each.level,
                window=each.window,
                paid=each.paid,
                certainty=each.certainty,
                **{name: getattr(each, name) if adds else None for name in COUNTS},
            )
