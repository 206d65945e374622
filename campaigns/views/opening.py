"""The page on which a year is opened from the one before, and where what still reads like it is settled."""

import dataclasses

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.forms.opening import NewTextForm
from campaigns.leftovers.campaign import Place, leftovers_of_campaign
from campaigns.models import Campaign
from campaigns.operations.opening import is_open, keep_text, next_campaign, open_campaign, replace_text
from campaigns.queries import may_word, wording_of
from campaigns.views.administration import FOLDER, NATIONAL, unit_of
from provinces.models import Unit
from provinces.views.administration import province_of, show
from provinces.workflow import Refused


@dataclasses.dataclass(frozen=True)
class Year:
    """A year that is, or can be, opened: for the province of the address or for the country."""

    province: Unit
    unit: Unit
    last: Campaign
    campaign: Campaign | None
    fresh: Campaign

    @property
    def is_open(self) -> bool:
        return self.campaign is not None and is_open(self.campaign, self.unit)

    @property
    def national(self) -> bool:
        return self.unit.level == Unit.Level.COUNTRY


def _year(request: HttpRequest, t: str, y: int, p: str) -> Year:
    """The year of the address; 404 where there is none before it or the seat may not open it."""
    province = province_of(request, t)
    last = get_object_or_404(Campaign, series="bdg", year=y - 1)
    campaign = Campaign.objects.filter(series="bdg", year=y).first()
    fresh = next_campaign(last)
    unit = unit_of(province, campaign or fresh, p) or Unit.objects.get(level=Unit.Level.COUNTRY)
    if not may_word(campaign or fresh, None if p == NATIONAL else unit, request.seat):
        raise Http404
    return Year(province, unit, last, campaign, fresh)


def opening(request: HttpRequest, t: str, y: int, p: str) -> HttpResponse:
    """What opening the year takes over; once it is open, the list of what still reads like the year before."""
    year = _year(request, t, y, p)
    if request.method == "POST":
        try:
            open_campaign(year.last, year.unit, by=request.seat, at=timezone.now())
            messages.success(request, _("The Action Month of %(year)s is open") % {"year": y})
            return redirect("administration_opening", t=t, y=y, p=p)
        except Refused as refused:
            return _page(request, year, p, refused=str(refused.sentence))
    return _page(request, year, p)


def _page(request: HttpRequest, year: Year, p: str, *, refused="", failed: NewTextForm | None = None) -> HttpResponse:
    places = leftovers_of_campaign(year.campaign, year.unit) if year.is_open else []
    more = {
        "year": year,
        "p": p,
        "campaign": year.campaign or year.fresh,
        "whose": _("the whole country") if year.national else _name(year),
        "rows": [(place, failed if _is(failed, place) else NewTextForm.of(place)) for place in places],
        **(_has(year) if year.is_open else {}),
        "refused": refused,
        "form": failed,
        "faulty": bool(refused or failed),
    }
    status = 422 if more["faulty"] else 200
    return show(request, f"{FOLDER}/opening.html", year.province, tab="campaigns", status=status, **more)


def _has(year: Year) -> dict:
    """What the year has by now: wording, messages and requests of the unit."""
    own = None if year.national else year.unit
    counts = {
        "messages": year.campaign.messages.filter(province=own).count(),
        "requests": year.campaign.requests.filter(province=year.unit).count(),
    }
    return {"wording": wording_of(year.campaign, own), "counts": counts}


def _is(failed: NewTextForm | None, place: Place) -> bool:
    return failed is not None and failed.prefix == place.key


def _name(year: Year) -> str:
    return year.unit.name_on((year.campaign or year.fresh).opens_on).in_sentence


@require_POST
def opening_settle(request: HttpRequest, t: str, y: int, p: str) -> HttpResponse:
    """A text typed anew, or kept as it is."""
    year, key = _year(request, t, y, p), request.POST.get("key", "")
    if not year.is_open:
        raise Http404
    form, who = NewTextForm(request.POST, prefix=key), {"by": request.seat, "at": timezone.now()}
    try:
        if "keep" in request.POST:
            keep_text(year.campaign, year.unit, key, **who)
        elif form.is_valid():
            replace_text(year.campaign, year.unit, key, form.cleaned_data["words"], **who)
        else:
            return _page(request, year, p, failed=form)
    except Refused as refused:
        if refused.field not in form.fields:
            return _page(request, year, p, refused=str(refused.sentence))
        form.add_error(refused.field, str(refused.sentence))
        return _page(request, year, p, failed=form)
    messages.success(request, _("Saved"))
    return redirect("administration_opening", t=t, y=y, p=p)
