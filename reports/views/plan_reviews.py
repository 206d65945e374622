"""The committee's review of a plan: the text as it will be printed, the comments beside it, the conclusion."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.anchors import anchor_groups, place_of_anchor, words_of_anchors
from campaigns.forms.plans import CommentForm, DecisionForm
from campaigns.models import Plan, PlanComment
from campaigns.operations.reviews import (
    approve_plan,
    comment_on_plan,
    open_plan_for_review,
    remove_comment,
    return_plan,
)
from campaigns.queries import comments_asked_by
from campaigns.views.plan_desk import Desk, desk_of, refuse
from campaigns.views.plan_versions import changed_since
from provinces.drafts import find_draft, restore
from provinces.operations.memory import forget_draft
from provinces.workflow import Refused
from reports.views.plan_sheet import sheet_of

FORM = "plan_review"


def plan_review(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Opening it is seeing it: from then on its author cannot withdraw it."""
    desk = desk_of(request, t, y, id)
    if "reviewer" not in desk.powers:
        raise Http404
    if not desk.reviews:
        return redirect(desk.address("plan"))
    if request.method == "POST":
        return _post(request, desk)
    try:
        open_plan_for_review(desk.plan, by=request.seat, at=timezone.now())
    except Refused as refused:
        messages.info(request, str(refused.sentence))
        return redirect(desk.address("plan"))
    saved = find_draft(request.seat, FORM, desk.plan.public_id)
    initial = {"anchor": request.GET.get("ve", ""), "kind": "must"}
    form = CommentForm(anchors=anchor_groups(desk.plan, desk.outline), initial=initial)
    return _page(request, desk, restore(form, saved), DecisionForm(), saved=saved)


def _post(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _conclude(request, desk) if "conclude" in request.POST else _comment(request, desk)


def _comment(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = CommentForm(request.POST, anchors=anchor_groups(desk.plan, desk.outline))
    if form.is_valid():
        typed = form.cleaned_data
        try:
            row = comment_on_plan(
                desk.plan, typed["anchor"], typed["kind"], typed["text"], by=request.seat, at=timezone.now()
            )
            forget_draft(FORM, desk.plan.public_id, by=request.seat)
            return redirect(f"{desk.address('plan_review')}#y{row.pk}")
        except Refused as refused:
            refuse(form, refused)
    return _page(request, desk, form, DecisionForm(), status=422)


@require_POST
def plan_comment_remove(request: HttpRequest, t: str, y: int, id: str, comment: int) -> HttpResponse:
    """Take back one's own comment."""
    desk = desk_of(request, t, y, id)
    row = get_object_or_404(desk.plan.comments, pk=comment)
    row.plan = desk.plan
    try:
        remove_comment(row, by=request.seat, at=timezone.now())
    except Refused as refused:
        messages.info(request, str(refused.sentence))
    return redirect(desk.address("plan_review"))


def _conclude(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The conclusion is repeated in words before it counts."""
    decision = DecisionForm(request.POST)
    returns = decision.is_valid() and decision.cleaned_data["decision"] == "return"
    unsent = list(desk.plan.comments.filter(sent=False))
    must = sum(comment.kind == PlanComment.Kind.MUST for comment in unsent)
    if decision.is_valid() and returns and not must:
        decision.add_error("decision", _("A return needs at least one “Must fix” comment"))
    if decision.is_valid() and not returns and must:
        decision.add_error(
            "decision", _("There is a “Must fix” comment: return the plan, or take the comment back first")
        )
    if not decision.is_valid():
        return _page(request, desk, _blank(desk), decision, status=422)
    if "confirmed" in request.POST:
        return _done(request, desk, decision, returns)
    context = {"desk": desk, "plan": desk.plan, "decision": decision, "returns": returns}
    return render(request, "reports/plan_review_confirm.html", {**context, "count": len(unsent), "must": must})


def _blank(desk: Desk) -> CommentForm:
    return CommentForm(anchors=anchor_groups(desk.plan, desk.outline), initial={"kind": "must"})


def _done(request: HttpRequest, desk: Desk, decision: DecisionForm, returns: bool) -> HttpResponse:
    decide = return_plan if returns else approve_plan
    try:
        decide(desk.plan, by=request.seat, at=timezone.now())
    except Refused as refused:
        desk.plan.refresh_from_db()
        if desk.plan.status != Plan.Status.SUBMITTED:
            messages.info(request, str(refused.sentence))
            return redirect(desk.address("plan"))
        refuse(decision, refused)
        return _page(request, desk, _blank(desk), decision, status=422)
    words = _("The plan is returned with the comments") if returns else _("The plan is approved")
    messages.success(request, words)
    return redirect(desk.address("plan"))


def _page(request: HttpRequest, desk: Desk, form, decision, *, saved=None, status=200) -> HttpResponse:
    comments = list(desk.plan.comments.select_related("by__user"))
    about = words_of_anchors(desk.plan, {comment.anchor for comment in comments}, desk.outline)
    marked: dict[str, list] = {}
    for number, comment in enumerate(comments, start=1):
        marked.setdefault(place_of_anchor(comment.anchor), []).append((number, comment.pk))
    context = {
        "desk": desk,
        "plan": desk.plan,
        "form": form,
        "decision": decision,
        "saved": saved,
        "faulty": status == 422,
        "sheet": sheet_of(desk.plan, desk.outline, marked),
        "comments": [
            {"row": c, "no": n, "about": about.get(c.anchor, ""), "place": place_of_anchor(c.anchor)}
            for n, c in enumerate(comments, start=1)
        ],
        "must": sum(c.kind == PlanComment.Kind.MUST and not c.sent for c in comments),
        "changes": changed_since(desk),
        "comments_by": comments_asked_by(desk.plan),
    }
    return render(request, "reports/plan_review.html", context, status=status)
