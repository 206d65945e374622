"""Pages of a plan's tasks and targets."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from campaigns.forms import merging
from campaigns.forms.plans import TargetForm, read_version
from campaigns.forms.tasks import PARTS, TaskSheet, with_more
from campaigns.models import Task
from campaigns.operations.guards import Conflict
from campaigns.operations.plans import set_target
from campaigns.operations.tasks import move_task, remove_task, save_task
from campaigns.outlines import task_anchor
from campaigns.views.plan_choice import choice, choice_again
from campaigns.views.plan_desk import Desk, desk_of, measures_of, refuse
from campaigns.views.plan_table import DRAFT, MoneySoFar, retarget, slot_of, table_again, task_rows
from provinces.drafts import find_draft, posted_draft
from provinces.operations.memory import forget_draft
from provinces.templatetags.vi import vtime
from provinces.vietnamese import Quantity
from provinces.views.once import answer_once
from provinces.workflow import Refused


def plan_task_new(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Add a task: on a page of its own, or above the table."""
    return _task_page(request, desk_of(request, t, y, id), None)


def plan_task(request: HttpRequest, t: str, y: int, id: str, task: str) -> HttpResponse:
    """Change a task, move it, take it out: on a page of its own, or under its row."""
    desk = desk_of(request, t, y, id)
    row = _rows(desk).filter(public_id=task).first()
    if row is None:
        return _gone(request, desk)
    row.plan = desk.plan
    return _task_page(request, desk, row)


