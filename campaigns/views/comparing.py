"""Pages over the plans of all years: finding words in them, laying two side by side."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from campaigns.comparing import compare, plans_to_compare
from campaigns.forms.comparing import CompareForm, SearchForm
from campaigns.models import Plan
from campaigns.outlines import Outline
from campaigns.queries import Place
from campaigns.searching import Found, Hit, Results, search_plans, similar_names
from campaigns.views.place import place_of
from provinces.models import Unit
from provinces.queries import address_of

PAGE = 20
CHOICES = 400  # plans offered for comparing


def plan_search(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Words in the plans of all years that the seat may see."""
    place = place_of(request, t, y)
    form = SearchForm(request.GET or None, provinces=_provinces(request))
    asked = form.cleaned_data if form.is_valid() else {}
    words = asked.get("tim", "")
    found = search_plans(request.seat, words, year=asked.get("nam"), province=asked.get("tinh")) if words else Results()
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    context = {
        "place": place,
        "form": form,
        "words": words,
        "page": page,
        "rows": [_found_row(one) for one in page],
        "count": len(found),
        "cut": found.cut,
        "similar": similar_names(words, place.province) if words and not found else [],
    }
    return render(request, "campaigns/plan_search.html", context, status=422 if form.errors else 200)


def _provinces(request: HttpRequest) -> list[Unit]:
    """The provinces a seat can choose from, when it sees more than one."""
    rows = Unit.objects.filter(pk__in=request.seat.reach.provinces).prefetch_related("names").order_by("slug")
    return list(rows) if len(request.seat.reach.provinces) > 1 else []


def _found_row(one: Found) -> dict:
    return {
        "plan": one.plan,
        "url": plan_address(one.plan),
        "province": province_name(one.plan),
        "hits": [(hit, _hit_address(one.plan, hit)) for hit in one.hits[:5]],
        "more": max(len(one.hits) - 5, 0),
    }


def plan_address(plan: Plan) -> str:
    """The page of a plan of any year and province."""
    where = {"t": address_of(plan.province, plan.year_from), "y": plan.year_from, "id": plan.public_id}
    return reverse("plan", kwargs=where)


def _hit_address(plan: Plan, hit: Hit) -> str:
    """The part of the plan's page that holds the words."""
    part = {"section": "muc", "task": "nhiem-vu"}.get(hit.where.partition(":")[0], "noi-dung")
    return f"{plan_address(plan)}#{part}"


def province_name(plan: Plan) -> str:
    """The plan's province as it was called then, as it stands inside a sentence."""
    return plan.province.name_on(plan.duty_day).in_sentence


def plan_compare(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Two plans task by task; without a choice, the newest of the place against the one before."""
    place = place_of(request, t, y)
    plans = list(plans_to_compare(request.seat, place.province)[:CHOICES])
    old, new = _chosen(request, place, plans)
    form = CompareForm(
        initial={"truoc": old.public_id if old else "", "sau": new.public_id if new else ""}, plans=plans
    )
    context = {"place": place, "form": form, "plans": plans, "old": old, "new": new}
    if old and new:
        context |= {"comparison": compare(Outline(old), Outline(new)), "old_name": _name(old), "new_name": _name(new)}
        context |= {"old_url": plan_address(old), "new_url": plan_address(new)}
    return render(request, "campaigns/plan_compare.html", context)


def _name(plan: Plan) -> str:
    return f"{plan.year_from}, {province_name(plan)}"


def _chosen(request: HttpRequest, place: Place, plans: list[Plan]) -> tuple[Plan | None, Plan | None]:
    """The two plans that the address names; a plan that the seat may not compare is not there."""
    known = {plan.public_id: plan for plan in plans}
    asked = [request.GET.get(name, "") for name in ("truoc", "sau")]
    if any(each and each not in known for each in asked):
        raise Http404
    old, new = (known.get(each) for each in asked)
    new = new or _newest(place, [plan for plan in plans if plan != old])
    return old or _before(new, plans), new


def _newest(place: Place, plans: list[Plan]) -> Plan | None:
    """The place's own plan of the month, else the newest there is."""
    here = [plan for plan in plans if plan.province == place.province and plan.year_from == place.year]
    return next((plan for plan in here if plan.kind == Plan.Kind.MONTH), next(iter([*here, *plans]), None))


def _before(new: Plan | None, plans: list[Plan]) -> Plan | None:
    """The plan that `new` was copied from, else the newest earlier one of its kind."""
    if new is None:
        return None
    source = next((plan for plan in plans if plan.pk == new.copied_from_id), None)
    earlier = [plan for plan in plans if plan.year_from < new.year_from]
    return source or next((plan for plan in earlier if plan.kind == new.kind), next(iter(earlier), None))
