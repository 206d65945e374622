"""What deploy/ starts is what there is: the same commands, run here without a container engine."""

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

DEPLOY = settings.BASE_DIR / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def starts(unit) -> list[list[str]]:
    """The commands of a unit, as words."""
    return [shlex.split(line) for line in re.findall(r"^Exec\w+=(.*)$", unit.read_text(), re.MULTILINE)]


def of_image() -> list[str]:
    """What the image runs when nothing else is said."""
    return json.loads((DEPLOY / "Dockerfile").read_text().split("\nCMD ")[1])


def known(words: list[str]) -> bool:
    """A management command of ours, or a program that requirements.txt brings."""
    words = [word.rsplit("/", 1)[-1] for word in words]
    words = words[1:] if words[0] == "python" else words
    if words[0] == "manage.py":
        return words[1] in get_commands()
    program = words[1] if words[0] == "-m" else words[0]
    return program in {"granian", "celery"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_units_start_what_there_is(unit):
    assert starts(unit)
    assert all(known(words) for words in starts(unit))


def test_compose_starts_what_there_is():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    ours = {name: row for name, row in services.items() if row.get("image") == "thang-hanh-dong"}

    assert set(ours) == {"prepare", "web", "worker", "beat"}
    assert all(known(row.get("command") or of_image()) for row in ours.values())


def test_every_setting_of_compose_is_one_that_the_readme_names():
    readme = (settings.BASE_DIR / "README.md").read_text()
    names = re.findall(r"^([A-Z_]+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE)

    assert [
        name
        for name in names
        if name not in {"DOMAIN", "POSTGRES_PASSWORD", "REDIS_PASSWORD"} | set(re.findall(r"[A-Z_]{4,}", readme))
    ] == []


def test_the_web_command_of_the_image_serves_with_production_settings(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = of_image()
    words = [sys.executable, *words[1 : words.index("--host")], "--port", str(port), words[-1]]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    ours = {
        "PRODUCTION": "1",
        "DEMO": "0",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "example.vn",
        "DATA_DIR": str(tmp_path),
    }
    process = subprocess.Popen(words, cwd=settings.BASE_DIR, env={**kept, **ours}, stdout=subprocess.DEVNULL)
    try:
        headers = {"Host": "example.vn", "X-Forwarded-Proto": "https"}
        answer = asked(urllib.request.Request(f"http://127.0.0.1:{port}/suc-khoe", headers=headers), process)
        assert (answer.status, answer.read()) == (200, b"ok")
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    finally:
        process.terminate()
        process.wait(30)


def asked(request, process):
    """The answer, as soon as there is one."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return urllib.request.urlopen(request, timeout=10)
        except urllib.error.URLError:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.1)
