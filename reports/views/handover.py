"""“Bàn giao”: an officer's drafts to a successor; what goes over, and what is there anyway, is listed before."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provinces.models import Department, Draft, Notice, Seat
from provinces.operations.people import hand_over
from provinces.queries import administers
from provinces.vietnamese import format_number
from provinces.views.administration import own_seat, posted, province_of, show
from reports.forms.roster import SuccessorForm
from reports.queries.home import work_of
from reports.queries.places import current_place

# Forms that keep what is typed, by the name they keep it under.
KEPT = {
    "activity": gettext_lazy("Log activity"),
    "grid": gettext_lazy("Quick rows"),
    "plan_section": gettext_lazy("Section of the plan"),
    "plan_task": gettext_lazy("A task of the plan"),
    "plan_review": gettext_lazy("Remarks on a plan"),
    "report_section": gettext_lazy("Section of the report"),
    "report_review": gettext_lazy("Remarks on a report"),
    "return_section": gettext_lazy("Section of the return"),
    "request": gettext_lazy("Request for reports"),
}


def handover(request: HttpRequest, t: str, pk: int) -> HttpResponse:
    """Whose, to whom, what; then the drafts go over in one act, which the log names."""
    province, today = province_of(request, t), timezone.localdate()
    if not administers(request.seat, province, today):
        raise Http404
    seat = own_seat(province, pk)
    successors = _successors(seat, today)
    form = SuccessorForm(request.POST or None, successors=successors)

    def work(data) -> None:
        went, stayed = hand_over(seat, successors[int(data["to"])], by=request.seat, at=timezone.now())
        said = ngettext("%(n)s draft is handed over", "%(n)s drafts are handed over", went)
        messages.success(request, said % {"n": format_number(went)})
        if stayed:
            words = ngettext("%(n)s draft stays where it is", "%(n)s drafts stay where they are", stayed)
            messages.warning(request, words % {"n": format_number(stayed)})

    if request.method == "POST" and posted(form, work):
        return redirect("administration_handover", t=t, pk=pk)
    more = {"form": form, "row": seat, "department": seat.department.name_on(today), "drafts": _drafts(seat)}
    more |= {"successors": successors, "todo": _todo(seat), "unread": _unread(seat)}
    page = "reports/administration/handover.html"
    return show(request, page, province, tab="people", status=422 if form.errors else 200, **more)


def _successors(seat: Seat, today) -> dict[int, Seat]:
    heirs = Department.objects.with_successors([seat.department_id])
    rows = Seat.objects.on(today).filter(department__in=heirs, role__in=[Seat.Role.EDITOR, Seat.Role.APPROVER])
    rows = rows.filter(user__is_active=True).exclude(user=seat.user_id).select_related("user")
    return {row.pk: row for row in rows.order_by("user__full_name", "pk")}


def _drafts(seat: Seat) -> list[dict]:
    """What is typed and not saved: in which form, when, how much; the words are for the successor only."""
    rows = Draft.objects.filter(seat=seat).order_by("-saved_at")
    return [
        {"name": KEPT.get(row.form) or _("Another form"), "at": row.saved_at, "signs": _signs(row.raw)} for row in rows
    ]


def _signs(raw: dict) -> int:
    return sum(len(str(text)) for texts in raw.values() for text in (texts if isinstance(texts, list) else [texts]))


def _todo(seat: Seat) -> list[str]:
    """The department's open work, which the successor has on the own work list already."""
    place = current_place(seat, None)
    return [task.title for task in work_of(seat, place, timezone.now()).todo] if place else []


def _unread(seat: Seat) -> int:
    return Notice.objects.filter(department=seat.department_id, role__in=["", seat.role], read_at=None).count()
