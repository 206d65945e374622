"""Administration of a province: departments and duties, people and seats, units of both eras."""

from collections.abc import Callable, Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from provinces.models import Department, Unit
from provinces.queries import administered_by, administers, keeps, seats_of, with_predecessors
from provinces.vietnamese import sort_key
from provinces.workflow import Refused

PAGE = 50


def province_of(request: HttpRequest, t: str) -> Unit:
    """The province of an address below /quan-tri/; 404 for who does not look after its lists."""
    province = administered_by(request.seat, t, timezone.localdate())
    if province is None:
        raise Http404
    return province


def show(request: HttpRequest, template: str, province: Unit, *, tab: str, status: int = 200, **more) -> HttpResponse:
    """A page of the administration with its tabs."""
    today = timezone.localdate()
    context = {
        "province": province,
        "province_name": province.name_on(today).in_sentence,
        "tab": tab,
        "today": today,
        "administers": administers(request.seat, province, today),
        **more,
    }
    return render(request, template, context, status=status)


def page_of(request: HttpRequest, rows: Sequence):
    """The page of a list that ?trang= asks for; a page too far is the last one."""
    return Paginator(rows, PAGE).get_page(request.GET.get("trang"))


def posted(form, work: Callable[[dict], object]) -> bool:
    """True when the form is right and the work is done; a refusal becomes an error of its field."""
    if not form.is_valid():
        return False
    try:
        work(form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return False
    return True


def administration(request: HttpRequest) -> HttpResponse:
    """The way in: the own province, or for the ministry a list of provinces."""
    if request.seat is None:
        raise Http404
    today = timezone.localdate()
    home = request.seat.department.unit.home_province
    if home.level == Unit.Level.PROVINCE and keeps(request.seat, home, today):
        return redirect("administration_province", t=home.slug)
    found = Unit.objects.provinces().on(today).prefetch_related("names")
    provinces = sorted(found, key=lambda row: sort_key(row.name_on(today).short_name))
    if not provinces or not administers(request.seat, provinces[0], today):
        raise Http404
    rows = [{"url": row.slug, "name": row.name_on(today).name} for row in provinces]
    return render(request, "provinces/administration/provinces.html", {"rows": rows})


def province_page(request: HttpRequest, t: str) -> HttpResponse:
    """What there is to administer, and the province's duties of today."""
    province, today = province_of(request, t), timezone.localdate()
    duties = province.duties.on(today).select_related("department").prefetch_related("department__names")
    rows = [{"duty": duty, "name": duty.department.name_on(today).name} for duty in duties.order_by("kind")]
    return show(request, "provinces/administration/province.html", province, tab="", duties=rows)


def departments_today(province: Unit) -> list[Department]:
    """The departments that a seat or a duty can be given to today."""
    rows = Department.objects.on(timezone.localdate()).filter(unit=province)
    inside = Department.objects.on(timezone.localdate()).filter(unit__province=province)
    return list((rows | inside).prefetch_related("names"))


def own_department(province: Unit, pk: int) -> Department:
    """A department of the province or of a predecessor, or of a unit inside; else 404."""
    units = with_predecessors(province)
    rows = Department.objects.filter(unit__in=units) | Department.objects.filter(unit__province__in=units)
    return get_object_or_404(rows.select_related("unit__province").prefetch_related("names"), pk=pk)


def own_seat(province: Unit, pk: int):
    """A seat in a department of the province or of a unit inside; else 404."""
    return get_object_or_404(seats_of(province), pk=pk)
