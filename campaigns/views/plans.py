"""Pages of a plan: the list, the plan itself, the check, submitting, answering, issuing."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.forms.plans import AnswerForm, IssueForm
from campaigns.models import Plan, PlanComment, PlanSection
from campaigns.operations.guards import refuse_unsigned
from campaigns.operations.plans import IssueFacts, issue_plan, submit_plan, withdraw_plan
from campaigns.operations.reviews import answer_comment
from campaigns.outlines import Outline, anchors_of, plans_of, writers_of
from campaigns.queries import plans_to_copy
from campaigns.views.place import place_of
from campaigns.views.plan_desk import Desk, desk_of, form_page, refuse
from provinces.models import Event
from provinces.tasks import send_digests
from provinces.templatetags.vi import money
from provinces.vietnamese import format_moment
from provinces.views.bell import ring
from provinces.workflow import Refused


def plans(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Every plan of the province and year that the seat may see."""
    place = place_of(request, t, y)
    desks = [Desk(place, plan, request.seat) for plan in plans_of(request.seat, place.province, place.year)]
    desks.sort(key=lambda desk: (desk.plan.owner.unit.level != "province", desk.plan.kind != "month", desk.plan.pk))
    month = [desk for desk in desks if desk.plan.kind == Plan.Kind.MONTH]
    starts = bool(writers_of(request.seat, place.province, place.campaign.opens_on))
    context = {
        "place": place,
        "month": [_row(desk) for desk in month],
        "others": [_row(desk) for desk in desks if desk not in month],
        "starts": starts,
        "last": plans_to_copy(request.seat, place.province, place.year).first() if starts else None,
    }
    return render(request, "campaigns/plans.html", context)


def _row(desk: Desk) -> dict:
    plan = desk.plan
    notes = [desk.owner_name, plan.get_kind_display()]
    if plan.number or plan.dated:
        notes.append(_("no. %(number)s") % {"number": f"{plan.number or '…'}/{plan.symbol}".rstrip("/")})
    elif plan.submitted_at and plan.status == Plan.Status.SUBMITTED:
        notes.append(_("submitted %(time)s") % {"time": format_moment(plan.submitted_at)})
    page = "plan_review" if desk.reviews else "plan"
    return {"title": plan.subject, "url": desk.address(page), "desk": desk, "note": " · ".join(map(str, notes))}


