"""A figure of a province by its communes, or by its districts while there were any."""

from collections import defaultdict
from dataclasses import dataclass

from campaigns.models import Campaign
from provinces.models import Unit
from provinces.vietnamese import sort_key
from reports.snapshot import Figure, Figures
from reports.splits import Leaf, Share, share_of_leaves


@dataclass(frozen=True)
class Tile:
    """One unit and what its departments gave to the figure; a district holds its communes."""

    name: str
    share: Share


def may_tile(figure: Figure) -> bool:
    """Only numbers that add up and tell of no single person: never victims below the province."""
    return not figure.sensitive and not figure.is_rate and figure.total is not None and bool(figure.leaves)


def tiles_of(province: Unit, campaign: Campaign, taken: Figures, figure: Figure) -> tuple[list[Tile], Share]:
    """Every unit of the year in Vietnamese order, and what the province's departments gave; together the figure."""
    units = Unit.objects.on(campaign.opens_on).filter(province=province).prefetch_related("names")
    rows = list(units)
    districts = {row.pk for row in rows if row.level == Unit.Level.DISTRICT}
    tile_of = {row.pk: row.parent_id if row.parent_id in districts else row.pk for row in rows}
    shelves: dict[int | None, list[Leaf]] = defaultdict(list)
    at = {body.id: tile_of.get(body.unit) for body in taken.bodies}
    for leaf in figure.leaves:
        shelves[at.get(leaf.department)].append(leaf)
    tiled = [row for row in rows if tile_of[row.pk] == row.pk]
    tiles = [Tile(str(row.name_on(campaign.opens_on) or row), share_of_leaves(shelves[row.pk])) for row in tiled]
    return sorted(tiles, key=lambda tile: sort_key(tile.name)), share_of_leaves(shelves[None])
