"""Addresses that numbers of the XLSX open: the page of the activities behind each of them."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse

from provinces.queries import address_of
from reports.models import Report
from reports.snapshot import YEAR, Figure

Opens = Callable[[Figure, str], str]


def nowhere(figure: Figure, part: str = "") -> str:
    """No address: for papers of figures that no report holds yet."""
    return ""


def opener(report: Report) -> Opens:
    """Figure and part → the whole address of its sources.

    `part` is the name of a share, "nu" or "tre-em", or of a cell of the splits, "cap=commune"; in a return, whose
    numbers stand by role, the role.
    """
    own = report.kind == Report.Kind.RETURN
    year = report.campaign.year
    where = {"t": address_of(report.province, year), "y": year, "id": report.public_id, "code": "MA"}
    before, _code, after = reverse("return_sources" if own else "figure_sources", kwargs=where).rpartition("/MA/")

    def opens(figure: Figure, part: str = "") -> str:
        scope = "nam" if figure.scope == YEAR else "thang"
        named = part if "=" in part else f"{'vai-tro' if own else 'phan'}={part}"
        share = f"&{named}" if part and not (own and "=" in part) else ""
        return f"{settings.BASE_URL}{before}/{figure.code}/{after}?pham-vi={scope}{share}"

    return opens
