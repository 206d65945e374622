"""Who was asked, who has sent, what is still missing: completeness by name, never by an average."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from activities.models import Activity
from campaigns.models import Campaign, Plan, Recipient, Request
from provinces.models import Department, Unit
from provinces.vietnamese import sort_key
from reports.models import Report
from reports.queries.rows import Names
from reports.snapshot import Coverage, Missing, Nil

SENT = ("sent", "nil", "accepted")
NOT_STARTED = ("none", "draft")  # a draft opens by itself with the request
LEVEL_ORDER = {"province": 0, "district": 1, "commune": 2, "country": 3}


@dataclass(frozen=True)
class ReturnState:
    """One department and where its return stands; `status` none when not started, no due time when not asked."""

    department: Department
    name: str
    level: str
    due: datetime.datetime | None
    status: str
    report: Report | None

    @property
    def has_sent(self) -> bool:
        return self.status in SENT


def request_of(province: Unit, campaign: Campaign) -> Request | None:
    """The request for the month's reports of a province; the newest when there are several."""
    rows = Request.objects.filter(province=province, campaign=campaign, kind=Request.Kind.MONTH)
    return rows.order_by("-created_at", "-id").first()


def state_of_returns(province: Unit, campaign: Campaign, request: Request | None = None) -> list[ReturnState]:
    """Every asked department with the state of its return, by level and name."""
    request = request or request_of(province, campaign)
    if request is None:
        return []
    asked = list(Recipient.objects.filter(request=request))
    names = Names((each.department_id for each in asked), campaign.closes_on)
    returns = _returns(request)
    states = [
        ReturnState(
            department=names.departments[each.department_id],
            name=names.on(each.department_id, None),
            level=names.level(each.department_id),
            due=each.due or request.due,
            status=returns[each.department_id].status if each.department_id in returns else "none",
            report=returns.get(each.department_id),
        )
        for each in asked
    ]
    return sorted(states, key=lambda state: (LEVEL_ORDER[state.level], sort_key(state.name)))


def _returns(request: Request) -> dict[int, Report]:
    """Department → its newest return under the request, or for the same month without naming one."""
    wanted = Q(request=request)
    if request.kind == Request.Kind.MONTH:
        wanted |= Q(request=None, campaign=request.campaign_id, province=request.province_id)
    rows = Report.objects.filter(wanted, kind=Report.Kind.RETURN).exclude(status="superseded").order_by("version", "id")
    return {each.department_id: each for each in rows}


def coverage(province: Unit, campaign: Campaign, request: Request | None = None) -> Coverage:
    """Asked, sent, nil, missing by name, and rows that were sent and not yet accepted."""
    states = state_of_returns(province, campaign, request)
    sent = [each for each in states if each.has_sent]
    return Coverage(
        asked=len(states),
        sent=len(sent),
        nil=sum(bool(each.report.nil_reason) for each in sent),
        nils=tuple(
            Nil(each.department.pk, each.name, each.level, each.report.nil_reason)
            for each in sent
            if each.report.nil_reason
        ),
        missing=tuple(
            Missing(each.department.pk, each.name, each.level, each.due.isoformat(), each.status not in NOT_STARTED)
            for each in states
            if not each.has_sent
        ),
        rows_waiting=rows_waiting(province, campaign),
    )


def rows_waiting(province: Unit, campaign: Campaign) -> int:
    """Activities that were sent and are not yet verified, so they are not in the figures."""
    own = Q(campaign=campaign) | Q(campaign=None, scope="year", year=campaign.year)
    return Activity.objects.filter(own, province=province, status="sent").count()


def departments_with_a_plan(province: Unit, campaign: Campaign) -> int:
    """Bodies that have a plan of their own for the month, approved or issued."""
    plans = Plan.objects.filter(province=province, campaign=campaign, status__in=["approved", "issued"])
    return plans.values("issuer").distinct().count()
