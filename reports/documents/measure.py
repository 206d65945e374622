"""How wide words print: Tinos has the widths of Times New Roman, so one answer serves every format."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont

FACES = Path(str(files("pdfboss_fonts") / "fonts"))
MM_PER_POINT = 25.4 / 72
SLACK = 1.02  # two engines kern a little differently


@cache
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FACES / f"Tinos-{'Bold' if bold else 'Regular'}.ttf"), 1000)


def width(text: str, size: float, *, bold: bool = True) -> float:
    """Millimetres that one line of `text` takes at `size` points."""
    return _face(bold).getlength(text) / 1000 * size * MM_PER_POINT


def _fill(words: list[str], size: float, room: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and width(f"{lines[-1]} {word}", size, bold=bold) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def balanced(text: str, size: float, room: float, *, bold: bool = True) -> tuple[float, float]:
    """(frame, last): the narrowest frame in mm that needs no more lines than `room` does, its last line.

    Centred titles look as typists set them, without one word left alone on the last line.
    """
    frame = last = 0.0
    for part in text.split("\n"):
        words = part.split(" ")
        least = len(_fill(words, size, room, bold))
        narrow, wide = 0.0, room
        while wide - narrow > 0.5:
            middle = (narrow + wide) / 2
            lines = _fill(words, size, middle, bold)
            fits = len(lines) <= least and all(width(line, size, bold=bold) <= middle for line in lines)
            narrow, wide = (narrow, middle) if fits else (middle, wide)
        frame = max(frame, wide)
        last = width(_fill(words, size, wide, bold)[-1], size, bold=bold)
    return min(frame * SLACK, room), last


def last_line(text: str, size: float, room: float, *, bold: bool = True) -> float:
    """Millimetres of the last line that `text` takes in a frame of `room` mm."""
    lines = _fill(text.split(), size, max(room, 1.0), bold)
    return width(lines[-1], size, bold=bold) if lines else 0.0
