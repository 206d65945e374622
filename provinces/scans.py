"""A signed paper that comes back as a file: PDF, JPEG or PNG by its content, kept byte for byte."""

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from provinces import pictures
from provinces.vietnamese import format_number, nfc

LARGEST = 20 * 1024 * 1024  # bytes
ENDINGS = {".pdf": "PDF", ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
MOST_PIXELS = 120_000_000  # an A3 sheet at 600 dots an inch
SENTENCES = {
    "file.size": _("%(file)s has %(size)s; the limit is %(max)s"),
    "file.kind": _("%(file)s is not accepted. Signed papers are taken as PDF, JPG or PNG"),
    "file.content": _(
        "%(file)s ends in %(extension)s but holds something else. Open it, save it as the right kind, upload again"
    ),
    "file.broken": _("%(file)s is damaged or incomplete. What was typed is kept; choose the file again"),
}


class ScanField(forms.FileField):
    """A signed paper; nothing of it is changed, so that its hash is the hash of what was signed."""

    widget = forms.FileInput

    def __init__(self, **options):
        super().__init__(max_length=200, allow_empty_file=True, **options)
        self.widget.attrs |= {"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"}

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return upload
        name = nfc(upload.name)
        ending = PurePath(name).suffix.lower()
        if upload.size > LARGEST:
            raise _refused("file.size", file=name, size=_megabytes(upload.size), max=_megabytes(LARGEST))
        if ending not in ENDINGS:
            raise _refused("file.kind", file=name)
        found = _kind_of(upload)
        upload.seek(0)
        if found != ENDINGS[ending]:
            raise _refused("file.broken" if found == "broken" else "file.content", file=name, extension=ending)
        return upload


def _kind_of(upload) -> str:
    """PDF, JPEG or PNG, broken for what cannot be read to its end, nothing for anything else."""
    upload.seek(0)
    content = upload.read()
    if content.startswith(b"%PDF-"):
        return "PDF" if b"%%EOF" in content[-2048:] else "broken"
    why, kind = pictures.look(content, ("JPEG", "PNG"), MOST_PIXELS)
    return kind if not why else "" if why == "content" else "broken"


def _megabytes(size: int) -> str:
    return f"{format_number(round(size / 1024 / 1024, 1))} MB"


def _refused(key: str, **slots) -> ValidationError:
    return ValidationError(str(SENTENCES[key]) % slots, code=key)
