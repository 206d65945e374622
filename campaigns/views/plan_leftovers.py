"""The page of what a plan still says of an earlier year: each place changed with one press, or kept."""

import dataclasses

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.forms.leftovers import SettleForm
from campaigns.leftovers import Spot, leftovers_of, settled_rows, year_before
from campaigns.operations.leftovers import keep_leftover, replace_everywhere, replace_leftover, same_words
from campaigns.views.plan_desk import Desk, desk_of, refuse
from provinces.workflow import Refused


@dataclasses.dataclass(frozen=True)
class Row:
    """One place as the page shows it."""

    spot: Spot
    link: str
    alike: int
    form: SettleForm


def plan_leftovers(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """What still reads like an earlier year; a press settles one place, or all that hold the same words."""
    desk = desk_of(request, t, y, id)
    if not desk.writes:
        return redirect(desk.address("plan"))
    if request.method == "POST":
        return _settle(request, desk)
    return _page(request, desk)


def _page(request: HttpRequest, desk: Desk, failed: SettleForm | None = None, status: int = 200) -> HttpResponse:
    spots = leftovers_of(desk.plan, desk.outline)
    context = {
        "desk": desk,
        "plan": desk.plan,
        "rows": [_row(desk, spot, spots, failed) for spot in spots],
        "kept": settled_rows(desk.plan),
        "year": year_before(desk.plan),
        "form": failed,
        "faulty": status != 200,
    }
    return render(request, "campaigns/plan_leftovers.html", context, status=status)


def _row(desk: Desk, spot: Spot, spots: list[Spot], failed: SettleForm | None) -> Row:
    form = failed if failed and failed.prefix == spot.key else SettleForm.of(spot)
    alike = sum(same_words(spot, other) for other in spots)
    return Row(spot, desk.where(spot.text.where), alike, form)


def _settle(request: HttpRequest, desk: Desk) -> HttpResponse:
    key = request.POST.get("key", "")
    form = SettleForm(request.POST, prefix=key)
    if form.is_valid():
        try:
            return _done(request, desk, key, form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
    return _page(request, desk, form, status=422)


def _done(request: HttpRequest, desk: Desk, key: str, typed: dict) -> HttpResponse:
    """Do what was pressed, say it, and show what is left."""
    plan, who = desk.plan, {"by": request.seat, "at": timezone.now()}
    if "keep" in request.POST:
        row = keep_leftover(plan, key, **who)
        messages.info(request, _("Kept: “%(words)s”") % {"words": row.found[:80]})
    elif "everywhere" in request.POST:
        count = replace_everywhere(plan, key, typed["words"], **who)
        words = ngettext("Changed in %(n)s place: %(words)s", "Changed in %(n)s places: %(words)s", count)
        messages.info(request, words % {"n": count, "words": typed["words"]})
    else:
        replace_leftover(plan, key, typed["words"], version=typed["version"], **who)
        messages.info(request, _("Changed: %(words)s") % {"words": typed["words"][:80]})
    left = desk.address("plan_leftovers")
    return redirect(left if leftovers_of(plan) else desk.address("plan"))
