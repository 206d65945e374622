"""The country's report: which provinces have issued, what each gave to a figure, on the boundaries of then and now."""

import dataclasses
from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.queries import Place
from campaigns.views.place import place_of_report
from provinces.models import Unit
from provinces.queries import address_of
from provinces.vietnamese import NO_DATA, capitalise
from reports.context import address
from reports.documents import FORMATS
from reports.models import ProvinceSource, Report
from reports.outline import SECTIONS
from reports.papers.provinces import provinces_paper
from reports.queries.boundaries import Line, grouped, hidden_in, lines_of, territory_of
from reports.queries.masking import HIDDEN, SMALL, masked
from reports.queries.nation import latest_issued, newer_than, provinces_of, short_name
from reports.snapshot import MONTH, YEAR, Figure, Figures
from reports.splits import Leaf, chosen, share_of_leaves
from reports.views.desk import CHECK, Desk, compiled_or_404, desk_of, show
from reports.views.printing import attachment
from reports.views.shares import CHILDREN, KINDS, SPLITS, shares_of
from reports.views.splits import Wanted, names_no_body, wanted_of

OF_TODAY, OF_YEAR = "nay", "nam"
SCOPES = {"thang": MONTH, "nam": YEAR}
LEAF_KEYS = {"vai-tro": "role", "nguon": "paid"}


@dataclasses.dataclass(frozen=True)
class State:
    """A province of the year in the ministry's list: what it has issued, or that it has not."""

    name: str
    report: Report | None
    url: str = ""
    newer: bool = False


def states_of(request: HttpRequest, place: Place, national: Report | None) -> list[State]:
    """Every province of the year with its latest issued report, those without one by name."""
    campaign = place.campaign
    latest = latest_issued(campaign)
    seen = set(Report.objects.visible_to(request.seat).filter(campaign=campaign).values_list("pk", flat=True))
    newer = newer_than(national.snapshot) if national is not None and national.snapshot else []
    moved = {each.province.pk for each in newer}
    return [
        State(short_name(unit, campaign), latest.get(unit.pk), _home(unit, place, latest, seen), unit.pk in moved)
        for unit in provinces_of(campaign)
    ]


def _home(unit: Unit, place: Place, latest: dict[int, Report], seen: set[int]) -> str:
    report = latest.get(unit.pk)
    if report is None or report.pk not in seen:
        return ""
    return address("report", t=address_of(unit, place.year), y=place.year, id=report.public_id)


@dataclasses.dataclass(frozen=True)
class Given:
    """One province behind a figure of the country."""

    name: str
    shown: str
    url: str
    figures_no: int


def province_sources(request: HttpRequest, desk: Desk, figures: Figures, figure: Figure) -> HttpResponse:
    """“Nguồn số liệu” of the country: the provinces whose sum is the number, each a way to the province's own cell."""
    lines = lines_of(desk.report.snapshot, [figure])
    given, visible = _behind(request, desk, figure)
    if wanted := wanted_of(request, figures) or _share_wanted(request, figure):
        return _behind_split(request, desk, figures, figure, wanted, given, visible)
    hidden = _hidden(lines, [figure])[0]
    shown = [_given(line, given[line.unit.pk], figure, hidden, visible, desk) for line in lines if line.cells[0]]
    context = {
        "figure": figure,
        "figures_url": desk.url("report_figures"),
        "provinces_url": f"{desk.url('report_provinces')}?muc={figure.section}&pham-vi={_scope_word(figure.scope)}",
        "rows": shown,
        "shown": masked(figure, request.seat),
        "missing": [line.name for line in lines if not line.issued],
        "silent": [line.name for line in lines if line.issued and line.cells[0] is None],
    }
    return show(request, "province_sources", desk, at=CHECK, **context)


def _behind(request: HttpRequest, desk: Desk, figure: Figure) -> tuple[dict[int, ProvinceSource], set[int]]:
    """What each province gave, and the reports of provinces that the seat may open."""
    rows = ProvinceSource.objects.filter(snapshot=desk.report.snapshot, cell=figure.cell)
    rows = rows.select_related("given__report", "province").prefetch_related("province__names")
    given = {row.province_id: row for row in rows.defer("given__figures")}
    ids = [row.given.report_id for row in given.values()]
    return given, set(Report.objects.visible_to(request.seat).filter(pk__in=ids).values_list("pk", flat=True))


