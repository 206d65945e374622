"""Backups: one folder with the database, the files and a list of hashes; and the way back into an empty place."""

import datetime
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from config import servers

HASHES, MANIFEST = "SHA256SUMS", "manifest.json"
DUMPS = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}
BLOCK = 1 << 20


class Failed(Exception):
    """A sentence for the screen: why there is no backup, or why it is not taken in."""


def back_up(folder: Path, *, at: datetime.datetime) -> dict:
    """Write a whole backup into `folder`, which must not exist; gives the manifest.

    The database is read first, in one transaction; files are written before the rows that name them and never
    changed, so every row of the dump finds its file in the copy made after it. The folder is named when it is whole.
    """
    if folder.exists():
        raise Failed(f"{folder} đã có. Chọn thư mục khác.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".dang-sao-luu-", dir=folder.parent))
    try:
        rows = _dump(part / DUMPS[connection.vendor])
        files = part / "files"
        files.mkdir()
        copied = sum(1 for path in _stored(settings.FILES_DIR) if _copy(path, files / path.name))
        manifest = {
            "taken_at": at.isoformat(),
            "database": connection.vendor,
            "migrations": applied(),
            "rows": rows,
            "files": copied,
        }
        (part / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
        lines = [f"{sha256_of(path)}  {path.relative_to(part).as_posix()}\n" for path in _all(part)]
        (part / HASHES).write_text("".join(lines), encoding="utf-8")
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    (settings.DATA_DIR / settings.BACKUP_STAMP).write_text(at.isoformat())
    return manifest


def forget_old(folder: Path, *, keep: int) -> list[Path]:
    """Remove all but the newest `keep` backups of a folder of backups; gives those removed."""
    old = sorted(path.parent for path in folder.glob(f"*/{HASHES}"))[:-keep]
    for each in old:
        shutil.rmtree(each)
    return old


def faults_of(folder: Path) -> list[str]:
    """What in a backup is missing, changed or too much, one sentence each; nothing when it is as it was taken."""
    if not (folder / HASHES).exists():
        return [f"{folder} không có {HASHES}: không phải bản sao lưu trọn vẹn."]
    expected = dict(reversed(line.split("  ", 1)) for line in (folder / HASHES).read_text("utf-8").splitlines())
    found = {path.relative_to(folder).as_posix(): path for path in _all(folder)}
    missing = [f"Thiếu tệp {name}." for name in sorted(expected.keys() - found.keys())]
    unknown = [f"Thừa tệp {name}." for name in sorted(found.keys() - expected.keys())]
    changed = [
        f"Tệp {name} đã bị thay đổi."
        for name in sorted(expected.keys() & found.keys())
        if sha256_of(found[name]) != expected[name]
    ]
    return missing + unknown + changed


def restore(folder: Path) -> dict:
    """Bring a backup into an empty database and files folder; gives its manifest.

    Raises Failed when the backup is damaged or of another kind of database, or when something already lies here.
    """
    faults = faults_of(folder)
    if faults:
        raise Failed("\n".join(faults))
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    if manifest["database"] != connection.vendor:
        raise Failed(f"Bản sao lưu này của {manifest['database']}, ở đây là {connection.vendor}.")
    if connection.introspection.table_names():
        raise Failed("Cơ sở dữ liệu ở đây đã có bảng. Khôi phục vào một cơ sở dữ liệu trống.")
    _load(folder / DUMPS[connection.vendor])
    for path in sorted((folder / "files").iterdir()):
        target = settings.FILES_DIR / path.name[:2] / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(path, target)
    return manifest


def differences(manifest: dict) -> list[str]:
    """Where the rows and tables of this database are not those of the manifest."""
    here = counted()
    rows = [
        f"{table}: {here.get(table, 0)} dòng, trong bản sao lưu {count}."
        for table, count in manifest["rows"].items()
        if here.get(table, 0) != count
    ]
    return rows if manifest["migrations"] == applied() else [*rows, "Cấu trúc bảng khác với lúc sao lưu."]


def applied() -> list[str]:
    """Migrations of this database, as app.name."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def counted() -> dict[str, int]:
    """Rows of each table of ours in this database."""
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in _tables()}


def sha256_of(path: Path) -> str:
    """The hash of a file, read in blocks."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models} & set(connection.introspection.table_names()))


def _count(cursor, table: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  (a table of ours)
    return cursor.fetchone()[0]


def _dump(target: Path) -> dict[str, int]:
    """Write the database; gives the rows of each table as they are in what was written."""
    tables = _tables()
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            return {table: _count(copy.cursor(), table) for table in tables}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}", f"--file={target}")
        _postgres("pg_dump", *options)
        return {table: _count(cursor, table) for table in tables}


def _load(source: Path) -> None:
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        connection.close()
        name.parent.mkdir(parents=True, exist_ok=True)
        for leftover in (name, Path(f"{name}-wal"), Path(f"{name}-shm")):
            leftover.unlink(missing_ok=True)
        _copy(source, name)
        return
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _postgres("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(source))


def _postgres(program: str, *options: str) -> None:
    """Run a client program of PostgreSQL on our database; the password goes by the environment, never on the line."""
    path = servers.pg(program)
    if path is None:
        raise Failed(f"Thiếu {program}: cài gói postgresql-client.")
    to = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {**os.environ, **{name: str(to[key]) for name, key in names.items() if to[key]}}
    done = subprocess.run(  # noqa: S603  (our own command, no shell)
        [path, *options], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failed(f"{program} không chạy được:\n{done.stderr.strip()}")


def _stored(folder: Path) -> list[Path]:
    """Files kept under their hash; halves that an interrupted writing left have another name."""
    return sorted(path for path in Path(folder).glob("??/*") if len(path.name) == 64)


def _all(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != HASHES)


def _copy(source: Path, target: Path) -> bool:
    """Copied and on the disk: a backup that lies only in memory is none."""
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, BLOCK)
        written.flush()
        os.fsync(written.fileno())
    return True
