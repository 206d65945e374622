"""The review of a submitted plan: opened, commented, returned or approved; and the author's answers."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.anchors import anchors_of
from campaigns.assignments import leads_of
from campaigns.models import Plan, PlanComment
from campaigns.operations.guards import clean_text, hold_for_writing
from campaigns.operations.telling import tell_approved, tell_returned
from provinces.models import Seat
from provinces.workflow import Refused, move, record_event


@transaction.atomic
def open_plan_for_review(plan: Plan, *, by: Seat, at: datetime.datetime) -> Plan:
    """Note that the reviewer has opened the plan, which its author can then no longer withdraw."""
    _refuse_stranger(plan, by)
    opened = Plan.objects.visible_to(by).filter(pk=plan.pk, status=Plan.Status.SUBMITTED, opened_at=None)
    if opened.update(opened_at=at):
        record_event("plan.open", plan, by=by, at=at)
    plan.refresh_from_db()
    return plan


@transaction.atomic
def comment_on_plan(plan: Plan, anchor: str, kind: str, text: str, *, by: Seat, at: datetime.datetime) -> PlanComment:
    """Add a reviewer's comment to a section, task or figure; its author sees it with the decision."""
    _refuse_stranger(plan, by)
    _hold_for_review(plan, by)
    if anchor not in anchors_of(plan):
        raise Refused(_("Choose the section, task or figure that the comment is about"), field="anchor")
    text = clean_text(text, label=_("Comment"), field="text", longest=4000)
    if not text:
        raise Refused(_("%(label)s is missing") % {"label": _("Comment")}, field="text")
    comment = PlanComment.objects.create(plan=plan, anchor=anchor, kind=kind, text=text, by=by, at=at)
    record_event("plan.comment", plan, by=by, at=at, details={"anchor": anchor, "kind": kind})
    return comment


@transaction.atomic
def remove_comment(comment: PlanComment, *, by: Seat, at: datetime.datetime) -> None:
    """Take back one's own comment that has not been sent yet."""
    _hold_for_review(comment.plan, by)
    gone, _rows = PlanComment.objects.filter(pk=comment.pk, by=by, sent=False).delete()
    if not gone:
        raise Refused(_("Only one's own comment can be taken back, and only before it is sent"))
    record_event("plan.remove_comment", comment.plan, by=by, at=at, details={"anchor": comment.anchor})


def _refuse_stranger(plan: Plan, by: Seat) -> None:
    if "reviewer" not in plan.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})


def _hold_for_review(plan: Plan, by: Seat) -> None:
    """Refuse unless the plan is under review; holds the row, so a decision waits for the comment or overtakes it."""
    held = Plan.objects.visible_to(by).filter(pk=plan.pk, status=Plan.Status.SUBMITTED).update(lineage=plan.lineage)
    if not held:
        raise Refused(_("The plan is not under review, so it takes no comments now"))


@transaction.atomic
def return_plan(plan: Plan, *, by: Seat, at: datetime.datetime) -> Plan:
    """Give the plan back to its author with at least one comment that must be fixed."""
    if not plan.comments.filter(sent=False, kind=PlanComment.Kind.MUST).exists():
        raise Refused(_("A return needs at least one “Must fix” comment"))
    sent = plan.comments.filter(sent=False).count()
    must = plan.comments.filter(sent=False, kind=PlanComment.Kind.MUST).count()
    move(plan, Plan.Status.RETURNED, by=by, at=at, details={"comments": sent}, opened_at=None)
    plan.comments.filter(sent=False).update(sent=True)
    tell_returned(plan, sent, must, by=by, at=at)
    return plan


@transaction.atomic
def approve_plan(plan: Plan, *, by: Seat, at: datetime.datetime) -> Plan:
    """Approve the plan: departments see their tasks as planned, the standing office may issue it."""
    if plan.comments.filter(sent=False, kind=PlanComment.Kind.MUST).exists():
        raise Refused(_("There is a “Must fix” comment: return the plan, or take the comment back first"))
    move(plan, Plan.Status.APPROVED, by=by, at=at)
    plan.comments.filter(sent=False).update(sent=True)
    tell_approved(plan, leads_of(plan, list(plan.tasks.all())), by=by, at=at)
    return plan


@transaction.atomic
def answer_comment(
    comment: PlanComment, answer: str, explanation: str = "", *, by: Seat, at: datetime.datetime
) -> PlanComment:
    """Say of a comment that it was fixed, or explain why not."""
    hold_for_writing(comment.plan, by=by)
    if answer not in PlanComment.Answer.values:
        raise Refused(_("Choose “Fixed” or “Explain”"), field="answer")
    explanation = clean_text(explanation, label=_("Explanation"), field="explanation", longest=4000)
    if answer == PlanComment.Answer.EXPLAINED and not explanation:
        raise Refused(_("%(label)s is missing") % {"label": _("Explanation")}, field="explanation")
    answered = PlanComment.objects.filter(pk=comment.pk, sent=True).update(
        answer=answer, explanation=explanation, answered_at=at
    )
    if not answered:
        raise Refused(_("This comment has not been sent"))
    record_event("plan.answer_comment", comment.plan, by=by, at=at, details={"comment": comment.pk, "answer": answer})
    comment.refresh_from_db()
    return comment
