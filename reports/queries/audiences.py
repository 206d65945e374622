"""Whom the activities behind a figure were for."""

from collections import defaultdict
from dataclasses import dataclass

from activities.models import Activity
from provinces.vietnamese import sort_key
from reports.models import Source
from reports.queries.watch import Picture
from reports.snapshot import Figure


@dataclass(frozen=True)
class Reach:
    """One audience: in how many activities it was named, and what these gave to the figure together."""

    name: str
    activities: int
    reached: int


def reach_by_audience(picture: Picture, figure: Figure) -> list[Reach]:
    """Audiences of the rows behind a figure, the widest first; they overlap and are never added together."""
    given = _given(picture, figure)
    through = Activity.audiences.through.objects.filter(activity__in=_behind(picture, figure, given))
    named = defaultdict(set)
    for activity, name in through.values_list("activity_id", "audience__name"):
        named[name].add(activity)
    found = [Reach(name, len(ids), sum(given.get(pk, 0) for pk in ids)) for name, ids in named.items()]
    return sorted(found, key=lambda each: (-each.reached, -each.activities, sort_key(each.name)))


def _given(picture: Picture, figure: Figure) -> dict[int, int]:
    """Activity → what its rows gave, as frozen, or as they stand now."""
    found = defaultdict(int)
    if picture.report is None:
        rows = [(each.activity_id, each.value) for each in figure.contributions if not each.left_out]
    else:
        sources = Source.objects.filter(snapshot=picture.report.snapshot_id, cell=figure.cell, left_out="")
        rows = sources.values_list("activity_id", "quantity")
    for activity, quantity in rows:
        found[activity] += quantity or 0
    return found


def _behind(picture: Picture, figure: Figure, given: dict[int, int]):
    if picture.report is None:
        return list(given)
    return Source.objects.filter(snapshot=picture.report.snapshot_id, cell=figure.cell, left_out="").values("activity")
