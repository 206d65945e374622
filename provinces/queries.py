"""Questions about who: provinces by address, names on a day, the departments a seat may act for."""

import datetime

from provinces.models import Department, Duty, Seat, Unit

OLD = "-cu"


def province_by_slug(slug: str, year: int) -> Unit | None:
    """The province an address means: the one in force on 15/11 of the year, or with “-cu” one that ended before."""
    day = datetime.date(year, 11, 15)
    units = Unit.objects.provinces().prefetch_related("names")
    if slug.endswith(OLD):
        return units.filter(slug=slug.removesuffix(OLD), valid_to__lt=day).order_by("-valid_to").first()
    return units.on(day).filter(slug=slug).first()


def address_of(province: Unit, year: int) -> str:
    """The slug under which `province` is reached in `year`; the inverse of province_by_slug."""
    day = datetime.date(year, 11, 15)
    return province.slug if province.in_force(day) else f"{province.slug}{OLD}"


def province_on(province: Unit, day: datetime.date) -> Unit:
    """The province itself if in force on `day`, else the one it came from or went to (the first when several)."""
    if province.in_force(day):
        return province
    if province.valid_from and day < province.valid_from:
        links = province.inheritances.select_related("predecessor").order_by("predecessor__slug")
        same = [x.predecessor for x in links]
    else:
        same = [x.successor for x in province.successions.select_related("successor")]
    same.sort(key=lambda unit: unit.slug != province.slug)
    return same[0] if same else province


def acting_departments(seat: Seat, province: Unit, day: datetime.date) -> list[Department]:
    """The departments of `province` in force on `day` that the seat may write for: its own or those it succeeded."""
    return list(
        Department.objects.on(day)
        .filter(pk__in=seat.reach.departments)
        .filter(unit__in=Unit.objects.filter(pk=province.pk) | Unit.objects.filter(province=province))
        .prefetch_related("names")
        .order_by("kind", "id")
    )


def department_names(ids, day: datetime.date) -> dict[int, str]:
    """The names of departments on a day, two queries for any number."""
    found = Department.objects.filter(pk__in=set(ids)).prefetch_related("names")
    return {d.pk: d.name_on(day).name for d in found}


def administers(seat: Seat, province: Unit, day: datetime.date) -> bool:
    """True for an administrator's seat in the standing office of `province` on that day, or in the ministry."""
    return seat.role == Seat.Role.ADMIN and _keeps_province(seat, province, day)


def keeps(seat: Seat, province: Unit, day: datetime.date) -> bool:
    """True for those who look after the province's lists: its administrators and the people of the standing office."""
    return seat.role != Seat.Role.VIEWER and _keeps_province(seat, province, day)


def _keeps_province(seat: Seat, province: Unit, day: datetime.date) -> bool:
    if seat.reach.ministry:
        return seat.role == Seat.Role.ADMIN
    return seat.holds(Duty.Kind.STANDING_OFFICE, province, day)


def administrators(province: Unit):
    """Administrator seats of the standing office of `province`, whenever they are valid."""
    offices = Duty.objects.filter(kind=Duty.Kind.STANDING_OFFICE, for_unit=province, valid_to=None)
    return Seat.objects.filter(role=Seat.Role.ADMIN, department__in=offices.values("department"))
