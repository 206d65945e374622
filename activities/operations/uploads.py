"""What was uploaded or pasted and not confirmed yet: kept for a day outside the database, for the seat that sent it."""

import dataclasses
import datetime
import json
import os
import re
import secrets
from pathlib import Path

from django.conf import settings

from provinces.models import Seat

KEPT = datetime.timedelta(days=1)
MOST = 20  # per seat; the oldest goes first
TOKEN = re.compile(r"[0-9a-f]{24}")


@dataclasses.dataclass(frozen=True)
class Upload:
    """The bytes, the name under which they came, and what the person said about them."""

    token: str
    name: str
    content: bytes
    said: dict
    at: datetime.datetime


def folder() -> Path:
    return Path(settings.DATA_DIR) / "uploads"


def keep_upload(content: bytes, name: str, said: dict, *, by: Seat, at: datetime.datetime) -> str:
    """Keep the bytes for the seat until it confirms; returns the token by which it finds them again."""
    folder().mkdir(parents=True, exist_ok=True)
    forget_uploads(before=at - KEPT)
    for old in sorted(_files(by), key=lambda path: path.stat().st_mtime)[: 1 - MOST]:
        _drop(old)
    token = secrets.token_hex(12)
    _write(Upload(token, name, content, said, at), by)
    return token


def find_upload(token: str, *, by: Seat, at: datetime.datetime) -> Upload | None:
    """What the seat sent under the token, or None: a stranger's, an old and a confirmed one are not found."""
    if not TOKEN.fullmatch(token):
        return None
    try:
        head, _end, content = _path(token, by).read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    about = json.loads(head)
    sent = datetime.datetime.fromisoformat(about["at"])
    return Upload(token, about["name"], content, about["said"], sent) if at - sent < KEPT else None


def change_upload(upload: Upload, said: dict, *, by: Seat) -> Upload:
    """Note what the person says now about the same bytes."""
    changed = dataclasses.replace(upload, said={**upload.said, **said})
    _write(changed, by)
    return changed


def forget_upload(token: str, *, by: Seat) -> None:
    """Drop the bytes, because they were stored or the person says so."""
    if TOKEN.fullmatch(token):
        _drop(_path(token, by))


def keep_beside(token: str, kind: str, content: bytes, *, by: Seat) -> None:
    """Keep what a worker made of an upload, such as what was understood of it, until the upload is forgotten."""
    _put(_path(token, by).with_suffix(f".{kind}"), content)


def find_beside(token: str, kind: str, *, by: Seat) -> bytes | None:
    """What a worker made of the seat's upload, or None."""
    if not TOKEN.fullmatch(token):
        return None
    try:
        return _path(token, by).with_suffix(f".{kind}").read_bytes()
    except FileNotFoundError:
        return None


def forget_uploads(*, before: datetime.datetime) -> int:
    """Drop what nobody confirmed since; returns how many there were."""
    old = [path for path in folder().glob("*-*") if path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _path(token: str, by: Seat) -> Path:
    return folder() / f"{by.pk}-{token}"


def _files(by: Seat) -> list[Path]:
    return [path for path in folder().glob(f"{by.pk}-*") if not path.suffix]


def _drop(path: Path) -> None:
    """The upload, then what was made of it."""
    for each in (path, *path.parent.glob(f"{path.name}.*")):
        each.unlink(missing_ok=True)


def _write(upload: Upload, by: Seat) -> None:
    """Whole or not at all; the file's own age is that of the upload."""
    head = {"name": upload.name, "at": upload.at.isoformat(), "said": upload.said}
    content = json.dumps(head).encode() + b"\n" + upload.content
    _put(_path(upload.token, by), content, upload.at.timestamp())


def _put(path: Path, content: bytes, age: float | None = None) -> None:
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    part.write_bytes(content)
    if age is not None:
        os.utime(part, (age, age))
    os.replace(part, path)
