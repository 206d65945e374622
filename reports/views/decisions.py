"""Locked, issued, sent, withdrawn: what the office decides about its own report."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.operations.guards import refuse_unsigned
from provinces.models import Department, Duty, File
from provinces.operations.files import store_file
from provinces.queries import keeps
from provinces.vietnamese import format_date
from provinces.workflow import Refused
from reports.forms import IssueForm, RecipientForm
from reports.models import Report
from reports.operations.mailings import address_for
from reports.operations.reports import RegistryFacts, issue_report, lock_report, unlock_report
from reports.operations.way_up import send_report, withdraw_report
from reports.papers.report import usual_symbol
from reports.tasks import mail_reports
from reports.views.desk import LOCK, SEND, Desk, compiled_or_404, desk_of, heads, name_of, show, shut_out
from reports.views.printing import leaves_of


def report_lock(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Khóa số liệu”: what is locked, who is missing, and that the report then stands still."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    if not desk.signs:
        return shut_out(request, desk, holders=heads(desk), at=LOCK)
    if request.method != "POST":
        return _lock_page(request, desk)
    try:
        lock_report(desk.report, by=request.seat, at=timezone.now())
    except Refused as refused:
        return _lock_page(request, desk, status=422, faults=[refused.sentence])
    messages.success(request, _("The figures are locked. Next: number, date and issue"))
    return redirect(desk.url("report_issue"))


def _lock_page(request, desk: Desk, *, status: int = 200, faults=()) -> HttpResponse:
    empty = [section for section in desk.sections if not section.text]
    return show(request, "lock", desk, at=LOCK, status=status, faults=faults, faulty=bool(faults), empty=len(empty))


@require_POST
def report_unlock(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Mở khóa”: back to writing, before it is issued."""
    desk = desk_of(request, t, y, id)
    try:
        unlock_report(desk.report, by=request.seat, at=timezone.now())
    except Refused as refused:
        return show(request, "shut_out", desk, at=LOCK, status=422, sentence=refused.sentence)
    messages.success(request, _("The figures are unlocked; compile and write go on"))
    return redirect(desk.home)


