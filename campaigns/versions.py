"""The versions of one plan: what was issued, what replaced it, what is being written; and what was submitted when."""

import dataclasses

from django.utils.translation import gettext as _

from campaigns.changes import changes_between
from campaigns.contents import content_of
from campaigns.models import Plan, PlanSubmission
from campaigns.outlines import Outline
from provinces.models import Department, Seat, Unit
from provinces.vietnamese import format_moment

NOW, BEFORE = "nay", "truoc"


def versions_of(plan: Plan, seat: Seat) -> list[Plan]:
    """Every version of the plan that the seat may see, the newest first."""
    return list(Plan.objects.visible_to(seat).filter(lineage=plan.lineage).order_by("-version"))


def parents_for(owners: list[Department], seat: Seat, province: Unit, year: int) -> list[Plan]:
    """The province's plans in force that an own plan of a district or commune can carry out, the month's first."""
    if all(owner.unit.level == Unit.Level.PROVINCE for owner in owners):
        return []
    rows = Plan.objects.visible_to(seat).filter(province=province, owner__unit__level=Unit.Level.PROVINCE)
    rows = rows.filter(status=Plan.Status.ISSUED, year_from__lte=year, year_to__gte=year)
    return sorted(rows, key=lambda plan: (plan.kind != Plan.Kind.MONTH, plan.pk))


def children_of(plan: Plan, seat: Seat) -> list[Plan]:
    """The own plans of districts and communes that carry out any version of the plan, as far as the seat sees them."""
    rows = Plan.objects.visible_to(seat).filter(parent__lineage=plan.lineage).exclude(status=Plan.Status.SUPERSEDED)
    return list(rows.select_related("owner__unit", "campaign").prefetch_related("owner__names").order_by("owner", "pk"))


def changes_nothing(plan: Plan, outline: Outline | None = None) -> bool:
    """True for an amendment that says the same as the version before it."""
    if plan.version == 1:
        return False
    before = Plan.objects.select_related("campaign", "issuer").get(lineage=plan.lineage, version=plan.version - 1)
    return not changes_between(content_of(before), content_of(plan, outline))


@dataclasses.dataclass(frozen=True)
class State:
    """A content of the plan that can be laid beside another one."""

    key: str
    words: str


class Compared:
    """The states of a plan that a seat may compare: the version before, each submission, the text as it is now."""

    def __init__(self, plan: Plan, outline: Outline, *, inside: bool):
        """`inside` is true for those who write or review the plan: only they see what was submitted."""
        self.plan, self.outline = plan, outline
        self.submissions = list(plan.submissions.order_by("no")) if inside else []
        before = Plan.objects.filter(lineage=plan.lineage, version=plan.version - 1)
        self.before = before.select_related("campaign", "issuer").first() if plan.version > 1 else None

    @property
    def states(self) -> list[State]:
        """In the order of time."""
        found = [State(BEFORE, _version_words(self.before))] if self.before else []
        found += [State(str(row.no), _submission_words(row)) for row in self.submissions]
        return [*found, *([State(NOW, _("As it is now"))] if self.plan.is_open or not self.submissions else [])]

    def pairs(self) -> list[tuple[State, State]]:
        """Each state beside the one before it."""
        states = self.states
        return list(zip(states, states[1:], strict=False))

    def content(self, key: str) -> dict:
        """The content of a state."""
        if key == NOW:
            return content_of(self.plan, self.outline)
        if key == BEFORE:
            return content_of(self.before)
        return next(row.content for row in self.submissions if str(row.no) == key)


def _version_words(plan: Plan) -> str:
    number = f"{plan.number or '…'}/{plan.symbol}".rstrip("/")
    return _("Version %(n)s, no. %(number)s") % {"n": plan.version, "number": number}


def _submission_words(row: PlanSubmission) -> str:
    return _("Submission %(no)s, %(time)s") % {"no": row.no, "time": format_moment(row.at)}
