"""One activity and its steps: look, send, take back, cancel, delete a draft, verify."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from activities.forms.decisions import CommentForm, DisputeForm, EvidenceForm, NoteForm, ReasonForm
from activities.models import Activity
from activities.operations import (
    accept_activity,
    cancel_activity,
    delete_draft,
    hand_in,
    may_delete,
    return_activity,
    send_activity,
    sending_faults,
    take_back,
)
from activities.operations.entry import standing_office
from activities.queries import waiting_for_office
from activities.views.desk import Desk, desk_of
from activities.views.facts import facts
from activities.views.lists import is_office
from activities.views.put import put
from activities.views.results import own_part
from provinces.models import Event
from provinces.views.once import answer_once
from provinces.workflow import Refused

Status = Activity.Status


@require_GET
def activity(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Everything about an activity, and what can be done with it now."""
    return show_detail(desk_of(request, t, y, id))


def show_detail(desk: Desk, *, status: int = 200, **forms) -> HttpResponse:
    """The page of one activity; a form that was refused comes back bound, with 422."""
    waits = desk.activity.status == Status.WAITING_HEAD
    locked = desk.place.campaign.locked_at
    mine = desk.activity.owner_id in desk.seat.reach.departments
    context = {
        **facts(desk),
        "evidence_form": EvidenceForm(),
        "comment_form": CommentForm(),
        "dispute_form": DisputeForm(auto_id="khong_%s"),
        "own_part": own_part(desk),
        "answers": desk.seat.writes and not locked,
        "answers_typed": mine and desk.seat.writes and desk.activity.on_behalf_scan_id and not locked,
        "deletes": not locked and may_delete(desk.activity, desk.seat),
        "returns": waits and desk.may[Status.RETURNED],
        "takes_back": waits and desk.may[Status.DRAFT],
        "faulty": status != 200,
        **forms,
    }
    return render(desk.request, "activities/detail.html", context, status=status)


def activity_send(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Look once more, then send; an editor hands in to the head."""
    desk, at = desk_of(request, t, y, id), timezone.now()
    if not (desk.may[Status.SENT] or desk.may[Status.WAITING_HEAD]):
        return redirect(desk.address("activity"))
    step = send_activity if desk.may[Status.SENT] else hand_in
    faults = sending_faults(desk.activity, at=at)
    if request.method == "POST":
        try:
            return answer_once(request, lambda: _sent(desk, step, at), at=at)
        except Refused as refused:
            faults = getattr(refused, "faults", [refused])
    context = {
        **facts(desk),
        "faults": [fault.sentence for fault in faults],
        "sends": step is send_activity,
        "office": standing_office(desk.place.province, desk.activity.duty_day),
        "faulty": request.method == "POST",
    }
    return render(request, "activities/send.html", context, status=422 if request.method == "POST" else 200)


def _sent(desk: Desk, step, at) -> str:
    step(desk.activity, by=desk.seat, at=at)
    return desk.address("activity_receipt")


@require_GET
def activity_receipt(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """What was received, when, and who acts next."""
    desk = desk_of(request, t, y, id)
    verbs = ("activity.send", "activity.hand_in")
    event = Event.objects.about(desk.activity).filter(verb__in=verbs).last()
    if event is None:
        raise Http404
    sent = event.verb == "activity.send"
    following = (
        _("%(office)s verifies it next.") % {"office": standing_office(desk.place.province, desk.activity.duty_day)}
        if sent
        else _("The head of the department confirms it next.")
    )
    context = {"place": desk.place, "desk": desk, "activity": desk.activity, "event": event, "sent": sent}
    return render(request, "activities/receipt.html", {**context, "following": following})


@require_POST
def activity_take_back(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Take back what still waits for the head."""
    desk = desk_of(request, t, y, id)
    return _step(desk, lambda at: take_back(desk.activity, by=desk.seat, at=at), _("Taken back, a draft again"))


@require_POST
def activity_return(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The head, or the office that had verified it, sends it back with a comment."""
    desk, form = desk_of(request, t, y, id), CommentForm(request.POST)
    if form.is_valid():
        try:
            return_activity(desk.activity, form.cleaned_data["comment"], by=desk.seat, at=timezone.now())
        except Refused as refused:
            put(form, refused)
        else:
            messages.success(request, _("Returned for completion"))
            return redirect(desk.address("activity"))
    return show_detail(desk, status=422, comment_form=form)


def activity_delete(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Throw away a draft that nobody else has seen."""
    desk = desk_of(request, t, y, id)
    if not may_delete(desk.activity, desk.seat):
        return redirect(desk.here)
    refused = []
    if request.method == "POST":
        title = desk.activity.title
        try:
            delete_draft(desk.activity, by=desk.seat, at=timezone.now())
        except Refused as refusal:
            refused = [refusal.sentence]
        else:
            messages.success(request, _("Draft “%(title)s” deleted") % {"title": title})
            return redirect(reverse("activities", args=[desk.place.slug, desk.place.year]))
    context = {"place": desk.place, "desk": desk, "activity": desk.activity, "refused": refused}
    return render(request, "activities/delete.html", context, status=422 if refused else 200)


def activity_cancel(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Take an activity out of the count, with a reason."""
    desk = desk_of(request, t, y, id)
    if not desk.may[Status.CANCELLED]:
        return redirect(desk.address("activity"))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_activity(desk.activity, form.cleaned_data["reason"], by=desk.seat, at=timezone.now())
        except Refused as refused:
            put(form, refused)
        else:
            messages.success(request, _("“%(title)s” cancelled") % {"title": desk.activity.title})
            return redirect(desk.address("activity"))
    context = {**facts(desk), "form": form}
    return render(request, "activities/cancel.html", context, status=422 if request.method == "POST" else 200)


def verify_one(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The office looks at one activity: figures and evidence side by side; verify, or return with a comment."""
    desk = desk_of(request, t, y, id)
    if not is_office(request, desk.place):
        raise Http404
    note, comment = NoteForm(request.POST or None), CommentForm(request.POST or None)
    if request.method == "POST" and note.is_valid() and comment.is_valid():
        try:
            return _decide(desk, note, comment)
        except Refused as refused:
            put(comment if request.POST.get("then") == "return" else note, refused)
    context = {
        **facts(desk, compares=True),
        "adds_evidence": False,
        "note_form": note,
        "comment_form": comment,
        "faulty": request.method == "POST",
    }
    return render(request, "activities/verify_one.html", context, status=422 if request.method == "POST" else 200)


def _decide(desk: Desk, note: NoteForm, comment: CommentForm) -> HttpResponse:
    """Do what the button says, then on to the next in the queue."""
    said = {"by": desk.seat, "at": timezone.now()}
    if desk.request.POST.get("then") == "return":
        return_activity(desk.activity, comment.cleaned_data["comment"], **said)
        words = _("“%(title)s” returned for completion")
    else:
        accept_activity(desk.activity, note=note.cleaned_data["note"], **said)
        words = _("“%(title)s” verified")
    messages.success(desk.request, words % {"title": desk.activity.title})
    following = waiting_for_office(desk.seat, desk.place.province, desk.place.year).first()
    where = [desk.place.slug, desk.place.year]
    if following is None:
        return redirect(reverse("verify", args=where))
    return redirect(reverse("verify_one", args=[*where, following.public_id]))


def _step(desk: Desk, work, words: str) -> HttpResponse:
    """Do a step without a form of its own; a refusal is told on the page of the activity."""
    try:
        work(timezone.now())
    except Refused as refused:
        messages.error(desk.request, refused.sentence)
    else:
        messages.success(desk.request, words)
    return redirect(desk.address("activity"))
