"""Lịch: launches, events and ranges of a month, on the screen, on a phone as a list of days, and on paper."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaigns.queries import Place
from campaigns.views.place import place_of
from reports.queries.month import Happening, Month, month_of
from reports.views.assigned import leads_province

ALL, OWN = "tat-ca", "don-vi"


@require_GET
def month(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """One month of the year: ?thang=11, ?xem=don-vi or tat-ca, ?ngay=20 shows that day without a limit."""
    place = place_of(request, t, y)
    first = _first(request, place)
    default = ALL if leads_province(request, place) else OWN
    view = request.GET.get("xem") if request.GET.get("xem") in {ALL, OWN} else default
    full_day = _day(request, first)
    found = month_of(request.seat, place, first, own=view == OWN, full_day=full_day)
    context = {
        "place": place,
        "first": first,
        "own": view == OWN,
        "weekdays": _weekdays(),
        "weeks": [_week(week, found, place, first, view) for week in found.weeks],
        "always": [{"task": task, "url": _url("task", task.public_id, place)} for task in found.always],
        "clashes": [_clash(clash, found, place) for clash in found.clashes],
        "more_clashes": found.more_clashes,
        "full_day": full_day,
        "earlier": _link(place, first.month - 1, view),
        "later": _link(place, first.month + 1, view),
        "here": _link(place, first.month, view),
        "other": _link(place, first.month, OWN if view == ALL else ALL),
        "months": [(n, _link(place, n, view)) for n in (place.campaign.opens_on.month, place.campaign.closes_on.month)],
    }
    return render(request, "reports/month.html", context)


def _first(request: HttpRequest, place: Place) -> datetime.date:
    """The month that was asked for; else today's when the campaign's window has it, else the one it opens in."""
    asked = request.GET.get("thang", "")
    if asked:
        if not asked.isdecimal() or not 1 <= int(asked) <= 12:
            raise Http404
        return datetime.date(place.year, int(asked), 1)
    today = timezone.localdate()
    day = today if place.campaign.has(today) else place.campaign.opens_on
    return day.replace(day=1)


def _day(request: HttpRequest, first: datetime.date) -> datetime.date | None:
    asked = request.GET.get("ngay", "")
    if not asked.isdecimal() or not 1 <= int(asked) <= 31:
        return None
    day = first + datetime.timedelta(days=int(asked) - 1)
    return day if day.month == first.month else None


def _link(place: Place, number: int, view: str) -> str:
    """The page of another month of the year; empty beyond its ends."""
    page = reverse("calendar", kwargs={"t": place.slug, "y": place.year})
    return f"{page}?thang={number}&xem={view}" if 1 <= number <= 12 else ""


def _weekdays() -> list[tuple[str, str]]:
    """Names of the days of the week, long and short."""
    return [
        (_("Monday"), _("Mon")),
        (_("Tuesday"), _("Tue")),
        (_("Wednesday"), _("Wed")),
        (_("Thursday"), _("Thu")),
        (_("Friday"), _("Fri")),
        (_("Saturday"), _("Sat")),
        (_("Sunday"), _("Sun")),
    ]


def _url(page: str, public_id: str, place: Place) -> str:
    return reverse(page, kwargs={"t": place.slug, "y": place.year, "id": public_id})


def _entry(item: Happening, found: Month, place: Place) -> dict:
    return {"item": item, "url": _url(item.page, item.public_id, place), "clashes": item.key in found.clashing}


def _week(week, found: Month, place: Place, first: datetime.date, view: str) -> dict:
    days = [
        {
            "day": day,
            "weekday": name,
            "entries": [_entry(item, found, place) for item in day.shown],
            "more_url": f"{_link(place, first.month, view)}&ngay={day.date.day}#ngay-{day.date.day}",
        }
        for day, (name, _short) in zip(week.days, _weekdays(), strict=True)
    ]
    lanes = [
        [{"bar": bar, "entry": bar.item and _entry(bar.item, found, place)} for bar in lane] for lane in week.lanes
    ]
    return {"days": days, "lanes": lanes}


def _clash(clash, found: Month, place: Place) -> dict:
    return {
        "date": clash.date,
        "first": _entry(clash.first, found, place),
        "second": _entry(clash.second, found, place),
        "why": found.why(clash),
    }
