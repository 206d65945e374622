"""Rules about who, when and where: each check yields the faults it finds in an activity as handed in."""

import dataclasses
import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from activities.models import Activity, Participant
from activities.operations.faults import Fault, Faulty, say
from activities.operations.shape import ActivityData
from campaigns.models import Campaign
from provinces.models import Department, DepartmentSuccession, Unit, UnitSuccession
from provinces.vietnamese import find_private, format_date

Precision = Activity.Precision


@dataclasses.dataclass(frozen=True)
class Setting:
    """Where an activity is written: its province, year, campaign and the department that records it."""

    campaign: Campaign | None
    year: int
    province: Unit
    owner: Department

    def day_of(self, data: ActivityData) -> datetime.date:
        """The day on which everything chosen must have been in force."""
        if data.starts_on:
            return data.starts_on
        return self.campaign.opens_on if self.campaign else datetime.date(self.year, 11, 15)


def check_when(data: ActivityData, setting: Setting) -> Iterator[Fault]:
    """The scope has its campaign, the dates fit their precision and the year that was chosen."""
    if data.scope == Activity.Scope.MONTH and setting.campaign is None:
        yield Fault("scope", say("campaign.missing"))
    if setting.campaign and setting.campaign.year != setting.year:
        yield Fault("scope", say("campaign.other", year=setting.campaign.year))
    dated = data.precision in {Precision.DAY, Precision.MONTH}
    if dated and data.starts_on is None:
        yield Fault("starts_on", say("required", label=_("date")))
    if not dated and (data.starts_on or data.ends_on):
        yield Fault("starts_on", say("date.of_precision", precision=Precision(data.precision).label))
    if data.starts_on:
        yield from _check_days(data.starts_on, data.ends_on, setting.year)


def _check_days(start: datetime.date, end: datetime.date | None, year: int) -> Iterator[Fault]:
    if end and end < start:
        yield Fault("ends_on", say("date.order", end=format_date(end), start=format_date(start)))
    if start.year != year:
        yield Fault("starts_on", say("date.other_year", date=format_date(start), year=start.year))


def check_place(data: ActivityData, setting: Setting) -> Iterator[Fault]:
    """The unit of the place lies in the province and was in force on the day."""
    unit = data.place_unit
    if unit is None:
        return
    day = setting.day_of(data)
    if not unit.in_force(day) or unit.end_unknown:
        yield Fault("place_unit", _unit_not_in_force(unit, day))
    elif unit.home_province.pk != setting.province.pk:
        province = setting.province.name_on(day).in_sentence
        yield Fault("place_unit", say("unit.elsewhere", unit=unit.name_on(day), province=province))


def _unit_not_in_force(unit: Unit, day: datetime.date) -> str:
    if unit.valid_from and day < unit.valid_from:
        links = UnitSuccession.objects.filter(successor=unit).select_related("predecessor")
        before = _listed(x.predecessor.name_on(day) for x in links)
        slots = {"started": format_date(unit.valid_from), "date": format_date(day), "predecessors": before}
        return say("unit.not_yet", unit=unit.name_on(unit.valid_from), **slots)
    links = UnitSuccession.objects.filter(predecessor=unit).select_related("successor")
    after = _listed(x.successor.name_on(day) for x in links)
    ended = format_date(unit.valid_to) if unit.valid_to else _("not recorded")
    return say("unit.ended", unit=unit.name_on(day), ended=ended, date=format_date(day), successors=after)


def department_not_in_force(department: Department, day: datetime.date) -> str:
    """The sentence that names the successors of a closed department, or the predecessors of one not yet there."""
    if department.valid_from and day < department.valid_from:
        links = DepartmentSuccession.objects.filter(successor=department).select_related("predecessor")
        before = _listed(x.predecessor.name_on(day) for x in links)
        slots = {"started": format_date(department.valid_from), "date": format_date(day), "predecessors": before}
        return say("unit.not_yet", unit=department.name_on(department.valid_from), **slots)
    links = DepartmentSuccession.objects.filter(predecessor=department).select_related("successor")
    after = _listed(x.successor.name_on(day) for x in links)
    ended = format_date(department.valid_to) if department.valid_to else _("not recorded")
    return say("department.ended", department=department.name_on(day), ended=ended, successors=after)


def _listed(names) -> str:
    return ", ".join(str(name) for name in names) or _("not recorded")


