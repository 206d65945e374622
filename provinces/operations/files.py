"""Files: kept once under their hash, handed out only through a check."""

import datetime
import hashlib
import os
import secrets
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from provinces.models import Department, File, Seat
from provinces.storage import file_path
from provinces.workflow import Refused, record_event


@transaction.atomic
def store_file(content: bytes, name: str, kind: str, *, owner: Department, by: Seat, at: datetime.datetime) -> File:
    """Keep `content` under its SHA-256 and name it for `owner`; the same bytes lie on the disk once.

    `kind` is the room's word for it (scan, evidence, document). Raises Refused for an empty file.
    """
    if not content:
        raise Refused(_("The file %(file)s is empty. Choose it again") % {"file": name})
    digest = hashlib.sha256(content).hexdigest()
    _write(file_path(digest), content)
    file = File.objects.create(
        sha256=digest,
        kind=kind,
        name=_plain_name(name),
        size=len(content),
        owner=owner,
        token=secrets.token_urlsafe(24),
        at=at,
    )
    province = owner.unit.home_province
    record_event("file.store", file, by=by, at=at, province=province, details={"kind": kind, "sha256": digest})
    return file


def _plain_name(name: str) -> str:
    """The last part of a name, whatever path a browser sent, short enough to keep."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].strip() or "tep"
    stem, dot, ending = last.rpartition(".")
    return f"{(stem or ending)[:180]}{dot if stem else ''}{ending[:15] if stem else ''}"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a reader never meets half a file."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{secrets.token_hex(4)}")
    part.write_bytes(content)
    os.replace(part, path)
