"""`make run`: prepares, starts web, worker and beat, watches them, and stops everything it started."""

import contextlib
import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from config import env, messages

try:
    import fcntl
except ImportError:  # Windows: two runs in one folder are not noticed
    fcntl = None

TICK = 0.2  # seconds between two looks at the children
PATIENCE = 10  # seconds a child gets to end by itself: a worker finishes its task
STARTING = 90  # seconds until the first answer
STEADY = 30  # a child that lived this long was well: it is restarted at once
LOG_SIZE = 5_000_000  # bytes; a longer log is put aside at the next start
RECORD = re.compile(r"\[|\d{4}-\d\d-\d\d ")  # how a line of a log begins; a traceback does not
WRONG = re.compile(r"\b(ERROR|CRITICAL)\b")
# A hand of the worker that was killed outright may keep the lock of the pool's pipe: then no task is done any more.
KILLED_HAND = re.compile(r"Process '\S+' pid:\d+ exited with 'signal")
PR_SET_PDEATHSIG = 1
STOP = threading.Event()  # set by Ctrl-C, SIGTERM or a closed terminal


class Stopped(Exception):
    """Somebody asked to stop."""


class Failed(Exception):
    """A sentence for the screen: why it cannot go on."""


class Child:
    """One process in a group of its own, with its log."""

    def __init__(self, name: str, *argv: str, log: Path | None = None):
        self.name, self.argv, self.log = name, argv, log
        self.process = None
        self.started = 0.0
        self.failures = 0
        self.due = 0.0
        self._read = 0
        self._showing = False

    def start(self) -> None:
        """Start it; its output goes to the log, or to the screen when it has none."""
        output = self._open_log() if self.log else None
        self.process = subprocess.Popen(  # noqa: S603  (our own commands, no shell)
            self.argv,
            cwd=env.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )
        if output:
            output.close()
        self.started = time.monotonic()

    def errors(self) -> list[str]:
        """Lines of errors, with their tracebacks, that came into the log since the last call."""
        with self.log.open(encoding="utf-8", errors="replace") as file:
            file.seek(self._read)
            lines = file.read().splitlines()
            self._read = file.tell()
        shown = []
        for line in lines:
            if RECORD.match(line):
                self._showing = bool(WRONG.search(line))
            if self._showing:
                shown.append(f"[{self.name}] {line}")
        return shown

    def tail(self) -> str:
        """The last lines of the log."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])

    def code(self) -> int | None:
        """The exit code, None while it runs."""
        return self.process.poll() if self.process else None

    def ask_to_end(self) -> None:
        """SIGTERM to the main process: it ends its own workers in order."""
        if self.process and self.code() is None:
            self.process.terminate()

    def sweep(self) -> None:
        """End what is left of the group, whoever is still in it."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _open_log(self):
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_SIZE:
            self.log.replace(self.log.with_suffix(".log.1"))
        file = self.log.open("ab")
        self._read = file.tell()
        return file


def main() -> int:
    """Run until stopped: 0 after Ctrl-C, 1 when it cannot go on."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: STOP.set())
    children = []
    try:
        host, port = address()
        folder = env.data_dir()
        with only_run_in(folder):
            prepare(children)
            serve(children, host, port, folder / "logs")
    except Stopped:
        say("Đang dừng…")
    except Failed as error:
        say(str(error))
        return 1
    finally:
        stop(children)
    return 0


def address() -> tuple[str, int]:
    """Host and port to listen on; Failed with a sentence when the port cannot be had."""
    host, text = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Failed(f"PORT={text} không phải là số cổng. Gõ: make run PORT=8000")
    port = int(text)
    reason = _refusal(host, port)
    if reason:
        free = next((p for p in range(max(port, 8000) + 1, 65536) if not _refusal(host, p)), 8000)
        raise Failed(f"{reason} Gõ: make run PORT={free}")
    return host, port


@contextlib.contextmanager
def only_run_in(folder: Path) -> Iterator[None]:
    """One run per data folder: two would share one queue and one schedule."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "run.lock").open("w") as file:
        try:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed(
                f"Một lần make run khác đang dùng thư mục {folder}. Dừng lần đó, hoặc gõ: make run DATA_DIR=…"
            ) from None
        yield