def _behind_split(
    request: HttpRequest, desk: Desk, figures: Figures, figure: Figure, wanted: Wanted, given: dict, visible: set[int]
) -> HttpResponse:
    """The provinces behind one number of a split, each a way to the same split of its own."""
    leaves = chosen(figure.leaves, wanted.keys)
    if not leaves or names_no_body(figure):
        raise Http404
    words = wanted.address(figure.scope)
    rows = []
    for body in figures.bodies:
        own = share_of_leaves(each for each in leaves if each.department == body.id)
        if own.rows and (not wanted.field or getattr(own, wanted.field)):
            row, split = given[body.id], words if _has_splits(leaves, body.id) else None
            rows.append(
                Given(body.name, wanted.printed(own), _cell_of(row, figure, visible, desk, split), row.given.no)
            )
    context = {"figure": figure, "figures_url": desk.url("report_figures"), "share": wanted, "rows": rows}
    context["shown"] = wanted.printed(share_of_leaves(leaves))
    return show(request, "province_sources", desk, at=CHECK, **context)


def _share_wanted(request: HttpRequest, figure: Figure) -> Wanted | None:
    """A share of the table of figures as a cell of a split; None where no leaf knows it, as of groups and labels."""
    part = request.GET.get("phan", "")
    found = next((each for each in shares_of(figure) if each.part == part), None)
    if found is None or names_no_body(figure):
        return None
    kind, _dot, no = part.partition(".")
    if kind in SPLITS | CHILDREN:
        return Wanted({}, (SPLITS | CHILDREN)[kind], found.name)
    if kind not in LEAF_KEYS:
        return None
    wanted = Wanted({LEAF_KEYS[kind]: getattr(figure, KINDS[kind])[int(no) - 1].key}, "", found.name)
    return wanted if share_of_leaves(chosen(figure.leaves, wanted.keys)).total == found.value else None


def _has_splits(leaves: list[Leaf], province: int) -> bool:
    """False where the province issued its figure without splits: its cell is opened whole."""
    return any(each.level for each in leaves if each.department == province)


def _cell_of(row: ProvinceSource, figure: Figure, visible: set[int], desk: Desk, words: str) -> str:
    """The province's own cell, or the same split of it; nothing where the seat may not open its report."""
    if row.given.report_id not in visible:
        return ""
    here = {"t": address_of(row.province, desk.place.year), "y": desk.place.year}
    url = address("figure_sources", **here, id=row.given.report.public_id, code=figure.code)
    query = words or ("pham-vi=nam" if figure.scope == YEAR else "")
    return f"{url}?{query}" if query else url


def _given(line: Line, row: ProvinceSource, figure: Figure, hidden: set[int], visible: set[int], desk: Desk) -> Given:
    url = _cell_of(row, figure, visible, desk, "")
    return Given(line.name, HIDDEN if line.unit.pk in hidden else row.printed, url, row.given.no)


def _hidden(lines: list[Line], figures: list[Figure]) -> list[set[int]]:
    """Column by column, the units whose number stays hidden to the ministry."""
    groups = grouped(lines, timezone.localdate())
    return [
        hidden_in(lines, groups, no, figure.total, SMALL) if figure.sensitive else set()
        for no, figure in enumerate(figures)
    ]


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table by province; `sub` is a former province within one of today."""

    name: str
    cells: tuple[tuple[str, str], ...]  # each number and the way to it
    sub: bool = False
    issued: bool = True


def report_provinces(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Theo tỉnh”: provinces by figures, on the boundaries of the year or of today; the last line is the country."""
    desk = desk_of(request, t, y, id)
    figures = compiled_or_404(desk)
    if not desk.place.national:
        raise Http404
    today = timezone.localdate() if request.GET.get("dia-gioi") == OF_TODAY else None
    if request.GET.get("dang") == "xlsx":
        return _file(desk, figures, today)
    scope = SCOPES.get(request.GET.get("pham-vi", ""), MONTH)
    sections = list(dict.fromkeys((each.section, each.scope) for each in figures.cells))
    section = request.GET.get("muc", "")
    if (section, scope) not in sections:
        section, scope = sections[0] if sections else ("", MONTH)
    wanted = [each for each in figures.cells if (each.section, each.scope) == (section, scope)]
    lines = lines_of(desk.report.snapshot, wanted)
    hidden = _hidden(lines, wanted)
    context = {
        "wanted": wanted,
        "rows": list(_rows(grouped(lines, today) if today else lines, hidden, _ways(request, desk))),
        "totals": [(figure, masked(figure, request.seat)) for figure in wanted],
        "sections": [_section(each, (section, scope), today is not None) for each in sections],
        "today": today,
        "query": f"muc={section}&pham-vi={_scope_word(scope)}",
        "changed": bool(provinces_of(desk.report.campaign)) and _merges(lines),
    }
    return show(request, "provinces", desk, at=CHECK, **context)


def _merges(lines: list[Line]) -> bool:
    """True where the boundaries of the year are no longer those of today."""
    return any(line.parts for line in grouped(lines, timezone.localdate()))


def _scope_word(scope: str) -> str:
    return "nam" if scope == YEAR else "thang"


