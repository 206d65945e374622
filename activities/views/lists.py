"""Lists: the activities of a year, and the office's queue."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from activities.forms.decisions import FilterForm
from activities.models import Activity
from activities.operations import accept_activities
from activities.queries import (
    acting_in_year,
    activities_of_year,
    added_later,
    asked_of,
    listed,
    narrowed,
    recorders,
    waiting_for_office,
)
from activities.queries.pairs import waiting_pairs
from activities.views.desk import rows_of
from campaigns.models import ActivityType
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.models import Duty
from provinces.vietnamese import format_number
from provinces.workflow import Refused

ON_A_PAGE = 20


@require_GET
def activities(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """What the seat may see of the year, narrowed by what stands in the address."""
    place = place_of(request, t, y)
    rows = activities_of_year(request.seat, place.province, place.year)
    form = FilterForm(request.GET, departments=recorders(rows), types=ActivityType.objects.order_by("code"))
    found = narrowed(rows, form.filters)
    page = Paginator(listed(found), ON_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "place": place,
        "filters": form,
        "narrowed": any(request.GET.get(name) for name in form.fields),
        "page": page,
        "rows": rows_of(page, request.seat),
        "writes": writes_here(request, place),
        "is_office": is_office(request, place),
        "asked": asked_of(request.seat, place.province, place.year).count() if request.seat.writes else 0,
    }
    return render(request, "activities/list.html", context)


def writes_here(request: HttpRequest, place: Place) -> bool:
    """True when the seat may record activities of this year."""
    if not request.seat.writes or place.campaign.locked_at:
        return False
    return bool(acting_in_year(request.seat, place.province, place.year))


def is_office(request: HttpRequest, place: Place) -> bool:
    """True for a seat of the department that was the standing office, or of its successor."""
    return request.seat.holds(Duty.Kind.STANDING_OFFICE, place.province, place.campaign.opens_on)


@require_GET
def asked(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Activities in which the seat's department is named, or that were typed for it, and that wait for its word."""
    place = place_of(request, t, y)
    rows = listed(asked_of(request.seat, place.province, place.year))
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("trang"))
    context = {"place": place, "page": page, "rows": rows_of(page, request.seat)}
    return render(request, "activities/asked.html", context)


def verify(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """What was sent, the longest waiting first; rows without a flag may be verified together."""
    place = place_of(request, t, y)
    if not is_office(request, place):
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            return _accept_chosen(request, place)
        except Refused as refusal:
            refused = refusal.sentence
    waiting = waiting_for_office(request.seat, place.province, place.year)
    form = FilterForm(request.GET, departments=recorders(waiting), types=ActivityType.objects.order_by("code"))
    form.keep("tim", "don_vi", "loai")
    waiting = narrowed(waiting, form.filters)
    page = Paginator(listed(waiting), ON_A_PAGE).get_page(request.GET.get("trang"))
    rows = rows_of(page, request.seat)
    context = {
        "place": place,
        "page": page,
        "rows": rows,
        "filters": form,
        "narrowed": any(request.GET.get(name) for name in form.fields),
        "added": added_later(request.seat, place.province, place.year)[:ON_A_PAGE],
        "pairs": waiting_pairs(request.seat, place.province, place.year).count(),
        "choosable": any(not row.flags for row in rows),
        "chosen": set(request.POST.getlist("row")),
        "refused": [refused] if refused else [],
        "faulty": bool(refused),
        "writes": request.seat.writes and not place.campaign.locked_at,
    }
    return render(request, "activities/verify.html", context, status=422 if refused else 200)


def _accept_chosen(request: HttpRequest, place: Place) -> HttpResponse:
    waiting = Activity.objects.visible_to(request.seat).filter(province=place.province, year=place.year)
    chosen = waiting.filter(public_id__in=request.POST.getlist("row"))
    rows = list(chosen.select_related("campaign", "province", "owner"))
    if not rows:
        raise Refused(_("Choose at least one activity"))
    if "sure" not in request.POST:
        context = {"place": place, "rows": rows_of(listed(chosen), request.seat)}
        return render(request, "activities/verify_confirm.html", context)
    accept_activities(rows, by=request.seat, at=timezone.now())
    words = ngettext("%(n)s activity verified", "%(n)s activities verified", len(rows))
    return _back(request, place, words % {"n": format_number(len(rows))})


def _back(request: HttpRequest, place: Place, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(reverse("verify", args=[place.slug, place.year]))
