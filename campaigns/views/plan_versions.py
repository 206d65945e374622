"""Two versions of a plan side by side, and the amendment of an issued one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaigns.anchors import MONEY, place_of_anchor, words_of_anchors
from campaigns.changes import Change, Field, changes_between, pieces_between
from campaigns.forms.plans import AmendForm
from campaigns.models import Plan, PlanSection
from campaigns.models.tasks import MoneyForm
from campaigns.operations.amendments import amend_plan
from campaigns.outlines import HEADINGS
from campaigns.versions import Compared
from campaigns.views.plan_desk import Desk, desk_of, form_page, refuse
from provinces.vietnamese import format_money
from provinces.views.once import answer_once
from provinces.workflow import Refused

FIELDS = {
    "subject": gettext_lazy("Subject"),
    "issuer": gettext_lazy("Issued by"),
    "paper": gettext_lazy("Kind of document"),
    "budget": gettext_lazy("Total budget"),
    "addressees": gettext_lazy("Addressees"),
    "recipients": gettext_lazy("Recipients of copies"),
    "programmes": gettext_lazy("Programmes"),
    "text": gettext_lazy("Text of the section"),
    "title": gettext_lazy("Task"),
    "heading": gettext_lazy("Heading of section III"),
    "lead": gettext_lazy("Lead"),
    "partners": gettext_lazy("Partners"),
    "when": gettext_lazy("Time"),
    "place": gettext_lazy("Place"),
    "optional": gettext_lazy("According to local conditions"),
    "targets": gettext_lazy("Targets"),
    "money": gettext_lazy("Money"),
    "words": gettext_lazy("Quantity"),
    "state": gettext_lazy("State budget"),
    "mobilised": gettext_lazy("Other lawful mobilisation"),
    "total": gettext_lazy("Total"),
    "integrated": gettext_lazy("Integrated"),
}
AMOUNTS = {"budget", "state", "mobilised", "total", "integrated"}
WHAT = {"added": gettext_lazy("Added"), "removed": gettext_lazy("Taken out"), "changed": gettext_lazy("Changed")}


def compared(desk: Desk) -> Compared:
    """What the seat may lay side by side."""
    return Compared(desk.plan, desk.outline, inside=bool(desk.powers))


def changed_since(desk: Desk) -> dict | None:
    """How many places of a plan differ from what was there before it; None for the first text of all."""
    states = compared(desk)
    pairs = states.pairs()
    if not pairs:
        return None
    old, new = pairs[-1]
    n = len(changes_between(states.content(old.key), states.content(new.key)))
    return {"n": n, "old": old, "new": new, "url": desk.address("plan_changes")}


@require_safe
def plan_changes(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“So sánh hai bản”: per place and field what was and what is, with the comments and their answers."""
    desk = desk_of(request, t, y, id)
    states = compared(desk)
    pairs = states.pairs()
    keys = {state.key: state for state in states.states}
    chosen = pairs[-1] if pairs else None
    if request.GET.get("tu") or request.GET.get("den"):
        chosen = keys.get(request.GET.get("tu", "")), keys.get(request.GET.get("den", ""))
    if chosen is None or None in chosen:
        raise Http404
    old, new = chosen
    changes = changes_between(states.content(old.key), states.content(new.key))
    context = {
        "desk": desk,
        "plan": desk.plan,
        "old": old,
        "new": new,
        "pairs": [{"old": a, "new": b, "on": (a, b) == chosen} for a, b in pairs],
        "places": _places(desk, changes),
    }
    return render(request, "campaigns/plan_changes.html", context)


def _places(desk: Desk, changes: list[Change]) -> list[dict]:
    """The changed places, then those that have a comment and stayed as they were."""
    comments = _comments_by_place(desk)
    found = [
        {
            "anchor": change.anchor,
            "title": _title(change),
            "what": WHAT[change.what],
            "fields": [row for row in map(_field, change.fields) if row["old"] or row["new"]],
            "comments": comments.pop(change.anchor, []),
        }
        for change in changes
    ]
    words = words_of_anchors(desk.plan, set(comments), desk.outline)
    return found + [
        {"anchor": anchor, "title": words.get(anchor, ""), "fields": [], "comments": rows}
        for anchor, rows in comments.items()
    ]


def _comments_by_place(desk: Desk) -> dict[str, list]:
    """Comments with their answers, for those who write or review; a figure's stand at its task or section."""
    rows = desk.plan.comments.select_related("by__user") if desk.powers else []
    found: dict[str, list] = {}
    for row in rows:
        if row.sent or "reviewer" in desk.powers:
            place = row.anchor if row.anchor.startswith("target:") else place_of_anchor(row.anchor)
            found.setdefault(MONEY if row.anchor == MONEY else place, []).append(row)
    return found


def _title(change: Change) -> str:
    if change.kind == "section":
        return PlanSection.Key(change.key).label
    if change.kind == "task":
        task = change.new or change.old
        return f"{task['number']}. {task['title']}"
    if change.kind == "target":
        return (change.new or change.old)["name"]
    return _("Money of the whole plan") if change.anchor == MONEY else _("Head of the plan")


def _field(field: Field) -> dict:
    old, new = pieces_between(_said(field.name, field.old), _said(field.name, field.new))
    return {"label": FIELDS[field.name], "old": old, "new": new}


def _said(name: str, value) -> str:
    """A value in words; nothing where there was nothing."""
    if value is None or value == "" or value == []:
        return ""
    if name == "optional":
        return _("yes") if value else ""
    if name in AMOUNTS:
        return format_money(value)
    if name == "money":
        forms = dict(MoneyForm.choices)
        return "\n".join(f"{format_money(amount)}, {source}, {forms[form]}" for source, form, amount in value)
    if isinstance(value, list):
        return "\n".join(value)
    return {"paper": dict(Plan.Paper.choices), "heading": HEADINGS}.get(name, {}).get(value, value)


def plan_amend(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Điều chỉnh”: why; then the next version opens as a draft."""
    desk = desk_of(request, t, y, id)
    if not desk.amends:
        return redirect(desk.address("plan"))
    form = AmendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            answer = answer_once(request, lambda: _amended(desk, form.cleaned_data["reason"], at), at=at)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(
                request,
                _("Version %(n)s is open; the issued one stays in force until it is issued")
                % {"n": desk.plan.version + 1},
            )
            return answer
    return form_page(request, "campaigns/plan_amend.html", desk, form)


def _amended(desk: Desk, reason: str, at) -> str:
    made = amend_plan(desk.plan, reason, by=desk.seat, at=at)
    return Desk(desk.place, made, desk.seat).address("plan")