def plan(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The plan as a list of its sections, with tasks, money, targets and what is missing."""
    desk = desk_of(request, t, y, id)
    comments = list(desk.plan.comments.filter(sent=True).select_related("by__user", "by__department"))
    context = {
        "desk": desk,
        "plan": desk.plan,
        "place": desk.place,
        "outline": desk.outline,
        "sections": _section_rows(desk),
        "done": sum(row.done for row in desk.outline.sections.values()),
        "errors": desk.gap_links(desk.outline.errors) if desk.writes else [],
        "comments": _comment_rows(desk, comments),
        "events": Event.objects.about(desk.plan).filter(verb__in=_milestones()).select_related("user"),
    }
    return render(request, "campaigns/plan.html", context)


def _milestones() -> list[str]:
    return ["plan.create", *{step.verb for step in Plan.MOVES}]


def _section_rows(desk: Desk) -> list[dict]:
    """One row a section: chip, who edited last, what is missing."""
    rows = []
    for key, row in desk.outline.sections.items():
        written = _written(desk, key)
        chip = "done" if row.done else "doing" if row.text or written else "todo"
        notes = [written]
        if row.edited_by:
            notes.append(f"{row.edited_by.user}, {format_moment(row.edited_at)}")
        url = desk.address("plan_section", key=key) if desk.writes else ""
        rows.append({"title": str(row), "url": url, "chip": chip, "note": " · ".join(filter(None, notes))})
    return rows


def _written(desk: Desk, key: str) -> str:
    """What the section holds besides its text: tasks, their money, the campaign's theme."""
    outline = desk.outline
    if key == PlanSection.Key.CONTENT:
        return _tasks_note(outline)
    if key == PlanSection.Key.MONEY and outline.money.total is not None:
        return _("%(amount)s from the tasks") % {"amount": money(outline.money.total)}
    if key == PlanSection.Key.THEME and outline.theme and not outline.sections[key].text:
        return _("Printed as the campaign states it")
    return ""


def _tasks_note(outline: Outline) -> str:
    lines = outline.lines
    if not lines:
        return ""
    without = sum(not line.has_lead for line in lines)
    words = _("tasks: %(n)s") % {"n": len(lines)}
    return f"{words}, {_('without a lead: %(n)s') % {'n': without}}" if without else words


def _comment_rows(desk: Desk, comments: list[PlanComment]) -> list[dict]:
    anchors = anchors_of(desk.plan) if comments else {}
    return [
        {
            "comment": comment,
            "about": anchors.get(comment.anchor, ""),
            "form": AnswerForm(prefix=f"c{comment.pk}"),
            "open": desk.writes and not comment.answer,
        }
        for comment in comments
    ]


def plan_check(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """What is missing before the plan is submitted, and the button that submits it."""
    desk = desk_of(request, t, y, id)
    if not desk.writes:
        return redirect(desk.address("plan"))
    return _check_page(request, desk)


def _check_page(request: HttpRequest, desk: Desk, refused: str = "") -> HttpResponse:
    waiting = desk.plan.comments.filter(sent=True, kind=PlanComment.Kind.MUST, answer="").count()
    context = {
        "desk": desk,
        "plan": desk.plan,
        "outline": desk.outline,
        "errors": desk.gap_links(desk.outline.errors),
        "warnings": desk.gap_links(desk.outline.warnings),
        "waiting": waiting,
        "ready": not waiting and not desk.outline.errors and not desk.leftovers,
        "refused": refused,
        "faulty": bool(refused),
    }
    return render(request, "campaigns/plan_check.html", context, status=422 if refused else 200)


@require_POST
def plan_submit(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Submit, and on to the receipt; a second press finds the first receipt."""
    desk = desk_of(request, t, y, id)
    try:
        submit_plan(desk.plan, by=request.seat, at=timezone.now())
    except Refused as refused:
        desk.plan.refresh_from_db()
        if desk.plan.status == Plan.Status.SUBMITTED:
            words = _("Received at %(time)s, code %(code)s. Pressing twice made no second copy")
            messages.info(request, words % {"time": format_moment(desk.plan.submitted_at), "code": desk.code})
            return redirect(desk.address("plan_receipt"))
        return _check_page(request, desk, str(refused.sentence))
    return redirect(desk.address("plan_receipt"))


@require_POST
def plan_withdraw(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Take the plan back while nobody has opened it."""
    desk = desk_of(request, t, y, id)
    try:
        withdraw_plan(desk.plan, by=request.seat, at=timezone.now())
        messages.info(request, _("The plan was withdrawn and is a draft again"))
    except Refused as refused:
        messages.info(request, str(refused.sentence))
    return redirect(desk.address("plan"))


def plan_receipt(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """What was received, when, and who acts next."""
    desk = desk_of(request, t, y, id)
    if desk.plan.submitted_at is None:
        return redirect(desk.address("plan"))
    return render(request, "campaigns/plan_receipt.html", {"desk": desk, "plan": desk.plan})


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
            return redirect(f"{desk.address('plan')}#y-kien")
        except Refused as refused:
            refuse(form, refused)
    context = {"desk": desk, "plan": desk.plan, "comment": row, "about": anchors_of(desk.plan).get(row.anchor, "")}
    return render(request, "campaigns/plan_answer.html", {**context, "form": form}, status=422)


def plan_issue(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Number, date and signer as the registry wrote them; then a page that repeats what issuing means."""
    desk = desk_of(request, t, y, id)
    if not desk.issues:
        return redirect(desk.address("plan"))
    form = IssueForm(request.POST or None, initial={"symbol": desk.plan.symbol, "signer": desk.plan.signer})
    form.fields["dated"].year = desk.place.year
    if request.method == "POST" and form.is_valid():
        try:
            if _issued(desk, IssueFacts(**form.cleaned_data), confirmed="confirm" in request.POST, at=timezone.now()):
                ring(send_digests)
                messages.success(request, _("The plan is issued; its tasks bind from now on"))
                return redirect(desk.address("plan"))
        except Refused as refused:
            refuse(form, refused)
    confirming = request.method == "POST" and not form.errors
    return form_page(request, "campaigns/plan_issue.html", desk, form, confirming=confirming)


def _issued(desk: Desk, facts: IssueFacts, *, confirmed: bool, at: datetime.datetime) -> bool:
    """Issue once confirmed; before that only say what would stand in the way."""
    if confirmed:
        issue_plan(desk.plan, facts, by=desk.seat, at=at)
    else:
        refuse_unsigned(facts.number, facts.dated, unknown=facts.number_unknown, issuer=desk.plan.issuer, at=at)
    return confirmed
