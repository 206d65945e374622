"""Lists of activities for pages: what a seat sees of a year, what a department joined, tasks to start from."""

import dataclasses
import datetime
import uuid

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from activities.models import Activity, DuplicatePair, Evidence, Money, Output, Participant
from campaigns.models import Campaign, Measure, Plan, Task
from provinces.models import Department, DepartmentName, Seat, Unit
from provinces.vietnamese import fold, sort_key

Status = Activity.Status
OPEN = {Status.DRAFT, Status.WAITING_HEAD, Status.RETURNED}
OF_OTHERS = {Status.SENT, Status.ACCEPTED, Status.RETURNED}
GONE = {Status.CANCELLED, Status.MERGED}


@dataclasses.dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty means all."""

    text: str = ""
    department: int | None = None
    type: str = ""
    status: str = ""
    scope: str = ""


def activities_of_year(seat: Seat, province: Unit, year: int) -> QuerySet[Activity]:
    """What the seat may see of a province's year, merged rows left out."""
    return Activity.objects.visible_to(seat).filter(province=province, year=year).exclude(status=Status.MERGED)


def narrowed(rows: QuerySet[Activity], filters: Filters) -> QuerySet[Activity]:
    """The rows that the filters leave; a department finds what it recorded and what it joined."""
    exact = {"type__code": filters.type, "status": filters.status, "scope": filters.scope}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.department:
        joined = Participant.objects.filter(department=filters.department).values("activity")
        rows = rows.filter(Q(owner=filters.department) | Q(pk__in=joined))
    if filters.text.strip():
        rows = rows.filter(pk__in=_found_by_text(rows, filters.text))
    return rows


def _found_by_text(rows: QuerySet[Activity], text: str) -> list[int]:
    """Ids whose title, place or recorder holds every word of the text, accents and đ folded."""
    words = fold(text).split()
    owners = dict(DepartmentName.objects.filter(department__in=rows.values("owner")).values_list("department", "name"))
    return [
        pk
        for pk, title, place, owner in rows.order_by().values_list("pk", "title", "place", "owner")
        if all(word in fold(f"{title} {place} {owners.get(owner, '')}") for word in words)
    ]


