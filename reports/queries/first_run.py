"""The first steps of a province that begins: units, departments, people, a campaign, a plan; none once all are done."""

import dataclasses
import datetime

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, Plan
from provinces.models import Department, Duty, Seat, Unit
from provinces.queries import administers, departments_of, seats_of, with_predecessors
from provinces.vietnamese import format_number
from reports.models import Job, Report


@dataclasses.dataclass(frozen=True)
class First:
    """One step: what to do, the page where it is done, whether it is, and what was found."""

    title: str
    page: str
    done: bool
    note: str = ""


def first_steps(seat: Seat, day: datetime.date) -> list[First]:
    """The steps in their order for an administrator of a province; empty when all are done or somebody else asks."""
    province = seat.department.unit.home_province
    if province.level != Unit.Level.PROVINCE or not administers(seat, province, day):
        return []
    steps = [_units(province, day), _departments(province, day), _people(province, day), _campaign(day)]
    steps.append(_plan(province))
    return [] if all(step.done for step in steps) else steps


def _units(province: Unit, day: datetime.date) -> First:
    n = Unit.objects.on(day).filter(province=province, level=Unit.Level.COMMUNE).count()
    return First(_("See the communes, wards and special zones"), "administration_units", n > 0, _found(n))


def _departments(province: Unit, day: datetime.date) -> First:
    n = Department.objects.on(day).filter(unit=province).count()
    kinds = {Duty.Kind.STANDING_OFFICE, Duty.Kind.COMMITTEE}
    held = Duty.objects.on(day).filter(for_unit=province, kind__in=kinds).values("kind").distinct().count()
    note = _found(n) if held == len(kinds) else _("The standing office or the committee is not named yet")
    return First(_("See the departments and who holds which duty"), "administration_departments", held == 2, note)


def _people(province: Unit, day: datetime.date) -> First:
    """Done once somebody outside the administrators' own department may write; the note says who is without."""
    of_units = departments_of([province]).filter(pk__in=Department.objects.on(day))
    seats = seats_of(province).filter(pk__in=Seat.objects.on(day), role__in=[Seat.Role.EDITOR, Seat.Role.APPROVER])
    manned = set(seats.filter(user__is_active=True).values_list("department", flat=True))
    offices = set(Duty.objects.on(day).filter(for_unit=province).values_list("department", flat=True))
    left = of_units.exclude(pk__in=manned).count()
    words = ngettext("%(n)s department has nobody yet", "%(n)s departments have nobody yet", left)
    note = words % {"n": format_number(left)} if left else ""
    return First(
        _("Bring in people and their seats from an Excel file"),
        "administration_people_import",
        bool(manned - offices),
        note,
    )


def _campaign(day: datetime.date) -> First:
    found = Campaign.objects.filter(year=day.year).exists()
    title = _("See the Action Month of %(year)s: days, theme, wording") % {"year": day.year}
    return First(title, "administration_campaigns", found, "" if found else _("The ministry opens the year"))


def _plan(province: Unit) -> First:
    found = Plan.objects.filter(province__in=with_predecessors(province), kind=Plan.Kind.MONTH).exists()
    return First(_("Start the first plan"), "plans", found)


def _found(n: int) -> str:
    return ngettext("%(n)s on the list", "%(n)s on the list", n) % {"n": format_number(n)}


def failed_runs(province: Unit) -> int:
    """Reports of the province whose newest compilation ended in a failure."""
    newest = Job.objects.filter(report=OuterRef("pk")).order_by("-id").values("status")[:1]
    reports = Report.objects.filter(province__in=with_predecessors(province)).exclude(status="superseded")
    return reports.annotate(job=Subquery(newest)).filter(job="failed").count()
