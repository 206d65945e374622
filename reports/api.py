"""Figures for other systems, from the same query as the pages and the papers."""

from django.http import Http404
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.queries import find_place
from provinces.models import Seat
from reports.queries.figures import figures
from reports.queries.masking import masked
from reports.snapshot import Figure


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
