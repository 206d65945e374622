"""A plan on somebody's desk: what every page of a plan starts from."""

import dataclasses
import datetime
from collections import defaultdict
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.leftovers import Spot, leftovers_of, year_before
from campaigns.models import Measure, Plan
from campaigns.outlines import Gap, Outline, plan_code, plans_of
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.models import Department, Duty, Presence, Seat
from provinces.queries import others_at
from provinces.workflow import Refused, can_move

ALONE = 3  # so many lines of one kind are read one by one; more are one line that opens


@dataclasses.dataclass(frozen=True)
class GapLine:
    """A line of what is missing: a sentence with its page, or a count that opens the tasks behind it."""

    sentence: str
    link: str
    rows: tuple[tuple[str, str], ...] = ()


def _many(gaps: list[Gap]) -> str:
    """What all these tasks lack; always more than one."""
    words = {
        "lead": _("%(n)s tasks have no lead"),
        "time": _("%(n)s tasks have no time"),
        "listed": _("%(n)s tasks are led by a body that is not in the list of departments"),
    }
    return words[gaps[0].kind] % {"n": len(gaps)}


@dataclasses.dataclass
class Desk:
    """A plan on the desk of a seat: where the page stands and what the seat may do with the plan."""

    place: Place
    plan: Plan
    seat: Seat

    @cached_property
    def powers(self) -> frozenset[str]:
        return self.plan.powers(self.seat)

    @property
    def writes(self) -> bool:
        """The seat may write, and the plan is open for it."""
        return "own_editor" in self.powers and self.plan.is_open

    @property
    def reviews(self) -> bool:
        return "reviewer" in self.powers and self.plan.status == Plan.Status.SUBMITTED

    @property
    def withdraws(self) -> bool:
        return can_move(self.plan, Plan.Status.DRAFT, self.seat) and self.plan.opened_at is None

    @property
    def issues(self) -> bool:
        return can_move(self.plan, Plan.Status.ISSUED, self.seat)

    @property
    def amends(self) -> bool:
        """The seat may open the next version: the plan is in force and no amendment of it is being written."""
        if "own_editor" not in self.powers or self.plan.status != Plan.Status.ISSUED:
            return False
        return (
            not Plan.objects.visible_to(self.seat)
            .filter(lineage=self.plan.lineage, version__gt=self.plan.version)
            .exists()
        )

    @property
    def side(self) -> str:
        """Whose chips the seat sees."""
        return "reviewer" if "reviewer" in self.powers and "own_editor" not in self.powers else "owner"

    @cached_property
    def outline(self) -> Outline:
        return Outline(self.plan)

    def others(self, at: datetime.datetime) -> dict[str, list[Presence]]:
        """Who else is writing at which anchor of the plan."""
        return others_at(self.plan, but=self.seat, at=at)

    @property
    def code(self) -> str:
        return plan_code(self.plan)

    @property
    def owner_name(self) -> str:
        return str(self.plan.owner.name_on(self.plan.duty_day))

    @cached_property
    def reviewer_name(self) -> str:
        """Who looks at the plan: the province's committee on the plan's day, or the unit's own head."""
        if self.plan.owner.unit.level != "province":
            return _("the head of %(department)s") % {"department": self.owner_name}
        duties = Duty.objects.on(self.plan.duty_day).filter(kind=Duty.Kind.COMMITTEE, for_unit=self.plan.province)
        body = Department.objects.filter(duties__in=duties).prefetch_related("names").first()
        return str(body.name_on(self.plan.duty_day)) if body else _("the committee")

    def address(self, name: str, *parts, **more) -> str:
        where = {"t": self.place.slug, "y": self.place.year, "id": self.plan.public_id, **more}
        return reverse(name, kwargs=where)

    @property
    def home(self) -> str:
        """The plan's own page."""
        return self.address("plan")

    def gap_links(self, gaps: list[Gap]) -> list[GapLine]:
        """What is missing, with the page where it is put right; what many tasks lack alike is one line."""
        alike = defaultdict(list)
        for gap in gaps:
            alike[gap.kind or gap].append(gap)
        return [line for group in alike.values() for line in self._gap_lines(group)]

    def _gap_lines(self, gaps: list[Gap]) -> list[GapLine]:
        if len(gaps) <= ALONE:
            return [GapLine(gap.sentence, self.where(gap.where)) for gap in gaps]
        return [GapLine(_many(gaps), "", tuple((gap.name, self.where(gap.where)) for gap in gaps))]

    @cached_property
    def leftovers(self) -> list[Spot]:
        """What still reads like an earlier year and is not settled; of no use to who cannot write."""
        return leftovers_of(self.plan, self.outline) if self.writes else []

    @property
    def year_before(self) -> int:
        return year_before(self.plan)

    @property
    def leftover_links(self) -> list[tuple[Spot, str]]:
        """The first few of them, each with the page where it is put right."""
        return [(spot, self.where(spot.text.where)) for spot in self.leftovers[:7]]

    def where(self, anchor: str) -> str:
        kind, _colon, key = anchor.partition(":")
        if kind == "section":
            return self.address("plan_section", key=key)
        if kind == "task":
            return self.address("plan_task", task=key)
        return self.address("plan_facts") if anchor == "facts" else self.address("plan_task_new")


def desk_of(request: HttpRequest, t: str, y: int, id: str) -> Desk:
    """The plan of the address; 404 when it is of another place or out of sight."""
    place = place_of(request, t, y)
    plan = get_object_or_404(plans_of(request.seat, place.province, place.year), public_id=id)
    return Desk(place, plan, request.seat)


def refuse(form, refused: Refused) -> None:
    """Put a refusal beside its field, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused.sentence))


def form_page(request: HttpRequest, template: str, desk: Desk, form, **more) -> HttpResponse:
    """A form of the plan; with faults it comes back as typed."""
    context = {"desk": desk, "plan": desk.plan, "form": form, **more}
    return render(request, template, context, status=422 if form.errors else 200)


def measures_of(desk: Desk):
    """What a plan of this province can count."""
    return Measure.objects.of(desk.plan.province).exclude(source=Measure.Source.RETURN)
