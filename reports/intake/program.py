"""The child process: confines itself, looks over the file on standard input, answers one JSON object."""

import io
import json
import sys
import zipfile
import zlib
from xml.parsers import expat

from activities.sheets.workbook.limits import Stop
from activities.sheets.workbook.program import OLE, confine
from reports.intake import excel, word

KINDS = {"word": word.look, "excel": excel.look}


def read(raw: bytes, kind: str, known: dict) -> dict:
    """What is in the file; raises Stop with the reason why it is not taken."""
    if raw.startswith(OLE):
        raise Stop("encrypted" if "EncryptedPackage".encode("utf-16-le") in raw else "old")
    if not raw.startswith(b"PK"):
        raise Stop("other" if raw else "broken")
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return KINDS[kind](package, len(raw), known)


def main(kind: str, known: str) -> None:
    """Answer for the file on standard input."""
    confine()
    try:
        answer = read(sys.stdin.buffer.read(), kind, json.loads(known))
    except Stop as stop:
        answer = stop.answer
    except MemoryError:
        answer = {"stop": "bomb"}
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError, LookupError):
        answer = {"stop": "broken"}
    except (NotImplementedError, RuntimeError, OverflowError, RecursionError):
        answer = {"stop": "broken"}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