def listed(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Rows with everything that a list prints, in a number of queries that does not grow."""
    return (
        rows.select_related("type__attendance_measure", "type__count_measure", "campaign", "province", "owner")
        .prefetch_related(
            "owner__names",
            Prefetch("participants", Participant.objects.select_related("department").order_by("position", "id")),
            "participants__department__names",
            Prefetch("outputs", Output.objects.select_related("measure", "contributor").order_by("position", "id")),
        )
        .annotate(evidence_count=_count(Evidence), money_sum=_sum_of_money(), suspected=_suspected())
    )


def _count(model):
    rows = model.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def _sum_of_money():
    rows = Money.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    return Subquery(rows.annotate(n=Sum("amount")).values("n"))


def _suspected():
    open_pairs = DuplicatePair.objects.open()
    return Exists(open_pairs.filter(first=OuterRef("pk"))) | Exists(open_pairs.filter(second=OuterRef("pk")))


def main_output(activity: Activity, measure: Measure | None) -> Output | None:
    """The output that the quick form fills for a measure: the first one that is no group's, no part and unlabelled."""
    if measure is None:
        return None
    rows = [row for row in activity.outputs.all() if row.measure_id == measure.pk and row.contributor_id is None]
    plain = [row for row in rows if not (row.support_id or row.part_of_id or row.label or row.role or row.group_id)]
    return next(iter(plain), None)


def role_in(activity: Activity, departments) -> str:
    """The role that one of the departments had: as stated, else lead for the recorder when nobody else led."""
    roles = {p.role for p in activity.participants.all() if p.department_id in departments}
    for role in Participant.Role.values:
        if role in roles:
            return role
    if activity.owner_id not in departments:
        return ""
    led = any(p.role == Participant.Role.LEAD for p in activity.participants.all())
    return Participant.Role.CO if led else Participant.Role.LEAD


def own_and_joined(departments, campaign: Campaign | None, year: int) -> dict[str, list[Activity]]:
    """A department's activities by its role: lead, co, attendee, donor; own rows and those it joined, each once.

    `departments` are the ids of the department and its predecessors. With a campaign the rows of its month, without
    one the year's other work. Drafts of others are not facts yet and are left out.
    """
    departments = frozenset(departments)
    rows = Activity.objects.filter(year=year, campaign=campaign)
    joined = Participant.objects.filter(department__in=departments).values("activity")
    rows = rows.filter(Q(owner__in=departments) | Q(pk__in=joined, status__in=OF_OTHERS)).exclude(status__in=GONE)
    found = {role: [] for role in Participant.Role.values}
    for activity in listed(rows).order_by("starts_on", "id"):
        found[role_in(activity, departments)].append(activity)
    return found


def waiting_for_office(seat: Seat, province: Unit, year: int) -> QuerySet[Activity]:
    """What was sent and is not verified yet, the longest waiting first."""
    rows = Activity.objects.visible_to(seat).filter(province=province, year=year, status=Status.SENT)
    return rows.order_by("sent_at", "id")


def asked_of(seat: Seat, province: Unit, year: int) -> QuerySet[Activity]:
    """Activities that ask the seat's department for a word: it is named in them, or they were typed for it."""
    mine = seat.reach.departments
    named = Participant.objects.filter(department__in=mine, answer="").values("activity")
    typed = Q(owner__in=mine, on_behalf_scan__isnull=False, owner_answer="")
    rows = Activity.objects.visible_to(seat).filter(province=province, year=year).exclude(status__in=GONE)
    return rows.filter(typed | Q(pk__in=named, status__in=OF_OTHERS) & ~Q(owner__in=mine)).order_by("starts_on", "id")


def added_later(seat: Seat, province: Unit, year: int) -> QuerySet[Output]:
    """Results that participants added to verified activities and that wait for the office."""
    seen = Activity.objects.visible_to(seat).filter(province=province, year=year).exclude(status__in=GONE)
    rows = Output.objects.filter(activity__in=seen, awaiting=True, declined="").order_by("id")
    return rows.select_related("activity", "measure", "contributor").prefetch_related("contributor__names")


def acting_in_year(seat: Seat, province: Unit, year: int) -> list[Department]:
    """The departments of the province that the seat may record for on some day of the year."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    inside = Unit.objects.filter(pk=province.pk) | Unit.objects.filter(province=province)
    rows = Department.objects.filter(pk__in=seat.reach.departments, unit__in=inside)
    rows = rows.filter(Q(valid_from=None) | Q(valid_from__lte=last), Q(valid_to=None) | Q(valid_to__gte=first))
    return list(rows.select_related("unit").prefetch_related("names").order_by("kind", "id"))


GROUPS = {
    Task.Group.COMMUNES: {Department.Kind.UBND_XA},
    Task.Group.COMMUNES_OLD: {Department.Kind.UBND_XA},
    Task.Group.DISTRICTS: {Department.Kind.UBND_HUYEN},
    Task.Group.OFFICES: {
        Department.Kind.SO_BAN_NGANH,
        Department.Kind.MTTQ,
        Department.Kind.DOAN_THE,
        Department.Kind.LUC_LUONG,
        Department.Kind.TU_PHAP,
        Department.Kind.BAO_DAI,
    },
}


def tasks_for(departments: list[Department], province: Unit, campaign: Campaign) -> list[Task]:
    """Tasks of the settled plans of the month that one of the departments leads, by itself or in a group."""
    kinds = {d.kind for d in departments}
    groups = [group for group, members in GROUPS.items() if members & kinds]
    settled = [Plan.Status.APPROVED, Plan.Status.ISSUED]
    rows = Task.objects.filter(plan__campaign=campaign, plan__province=province, plan__status__in=settled)
    rows = rows.filter(Q(lead__in=departments) | Q(lead_group__in=groups))
    return list(rows.select_related("type", "plan").order_by("heading", "position", "id"))


def recorded_for_tasks(lineages: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many activities, cancelled and merged ones apart, were recorded for each task."""
    rows = Activity.objects.filter(task_lineage__in=lineages).exclude(status__in=GONE).order_by()
    return dict(rows.values_list("task_lineage").annotate(n=Count("pk")))


def recorders(rows: QuerySet[Activity]) -> list[Department]:
    """The departments that recorded some of the rows, for a filter."""
    found = Department.objects.filter(pk__in=rows.order_by().values("owner")).prefetch_related("names")
    return sorted(found, key=lambda d: sort_key(str(d)))
