"""What others add to an activity: evidence, the answers of participants and of the department it was typed for."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from activities.forms.decisions import DisputeForm, EvidenceForm
from activities.forms.photos import is_photo
from activities.models import Evidence
from activities.operations import add_evidence, answer_participation, answer_typed, detach_evidence
from activities.views.desk import Desk, desk_of
from activities.views.put import put
from activities.views.steps import show_detail
from provinces.vietnamese import format_number
from provinces.workflow import Refused


@require_POST
def activity_evidence(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Add photos or papers; each is looked into by itself, photos are made new before they are kept."""
    desk, form = desk_of(request, t, y, id), EvidenceForm(request.POST, request.FILES)
    kept: list[Evidence] = []
    if form.is_valid():
        try:
            kept = [_keep(desk, form, content, name) for content, name in form.uploads]
        except Refused as refused:
            put(form, refused)
    if kept:
        _tell(request, kept)
    if form.errors:
        return show_detail(desk, status=422, evidence_form=form)
    return redirect(f"{desk.here}#minh-chung")


def _keep(desk: Desk, form: EvidenceForm, content: bytes, name: str) -> Evidence:
    said = form.cleaned_data
    more = {"consent": said["consent"], "confirmed_names": said["confirmed_names"]}
    return add_evidence(desk.activity, content, name, said["caption"], **more, by=desk.seat, at=timezone.now())


def _tell(request: HttpRequest, kept: list[Evidence]) -> None:
    photos = [row.file.name for row in kept if is_photo(row.file.name)]
    words = ngettext("%(n)s file is kept", "%(n)s files are kept", len(kept)) % {"n": format_number(len(kept))}
    if photos:
        removed = _("Location and camera details were removed from %(file)s") % {"file": ", ".join(photos)}
        words = f"{words}. {removed}"
    messages.success(request, words)


@require_POST
def activity_evidence_remove(request: HttpRequest, t: str, y: int, id: str, piece: int) -> HttpResponse:
    """Take a photo or paper away."""
    desk = desk_of(request, t, y, id)
    row = get_object_or_404(desk.activity.evidence.select_related("file"), pk=piece)
    row.activity = desk.activity
    try:
        detach_evidence(row, by=desk.seat, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Removed"))
    return redirect(desk.here)


@require_POST
def activity_answer(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """A participant says whether it took part; a dispute gives its reason."""
    desk = desk_of(request, t, y, id)
    wanted = request.POST.get("participant", "")
    row = next((p for p in desk.activity.participants.all() if str(p.pk) == wanted), None)
    if row is None:
        raise Http404
    row.activity = desk.activity
    return _answered(desk, lambda said: answer_participation(row, *said, by=desk.seat, at=timezone.now()))


@require_POST
def activity_answer_typed(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The department says whether what the office typed for it is right; a dispute gives its reason."""
    desk = desk_of(request, t, y, id)
    return _answered(desk, lambda said: answer_typed(desk.activity, *said, by=desk.seat, at=timezone.now()))


def _answered(desk: Desk, answer) -> HttpResponse:
    """Take the answer with its reason; what is refused comes back on the page of the activity."""
    form = DisputeForm(desk.request.POST, auto_id="khong_%s")
    if form.is_valid():
        try:
            answer((desk.request.POST.get("answer", ""), form.cleaned_data["reason"]))
        except Refused as refused:
            put(form, refused)
        else:
            messages.success(desk.request, _("Answer kept"))
            return redirect(desk.here)
    return show_detail(desk, status=422, dispute_form=form)