def report_issue(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Ban hành”: number, symbol, day and signer as they stand on the signed paper."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    if not desk.signs:
        return shut_out(request, desk, holders=heads(desk), at=LOCK)
    if desk.report.status != "locked":
        return redirect(desk.home)
    if request.method != "POST":
        report = desk.report
        given = {name: getattr(report, name) for name in ("number", "dated", "signer_lines", "signer")}
        given |= {
            "number_unknown": report.number_unknown,
            "symbol": report.symbol or usual_symbol(report, _day(report)),
        }
        return _issue_page(request, desk, IssueForm(initial=given))
    form = IssueForm(request.POST, request.FILES)
    kept = _kept_scan(request)
    if not form.is_valid() or "change" in request.POST:
        return _issue_page(request, desk, form, kept, status=422 if form.errors else 200)
    if "confirmed" not in request.POST:
        return _confirm_issue(request, desk, form, kept, timezone.now())
    return _issue(request, desk, form, kept, timezone.now())


def _day(report: Report) -> datetime.date:
    return report.dated or report.campaign.closes_on


def _kept_scan(request: HttpRequest) -> File | None:
    """The signed copy that was stored on the way to the confirmation; nobody else's file can be named."""
    token = request.POST.get("scan_token", "")
    return File.objects.filter(token=token, kind="scan", owner__in=request.seat.reach.departments).first()


def _confirm_issue(request, desk: Desk, form: IssueForm, kept: File | None, at: datetime.datetime) -> HttpResponse:
    """Keep the signed copy, then repeat in words what issuing does; what cannot be issued is said at once."""
    given = form.cleaned_data
    try:
        refuse_unsigned(
            given["number"], given["dated"], unknown=given["number_unknown"], issuer=desk.report.issuer, at=at
        )
    except Refused as refused:
        form.add_error(refused.field or None, refused.sentence)
        return _issue_page(request, desk, form, kept, status=422)
    upload = form.cleaned_data["scan"]
    if upload:
        own = desk.seat.department
        kept = store_file(upload.read(), upload.name, "scan", owner=own, by=desk.seat, at=at)
    question = _issue_question(desk, form)
    return show(request, "issue_confirm", desk, at=LOCK, form=form, question=question, kept=kept)


def _issue(request, desk: Desk, form: IssueForm, kept: File | None, at: datetime.datetime) -> HttpResponse:
    given = {**form.cleaned_data, "scan": kept}
    try:
        issue_report(desk.report, RegistryFacts(**given), by=request.seat, at=at)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _issue_page(request, desk, form, kept, status=422)
    messages.success(request, _("The report is issued. Next: send it"))
    return redirect(desk.url("report_send"))


def _issue_page(request, desk: Desk, form: IssueForm, kept: File | None = None, *, status: int = 200) -> HttpResponse:
    pages = leaves_of(desk.report)
    return show(request, "issue", desk, at=LOCK, status=status, form=form, pages=pages, kept=kept)


def _issue_question(desk: Desk, form: IssueForm) -> str:
    given = form.cleaned_data
    return _(
        "Issue %(document)s, no. %(number)s of %(date)s? Text and figures then stay; changes need an amendment or "
        "supplement"
    ) % {
        "document": desk.title,
        "number": "/".join(part for part in (given["number"] or "…", given["symbol"]) if part),
        "date": format_date(given["dated"]) if given["dated"] else "…",
    }


def report_send(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Gửi”: to the committee; afterwards the report cannot be changed."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    if not desk.signs:
        return shut_out(request, desk, holders=heads(desk), at=SEND)
    if desk.report.status != "issued":
        return redirect(desk.url("report_receipt") if desk.delivery else desk.home)
    bodies = committees_of(desk)
    names = {pk: name_of(body, desk.report) for pk, body in bodies.items()}
    if request.method != "POST":
        first = str(next(iter(names), ""))
        return _send_page(request, desk, RecipientForm(initial={"to": first}, recipients=names), names)
    form = RecipientForm(request.POST, recipients=names)
    if not form.is_valid():
        return _send_page(request, desk, form, names, status=422)
    try:
        send_report(desk.report, to=bodies[int(form.cleaned_data["to"])], by=request.seat, at=timezone.now())
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return _send_page(request, desk, form, names, status=422)
    mail_reports.delay_on_commit()
    return redirect(desk.url("report_receipt"))


def _send_page(request, desk: Desk, form: RecipientForm, names: dict, *, status: int = 200) -> HttpResponse:
    recipient = next(iter(names.values()), _("the committee"))
    addresses = {name: address_for(body, timezone.localdate()) for body, name in _named(desk, names)}
    context = {"form": form, "recipient": recipient, "somebody": bool(names), "pages": leaves_of(desk.report)}
    context |= {"addresses": addresses, "keeps": keeps(request.seat, desk.place.province, timezone.localdate())}
    return show(request, "send", desk, at=SEND, status=status, **context)


def _named(desk: Desk, names: dict) -> list[tuple[Department, str]]:
    return [(body, names[pk]) for pk, body in committees_of(desk).items() if pk in names]


def committees_of(desk: Desk) -> dict[int, Department]:
    """The bodies that hold the duty of the committee for the province on the report's day, or took it over since."""
    day = desk.report.duty_day
    holders = Duty.objects.on(day).filter(kind=Duty.Kind.COMMITTEE, for_unit=desk.place.province)
    found = Department.objects.filter(pk__in=holders.values("department")).prefetch_related("names").order_by("id")
    return {body.pk: body for body in found}


def report_receipt(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Đã gửi”: code, the server's time, and who acts next; a page to come back to."""
    desk = desk_of(request, t, y, id)
    if desk.delivery is None:
        raise Http404
    return show(request, "receipt", desk, at=SEND)


def report_withdraw(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Rút lại”: only while nobody has opened it."""
    desk = desk_of(request, t, y, id)
    if desk.delivery is None:
        raise Http404
    if not desk.signs:
        return shut_out(request, desk, holders=heads(desk), at=SEND)
    if request.method != "POST":
        return show(request, "withdraw", desk, at=SEND)
    try:
        withdraw_report(desk.report, by=request.seat, at=timezone.now())
    except Refused as refused:
        return show(request, "withdraw", desk, at=SEND, status=422, faults=[refused.sentence], faulty=True)
    messages.success(request, _("The report is withdrawn"))
    return redirect(desk.home)
