"""One text and one hash for one value: frozen dataclasses as plain JSON and back, without floats."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import typing


def canonical(value) -> str:
    """One text for one value: sorted keys, no blanks, no floats."""
    return json.dumps(_without_floats(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(value) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def sha256_of_plain(rows: typing.Iterable[tuple]) -> str:
    """The hash of rows that hold texts, whole numbers and nothing else; the same as `sha256`, without looking."""
    text = json.dumps(list(rows), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _without_floats(value):
    if isinstance(value, float):
        raise TypeError("A snapshot holds no floats.")
    if isinstance(value, dict):
        return {key: _without_floats(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_floats(each) for each in value]
    return value


def plain(value):
    """A dataclass, or a tuple of them, as dicts and lists; fields marked `stored: False` stay out.

    A named tuple holds plain values only, as `built` has it: there may be tens of thousands of them.
    """
    if hasattr(value, "_fields"):
        return list(value)
    if dataclasses.is_dataclass(value):
        kept = [each for each in dataclasses.fields(value) if each.metadata.get("stored", True)]
        return {each.name: plain(getattr(value, each.name)) for each in kept}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value


_hints = functools.cache(typing.get_type_hints)


def built(kind, value):
    """A dataclass, or a tuple of them, from plain values; a named tuple of plain values from its list."""
    if dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: built(hints[name], each) for name, each in value.items() if name in hints})
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_make"):
        return kind(*value)
    if typing.get_origin(kind) is tuple:
        inner = typing.get_args(kind)
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(built(each_kind, each) for each_kind, each in zip(kinds, value, strict=True))
    return value
