"""One activity and its steps: look, send, take back, cancel, evidence, verify, answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from activities.forms.decisions import CommentForm, EvidenceForm, NoteForm, ReasonForm
from activities.models import Activity
from activities.operations import (
    Faulty,
    accept_activity,
    add_evidence,
    answer_participation,
    cancel_activity,
    detach_evidence,
    hand_in,
    return_activity,
    send_activity,
    sending_faults,
    take_back,
)
from activities.operations.entry import standing_office
from activities.operations.evidence import SHUT
from activities.queries import waiting_for_office
from activities.views.desk import Desk, desk_of, shown
from activities.views.lists import is_office
from provinces.models import Event
from provinces.views.once import answer_once
from provinces.workflow import Refused

Status = Activity.Status


@require_GET
def activity(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Everything about an activity, and what can be done with it now."""
    return _detail(desk_of(request, t, y, id))


def _detail(desk: Desk, *, status: int = 200, **forms) -> HttpResponse:
    waits = desk.activity.status == Status.WAITING_HEAD
    context = {
        **facts(desk),
        "evidence_form": EvidenceForm(),
        "comment_form": CommentForm(),
        "answers": desk.seat.writes and not desk.place.campaign.locked_at,
        "returns": waits and desk.may[Status.RETURNED],
        "takes_back": waits and desk.may[Status.DRAFT],
        "faulty": status != 200,
        **forms,
    }
    return render(desk.request, "activities/detail.html", context, status=status)


def facts(desk: Desk) -> dict:
    """What pages of one activity print."""
    row = desk.activity
    outputs = list(
        row.outputs.select_related("measure", "group", "part_of__measure", "part_of__activity").prefetch_related(
            "adjustments"
        )
    )
    lines = [shown(output, row, desk.seat) for output in outputs]
    supports = row.supports.prefetch_related("donors__department__names")
    mine = desk.seat.reach.departments
    asked = [p for p in row.participants.all() if p.department_id in mine and row.owner_id not in mine]
    locked = desk.place.campaign.locked_at
    evidence = list(row.evidence.select_related("file"))
    for piece in evidence:
        piece.shows = not piece.file.name.lower().endswith(".pdf")
    return {
        "place": desk.place,
        "desk": desk,
        "activity": row,
        "line": desk.row,
        "outputs": [line for line in lines if not line.output.support_id],
        "supports": [(s, [line for line in lines if line.output.support_id == s.pk]) for s in supports],
        "inspections": row.inspections.prefetch_related("bodies__department__names"),
        "money": row.money.select_related("source", "support"),
        "documents": row.documents.prefetch_related("issuer__names", "drafter__names"),
        "evidence": evidence,
        "adds_evidence": "own_editor" in desk.powers and row.status not in SHUT and not locked,
        "locked": locked,
        "events": Event.objects.about(row).select_related("user"),
        "versions": row.versions.select_related("by__user"),
        "participants": [(p, p in asked) for p in row.participants.all()],
        "owner_name": row.owner.name_on(row.starts_on or desk.place.campaign.opens_on).name,
    }


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
            _put(form, refused)
        else:
            messages.success(request, _("Returned for completion"))
            return redirect(desk.address("activity"))
    return _detail(desk, status=422, comment_form=form)


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
            _put(form, refused)
        else:
            messages.success(request, _("“%(title)s” cancelled") % {"title": desk.activity.title})
            return redirect(desk.address("activity"))
    context = {**facts(desk), "form": form}
    return render(request, "activities/cancel.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def activity_evidence(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Add a photo or paper; it is looked into and made new before it is kept."""
    desk, form = desk_of(request, t, y, id), EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        content, name = said["file"]
        more = {"consent": said["consent"], "confirmed_names": said["confirmed_names"]}
        try:
            add_evidence(desk.activity, content, name, said["caption"], **more, by=desk.seat, at=timezone.now())
        except Refused as refused:
            _put(form, refused)
        else:
            words = _("Location and camera details were removed from %(file)s") % {"file": name}
            messages.success(request, _("%(file)s is kept") % {"file": name} if name.endswith(".pdf") else words)
            return redirect(f"{desk.address('activity')}#minh-chung")
    return _detail(desk, status=422, evidence_form=form)


@require_POST
def activity_evidence_remove(request: HttpRequest, t: str, y: int, id: str, piece: int) -> HttpResponse:
    """Take a photo or paper away."""
    desk = desk_of(request, t, y, id)
    row = get_object_or_404(desk.activity.evidence.select_related("file"), pk=piece)
    row.activity = desk.activity
    return _step(desk, lambda at: detach_evidence(row, by=desk.seat, at=at), _("Removed"))


@require_POST
def activity_answer(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """A participant says whether it took part."""
    desk = desk_of(request, t, y, id)
    wanted = request.POST.get("participant", "")
    row = next((p for p in desk.activity.participants.all() if str(p.pk) == wanted), None)
    if row is None:
        raise Http404
    row.activity, answer = desk.activity, request.POST.get("answer", "")
    return _step(desk, lambda at: answer_participation(row, answer, by=desk.seat, at=at), _("Answer kept"))


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
            _put(comment if request.POST.get("then") == "return" else note, refused)
    context = {
        **facts(desk),
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


def _put(form, refused: Refused) -> None:
    """The sentences of a refusal beside their boxes."""
    faults = refused.faults if isinstance(refused, Faulty) else [refused]
    for fault in faults:
        form.add_error(fault.field if fault.field in form.fields else None, fault.sentence)
