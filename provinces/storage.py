"""Where files lie: under FILES_DIR, by what they hold."""

from pathlib import Path

from django.conf import settings


def file_path(sha256: str) -> Path:
    """The place of the bytes with this hash."""
    return Path(settings.FILES_DIR) / sha256[:2] / sha256