def _gone(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What was typed into a task that is no longer there comes back as a new one, for the person to decide."""
    if request.method != "POST" or "title" not in request.POST or not desk.writes:
        raise Http404
    sheet = TaskSheet(desk.plan, None, request.POST)
    sheet.form.add_error(None, _("Somebody else has taken this task out of the plan"))
    return _sheet_page(request, desk, sheet, status=409)


def _rows(desk: Desk):
    return desk.plan.tasks.select_related("lead__unit").prefetch_related(
        "lead__names", "partners__department__names", "partners__department__unit", "targets__measure", "money__source"
    )


def _task_page(request: HttpRequest, desk: Desk, task: Task | None) -> HttpResponse:
    if request.method == "POST":
        acts = task is not None and {"act", "steps"} & set(request.POST)
        return _act(request, desk, task) if acts else _save(request, desk, task)
    if not desk.writes:
        return HttpResponseClientRedirect(desk.address("plan")) if request.htmx else redirect(desk.address("plan"))
    if request.htmx and "dong" in request.GET:
        return _closed(request, desk, task)
    saved = find_draft(request.seat, DRAFT, draft_key(desk, task))
    return _sheet_page(request, desk, _opened(desk, task, saved), saved=saved)


def _opened(desk: Desk, task: Task | None, saved) -> TaskSheet:
    """The form as the task stands, or as the draft left it."""
    if saved is None:
        return TaskSheet(desk.plan, task)
    return TaskSheet(desk.plan, task, posted_draft(saved)).hush()


def draft_key(desk: Desk, task: Task | None) -> str:
    return f"{desk.plan.public_id}/{task.public_id if task else 'new'}"


def _save(request: HttpRequest, desk: Desk, task: Task | None) -> HttpResponse:
    """Save, or show the form again as it was typed with what stands in the way."""
    posted = request.POST
    if "more" in posted:
        return _sheet_page(request, desk, TaskSheet(desk.plan, task, with_more(posted, posted["more"])).hush())
    if merging.is_choice(posted):
        sheet = TaskSheet(desk.plan, task)
        if open_parts := merging.unchosen(PARTS, posted):
            again = choice_again(PARTS, posted, open_parts, row=task, words=sheet.words)
            return _sheet_page(request, desk, sheet, choice=again, status=422)
        posted = merging.settled(PARTS, posted)
    sheet = TaskSheet(desk.plan, task, posted)
    if "go_on" in posted:
        return _sheet_page(request, desk, sheet.hush())
    if not sheet.is_valid():
        return _sheet_page(request, desk, sheet, status=422)
    try:
        return _saved(request, desk, task, sheet)
    except Conflict as conflict:
        return _conflict(request, desk, posted, conflict)
    except Refused as refused:
        refuse(sheet.form, refused)
    return _sheet_page(request, desk, sheet, status=422)


def _saved(request: HttpRequest, desk: Desk, task: Task | None, sheet: TaskSheet) -> HttpResponse:
    at, version = timezone.now(), sheet.form.cleaned_data["version"]
    further = desk.address("plan_task_new") if "next" in request.POST else desk.address("plan")

    def work() -> str:
        row = save_task(desk.plan, task, sheet.data(), version=version, by=request.seat, at=at)
        forget_draft(DRAFT, draft_key(desk, task), by=request.seat)
        return further if "next" in request.POST else f"{further}#{row.public_id}"

    answer = answer_once(request, work, at=at)
    if not request.htmx or "next" in request.POST:
        return answer
    said = _("Saved %(time)s") % {"time": vtime(at)}
    return table_again(request, desk, said=said, at_row=answer.url.rpartition("#")[2])


def _conflict(request: HttpRequest, desk: Desk, posted: QueryDict, conflict: Conflict) -> HttpResponse:
    """Both texts of the task side by side; the same text twice needs no choice."""
    newest = _rows(desk).get(pk=conflict.newest.pk)
    newest.plan, newest.edited_by = desk.plan, conflict.newest.edited_by
    sheet = TaskSheet(desk.plan, newest)
    asked = choice(PARTS, posted, sheet.raw(), row=newest, sentence=conflict.sentence, words=sheet.words)
    if asked is None:
        forget_draft(DRAFT, draft_key(desk, newest), by=request.seat)
        return table_again(request, desk) if request.htmx else redirect(f"{desk.address('plan')}#{newest.public_id}")
    return _sheet_page(request, desk, sheet, choice=asked, status=409)


def _sheet_page(request, desk: Desk, sheet: TaskSheet, *, saved=None, choice=None, status=200) -> HttpResponse:
    """The form on its page, or as the part of the table that opens under its row."""
    task, form = sheet.task, sheet.form
    context = {
        "desk": desk,
        "plan": desk.plan,
        "task": task,
        "sheet": sheet,
        "form": form,
        "choice": choice,
        "saved": saved,
        "draft_key": draft_key(desk, task),
        "anchor": task_anchor(task) if task else "",
        "others": desk.others(timezone.now()).get(task_anchor(task), []) if task else [],
        "money": MoneySoFar.of(desk, sheet),
        "faulty": status != 200,
        "inline": f"#{slot_of(task)}" if request.htmx else "",
    }
    if not request.htmx:
        return render(request, "campaigns/plan_task.html", context, status=status)
    if status == 200:
        form.fields["title"].widget.attrs["autofocus"] = True
    if task is None:
        answer = render(request, "campaigns/plan_tasks.html#new", {**context, "opened": True}, status=status)
        return retarget(answer, slot_of(None))
    row = next(row for row in task_rows(desk) if row.task.pk == task.pk)
    return render(request, "campaigns/plan_tasks.html#row", {**context, "row": row, "opened": True}, status=status)


def _closed(request: HttpRequest, desk: Desk, task: Task | None) -> HttpResponse:
    """The row without its form."""
    context = {"desk": desk, "plan": desk.plan}
    if task is None:
        return render(request, "campaigns/plan_tasks.html#new", context)
    row = next(row for row in task_rows(desk) if row.task.pk == task.pk)
    return render(request, "campaigns/plan_tasks.html#row", {**context, "row": row, "focus": True})


def _act(request: HttpRequest, desk: Desk, task: Task) -> HttpResponse:
    """Up, down, to another place, or out."""
    steps, at, said = read_steps(request.POST.get("steps", "")), timezone.now(), ""
    try:
        if steps:
            move_task(task, steps, by=request.seat, at=at)
            said = _("Moved: %(title)s") % {"title": task.title}
        elif request.POST.get("act") == "remove":
            remove_task(task, version=read_version(request.POST.get("version", "")), by=request.seat, at=at)
            said = _("Taken out of the plan: %(title)s") % {"title": task.title}
    except Refused as refused:
        said = str(refused.sentence)
    if request.htmx:
        return table_again(request, desk, said=said)
    if said:
        messages.info(request, said)
    return redirect(f"{desk.address('plan')}#nhiem-vu")


def read_steps(text: str) -> int:
    """How many places up (−) or down (+); 0 for anything else."""
    return int(text) if re.fullmatch(r"-?\d{1,4}", text, re.ASCII) else 0


@require_POST
def plan_task_money(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The sum of the amounts as typed so far, in figures and words, and with it the sum of the plan."""
    desk = desk_of(request, t, y, id)
    task = _rows(desk).filter(public_id=request.POST.get("task", "")).first()
    sheet = TaskSheet(desk.plan, task, request.POST)
    context = {"money": MoneySoFar.of(desk, sheet), "sheet": sheet, "plan": desk.plan}
    return render(request, "campaigns/plan_task.html#money", context)


def plan_targets(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """What the whole plan wants to reach of a measure."""
    desk = desk_of(request, t, y, id)
    if not desk.writes:
        return redirect(desk.address("plan"))
    form = TargetForm(request.POST or None, measures=list(measures_of(desk)), initial=_asked(request, desk))
    for name in form.fields:
        form.fields[name].required = True
    if request.method == "POST" and form.is_valid():
        try:
            return _set(request, desk, form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
    context = {"desk": desk, "plan": desk.plan, "form": form, "targets": desk.outline.targets, "own": _own(desk)}
    return render(request, "campaigns/plan_targets.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, desk: Desk) -> dict:
    """The target that a link of the list names."""
    wanted = request.GET.get("so-lieu", "")
    found = next((t for t in desk.outline.targets if t.measure.code == wanted), None)
    if found is None:
        return {}
    return {"measure": found.measure.pk, "quantity": Quantity(found.quantity, found.certainty)}


def _own(desk: Desk) -> set[str]:
    return set(desk.plan.targets.values_list("measure__code", flat=True))


def _set(request: HttpRequest, desk: Desk, typed: dict) -> HttpResponse:
    quantity = typed["quantity"]
    if quantity.value is None:
        raise Refused(_("A target of the whole plan is a number"), field="quantity")
    set_target(
        desk.plan, typed["measure"], quantity.value, certainty=quantity.certainty, by=request.seat, at=timezone.now()
    )
    return redirect(desk.address("plan_targets"))


@require_POST
def plan_target_remove(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Back to the sum of the tasks."""
    desk = desk_of(request, t, y, id)
    row = get_object_or_404(desk.plan.targets.select_related("measure"), measure__code=request.POST.get("measure", ""))
    if desk.writes:
        set_target(desk.plan, row.measure, None, by=request.seat, at=timezone.now())
    return redirect(desk.address("plan_targets"))