def _section(each: tuple[str, str], chosen: tuple[str, str], today: bool) -> dict:
    """A link to the figures of one section of the report."""
    section, scope = each
    title = SECTIONS.get(section, "").partition(". ")[2] or SECTIONS.get(section, "") or _("Other figures")
    words = _("%(title)s (the year)") % {"title": title} if scope == YEAR else title
    boundary = "&dia-gioi=nay" if today else ""
    return {"words": words, "url": f"?muc={section}&pham-vi={_scope_word(scope)}{boundary}", "current": each == chosen}


def _ways(request: HttpRequest, desk: Desk) -> dict[int, dict[str, str]]:
    """Province → where its figures lie: of those whose report the seat may open."""
    included = {each["province_id"]: each["report"] for each in desk.report.snapshot.figures.get("included", [])}
    visible = Report.objects.visible_to(request.seat).filter(public_id__in=included.values())
    seen = set(visible.values_list("public_id", flat=True))
    units = Unit.objects.filter(pk__in=[pk for pk, report in included.items() if report in seen])
    year = desk.place.year
    return {unit.pk: {"t": address_of(unit, year), "y": year, "id": included[unit.pk]} for unit in units}


def _rows(lines: list[Line], hidden: list[set[int]], ways: dict[int, dict[str, str]]):
    for line in lines:
        yield _row(line, hidden, ways)
        for part in line.parts:
            yield _row(part, hidden, ways, sub=True)


def _row(line: Line, hidden: list[set[int]], ways: dict[int, dict[str, str]], *, sub: bool = False) -> Row:
    """A province's line; what is put together of several opens by its parts below it."""
    where = None if line.parts else ways.get(line.unit.pk)
    cells = [_number(line, no, hidden, where) for no in range(len(line.cells))]
    return Row(line.name, tuple(cells), sub, line.issued)


def _number(line: Line, no: int, hidden: list[set[int]], where: dict[str, str] | None) -> tuple[str, str]:
    figure = line.cells[no]
    if figure is None:
        return NO_DATA, ""
    if line.unit.pk in hidden[no]:
        return HIDDEN, ""
    if where is None:
        return figure.printed, ""
    url = address("figure_sources", **where, code=figure.code)
    return figure.printed, f"{url}?pham-vi=nam" if figure.scope == YEAR else url


def _file(desk: Desk, figures, today) -> HttpResponse:
    """Every figure by province as a workbook, on the chosen boundaries."""
    data = BytesIO()
    cells = list(figures.cells)
    lines = lines_of(desk.report.snapshot, cells)
    hidden = _hidden(lines, cells)
    lines = grouped(lines, today) if today else lines
    FORMATS[".xlsx"].write(provinces_paper(desk.report, figures, lines, hidden, today), data)
    name = f"theo-tinh-{desk.place.year}{'-dia-gioi-nay' if today else ''}.xlsx"
    return attachment(data.getvalue(), "xlsx", name)


def boundaries(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """“Địa giới”: a year of a merged province on the boundaries of the year and on those of today."""
    place = place_of_report(request, t, y)
    if place.national:
        raise Http404
    found = territory_of(place.province, place.campaign, timezone.localdate())
    seat, reach = request.seat, request.seat.reach
    if not {unit.pk for unit in found.members} <= reach.provinces:
        raise Http404
    seen = set(Report.objects.visible_to(seat).filter(campaign=place.campaign).values_list("pk", flat=True))
    members = [
        {"name": short_name(unit, place.campaign), "url": _there("report", unit, place, report, seen), "report": report}
        for unit, report in zip(found.members, found.reports, strict=True)
    ]
    lines = [_compared(place, found, whole, given, seen, seat) for whole, given in found.lines]
    context = {"place": place, "found": found, "members": members, "lines": lines, "name": capitalise(found.name)}
    return render(request, "reports/boundaries.html", context)


def _there(page: str, unit: Unit, place: Place, report: Report | None, seen: set[int], **more) -> str:
    if report is None or report.pk not in seen:
        return ""
    return address(page, t=address_of(unit, place.year), y=place.year, id=report.public_id, **more)


def _compared(place: Place, found, whole: Figure, given: tuple[Figure | None, ...], seen: set[int], seat) -> dict:
    """A figure's line: each former province's own, and their sum on today's boundaries."""
    small = [figure is not None and masked(figure, seat) == HIDDEN for figure in given]
    hides = sum(small) == 1 and len(given) > 1 and masked(whole, seat) != HIDDEN
    cells = []
    for unit, report, figure in zip(found.members, found.reports, given, strict=True):
        shown = NO_DATA if figure is None else HIDDEN if hides else masked(figure, seat)
        url = _there("figure_sources", unit, place, report, seen, code=figure.code) if figure else ""
        cells.append((shown, f"{url}?pham-vi=nam" if url and figure.scope == YEAR else url))
    return {"figure": whole, "cells": cells, "total": masked(whole, seat)}
