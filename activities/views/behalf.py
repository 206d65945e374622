"""On behalf: the office attaches the scan of a department's paper, then types what it says into the usual form."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from activities.forms.decisions import ScanForm
from activities.operations import keep_scan
from activities.operations.behalf import SCAN
from activities.queries.papers import scan_of, writers_of
from activities.views.entry import Paper, page
from activities.views.lists import is_office
from activities.views.put import put
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.workflow import Refused


def activity_typed(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """First whose paper it is and the scan, then the form; the address keeps both, so that nothing is sent twice."""
    place = place_of(request, t, y)
    if not is_office(request, place) or not request.seat.writes or place.campaign.locked_at:
        raise Http404
    if "ban-quet" in request.GET:
        paper = _paper(request, place)
        return page(request, place, None, f"{place.slug}/{place.year}/thay/{paper.owner.pk}", paper)
    return _ask_for_scan(request, place)


def _paper(request: HttpRequest, place: Place) -> Paper:
    """What the address names; 404 when it is no department of the province, or no scan of the office."""
    wanted = request.GET.get("co-quan", "")
    owner = next((row for row in writers_of(request.seat, place.province, place.year) if str(row.pk) == wanted), None)
    scan = scan_of(request.seat, request.GET["ban-quet"], SCAN)
    if owner is None or scan is None:
        raise Http404
    return Paper(owner, scan)


def _ask_for_scan(request: HttpRequest, place: Place) -> HttpResponse:
    bodies = writers_of(request.seat, place.province, place.year)
    owners = [(str(row.pk), row.name_on(place.campaign.opens_on).name) for row in bodies]
    form = ScanForm(request.POST or None, request.FILES or None, owners=owners)
    if request.method == "POST" and form.is_valid():
        content, name = form.cleaned_data["scan"]
        try:
            scan = keep_scan(content, name, by=request.seat, at=timezone.now())
        except Refused as refused:
            put(form, refused)
        else:
            said = urlencode({"co-quan": form.cleaned_data["owner"], "ban-quet": scan.token})
            return redirect(f"{reverse('activity_typed', args=[place.slug, place.year])}?{said}")
    context = {"place": place, "form": form}
    return render(request, "activities/scan.html", context, status=422 if request.method == "POST" else 200)
