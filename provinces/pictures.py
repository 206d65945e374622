"""Pictures as strangers send them: every decoder runs in a child process with limits, none beside the sessions."""

import json
import os
import subprocess
import sys
import tempfile

from provinces import drawing

SECONDS = 20  # by the wall clock


def draw(content: bytes, kind: str, longest: int, most_pixels: int) -> tuple[str, bytes]:
    """(why not, the picture drawn again): “content”, “pixels”, “broken”, or nothing when it was drawn."""
    answer, drawn = _ask(content, kind, longest, most_pixels)
    whole = answer.get("size") == len(drawn)
    return answer.get("stop") or ("" if whole else "broken"), drawn


def look(content: bytes, kinds: tuple[str, ...], most_pixels: int) -> tuple[str, str]:
    """(why not, the kind of the picture), which stays as it is and can be read to its end."""
    answer, _rest = _ask(content, ",".join(kinds), 0, most_pixels)
    kind = answer.get("kind", "")
    return answer.get("stop") or ("" if kind else "broken"), kind


def _ask(content: bytes, kinds: str, longest: int, most_pixels: int) -> tuple[dict, bytes]:
    """What the child says, and what follows it; nothing when it died or took too long."""
    said = [kinds, str(longest), str(most_pixels), str(drawing.MEMORY)]
    try:
        done = subprocess.run(  # noqa: S603  our own program, no shell
            [sys.executable, "-I", "-B", "-X", "utf8", drawing.__file__, *said],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**{key: value for key, value in os.environ.items() if key == "SYSTEMROOT"}, "MALLOC_ARENA_MAX": "1"},
            cwd=tempfile.gettempdir(),
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {}, b""
    head, _end, rest = done.stdout.partition(b"\n")
    try:
        answer = json.loads(head)
    except ValueError:
        answer = {}
    return (answer, rest) if done.returncode == 0 else ({}, rest)
