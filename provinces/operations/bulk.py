"""Reference rows brought into line with a file: missing ones added, differing ones corrected, none deleted."""

import csv
import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import models

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
    """Add the rows that `existing` lacks and, if `correct`, change those that differ; answers ids in order of `rows`.

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
    corrected = [model(pk=old["pk"], **_merged(old, row)) for row, old in zip(rows, found, strict=True) if old]
    corrected = [
        made
        for made, old in zip(corrected, filter(None, found), strict=True)
        if correct and _differs(made, old, fields)
    ]
    if corrected:
        model.objects.bulk_update(corrected, fields, batch_size=200)
    added = iter(new)
    ids = [old["pk"] if old else next(added).pk for old in found]
    return Change(len(new), len(corrected), len(rows) - len(new) - len(corrected)), ids


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


def _merged(old: dict, row: dict) -> dict:
    return {name: old[name] if value in EMPTY else value for name, value in row.items()}


def _differs(made: models.Model, old: dict, fields: Sequence[str]) -> bool:
    return any(getattr(made, name) != old[name] for name in fields)
