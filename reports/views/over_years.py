"""“So sánh năm” and the page of one measure: years, plan, sexes, audiences, provinces, from the report's figures."""

import dataclasses

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from campaigns.models import Measure
from campaigns.queries import Place
from provinces.models import Seat
from provinces.queries import address_of
from provinces.vietnamese import NO_DATA, format_number
from reports.adding import Part, added
from reports.charts import length
from reports.context import address
from reports.earlier import OF_TODAY, OF_YEAR
from reports.models import Report
from reports.queries.audiences import reach_by_audience
from reports.queries.boundaries import grouped, hidden_in
from reports.queries.masking import HIDDEN, SMALL, masked, masked_value
from reports.queries.series import Point, series_of, series_of_country
from reports.queries.watch import Picture, picture_of, provinces_with
from reports.snapshot import MONTH, YEAR, Against, Figure, Figures, share_of
from reports.views.watch import shell_of, watched_place

BOUNDARIES = {"nam": OF_YEAR}
SCOPES = {"nam": YEAR}


@dataclasses.dataclass(frozen=True)
class YearLine:
    """A measure in two years; the lengths of the bars are of 100, empty where nothing is drawn."""

    figure: Figure
    now: str
    before: str
    change: str
    why: str
    mark: str
    long_now: str
    long_before: str


@dataclasses.dataclass(frozen=True)
class PlanLine:
    """A target with its result; a bar of 100 is the target reached."""

    line: Against
    long: str


@dataclasses.dataclass(frozen=True)
class SexLine:
    """How many of a figure are female, male, not split: number, share, and where its part of the bar lies."""

    figure: Figure
    total: str
    parts: tuple[tuple[str, str, str, str, str], ...]


