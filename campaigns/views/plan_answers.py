"""The committee's comments as the author's work list: each is answered before the plan goes back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.anchors import place_of_anchor, words_of_anchors
from campaigns.forms.plans import AnswerForm
from campaigns.models import PlanComment
from campaigns.operations.reviews import answer_comment
from campaigns.views.plan_desk import Desk, desk_of, refuse
from provinces.workflow import Refused


def comments_on(desk: Desk) -> list[dict]:
    """The sent comments in the order of work: those without an answer first, must-fix before advice.

    They are between those who write and those who review; a department that reads the plan does not see them.
    """
    if not desk.powers:
        return []
    comments = list(desk.plan.comments.filter(sent=True).select_related("by__user", "by__department"))
    if not comments:
        return []
    about = words_of_anchors(desk.plan, {comment.anchor for comment in comments}, desk.outline)
    rows = [_row(desk, comment, about.get(comment.anchor, "")) for comment in comments]
    rows.sort(key=lambda row: (bool(row["comment"].answer), row["comment"].kind != PlanComment.Kind.MUST))
    rows[0]["first"] = not rows[0]["comment"].answer
    return rows


def _row(desk: Desk, comment: PlanComment, about: str) -> dict:
    given = {"answer": comment.answer, "explanation": comment.explanation}
    return {
        "comment": comment,
        "about": about,
        "form": AnswerForm(prefix=f"c{comment.pk}", initial=given),
        "open": desk.writes,
        "url": _where(desk, comment, about) if desk.writes else "",
    }


def _where(desk: Desk, comment: PlanComment, about: str) -> str:
    """The page on which the place is put right; none when it has been taken out."""
    place = place_of_anchor(comment.anchor)
    if place.startswith("target:") or comment.anchor.startswith("target:"):
        return desk.address("plan_targets")
    there = place.startswith("section:") or any(place == f"task:{line.task.public_id}" for line in desk.outline.lines)
    return desk.where(place) if there and about else ""


@require_POST
def plan_answer(request: HttpRequest, t: str, y: int, id: str, comment: int) -> HttpResponse:
    """The author's answer to one comment."""
    desk = desk_of(request, t, y, id)
    row = get_object_or_404(desk.plan.comments.filter(sent=True), pk=comment)
    row.plan = desk.plan
    form = AnswerForm(request.POST, prefix=f"c{row.pk}")
    if form.is_valid():
        typed = form.cleaned_data
        try:
            answer_comment(row, typed["answer"], typed["explanation"], by=request.seat, at=timezone.now())
            return redirect(f"{desk.address('plan')}#c{row.pk}")
        except Refused as refused:
            refuse(form, refused)
    about = words_of_anchors(desk.plan, {row.anchor}, desk.outline).get(row.anchor, "")
    context = {"desk": desk, "plan": desk.plan, "comment": row, "about": about, "form": form}
    return render(request, "campaigns/plan_answer.html", context, status=422)
