"""`make services`: PostgreSQL and Redis of the distribution, started on free ports for tests and measurements.

Prints the two settings to export and nothing else on standard output; everything else goes to the screen.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg2
import redis

from config import env

NAME = "thang_hanh_dong"
PACKAGES = {"postgres": "postgresql", "redis": "redis-server"}
POLICY = Path("/usr/sbin/policy-rc.d")  # Debian asks it whether a package may start its own server
LOOPBACK = "127.0.0.1"


class Failed(Exception):
    """A sentence for the screen."""


def main(action: str) -> int:
    """start or stop."""
    try:
        {"start": start, "stop": stop}[action]()
    except Failed as error:
        say(str(error))
        return 1
    except subprocess.CalledProcessError as error:
        say(f"{Path(error.cmd[0]).name} không chạy được:\n{error.stderr}")
        return 1
    return 0


def start() -> None:
    """Install what is missing, start what is not running, print the settings."""
    install()
    folder = place()
    state = read(folder)
    start_postgres(folder, state)
    start_redis(folder, state)
    password = state["password"]
    print(f"export DATABASE_URL=postgresql://{NAME}:{password}@{LOOPBACK}:{state['postgres']}/{NAME}")  # noqa: T201
    print(f"export REDIS_URL=redis://default:{password}@{LOOPBACK}:{state['redis']}/0")  # noqa: T201


def stop() -> None:
    """End both servers; their data stay for the next start."""
    folder = (env.data_dir() / "services").resolve()
    state = read(folder)
    if "postgres" in state and postgres_runs(folder / "postgres"):
        call("postgres", pg("pg_ctl"), "-D", folder / "postgres", "-m", "fast", "-w", "stop")
    if "redis" in state and redis_answers(state):
        redis_client(state).shutdown()
    say("PostgreSQL và Redis đã dừng.")


def install() -> None:
    """The distribution's packages, when a server is missing; that needs root."""
    missing = [PACKAGES[name] for name, found in (("postgres", pg("postgres")), ("redis", redis_server())) if not found]
    fetch(missing)


def fetch(missing: list[str]) -> None:
    """Packages of the distribution, without starting the servers that come with them."""
    if not missing:
        return
    if os.geteuid() or not shutil.which("apt-get"):
        raise Failed(
            f"Thiếu {' và '.join(missing)}: cài bằng quyền quản trị (apt install {' '.join(missing)}) rồi gọi lại."
        )
    say(f"Cài {' '.join(missing)}…")
    silent = not POLICY.exists()
    if silent:  # the packages' own servers stay off: ours are the ones that services-stop ends
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    try:
        call(None, "apt-get", "-qq", "update")
        call(None, "apt-get", "-qq", "-y", "--no-install-recommends", "install", *missing)
    finally:
        if silent:
            POLICY.unlink()


def place() -> Path:
    """The folder of both servers, reachable for the accounts they run under."""
    folder = env.data_dir() / "services"
    if folder.is_symlink() and not folder.exists():
        folder.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid():
        return folder
    folder.resolve().chmod(0o755)
    if not all(reachable(path) for path in folder.resolve().parents):
        # root's own home, for one, is closed to the account postgres, and we do not open it.
        mark = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        outside = Path("/var/tmp") / f"thang-hanh-dong-{mark}"  # noqa: S108  (owned by root, one per data folder)
        outside.mkdir(mode=0o755, exist_ok=True)
        if outside.owner() != "root":
            raise Failed(f"{outside} thuộc về người khác; đặt DATA_DIR ở nơi tài khoản postgres đọc được.")
        folder.rmdir()
        folder.symlink_to(outside)
        say(f"Tài khoản postgres không vào được {folder.parent}: dữ liệu nằm ở {outside}.")
    return folder.resolve()


def reachable(path: Path) -> bool:
    """Everybody may pass through this folder."""
    return bool(path.stat().st_mode & stat.S_IXOTH)


def start_postgres(folder: Path, state: dict) -> None:
    """A UTF-8 cluster with one role and one database of ours, listening on this machine only."""
    data = folder / "postgres"
    fresh = "postgres" not in state
    if not fresh and postgres_runs(data):
        return
    if fresh:
        state["password"] = secrets.token_hex(16)
        _new_cluster(data, state["password"])
    state["postgres"] = port = free_port(state.get("postgres"))
    # Compiling a query costs more than any of ours gains by it.
    options = f"-p {port} -c listen_addresses={LOOPBACK} -c unix_socket_directories= -c max_connections=200 -c jit=off"
    call("postgres", pg("pg_ctl"), "-D", data, "-o", options, "-l", data / "server.log", "-w", "start")
    if fresh:
        _new_database(port, state["password"])
    write(folder, state)


