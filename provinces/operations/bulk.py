"""Reference rows brought into line with a file: missing ones added, differing ones corrected, none deleted."""

import csv
import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import connection, models

BATCH = 2000
EMPTY = (None, "")


@dataclasses.dataclass(frozen=True)
class Change:
    """How many rows a load added, corrected and left as they were."""

    added: int = 0
    changed: int = 0
    kept: int = 0

    def __add__(self, other: "Change") -> "Change":
        return Change(self.added + other.added, self.changed + other.changed, self.kept + other.kept)

    def __bool__(self):
        return bool(self.added or self.changed)


def read_rows(path: Path) -> list[dict]:
    """The rows of a CSV file, all values as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_day(text: str) -> datetime.date | None:
    """A day of a data file; empty is not known."""
    return datetime.date.fromisoformat(text) if text else None


def bring_into_line(
    existing: models.QuerySet, rows: Sequence[dict], *keys: Sequence[str], correct: bool = True
) -> tuple[Change, list[int]]:
    """Add the rows that `existing` lacks and correct those that differ; answers the ids in order of `rows`.

    Without `correct`, rows that people may have edited since keep what they hold; only what is empty is filled.

    A row is found by the first of `keys` (names of fields) that fits. All rows name the same fields, foreign keys
    by id. An empty value in a row never erases a filled one: what a person found out stays.
    """
    if not rows:
        return Change(), []
    fields = list(rows[0])
    found = _matches(list(existing.order_by().values("pk", *fields)), rows, keys)
    model = existing.model
    new = [model(**row) for row, old in zip(rows, found, strict=True) if old is None]
    model.objects.bulk_create(new, batch_size=BATCH)
    if len(new) >= BATCH:
        refresh_plans(model)
    pairs = [(old, _merged(old, row, correct)) for row, old in zip(rows, found, strict=True) if old]
    corrected = [model(pk=old["pk"], **merged) for old, merged in pairs if any(old[f] != merged[f] for f in fields)]
    if corrected:
        model.objects.bulk_update(corrected, fields, batch_size=200)
    added = iter(new)
    ids = [old["pk"] if old else next(added).pk for old in found]
    return Change(len(new), len(corrected), len(rows) - len(new) - len(corrected)), ids


def refresh_plans(model: type[models.Model]) -> None:
    """Tell PostgreSQL how large a table has become; it plans by what it last counted, and took it for empty."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')


def _matches(stored: list[dict], rows: Sequence[dict], keys: Iterable[Sequence[str]]) -> list[dict | None]:
    """For each row the stored one it stands for; each stored row is used once."""
    found: list[dict | None] = [None] * len(rows)
    free = {row["pk"]: row for row in stored}
    for key in keys:
        index = {tuple(row[name] for name in key): pk for pk, row in free.items()}
        for place, row in enumerate(rows):
            if found[place] is None:
                pk = index.get(tuple(row[name] for name in key))
                found[place] = free.pop(pk, None) if pk is not None else None
    return found


def _merged(old: dict, row: dict, correct: bool) -> dict:
    return {
        name: value if value not in EMPTY and (correct or old[name] in EMPTY) else old[name]
        for name, value in row.items()
    }
