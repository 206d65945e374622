"""Who has sent and who has not, as a table: one row for each asked department, a fixed number of queries."""

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Collection

from django.db.models import Count, Max, Q

from activities.models import Activity, Evidence
from campaigns.models import Campaign, Plan, Recipient, Request
from campaigns.queries import Place
from provinces.models import Duty, Seat, Unit
from provinces.queries import heirs_of
from provinces.vietnamese import fold
from reports.models import Delivery, Reminder
from reports.queries.asked import askable
from reports.queries.coverage import NOT_STARTED, ReturnState, state_of_returns
from reports.queries.returns import local_day
from reports.queries.rows import asked_for, period_of
from reports.snapshot import BOTH

OPEN_STATES = ("draft", "waiting_head", "returned")
NOT_SENT, SENT, BACK = "chua-gui", "da-gui", "bi-tra-lai"


@dataclasses.dataclass(frozen=True)
class Line:
    """One asked department: its plan, activities, evidence, return, people, last sign-in, last reminder."""

    state: ReturnState
    recipient: Recipient | None
    plan: str
    recorded: int
    drafts: int
    evidence: int
    delivery: Delivery | None
    people: tuple[Seat, ...]
    reminded_on: datetime.date | None
    reminders: int

    @property
    def officer(self) -> Seat | None:
        """Whom one calls first."""
        return next(iter(self.people), None)

    @property
    def seen_on(self) -> datetime.date | None:
        """The last day on which somebody of the department signed in."""
        times = [seat.user.last_login for seat in self.people if seat.user.last_login]
        return local_day(max(times)) if times else None

    @property
    def reachable(self) -> bool:
        """True when somebody of the department has an e-mail address."""
        return any(seat.user.email for seat in self.people)

    @property
    def late(self) -> bool:
        return bool(self.state.has_sent and self.delivery and self.delivery.delay)

    @property
    def back(self) -> bool:
        """The newest version is one that was sent back and is written anew."""
        report = self.state.report
        return bool(report) and (report.status == "returned" or (report.version > 1 and not self.state.has_sent))

    @property
    def stands(self) -> str:
        """Which of the three the filter knows."""
        if self.state.has_sent:
            return SENT
        return BACK if self.back else NOT_SENT

    @property
    def unfinished(self) -> bool:
        return self.state.status not in NOT_STARTED and not self.state.has_sent


@dataclasses.dataclass(frozen=True)
class Filters:
    """What the table is narrowed to; empty means all."""

    text: str = ""
    level: str = ""
    stands: str = ""
    evidence: str = ""
    plan: str = ""
    recorded: str = ""
    seen: str = ""


@dataclasses.dataclass(frozen=True)
class Tally:
    """How many of the lines have what is looked for; timeliness of those that have sent."""

    all: int
    plan: int
    recorded: int
    evidence: int
    sent: int
    late: int
    seen: int

    @property
    def in_time(self) -> int:
        return self.sent - self.late

    @property
    def missing(self) -> int:
        return self.all - self.sent

    @property
    def never_seen(self) -> int:
        return self.all - self.seen


def lines_of(request: Request, today: datetime.date) -> list[Line]:
    """The table: those that have not sent first, then those sent back, each in order of level and name."""
    states = state_of_returns(request.province, request.campaign, request)
    recipients = {row.department_id: row for row in Recipient.objects.filter(request=request)}
    asked = asked_for(request.campaign, request.scope, period_of(request))
    return _lines(states, asked, request.campaign, today, recipients, _reminders(request))


def lines_before_asking(place: Place, today: datetime.date) -> list[Line]:
    """The same table of a year without a request: every body that could be asked, the standing office left out."""
    campaign = place.campaign
    duties = Duty.objects.on(campaign.opens_on).filter(for_unit=place.province, kind=Duty.Kind.STANDING_OFFICE)
    offices = set(duties.values_list("department", flat=True))
    bodies = [each for each in askable(place.province, campaign.closes_on) if each.department.pk not in offices]
    states = [ReturnState(each.department, each.name, each.level, None, "none", None) for each in bodies]
    return _lines(states, asked_for(campaign, BOTH), campaign, today, {}, ({}, {}))


def _lines(states: list[ReturnState], asked: Q, campaign: Campaign, today, recipients, reminders) -> list[Line]:
    ids = [state.department.pk for state in states]
    own, evidence = _activities(asked, ids)
    plans, people, (reminded, times) = _plans(campaign, ids), people_of(ids, today), reminders
    deliveries = _deliveries([state.report.pk for state in states if state.report])
    found = [
        Line(
            state=state,
            recipient=recipients.get(pk),
            plan=plans.get(pk, ""),
            recorded=own[pk].total(),
            drafts=sum(own[pk][status] for status in OPEN_STATES),
            evidence=evidence.get(pk, 0),
            delivery=deliveries.get(state.report.pk) if state.report else None,
            people=tuple(people[pk]),
            reminded_on=reminded.get(recipients[pk].pk) if pk in recipients else None,
            reminders=times.get(recipients[pk].pk, 0) if pk in recipients else 0,
        )
        for pk, state in zip(ids, states, strict=True)
    ]
    order = {NOT_SENT: 0, BACK: 1, SENT: 2}
    return sorted(found, key=lambda line: order[line.stands])


