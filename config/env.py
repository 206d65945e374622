"""Settings read from the environment: addresses of the database and the broker, folders, flags."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on (any case)."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def data_dir() -> Path:
    """Where database, uploads, documents and queues lie: DATA_DIR, or `var` beside manage.py."""
    return Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").resolve()


def database(folder: Path) -> dict:
    """Django's DATABASES entry: PostgreSQL from DATABASE_URL, otherwise SQLite in the data folder.

    IMMEDIATE is what lets twenty people write to SQLite without "database is locked".
    """
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "db.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 60,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must start with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def base_url() -> str:
    """Where people reach the program, for links in letters: BASE_URL, or the address of `make run`."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    return (os.environ.get("BASE_URL") or f"http://{host}:{port}").rstrip("/")


def broker(folder: Path) -> dict:
    """Celery's broker settings: Redis from REDIS_URL, otherwise folders under the data folder."""
    url = os.environ.get("REDIS_URL", "")
    if url:
        return {
            "broker_url": url,
            "broker_transport_options": {
                "visibility_timeout": 900,
                "unacked_restore_throttle": 1,
                "unacked_restore_interval": 5,
            },
        }
    queue = folder / "queue"
    for name in ("messages", "processed", "control"):
        (queue / name).mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "filesystem://",
        "broker_transport_options": {
            "data_folder_in": str(queue / "messages"),
            "data_folder_out": str(queue / "messages"),
            "processed_folder": str(queue / "processed"),
            "control_folder": str(queue / "control"),
            "store_processed": False,
            "polling_interval": 0.05,
        },
    }


def secret_key(folder: Path) -> str:
    """SECRET_KEY from the environment, or one made once and kept in the data folder."""
    key = os.environ.get("SECRET_KEY")
    if key:
        return key
    if flag("PRODUCTION"):
        raise ValueError("SECRET_KEY must be set when PRODUCTION=1")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret_key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(48).hex())
    return path.read_text().strip()
