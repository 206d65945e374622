"""People of a province and the seats from which they act."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from provinces.forms import AccountForm, EndForm, SeatForm, department_choices
from provinces.models import Unit
from provinces.operations.people import end_seat, give_seat, invite_person
from provinces.queries import administers, seats_of
from provinces.vietnamese import fold, sort_key
from provinces.views.administration import departments_today, own_seat, page_of, posted, province_of, show
from provinces.views.once import answer_once
from provinces.workflow import Refused

FOLDER = "provinces/administration"


def people(request: HttpRequest, t: str) -> HttpResponse:
    """Everybody with a seat, found with or without accents; seats that ended on request."""
    province, today = province_of(request, t), timezone.localdate()
    words, ended = request.GET.get("tim", "").strip(), request.GET.get("nay", "")
    seats = seats_of(province).filter(valid_to__lt=today) if ended else seats_of(province).exclude(valid_to__lt=today)
    rows = [{"seat": seat, "department": str(seat.department.name_on(today))} for seat in seats]
    rows = [row for row in rows if _has(row, fold(words).split())]
    rows.sort(key=lambda row: (sort_key(row["department"]), sort_key(row["seat"].user.full_name)))
    filters = {"words": words, "ended": ended}
    page = page_of(request, rows)
    return show(request, f"{FOLDER}/people.html", province, tab="people", page=page, filters=filters)


def _has(row: dict, words: list[str]) -> bool:
    text = fold(f"{row['seat'].user.full_name} {row['seat'].user.username} {row['department']}")
    return all(word in text for word in words)


@sensitive_post_parameters("password")
def person_new(request: HttpRequest, t: str) -> HttpResponse:
    """A new account with its first seat."""
    province = _administered(request, t)
    bodies = {row.pk: row for row in departments_today(province)}
    form = AccountForm(request.POST or None, departments=_choices(bodies))

    def work(data):
        body = bodies[int(data.pop("department"))]
        return invite_person(data.pop("username"), body, data.pop("role"), **data, by=request.seat, at=timezone.now())

    if request.method == "POST" and form.is_valid():
        return _once(request, t, form, work) or _form(request, province, form)
    return _form(request, province, form)


def seat_new(request: HttpRequest, t: str, pk: int) -> HttpResponse:
    """One more seat for a person who already has one here."""
    province = _administered(request, t)
    person = own_seat(province, pk).user
    bodies = {row.pk: row for row in departments_today(province)}
    form = SeatForm(request.POST or None, departments=_choices(bodies))

    def work(data):
        body = bodies[int(data.pop("department"))]
        return give_seat(person, body, data.pop("role"), **data, by=request.seat, at=timezone.now())

    if request.method == "POST" and posted(form, work):
        messages.success(request, _("The seat is given"))
        return redirect("administration_people", t=t)
    return _form(request, province, form, person=person)


def seat_end(request: HttpRequest, t: str, pk: int) -> HttpResponse:
    """The last day of a seat."""
    province = _administered(request, t)
    seat = own_seat(province, pk)
    today = timezone.localdate()
    form = EndForm(request.POST or None, initial={"on": today})

    def work(data):
        return end_seat(seat, on=data["on"], by=request.seat, at=timezone.now())

    if request.method == "POST" and posted(form, work):
        messages.success(request, _("The seat is ended"))
        return redirect("administration_people", t=t)
    more = {"form": form, "row": seat, "department": seat.department.name_on(today)}
    status = 422 if form.errors else 200
    return show(request, f"{FOLDER}/seat_end.html", province, tab="people", status=status, **more)


def _administered(request: HttpRequest, t: str) -> Unit:
    """The province, for its administrators only."""
    province = province_of(request, t)
    if not administers(request.seat, province, timezone.localdate()):
        raise Http404
    return province


def _choices(bodies: dict) -> list[tuple[str, str]]:
    return department_choices(bodies.values(), timezone.localdate())


def _once(request, t, form, work) -> HttpResponse | None:
    """The account is made once, however often the button is pressed."""

    def make() -> str:
        work(dict(form.cleaned_data))
        return f"/quan-tri/{t}/nguoi-dung"

    try:
        answer = answer_once(request, make, at=timezone.now())
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None
    messages.success(request, _("The account is made and the seat given"))
    return answer


def _form(request, province: Unit, form, person=None) -> HttpResponse:
    status = 422 if form.errors else 200
    page = f"{FOLDER}/person_form.html"
    return show(request, page, province, tab="people", status=status, form=form, person=person)
