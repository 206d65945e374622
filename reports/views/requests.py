"""Requests for reports: the list, a new one with its days counted backwards, one with everybody it asks."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Request
from campaigns.operations.requests import RequestFacts, close_request, reopen_request
from campaigns.queries import Place
from campaigns.views.place import place_of
from campaigns.workdays import backwards, suggested
from provinces.drafts import find_draft, restore
from provinces.models import Department, Event, Seat, Unit
from provinces.operations.memory import forget_draft
from provinces.vietnamese import format_number
from provinces.views.once import answer_once
from provinces.workflow import Refused
from reports.forms.requests import (
    ALL,
    CHOSEN,
    COMMUNES,
    PROVINCE,
    ExtensionForm,
    ReasonForm,
    RecipientsForm,
    RequestForm,
    initial_days,
)
from reports.models import Report
from reports.operations.returns import ask_for_returns, ask_more, extend_return
from reports.queries.asked import Askable, askable, manages, standing_of
from reports.queries.coverage import state_of_returns
from reports.queries.monitoring import requests_of
from reports.views.reports import office_of
from reports.views.titles import name_of_day

FORM = "request"
KINDS = {"thang": "month", "nam": "year", "chuyen-de": "topical", "dot-xuat": "ad_hoc"}
SCOPES = {"month": "both", "year": "both", "topical": "both", "ad_hoc": "month"}


def requests(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """What the office has asked of the departments, and what the own department was asked."""
    place = place_of(request, t, y)
    rows = requests_of(request.seat, place.province, place.campaign)
    standing = standing_of(rows)
    context = {
        "place": place,
        "rows": [(row, standing[row.pk], name_of_day(row.asker, row.period_to)) for row in rows],
        "office": office_of(request.seat, place) is not None and not place.campaign.locked_at,
        "kinds": [(word, Request.Kind(kind).label) for word, kind in KINDS.items()],
    }
    return render(request, "reports/requests.html", context)


def request_new(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """“Tạo yêu cầu”: the days come filled; “Tính lùi các mốc” counts them again from the last one."""
    place, at = place_of(request, t, y), timezone.now()
    office = office_of(request.seat, place)
    if office is None:
        raise Http404
    bodies = askable(place.province, place.campaign.closes_on, office)
    if request.method != "POST":
        kind = KINDS.get(request.GET.get("loai", ""), "month")
        saved = find_draft(request.seat, FORM, _draft_key(place))
        form = RequestForm(initial=_initial(kind, place, at), year=place.year, choices=_choices(bodies))
        return _form_page(request, place, restore(form, saved), saved=saved)
    if "backwards" in request.POST:
        return _counted_back(request, place, bodies)
    form = RequestForm(request.POST, year=place.year, choices=_choices(bodies))
    if not form.is_valid():
        return _form_page(request, place, form, status=422)
    try:
        answer = answer_once(request, lambda: _asked(request, place, office, form, bodies, at), at=at)
    except Refused as refused:
        form.add_error(_box(refused.field, form), refused.sentence)
        return _form_page(request, place, form, status=422)
    forget_draft(FORM, _draft_key(place), by=request.seat)
    return answer


def _asked(request, place: Place, office: Department, form: RequestForm, bodies: list[Askable], at) -> str:
    given = form.cleaned_data
    made = ask_for_returns(
        place.campaign,
        RequestFacts(
            **{name: given[name] for name in ("kind", "scope", "period_from", "period_to", "cut_off", "due")},
            **{name: given[name] for name in ("subject", "letter_number", "letter_dated", "letter_text", "outline")},
            year=place.year,
            steps=form.steps,
        ),
        asker=office,
        recipients=_chosen(given["who"], given["recipients"], bodies),
        by=request.seat,
        at=at,
    )
    n = made.recipients.count()
    said = ngettext(
        "The request is made; the return of %(n)s unit is open and fills itself",
        "The request is made; the returns of %(n)s units are open and fill themselves",
        n,
    )
    messages.success(request, said % {"n": format_number(n)})
    return reverse("request", kwargs={"t": place.slug, "y": place.year, "id": made.public_id})


def _draft_key(place: Place) -> str:
    return f"{place.slug}:{place.year}"


def _initial(kind: str, place: Place, at: datetime.datetime) -> dict:
    subjects = {
        "month": _("Results of the Action Month of %(year)s"),
        "year": _("Results of the work on gender equality of %(year)s"),
    }
    subject = subjects.get(kind, "") % {"year": place.year} if kind in subjects else ""
    days = initial_days(suggested(kind, place.campaign, at))
    return {"kind": kind, "scope": SCOPES[kind], "who": ALL, "subject": subject, **days}


def _counted_back(request: HttpRequest, place: Place, bodies: list[Askable]) -> HttpResponse:
    """The same page with the days before the last one counted anew on working days; nothing is judged yet."""
    form = RequestForm(request.POST, year=place.year, choices=_choices(bodies))
    form.is_valid()
    given = form.cleaned_data
    last = given.get("ministry_on") or given.get("committee_on") or given.get("due_on")
    if last is None:
        return _form_page(request, place, form, status=422)
    due, steps = backwards(last)
    data = request.POST.copy()
    for name, at in {"due": due, **steps}.items():
        local = timezone.localtime(at)
        data[f"{name}_on"], data[f"{name}_at"] = f"{local:%d/%m/%Y}", f"{local:%H:%M}"
    typed = {name: data.getlist(name) if name == "recipients" else data[name] for name in data}
    again = RequestForm(initial=typed, year=place.year, choices=_choices(bodies))
    return _form_page(request, place, again, counted=True)


def _choices(bodies: list[Askable]) -> list[tuple[str, str]]:
    return [(str(each.department.pk), each.name) for each in bodies]


def _chosen(who: str, ticked: list[str], bodies: list[Askable]) -> list[Department]:
    if who == CHOSEN:
        return [each.department for each in bodies if str(each.department.pk) in set(ticked)]
    wanted = {
        ALL: lambda each: True,
        PROVINCE: lambda each: each.level == Unit.Level.PROVINCE,
        COMMUNES: lambda each: each.level != Unit.Level.PROVINCE,
    }[who]
    return [each.department for each in bodies if wanted(each)]


def _box(field: str, form) -> str | None:
    """The box that a refusal belongs to: a clock is shown by its day."""
    return next((name for name in (field, f"{field}_on") if name in form.fields), None)


def _form_page(request, place: Place, form: RequestForm, *, status: int = 200, **more) -> HttpResponse:
    kind = form["kind"].value()
    context = {
        "place": place,
        "form": form,
        "kind": Request.Kind(kind).label if kind in Request.Kind.values else "",
        "key": _draft_key(place),
        "clocks": [
            (form[f"{name}_on"], form[f"{name}_at"]) for name in ("cut_off", "due", "compile", "committee", "ministry")
        ],
        **more,
    }
    return render(request, "reports/request_new.html", context, status=status)


# ── one request ────────────────────────────────────────────────────────────


def request_page(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """What is asked, until when, and where each department's return stands."""
    place, row = _request(request, t, y, id)
    return _one(request, place, row)


