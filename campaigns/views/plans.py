"""Pages of a plan: the list, the plan itself, the check, submitting, answering, issuing."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.forms.plans import SubmitForm
from campaigns.models import Plan, PlanSection
from campaigns.operations.opening import is_open
from campaigns.operations.plans import submit_plan, withdraw_plan
from campaigns.outlines import Outline, plans_of, section, writers_of
from campaigns.queries import Place, comments_asked_by, may_word, plans_to_copy
from campaigns.versions import changes_nothing, children_of, versions_of
from campaigns.views.place import place_of
from campaigns.views.plan_answers import comments_on
from campaigns.views.plan_desk import Desk, desk_of, refuse
from campaigns.views.plan_presence import presence_words
from campaigns.views.plan_table import table_context
from campaigns.views.plan_versions import changed_since
from provinces.models import Event
from provinces.templatetags.vi import money
from provinces.vietnamese import VIETNAM, format_moment
from provinces.workflow import Refused


def plans(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Every plan of the province and year that the seat may see."""
    place = place_of(request, t, y)
    desks = [Desk(place, plan, request.seat) for plan in plans_of(request.seat, place.province, place.year)]
    desks.sort(key=_order)
    month = [desk for desk in desks if desk.plan.kind == Plan.Kind.MONTH]
    starts = bool(writers_of(request.seat, place.province, place.campaign.opens_on))
    context = {
        "place": place,
        "month": [_row(desk) for desk in month],
        "others": [_row(desk) for desk in desks if desk not in month],
        "starts": starts,
        "last": plans_to_copy(request.seat, place.province, place.year).first() if starts else None,
        "opening": _opening(request, place),
    }
    return render(request, "campaigns/plans.html", context)


def _opening(request: HttpRequest, place: Place) -> str:
    """Where the seat takes this year, or the next, over from the one before; nothing once that is done."""
    now = place.year >= timezone.localdate(timezone=VIETNAM).year
    if not now or not may_word(place.campaign, place.province, request.seat) or is_open(place.campaign, place.province):
        return ""
    slug = place.province.slug
    return reverse("administration_opening", kwargs={"t": slug, "y": place.year, "p": slug})


def _order(desk: Desk) -> tuple:
    """The province's before the others', the month's before other kinds, the version in force before older ones."""
    plan = desk.plan
    replaced = plan.status == Plan.Status.SUPERSEDED
    return (plan.owner.unit.level != "province", plan.kind != Plan.Kind.MONTH, replaced, plan.pk)


def _row(desk: Desk) -> dict:
    plan = desk.plan
    notes = [desk.owner_name, plan.get_kind_display()]
    if plan.version > 1:
        notes.append(_("version %(n)s") % {"n": plan.version})
    if plan.number or plan.dated:
        notes.append(_("no. %(number)s") % {"number": f"{plan.number or '…'}/{plan.symbol}".rstrip("/")})
    elif plan.submitted_at and plan.status == Plan.Status.SUBMITTED:
        notes.append(_("submitted %(time)s") % {"time": format_moment(plan.submitted_at)})
    page = "plan_review" if desk.reviews else "plan"
    return {"title": plan.subject, "url": desk.address(page), "desk": desk, "note": " · ".join(map(str, notes))}


