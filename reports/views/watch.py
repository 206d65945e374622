"""“Bản đồ”: the provinces on the schematic map, or a province's communes as tiles, with the same figures as a table."""

import dataclasses

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.queries import Place
from campaigns.views.place import place_of_report
from provinces.queries import address_of
from provinces.schematic import labels, shapes, zones
from provinces.vietnamese import NO_DATA
from reports.adding import Part, added
from reports.charts import Scale, percent_of, print_women, scale_of_numbers, scale_of_percents, women_among
from reports.context import address
from reports.queries.boundaries import Line, grouped
from reports.queries.communes import may_tile, tiles_of
from reports.queries.series import campaigns_of_series
from reports.queries.watch import MAP_DAY, Provinces, may_watch, picture_of, provinces_with, standings_of
from reports.snapshot import MONTH, Figure

WOMEN = "nu."
FIRST = "CT42.5:month"
DARK = 4  # from this step on names are white
STATES = ("chua", "tre", "da-ban-hanh")


def watched_place(request: HttpRequest, t: str, y: int) -> Place:
    """The place, for who leads the province, and for the ministry also the country; 404 for all others."""
    place = place_of_report(request, t, y)
    if not may_watch(request.seat, place):
        raise Http404
    return place


def shell_of(request: HttpRequest, place: Place, tab: str, leaf: str) -> dict:
    """What the tabs and the years of these pages need."""
    reach = request.seat.reach.provinces
    return {"place": place, "tab": tab, "years": [_year(place, each, leaf, reach) for each in campaigns_of_series()]}


def _year(place: Place, campaign, leaf: str, reach) -> dict:
    """The same page in another year; a province that was another one then is chosen on the page of years."""
    here = place.province.in_force(campaign.opens_on) or place.national
    url = f"{address('years')}?trang=theo-doi/{leaf}"
    if here:
        url = f"/{address_of(place.province, campaign.year)}/{campaign.year}/theo-doi/{leaf}"
    return {"year": campaign.year, "url": url, "current": campaign.year == place.year}


