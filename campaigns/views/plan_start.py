"""The page on which a plan is started: from an earlier one, from the usual split of tasks, or from nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from campaigns.forms.plans import StartForm
from campaigns.models import Plan
from campaigns.operations.copying import copy_plan
from campaigns.operations.parents import start_from_parent
from campaigns.operations.plans import start_from_standard_split, start_plan
from campaigns.outlines import issuers_of, writers_of
from campaigns.queries import Place, plans_to_copy
from campaigns.versions import parents_for
from campaigns.views.place import place_of
from campaigns.views.plan_desk import Desk, refuse
from provinces.views.once import answer_once
from provinces.workflow import Refused

SOURCES = 6  # earlier plans that the page offers


def plan_new(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Start a plan; what there is to start from is offered."""
    place = place_of(request, t, y)
    day = place.campaign.opens_on
    owners = writers_of(request.seat, place.province, day)
    if not owners:
        return redirect("plans", t=t, y=y)
    wanted = request.GET.get("tu", "")
    form = StartForm(
        request.POST or None,
        owners=owners,
        issuers=issuers_of(owners, day),
        sources=plans_to_copy(request.seat, place.province, place.year)[:SOURCES],
        parents=parents_for(owners, request.seat, place.province, place.year),
        day=day,
        year=place.year,
        initial={"kind": Plan.Kind.MONTH, "subject": _subject(place), **({"base": f"copy:{wanted}"} if wanted else {})},
    )
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            return answer_once(request, lambda: _start(request, place, form.cleaned_data, at), at=at)
        except Refused as refused:
            refuse(form, refused)
    return render(
        request, "campaigns/plan_new.html", {"place": place, "form": form}, status=422 if form.errors else 200
    )


def _subject(place: Place) -> str:
    """The usual subject in Vietnamese, whatever language the page is in: it is printed."""
    return f"Triển khai {place.campaign.name} năm {place.year}"


def _start(request: HttpRequest, place: Place, typed: dict, at) -> str:
    """The address of the new plan; of a copy, the list of what still reads like the earlier year."""
    shared = {name: typed[name] for name in ("owner", "issuer", "paper")} | {"by": request.seat, "at": at}
    source = typed["source"]
    if source:
        usual = source.kind != Plan.Kind.MONTH and typed["subject"] == _subject(place)
        own = {"subject": "", "paper": ""} if usual else {"subject": typed["subject"]}
        plan = copy_plan(source, place.campaign, **{**shared, **own})
        return Desk(place, plan, request.seat).address("plan_leftovers")
    campaign = place.campaign if typed["kind"] == Plan.Kind.MONTH else None
    shared["parent"] = typed.get("parent")
    plan = start_plan(campaign, kind=typed["kind"], subject=typed["subject"], years=typed["years"], **shared)
    bases = {"split": start_from_standard_split, "parent": start_from_parent}
    if typed["base"] in bases:
        bases[typed["base"]](plan, by=request.seat, at=at)
    return Desk(place, plan, request.seat).address("plan")
