"""Pages of a plan: the list, the start, the plan itself, its sections, the check, submitting, issuing."""

import dataclasses
from functools import cached_property

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.forms.plans import AnswerForm, FactsForm, IssueForm, SectionForm, StartForm
from campaigns.models import Measure, Plan, PlanComment, PlanSection
from campaigns.operations.guards import Conflict
from campaigns.operations.plans import (
    IssueFacts,
    issue_plan,
    save_facts,
    save_section,
    start_from_standard_split,
    start_plan,
    submit_plan,
    withdraw_plan,
)
from campaigns.operations.reviews import answer_comment
from campaigns.operations.sections import PlanFacts
from campaigns.outlines import Gap, Outline, anchors_of, issuers_of, plan_code, plans_of, section, writers_of
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.drafts import find_draft, restore
from provinces.models import Department, Duty, Event, Seat
from provinces.operations.memory import forget_draft
from provinces.templatetags.vi import money
from provinces.vietnamese import format_moment
from provinces.views.once import answer_once
from provinces.workflow import Refused, can_move

DRAFT = "plan_section"


@dataclasses.dataclass
class Desk:
    """A plan on the desk of a seat: where the page stands and what the seat may do with the plan."""

    place: Place
    plan: Plan
    seat: Seat

    @cached_property
    def powers(self) -> frozenset[str]:
        return self.plan.powers(self.seat)

    @property
    def writes(self) -> bool:
        """The seat may write, and the plan is open for it."""
        return "own_editor" in self.powers and self.plan.is_open

    @property
    def reviews(self) -> bool:
        return "reviewer" in self.powers and self.plan.status == Plan.Status.SUBMITTED

    @property
    def withdraws(self) -> bool:
        return can_move(self.plan, Plan.Status.DRAFT, self.seat) and self.plan.opened_at is None

    @property
    def issues(self) -> bool:
        return can_move(self.plan, Plan.Status.ISSUED, self.seat)

    @property
    def side(self) -> str:
        """Whose chips the seat sees."""
        return "reviewer" if "reviewer" in self.powers and "own_editor" not in self.powers else "owner"

    @cached_property
    def outline(self) -> Outline:
        return Outline(self.plan)

    @property
    def code(self) -> str:
        return plan_code(self.plan)

    @property
    def owner_name(self) -> str:
        return str(self.plan.owner.name_on(self.plan.duty_day))

    @cached_property
    def reviewer_name(self) -> str:
        """Who looks at the plan: the province's committee on the plan's day, or the unit's own head."""
        if self.plan.owner.unit.level != "province":
            return _("the head of %(department)s") % {"department": self.owner_name}
        duties = Duty.objects.on(self.plan.duty_day).filter(kind=Duty.Kind.COMMITTEE, for_unit=self.plan.province)
        body = Department.objects.filter(duties__in=duties).prefetch_related("names").first()
        return str(body.name_on(self.plan.duty_day)) if body else _("the committee")

    def address(self, name: str, *parts, **more) -> str:
        where = {"t": self.place.slug, "y": self.place.year, "id": self.plan.public_id, **more}
        return reverse(name, kwargs=where)

    def gap_links(self, gaps: list[Gap]) -> list[tuple[str, str]]:
        """What is missing, with the page where it is put right."""
        return [(gap.sentence, self._where(gap.where)) for gap in gaps]

    def _where(self, anchor: str) -> str:
        kind, _colon, key = anchor.partition(":")
        if kind == "section":
            return self.address("plan_section", key=key)
        if kind == "task":
            return self.address("plan_task", task=key)
        return self.address("plan_facts") if anchor == "facts" else self.address("plan_task_new")


def desk_of(request: HttpRequest, t: str, y: int, id: str) -> Desk:
    """The plan of the address; 404 when it is of another place or out of sight."""
    place = place_of(request, t, y)
    plan = get_object_or_404(plans_of(request.seat, place.province, place.year), public_id=id)
    return Desk(place, plan, request.seat)


def refuse(form, refused: Refused) -> None:
    """Put a refusal beside its field, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused.sentence))


def plans(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Every plan of the province and year that the seat may see."""
    place = place_of(request, t, y)
    desks = [Desk(place, plan, request.seat) for plan in plans_of(request.seat, place.province, place.year)]
    desks.sort(key=lambda desk: (desk.plan.owner.unit.level != "province", desk.plan.kind != "month", desk.plan.pk))
    month = [desk for desk in desks if desk.plan.kind == Plan.Kind.MONTH]
    context = {
        "place": place,
        "month": [_row(desk) for desk in month],
        "others": [_row(desk) for desk in desks if desk not in month],
        "starts": bool(writers_of(request.seat, place.province, place.campaign.opens_on)),
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


def plan_new(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Start a plan from the usual split of tasks or from nothing."""
    place = place_of(request, t, y)
    day = place.campaign.opens_on
    owners = writers_of(request.seat, place.province, day)
    if not owners:
        return redirect("plans", t=t, y=y)
    subject = _subject(place)
    form = StartForm(
        request.POST or None,
        owners=owners,
        issuers=issuers_of(owners, day),
        day=day,
        year=place.year,
        initial={"kind": Plan.Kind.MONTH, "subject": subject},
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
    month = typed["kind"] == Plan.Kind.MONTH
    plan = start_plan(
        place.campaign if month else None,
        owner=typed["owner"],
        kind=typed["kind"],
        issuer=typed["issuer"],
        subject=typed["subject"],
        years=typed["years"],
        paper=typed["paper"],
        by=request.seat,
        at=at,
    )
    if typed["base"] == "split":
        start_from_standard_split(plan, by=request.seat, at=at)
    return Desk(place, plan, request.seat).address("plan")


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
    return _form_page(request, "campaigns/plan_facts.html", desk, form)


def _form_page(request: HttpRequest, template: str, desk: Desk, form, **more) -> HttpResponse:
    context = {"desk": desk, "plan": desk.plan, "form": form, **more}
    return render(request, template, context, status=422 if form.errors else 200)


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
        "ready": not waiting and not desk.outline.errors,
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
            messages.info(request, str(refused.sentence))
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
    confirmed = request.method == "POST" and form.is_valid()
    if confirmed and "confirm" in request.POST:
        try:
            issue_plan(desk.plan, IssueFacts(**form.cleaned_data), by=request.seat, at=timezone.now())
            messages.success(request, _("The plan is issued; its tasks bind from now on"))
            return redirect(desk.address("plan"))
        except Refused as refused:
            refuse(form, refused)
    return _form_page(request, "campaigns/plan_issue.html", desk, form, confirming=confirmed and not form.errors)


def measures_of(desk: Desk):
    """What a plan of this province can count."""
    return Measure.objects.of(desk.plan.province).exclude(source=Measure.Source.RETURN)
