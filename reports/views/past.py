"""“Số liệu năm trước”: totals of the year before this program, typed from a paper, as such."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.models import Measure
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.drafts import find_draft, restore
from provinces.models import Seat, Unit
from provinces.operations.memory import forget_draft
from provinces.vietnamese import capitalise
from provinces.views.once import answer_once
from provinces.workflow import Refused
from reports.forms.past import PastTotalForm
from reports.models import PastTotal
from reports.operations.past import TypedTotal, end_past_total, type_past_total
from reports.queries.years import issued_in, keeps_past, opening_of, said_when, units_before

FORM = "past_total"


def past_totals(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """What was typed for the year before, and a form for one more number."""
    place = _led_place(request, t, y)
    units = units_before(place.province, place.campaign)
    may = _may_type(request.seat, place, units)
    if request.method != "POST":
        saved = find_draft(request.seat, FORM, _key(place)) if may else None
        form = restore(_form(place, units, initial={"scope": "month"}), saved) if may else None
        return _page(request, place, units, form, saved=saved)
    if not may:
        return _page(request, place, units, None, status=403)
    form = _form(place, units, request.POST)
    if not form.is_valid():
        return _page(request, place, units, form, status=422)
    at = timezone.now()
    try:
        answer = answer_once(request, lambda: _typed(request.seat, place, units, form, at), at=at)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _page(request, place, units, form, status=422)
    forget_draft(FORM, _key(place), by=request.seat)
    messages.success(request, _("Saved. It is marked wherever it is compared with"))
    return answer


@require_POST
def past_total_end(request: HttpRequest, t: str, y: int, no: int) -> HttpResponse:
    """Take a typed total back."""
    place = _led_place(request, t, y)
    units = units_before(place.province, place.campaign)
    rows = PastTotal.objects.visible_to(request.seat).current().filter(province__in=units, year=place.year - 1)
    row = get_object_or_404(rows.select_related("measure", "province"), pk=no)
    try:
        end_past_total(row, by=request.seat, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Taken back; figures that were frozen with it keep it"))
    return redirect(_address(place))


def _led_place(request: HttpRequest, t: str, y: int) -> Place:
    """The place, for those who lead the province or the country; 404 for all others."""
    place = place_of(request, t, y)
    if not (request.seat.reach.ministry or place.province.pk in request.seat.reach.led):
        raise Http404
    return place


def _address(place: Place) -> str:
    return reverse("past_totals", kwargs={"t": place.slug, "y": place.year})


def _key(place: Place) -> str:
    return f"{place.slug}:{place.year}"


def _may_type(seat: Seat, place: Place, units: list[Unit]) -> bool:
    year = place.year - 1
    return bool(units) and all(keeps_past(seat, unit, year) for unit in units)


def _form(place: Place, units: list[Unit], *args, **more) -> PastTotalForm:
    day = opening_of(place.year - 1)
    provinces = [(unit.pk, capitalise(unit.name_on(day).in_sentence)) for unit in units]
    return PastTotalForm(*args, provinces=provinces, measures=_measures(place), **more)


def _measures(place: Place) -> list[Measure]:
    rows = Measure.objects.of(place.province).exclude(counts=Measure.Counts.RATE).exclude(source=Measure.Source.RETURN)
    return list(rows.select_related("indicator").order_by("indicator__position", "position"))


def _typed(seat: Seat, place: Place, units: list[Unit], form: PastTotalForm, at) -> str:
    given = form.cleaned_data
    unit = next(unit for unit in units if unit.pk == given["province"])
    number = given["quantity"]
    measure = Measure.objects.get(pk=given["measure"])
    total = TypedTotal(measure, given["scope"], number.value, number.certainty, given["source"])
    type_past_total(unit, place.year - 1, total, by=seat, at=at)
    return _address(place)


def _page(
    request: HttpRequest, place: Place, units: list[Unit], form: PastTotalForm | None, *, status: int = 200, **more
) -> HttpResponse:
    year = place.year - 1
    rows = PastTotal.objects.visible_to(request.seat).current().filter(province__in=units, year=year)
    rows = rows.select_related("measure", "typed_by__user", "province").prefetch_related("province__names")
    context = {
        "place": place,
        "year": year,
        "form": form,
        "rows": [(row, capitalise(row.province.name_on(opening_of(year)).in_sentence), said_when(row)) for row in rows],
        "several": len(units) > 1,
        "issued": [unit.name_on(opening_of(year)).in_sentence for unit in units if issued_in(unit, year)],
        "moved": not units,
        "key": _key(place),
        **more,
    }
    return render(request, "reports/past_totals.html", context, status=status)
