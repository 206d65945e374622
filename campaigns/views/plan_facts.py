"""The head and the foot of a plan: subject, issuer, kind of document, budget, whom it goes to, programmes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from campaigns.forms.plans import FactsForm
from campaigns.operations.plans import save_facts
from campaigns.operations.sections import PlanFacts
from campaigns.outlines import issuers_of
from campaigns.versions import parents_for
from campaigns.views.plan_desk import Desk, desk_of, form_page, refuse
from provinces.workflow import Refused

SAME = ("subject", "paper", "budget", "addressees", "recipients")


def plan_facts(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """What stands on the head and the foot of the document."""
    desk = desk_of(request, t, y, id)
    if not desk.writes:
        return redirect(desk.address("plan"))
    form = _form(desk, request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = PlanFacts(**{**form.cleaned_data, "programmes": tuple(form.cleaned_data["programmes"])})
        try:
            save_facts(desk.plan, facts, by=request.seat, at=timezone.now())
            return redirect(desk.address("plan"))
        except Refused as refused:
            refuse(form, refused)
    return form_page(request, "campaigns/plan_facts.html", desk, form)


def _form(desk: Desk, posted) -> FactsForm:
    plan, day = desk.plan, desk.plan.duty_day
    given = {name: getattr(plan, name) for name in SAME}
    parents = parents_for([plan.owner], desk.seat, plan.province, desk.place.year)
    lineage = plan.parent.lineage if plan.parent else None
    given |= {"issuer": plan.issuer_id, "parent": next((row.pk for row in parents if row.lineage == lineage), None)}
    given["programmes"] = [row.pk for row in plan.programmes.all()]
    return FactsForm(posted, issuers=issuers_of([plan.owner], day), parents=parents, day=day, initial=given)
