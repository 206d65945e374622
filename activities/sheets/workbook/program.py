"""The child process: confines itself, reads the file from standard input, answers one JSON object."""

import encodings.cp437
import encodings.utf_16_le  # noqa: F401  nothing can be imported once no file may be opened
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from . import limits
from .limits import Stop
from .package import look_over
from .page import Book, Page

try:
    import resource
except ImportError:  # Windows: the wall clock of the caller still holds
    resource = None

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def confine() -> None:
    """From here on: little time and memory, no new file or connection, no new process."""
    if resource is None:
        return
    for name, limit in (
        ("RLIMIT_CPU", limits.PROCESSOR_SECONDS),
        ("RLIMIT_AS", limits.MEMORY),
        ("RLIMIT_FSIZE", limits.ANSWER),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NPROC", 0),
        ("RLIMIT_NOFILE", 3),
    ):
        if hasattr(resource, name):
            resource.setrlimit(getattr(resource, name), (limit, limit))


def package_in(raw: bytes) -> zipfile.ZipFile:
    """The parts of a file of Word or Excel; raises Stop with the reason when it is none."""
    if raw.startswith(OLE):
        raise Stop("encrypted" if "EncryptedPackage".encode("utf-16-le") in raw else "old")
    if not raw.startswith(b"PK"):
        raise Stop("other" if raw else "broken")
    return zipfile.ZipFile(io.BytesIO(raw))


def answer(look: Callable[[bytes], dict]) -> None:
    """Confine this process, look at the file on standard input, say what was found or why it is not taken."""
    confine()
    try:
        found = look(sys.stdin.buffer.read())
    except Stop as stop:
        found = stop.answer
    except MemoryError:
        found = {"stop": "bomb"}
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError, LookupError):
        found = {"stop": "broken"}
    except (NotImplementedError, RuntimeError, OverflowError, RecursionError):
        found = {"stop": "broken"}
    sys.stdout.write(json.dumps(found, ensure_ascii=False))


def read(raw: bytes, wanted: str) -> dict:
    """The cells of the sheet named `wanted`, else of the first one that is shown."""
    with package_in(raw) as package:
        look_over(package, len(raw))
        book = Book(package)
        return Page(book, book.part_of(wanted)).answer()


def main(wanted: str) -> None:
    """Answer for the file on standard input; `wanted` is the name of the sheet."""
    answer(lambda raw: read(raw, wanted))