def plan(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The plan as a list of its sections, with tasks, money, targets and what is missing."""
    desk = desk_of(request, t, y, id)
    comments = comments_on(desk)
    context = {
        "desk": desk,
        "plan": desk.plan,
        "place": desk.place,
        **table_context(desk),
        "sections": _section_rows(desk),
        "done": sum(row.done for row in desk.outline.sections.values()),
        "errors": desk.gap_links(desk.outline.errors) if desk.writes else [],
        "comments": comments,
        "unanswered": sum(not row["comment"].answer for row in comments),
        "versions": _version_rows(desk),
        "children": _child_rows(desk),
        "compared": changed_since(desk),
        "events": Event.objects.about(desk.plan).filter(verb__in=_milestones()).select_related("user"),
    }
    return render(request, "campaigns/plan.html", context)


def _version_rows(desk: Desk) -> list[dict]:
    """The other versions of the plan, once there is more than one."""
    return [
        {"plan": row, "url": desk.address("plan", id=row.public_id), "here": row.pk == desk.plan.pk}
        for row in versions_of(desk.plan, desk.seat)
    ]


def _child_rows(desk: Desk) -> list[dict]:
    """Own plans of districts and communes under this one."""
    if desk.plan.owner.unit.level != "province":
        return []
    rows = [Desk(desk.place, plan, desk.seat) for plan in children_of(desk.plan, desk.seat)]
    return [{"title": row.owner_name, "url": row.address("plan"), "desk": row, "note": ""} for row in rows]


def _milestones() -> list[str]:
    return ["plan.create", "plan.amend", *{step.verb for step in Plan.MOVES}]


def _section_rows(desk: Desk) -> list[dict]:
    """One row a section: chip, who edited last, what is missing."""
    rows, others = [], desk.others(timezone.now()) if desk.writes else {}
    for key, row in desk.outline.sections.items():
        written = _written(desk, key)
        chip = "done" if row.done or not desk.plan.is_open else "doing" if row.text or written else "todo"
        notes = [written, *_missing(desk, key)]
        if row.edited_by:
            notes.append(f"{row.edited_by.user}, {format_moment(row.edited_at)}")
        notes += presence_words(others.get(section(key), []))
        url = desk.address("plan_section", key=key) if desk.writes else ""
        rows.append({"title": str(row), "url": url, "chip": chip, "note": " · ".join(filter(None, notes))})
    return rows


def _missing(desk: Desk, key: str) -> list[str]:
    """What the section still lacks, for those who write it."""
    if not desk.writes:
        return []
    lacking = [gap.sentence for gap in desk.outline.gaps if gap.where == section(key)]
    if not desk.outline.sections[key].text:
        lacking = [_("No text yet")] if lacking else []
    return lacking


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


def plan_check(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """What is missing before the plan is submitted, and the button that submits it."""
    desk = desk_of(request, t, y, id)
    if not desk.writes:
        return redirect(desk.address("plan"))
    return _check_page(request, desk)


def _check_page(request: HttpRequest, desk: Desk, refused: str = "", form: SubmitForm | None = None) -> HttpResponse:
    unchanged = changes_nothing(desk.plan, desk.outline)
    waiting = desk.plan.comments.filter(sent=True, answer="").count()
    context = {
        "desk": desk,
        "plan": desk.plan,
        "outline": desk.outline,
        "errors": desk.gap_links(desk.outline.errors),
        "warnings": desk.gap_links(desk.outline.warnings),
        "waiting": waiting,
        "unchanged": unchanged,
        "ready": not waiting and not unchanged and not desk.outline.errors and not desk.leftovers,
        "refused": refused,
        "form": form or SubmitForm(),
        "faulty": bool(refused or form),
    }
    return render(request, "campaigns/plan_check.html", context, status=422 if context["faulty"] else 200)


@require_POST
def plan_submit(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Submit, and on to the receipt; a second press finds the first receipt."""
    desk = desk_of(request, t, y, id)
    form = SubmitForm(request.POST)
    form.fields["comments_by"].year = timezone.localdate(timezone=VIETNAM).year
    if not form.is_valid():
        return _check_page(request, desk, form=form)
    try:
        submit_plan(desk.plan, comments_by=_evening(form), by=request.seat, at=timezone.now())
    except Refused as refused:
        if refused.field in form.fields:
            refuse(form, refused)
            return _check_page(request, desk, form=form)
        desk.plan.refresh_from_db()
        if desk.plan.status == Plan.Status.SUBMITTED:
            words = _("Received at %(time)s, code %(code)s. Pressing twice made no second copy")
            messages.info(request, words % {"time": format_moment(desk.plan.submitted_at), "code": desk.code})
            return redirect(desk.address("plan_receipt"))
        return _check_page(request, desk, str(refused.sentence))
    return redirect(desk.address("plan_receipt"))


def _evening(form: SubmitForm) -> datetime.datetime | None:
    """The end of the office day in Vietnam."""
    day = form.cleaned_data["comments_by"]
    return datetime.datetime.combine(day, datetime.time(17), VIETNAM) if day else None


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
    asked = comments_asked_by(desk.plan)
    return render(request, "campaigns/plan_receipt.html", {"desk": desk, "plan": desk.plan, "comments_by": asked})
