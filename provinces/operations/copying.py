"""Rows straight into a table, without a model instance for each: tens of thousands at once.

For rows that nobody edits: those behind frozen figures, and made-up ones for measuring. The constraints of the table
hold all the same.
"""

import datetime
import io
import itertools
import json
from collections.abc import Iterable, Iterator

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max
from django.db.models.fields import NOT_PROVIDED

BLOCK = 20_000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Table:
    """One table that rows are poured into: the named columns from the rows, the others as the model's defaults."""

    def __init__(self, model: type[models.Model], columns: tuple[str, ...]):
        self.model = model
        self.name = connection.ops.quote_name(model._meta.db_table)
        by_name = {field.attname: field for field in model._meta.concrete_fields}
        self.fields = [by_name[name] for name in columns]
        left = [field for name, field in by_name.items() if name not in columns and not field.primary_key]
        self.defaults = [(field, _default(field)) for field in left]

    def free_id(self) -> int:
        """The first free id, for rows that name their ids; only while nobody else writes."""
        return (self.model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1

    def pour(self, rows: Iterable[tuple]) -> None:
        """Write the rows, in blocks so that memory stays bounded."""
        fields = [*self.fields, *(field for field, _value in self.defaults)]
        rest = tuple(value for _field, value in self.defaults)
        columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        pour = _copy if connection.vendor == "postgresql" else _insert
        for block in _blocks(rows):
            pour(self.name, columns, fields, (row + rest for row in block))

    def settle(self) -> None:
        """The next row that the program itself writes gets the next id."""
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), [self.model]):
                cursor.execute(sql)


def _default(field: models.Field):
    if field.default is not NOT_PROVIDED or field.null or field.empty_strings_allowed:
        return field.get_default()
    raise ValueError(f"{field} needs a value")


def _blocks(rows: Iterable[tuple]) -> Iterator[list[tuple]]:
    rows = iter(rows)
    while block := list(itertools.islice(rows, BLOCK)):
        yield block


def _copy(table: str, columns: str, fields: list, rows: Iterable[tuple]) -> None:
    text = io.StringIO()
    text.writelines("\t".join(map(_written, row)) + "\n" for row in rows)
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", text)


def _written(value) -> str:
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).translate(ESCAPES)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _insert(table: str, columns: str, fields: list, rows: Iterable[tuple]) -> None:
    places = ", ".join(["%s"] * len(fields))
    prepared = [
        [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", prepared)  # noqa: S608  (our names)
