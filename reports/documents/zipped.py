"""A zip that anybody can verify: every file with its SHA-256, an index to read and one to work with; knows no database.

Everything goes through in pieces, and the index lies on the disk until it is written, so that the memory needed does
not grow with what the files hold.
"""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from os import PathLike
from pathlib import PurePosixPath
from typing import BinaryIO

SUMS = "SHA256SUMS"
INDEX, INDEX_CSV, ABOUT = "index.html", "index.csv", "thong-tin.json"
PIECE = 1 << 18
PACKED = {".jpg", ".jpeg", ".png", ".webp", ".pdf", ".docx", ".xlsx", ".zip"}  # hold nothing that packs further
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d")  # what a table program would calculate


@dataclass(frozen=True)
class Entry:
    """One file of the archive."""

    path: str
    title: str
    size: int
    sha256: str


@dataclass(frozen=True)
class About:
    """What the archive says of itself: facts in the order in which they are read, and files that could not be found."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = ()


class Archive:
    """A zip under way; `at` is the time that all its files carry."""

    def __init__(self, to: BinaryIO, at: datetime):
        self.count = 0
        self._zip = zipfile.ZipFile(to, "w", allowZip64=True)
        self._when = (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second)
        self._index = tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".index")

    def add(self, path: str, pieces: Iterable[bytes], title: str) -> Entry:
        """Write one file and note its hash."""
        digest, size = hashlib.sha256(), 0
        with self._open(path) as out:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                out.write(piece)
        entry = Entry(path, title, size, digest.hexdigest())
        self._index.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
        self.count += 1
        return entry

    def close(self, about: About) -> int:
        """Write index and list of hashes and finish the zip; answers how many files it holds, these included."""
        told = {"title": about.title, "facts": dict(about.facts), "absent": list(about.absent)}
        rows = ((each.path, each.title, each.size, each.sha256) for each in self._entries())
        self.add(INDEX_CSV, table(("tep", "noi_dung", "so_byte", "sha256"), rows), "Mục lục dạng bảng")
        self.add(INDEX, _page(about, self._entries()), "Mục lục để đọc")
        self.add(ABOUT, [json.dumps(told, ensure_ascii=False, indent=1).encode()], "Thông tin về bản lưu trữ")
        with self._open(SUMS) as out:
            for entry in self._entries():
                out.write(f"{entry.sha256}  {entry.path}\n".encode())
        self._zip.close()
        self._index.close()
        return self.count + 1

    def abandon(self) -> None:
        """Leave the zip as it is, without an end; it is no archive."""
        self._zip.fp = None
        self._index.close()

    def _entries(self) -> Iterator[Entry]:
        """The files written so far, read back from the disk."""
        self._index.flush()
        with open(self._index.name, encoding="utf-8") as lines:
            for line in lines:
                yield Entry(**json.loads(line))

    def _open(self, path: str):
        info = zipfile.ZipInfo(path, self._when)
        packed = PurePosixPath(path).suffix.lower() in PACKED
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return self._zip.open(info, "w", force_zip64=True)


def table(columns: Iterable[str], rows: Iterable[Iterable]) -> Iterator[bytes]:
    """CSV in UTF-8, piece by piece; a text that a table program would calculate gets a ' before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    yield b"\xef\xbb\xbf"
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
        if out.tell() > PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _harmless(value):
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def pieces_of(path: str | PathLike) -> Iterator[bytes]:
    """The bytes of a file, a quarter of a megabyte at a time."""
    with open(path, "rb") as file:
        while piece := file.read(PIECE):
            yield piece


def sha256_of(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


HEAD = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>body{{font-family:sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;line-height:1.5}}
table{{border-collapse:collapse;width:100%}}td,th{{border:1px solid #999;padding:.3rem .5rem;text-align:left}}
td:nth-child(3){{text-align:right;white-space:nowrap}}code{{word-break:break-all}}
@media(max-width:45rem){{th:nth-child(4),td:nth-child(4){{display:none}}}}</style></head><body>
<h1>{title}</h1>
"""
VERIFY = (
    "<h2>Kiểm tra bản lưu trữ</h2>\n<p>Giải nén, mở cửa sổ lệnh trong thư mục vừa giải nén và chạy "
    "<code>sha256sum -c SHA256SUMS</code>. Mỗi tệp phải báo OK (hoặc “Thành công”); tệp đã bị sửa báo FAILED. "
    "Mã SHA-256 của cả tệp zip có trên trang lưu trữ và trong nhật ký.</p>\n<h2>Các tệp</h2>\n"
    '<table><tr><th scope="col">Tệp</th><th scope="col">Nội dung</th><th scope="col">Số byte</th>'
    '<th scope="col">SHA-256</th></tr>\n'
)


def _page(about: About, entries: Iterable[Entry]) -> Iterator[bytes]:
    """The index that a person reads, without any file of another place."""
    safe = html.escape
    yield HEAD.format(title=safe(about.title)).encode()
    for name, value in about.facts:
        yield f"<p><b>{safe(name)}:</b> {safe(value)}</p>\n".encode()
    if about.absent:
        lines = "".join(f"<li>{safe(each)}</li>" for each in about.absent)
        yield f"<h2>Tệp không còn trên máy chủ</h2><ul>{lines}</ul>\n".encode()
    yield VERIFY.encode()
    for entry in entries:
        link = f'<a href="{safe(entry.path)}">{safe(entry.path)}</a>'
        size = f"{entry.size:,}".replace(",", ".")
        cells = f"<td>{link}</td><td>{safe(entry.title)}</td><td>{size}</td><td><code>{entry.sha256}</code></td>"
        yield f"<tr>{cells}</tr>\n".encode()
    yield b"</table>\n</body></html>\n"


@dataclass(frozen=True)
class Verdict:
    """What checking an archive found; nothing at all when it is as it was made."""

    files: int
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not (self.changed or self.missing or self.unlisted)


def verify(path: str | PathLike) -> Verdict:
    """Compare every file of the zip with the list of hashes inside; raises BadZipFile when it is no whole zip."""
    with zipfile.ZipFile(path) as archive:
        listed = dict(_listed(archive.read(SUMS).decode()))
        there = [name for name in archive.namelist() if name != SUMS]
        changed = [name for name in there if name in listed and _hash_in(archive, name) != listed[name]]
        twice = {name for name in there if there.count(name) > 1} if len(set(there)) != len(there) else set()
        return Verdict(
            files=len(there),
            changed=tuple(changed),
            missing=tuple(sorted(listed.keys() - set(there))),
            unlisted=tuple(name for name in there if name not in listed or name in twice),
        )


def _listed(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        digest, _blanks, name = line.partition("  ")
        yield name, digest


def _hash_in(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except (zipfile.BadZipFile, OSError, zlib.error):
        return ""
    return digest.hexdigest()