def watch_years(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """This year beside the one before, the plan beside the result, women beside men."""
    place = watched_place(request, t, y)
    picture = picture_of(request.seat, place)
    boundary = BOUNDARIES.get(request.GET.get("dia-gioi", ""), OF_TODAY)
    context = {**shell_of(request, place, "years", "so-sanh-nam"), "picture": picture, "boundary": boundary}
    if picture is not None:
        taken = picture.figures
        cells = [each for each in taken.cells if not each.missing]
        context |= {
            "earlier": taken.earlier,
            "why_not": taken.earlier.why_not(boundary) if taken.earlier.year else "",
            "scopes": [(scope, _year_lines(taken, cells, scope, boundary, request.seat)) for scope in (MONTH, YEAR)],
            "plan": [_plan_line(line) for line in taken.plan.lines if line.target > 0],
            "sexes": [line for each in cells if each.scope == MONTH and (line := sex_line(each, request.seat))],
        }
    return render(request, "reports/watch_years.html", context)


def _year_lines(taken: Figures, cells: list[Figure], scope: str, boundary: str, seat: Seat) -> list[YearLine]:
    return [_year_line(taken, figure, boundary, seat) for figure in cells if figure.scope == scope]


def _year_line(taken: Figures, figure: Figure, boundary: str, seat: Seat) -> YearLine:
    """What is hidden in one of the two years hides the other one's bar and the change too."""
    found, before = taken.compared(figure, boundary), taken.before(figure.cell)
    now = masked(figure, seat)
    small = before and (before.numerator if before.denominator else before.total)
    hidden = HIDDEN in (now, masked_value(figure, small, seat))
    then = HIDDEN if masked_value(figure, small, seat) == HIDDEN and not found.why else found.before
    if hidden:
        return YearLine(figure, now, then, "", found.why, found.mark, "", "")
    value, past = _value(figure), _value(before) if not found.why else None
    most = max(value or 0, past or 0) if value is not None and past is not None else 0
    change = f"{found.printed_difference} ({found.change})" if found.change else found.printed_difference
    return YearLine(figure, now, then, change, found.why, found.mark, length(value, most), length(past, most))


def _value(given) -> int | float | None:
    """The number of a figure of this year or the one before; a rate by its share."""
    if given is None:
        return None
    return given.numerator / given.denominator if given.denominator else given.total


def _plan_line(line: Against) -> PlanLine:
    share = line.share.rstrip("%").replace(".", "").replace(",", ".")
    try:
        return PlanLine(line, length(float(share), 100))
    except ValueError:
        return PlanLine(line, "")


def sex_line(figure: Figure, seat: Seat) -> SexLine | None:
    """The parts of a total by sex; none where nobody split it, and none of them where one is hidden."""
    if not figure.by_sex or not figure.total or figure.female is None or figure.male is None:
        return None
    given = (("female", figure.female), ("male", figure.male), ("not_split", figure.not_split or 0))
    total = masked(figure, seat)
    if total == HIDDEN or any(masked_value(figure, value, seat) == HIDDEN for _key, value in given):
        return SexLine(figure, total, ())
    parts, start = [], 0.0
    for key, value in given:
        wide = max(value, 0) * 100 / figure.total
        if value:
            share = share_of(value, figure.total)
            parts.append((key, format_number(value), share, f"{start:.1f}", f"{wide:.1f}"))
        start += wide
    return SexLine(figure, total, tuple(parts))


# ── one measure ────────────────────────────────────────────────────────────


def watch_measure(request: HttpRequest, t: str, y: int, code: str) -> HttpResponse:
    """One measure: the years since 2016, the plan, the sexes, whom it was for; of the country every province."""
    place = watched_place(request, t, y)
    measure = Measure.objects.filter(code=code).exclude(province__isnull=False).first()
    measure = measure or Measure.objects.filter(code=code, province=place.province).first()
    if measure is None:
        raise Http404
    scope = SCOPES.get(request.GET.get("pham-vi", ""), MONTH)
    boundary = BOUNDARIES.get(request.GET.get("dia-gioi", ""), OF_TODAY)
    cell = f"{code}:{scope}"
    picture = picture_of(request.seat, place)
    figure = picture.figures.by_cell(cell) if picture else None
    points = _points(request, place, cell, boundary, figure)
    context = {
        **shell_of(request, place, "measure", f"chi-tieu/{code}"),
        "measure": measure,
        "figure": figure,
        "picture": picture,
        "shown": masked(figure, request.seat) if figure else NO_DATA,
        "scope": scope,
        "boundary": boundary,
        "points": _drawn(points, measure.sensitive),
        "query": "pham-vi=nam&" if scope == YEAR else "",
    }
    context |= _details(request, place, picture, figure, cell) if figure else {}
    if place.national:
        context["provinces"], context["provinces_total"] = _provinces(request, place, cell)
    return render(request, "reports/watch_measure.html", context)


def _points(request: HttpRequest, place: Place, cell: str, boundary: str, figure: Figure | None) -> list[Point]:
    if not place.national:
        today = timezone.localdate()
        where = {"today": today, "boundary": boundary}
        return series_of(place.province, cell, **where, shown=figure, year=place.year)
    rows = Report.objects.visible_to(request.seat).filter(province=place.province, kind=Report.Kind.REPORT)
    return series_of_country(list(rows.exclude(snapshot=None).select_related("campaign").order_by("id")), cell)


def _drawn(points: list[Point], sensitive: bool) -> list[dict]:
    """The years with their bars; of a sensitive measure 1 to 4 stay hidden, bar and all."""
    values = [None if sensitive and each.small else _bar(each) for each in points]
    most = max((value for value in values if value is not None), default=0)
    return [
        {
            "year": each.campaign.year,
            "shown": _shown(each, sensitive),
            "why": each.why,
            "note": each.note,
            "long": length(value, most),
        }
        for each, value in zip(points, values, strict=True)
    ]


def _bar(point: Point) -> int | float | None:
    return dataclasses.replace(point, small=False).value


def _shown(point: Point, sensitive: bool) -> str:
    if point.before is None:
        return NO_DATA
    return HIDDEN if sensitive and point.small else point.before.printed


def _details(request: HttpRequest, place: Place, picture: Picture, figure: Figure, cell: str) -> dict:
    """Plan, sexes and audiences of the year shown, with the way to the splits of the report."""
    line = next((each for each in picture.figures.plan.lines if f"{each.code}:{each.scope}" == cell), None)
    found = {"sex": sex_line(figure, request.seat), "plan": _plan_line(line) if line and line.target > 0 else None}
    report = picture.report
    if report is not None and Report.objects.visible_to(request.seat).filter(pk=report.pk).exists():
        url = address("figure_sources", t=place.slug, y=place.year, id=report.public_id, code=figure.code)
        found["sources_url"] = f"{url}?pham-vi=nam" if figure.scope == YEAR else url
    if not place.national and not figure.sensitive and not figure.is_rate:
        reach = reach_by_audience(picture, figure)
        most = max((each.reached for each in reach), default=0)
        found["audiences"] = [(each, length(each.reached, most)) for each in reach]
    return found


def _provinces(request: HttpRequest, place: Place, cell: str) -> tuple[list[dict], str]:
    """What each province issued, small counts of a sensitive measure hidden as in the country's report."""
    code, _colon, scope = cell.partition(":")
    found = provinces_with(place.campaign, lambda each: (each["code"], each["scope"]) == (code, scope))
    if not found.cells:
        return [], NO_DATA
    total = added([Part(line.name, line.cells[0]) for line in found.lines if line.cells[0]])
    hidden = set()
    if total.sensitive:
        groups = grouped(found.lines, timezone.localdate())
        hidden = hidden_in(found.lines, groups, 0, _counted(total), SMALL)
    values = [None if line.unit.pk in hidden else _value(line.cells[0]) for line in found.lines]
    most = max((value for value in values if value is not None), default=0)
    rows = [_province(place, line, value, most, hidden) for line, value in zip(found.lines, values, strict=True)]
    return rows, masked(total, request.seat)


def _counted(figure: Figure) -> int | None:
    return figure.numerator if figure.is_rate else figure.total


def _province(place: Place, line, value, most, hidden: set[int]) -> dict:
    figure = line.cells[0]
    small = figure is not None and figure.sensitive and _counted(figure) in SMALL
    printed = NO_DATA if figure is None else figure.printed
    return {
        "name": line.name,
        "issued": line.issued,
        "shown": HIDDEN if line.unit.pk in hidden or small else printed,
        "long": "" if small else length(value, most),
        "url": f"/{address_of(line.unit, place.year)}/{place.year}/theo-doi/so-sanh-nam" if line.issued else "",
    }