def start_redis(folder: Path, state: dict) -> None:
    """Redis with a password and an append-only file, listening on this machine only."""
    if "redis" in state and redis_answers(state):
        return
    data = owned(folder / "redis", "redis")
    state["redis"] = port = free_port(state.get("redis"))
    config = data / "redis.conf"
    config.write_text(
        f'port {port}\nbind {LOOPBACK}\ndir "{data}"\nlogfile "{data / "server.log"}"\n'
        f"appendonly yes\ndaemonize yes\nrequirepass {state['password']}\n"
    )
    config.chmod(0o600)
    owned(config, "redis")
    call("redis", redis_server(), config)
    for _ in range(100):
        if redis_answers(state):
            break
        time.sleep(0.1)
    else:
        raise Failed(f"Redis không trả lời; xem {data / 'server.log'}.")
    write(folder, state)


def _new_cluster(data: Path, password: str) -> None:
    shutil.rmtree(data, ignore_errors=True)  # what an interrupted first start left
    owned(data, "postgres").chmod(0o700)
    secret = data.parent / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    owned(secret, "postgres")
    try:
        options = ("--username=postgres", f"--pwfile={secret}", "--auth=scram-sha-256")
        call("postgres", pg("initdb"), "-D", data, "--encoding=UTF8", "--locale=C.UTF-8", *options)
    finally:
        secret.unlink()


def _new_database(port: int, password: str) -> None:
    """Our role may create databases, which is what a test run does, and nothing more."""
    to = {"host": LOOPBACK, "port": port, "user": "postgres", "password": password, "dbname": "postgres"}
    with contextlib.closing(psycopg2.connect(**to)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD %s", [password])
            cursor.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")


def postgres_runs(data: Path) -> bool:
    """pg_ctl's own word for it."""
    try:
        call("postgres", pg("pg_ctl"), "-D", data, "status")
    except subprocess.CalledProcessError:
        return False
    return True


def redis_client(state: dict) -> redis.Redis:
    """Our Redis, whether it runs or not."""
    return redis.Redis(host=LOOPBACK, port=state["redis"], password=state["password"], socket_timeout=5)


def redis_answers(state: dict) -> bool:
    """It answers, and to our password: another Redis may have taken the port meanwhile."""
    with contextlib.closing(redis_client(state)) as client, contextlib.suppress(redis.RedisError):
        return bool(client.ping())
    return False


def pg(program: str) -> str | None:
    """A program of the newest PostgreSQL: Debian keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
    return str(found[-1]) if found else shutil.which(program)


def redis_server() -> str | None:
    """The server's program."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def call(account: str | None, *argv: str | Path) -> None:
    """Run a program, as the account given when we are root; what it printed is shown when it fails."""
    other = {"user": account, "group": account, "extra_groups": []} if account and not os.geteuid() else {}
    # A file and not a pipe: the servers inherit it, and a pipe would be waited for until they end.
    with tempfile.TemporaryFile("w+") as output:
        streams = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
        done = subprocess.run([str(part) for part in argv], cwd="/", check=False, **streams, **other)  # noqa: S603
        if done.returncode:
            output.seek(0)
            raise subprocess.CalledProcessError(done.returncode, done.args, stderr=output.read().strip())


def owned(path: Path, account: str) -> Path:
    """A folder (made when absent) or file that belongs to the account, when we are root."""
    if not path.exists():
        path.mkdir(mode=0o700)
    if not os.geteuid():
        shutil.chown(path, account, account)
    return path


def free_port(wanted: int | None) -> int:
    """The port of last time when it is free, otherwise any."""
    for port in (wanted or 0, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((LOOPBACK, port))
            return probe.getsockname()[1]
    raise Failed("Không còn cổng nào rảnh.")


def read(folder: Path) -> dict:
    """Ports and password of the last start; empty before the first."""
    path = folder / "services.json"
    return json.loads(path.read_text()) if path.exists() else {}


def write(folder: Path, state: dict) -> None:
    """Keep ports and password for the next call; nobody else reads them."""
    path = folder / "services.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(state))


def say(text: str) -> None:
    """A line for the person; standard output is for the settings."""
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
