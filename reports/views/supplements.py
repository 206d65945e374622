"""“Báo cáo bổ sung”: started from an accepted report; its reason; the e-mail that carries a sent report."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from provinces.workflow import Refused
from reports.forms.signing import SupplementForm
from reports.operations.mailings import mail_again
from reports.operations.supplements import open_supplement, write_reason
from reports.tasks import mail_reports
from reports.views.desk import COMPILE, SEND, WRITE, Desk, desk_of, heads, show, shut_out


def report_supplement(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Lập báo cáo bổ sung”: why; the accepted report stays as it is."""
    desk = desk_of(request, t, y, id)
    if not desk.writes:
        return shut_out(request, desk, holders=desk.department, at=SEND)
    if desk.newer:
        return redirect(Desk(request.seat, desk.place, desk.newer).home)
    if desk.report.status != "accepted":
        return redirect(desk.home)
    form = SupplementForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, form)
    try:
        new = open_supplement(desk.report, form.cleaned_data["reason"], by=request.seat, at=timezone.now())
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _page(request, desk, form)
    messages.success(request, _("The supplement is started with the texts of the report. Next: compile the figures"))
    return redirect(Desk(request.seat, desk.place, new).home)


def report_reason(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The reason as it is printed."""
    desk = desk_of(request, t, y, id)
    if desk.report.supplement_no is None:
        raise Http404
    if not desk.writes:
        return shut_out(request, desk, holders=desk.department, at=WRITE)
    form = SupplementForm(request.POST or None, initial={"reason": desk.report.supplement_reason})
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, form)
    try:
        write_reason(desk.report, form.cleaned_data["reason"], by=request.seat, at=timezone.now())
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _page(request, desk, form)
    messages.success(request, _("The reason is saved"))
    return redirect(desk.home)


def _page(request: HttpRequest, desk: Desk, form: SupplementForm) -> HttpResponse:
    at = COMPILE if desk.report.supplement_no else SEND
    return show(request, "supplement", desk, at=at, status=422 if form.errors else 200, form=form)


@require_POST
def report_mail(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Gửi lại thư”: the document by e-mail once more."""
    desk = desk_of(request, t, y, id)
    if desk.delivery is None:
        raise Http404
    if not desk.writes:
        return shut_out(request, desk, holders=heads(desk), at=SEND)
    try:
        mail_again(desk.delivery, by=request.seat, at=timezone.now())
    except Refused as refused:
        return show(request, "shut_out", desk, at=SEND, status=422, sentence=refused.sentence)
    mail_reports.delay_on_commit()
    messages.success(request, _("The e-mail is on its way"))
    return redirect(desk.url("report_receipt"))
