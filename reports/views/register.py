"""The register of issued documents: section I of the report as a list that prints."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from activities.models import Activity, IssuedDocument
from activities.queries import acting_in_year
from campaigns.queries import Place
from campaigns.views.place import place_of
from reports.queries.register import issued_documents, name_of
from reports.snapshot import MONTH, YEAR


@require_GET
def register(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """What the province issued, for its office and committee; for a department what it issued itself."""
    place = place_of(request, t, y)
    whole = place.province.pk in request.seat.reach.led or request.seat.reach.ministry
    rows = list(_documents(request, place, whole))
    ids = {row.activity_id for row in rows}
    seen = set(Activity.objects.visible_to(request.seat).filter(pk__in=ids).values_list("pk", flat=True))
    lines = [_line(row, place, seen) for row in rows]
    parts = [(scope, [line for line in lines if line["scope"] == scope]) for scope in (MONTH, YEAR)]
    context = {"place": place, "whole": whole, "parts": [part for part in parts if part[1]], "total": len(lines)}
    return render(request, "reports/register.html", context)


def _documents(request: HttpRequest, place: Place, whole: bool):
    """Rows of the register, each once."""
    if whole:
        yield from issued_documents(place.province, place.campaign)
        return
    found = set()
    for department in acting_in_year(request.seat, place.province, place.year):
        for row in issued_documents(place.province, place.campaign, department):
            if row.pk not in found:
                found.add(row.pk)
                yield row


def _line(row: IssuedDocument, place: Place, seen: set[int]) -> dict:
    """A document as the page prints it: bodies named as on its date."""
    day = row.dated or place.campaign.closes_on
    return {
        "row": row,
        "scope": row.activity.scope,
        "issuer": row.issuer_name or name_of(row.issuer, day),
        "drafter": name_of(row.drafter, day),
        "opens": row.activity.public_id if row.activity_id in seen else "",
    }
