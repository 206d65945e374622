"""Plain data as JSON: readable, in UTF-8, the same bytes for the same data."""

from __future__ import annotations

import json
from typing import BinaryIO


def write(data: dict, to: BinaryIO) -> None:
    """Write the data with its keys in order."""
    to.write(json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n")
