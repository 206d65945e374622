"""Pages on which a plan's text is written: one section a page, and the head of the plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forms.plans import FactsForm, SectionForm
from campaigns.models import PlanSection
from campaigns.operations.guards import Conflict
from campaigns.operations.plans import save_facts, save_section
from campaigns.operations.sections import PlanFacts
from campaigns.outlines import issuers_of, section
from campaigns.views.plan_desk import Desk, desk_of, form_page, refuse
from provinces.drafts import find_draft, restore
from provinces.operations.memory import forget_draft
from provinces.workflow import Refused

DRAFT = "plan_section"


def plan_section(request: HttpRequest, t: str, y: int, id: str, key: str) -> HttpResponse:
    """One section on one page."""
    desk = desk_of(request, t, y, id)
    row = get_object_or_404(desk.plan.sections.select_related("plan", "edited_by__user"), key=key)
    row.plan = desk.plan
    if not desk.writes:
        return redirect(desk.address("plan"))
    if request.method == "POST":
        return _save_section(request, desk, row)
    saved = find_draft(request.seat, DRAFT, f"{desk.plan.public_id}/{key}")
    initial = {"text": row.text, "version": row.version, "done": "yes" if row.done else "no"}
    return _section_page(request, desk, row, restore(SectionForm(initial=initial), saved), saved=saved)


def _save_section(request: HttpRequest, desk: Desk, row: PlanSection) -> HttpResponse:
    form, newest = SectionForm(request.POST), None
    if form.is_valid():
        typed, at = form.cleaned_data, timezone.now()
        try:
            save_section(
                row, typed["text"], version=typed["version"], done=typed["done"] == "yes", by=request.seat, at=at
            )
        except Conflict as conflict:
            newest = conflict.newest
            refuse(form, conflict)
        except Refused as refused:
            refuse(form, refused)
        else:
            forget_draft(DRAFT, f"{desk.plan.public_id}/{row.key}", by=request.seat)
            return redirect(_after(request, desk, row.key))
    return _section_page(request, desk, row, form, newest=newest, status=409 if newest else 422)


def _after(request: HttpRequest, desk: Desk, key: str) -> str:
    """The next section, or the list of sections."""
    keys = PlanSection.Key.values
    following = keys[keys.index(key) + 1 :]
    if "next" in request.POST and following:
        return desk.address("plan_section", key=following[0])
    return desk.address("plan")


def _section_page(request, desk, row, form, *, saved=None, newest=None, status=200) -> HttpResponse:
    context = {
        "desk": desk,
        "plan": desk.plan,
        "row": row,
        "form": form,
        "saved": saved.saved_at if saved else None,
        "object_key": f"{desk.plan.public_id}/{row.key}",
        "newest": newest,
        "hint": _hint(desk, row.key),
        "comments": desk.plan.comments.filter(sent=True, anchor=section(row.key)).select_related("by__user"),
    }
    return render(request, "campaigns/plan_section.html", context, status=status)


def _hint(desk: Desk, key: str) -> str:
    """What the section holds, and what is written for it when it stays empty."""
    hints = {
        PlanSection.Key.BASIS: _("One basis a line. Lines that begin with “Căn cứ” are printed in italics"),
        PlanSection.Key.PURPOSE: _("One paragraph a line; number them yourself: 1. …"),
        PlanSection.Key.THEME: _("Empty: theme, time and area are printed as the campaign states them. “%(theme)s”")
        % {"theme": desk.outline.theme or "…"},
        PlanSection.Key.CONTENT: _("Words before the tasks; the tasks themselves are in the table"),
        PlanSection.Key.MONEY: _("Words about the sources; the sums of the tasks are added by themselves"),
        PlanSection.Key.ORGANISATION: _(
            "Who reports to whom, by when. The tasks of each department are added by themselves"
        ),
        PlanSection.Key.MESSAGES: _("One message a line; they become annex I"),
    }
    return str(hints.get(key, ""))


def plan_facts(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Subject, issuer, kind of document, budget."""
    desk = desk_of(request, t, y, id)
    if not desk.writes:
        return redirect(desk.address("plan"))
    row, day = desk.plan, desk.plan.duty_day
    initial = {"subject": row.subject, "issuer": row.issuer_id, "paper": row.paper, "budget": row.budget}
    form = FactsForm(request.POST or None, issuers=issuers_of([row.owner], day), day=day, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = PlanFacts(**form.cleaned_data, programmes=tuple(row.programmes.all()))
        try:
            save_facts(row, facts, by=request.seat, at=timezone.now())
            return redirect(desk.address("plan"))
        except Refused as refused:
            refuse(form, refused)
    return form_page(request, "campaigns/plan_facts.html", desk, form)