def _request(request: HttpRequest, t: str, y: int, id: str) -> tuple[Place, Request]:
    place = place_of(request, t, y)
    rows = Request.objects.visible_to(request.seat).filter(province=place.province, campaign=place.campaign)
    return place, get_object_or_404(rows.select_related("campaign", "province", "asker__unit"), public_id=id)


def _managed(request: HttpRequest, t: str, y: int, id: str) -> tuple[Place, Request]:
    """The request, for whoever may change it; 404 for everybody else."""
    place, row = _request(request, t, y, id)
    if not manages(row, request.seat):
        raise Http404
    return place, row


def _one(request, place: Place, row: Request, *, status: int = 200, **more) -> HttpResponse:
    manager = manages(row, request.seat)
    states = state_of_returns(row.province, row.campaign, row)
    if not manager and place.province.pk not in request.seat.reach.led:
        states = [each for each in states if each.department.pk in request.seat.reach.departments]
    extended = {each.department_id: each for each in row.recipients.exclude(due=None)}
    ids = dict(row.recipients.values_list("department", "pk"))
    compiled = _compiled(row, request.seat)
    context = {
        "place": place,
        "row": row,
        "asker": name_of_day(row.asker, row.period_to),
        "steps": list(row.steps.all()),
        "states": [(each, ids[each.department.pk], extended.get(each.department.pk)) for each in states],
        "manager": manager,
        "events": Event.objects.about(row).select_related("user"),
        "reason": ReasonForm(),
        "compiled": compiled,
        "may_compile": manager and compiled is None,
        **more,
    }
    return render(request, "reports/request.html", context, status=status)


