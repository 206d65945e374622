"""`make run` from outside: a real start in an empty folder, a worker that dies, a stop that leaves nothing."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from config import run

PATIENCE = 120  # seconds; nothing waits for them, they only end a test that hangs


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def busy_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def environment(folder, port):
    """A person's shell: nothing of the test's own settings, an embedded database in an empty folder."""
    ours = {"DATABASE_URL", "REDIS_URL", "HOST", "DEMO", "PRODUCTION"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(folder), "PORT": str(port)}


def start(folder, port):
    """`python -m config.run`, its screen readable line by line."""
    return subprocess.Popen(
        [sys.executable, "-m", "config.run"],
        cwd=settings.BASE_DIR,
        env=environment(folder, port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read_until(process, words):
    """The screen up to the line that holds the words."""
    shown = []
    for line in process.stdout:
        shown.append(line)
        if words in line:
            return "".join(shown)
    pytest.fail(f"{words!r} never came:\n{''.join(shown)}")


def alive(folder, *words):
    """Ids of the processes that were started with this data folder, whoever their parent is now."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            ours = f"DATA_DIR={folder}\0".encode() in (path / "environ").read_bytes()
            command = (path / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if ours and set(words) <= set(command):
            found.append(int(path.name))
    return sorted(found)


def wait_until(condition):
    """Look again and again until it is true."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never became true"
        time.sleep(0.1)


def test_a_busy_port_is_said_in_one_sentence_with_what_to_type(tmp_path, busy_port):
    process = start(tmp_path, busy_port)

    shown, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1
    assert shown.startswith(f"Cổng {busy_port} đang có chương trình khác dùng. Gõ: make run PORT=")
    assert shown.count("\n") == 1
    assert not (tmp_path / "db.sqlite3").exists()


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_no_port_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(run.Failed, match="không phải là số cổng"):
        run.address()


def test_a_second_run_in_the_same_folder_is_refused(tmp_path):
    with run.only_run_in(tmp_path), pytest.raises(run.Failed, match="đang dùng thư mục"):
        with run.only_run_in(tmp_path):
            pass


def test_errors_of_a_log_are_shown_with_their_traceback_and_the_rest_is_not(tmp_path):
    log = tmp_path / "web.log"
    child = run.Child("web", log=log)
    log.write_text(
        "[INFO] Started worker-1\n"
        "2026-11-21 20:00:00,000 ERROR django.request Internal Server Error: /\n"
        "Traceback (most recent call last):\n"
        "ValueError: no\n"
        "2026-11-21 20:00:01,000 WARNING django.request Not Found: /x\n"
    )

    assert child.errors() == [
        "[web] 2026-11-21 20:00:00,000 ERROR django.request Internal Server Error: /",
        "[web] Traceback (most recent call last):",
        "[web] ValueError: no",
    ]
    assert child.errors() == []


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="Looks for processes in /proc.")
def test_run_serves_restarts_a_dead_worker_and_leaves_nothing_behind(tmp_path, free_port):
    folder = tmp_path / "var"
    process = start(folder, free_port)
    try:
        read_until(process, f"http://127.0.0.1:{free_port}/")
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}{reverse('sign_in')}") as answer:
            assert answer.status == 200
        wait_until(lambda: len(alive(folder, "celery", "worker")) == 3)  # the worker and its two hands
        assert len(alive(folder, "celery", "beat")) == 1

        first = alive(folder, "celery", "worker")[0]
        os.kill(first, signal.SIGKILL)

        read_until(process, "worker dừng đột ngột")
        wait_until(lambda: first not in alive(folder, "celery", "worker"))
        wait_until(lambda: len(alive(folder, "celery", "worker")) == 3)
        _main, *hands = alive(folder, "celery", "worker")
        for hand in hands:  # one of them waits with the lock of the queue in its hand
            os.kill(hand, signal.SIGKILL)

        read_until(process, "worker dừng đột ngột")
        wait_until(lambda: len(alive(folder, "celery", "worker")) == 3 and not {_main, *hands} & set(alive(folder)))
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        assert alive(folder) == []
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells a child of its parent's death.")
def test_even_a_killed_run_leaves_nothing_behind(tmp_path, free_port):
    folder = tmp_path / "var"
    process = start(folder, free_port)
    wait_until(lambda: alive(folder, "manage.py"))

    process.kill()
    process.wait()

    wait_until(lambda: alive(folder) == [])