def prepare(children: list[Child]) -> None:
    """Bring messages, tables and data up to date before anything is served."""
    messages.compile_catalogue()  # before Django reads it: a process keeps the words that it found first
    child = Child("prepare", sys.executable, "manage.py", "prepare", "--accounts")
    children.append(child)
    child.start()
    while child.code() is None:
        nap()
    if child.code():
        raise Failed("Chưa chuẩn bị được dữ liệu; lý do ở ngay trên.")


def serve(children: list[Child], host: str, port: int, logs: Path) -> None:
    """Start the three servants, say where to look, watch them until stopped."""
    celery = (sys.executable, "-m", "celery", "-A", "config")
    web = Child("web", *_granian(host, port), log=logs / "web.log")
    worker = Child("worker", *celery, *_WORKER, log=logs / "worker.log")
    beat = Child("beat", *celery, "beat", "--pidfile=", log=logs / "beat.log")
    children += [web, worker, beat]
    for child in (web, worker, beat):
        child.start()
    wait_for_answer(web, host, port)
    say(f"Mở http://{_visible(host)}:{port}/ bằng trình duyệt. Ctrl-C để dừng.")
    while True:
        nap()
        look(web, worker, beat)


def look(web: Child, *background: Child) -> None:
    """One round: show errors, restart worker and beat, give up when the web server is gone."""
    for child in (web, *background):
        lines = child.errors()
        for line in lines:
            say(line)
        if child is not web and any(map(KILLED_HAND.search, lines)):
            child.sweep()
    if web.code() is not None:
        raise Failed(f"Máy chủ web đã dừng (mã {web.code()}):\n{web.tail()}")
    for child in background:
        if child.code() is not None:
            restart(child)


def restart(child: Child) -> None:
    """Start it again: at once after a steady life, later and later when it keeps dying."""
    now = time.monotonic()
    if not child.due:
        child.sweep()
        child.failures = 1 if now - child.started > STEADY else child.failures + 1
        wait = min(2 ** (child.failures - 1) - 1, 60)
        child.due = now + wait
        say(f"Tiến trình {child.name} dừng đột ngột (mã {child.code()}); khởi động lại sau {wait} giây.")
        say(child.tail())
    if now >= child.due:
        child.due = 0.0
        child.start()


def wait_for_answer(web: Child, host: str, port: int) -> None:
    """Return when the web server answers anything at all."""
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        if web.code() is not None:
            break
        try:
            urllib.request.urlopen(f"http://{_visible(host)}:{port}/", timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            nap()
    raise Failed(f"Máy chủ web không trả lời:\n{web.tail()}")


def stop(children: list[Child]) -> None:
    """End all that was started: first asked, then swept."""
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(c.process and c.code() is None for c in children):
        time.sleep(TICK / 4)
    for child in children:
        child.sweep()


def nap() -> None:
    """Wait a tick, or end the run when somebody asked for it."""
    if STOP.wait(TICK):
        raise Stopped


def say(text: str) -> None:
    """One line on the screen, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


_WORKER = ("worker", "--pool", "prefork", "-c", "2", "-l", "INFO", "--without-gossip", "--without-mingle")


def _granian(host: str, port: int) -> tuple[str, ...]:
    options = {"interface": "wsgi", "workers": 2, "blocking-threads": 2, "host": host, "port": port}
    spelled = (part for name, value in options.items() for part in (f"--{name}", str(value)))
    return (sys.executable, "-m", "granian", *spelled, "--no-ws", "config.wsgi:application")


def _refusal(host: str, port: int) -> str:
    """Why this port cannot be listened on, or nothing."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen()
    except PermissionError:
        return f"Cổng {port} cần quyền quản trị máy."
    except socket.gaierror:
        raise Failed(f"HOST={host} không phải là địa chỉ của máy này.") from None
    except OSError:
        return f"Cổng {port} đang có chương trình khác dùng."
    return ""


def _visible(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104  (compared, not listened on)


def _end_with_parent() -> None:
    """Linux tells the child when this program is killed outright, so nothing is left behind even then."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
