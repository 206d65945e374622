"""Tasks as their departments see them: the list, one task, questions and answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activities.models import Activity
from activities.queries import GONE
from campaigns.assignments import SETTLED, charged_with, dropped_tasks
from campaigns.forms.questions import QuestionAnswerForm, QuestionForm
from campaigns.models import Plan, Task, TaskQuestion
from campaigns.operations.assignments import say_done, take_back_done
from campaigns.operations.questions import answer_question, ask_question
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.drafts import find_draft, restore
from provinces.models import Duty
from provinces.operations import forget_draft
from provinces.views.once import answer_once
from provinces.workflow import Refused
from reports.queries.assigned import (
    OwnTask,
    facts_of,
    members,
    overview,
    own_task,
    own_tasks,
    progress_above,
    settled_tasks,
)

ACTIVITIES = 30  # of a task, on its page
ASKING = "task_question"


def tasks(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Nhiệm vụ: what the seat's department leads and helps with; for the office and the committee also the whole."""
    place = place_of(request, t, y)
    leading = leads_province(request, place)
    own = own_tasks(request.seat, place)
    everything = leading and (request.GET.get("xem") == "tat-ca" or not own)
    context = {
        "place": place,
        "leading": leading,
        "everything": everything,
        "rows": overview(request.seat, place) if everything else [],
        "led": [task_row(row, place, request) for row in own if row.assigned.leads],
        "dropped": dropped_tasks(request.seat.reach.departments, place.province, place.campaign),
        "helped": [task_row(row, place, request) for row in own if not row.assigned.leads],
    }
    return render(request, "reports/tasks.html", context)


def leads_province(request: HttpRequest, place: Place) -> bool:
    """True for seats of the standing office and of the committee."""
    kinds = (Duty.Kind.STANDING_OFFICE, Duty.Kind.COMMITTEE)
    return any(request.seat.holds(kind, place.province, place.campaign.opens_on) for kind in kinds)


def task_row(row: OwnTask, place: Place, request: HttpRequest) -> dict:
    """A task on a list: its page, and the form of an activity filled from it for who leads it."""
    where = {"t": place.slug, "y": place.year}
    return {
        "own": row,
        "task": row.task,
        "url": reverse("task", kwargs={**where, "id": row.task.public_id}),
        "log_url": log_url(row, where) if may_log(request, row, place) else "",
    }


def may_log(request: HttpRequest, row: OwnTask, place: Place) -> bool:
    """True when the seat leads the task and the year is open."""
    return row.assigned.leads and request.seat.writes and not place.campaign.locked_at


def log_url(row: OwnTask, where: dict) -> str:
    return f"{reverse('activity_new', kwargs=where)}?nhiem-vu={row.task.public_id}"