def check_bodies(data: ActivityData, setting: Setting) -> Iterator[Fault]:
    """Who records and who took part were in force on the day; at most one leads; nobody stands there twice."""
    day = setting.day_of(data)
    owner = setting.owner
    if owner.unit.home_province.pk != setting.province.pk:
        yield Fault("owner", say("department.elsewhere", department=owner.name_on(day)))
    if not owner.in_force(day):
        yield Fault("owner", department_not_in_force(owner, day))
    seen, leads = set(), 0
    for i, body in enumerate(data.participants):
        leads += body.role == Participant.Role.LEAD
        yield from _check_participant(f"participants.{i}", body, day, leads)
        identity = (body.role, body.department.pk if body.department else body.name)
        if identity in seen:
            yield Fault(f"participants.{i}.body", say("participant.twice", department=_name(body, day)))
        seen.add(identity)


def _check_participant(at: str, body, day: datetime.date, leads: int) -> Iterator[Fault]:
    if body.department is None and not body.name:
        yield Fault(f"{at}.body", say("department.nameless"))
    if body.department and not body.department.in_force(day):
        yield Fault(f"{at}.body", department_not_in_force(body.department, day))
    if body.role == Participant.Role.LEAD and leads > 1:
        yield Fault(f"{at}.role", say("participant.two_leads", department=_name(body, day)))


def _name(body, day: datetime.date) -> str:
    return body.department.name_on(day).name if body.department else body.name


def check_documents(data: ActivityData) -> Iterator[Fault]:
    """An issued document has a title, and issuer and drafter existed on its date."""
    for i, paper in enumerate(data.documents):
        if not paper.title:
            yield Fault(f"documents.{i}.title", say("required", label=_("title")))
        for role in ("issuer", "drafter"):
            body = getattr(paper, role)
            if body and paper.dated and not body.in_force(paper.dated):
                yield Fault(f"documents.{i}.{role}", department_not_in_force(body, paper.dated))


def check_inspected(data: ActivityData) -> Iterator[Fault]:
    """Every inspected body is chosen or named."""
    for i, inspection in enumerate(data.inspections):
        for n, body in enumerate(inspection.bodies):
            if body.department is None and not body.name:
                yield Fault(f"inspections.{i}.{n}.body", say("department.nameless"))


def check_text(field: str, text: str, label: str, *, asks: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Phone and identity numbers are refused everywhere; of `asks`, names and addresses are asked about."""
    for found in find_private(text):
        if found.refused:
            yield Fault(field, say(f"privacy.{found.kind}", label=label, n=found.digits))
        elif found.kind in asks:
            yield Fault(field, say(f"privacy.{found.kind}", marked=found.marked), lifted_by="confirmed_names")


NAMES = frozenset({"name"})
NAMES_AND_HOMES = frozenset({"name", "address"})


def check_privacy(data: ActivityData, *, confirmed_names: bool = False) -> Iterator[Fault]:
    """People helped are counted, never named; a tick says that a name is an official's."""
    for fault in _check_texts(data):
        if not (fault.lifted_by and confirmed_names):
            yield fault


def _check_texts(data: ActivityData) -> Iterator[Fault]:
    yield from check_text("title", data.title, _("title"), asks=NAMES_AND_HOMES)
    yield from check_text("description", data.description, _("description"), asks=NAMES_AND_HOMES)
    yield from check_text("place", data.place, _("place"))
    yield from check_text("window_reason", data.window_reason, _("reason"), asks=NAMES)
    for i, row in enumerate(data.participants):
        yield from check_text(f"participants.{i}.body", row.name, _("name"))
    for i, row in enumerate(data.outputs):
        yield from check_text(f"outputs.{i}.label", row.label, _("kind or name"), asks=NAMES_AND_HOMES)
        yield from check_text(f"outputs.{i}.quantity", row.text, _("quantity"), asks=NAMES_AND_HOMES)
    for i, row in enumerate(data.supports):
        yield from check_text(f"supports.{i}.label", row.label, _("what was given"), asks=NAMES_AND_HOMES)
        yield from check_text(f"supports.{i}.gifts", row.gifts, _("gifts, in words"), asks=NAMES_AND_HOMES)
    for i, row in enumerate(data.money):
        yield from check_text(f"money.{i}.note", row.note, _("note"), asks=NAMES_AND_HOMES)
    for i, row in enumerate(data.documents):
        yield from check_text(f"documents.{i}.title", row.title, _("title"), asks=NAMES)
    yield from _check_findings(data)


def _check_findings(data: ActivityData) -> Iterator[Fault]:
    for i, inspection in enumerate(data.inspections):
        for n, body in enumerate(inspection.bodies):
            yield from check_text(f"inspections.{i}.{n}.finding", body.finding, _("finding"), asks=NAMES_AND_HOMES)
            yield from check_text(f"inspections.{i}.{n}.body", body.name, _("name"))


def given_words(text: str, field: str, label: str) -> str:
    """The words without which a step is refused; no phone or identity number stands in them."""
    text = text.strip()
    faults = list(check_text(field, text, label))
    if not text:
        faults = [Fault(field, say("required", label=label))]
    if faults:
        raise Faulty(faults)
    return text
