"""Who has sent and who has not, as a table: one row for each asked department, a fixed number of queries."""

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Collection

from django.db.models import Count, Max

from activities.models import Activity, Evidence
from campaigns.models import Campaign, Plan, Recipient, Request
from provinces.models import Seat, Unit
from provinces.queries import heirs_of
from provinces.vietnamese import fold
from reports.models import Delivery, Reminder
from reports.queries.coverage import NOT_STARTED, ReturnState, state_of_returns
from reports.queries.rows import asked_for, period_of

OPEN_STATES = ("draft", "waiting_head", "returned")
NOT_SENT, SENT, BACK = "chua-gui", "da-gui", "bi-tra-lai"


@dataclasses.dataclass(frozen=True)
class Line:
    """One asked department: its plan, activities, evidence, return, people, last sign-in, last reminder."""

    state: ReturnState
    recipient: Recipient
    plan: str
    recorded: int
    drafts: int
    evidence: int
    delivery: Delivery | None
    officer: Seat | None
    reachable: bool
    seen_on: datetime.date | None
    reminded_on: datetime.date | None
    reminders: int

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


def lines_of(request: Request, today: datetime.date) -> list[Line]:
    """The table: those that have not sent first, then those sent back, each in order of level and name."""
    states = state_of_returns(request.province, request.campaign, request)
    ids = [state.department.pk for state in states]
    recipients = {row.department_id: row for row in Recipient.objects.filter(request=request)}
    own, evidence = _activities(request, ids)
    plans = _plans(request.campaign, ids)
    people = people_of(ids, today)
    reminded, times = _reminders(request)
    deliveries = _deliveries([state.report.pk for state in states if state.report])
    found = [
        Line(
            state=state,
            recipient=recipients[pk],
            plan=plans.get(pk, ""),
            recorded=own[pk].total(),
            drafts=sum(own[pk][status] for status in OPEN_STATES),
            evidence=evidence.get(pk, 0),
            delivery=deliveries.get(state.report.pk) if state.report else None,
            officer=next(iter(people[pk]), None),
            reachable=any(seat.user.email for seat in people[pk]),
            seen_on=_last_seen(people[pk]),
            reminded_on=reminded.get(recipients[pk].pk),
            reminders=times.get(recipients[pk].pk, 0),
        )
        for pk, state in zip(ids, states, strict=True)
    ]
    order = {NOT_SENT: 0, BACK: 1, SENT: 2}
    return sorted(found, key=lambda line: order[line.stands])


def narrowed(lines: list[Line], filters: Filters) -> list[Line]:
    """The lines that the filters leave."""
    words = fold(filters.text).split()
    return [
        line
        for line in lines
        if all(word in fold(line.state.name) for word in words)
        and filters.level in {"", line.state.level}
        and filters.stands in {"", line.stands}
        and filters.evidence in {"", "co" if line.evidence else "chua"}
    ]


def missing_lines(lines: list[Line]) -> list[Line]:
    """Those whose return has not come."""
    return [line for line in lines if not line.state.has_sent]


def _activities(request: Request, ids: list[int]) -> tuple[dict[int, Counter], dict[int, int]]:
    asked = asked_for(request.campaign, request.scope, period_of(request))
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


def _last_seen(seats: list[Seat]) -> datetime.date | None:
    times = [seat.user.last_login for seat in seats if seat.user.last_login]
    return max(times).date() if times else None


def request_shown(requests: list[Request], public_id: str) -> Request | None:
    """The request of the address, else the month's, else the newest."""
    named = next((row for row in requests if row.public_id == public_id), None)
    month = next((row for row in requests if row.kind == Request.Kind.MONTH), None)
    return named or month or next(iter(requests), None)


def requests_of(seat: Seat, province: Unit, campaign: Campaign) -> list[Request]:
    """The requests of a province's year that the seat may see, the newest first."""
    rows = Request.objects.visible_to(seat).filter(province=province, campaign=campaign)
    return list(rows.select_related("campaign", "province", "asker").order_by("-created_at", "-id"))
