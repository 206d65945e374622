"""Figures of several provinces added up to those of the country; knows no tables.

Adding in two steps gives what adding in one gives, so a country counts the same on old and on new boundaries.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from reports.canonical import built, sha256
from reports.snapshot import Figure, Figures, Slice
from reports.splits import Leaf, leaves_of_leaves

RULE = "Cộng số liệu tại báo cáo đã ban hành mới nhất của mỗi tỉnh, thành phố."
SPLITS = ("by_role", "by_level", "by_group", "by_source")
NAMED = 3
COUNTRY = 0  # the key of the country as a body behind its own figures


@dataclasses.dataclass(frozen=True)
class Part:
    """What one province gives to a cell."""

    province: str
    figure: Figure
    province_id: int = 0
    snapshot_id: int = 0


@dataclasses.dataclass(frozen=True)
class Included:
    """The issued figures of one province that went into the country's."""

    province_id: int
    report: str
    snapshot_id: int
    no: int
    sha256: str
    number: str
    dated: str


@dataclasses.dataclass(frozen=True)
class NationalFigures(Figures):
    """The country's figures: which issued figures they add up; the shares are rows of their own."""

    included: tuple[Included, ...] = ()
    shares: tuple[Part, ...] = dataclasses.field(default=(), metadata={"stored": False})


def cells_of(stored: dict) -> list[Figure]:
    """The figures of a stored snapshot, without its lists of papers and activities."""
    return [built(Figure, {key: cell[key] for key in cell if key != "leaves"}) for cell in stored["cells"]]


def leaves_of_province(stored: dict, province: int) -> dict[str, tuple[Leaf, ...]]:
    """Cell → the smallest shares of a stored snapshot with its departments put together as the province's."""
    return {
        f"{cell['code']}:{cell['scope']}": leaves_of_leaves(map(Leaf._make, cell.get("leaves", ())), province)
        for cell in stored["cells"]
    }


def whole_leaf(figure: Figure, province: int) -> Leaf:
    """A figure that was issued without splits as one leaf: what it is made of is not known, and no key is guessed."""
    counts = (figure.female, figure.male, figure.children, figure.girls, figure.boys)
    rates = (figure.numerator, figure.denominator, figure.rate)
    nothing = (province, "", "", "", "")
    return Leaf(*nothing, figure.certainty, figure.activities, figure.total, *counts, *rates, "; ".join(figure.texts))


def _leaves(parts: list[Part]) -> tuple[Leaf, ...]:
    """The provinces' leaves; of a sensitive figure those of the country, so that they name no province.

    Nothing where no province issued splits.
    """
    if not any(each.figure.leaves for each in parts):
        return ()
    given = [leaf for each in parts for leaf in each.figure.leaves or (whole_leaf(each.figure, each.province_id),)]
    return (
        leaves_of_leaves(given, COUNTRY)
        if parts[0].figure.sensitive
        else tuple(sorted(given, key=lambda leaf: leaf[:6]))
    )


def added(parts: list[Part]) -> Figure:
    """One figure out of those of the same measure and scope; the definition is that of the first."""
    first = parts[0].figure
    plain = Figure(
        code=first.code,
        name=first.name,
        unit_of_measure=first.unit_of_measure,
        counts=first.counts,
        over_time=first.over_time,
        scope=first.scope,
        indicator=first.indicator,
        heading=first.heading,
        section=first.section,
        sensitive=first.sensitive,
        by_sex=first.by_sex,
        by_children=first.by_children,
        rule=f"{RULE} {first.rule}".strip(),
        activities=sum(each.figure.activities for each in parts),
        departments=sum(each.figure.departments for each in parts),
        unknown_labels=_all(each.figure.unknown_labels for each in parts),
        texts=_all(each.figure.texts for each in parts),
        sources_sha256=sha256([[each.province, each.figure.cell, each.figure.sources_sha256] for each in parts]),
        leaves=_leaves(parts),
    )
    figure = _rate(plain, parts) if first.counts == "rate" else _sum(plain, parts)
    return dataclasses.replace(figure, notes=tuple(_notes(figure, parts)))