def watch_map(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """The map of the country for the ministry, the tiles of a province for who leads it."""
    place = watched_place(request, t, y)
    return _country(request, place) if place.national else _communes(request, place)


# ── the country ────────────────────────────────────────────────────────────


@dataclasses.dataclass(frozen=True)
class Row:
    """One province of today in the table below the map; `parts` are the former ones it was made from."""

    code: str
    name: str
    printed: str
    value: float | None
    step: int
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def dark(self) -> bool:
        return self.step >= DARK


def _on_map(cell: dict) -> bool:
    """Rates and shares of women only: a raw count by area would draw the number of people who live there."""
    split = cell["by_sex"] and cell["female"] is not None and cell["male"] is not None
    return not cell["sensitive"] and (cell["counts"] == "rate" or split)


def _choices(found: Provinces) -> list[tuple[str, str]]:
    """What can be drawn: the share of returns first, then rates, then the share of women."""
    rates = [(each.cell, _named(each)) for each in found.cells if each.counts == "rate"]
    women = _("Share of women and girls: %(measure)s")
    split = [(f"{WOMEN}{each.cell}", women % {"measure": _named(each)}) for each in found.cells if each.by_sex]
    return sorted(rates, key=lambda each: each[0] != FIRST) + split


def _named(figure: Figure) -> str:
    if figure.scope == MONTH:
        return figure.name
    return _("%(title)s (the year)") % {"title": figure.name}


def _country(request: HttpRequest, place: Place) -> HttpResponse:
    found = provinces_with(place.campaign, _on_map)
    choices = _choices(found)
    asked = request.GET.get("ve", "")
    chosen = next((each for each in choices if each[0] == asked), choices[0] if choices else ("", ""))
    women = chosen[0].startswith(WOMEN)
    cell = chosen[0].removeprefix(WOMEN)
    no = next((no for no, each in enumerate(found.cells) if each.cell == cell), None)
    lines = [dataclasses.replace(each, cells=(each.cells[no],) if no is not None else (None,)) for each in found.lines]
    moved = place.campaign.opens_on < MAP_DAY
    shown = grouped(lines, MAP_DAY) if moved else lines
    values = [women_among(each.cells[0]) if women else percent_of(each.cells[0]) for each in shown]
    scale = scale_of_percents([value for value in values if value is not None])
    rows = [_row(line, value, scale, women) for line, value in zip(shown, values, strict=True)]
    given = [Part(line.name, line.cells[0]) for line in lines if line.cells[0]]
    context = {
        **shell_of(request, place, "map", "ban-do"),
        "choices": choices,
        "chosen": chosen,
        "title": chosen[1],
        "rows": sorted(rows, key=lambda row: (row.value is None, -(row.value or 0))),
        "total": _printed(added(given), women) if given else NO_DATA,
        "with_data": sum(row.value is not None for row in rows),
        "of": len(rows),
        "edges": scale.edges,
        "drawn": _drawn(rows),
        "marks": _marks(rows),
        "zones": zones(),
        "moved": moved,
        "issued": sum(line.issued for line in found.lines),
        "asked": len(found.lines),
    }
    return render(request, "reports/watch_map.html", context)


def _row(line: Line, value: float | None, scale: Scale, women: bool) -> Row:
    known = any(part.cells[0] for part in line.parts)
    parts = tuple((part.name, _printed(part.cells[0], women)) for part in line.parts) if known else ()
    step = 0 if value is None else scale.step(value)
    return Row(line.unit.code, line.name, _printed(line.cells[0], women), value, step, parts)


def _printed(figure: Figure | None, women: bool) -> str:
    if figure is None or (women and women_among(figure) is None):
        return NO_DATA
    return print_women(figure) if women else figure.printed


def _drawn(rows: list[Row]) -> list[dict]:
    """Every shape of the map with its step; one without a row is drawn as without data and never left out."""
    by_code = {row.code: row for row in rows}
    found = [(shape.path, by_code.get(shape.code)) for shape in shapes()]
    return [{"path": path, "row": row, "step": row.step if row else 0} for path, row in found]


def _marks(rows: list[Row]) -> list[dict]:
    """Names with their numbers where they stand on the map; white on the dark steps, beside the land always dark."""
    places = labels()
    return [
        {"row": row, "at": places[row.code], "white": row.dark and not places[row.code].lead}
        for row in rows
        if row.code in places
    ]


# ── a province ─────────────────────────────────────────────────────────────


def _communes(request: HttpRequest, place: Place) -> HttpResponse:
    """Each commune's share of a figure; below the province nothing that tells of victims."""
    picture = picture_of(request.seat, place)
    cells = [each for each in picture.figures.cells if may_tile(each)] if picture else []
    asked = request.GET.get("ve", "")
    figure = next((each for each in cells if each.cell == asked), _widest(cells))
    context = {
        **shell_of(request, place, "map", "ban-do"),
        "picture": picture,
        "choices": [(each.cell, _named(each)) for each in cells],
        "figure": figure,
    }
    if figure is not None:
        tiles, above = tiles_of(place.province, place.campaign, picture.figures, figure)
        scale = scale_of_numbers([tile.share.total or 0 for tile in tiles])
        context |= {
            "tiles": [(tile, _tile_step(tile.share.total, scale)) for tile in tiles],
            "above": above,
            "edges": scale.edges,
            "with_data": sum(tile.share.total is not None for tile in tiles),
        }
    return render(request, "reports/watch_communes.html", context)


def _tile_step(total: int | None, scale: Scale) -> int:
    return 0 if total is None else scale.step(total)


def _widest(cells: list[Figure]) -> Figure | None:
    """The figure that most communes gave something to."""

    def below(figure: Figure) -> int:
        return len({leaf.department for leaf in figure.leaves if leaf.level in {"commune", "district"}})

    return max(cells, key=below, default=None)


# ── who has issued ─────────────────────────────────────────────────────────


def nation_watch(request: HttpRequest, y: int) -> HttpResponse:
    """“Theo dõi” of the ministry: every province of the year, what it issued and when, late and missing ones first."""
    place = watched_place(request, "toan-quoc", y)
    at = timezone.now()
    standings = standings_of(place.campaign, at)
    wanted = request.GET.get("xem", "")
    rows = [each for each in standings if wanted not in STATES or each.state == wanted]
    context = {
        **shell_of(request, place, "who", ""),
        "rows": [(each, _report_url(each, place)) for each in rows],
        "wanted": wanted,
        "asked": len(standings),
        "sent": sum(each.report is not None for each in standings),
        "late": sum(each.late for each in standings),
        "now": at,
    }
    return render(request, "reports/nation_watch.html", context)


def _report_url(standing, place: Place) -> str:
    if standing.report is None:
        return ""
    where = {"t": address_of(standing.unit, place.year), "y": place.year}
    return address("report", **where, id=standing.report.public_id)
