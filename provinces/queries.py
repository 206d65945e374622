"""Questions about who: provinces by address, names on a day, the departments a seat may act for."""

import datetime

from django.db.models import Q

from provinces.models import (
    Department,
    DepartmentName,
    DepartmentSuccession,
    Duty,
    Presence,
    Seat,
    Unit,
    UnitName,
)
from provinces.vietnamese import fold

OLD = "-cu"
COUNTRY = "toan-quoc"  # stands in addresses where a province’s would
FORGOTTEN_AFTER = datetime.timedelta(seconds=60)


def province_by_slug(slug: str, year: int) -> Unit | None:
    """The province an address means: the one in force on 15/11 of the year, or with “-cu” one that ended before."""
    day = datetime.date(year, 11, 15)
    units = Unit.objects.provinces().prefetch_related("names")
    if slug.endswith(OLD):
        return units.filter(slug=slug.removesuffix(OLD), valid_to__lt=day).order_by("-valid_to").first()
    return units.on(day).filter(slug=slug).first()


def address_of(province: Unit, year: int) -> str:
    """The slug under which `province` is reached in `year`; the inverse of province_by_slug, but for the country."""
    if province.level == Unit.Level.COUNTRY:
        return COUNTRY
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


def heirs_of(ids) -> dict[int, set[int]]:
    """Each department with all that succeeded it, itself included; one query for each step of succession."""
    heirs, edge = {}, set(ids)
    while edge:
        heirs |= {pk: [] for pk in edge}
        links = DepartmentSuccession.objects.filter(predecessor__in=edge)
        for old, new in links.values_list("predecessor_id", "successor_id"):
            heirs[old].append(new)
        edge = {new for old in edge for new in heirs[old]} - heirs.keys()
    return {pk: _reached(pk, heirs) for pk in ids}


def _reached(start: int, links: dict[int, list[int]]) -> set[int]:
    found, edge = set(), {start}
    while edge:
        found |= edge
        edge = {new for old in edge for new in links[old]} - found
    return found


def administers(seat: Seat, province: Unit, day: datetime.date) -> bool:
    """True for an administrator's seat in the standing office of `province` on that day, or in the ministry."""
    return seat.role == Seat.Role.ADMIN and _keeps_province(seat, province, day)


def keeps_country(seat: Seat) -> bool:
    """True for an administrator's seat in the ministry: it keeps the lists that all provinces share."""
    return seat.role == Seat.Role.ADMIN and seat.reach.ministry


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


def administered_by(seat: Seat | None, slug: str, day: datetime.date) -> Unit | None:
    """The province in force on `day` of that address, if the seat looks after its lists; else None."""
    found = Unit.objects.provinces().on(day).filter(slug=slug).prefetch_related("names").first()
    return found if found is not None and seat is not None and keeps(seat, found, day) else None


def with_predecessors(province: Unit) -> list[Unit]:
    """The province and those it was made from, itself first."""
    before = Unit.objects.filter(successions__successor=province).prefetch_related("names").order_by("slug")
    return [province, *before]


def departments_of(provinces: list[Unit], *, words: str = "", kind: str = ""):
    """Departments of provinces and of the units inside, whose names hold all `words`, with or without accents."""
    rows = Department.objects.filter(Q(unit__in=provinces) | Q(unit__province__in=provinces))
    if kind:
        rows = rows.filter(kind=kind)
    for word in fold(words).split():
        rows = rows.filter(pk__in=DepartmentName.objects.filter(folded__contains=word).values("department"))
    return rows.select_related("unit").prefetch_related("names", "duties")


def units_inside(provinces: list[Unit], *, level: str, words: str = ""):
    """Districts or communes of provinces whose names hold all `words`, with or without accents."""
    rows = Unit.objects.filter(province__in=provinces, level=level)
    for word in fold(words).split():
        rows = rows.filter(pk__in=UnitName.objects.filter(folded__contains=word).values("unit"))
    return rows.prefetch_related("names")


def seats_of(province: Unit):
    """Seats in the departments of a province and of the units inside, with their people."""
    seats = Seat.objects.filter(Q(department__unit=province) | Q(department__unit__province=province))
    return seats.select_related("user", "department__unit").prefetch_related("department__names")


def others_at(row, *, but: Seat, at: datetime.datetime) -> dict[str, list[Presence]]:
    """Who else has parts of a row open for writing at that moment: part → people, who came first first."""
    here = Presence.objects.filter(object_type=row._meta.label_lower, object_id=str(row.pk))
    found = here.filter(seen_at__gt=at - FORGOTTEN_AFTER).exclude(seat__user=but.user_id).order_by("since")
    parts = {}
    for presence in found.select_related("seat__user"):
        parts.setdefault(presence.part, []).append(presence)
    return parts
