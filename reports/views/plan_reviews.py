"""The committee's review of a plan: the text as it will be printed, the comments beside it, the conclusion."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.forms.plans import CommentForm, DecisionForm
from campaigns.models import Plan, PlanComment
from campaigns.operations.reviews import (
    approve_plan,
    comment_on_plan,
    open_plan_for_review,
    remove_comment,
    return_plan,
)
from campaigns.outlines import anchors_of
from campaigns.views.plan_desk import Desk, desk_of, refuse
from provinces.drafts import find_draft, restore
from provinces.operations.memory import forget_draft
from provinces.workflow import Refused
from reports.documents import phrases
from reports.papers.plan import plan_paper, plan_parts

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
    form = CommentForm(anchors=anchors_of(desk.plan), initial={"anchor": request.GET.get("ve", ""), "kind": "must"})
    return _page(request, desk, restore(form, saved), DecisionForm(), saved=saved)


def _post(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _conclude(request, desk) if "conclude" in request.POST else _comment(request, desk)


def _comment(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = CommentForm(request.POST, anchors=anchors_of(desk.plan))
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
    return CommentForm(anchors=anchors_of(desk.plan), initial={"kind": "must"})


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
    anchors = anchors_of(desk.plan)
    numbers = {comment.pk: number for number, comment in enumerate(comments, start=1)}
    context = {
        "desk": desk,
        "plan": desk.plan,
        "form": form,
        "decision": decision,
        "saved": saved.saved_at if saved else None,
        "faulty": status == 422,
        "parts": _parts(desk, comments, numbers),
        "head": _head(desk),
        "comments": [{"row": c, "no": numbers[c.pk], "about": anchors.get(c.anchor, "")} for c in comments],
        "must": sum(c.kind == PlanComment.Kind.MUST and not c.sent for c in comments),
    }
    return render(request, "reports/plan_review.html", context, status=status)


def _head(desk: Desk) -> dict:
    """The lines round the text, the same words as on paper."""
    paper = plan_paper(desk.plan)
    return {
        "superior": paper.letterhead.superior.upper(),
        "body": paper.letterhead.body.upper().split("\n"),
        "number": _roomy(phrases.number_line(paper)),
        "place": _roomy(phrases.place_line(paper)),
        "nation": phrases.NATION,
        "motto": phrases.MOTTO,
        "kind": paper.kind,
        "subject": phrases.subject_line(paper),
        "bases": phrases.base_lines(paper),
        "copies": phrases.copy_lines(paper),
        "signature": phrases.signature_lines(paper),
        "messages": [block.text for annex in paper.annexes[:1] if not annex.landscape for block in annex.blocks],
    }


def _roomy(line: str) -> str:
    """Room left for a number or a day stays open on screen."""
    return line.replace("  ", "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}")


def _parts(desk: Desk, comments, numbers) -> list[dict]:
    """The parts of the text, each with the numbers of the comments about it at its first place."""
    _bases, parts = plan_parts(desk.outline)
    waiting = {}
    for comment in comments:
        waiting.setdefault(comment.anchor, []).append((numbers[comment.pk], comment.pk))
    return [
        {
            "anchor": part.anchor,
            "blocks": [{"kind": type(block).__name__, "block": block} for block in part.blocks],
            "marks": waiting.pop(part.anchor, []),
        }
        for part in parts
        if part.blocks
    ]
