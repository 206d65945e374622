"""Photos and papers as uploaded: looked into, photos drawn anew without place and camera, papers kept as they are."""

import io
import zipfile
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from provinces import pictures
from provinces.vietnamese import find_private, format_number, nfc, sentence

LARGEST = 10 * 1024 * 1024  # bytes
LONGEST_SIDE = 1600  # pixels: enough to see, a tenth of what a phone sends
PHOTOS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".heic": "HEIF", ".heif": "HEIF"}
# A JPEG is read at a fraction of its size; of the others every pixel lies in memory for a moment.
MOST_PIXELS = {"JPEG": 80_000_000, "HEIF": 50_000_000, "PNG": 30_000_000, "WEBP": 30_000_000}
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,application/pdf,.pdf,.docx"
MOST_PARTS, MOST_UNPACKED, MOST_RATIO = 2000, 50 * 1024 * 1024, 100  # of a DOCX, which is a zip file
WORD_PARTS = {"[Content_Types].xml", "word/document.xml"}
SENTENCES = {
    "file.size": _("%(file)s has %(size)s; the limit is %(max)s"),
    "file.kind": _("%(file)s is not accepted. Photos (JPG, PNG, WebP, HEIC), PDF and DOCX are"),
    "file.content": _(
        "%(file)s ends in %(extension)s but holds something else. Open it, save it as the right kind, upload again"
    ),
    "file.broken": _("%(file)s is damaged or incomplete. What was typed is kept; choose the file again"),
    "file.heic": _("%(file)s could not be converted. Save the photo as JPG on the phone and upload again"),
    "file.pixels": _("%(file)s has more than %(max)s million points. Make the picture smaller and upload it again"),
    "file.macro": _("%(file)s contains code that runs by itself. Save it as .docx without macros and upload again"),
    "file.encrypted": _("%(file)s has a password and cannot be read. Remove it and upload again"),
    "file.unpacked": _("%(file)s unpacks to more than %(max)s. Save the paper as PDF and upload that"),
}


def clean_upload(upload) -> tuple[bytes, str]:
    """The bytes to keep and the name to keep them under. Raises ValidationError with the sentence of the fault."""
    name = nfc(upload.name)
    ending = PurePath(name).suffix.lower()
    if upload.size > LARGEST:
        raise _refused("file.size", file=name, size=_megabytes(upload.size), max=_megabytes(LARGEST))
    if ending not in {*PHOTOS, ".pdf", ".docx"}:
        raise _refused("file.kind", file=name)
    if any(found.kind != "address" for found in find_private(PurePath(name).stem.replace("_", " "))):
        raise ValidationError(sentence("privacy.file", file=name), code="privacy.file")
    content = upload.read()
    if ending == ".pdf":
        return _pdf(content, name), name
    if ending == ".docx":
        return _docx(content, name), name
    return _photo(content, name, ending)


def is_photo(name: str) -> bool:
    """True for what a page can show as a picture."""
    return PurePath(name).suffix.lower() in {".jpg", ".jpeg", ".png", ".webp"}


def _pdf(content: bytes, name: str) -> bytes:
    if not content.startswith(b"%PDF-"):
        raise _refused("file.content", file=name, extension=".pdf")
    return content


def _docx(content: bytes, name: str) -> bytes:
    """A paper of Word, by its table of contents: nothing of it is unpacked or run."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # a locked DOCX is an OLE file, and so is an old .doc
        raise _refused("file.encrypted", file=name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _refuse_parts(parts.infolist(), len(content), name)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as fault:
        key = "file.broken" if content.startswith(b"PK") else "file.content"
        raise _refused(key, file=name, extension=".docx") from fault
    return content


def _refuse_parts(parts: list[zipfile.ZipInfo], size: int, name: str) -> None:
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, MOST_RATIO * size):
        raise _refused("file.unpacked", file=name, max=_megabytes(MOST_UNPACKED))
    if any(part.flag_bits & 1 for part in parts):
        raise _refused("file.encrypted", file=name)
    if not names >= WORD_PARTS or any(part.startswith("/") or ".." in PurePath(part).parts for part in names):
        raise _refused("file.content", file=name, extension=".docx")
    if any(PurePath(part).name.lower().startswith("vba") for part in names):
        raise _refused("file.macro", file=name)


def _photo(content: bytes, name: str, ending: str) -> tuple[bytes, str]:
    """The picture drawn again: no place, no camera, nothing hidden behind it; upright and not larger than needed."""
    kind = PHOTOS[ending]
    why, drawn = pictures.draw(content, kind, LONGEST_SIDE, MOST_PIXELS[kind])
    if why == "pixels":
        raise _refused("file.pixels", file=name, max=MOST_PIXELS[kind] // 1_000_000)
    if why == "content":
        raise _refused("file.content", file=name, extension=ending)
    if why:
        raise _refused("file.heic" if kind == "HEIF" else "file.broken", file=name)
    return drawn, str(PurePath(name).with_suffix(".jpg")) if kind == "HEIF" else name


def _megabytes(size: int) -> str:
    return f"{format_number(round(size / 1024 / 1024, 1))} MB"


def _refused(key: str, **slots) -> ValidationError:
    return ValidationError(str(SENTENCES[key]) % slots, code=key)
