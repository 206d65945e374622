"""Reports of all provinces with their documents: one worker process beside two, real Celery workers on Redis."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from campaigns.models import Campaign
from config.bench import loads
from config.bench.table import Result
from config.bench.work import compile_and_print
from config.celery import app
from provinces.models import Unit
from reports.management.commands.compile_report import standing_office
from reports.models import Report
from reports.operations.jobs import ask_compile
from reports.operations.reports import open_report_for_system

TURNS, LOT = 4, 4  # the provinces go in so many lots of no fewer, each once through one process and once through two
LONGEST = 600  # seconds for one lot
LOOK = 0.02


def measure() -> Iterator[Result]:
    """Each lot of provinces through one process and through two, by turns."""
    provinces, campaign = loads.all_provinces()
    reports = [_report(province, campaign) for province in provinces]
    seconds = {1: 0.0, 2: 0.0}
    with contextlib.ExitStack() as running, tempfile.TemporaryDirectory() as folder:
        try:
            for processes in seconds:
                running.enter_context(_worker(processes, folder))
            for turn, lot in enumerate(_lots(reports)):
                for processes in (1, 2) if turn % 2 else (2, 1):
                    seconds[processes] += _through(processes, lot, folder)
        except RuntimeError as fault:
            yield Result("workers", fault=str(fault).strip().splitlines()[-1])
            return
    yield Result("workers", seconds[2], seconds[1], loads.fewer())


def _lots(reports: list[Report]) -> list[list[Report]]:
    size = max(LOT, -(-len(reports) // TURNS))
    return [reports[start : start + size] for start in range(0, len(reports), size)]


def _report(province: Unit, campaign: Campaign) -> Report:
    office = standing_office(campaign, province)
    return open_report_for_system(campaign, province, department=office, issuer=office, at=timezone.now())


def _queue(processes: int) -> str:
    return f"bench-{os.getpid()}-{processes}"


@contextlib.contextmanager
def _worker(processes: int, folder: str) -> Iterator[None]:
    """A Celery worker with so many processes and a queue of its own, ready to work."""
    name = _queue(processes)
    command = [
        "-A",
        "config",
        "worker",
        "-I",
        "config.bench.work",
        "-c",
        str(processes),
        "-Q",
        name,
        "-n",
        f"{name}@%h",
        "-l",
        "INFO",
    ]
    log = Path(folder, f"{name}.log")
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "celery", *command, "--without-gossip", "--without-mingle"],
            cwd=settings.BASE_DIR,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(lambda: _is_ready(process, log), f"worker không sẵn sàng: {name}")
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        with app.connection_for_write() as connection:
            connection.default_channel.queue_delete(name)


def _is_ready(process: subprocess.Popen, log: Path) -> bool:
    said = log.read_text(encoding="utf-8", errors="replace")
    if process.poll() is not None:
        raise RuntimeError(said)
    return " ready." in said


def _through(processes: int, reports: list[Report], folder: str) -> float:
    """Seconds until the worker has compiled and printed all of them."""
    jobs = [(ask_compile(report, by=None, at=timezone.now()).pk, report.pk) for report in reports]
    start = time.perf_counter()
    for job, report in jobs:
        values = {"job_id": job, "report_id": report, "folder": folder}
        compile_and_print.apply_async(kwargs=values, queue=_queue(processes))
    left = [Path(folder, str(job)) for job, _report in jobs]
    _wait(lambda: all(path.exists() for path in left), "các báo cáo không xong trong mười phút")
    seconds = time.perf_counter() - start
    for path in left:
        if fault := path.read_text(encoding="utf-8"):
            raise RuntimeError(fault)
    return seconds


def _wait(done, sentence: str) -> None:
    end = time.monotonic() + LONGEST
    while not done():
        if time.monotonic() > end:
            raise RuntimeError(sentence)
        time.sleep(LOOK)
