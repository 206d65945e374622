"""What a report lists beside its figures: documents, launches, gifts, activities; knows no tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class IssuedPaper:
    """A document that somebody issued; its number as typed."""

    number: str
    dated: str
    kind: str
    title: str
    issuer: str
    drafter: str
    scope: str
    type_code: str


@dataclass(frozen=True)
class Launch:
    """A launch with who held it, in order, and what followed it."""

    title: str
    scope: str
    level: str
    dated: str
    ended: str
    precision: str
    place: str
    lead: str
    partners: tuple[str, ...]
    attendances: str
    window: str
    reason: str
    children: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Given:
    """A visit or gift: who gave, what it was worth, to whom."""

    scope: str
    title: str
    dated: str
    gifts: str
    donors: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True)
class Listed:
    """One activity in a list of the year's work."""

    title: str
    type_code: str
    type_name: str
    dated: str
    department: str


@dataclass(frozen=True)
class Done:
    """One activity of a department in its return, with the part it had in it."""

    title: str
    role: str
    scope: str
    dated: str
    ended: str
    precision: str
    place: str
