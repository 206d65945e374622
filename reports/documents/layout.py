"""Does a DOCX keep to Nghị định 30/2020? Rule by rule, whoever made or edited the file."""

from __future__ import annotations

from dataclasses import dataclass

from . import layout_foot, layout_head, layout_text
from .layout_reading import read
from .layout_rule import RULES

__all__ = ["RULES", "Fault", "check", "layout_foot", "layout_head", "layout_text"]


@dataclass(frozen=True)
class Fault:
    """A rule that is broken and a sentence that says where."""

    rule: str
    sentence: str


def check(path) -> list[Fault]:
    """Every fault of the DOCX at a path or in a binary file; an empty list is a clean paper."""
    reading = read(path)
    return [Fault(name, sentence) for name, rule in RULES.items() for sentence in rule(reading)]
