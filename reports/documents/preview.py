"""A paper as page images, the same pages as its PDF, for the preview on screen."""

from __future__ import annotations

from .paper import Paper
from .pdf import compiled


def pages(paper: Paper, *, ppi: float = 110) -> list[bytes]:
    """One PNG per page, in order."""
    images = compiled(paper, format="png", ppi=ppi)
    return images if isinstance(images, list) else [images]
