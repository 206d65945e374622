"""Photos and papers as uploaded: looked into, made new without place and camera, papers kept as they are."""

import io
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from provinces.vietnamese import find_private, format_number, nfc, sentence

LARGEST = 10 * 1024 * 1024  # bytes
LONGEST_SIDE = 1600  # pixels: enough to see, a tenth of what a phone sends
MOST_PIXELS = 60_000_000
PHOTOS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
SENTENCES = {
    "file.size": _("%(file)s has %(size)s; the limit is %(max)s"),
    "file.kind": _("%(file)s is not accepted. Photos (JPG, PNG, WebP) and PDF are"),
    "file.content": _(
        "%(file)s ends in %(extension)s but holds something else. Open it, save it as the right kind, upload again"
    ),
    "file.broken": _("%(file)s is damaged or incomplete. What was typed is kept; choose the file again"),
}


def clean_upload(upload) -> tuple[bytes, str]:
    """The bytes to keep and the name to keep them under. Raises ValidationError with the sentence of the fault."""
    name = nfc(upload.name)
    ending = PurePath(name).suffix.lower()
    if upload.size > LARGEST:
        raise _refused("file.size", file=name, size=_megabytes(upload.size), max=_megabytes(LARGEST))
    if ending not in {*PHOTOS, ".pdf"}:
        raise _refused("file.kind", file=name)
    if any(found.kind != "address" for found in find_private(PurePath(name).stem.replace("_", " "))):
        raise ValidationError(sentence("privacy.file", file=name), code="privacy.file")
    content = upload.read()
    if ending == ".pdf":
        return _paper(content, name), name
    return _photo(content, name, ending)


def _paper(content: bytes, name: str) -> bytes:
    if not content.startswith(b"%PDF-"):
        raise _refused("file.content", file=name, extension=".pdf")
    return content


def _photo(content: bytes, name: str, ending: str) -> tuple[bytes, str]:
    """The picture drawn again: no place, no camera, nothing hidden behind it; upright and not larger than needed."""
    wanted = PHOTOS[ending]
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.format != wanted:
                raise _refused("file.content", file=name, extension=ending)
            if image.width * image.height > MOST_PIXELS:
                raise _refused("file.broken", file=name)
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _drawn(upright, wanted), name
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise _refused(
            "file.content" if _is_no_picture(fault) else "file.broken", file=name, extension=ending
        ) from fault


def _is_no_picture(fault: Exception) -> bool:
    return type(fault).__name__ == "UnidentifiedImageError"


def _drawn(image: Image.Image, kind: str) -> bytes:
    mode = "RGB" if kind == "JPEG" or image.mode not in {"RGBA", "LA", "P"} else "RGBA"
    clean = Image.new(mode, image.size)
    clean.paste(image.convert(mode))
    out = io.BytesIO()
    clean.save(out, kind, quality=85)
    return out.getvalue()


def _megabytes(size: int) -> str:
    return f"{format_number(round(size / 1024 / 1024, 1))} MB"


def _refused(key: str, **slots) -> ValidationError:
    return ValidationError(str(SENTENCES[key]) % slots, code=key)
