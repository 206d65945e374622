"""“Trình ký”: the editor lays the report before the head, who reads it as printed, signs it off or gives it back."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from provinces.workflow import Refused
from reports.forms.signing import SigningForm
from reports.operations.reports import give_back_report, hand_in_report, lock_report, take_back_report
from reports.views.desk import LOCK, Desk, compiled_or_404, desk_of, heads, show, shut_out
from reports.views.printing import leaves_of


@require_POST
def report_hand_in(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The report lies before the head from now on."""
    desk = desk_of(request, t, y, id)
    try:
        hand_in_report(desk.report, by=request.seat, at=timezone.now())
    except Refused as refused:
        return show(request, "shut_out", desk, at=LOCK, status=422, sentence=refused.sentence)
    messages.success(request, _("The report lies before the head. Next: the head signs it off or gives it back"))
    return redirect(desk.home)


@require_POST
def report_take_back(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Back to writing, before the head has signed."""
    desk = desk_of(request, t, y, id)
    try:
        take_back_report(desk.report, by=request.seat, at=timezone.now())
    except Refused as refused:
        return show(request, "shut_out", desk, at=LOCK, status=422, sentence=refused.sentence)
    messages.success(request, _("The report is a draft again"))
    return redirect(desk.home)


def report_sign(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The report as printed beside the head's decision."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    if not desk.signs:
        return shut_out(request, desk, holders=heads(desk), at=LOCK)
    if desk.report.status != "waiting_head":
        return redirect(desk.home)
    if request.method != "POST":
        return _page(request, desk, SigningForm())
    form = SigningForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    try:
        return _decide(request, desk, form)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _page(request, desk, form, status=422)


def _decide(request: HttpRequest, desk: Desk, form: forms.Form) -> HttpResponse:
    if "back" in request.POST:
        give_back_report(desk.report, form.cleaned_data["comment"], by=request.seat, at=timezone.now())
        messages.success(request, _("The report is back with who writes it, with your comment"))
        return redirect(desk.home)
    lock_report(desk.report, by=request.seat, at=timezone.now())
    messages.success(request, _("Signed off; figures and text are locked. Next: number, date and issue"))
    return redirect(desk.url("report_issue"))


def _page(request: HttpRequest, desk: Desk, form: forms.Form, *, status: int = 200) -> HttpResponse:
    empty = sum(not section.text for section in desk.sections)
    context = {"form": form, "pages": leaves_of(desk.report), "empty": empty}
    return show(request, "sign", desk, at=LOCK, status=status, **context)