def _all(texts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for several in texts for text in several))


def sum_of(given: list[tuple[int | None, str]]) -> tuple[int | None, str]:
    """Sum and certainty: all exact → the number; one source → its own word; mixed → about."""
    numbers = [(total, certainty) for total, certainty in given if total is not None]
    if not numbers:
        return None, "unknown"
    words = {certainty for _total, certainty in numbers}
    certainty = "exact" if words == {"exact"} else numbers[0][1] if len(numbers) == 1 else "about"
    return sum(total for total, _certainty in numbers), certainty


def _sum(plain: Figure, parts: list[Part]) -> Figure:
    total, certainty = sum_of([(each.figure.total, each.figure.certainty) for each in parts])
    if total is None:
        certainty = "text" if plain.texts else "unknown"
    figure = dataclasses.replace(
        plain, total=total, certainty=certainty, **{name: _slices(parts, name) for name in SPLITS}
    )
    if not figure.by_sex or total is None:
        return figure
    names = ("female", "male", "children", "girls", "boys")
    split = {name: _known(getattr(each.figure, name) for each in parts) for name in names}
    not_split = total - (split["female"] or 0) - (split["male"] or 0)
    return dataclasses.replace(figure, **split, not_split=not_split)


def _known(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _slices(parts: list[Part], name: str) -> tuple[Slice, ...]:
    shelves: dict[str, list[Slice]] = {}
    for part in parts:
        for each in getattr(part.figure, name):
            shelves.setdefault(each.key, []).append(each)
    return tuple(_slice(several) for several in shelves.values())


def _slice(several: list[Slice]) -> Slice:
    total, certainty = sum_of([(each.total, each.certainty) for each in several])
    texts = _all(each.texts for each in several)
    certainty = certainty if total is not None or not texts else "text"
    return Slice(several[0].key, several[0].name, total, certainty, texts)


def _rate(plain: Figure, parts: list[Part]) -> Figure:
    """Numerators and denominators add only where all provinces have them; else the shares are listed."""
    rates = [each for each in parts if each.figure.is_rate or each.figure.texts]
    if not rates:
        return plain
    plain = dataclasses.replace(plain, certainty="rate", texts=())
    figures = [each.figure for each in rates]
    if len(rates) == 1:
        one = figures[0]
        own = {"numerator": one.numerator, "denominator": one.denominator, "rate": one.rate, "texts": one.texts}
        return dataclasses.replace(plain, **own)
    if all(each.denominator for each in figures):
        numerator, denominator = (sum(getattr(each, name) for each in figures) for name in ("numerator", "denominator"))
        return dataclasses.replace(plain, numerator=numerator, denominator=denominator)
    stated = {each.rate for each in figures}
    if len(stated) == 1 and "" not in stated and not any(each.denominator for each in figures):
        return dataclasses.replace(plain, rate=stated.pop())
    return dataclasses.replace(plain, texts=tuple(f"{each.province}: {each.figure.printed}" for each in rates))


def _notes(figure: Figure, parts: list[Part]) -> Iterable[str]:
    """What a reader of the country's figure has to be told."""
    if figure.total is None:
        return
    guessed = [each.province for each in parts if each.figure.certainty in {"about", "over", "nearly"}]
    if guessed:
        yield f"Có số ước tính của {_named(guessed)}."
    for text in figure.texts:
        yield f"Chưa kể {text} của {_named([each.province for each in parts if text in each.figure.texts])}."
    silent = [each.province for each in parts if each.figure.missing]
    if silent:
        yield f"Chưa kể phần không có số liệu của {_named(silent)}."


def _named(provinces: list[str]) -> str:
    more = len(provinces) - NAMED
    return ", ".join(provinces[:NAMED]) + (f" và {more} tỉnh, thành phố khác" if more > 0 else "")
