"""Inspections of a year: what had to be put right, by when, and on which day it was."""

import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.forms.decisions import DoneForm
from activities.models import Inspected
from activities.operations import put_right
from activities.queries.remedies import ALL, DONE, DUE, OVERDUE, in_state, remedies, with_names
from activities.views.lists import is_office
from activities.views.put import put
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.workflow import Refused

ON_A_PAGE = 20
TABS = {
    ALL: gettext_lazy("All"),
    OVERDUE: gettext_lazy("Overdue"),
    DUE: gettext_lazy("Still to be put right"),
    DONE: gettext_lazy("Put right"),
}


def inspections(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Remedies of the year, the earliest due first."""
    place = place_of(request, t, y)
    return _show(request, place, {})


def inspection_done(request: HttpRequest, t: str, y: int, body: int) -> HttpResponse:
    """Note on which day a body put right what was found."""
    place = place_of(request, t, y)
    rows = remedies(request.seat, place.province, place.year).select_related("inspection__activity__province")
    row = get_object_or_404(rows.select_related("inspection__activity__campaign"), pk=body)
    form = _form(request.POST, place, row.pk)
    if request.method == "POST" and form.is_valid():
        try:
            put_right(row, form.cleaned_data["done_on"], by=request.seat, at=timezone.now())
        except Refused as refused:
            put(form, refused)
        else:
            messages.success(request, _("Noted"))
            return redirect(reverse("inspections", args=[place.slug, place.year]))
    return _show(request, place, {row.pk: form}, status=422)


def _form(data, place: Place, pk: int, initial: datetime.date | None = None) -> DoneForm:
    form = DoneForm(data, initial={"done_on": initial}, auto_id=f"n{pk}_%s")
    form.fields["done_on"].year = place.year
    return form


def _show(request: HttpRequest, place: Place, forms: dict[int, DoneForm], *, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    state = request.GET.get("xem", ALL)
    rows = remedies(request.seat, place.province, place.year)
    page = Paginator(with_names(in_state(rows, state, today)), ON_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "place": place,
        "page": page,
        "rows": [_row(request, place, body, forms, today) for body in page],
        "tabs": [(key, label, in_state(rows, key, today).count()) for key, label in TABS.items()],
        "state": state if state in TABS else ALL,
        "forms": list(forms.values()),
        "faulty": status != 200,
    }
    return render(request, "activities/inspections.html", context, status=status)


def _row(request: HttpRequest, place: Place, body: Inspected, forms: dict, today: datetime.date) -> dict:
    activity = body.inspection.activity
    mine = activity.owner_id in request.seat.reach.departments or is_office(request, place)
    return {
        "body": body,
        "activity": activity,
        "form": forms.get(body.pk) or _form(None, place, body.pk, body.done_on),
        "overdue": body.done_on is None and body.due < today,
        "writes": request.seat.writes and mine and not place.campaign.locked_at,
    }
