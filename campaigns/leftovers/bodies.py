"""Bodies and units that no longer exist on a day, under all the names a plan may still call them by."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from campaigns.leftovers.words import Names, forms_of_body, forms_of_unit
from campaigns.models import Leftover
from provinces.models import Department, DepartmentName, DepartmentSuccession, Unit, UnitName, UnitSuccession
from provinces.vietnamese import sort_key

DISTRICTS_ENDED = datetime.date(2025, 7, 1)
# What plans call districts and the towns inside them, and what stands in their place since they ended.
GENERIC = {
    "huyện, thị xã, thành phố": "xã, phường, đặc khu",
    "huyện, thành phố, thị xã": "xã, phường, đặc khu",
    "huyện, thị, thành phố": "xã, phường, đặc khu",
    "huyện, thành phố": "xã, phường, đặc khu",
    "quận, huyện": "xã, phường",
    "quận, huyện, thị xã": "xã, phường, đặc khu",
    "xã, phường, thị trấn": "xã, phường, đặc khu",
    "cấp huyện": "cấp xã",
    "Phòng Lao động - Thương binh và Xã hội": "Phòng Văn hóa - Xã hội",
}
PEOPLES_COMMITTEES = {Department.Kind.UBND_HUYEN, Department.Kind.UBND_XA}  # found by the names of their units


@dataclasses.dataclass
class Gone:
    """Something that ended: the rows that bore the name, or the words that stand in its place."""

    kind: str
    departments: set[int] = dataclasses.field(default_factory=set)
    units: set[int] = dataclasses.field(default_factory=set)
    words: tuple[str, ...] = ()
    short: bool = False  # called without its kind: Kiên Giang


def family_of(province: Unit) -> set[int]:
    """The province, what it was made from, and what became of it."""
    links = UnitSuccession.objects.filter(
        Q(successor=province) | Q(predecessor=province), predecessor__level="province"
    )
    pairs = links.values_list("predecessor_id", "successor_id")
    return {province.pk, *(pk for pair in pairs for pk in pair)}


def names_of_the_gone(province: Unit, day: datetime.date) -> Names:
    """What no longer exists on `day` by its names; what is in force hides the names inside its own."""
    names, family = Names(), family_of(province)
    _add_units(names, family, province, day)
    _add_departments(names, family, day)
    if day >= DISTRICTS_ENDED:
        for phrase, instead in GENERIC.items():
            names.add(phrase, Gone(Leftover.Kind.UNIT, words=(instead,)))
    return names


def _add_units(names: Names, family: set[int], province: Unit, day: datetime.date) -> None:
    known = UnitName.objects.filter(Q(unit__level="province") | Q(unit__province__in=family), start_known=True)
    rows = list(known.select_related("unit"))
    living = {row.name for row in rows if _lives(row, day)}
    short = {row.short_name for row in rows if _lives(row, day) and row.unit.level == Unit.Level.PROVINCE}
    gone: dict[str, Gone] = defaultdict(lambda: Gone(Leftover.Kind.UNIT))
    for row in rows:
        if row.name in living:
            _add_forms(names, forms_of_unit(row.name), None)
        elif _ended(row, day):
            gone[row.name].units.add(row.unit_id)
            if row.unit_id in family and row.short_name not in short:
                gone[row.short_name].short = True
                gone[row.short_name].units.add(row.unit_id)
    for name, thing in gone.items():
        _add_forms(names, forms_of_unit(name), thing, proper=True)


def _lives(row: UnitName, day: datetime.date) -> bool:
    return row.in_force(day) and row.unit.in_force(day) and not row.unit.end_unknown


def _ended(row: UnitName, day: datetime.date) -> bool:
    ends = [end for end in (row.valid_to, row.unit.valid_to) if end]
    return row.unit.end_unknown or (bool(ends) and min(ends) < day)


def _add_departments(names: Names, family: set[int], day: datetime.date) -> None:
    bodies = Q(department__unit__in=family) | Q(department__unit__level="country")
    rows = DepartmentName.objects.filter(bodies).exclude(department__kind__in=PEOPLES_COMMITTEES)
    gone: dict[str, Gone] = defaultdict(lambda: Gone(Leftover.Kind.BODY))
    for row in rows.select_related("department"):
        called = [row.name, *filter(None, [row.short_name])]
        if row.in_force(day) and row.department.in_force(day):
            for name in called:
                _add_forms(names, forms_of_body(name), None)
        elif row.department.valid_to and row.department.valid_to < day:
            for name in called:
                gone[name].departments.add(row.department_id)
    for name, thing in gone.items():
        _add_forms(names, forms_of_body(name), thing)


def _add_forms(names: Names, forms: Iterable[tuple[str, ...]], thing, *, proper: bool = False) -> None:
    for keys in forms:
        names.add_keys(keys, thing, proper=proper)


@dataclasses.dataclass
class Heirs:
    """Who took over from what was found: names on the day, asked for all findings at once."""

    province: Unit
    day: datetime.date
    gone: list[Gone]

    def __post_init__(self):
        self._bodies = successors_of(set().union(*(x.departments for x in self.gone)), self.province, self.day)
        self._units = _units_after(set().union(*(x.units for x in self.gone)), self.day)

    def of(self, gone: Gone) -> tuple[str, ...]:
        """The names that can stand instead, each once, in Vietnamese order."""
        bodies = {str(body.name_on(self.day)) for pk in gone.departments for body in self._bodies.get(pk, ())}
        names = [name for pk in gone.units for name in self._units.get(pk, ())]
        units = {name.short_name if gone.short else name.in_sentence for name in names}
        return (*gone.words, *sorted(bodies | units, key=sort_key))


def successors_of(ids: set[int], province: Unit, day: datetime.date) -> dict[int, list[Department]]:
    """The bodies in force on `day`, of the province or the country, to which the work of each of `ids` has passed."""
    links, edge = defaultdict(set), set(ids)
    while edge:
        pairs = DepartmentSuccession.objects.filter(predecessor__in=edge).values_list("predecessor_id", "successor_id")
        edge = set()
        for before, after in pairs:
            links[before].add(after)
            edge |= {after} - set(links)
    heirs = {pk: _closure(pk, links) for pk in ids}
    wanted = set().union(*heirs.values()) if heirs else set()
    here = Q(unit=province) | Q(unit__province=province) | Q(unit__level="country")
    rows = Department.objects.on(day).filter(here, pk__in=wanted).select_related("unit").prefetch_related("names")
    bodies = {body.pk: body for body in rows}
    return {pk: [bodies[heir] for heir in sorted(found & set(bodies))] for pk, found in heirs.items()}


def _closure(start: int, links: dict[int, set[int]]) -> set[int]:
    found, edge = set(), {start}
    while edge:
        edge = set().union(*(links.get(pk, set()) for pk in edge)) - found
        found |= edge
    return found


def _units_after(ids: set[int], day: datetime.date) -> dict[int, list[UnitName]]:
    """The units in force on `day` where each of `ids` was, by name: itself under a new name, or its successors."""
    links = defaultdict(set)
    for before, after in UnitSuccession.objects.filter(predecessor__in=ids).values_list("predecessor", "successor"):
        links[before].add(after)
    wanted = set(ids).union(*links.values()) if ids else set()
    units = {unit.pk: unit for unit in Unit.objects.on(day).filter(pk__in=wanted).prefetch_related("names")}
    return {pk: [units[each].name_on(day) for each in sorted({pk, *links[pk]}) if each in units] for pk in ids}