def tally_of(lines: list[Line]) -> Tally:
    """The counts above the table."""
    return Tally(
        all=len(lines),
        plan=sum(bool(line.plan) for line in lines),
        recorded=sum(bool(line.recorded) for line in lines),
        evidence=sum(bool(line.evidence) for line in lines),
        sent=sum(line.state.has_sent for line in lines),
        late=sum(line.late for line in lines),
        seen=sum(line.seen_on is not None for line in lines),
    )


def narrowed(lines: list[Line], filters: Filters) -> list[Line]:
    """The lines that the filters leave."""
    words = fold(filters.text).split()
    return [
        line
        for line in lines
        if all(word in fold(line.state.name) for word in words)
        and filters.level in {"", line.state.level}
        and filters.stands in {"", line.stands}
        and filters.evidence in {"", _there(line.evidence)}
        and filters.plan in {"", _there(line.plan)}
        and filters.recorded in {"", _there(line.recorded)}
        and filters.seen in {"", _there(line.seen_on)}
    ]


def _there(found) -> str:
    return "co" if found else "chua"


def missing_lines(lines: list[Line]) -> list[Line]:
    """Those whose return has not come."""
    return [line for line in lines if not line.state.has_sent]


def _activities(asked: Q, ids: list[int]) -> tuple[dict[int, Counter], dict[int, int]]:
    rows = Activity.objects.filter(asked, owner__in=ids).exclude(status__in=["cancelled", "merged"])
    counts = defaultdict(Counter)
    for owner, status, n in rows.order_by().values_list("owner", "status").annotate(n=Count("pk")):
        counts[owner][status] = n
    files = Evidence.objects.filter(activity__in=rows).order_by().values_list("activity__owner")
    return counts, dict(files.annotate(n=Count("pk")))


def _plans(campaign: Campaign, ids: list[int]) -> dict[int, str]:
    """The state of each department's own plan of the month; the newest version speaks."""
    rows = Plan.objects.filter(campaign=campaign, owner__in=ids).exclude(status="superseded").order_by("version", "id")
    return dict(rows.values_list("owner", "status"))


def _reminders(request: Request) -> tuple[dict[int, datetime.date], dict[int, int]]:
    rows = Reminder.objects.filter(recipient__request=request).order_by().values_list("recipient")
    found = list(rows.annotate(last=Max("day"), n=Count("pk")))
    return {pk: last for pk, last, _n in found}, {pk: n for pk, _last, n in found}


def _deliveries(reports: list[int]) -> dict[int, Delivery]:
    rows = Delivery.objects.filter(report__in=reports).exclude(status=Delivery.Status.WITHDRAWN).order_by("id")
    return {row.report_id: row for row in rows}


def people_of(ids: Collection[int], today: datetime.date) -> dict[int, list[Seat]]:
    """Who acts today for each department or its successors: editors first, then heads."""
    heirs = heirs_of(ids)
    seats = Seat.objects.on(today).filter(department__in=set().union(*heirs.values()), user__is_active=True)
    seats = seats.filter(role__in=[Seat.Role.EDITOR, Seat.Role.APPROVER]).select_related("user")
    by_department = defaultdict(list)
    for seat in seats.order_by("pk"):
        by_department[seat.department_id].append(seat)
    editors_first = {Seat.Role.EDITOR: 0, Seat.Role.APPROVER: 1}
    return {
        pk: sorted(
            (seat for heir in sorted(heirs[pk]) for seat in by_department[heir]),
            key=lambda seat: editors_first[seat.role],
        )
        for pk in heirs
    }


def request_shown(requests: list[Request], public_id: str) -> Request | None:
    """The request of the address, else the month's, else the newest."""
    named = next((row for row in requests if row.public_id == public_id), None)
    month = next((row for row in requests if row.kind == Request.Kind.MONTH), None)
    return named or month or next(iter(requests), None)


def requests_of(seat: Seat, province: Unit, campaign: Campaign) -> list[Request]:
    """The requests of a province's year that the seat may see, the newest first."""
    rows = Request.objects.visible_to(seat).filter(province=province, campaign=campaign)
    return list(rows.select_related("campaign", "province", "asker").order_by("-created_at", "-id"))