def task(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """One task: dates, partners, targets against results, activities, questions."""
    place = place_of(request, t, y)
    row = _task(request, place, id)
    if row.plan.status == Plan.Status.SUPERSEDED and (newer := _newer(request, place, row)):
        return redirect("task", t=t, y=y, id=newer.public_id)
    saved = find_draft(request.seat, ASKING, row.public_id)
    return _page(request, place, row, ask=restore(QuestionForm(), saved), saved=saved)


def _task(request: HttpRequest, place: Place, id: str) -> Task:
    """A task of a plan that is settled, or was; 404 while the plan is being written."""
    plans = Plan.objects.visible_to(request.seat).filter(province=place.province)
    plans = plans.filter(status__in=[*SETTLED, Plan.Status.SUPERSEDED])
    rows = Task.objects.filter(plan__in=plans, plan__year_from__lte=place.year, plan__year_to__gte=place.year)
    rows = rows.select_related("type", "plan__campaign", "plan__province", "plan__owner__unit", "lead")
    return get_object_or_404(
        rows.prefetch_related("partners__department__names", "lead__names", "targets__measure"), public_id=id
    )


def _newer(request: HttpRequest, place: Place, old: Task) -> Task | None:
    same = settled_tasks(request.seat, place).filter(lineage=old.lineage)
    return same.order_by("-plan__version").first()


@require_POST
def task_ask(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """A department's question; what cannot be taken comes back as typed."""
    place = place_of(request, t, y)
    row, at = _task(request, place, id), timezone.now()
    form = QuestionForm(request.POST)

    def work() -> str:
        ask_question(row, form.cleaned_data["text"], confirmed_names=True, by=request.seat, at=at)
        forget_draft(ASKING, row.public_id, by=request.seat)
        messages.success(request, _("The question is sent to the standing office"))
        return _address(place, row)

    if form.is_valid():
        try:
            return answer_once(request, work, at=at)
        except Refused as refused:
            form.add_error("text" if refused.field else None, refused.sentence)
    return _page(request, place, row, ask=form, status=422)


@require_POST
def task_answer(request: HttpRequest, t: str, y: int, id: str, question: int) -> HttpResponse:
    """The office's answer."""
    place = place_of(request, t, y)
    row = _task(request, place, id)
    rows = TaskQuestion.objects.filter(task__lineage=row.lineage)
    asked = get_object_or_404(rows.select_related("department", "task__plan__owner__unit"), pk=question)
    form = QuestionAnswerForm(request.POST, prefix=f"q{asked.pk}")
    if form.is_valid():
        try:
            words, at = form.cleaned_data["text"], timezone.now()
            answer_question(asked, words, confirmed_names=True, by=request.seat, at=at)
            messages.success(request, _("The answer is sent to %(department)s") % {"department": asked.department})
            return redirect(_address(place, row))
        except Refused as refused:
            form.add_error("text" if refused.field else None, refused.sentence)
    return _page(request, place, row, ask=QuestionForm(), answer=(asked.pk, form), status=422)


@require_POST
def task_done(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The head says that the department's part is done, or takes it back."""
    place = place_of(request, t, y)
    row = _task(request, place, id)
    say = take_back_done if "back" in request.POST else say_done
    try:
        say(row, by=request.seat, at=timezone.now())
    except Refused as refused:
        messages.info(request, str(refused.sentence))
    return redirect("task", t=place.slug, y=place.year, id=row.public_id)


def _address(place: Place, row: Task) -> str:
    return f"{reverse('task', kwargs={'t': place.slug, 'y': place.year, 'id': row.public_id})}#cau-hoi"


def _page(request: HttpRequest, place: Place, row: Task, *, ask, saved=None, answer=None, status=200) -> HttpResponse:
    seat, where = request.seat, {"t": place.slug, "y": place.year}
    charged = charged_with(row, seat.reach.departments)
    own = own_task(row, seat, place) if charged else None
    office = "own_editor" in row.plan.powers(seat)
    leading = office or leads_province(request, place)
    context = {
        "place": place,
        "task": row,
        "plan": row.plan,
        "own": own,
        "facts": facts_of(row),
        "progress": own.progress if own else progress_above(row, seat, place),
        "log_url": log_url(own, where) if own and may_log(request, own, place) else "",
        "activities": _activities(request, row),
        "members": members(row, seat) if leading else [],
        "questions": _questions(row, seat, leading, charged, answer, office),
        "ask": ask if charged and seat.writes and not office and row.plan.status in SETTLED else None,
        "saved": saved,
        "form": answer[1] if answer else ask,
        "faulty": status != 200,
        "leading": leading,
        "says": own and own.assigned.leads and own.assigned.binding and seat.approves,
    }
    return render(request, "reports/task.html", context, status=status)


def _activities(request: HttpRequest, row: Task):
    """What was recorded for the task, of what the seat may see; drafts of the own department too."""
    rows = Activity.objects.visible_to(request.seat).filter(task_lineage=row.lineage).exclude(status__in=GONE)
    return rows.select_related("owner").prefetch_related("owner__names").order_by("starts_on", "pk")[:ACTIVITIES]


def _questions(row: Task, seat, leading: bool, charged, answer, office: bool) -> list[dict]:
    """The own questions and every answered one; the office and the committee see all."""
    rows = TaskQuestion.objects.filter(task__lineage=row.lineage).order_by("pk")
    rows = rows.select_related("department", "by__user", "answered_by__department")
    found = []
    for each in rows.prefetch_related("department__names", "answered_by__department__names"):
        if not (leading or each.department_id in seat.reach.departments or (charged and each.answer)):
            continue
        form = None
        if office and not each.answer:
            form = answer[1] if answer and answer[0] == each.pk else QuestionAnswerForm(prefix=f"q{each.pk}")
        found.append({"question": each, "form": form})
    return found