def _compiled(row: Request, seat: Seat) -> Report | None:
    """The newest version of the report that answers the request."""
    rows = Report.objects.visible_to(seat).filter(request=row, kind=Report.Kind.REPORT)
    return rows.order_by("version", "id").last()


def request_add(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Thêm nơi nhận”: departments that were not asked yet, ticked in one list."""
    place, row = _managed(request, t, y, id)
    asked = set(row.recipients.values_list("department", flat=True))
    bodies = [each for each in askable(place.province, row.period_to, row.asker) if each.department.pk not in asked]
    form = RecipientsForm(request.POST if request.method == "POST" else None, choices=_choices(bodies))
    if request.method == "POST" and form.is_valid():
        chosen = _chosen(CHOSEN, form.cleaned_data["recipients"], bodies)
        try:
            ask_more(row, chosen, by=request.seat, at=timezone.now())
        except Refused as refused:
            form.add_error(_box(refused.field, form), refused.sentence)
        else:
            messages.success(request, _("The departments are asked; their returns are open"))
            return redirect("request", t=t, y=y, id=id)
    context = {"place": place, "row": row, "form": form, "bodies": bodies}
    return render(request, "reports/request_add.html", context, status=422 if form.errors else 200)


def request_extend(request: HttpRequest, t: str, y: int, id: str, recipient: int) -> HttpResponse:
    """“Gia hạn”: a later due time for one department, with the number of the letter."""
    place, row = _managed(request, t, y, id)
    one = get_object_or_404(row.recipients.select_related("department", "request__campaign"), pk=recipient)
    local = timezone.localtime(one.due_at)
    filled = {"due_on": local.date(), "due_at": local.time(), "letter": one.extension_letter}
    form = ExtensionForm(request.POST if request.method == "POST" else None, initial=filled, year=place.year)
    if request.method == "POST" and form.is_valid():
        try:
            extend_return(one, form.due, form.cleaned_data["letter"], by=request.seat, at=timezone.now())
        except Refused as refused:
            form.add_error(_box(refused.field, form), refused.sentence)
        else:
            messages.success(request, _("The due time is extended; the department is told"))
            return redirect("request", t=t, y=y, id=id)
    name = name_of_day(one.department, row.period_to)
    context = {"place": place, "row": row, "form": form, "name": name, "recipient": one}
    return render(request, "reports/request_extend.html", context, status=422 if form.errors else 200)


def request_close(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Khóa nhận báo cáo”, or “Mở lại”: with the reason, which the departments read."""
    place, row = _managed(request, t, y, id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        act = reopen_request if row.closed_at else close_request
        try:
            row = act(row, form.cleaned_data["reason"], by=request.seat, at=timezone.now())
        except Refused as refused:
            form.add_error(_box(refused.field, form), refused.sentence)
        else:
            said = _("The request is closed") if row.closed_at else _("The request is open again")
            messages.success(request, said)
            return redirect("request", t=t, y=y, id=id)
    context = {"place": place, "row": row, "form": form}
    return render(request, "reports/request_close.html", context, status=422 if form.errors else 200)
