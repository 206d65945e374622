"""Administrative units of a province in both eras: names with their days, what each came from and went to."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from provinces.models import Unit, UnitSuccession
from provinces.queries import units_inside, with_predecessors
from provinces.vietnamese import sort_key
from provinces.views.administration import page_of, province_of, show

NOW, OLD_COMMUNES, OLD_DISTRICTS = "nay", "xa-cu", "huyen"


def units(request: HttpRequest, t: str) -> HttpResponse:
    """The province's names, and its communes now, or its communes and districts before 1/7/2025."""
    province, today = province_of(request, t), timezone.localdate()
    family = with_predecessors(province)
    kind, words = request.GET.get("ky", NOW), request.GET.get("tim", "").strip()
    level = Unit.Level.DISTRICT if kind == OLD_DISTRICTS else Unit.Level.COMMUNE
    rows = units_inside([province] if kind == NOW else family[1:], level=level, words=words)
    named = [{"row": row, "name": row.name_on(today)} for row in rows]
    named.sort(key=lambda one: sort_key(one["name"].short_name))
    page = page_of(request, named)
    _add_kin(list(page.object_list), forward=kind != NOW)
    provinces = [
        {"row": one, "names": sorted(one.names.all(), key=lambda name: (not name.start_known, str(name.valid_from)))}
        for one in family
    ]
    filters = {"words": words, "kind": kind, "old": kind != NOW}
    more = {"page": page, "provinces": provinces, "filters": filters}
    return show(request, "provinces/administration/units.html", province, tab="units", **more)


def _add_kin(rows: list[dict], *, forward: bool) -> None:
    """To each unit of the page the units it went to, or came from: two queries for any number."""
    here, there = ("predecessor", "successor") if forward else ("successor", "predecessor")
    ids = [one["row"].pk for one in rows]
    links = UnitSuccession.objects.filter(**{f"{here}__in": ids}).select_related(there, f"{there}__parent")
    kin: dict[int, list] = {}
    for link in links.prefetch_related(f"{there}__names"):
        other = getattr(link, there)
        kin.setdefault(getattr(link, f"{here}_id"), []).append((other.name_on(link.on), link.whole, other.level))
    for one in rows:
        found = sorted(kin.get(one["row"].pk, []), key=lambda item: (item[2], sort_key(item[0].short_name)))
        one["kin"] = [(name, whole) for name, whole, level in found if forward or level == Unit.Level.COMMUNE]
        one["districts"] = [name for name, _whole, level in found if level == Unit.Level.DISTRICT]
