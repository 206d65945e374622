"""The form: an activity is recorded or corrected; whatever cannot be taken comes back as it was typed."""

import dataclasses

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from activities.forms.attached import KEPT
from activities.forms.initial import of_task
from activities.forms.sheet import Sheet
from activities.models import Activity
from activities.operations import Faulty, Overtaken, correct_activity, record_activity, record_on_behalf
from activities.queries import is_outside, recorded_for_tasks, tasks_for
from activities.views import overtaken
from activities.views.attached import attached_form, forget_attached, keep_attached, lay_beside
from activities.views.desk import desk_of
from activities.views.lists import writes_here
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.drafts import find_draft
from provinces.models import Department, File
from provinces.operations import forget_draft, save_draft
from provinces.templatetags.vi import vtime
from provinces.views.drafts import NOT_TYPED
from provinces.views.once import answer_once
from provinces.workflow import Refused

FORM = "activity"


def activity_new(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Record an activity, from a task of the plan or from nothing."""
    place = place_of(request, t, y)
    if not writes_here(request, place):
        raise Http404
    return page(request, place, None, f"{place.slug}/{place.year}")


def activity_edit(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Correct an activity that is open."""
    desk = desk_of(request, t, y, id)
    if not desk.edits:
        return redirect(desk.address("activity"))
    return page(request, desk.place, desk.activity, desk.activity.public_id)


@dataclasses.dataclass(frozen=True)
class Paper:
    """The scan of a department's paper that the office types from."""

    owner: Department
    scan: File


def page(
    request: HttpRequest, place: Place, activity: Activity | None, key: str, paper: Paper | None = None
) -> HttpResponse:
    """The form, empty, filled or refused; `key` names its draft, `paper` what the office types from."""
    if request.method != "POST":
        draft = find_draft(request.seat, FORM, key)
        raw = MultiValueDict(draft.raw) if draft else None
        sheet = _sheet(request, place, activity, raw, paper)
        return _show(request, sheet.hush() if raw else sheet, key, paper, saved=draft)
    if activity and (open_parts := overtaken.unchosen(request.POST)):
        sheet = _sheet(request, place, activity, request.POST, paper)
        return overtaken.choose_again(request, sheet, open_parts)
    sheet = _sheet(request, place, activity, overtaken.settled(_filled(request, place, paper)), paper)
    return _posted(request, sheet, key, paper)


def _posted(request: HttpRequest, sheet: Sheet, key: str, paper: Paper | None) -> HttpResponse:
    """What was sent is saved, or comes back as it was typed with what stands in the way."""
    at = timezone.now()
    if {"add", "fill", "go_on"} & set(request.POST):
        keep_attached(request, sheet.hush().photos, judged=False, at=at)
        return _show(request, sheet, key, paper)
    if sheet.is_valid():
        try:
            return _received(request, sheet, key, at, paper)
        except Overtaken as refused:
            return _choice(request, sheet, key, refused.sentence)
        except Refused as refused:
            _blame(sheet, refused)
    keep_attached(request, sheet.photos, judged=True, at=at)
    if request.POST.get("then") == "draft":
        _keep(request, sheet, key, at)
    return _show(request, sheet, key, paper, status=422)


def _received(request: HttpRequest, sheet: Sheet, key: str, at, paper: Paper | None) -> HttpResponse:
    """Saved once, however often it is sent; draft and kept photos have found their place by then."""
    answer = answer_once(request, lambda: _save(request, sheet, at, paper), at=at)
    forget_draft(FORM, key, by=request.seat)
    forget_attached(request, sheet.photos)
    return answer


def _choice(request: HttpRequest, sheet: Sheet, key: str, sentence: str) -> HttpResponse:
    """Both sides where they differ; when they say the same there is nothing to choose and nothing to save."""
    asked = overtaken.page_of_choices(request, sheet, sentence)
    if asked is None:
        forget_draft(FORM, key, by=request.seat)
        return redirect("activity", request.place.slug, request.place.year, sheet.activity.public_id)
    return asked


def _sheet(request: HttpRequest, place: Place, activity: Activity | None, data, paper: Paper | None) -> Sheet:
    return Sheet(
        request.seat,
        place.province,
        place.campaign,
        data=data,
        initial=_initial(request, place, paper) if activity is None else None,
        activity=activity,
        owner=paper.owner if paper else None,
        photos=None if activity else attached_form(request, data, timezone.now()),
    )


def _initial(request: HttpRequest, place: Place, paper: Paper | None) -> dict:
    task = _task(request, place, request.GET.get("nhiem-vu", ""), paper)
    return of_task(task) if task else {}


def _task(request: HttpRequest, place: Place, wanted: str, paper: Paper | None):
    """The task of the plan with that public id or lineage, if the recording department leads it."""
    if not wanted:
        return None
    owners = [paper.owner] if paper else Sheet(request.seat, place.province, place.campaign).owners
    rows = tasks_for(owners, place.province, place.campaign)
    return next((task for task in rows if wanted in {task.public_id, str(task.lineage)}), None)


def _filled(request: HttpRequest, place: Place, paper: Paper | None) -> QueryDict:
    """What was posted; after “fill in from the task” its empty boxes hold what the task says."""
    task = _task(request, place, request.POST.get("task", ""), paper) if "fill" in request.POST else None
    if task is None:
        return request.POST
    data = request.POST.copy()
    for name, value in of_task(task)["entry"].items():
        if not data.get(name) and value:
            data[name] = value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else str(value)
    return data


def _save(request: HttpRequest, sheet: Sheet, at, paper: Paper | None) -> str:
    """Write the activity; the address of what comes next."""
    ticked = sheet.entry.cleaned_data["confirmed_names"]
    said = {"by": request.seat, "at": at, "confirmed_names": ticked}
    if sheet.activity:
        version = sheet.entry.cleaned_data["version"]
        reason = sheet.entry.cleaned_data["reason"]
        number = int(version) if str(version).isdecimal() else 0
        activity = correct_activity(sheet.activity, sheet.read, version=number, reason=reason, **said)
    else:
        where = {"campaign": sheet.campaign, "year": sheet.year, "province": sheet.province, "owner": sheet.owner}
        typed = {"scan": paper.scan} if paper else {}
        activity = (record_on_behalf if paper else record_activity)(sheet.read, **typed, **where, **said)
        lay_beside(request, activity, sheet.photos, at=at)
    sends = request.POST.get("then") == "send"
    place = request.place
    if not sends:
        messages.success(request, _("Draft saved %(time)s") % {"time": vtime(at)})
    return reverse("activity_send" if sends else "activity", args=[place.slug, place.year, activity.public_id])


def _blame(sheet: Sheet, refused: Refused) -> None:
    if isinstance(refused, Faulty):
        sheet.names_asked = any(fault.lifted_by for fault in refused.faults)
        sheet.blame(refused.faults)
    else:
        sheet.entry.add_error(refused.field if refused.field in sheet.entry.fields else None, refused.sentence)


def _keep(request: HttpRequest, sheet: Sheet, key: str, at) -> None:
    """What was typed and cannot be taken yet stays as a draft, word for word."""
    typed = {field: values for field, values in request.POST.lists() if field not in NOT_TYPED}
    if sheet.photos:
        typed[KEPT] = [upload.token for upload in sheet.photos.kept]
    save_draft(FORM, key, typed, by=request.seat, at=at)
    messages.info(request, _("Draft saved %(time)s") % {"time": vtime(at)})


def _show(
    request: HttpRequest, sheet: Sheet, key: str, paper: Paper | None, *, saved=None, status: int = 200
) -> HttpResponse:
    context = {
        "paper": paper,
        "place": request.place,
        "sheet": sheet,
        "entry": sheet.entry,
        "activity": sheet.activity,
        "draft_key": key,
        "saved": saved,
        "faulty": status != 200,
        "opened": sheet.opened
        | sheet.at_once
        | ({"window_reason"} if sheet.activity and is_outside(sheet.activity) else set()),
        "task": _chosen_task(sheet),
    }
    if sheet.activity:
        context["base"] = overtaken.base_of(sheet) if sheet.posted is None else sheet.posted.get("base", "")
    return render(request, "activities/form.html", context, status=status)


def _chosen_task(sheet: Sheet) -> dict | None:
    """The chosen task with how much was recorded for it already."""
    chosen = sheet.entry["task"].value()
    task = next((task for task in sheet.tasks if str(task.lineage) == chosen), None)
    return {"task": task, "recorded": recorded_for_tasks([task.lineage]).get(task.lineage, 0)} if task else None
