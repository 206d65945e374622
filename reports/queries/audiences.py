"""Whom the activities behind a figure were for."""

from collections import defaultdict
from dataclasses import dataclass

from activities.models import Activity
from provinces.vietnamese import certain, sort_key
from reports.adding import sum_of
from reports.models import Source
from reports.queries.watch import Picture
from reports.snapshot import Figure

Row = tuple[int | None, str]  # quantity and certainty


@dataclass(frozen=True)
class Reach:
    """One audience: in how many activities it was named, and what these gave to the figure together."""

    name: str
    activities: int
    reached: int
    certainty: str = "exact"

    @property
    def printed(self) -> str:
        return certain(self.reached, self.certainty)


def reach_by_audience(picture: Picture, figure: Figure) -> list[Reach]:
    """Audiences of the rows behind a figure, the widest first; they overlap and are never added together."""
    given = _given(picture, figure)
    through = Activity.audiences.through.objects.filter(activity__in=_behind(picture, figure, given))
    named = defaultdict(set)
    for activity, name in through.values_list("activity_id", "audience__name"):
        named[name].add(activity)
    found = [_reach(name, [row for pk in ids for row in given.get(pk, [])], len(ids)) for name, ids in named.items()]
    return sorted(found, key=lambda each: (-each.reached, -each.activities, sort_key(each.name)))


def _reach(name: str, rows: list[Row], activities: int) -> Reach:
    """The sum with its certainty, by the rule of the figures."""
    total, certainty = sum_of(rows)
    return Reach(name, activities, total or 0, certainty)


def _given(picture: Picture, figure: Figure) -> dict[int, list[Row]]:
    """Activity → what its rows gave, as frozen, or as they stand now."""
    found = defaultdict(list)
    if picture.report is None:
        rows = [(each.activity_id, each.value, each.certainty) for each in figure.contributions if not each.left_out]
    else:
        sources = Source.objects.filter(snapshot=picture.report.snapshot_id, cell=figure.cell, left_out="")
        rows = sources.values_list("activity_id", "quantity", "certainty")
    for activity, quantity, certainty in rows:
        found[activity].append((quantity, certainty or figure.certainty))
    return found


def _behind(picture: Picture, figure: Figure, given: dict):
    if picture.report is None:
        return list(given)
    return Source.objects.filter(snapshot=picture.report.snapshot_id, cell=figure.cell, left_out="").values("activity")
