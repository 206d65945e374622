"""Our figures beside the bare SQL that computes them: one province, then the country; the results are compared."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from django.db import connection

from campaigns.models import Campaign
from config.bench import loads
from config.bench.machine import by_turns, peak_memory, timed
from config.bench.table import Result
from provinces.models import Unit
from reports.adding import Part, added
from reports.queries.figures import figures
from reports.snapshot import Figure, Figures

SQL = Path(__file__).with_name("figures.sql").read_text(encoding="utf-8")
ROUNDS = 7
SEXES = ("female", "male", "children", "girls", "boys")


def measure_province() -> Iterator[Result]:
    """One province: the best of seven, by turns."""
    province, campaign = loads.one_province()
    other = differences(figures(province, campaign), bare(province, campaign))
    if other:
        yield Result("province", fault=f"kết quả khác SQL: {other[0]}")
        return
    ours, baseline = by_turns(partial(figures, province, campaign), partial(bare, province, campaign), ROUNDS)
    yield Result("province", ours, baseline, peak_memory())


def measure_country() -> Iterator[Result]:
    """Every province in turn, ours and SQL, then the country out of them; one province in memory at a time."""
    provinces, campaign = loads.all_provinces()
    ours = baseline = 0.0
    parts, sums = defaultdict(list), defaultdict(int)
    for province in provinces:
        seconds, found = timed(partial(figures, province, campaign))
        ours += seconds
        seconds, rows = timed(partial(bare, province, campaign))
        baseline += seconds
        if other := differences(found, rows):
            yield Result("country", fault=f"kết quả khác SQL ở {province.slug}: {other[0]}")
            return
        name = str(province.slug)
        ours += timed(partial(_keep, parts, name, found))[0]
        baseline += timed(partial(_add, sums, rows))[0]
        del found, rows
    seconds, nation = timed(lambda: {cell: added(several) for cell, several in parts.items()})
    wrong = [cell for cell, total in sums.items() if (nation[":".join(cell)].total or 0) != total]
    fault = f"tổng cả nước khác SQL: {wrong[0]}" if wrong else ""
    note = "; ".join(filter(None, [peak_memory(), loads.fewer()]))
    yield Result("country", ours + seconds, baseline, note, fault)


def _keep(parts: dict, name: str, found: Figures) -> None:
    """What the country needs of a province: its sums and shares, not the rows behind them."""
    for cell in found.cells:
        parts[cell.cell].append(Part(name, replace(cell, contributions=(), leaves=())))


def _add(sums: dict, rows: list[tuple]) -> None:
    for code, scope, split, _key, total, *_rest in rows:
        if split == "":
            sums[code, scope] += int(total or 0)


def bare(province: Unit, campaign: Campaign) -> list[tuple]:
    """The same by SQL alone."""
    values = {
        "province": province.pk,
        "campaign": campaign.pk,
        "year": campaign.year,
        "opens": campaign.opens_on,
        "closes": campaign.closes_on,
        "cut_off": datetime.date(campaign.year, 12, 31),
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL, values)
        return cursor.fetchall()


def differences(ours: Figures, rows: list[tuple]) -> list[str]:
    """Where a figure, a share or a leaf is not what SQL says, or one of the two has no such line."""
    its = {row[:4]: Bare(*row[4:]) for row in rows}
    mine = {key: said for cell in ours.cells for key, said in _said(cell)}
    unknown = [key for key in its.keys() - mine.keys() if key[2] in {"", "leaf", "group", "source"}]
    wrong = [key for key, (said, of) in mine.items() if key not in its or said != of(its[key])]
    return [":".join(map(str, key)) for key in sorted(unknown + wrong)]


class Bare(NamedTuple):
    """The numbers of one line of the SQL."""

    total: int | None
    certainty: str | None
    female: int | None
    male: int | None
    children: int | None
    girls: int | None
    boys: int | None
    rows: int | None
    numerator: int | None
    denominator: int | None
    all_counted: bool | None
    rate: object
    texts: list[str] | None
    activities: int | None
    departments: int | None
    units: list[int] | None


def _said(cell: Figure) -> Iterator[tuple[tuple, tuple]]:
    """Every line of a figure: its key, what it says, and how the same is read from the SQL."""
    where = (cell.code, cell.scope)
    behind = attrgetter("activities", "departments", "units")
    units = list(cell.owner_units)
    if cell.counts == "rate":
        counts = (cell.numerator, cell.denominator) if cell.denominator else (None, None)
        yield (*where, "", ""), ((counts, cell.activities, cell.departments, units), _of_rate)
    else:
        names = SEXES if cell.by_children else SEXES[:2] if cell.by_sex else ()
        split = attrgetter("total", "certainty", *names)
        said = (split(cell), set(cell.texts), cell.activities, cell.departments, units)
        yield (*where, "", ""), (said, lambda its: (split(its), set(its.texts or ()), *behind(its)))
    for name, several in (("role", cell.by_role), ("level", cell.by_level), ("label", cell.by_label)):
        for each in several:
            yield (*where, name, each.key), ((each.total, each.certainty), attrgetter("total", "certainty"))
    for name, several in (("group", cell.by_group), ("source", cell.by_source)):
        for each in several:
            yield (*where, name, each.name if name == "group" else each.key), (each.total, attrgetter("total"))
    for leaf in cell.leaves:
        numbers = attrgetter("total", "rows", *SEXES)
        yield (*where, "leaf", "|".join(map(str, leaf[:6]))), (numbers(leaf), numbers)


def _of_rate(its: Bare) -> tuple:
    """Numerators and denominators count only where all rows have them."""
    counts = (its.numerator, its.denominator) if its.all_counted else (None, None)
    return counts, its.activities, its.departments, its.units
