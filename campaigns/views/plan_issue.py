"""Issuing a plan: what the registry wrote, the signed scan, a page that repeats it, and then it stands."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forms.plans import IssueForm
from campaigns.operations.guards import refuse_unsigned
from campaigns.operations.plans import IssueFacts, issue_plan
from campaigns.outlines import usual_symbol
from campaigns.views.plan_desk import Desk, desk_of, form_page, refuse
from provinces.models import File
from provinces.operations.files import store_file
from provinces.tasks import send_digests
from provinces.vietnamese import VIETNAM, format_date
from provinces.views.bell import ring
from provinces.workflow import Refused


def plan_issue(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Number, date and signer as typed, the signed scan; then a page that repeats what issuing means."""
    desk = desk_of(request, t, y, id)
    if not desk.issues:
        return redirect(desk.address("plan"))
    if request.method != "POST":
        return _page(request, desk, _form(desk))
    form, at = _form(desk, request.POST, request.FILES), timezone.now()
    valid = form.is_valid()
    kept = _kept_scan(request, desk, form, at)
    if not valid or "change" in request.POST:
        return _page(request, desk, form, kept)
    facts = IssueFacts(**{**form.cleaned_data, "scan": kept})
    try:
        if "confirm" not in request.POST:
            refuse_unsigned(facts.number, facts.dated, unknown=facts.number_unknown, issuer=desk.plan.issuer, at=at)
            hints = _hints(desk, form.cleaned_data, timezone.localdate())
            return form_page(request, "campaigns/plan_issue_confirm.html", desk, form, kept=kept, hints=hints)
        issue_plan(desk.plan, facts, by=request.seat, at=at)
    except Refused as refused:
        refuse(form, refused)
        return _page(request, desk, form, kept)
    ring(send_digests)
    messages.success(request, _("The plan is issued; its tasks bind from now on"))
    return redirect(desk.address("plan"))


def _form(desk: Desk, *posted) -> IssueForm:
    plan = desk.plan
    symbol = plan.symbol or usual_symbol(plan, plan.duty_day)
    given = {"symbol": symbol, "signer": plan.signer, "signer_lines": plan.signer_lines}
    form = IssueForm(*posted, initial=given)
    form.fields["dated"].year = desk.place.year
    return form


def _page(request: HttpRequest, desk: Desk, form: IssueForm, kept: File | None = None) -> HttpResponse:
    return form_page(request, "campaigns/plan_issue.html", desk, form, kept=kept)


def _kept_scan(request: HttpRequest, desk: Desk, form: IssueForm, at: datetime.datetime) -> File | None:
    """The scan that came now, else the one stored on the way here; nobody else's file can be named.

    A good scan is kept even when another field is at fault, so that it need not be chosen again.
    """
    upload = form.cleaned_data.get("scan")
    if upload:
        return store_file(upload.read(), upload.name, "scan", owner=desk.seat.department, by=desk.seat, at=at)
    token = request.POST.get("scan_token", "")
    return File.objects.filter(token=token, kind="scan", owner__in=desk.seat.reach.departments).first()


def _hints(desk: Desk, given: dict, today: datetime.date) -> list[str]:
    """What is worth a second look; none of it stops the issue, since what is printed is what was typed."""
    number, dated, plan = given["number"], given["dated"], desk.plan
    found = []
    if len(number) == 1 and number.isdigit():
        found.append(_("Numbers below 10 are usually written with a 0: 0%(number)s") % {"number": number})
    if "/" in number:
        found.append(_("The number holds a “/”; the symbol has a box of its own"))
    if dated and dated > today:
        found.append(_("%(date)s is still to come") % {"date": format_date(dated)})
    submitted = plan.submitted_at and plan.submitted_at.astimezone(VIETNAM).date()
    if dated and plan.campaign and dated > plan.campaign.closes_on:
        found.append(_("%(date)s is after the month has closed") % {"date": format_date(dated)})
    elif dated and submitted and dated < submitted:
        found.append(_("%(date)s is before the plan was submitted") % {"date": format_date(dated)})
    return found
