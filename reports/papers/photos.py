"""The photo annex: the chosen pictures as large as paper needs them, without what a camera writes beside them."""

import io
from pathlib import Path

from PIL import Image

from provinces.models import File
from provinces.storage import file_path
from reports.documents.paper import Annex, Gallery, Picture
from reports.models import Report, ReportPhoto
from reports.queries.photos import photos_of

LONGEST_SIDE = 1200  # pixels: 78 mm at 390 dots an inch
QUALITY = 82


def photo_annex(report: Report) -> Annex | None:
    """“Hình ảnh hoạt động”; None when nothing was chosen."""
    pictures = tuple(picture for photo in photos_of(report) if (picture := _picture(photo)) is not None)
    return Annex("Một số hình ảnh hoạt động", blocks=(Gallery(pictures),), sheet="Hình ảnh") if pictures else None


def _picture(photo: ReportPhoto) -> Picture | None:
    small = _small(photo.file)
    if small is None:
        return None
    data, size = small
    return Picture(data, *size, caption=photo.caption, alt=photo.caption or photo.activity.title)


def _small(file: File) -> tuple[bytes, tuple[int, int]] | None:
    """The picture as a JPEG of its pixels alone; None where the file is gone or cannot be read."""
    path: Path = file_path(file.sha256)
    try:
        with Image.open(path) as image:
            plain = image.convert("RGB")
            plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            out = io.BytesIO()
            plain.save(out, "JPEG", quality=QUALITY)
            return out.getvalue(), plain.size
    except (OSError, Image.DecompressionBombError):
        return None
