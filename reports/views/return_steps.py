"""Handed in, sent, nothing to report, withdrawn: what the department decides about its own return."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from provinces.drafts import find_draft, restore
from provinces.operations.memory import forget_draft
from provinces.vietnamese import format_number
from provinces.workflow import Refused
from reports.forms.returns import NilForm, ReturnPaperForm
from reports.operations.reports import RegistryFacts
from reports.operations.returns import hand_in_return, send_nil, send_return, take_back_return, withdraw_return
from reports.papers.report import usual_symbol
from reports.views.return_desk import ReturnDesk, not_yours, return_desk, show_return, shut

PAPER, NIL = "return_paper", "return_nil"


@require_POST
def return_hand_in(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Trình ký”: the head reads it next."""
    desk = return_desk(request, t, y, id)
    try:
        hand_in_return(desk.report, by=request.seat, at=desk.at)
    except Refused as refused:
        return shut(request, desk, refused.sentence, status=422)
    messages.success(request, _("The return lies before the head. Next: the head reads and sends it"))
    return redirect(desk.home)


@require_POST
def return_take_back(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Back to writing."""
    desk = return_desk(request, t, y, id)
    try:
        take_back_return(desk.report, by=request.seat, at=desk.at)
    except Refused as refused:
        return shut(request, desk, refused.sentence, status=422)
    messages.success(request, _("The return is a draft again"))
    return redirect(desk.home)


def return_send(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Gửi báo cáo”: what the head confirms by sending, and what stands on the unit's own paper."""
    desk = return_desk(request, t, y, id)
    if not desk.signs:
        return not_yours(request, desk, _("the head of %(department)s") % {"department": desk.department})
    if not desk.report.is_open:
        return redirect(desk.url("return_receipt") if desk.delivery else desk.home)
    if request.method != "POST" and desk.closed:
        return redirect(desk.home)
    if request.method != "POST":
        saved = find_draft(request.seat, PAPER, desk.report.public_id)
        return _send_page(request, desk, restore(ReturnPaperForm(initial=_paper(desk)), saved), saved=saved)
    form = ReturnPaperForm(request.POST)
    if not form.is_valid():
        return _send_page(request, desk, form, status=422)
    try:
        send_return(desk.report, RegistryFacts(**form.cleaned_data), by=request.seat, at=desk.at)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _send_page(request, desk, form, status=422)
    forget_draft(PAPER, desk.report.public_id, by=request.seat)
    return redirect(desk.url("return_receipt"))


def _paper(desk: ReturnDesk) -> dict:
    report = desk.report
    given = {name: getattr(report, name) for name in ("number", "dated", "signer_lines", "signer")}
    return given | {"symbol": report.symbol or usual_symbol(report, report.campaign.closes_on)}


def _send_page(request, desk: ReturnDesk, form, *, status: int = 200, saved=None) -> HttpResponse:
    n = desk.rows.confirmed
    question = ngettext(
        "Send the return of %(department)s? Sending is the head's confirmation of its %(n)s activity",
        "Send the return of %(department)s? Sending is the head's confirmation of its %(n)s activities",
        n,
    )
    question = (question if n else _("Send the return of %(department)s?")) % {
        "department": desk.department,
        "n": format_number(n),
    }
    context = {"form": form, "question": question, "here": _("Send"), "saved": saved}
    return show_return(request, "return_send", desk, status=status, **context)


def return_nil(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Báo không phát sinh”: nothing happened, and why."""
    desk = return_desk(request, t, y, id)
    if not desk.signs:
        return not_yours(request, desk, _("the head of %(department)s") % {"department": desk.department})
    if not desk.report.is_open:
        return redirect(desk.url("return_receipt") if desk.delivery else desk.home)
    if request.method != "POST" and desk.closed:
        return redirect(desk.home)
    if request.method != "POST":
        saved = find_draft(request.seat, NIL, desk.report.public_id)
        return _nil_page(request, desk, restore(NilForm(), saved), saved=saved)
    form = NilForm(request.POST)
    if not form.is_valid():
        return _nil_page(request, desk, form, status=422)
    try:
        send_nil(desk.report, form.cleaned_data["reason"], by=request.seat, at=desk.at)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _nil_page(request, desk, form, status=422)
    forget_draft(NIL, desk.report.public_id, by=request.seat)
    return redirect(desk.url("return_receipt"))


def _nil_page(request, desk: ReturnDesk, form, *, status: int = 200, saved=None) -> HttpResponse:
    context = {"form": form, "here": _("Nil return"), "saved": saved}
    return show_return(request, "return_nil", desk, status=status, **context)


def return_receipt(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Đã gửi”: code, the server's time, how late, and who acts next; a page to come back to."""
    desk = return_desk(request, t, y, id)
    if desk.delivery is None:
        raise Http404
    return show_return(request, "return_receipt", desk, here=_("Receipt"))


def return_withdraw(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Rút lại”: only while nobody has opened it."""
    desk = return_desk(request, t, y, id)
    if desk.delivery is None:
        raise Http404
    if not desk.signs:
        return not_yours(request, desk, _("the head of %(department)s") % {"department": desk.department})
    if request.method != "POST":
        return show_return(request, "return_withdraw", desk, here=_("Withdraw"))
    try:
        withdraw_return(desk.report, by=request.seat, at=desk.at)
    except Refused as refused:
        more = {"faults": [refused.sentence], "faulty": True, "here": _("Withdraw")}
        return show_return(request, "return_withdraw", desk, status=422, **more)
    messages.success(request, _("The return is withdrawn and is a draft again; its activities stay sent"))
    return redirect(desk.home)
