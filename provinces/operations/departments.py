"""Departments that a province keeps itself: added, renamed from a day, closed; and duties given from a day."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from provinces.models import Department, DepartmentName, DepartmentSuccession, Duty, Seat, Unit
from provinces.queries import keeps
from provinces.vietnamese import fold, format_date, tidy
from provinces.workflow import Refused, record_event

DAY = datetime.timedelta(days=1)


@transaction.atomic
def add_department(
    unit: Unit,
    kind: str,
    name: str,
    *,
    symbol: str = "",
    valid_from: datetime.date | None = None,
    by: Seat | None,
    at: datetime.datetime,
) -> Department:
    """A body that the standard list does not have: Sở Du lịch, a school, an enterprise."""
    province = unit.home_province
    _check_keeper(by, province, at)
    name = tidy(name)
    same = DepartmentName.objects.filter(department__unit=unit, folded__contains=fold(name), name__iexact=name)
    if same.filter(Q(department__valid_to=None) | Q(department__valid_to__gte=timezone.localtime(at).date())).exists():
        raise Refused(_("%(name)s is already on the list") % {"name": name}, field="name")
    department = Department.objects.create(unit=unit, kind=kind, valid_from=valid_from)
    DepartmentName.objects.create(
        department=department,
        name=name,
        symbol=tidy(symbol),
        seat_place=unit.name_on(timezone.localtime(at).date()).short_name,
        folded=spellings(name, symbol),
        valid_from=valid_from,
    )
    record_event("department.add", department, by=by, at=at, province=province, details={"name": name})
    return department


@transaction.atomic
def rename_department(
    department: Department,
    name: str,
    *,
    symbol: str = "",
    seat_place: str = "",
    on: datetime.date | None = None,
    by: Seat | None,
    at: datetime.datetime,
) -> DepartmentName:
    """Correct the name, or with a day `on` give a new one from then; papers of before keep the old one."""
    province = department.unit.home_province
    _check_keeper(by, province, at)
    now = department.name_on(on or timezone.localtime(at).date())
    changes = {"name": tidy(name), "symbol": tidy(symbol), "seat_place": tidy(seat_place) or now.seat_place}
    changes["folded"] = spellings(name, symbol, now.folded)
    if department.names.exclude(pk=now.pk).filter(name=changes["name"]).exists():
        raise Refused(_("The department bore this name in another time; choose that line"), field="name")
    if on is None:
        DepartmentName.objects.filter(pk=now.pk).update(**changes)
    else:
        now = _name_from(department, now, on, changes)
    details = {"name": changes["name"], "on": on.isoformat() if on else ""}
    record_event("department.rename", department, by=by, at=at, province=province, details=details)
    return department.names.get(name=changes["name"]) if on else DepartmentName.objects.get(pk=now.pk)


@transaction.atomic
def set_address(department: Department, email: str, *, by: Seat | None, at: datetime.datetime) -> Department:
    """Note where documents sent to the body go by e-mail; empty for none. The log keeps that, not the address."""
    province = department.unit.home_province
    _check_keeper(by, province, at)
    department.email = email.strip()
    Department.objects.filter(pk=department.pk).update(email=department.email)
    details = {"given": bool(department.email)}
    record_event("department.address", department, by=by, at=at, province=province, details=details)
    return department


@transaction.atomic
def close_department(
    department: Department,
    *,
    on: datetime.date,
    successors: list[Department],
    by: Seat | None,
    at: datetime.datetime,
) -> Department:
    """The department works to `on`, that day included; successors see what it wrote. Refused while it holds a duty."""
    province = department.unit.home_province
    _check_keeper(by, province, at)
    if department.valid_from and on < department.valid_from:
        raise Refused(_("The last day is before the first day"), field="on")
    if department.valid_to and department.valid_to <= on:
        raise Refused(
            _("The department already ends on %(day)s") % {"day": format_date(department.valid_to)}, field="on"
        )
    if department.duties.filter(Q(valid_to=None) | Q(valid_to__gt=on)).exists():
        raise Refused(_("This department holds a duty after that day. Give the duty to another department first"))
    Department.objects.filter(pk=department.pk).update(valid_to=on)
    department.names.filter(Q(valid_to=None) | Q(valid_to__gt=on)).update(valid_to=on)
    for heir in successors:
        DepartmentSuccession.objects.get_or_create(predecessor=department, successor=heir, defaults={"on": on + DAY})
    details = {"on": on.isoformat(), "successors": [heir.pk for heir in successors]}
    record_event("department.close", department, by=by, at=at, province=province, details=details)
    department.refresh_from_db()
    return department


@transaction.atomic
def give_duty(department: Department, kind: str, *, on: datetime.date, by: Seat | None, at: datetime.datetime) -> Duty:
    """The department holds the duty for its province from `on`; whoever held it before, to the day before."""
    province = department.unit.home_province
    _check_keeper(by, province, at)
    if not department.in_force(on):
        raise Refused(_("The department does not work on %(day)s") % {"day": format_date(on)}, field="on")
    held = Duty.objects.filter(kind=kind, for_unit=province)
    if held.on(on).filter(department=department).exists():
        raise Refused(_("The department holds this duty already"), field="department")
    if held.filter(valid_from__gte=on).exists():
        raise Refused(_("Another department holds this duty from that day or later"), field="on")
    held.on(on).update(valid_to=on - DAY)
    duty = Duty.objects.create(department=department, kind=kind, for_unit=province, valid_from=on)
    record_event(
        "duty.give", duty, by=by, at=at, province=province, details={"department": department.pk, "kind": kind}
    )
    return duty


def spellings(name: str, symbol: str = "", before: str = "") -> str:
    """The search text of a name: folded, with the symbol and what the body was called before."""
    found = [fold(name), *([fold(symbol)] if symbol else []), *before.split(" | ")]
    return " | ".join(dict.fromkeys(filter(None, found)))[:260]


def _name_from(department: Department, now: DepartmentName, on: datetime.date, changes: dict) -> DepartmentName:
    if now.name == changes["name"]:
        raise Refused(_("The department bears this name already"), field="name")
    if (now.valid_from and on <= now.valid_from) or not department.in_force(on):
        raise Refused(_("The new name must begin after the present one and while the department works"), field="on")
    last = now.valid_to
    DepartmentName.objects.filter(pk=now.pk).update(valid_to=on - DAY)
    return DepartmentName.objects.create(department=department, valid_from=on, valid_to=last, **changes)


def _check_keeper(by: Seat | None, province: Unit, at: datetime.datetime) -> None:
    if by is not None and not keeps(by, province, timezone.localtime(at).date()):
        raise Refused(_("Only the standing office and the administrators of the province change this list"))
