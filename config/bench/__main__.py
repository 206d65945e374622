"""Starts PostgreSQL and Redis when DATABASE_URL names none, measures, prints, stops what it started."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

from config import env, servers
from config.bench import machine, table

ROOT = Path(__file__).resolve().parents[2]
KEPT = "_bench"
PANGO = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0"}


class Failed(Exception):
    """A sentence for the screen."""


def main(environ: dict[str, str]) -> int:
    """0 when every limit was held, 1 when one was missed, 2 when nothing could be measured."""
    try:
        wanted = table.chosen(environ.get("ONLY", "").strip())
        with _places(environ) as place, _database(place) as settings:
            return _measure(wanted, settings)
    except (table.Unknown, Failed, servers.Failed) as fault:
        sys.stderr.write(f"{fault}\n")
        return 2


def _measure(wanted: list[table.Measure], settings: dict[str, str]) -> int:
    if any(each.name == "pdf" for each in wanted):
        _fetch_pango()
    _say(machine.described())
    _manage(settings, "migrate", "-v0")
    for loader in ("load_units", "load_catalogue"):
        _manage(settings, loader)
    _say(table.heading())
    results = []
    for group in dict.fromkeys(each.group for each in wanted):
        names = [each.name for each in wanted if each.group == group]
        found = _run(group, settings)
        for name in names:
            result = found.get(name) or table.Result(name, fault="tiến trình đo dừng giữa chừng, xem ở trên")
            _say(table.line(result))
            results.append(result)
    return table.exit_status(results)


def _fetch_pango() -> None:
    """What WeasyPrint sets text with; the distribution has it, its wheel has not."""
    missing = [package for library, package in PANGO.items() if not find_library(library)]
    servers.fetch(missing)


def _run(group: str, settings: dict[str, str]) -> dict[str, table.Result]:
    """The measures of a group, in a process of their own: its memory is theirs alone."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", "bench", group],
        cwd=ROOT,
        env=settings,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return {result.name: result for result in map(table.from_line, lines)}


def _manage(settings: dict[str, str], *command: str) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *command], cwd=ROOT, env=settings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failed(f"{command[0]} không chạy được:\n{done.stderr.strip()}")


@contextlib.contextmanager
def _places(environ: dict[str, str]) -> Iterator[dict[str, str]]:
    """An environment with PostgreSQL, Redis and a folder; what was started here is stopped here."""
    if environ.get("DATABASE_URL"):
        if not environ["DATABASE_URL"].startswith(("postgres://", "postgresql://")) or not environ.get("REDIS_URL"):
            raise Failed("Đo trên PostgreSQL và Redis: đặt cả DATABASE_URL và REDIS_URL, hoặc không đặt gì.")
        yield environ
        return
    own = None if environ.get("DATA_DIR") else tempfile.mkdtemp(prefix="thang-hanh-dong-bench.")
    if own:
        Path(own).chmod(0o711)  # PostgreSQL's own account passes through it
    place = {**environ, "DATA_DIR": environ.get("DATA_DIR") or own}
    ran_before = _servers_run(Path(place["DATA_DIR"]))
    try:
        yield {**place, **_started(place)}
    finally:
        if not ran_before:
            _servers(place, "stop")
        if own:
            shutil.rmtree(own, ignore_errors=True)


def _servers_run(folder: Path) -> bool:
    """Somebody started them before us, and keeps them."""
    services = (folder / "services").resolve()
    state = servers.read(services)
    return "postgres" in state and servers.postgres_runs(services / "postgres")


def _started(place: dict[str, str]) -> dict[str, str]:
    printed = _servers(place, "start")
    settings = (line.removeprefix("export ").partition("=") for line in printed.splitlines())
    return {name: value for name, _equals, value in settings}


def _servers(place: dict[str, str], action: str) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "config.servers", action],
        cwd=ROOT,
        env=place,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(done.stderr.strip())
    return done.stdout


@contextlib.contextmanager
def _database(place: dict[str, str]) -> Iterator[dict[str, str]]:
    """A database of our own beside the one that was named; with KEEP=1 it stays and is used again."""
    parts = urlsplit(place["DATABASE_URL"])
    keep = env.flag("KEEP")
    name = parts.path.lstrip("/") + (KEPT if keep else f"{KEPT}_{os.getpid()}")
    with contextlib.closing(psycopg2.connect(place["DATABASE_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            try:
                address = parts._replace(path=f"/{name}").geturl()
                yield {**place, "DATABASE_URL": address, "DEMO": "0", "PYTHONPATH": str(ROOT)}
            finally:
                if not keep:
                    cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(dict(os.environ)))
