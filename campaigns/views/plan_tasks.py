"""Pages of a plan's tasks and targets."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.forms.plans import TargetForm, read_version
from campaigns.forms.tasks import TaskSheet
from campaigns.models import Task
from campaigns.operations.guards import Conflict
from campaigns.operations.plans import set_target
from campaigns.operations.tasks import move_task, remove_task, save_task
from campaigns.outlines import Outline
from campaigns.views.plan_desk import Desk, desk_of, measures_of, refuse
from provinces.vietnamese import Quantity
from provinces.views.once import answer_once
from provinces.workflow import Refused


def plan_task_new(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Add a task."""
    return _task_page(request, desk_of(request, t, y, id), None)


def plan_task(request: HttpRequest, t: str, y: int, id: str, task: str) -> HttpResponse:
    """Change a task, move it, take it out."""
    desk = desk_of(request, t, y, id)
    row = get_object_or_404(_rows(desk), public_id=task)
    row.plan = desk.plan
    return _task_page(request, desk, row)


def _rows(desk: Desk):
    return desk.plan.tasks.prefetch_related(
        "partners__department__names", "targets__measure", "money__source", "programmes"
    )


def _task_page(request: HttpRequest, desk: Desk, task: Task | None) -> HttpResponse:
    if not desk.writes:
        return redirect(desk.address("plan"))
    if request.method == "POST" and task and "act" in request.POST:
        return _act(request, desk, task)
    sheet, newest = TaskSheet(desk.plan, task, request.POST or None), None
    if request.method == "POST" and sheet.is_valid():
        try:
            return _save(request, desk, task, sheet)
        except Conflict as conflict:
            newest = conflict.newest
            refuse(sheet.form, conflict)
        except Refused as refused:
            refuse(sheet.form, refused)
    context = {"desk": desk, "plan": desk.plan, "task": task, "sheet": sheet, "form": sheet.form}
    if newest:
        context["newest"] = next(line for line in Outline(desk.plan).lines if line.task.pk == newest.pk)
    faulty = any(part.errors if part is sheet.form else any(part.errors) for part in sheet.parts)
    status = 409 if newest else 422 if faulty else 200
    return render(request, "campaigns/plan_task.html", {**context, "faulty": faulty}, status=status)


def _save(request: HttpRequest, desk: Desk, task: Task | None, sheet: TaskSheet) -> HttpResponse:
    at, version = timezone.now(), sheet.form.cleaned_data["version"]
    further = desk.address("plan_task_new") if "next" in request.POST else f"{desk.address('plan')}#nhiem-vu"

    def work() -> str:
        save_task(desk.plan, task, sheet.data(), version=version, by=request.seat, at=at)
        return further

    return answer_once(request, work, at=at)


def _act(request: HttpRequest, desk: Desk, task: Task) -> HttpResponse:
    """Up, down or out."""
    steps, at = {"up": -1, "down": 1}.get(request.POST["act"]), timezone.now()
    try:
        if steps:
            move_task(task, steps, by=request.seat, at=at)
        elif request.POST["act"] == "remove":
            remove_task(task, version=read_version(request.POST.get("version", "")), by=request.seat, at=at)
    except Refused as refused:
        messages.info(request, str(refused.sentence))
    return redirect(f"{desk.address('plan')}#nhiem-vu")


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
