"""Every page below /tinh/nam/ starts here: its address names a province and a year."""

from django.http import Http404, HttpRequest

from campaigns.queries import Place, find_country, find_place


def place_of(request: HttpRequest, t: str, y: int) -> Place:
    """The province and campaign of the address, kept on the request for the shell; 404 outside the seat's reach."""
    place = find_place(request.seat, t, y)
    if place is None:
        raise Http404
    request.place = place
    return place


def place_of_report(request: HttpRequest, t: str, y: int) -> Place:
    """As place_of, and for the ministry also the whole country, whose report is written by the same pages."""
    country = find_country(request.seat, t, y)
    if country is None:
        return place_of(request, t, y)
    request.place = country
    return country
