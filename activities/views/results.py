"""Pages of one result: part of another one, adjusted by the province, added by a participant."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from activities.forms.decisions import DisputeForm
from activities.forms.results import AdjustForm, OwnOutputForm, WholeForm
from activities.models import Activity, Output, Participant
from activities.operations import (
    add_own_output,
    adjust_output,
    decline_output,
    mark_part,
    remove_own_output,
    take_over_output,
    unmark_part,
)
from activities.operations.faults import say
from activities.queries import GONE, Filters, narrowed
from activities.views.desk import Desk, desk_of, total_of
from activities.views.put import put
from provinces.vietnamese import format_number, format_period
from provinces.views.once import answer_once
from provinces.workflow import Refused

MOST_WHOLES = 30


def _output_of(desk: Desk, pk: int) -> Output:
    """An output of the activity of the address."""
    row = desk.activity.outputs.select_related("measure", "contributor", "part_of__activity").filter(pk=pk).first()
    if row is None:
        raise Http404
    row.activity = desk.activity
    return row


def output_part(request: HttpRequest, t: str, y: int, id: str, output: int) -> HttpResponse:
    """Mark a result as part of another one, of this activity or of any other that the seat sees."""
    desk = desk_of(request, t, y, id)
    row = _output_of(desk, output)
    if not desk.marks:
        return redirect(desk.here)
    text = request.GET.get("tim", "")
    wholes = _wholes(desk, row, text)
    form = WholeForm(request.POST or None, wholes=wholes)
    if request.method == "POST" and form.is_valid():
        chosen = next(each for each, _words in wholes if str(each.pk) == form.cleaned_data["whole"])
        try:
            mark_part(row, chosen, by=desk.seat, at=timezone.now())
        except Refused as refused:
            form.add_error("whole", refused.sentence)
        else:
            messages.success(request, _("Marked: it is not added again"))
            return redirect(desk.here)
    context = {"output": row, "said": _said(desk, row), "form": form, "text": text, "found": bool(wholes)}
    return _show(desk, "part", context)


def _wholes(desk: Desk, row: Output, text: str) -> list[tuple[Output, str]]:
    """Results of the same measure that may hold the row, those of the same activity first."""
    place = desk.place
    seen = Activity.objects.visible_to(desk.seat).filter(province=place.province, year=place.year)
    seen = narrowed(seen.exclude(status__in=GONE), Filters(text=text))
    rows = Output.objects.settled().filter(activity__in=seen, measure=row.measure_id).exclude(pk=row.pk)
    rows = rows.select_related("activity__owner", "measure", "contributor").prefetch_related("activity__owner__names")
    rows = rows.order_by("activity__starts_on", "id")[: 4 * MOST_WHOLES]
    near = sorted(rows, key=lambda each: each.activity_id != row.activity_id)
    return [(each, _said(desk, each)) for each in near[:MOST_WHOLES]]


def _said(desk: Desk, output: Output) -> str:
    """“khoảng 550 lượt người: Lễ phát động”, and on a second line who recorded it and when."""
    activity = output.activity
    total = total_of(output, output.measure.sensitive and activity.owner.unit_id != desk.seat.department.unit_id)
    name = f"{output.label or output.measure.name}: {total} {output.measure.unit_of_measure}"
    day = format_period(activity.starts_on, activity.ends_on) if activity.starts_on else ""
    return f"{name}\n{' · '.join(filter(None, [activity.title, str(activity.owner), day]))}"


@require_POST
def output_unmark(request: HttpRequest, t: str, y: int, id: str, output: int) -> HttpResponse:
    """Take the mark away."""
    desk = desk_of(request, t, y, id)
    row = _output_of(desk, output)
    return _step(desk, lambda at: unmark_part(row, by=desk.seat, at=at), _("The result counts by itself again"))


def output_adjust(request: HttpRequest, t: str, y: int, id: str, output: int) -> HttpResponse:
    """The province's adjustment: a visible line beside the unit's own number."""
    desk = desk_of(request, t, y, id)
    row = _output_of(desk, output)
    if not desk.adjusts or row.quantity is None:
        return redirect(desk.here)
    now = row.quantity + sum(row.adjustments.values_list("delta", flat=True))
    form = AdjustForm(request.POST or None, initial={"seen": str(now)})
    if request.method == "POST" and form.is_valid():
        try:
            return _adjusted(desk, row, form, now)
        except Refused as refused:
            put(form, refused, delta="wanted")
    lines = row.adjustments.select_related("by__user").order_by("pk")
    context = {"output": row, "said": _said(desk, row), "form": form, "now": now, "lines": lines}
    return _show(desk, "adjust", context)


def _adjusted(desk: Desk, row: Output, form: AdjustForm, now: int) -> HttpResponse:
    said, at = form.cleaned_data, timezone.now()
    if said["seen"] != str(now):
        raise Refused(say("output.moved", given=format_number(now)), field="wanted")
    adjust_output(row, said["wanted"] - now, said["reason"], by=desk.seat, at=at)
    messages.success(desk.request, _("Adjustment entered; the number of the unit stays"))
    return redirect(desk.here)


def output_add(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """A participant adds a result of its own: part of a counted one, or in addition."""
    desk = desk_of(request, t, y, id)
    participant = own_part(desk)
    if participant is None or not desk.adds_own:
        return redirect(desk.here)
    rows = (
        desk.activity.outputs.filter(awaiting=False).select_related("measure", "contributor").order_by("position", "id")
    )
    form = OwnOutputForm(
        request.POST or None, activity=desk.activity, wholes=[(row, _plain(desk, row)) for row in rows]
    )
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, lambda: _added(desk, participant, form), at=timezone.now())
        except Refused as refused:
            form.names_asked = any(fault.lifted_by for fault in getattr(refused, "faults", ()))
            put(form, refused, quantity="amount")
    return _show(desk, "add_output", {"form": form, "participant": participant})


def _plain(desk: Desk, output: Output) -> str:
    output.activity = desk.activity
    return _said(desk, output).partition("\n")[0]


def _added(desk: Desk, participant: Participant, form: OwnOutputForm) -> str:
    ticked = form.cleaned_data["confirmed_names"]
    row = add_own_output(participant, form.read, by=desk.seat, at=timezone.now(), confirmed_names=ticked)
    waits = _("Added; it counts once the office has verified it")
    messages.success(desk.request, waits if row.awaiting else _("Added to the activity"))
    return desk.here


def own_part(desk: Desk) -> Participant | None:
    """The participant's row of the seat's department; none for the recorder itself."""
    mine = desk.seat.reach.departments
    if desk.activity.owner_id in mine:
        return None
    row = next((p for p in desk.activity.participants.all() if p.department_id in mine), None)
    if row:
        row.activity = desk.activity
    return row


@require_POST
def output_remove(request: HttpRequest, t: str, y: int, id: str, output: int) -> HttpResponse:
    """A participant takes its result back."""
    desk = desk_of(request, t, y, id)
    row = _output_of(desk, output)
    return _step(desk, lambda at: remove_own_output(row, by=desk.seat, at=at), _("Removed"))


def output_settle(request: HttpRequest, t: str, y: int, id: str, output: int) -> HttpResponse:
    """The office verifies a result that a participant added later, or leaves it uncounted with a reason."""
    desk = desk_of(request, t, y, id)
    row = _output_of(desk, output)
    if not desk.adjusts or not row.awaiting:
        return redirect(desk.here)
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _settled(desk, row, form)
        except Refused as refused:
            put(form, refused)
    context = {"output": row, "said": _said(desk, row), "form": form}
    return _show(desk, "settle_output", context)


def _settled(desk: Desk, row: Output, form: DisputeForm) -> HttpResponse:
    said = {"by": desk.seat, "at": timezone.now()}
    if desk.request.POST.get("then") == "decline":
        decline_output(row, form.cleaned_data["reason"], **said)
        messages.success(desk.request, _("Left uncounted, the reason stands beside it"))
    else:
        take_over_output(row, **said)
        messages.success(desk.request, _("Verified: the result counts"))
    return redirect(desk.here)


def _show(desk: Desk, page: str, context: dict) -> HttpResponse:
    posted = desk.request.method == "POST"
    said = {"place": desk.place, "desk": desk, "activity": desk.activity, **context}
    return render(desk.request, f"activities/{page}.html", said, status=422 if posted else 200)


def _step(desk: Desk, work, words: str) -> HttpResponse:
    """Do a step without a form of its own; a refusal is told on the page of the activity."""
    try:
        work(timezone.now())
    except Refused as refused:
        messages.error(desk.request, refused.sentence)
    else:
        messages.success(desk.request, words)
    return redirect(desk.here)
