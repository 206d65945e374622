"""A picture drawn again, or only looked through, in a process of its own with little time and memory.

`pictures` starts this file. It knows Pillow and nothing of ours, reads the picture from standard input, and answers a
line of JSON: {"size": bytes} followed by the new picture, {"kind": what it is}, or {"stop": why}. Decoders work on what
strangers send: whatever one of them does is done here, where nothing can be opened, and not beside people's sessions.
"""

import io
import json
import sys

import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

try:
    import resource
except ImportError:  # Windows: the wall clock of the caller still holds
    resource = None

MEGABYTE = 1 << 20
SECONDS, MEMORY, ANSWER, SOURCE = 10, 768 * MEGABYTE, 32 * MEGABYTE, 24 * MEGABYTE
SAME = {"MPO": "JPEG"}  # what some phones call a JPEG that holds a second, smaller picture


def main(kinds: str, longest: str, most_pixels: str, memory: str) -> None:
    """Answer for the picture on standard input.

    `kinds` are those that it may have, as Pillow names them; `most_pixels` how many points. With a `longest` side it is
    drawn again, with 0 it is only read to its end.
    """
    pi_heif.register_heif_opener(thumbnails=False)
    Image.init()
    Image.MAX_IMAGE_PIXELS = None  # our own limit is looked at before a point is decoded
    content = sys.stdin.buffer.read(SOURCE)
    confine(int(memory))
    try:
        if int(longest):
            answer = draw(content, kinds, int(longest), int(most_pixels))
        else:
            answer = look(content, kinds.split(","), int(most_pixels))
    except UnidentifiedImageError:
        answer = "content"
    except MemoryError:
        answer = "pixels"
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError, OverflowError):
        answer = "broken"
    if isinstance(answer, str):
        sys.stdout.write(json.dumps({"kind" if answer.isupper() else "stop": answer}))
    else:
        sys.stdout.buffer.write(json.dumps({"size": len(answer)}).encode() + b"\n" + answer)


def confine(memory: int) -> None:
    """From here on: little time and memory, no new file and no new connection."""
    if resource is None:
        return
    for name, limit in (
        ("RLIMIT_CPU", SECONDS),
        ("RLIMIT_AS", memory),
        ("RLIMIT_FSIZE", ANSWER),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NOFILE", 3),
    ):
        if hasattr(resource, name):
            resource.setrlimit(getattr(resource, name), (limit, limit))


def draw(content: bytes, kind: str, longest: int, most_pixels: int) -> bytes | str:
    """The picture upright, not larger than needed, without anything but its points; or why not."""
    with Image.open(io.BytesIO(content), formats=[kind]) as image:
        if SAME.get(image.format, image.format) != kind:
            return "content"
        if image.width * image.height > most_pixels:
            return "pixels"
        image.thumbnail((longest, longest))
        upright = ImageOps.exif_transpose(image)
        opaque = kind in {"JPEG", "HEIF"} or upright.mode not in {"RGBA", "LA", "P"}
        mode = "RGB" if opaque else "RGBA"
        clean = Image.new(mode, upright.size)
        clean.paste(upright.convert(mode))
        out = io.BytesIO()
        clean.save(out, "JPEG" if kind == "HEIF" else kind, quality=85)
        return out.getvalue()


def look(content: bytes, kinds: list[str], most_pixels: int) -> str:
    """The kind of a picture that can be read to its end, in capitals; or why not."""
    with Image.open(io.BytesIO(content), formats=kinds) as image:
        if image.width * image.height > most_pixels:
            return "pixels"
        image.draft(image.mode, (image.width // 8, image.height // 8))  # a JPEG is read whole and kept small
        image.load()
        return SAME.get(image.format, image.format)


if __name__ == "__main__":
    main(*sys.argv[1:])
