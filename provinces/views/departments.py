"""Departments of a province: the list with dates and duties, one department, its name, its end, duties given."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from provinces.forms import AddressForm, DutyForm, EndForm, NewDepartmentForm, RenameForm, department_choices
from provinces.models import Department, Duty, Unit
from provinces.operations.departments import (
    add_department,
    close_department,
    give_duty,
    rename_department,
    set_address,
)
from provinces.queries import departments_of, with_predecessors
from provinces.vietnamese import sort_key
from provinces.views.administration import departments_today, own_department, page_of, posted, province_of, show

KINDS = list(Department.Kind)
FOLDER = "provinces/administration"


def departments(request: HttpRequest, t: str) -> HttpResponse:
    """The list: working today, or closed (those of the provinces before too), found with or without accents."""
    province, today = province_of(request, t), timezone.localdate()
    words, kind, closed = (request.GET.get(name, "").strip() for name in ("tim", "loai", "nay"))
    provinces = with_predecessors(province) if closed else [province]
    rows = departments_of(provinces, words=words, kind=kind if kind in Department.Kind.values else "")
    rows = rows.filter(valid_to__lt=today) if closed else rows.on(today)
    named = [{"row": row, "name": row.name_on(today), "duties": _duties(row, today)} for row in rows]
    named.sort(key=lambda one: (KINDS.index(one["row"].kind), sort_key(one["name"].name)))
    filters = {"words": words, "kind": kind, "closed": closed, "kinds": Department.Kind.choices}
    page = page_of(request, named)
    return show(request, f"{FOLDER}/departments.html", province, tab="departments", page=page, filters=filters)


def _duties(department: Department, today) -> list[str]:
    return [duty.get_kind_display() for duty in department.duties.all() if duty.in_force(today)]


def department(request: HttpRequest, t: str, pk: int) -> HttpResponse:
    """One department: its names in time, where its work came from and went, its duties and people."""
    province = province_of(request, t)
    row = own_department(province, pk)
    today = timezone.localdate()
    links = {
        "before": row.inheritances.select_related("predecessor__unit").prefetch_related("predecessor__names"),
        "after": row.successions.select_related("successor__unit").prefetch_related("successor__names"),
    }
    return show(
        request,
        f"{FOLDER}/department.html",
        province,
        tab="departments",
        row=row,
        name=row.name_on(today),
        names=row.names.order_by("valid_from"),
        before=[(x.predecessor, x.predecessor.name_on(x.on), x.on) for x in links["before"]],
        after=[(x.successor, x.successor.name_on(x.on), x.on) for x in links["after"]],
        duties=row.duties.order_by("valid_from"),
        people=row.seats.select_related("user").order_by("user__full_name"),
        working=row.in_force(today),
    )


def department_new(request: HttpRequest, t: str) -> HttpResponse:
    """Add a body that the standard list does not have."""
    province = province_of(request, t)
    form = NewDepartmentForm(request.POST or None)

    def add(data):
        kind, name = data.pop("kind"), data.pop("name")
        return add_department(province, kind, name, **data, by=request.seat, at=timezone.now())

    if request.method == "POST" and posted(form, add):
        messages.success(request, _("The department is added"))
        return redirect("administration_departments", t=t)
    return _form_page(request, province, form, _("Add a department"), _("Add the department"))


def department_rename(request: HttpRequest, t: str, pk: int) -> HttpResponse:
    """Correct a name, or give a new one from a day."""
    province = province_of(request, t)
    row = own_department(province, pk)
    now = row.name_on(timezone.localdate())
    start = {"name": now.name, "symbol": now.symbol, "seat_place": now.seat_place}
    form = RenameForm(request.POST or None, initial=start)

    def rename(data):
        return rename_department(row, data.pop("name"), **data, by=request.seat, at=timezone.now())

    if request.method == "POST" and posted(form, rename):
        messages.success(request, _("The name is saved"))
        return redirect("administration_department", t=t, pk=pk)
    heading = _("Name of %(department)s") % {"department": now}
    return _form_page(request, province, form, heading, _("Save the name"), row=row, name=now)


def department_address(request: HttpRequest, t: str, pk: int) -> HttpResponse:
    """Where reports sent to the body go by e-mail."""
    province = province_of(request, t)
    row = own_department(province, pk)
    now = row.name_on(timezone.localdate())
    form = AddressForm(request.POST or None, initial={"email": row.email})

    def save(data):
        return set_address(row, data["email"], by=request.seat, at=timezone.now())

    if request.method == "POST" and posted(form, save):
        messages.success(request, _("The address is saved"))
        return redirect("administration_department", t=t, pk=pk)
    heading = _("Address for documents: %(department)s") % {"department": now}
    return _form_page(request, province, form, heading, _("Save the address"), row=row, name=now)


def department_close(request: HttpRequest, t: str, pk: int) -> HttpResponse:
    """The last day of a department, and who takes over."""
    province = province_of(request, t)
    row = own_department(province, pk)
    now = row.name_on(timezone.localdate())
    others = [other for other in departments_today(province) if other.pk != row.pk]
    form = EndForm(request.POST or None)
    chosen = set(request.POST.getlist("successors"))

    def close(data):
        heirs = [other for other in others if str(other.pk) in chosen]
        return close_department(row, on=data["on"], successors=heirs, by=request.seat, at=timezone.now())

    if request.method == "POST" and posted(form, close):
        messages.success(request, _("The last day is saved"))
        return redirect("administration_department", t=t, pk=pk)
    choices = department_choices([other for other in others if not other.kind.startswith("ubnd")], timezone.localdate())
    heading = _("Close %(department)s") % {"department": now}
    more = {"successors": choices, "chosen": chosen, "row": row, "name": now}
    return _form_page(request, province, form, heading, _("Save the last day"), **more)


def duty(request: HttpRequest, t: str, kind: str) -> HttpResponse:
    """Give the standing office or the committee to a department from a day."""
    province = province_of(request, t)
    if kind not in {Duty.Kind.STANDING_OFFICE, Duty.Kind.COMMITTEE}:
        raise Http404
    bodies = {row.pk: row for row in departments_today(province) if row.unit_id == province.pk}
    form = DutyForm(request.POST or None, departments=department_choices(bodies.values(), timezone.localdate()))

    def give(data):
        body = bodies[int(data["department"])]
        return give_duty(body, kind, on=data["on"], by=request.seat, at=timezone.now())

    if request.method == "POST" and posted(form, give):
        messages.success(request, _("The duty is given"))
        return redirect("administration_province", t=t)
    heading = _("Give the duty: %(duty)s") % {"duty": Duty.Kind(kind).label}
    held = Duty.objects.filter(kind=kind, for_unit=province).order_by("valid_from")
    lines = [
        (one, one.department.name_on(one.valid_from or one.valid_to or timezone.localdate())) for one in _all(held)
    ]
    return _form_page(request, province, form, heading, _("Give the duty"), tab="", held=lines)


def _all(duties):
    return duties.select_related("department").prefetch_related("department__names")


def _form_page(request, province: Unit, form, heading, button, tab="departments", **more) -> HttpResponse:
    status = 422 if form.errors else 200
    page = f"{FOLDER}/department_form.html"
    return show(request, page, province, tab=tab, status=status, form=form, heading=heading, button=button, **more)
