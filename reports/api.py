"""Figures for other systems, from the same query as the pages and the papers."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.queries import find_place
from provinces.models import Seat
from reports.models import Report
from reports.queries.figures import figures
from reports.queries.masking import HIDDEN, SMALL, covered, hides_share, masked, masked_value
from reports.queries.picture import frozen
from reports.snapshot import Figure, Figures
from reports.splits import COUNTS, DIMENSIONS, SplitLine, split_table


class FiguresView(APIView):
    """GET /api/v1/provinces/{slug}/{year}/figures/: every cell of a province's year as it stands now.

    For the seats of the province's standing office and committee; 404 for all others. Sensitive counts of 1 to 4 are
    masked as on the pages, so `total` is null wherever `printed` hides it.
    """

    def get(self, request, t: str, y: int):
        seat = request._request.seat
        place = find_place(seat, t, y)
        if place is None or place.province.pk not in seat.reach.led:
            raise Http404
        cells = figures(place.province, place.campaign).cells
        return Response({"province": place.slug, "year": place.year, "cells": [_cell(each, seat) for each in cells]})


def _cell(figure: Figure, seat: Seat) -> dict:
    printed = masked(figure, seat)
    shown = printed == figure.printed
    return {
        "cell": figure.cell,
        "measure": figure.code,
        "scope": figure.scope,
        "name": figure.name,
        "unit_of_measure": figure.unit_of_measure,
        "printed": printed,
        "total": figure.total if shown else None,
        "certainty": figure.certainty,
        "female": figure.female if shown else None,
        "male": figure.male if shown else None,
        "activities": figure.activities,
    }


class ReportFiguresView(APIView):
    """GET /api/v1/provinces/{slug}/{year}/reports/{id}/figures/: the frozen figures of a report with their splits.

    For the seats that see the report on its page; 404 for all others. `schema`, `sha256` and `taken_at` name the
    snapshot, `year_before` says with what a cell is compared, `splits` how it divides; masked as on the pages.
    """

    def get(self, request, t: str, y: int, id: str):
        seat = request._request.seat
        place = find_place(seat, t, y)
        rows = Report.objects.visible_to(seat).exclude(kind=Report.Kind.RETURN).exclude(snapshot=None)
        if place is None:
            raise Http404
        rows = rows.filter(province=place.province, campaign=place.campaign).select_related("snapshot")
        report = get_object_or_404(rows, public_id=id)
        taken, snapshot = frozen(report.snapshot), report.snapshot
        return Response(
            {
                "report": report.public_id,
                "number": snapshot.no,
                "schema": snapshot.schema,
                "sha256": snapshot.sha256,
                "taken_at": snapshot.taken_at,
                "cells": [
                    {
                        **_cell(each, seat),
                        "year_before": _before(taken, each, seat),
                        "splits": _splits(taken, each, seat),
                    }
                    for each in taken.cells
                ],
            }
        )


def _frozen_cell(taken: Figures, figure: Figure, seat: Seat) -> dict:
    more = {"year_before": _before(taken, figure, seat), "splits": _splits(taken, figure, seat)}
    return {**_cell(figure, seat), **more}


def _before(taken: Figures, figure: Figure, seat: Seat) -> dict:
    """The year before, or why it cannot be compared; nothing of a number that is hidden."""
    found, before = taken.compared(figure), taken.before(figure.cell)
    total = before.total if before else None
    if masked(figure, seat) != figure.printed or masked_value(figure, total, seat) == HIDDEN:
        return {"printed": HIDDEN, "total": None, "change": "", "why_not": "", "typed_from": ""}
    typed = before.typed if before else ""
    return {
        "printed": found.before,
        "total": total,
        "change": found.change,
        "why_not": found.why,
        "typed_from": typed,
    }


def _splits(taken: Figures, figure: Figure, seat: Seat) -> dict[str, list[dict]]:
    """One list of shares for each property; every list adds up to the cell."""
    if masked(figure, seat) != figure.printed:
        return {}
    return {name: _shares(taken, figure, name, seat) for name in DIMENSIONS if figure.leaves}


def _shares(taken: Figures, figure: Figure, name: str, seat: Seat) -> list[dict]:
    lines = split_table(figure.leaves, taken.bodies, name).lines
    values = {(no, 0): line.whole.total for no, line in enumerate(lines)}
    hides = [hides_share(figure, line.whole.units, seat) for line in lines]
    small = {place for place, n in values.items() if hides[place[0]] and n in SMALL}
    hidden = small | covered(small, [((-1, 0), list(values))], values)
    return [_share(line, (no, 0) in hidden, hides[no]) for no, line in enumerate(lines)]


def _share(line: SplitLine, hidden: bool, hides: bool) -> dict:
    """A share; of a sensitive one above its unit no sexes, which would give small counts away."""
    counts = {each: None if hidden or hides else getattr(line.whole, each) for each in (*COUNTS, "not_split")}
    shown = {"total": None, "printed": ""} if hidden else {"total": line.whole.total, "printed": line.whole.printed}
    return {"key": line.key, **shown, "certainty": line.whole.certainty, **counts}
