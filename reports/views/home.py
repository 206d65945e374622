"""The work list, and the list of years one can go to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from reports.context import LEAVES, PLACE_KEY, address
from reports.queries.places import current_place, years_of


def root(request: HttpRequest) -> HttpResponse:
    """The bare address opens the work list."""
    return redirect(settings.LOGIN_REDIRECT_URL)


def home(request: HttpRequest) -> HttpResponse:
    """Việc cần làm: what the seat has to do in the year it works in."""
    place = current_place(request.seat, request.session.get(PLACE_KEY))
    return render(request, "reports/home.html", {"place": place})


def years(request: HttpRequest) -> HttpResponse:
    """Đổi năm: every year of the seat's provinces, each a link to the same kind of page."""
    leaf = request.GET.get("trang", "")
    name = LEAVES.get(leaf, leaf)
    rows = [
        (year.campaign, [(place, _link(name, place)) for place in year.places])
        for year in (years_of(request.seat) if request.seat else [])
    ]
    return render(request, "reports/years.html", {"rows": rows, "current": request.session.get(PLACE_KEY)})


def _link(name: str, place) -> str:
    """The same kind of page in another year, or that year's plans."""
    where = {"t": place.slug, "y": place.year}
    return (address(name, **where) if name in {*LEAVES.values(), "monitoring"} else "") or address("plans", **where)
