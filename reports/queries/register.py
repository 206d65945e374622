"""Lists behind the numbers: papers that were issued, launches and who held them, gifts and who gave them."""

import datetime
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Prefetch, QuerySet, Sum

from activities.models import Activity, IssuedDocument, Output, Participant, Support
from campaigns.models import Campaign
from provinces.models import Department, Unit
from provinces.vietnamese import certain
from reports.queries.rows import Period, counted_activities, roles_of, window
from reports.snapshot import BOTH, Done, Given, IssuedPaper, Launch, Listed

LAUNCH, OTHER_DAY = "HD02", "HD21"
LAUNCH_ATTENDANCES, PEOPLE, VALUE = "CT05.1", "CT31.1", "CT32.2"


def issued_papers(
    province: Unit,
    campaign: Campaign,
    department: Department | None = None,
    period: Period | None = None,
    ready: Collection[int] = (),
) -> tuple[IssuedPaper, ...]:
    """Documents of the month and of the year, by date; numbers as typed."""
    return tuple(
        IssuedPaper(
            number=each.number,
            dated=_iso(each.dated),
            kind=each.kind,
            title=each.title,
            issuer=each.issuer_name or name_of(each.issuer, each.dated or campaign.closes_on),
            drafter=name_of(each.drafter, each.dated or campaign.closes_on),
            scope=each.activity.scope,
            type_code=each.activity.type.code,
        )
        for each in issued_documents(province, campaign, department, period)
    )


def issued_documents(
    province: Unit,
    campaign: Campaign,
    department: Department | None = None,
    period: Period | None = None,
    ready: Collection[int] = (),
) -> QuerySet[IssuedDocument]:
    """The rows of the register: what section I of a report prints, by date."""
    activities = counted_activities(province, campaign, BOTH, department, period, ready)
    rows = IssuedDocument.objects.filter(activity__in=activities).select_related("activity__type", "issuer", "drafter")
    return rows.prefetch_related("issuer__names", "drafter__names").order_by("dated", "id")


def name_of(department: Department | None, day: datetime.date) -> str:
    """A department's name on a day; nothing for no department."""
    if department is None:
        return ""
    named = department.name_on(day)
    return named.name if named else str(department)


def who_took_part(day: datetime.date):
    """How a participant is called on that day: the listed body's name then, or the name as typed."""

    def named(participant: Participant) -> str:
        return participant.name or name_of(participant.department, day)

    return named


def launches(
    province: Unit,
    campaign: Campaign,
    department: Department | None = None,
    period: Period | None = None,
    ready: Collection[int] = (),
) -> tuple[Launch, ...]:
    """Launches and rallies with lead and partners in their order, attendances and what followed."""
    counted = counted_activities(province, campaign, BOTH, department, period, ready)
    rows = counted.filter(type__code=LAUNCH).select_related("owner__unit", "place_unit").order_by("starts_on", "id")
    people = Participant.objects.select_related("department").prefetch_related("department__names")
    rows = list(rows.prefetch_related(Prefetch("participants", people), "place_unit__names", "owner__names"))
    attendances = _attendances(rows)
    after = _after(rows)
    return tuple(_launch(each, campaign, attendances, after) for each in rows)


def _attendances(rows: list[Activity]) -> dict[int, str]:
    own = Output.objects.filter(activity__in=rows, measure__code=LAUNCH_ATTENDANCES, part_of=None, contributor=None)
    found = own.annotate(moved=Sum("adjustments__delta")).order_by("-id")
    return {each.activity_id: certain(_as_counted(each), each.certainty, each.text) for each in found}


def _as_counted(output: Output) -> int | None:
    """The number with what the office added or took away, as the figures count it."""
    return output.quantity if output.quantity is None else output.quantity + (output.moved or 0)


def _after(rows: list[Activity]) -> dict[int, list[tuple[str, str]]]:
    """What followed at once: the launch's child activities with their places."""
    found = defaultdict(list)
    children = Activity.objects.counted().filter(parent__in=rows).select_related("place_unit").order_by("id")
    for each in children.prefetch_related("place_unit__names"):
        found[each.parent_id].append((each.title, place_of(each)))
    return found


def _launch(row: Activity, campaign: Campaign, attendances: dict, after: dict) -> Launch:
    named = who_took_part(row.starts_on or campaign.opens_on)
    taking_part = list(row.participants.all())
    return Launch(
        title=row.title,
        scope=row.scope,
        level=row.owner.unit.level,
        dated=_iso(row.starts_on),
        ended=_iso(row.ends_on),
        precision=row.precision,
        place=place_of(row),
        lead=next((named(each) for each in taking_part if each.role == "lead"), ""),
        partners=tuple(named(each) for each in taking_part if each.role == "co"),
        attendances=attendances.get(row.pk, ""),
        window=window(row.scope, row.starts_on, campaign),
        reason=row.window_reason,
        children=tuple(after.get(row.pk, ())),
    )


def place_of(row: Activity) -> str:
    """The place as typed, with the unit it lies in as named then, unless the text names it already."""
    if row.place_unit is None:
        return row.place
    unit = row.place_unit.name_on(row.starts_on or row.duty_day)
    if unit is None or unit.short_name.casefold() in row.place.casefold():
        return row.place
    return f"{row.place}, {unit.in_sentence}" if row.place else unit.in_sentence


def given(
    province: Unit,
    campaign: Campaign,
    department: Department | None = None,
    period: Period | None = None,
    ready: Collection[int] = (),
) -> tuple[Given, ...]:
    """Visits and gifts with their donors, groups of people and value."""
    activities = counted_activities(province, campaign, BOTH, department, period, ready)
    people = Participant.objects.select_related("department").prefetch_related("department__names")
    outputs = Output.objects.select_related("measure", "group")
    rows = (
        Support.objects.filter(activity__in=activities)
        .select_related("activity")
        .order_by("activity_id", "position", "id")
    )
    rows = rows.prefetch_related(Prefetch("donors", people), Prefetch("outputs", outputs))
    return tuple(_given(each, campaign) for each in rows)


def _given(row: Support, campaign: Campaign) -> Given:
    named = who_took_part(row.activity.starts_on or campaign.closes_on)
    outputs = list(row.outputs.all())
    value = next((each for each in outputs if each.measure.code == VALUE), None)
    return Given(
        scope=row.activity.scope,
        title=row.label or row.activity.title,
        dated=_iso(row.activity.starts_on),
        gifts=row.gifts,
        donors=tuple(named(each) for each in row.donors.all()),
        people=tuple(
            (certain(each.quantity, each.certainty, each.text), each.group.name if each.group else each.label)
            for each in outputs
            if each.measure.code == PEOPLE
        ),
        value=certain(value.quantity, value.certainty, value.text) if value else "",
    )


def year_list(
    province: Unit,
    campaign: Campaign,
    department: Department | None = None,
    period: Period | None = None,
    ready: Collection[int] = (),
    types: tuple[str, ...] = (OTHER_DAY,),
) -> tuple[Listed, ...]:
    """The year's work outside the month that is told by name, such as other days of the year."""
    rows = counted_activities(province, campaign, "year", department, period, ready).filter(type__code__in=types)
    rows = rows.select_related("type", "owner").prefetch_related("owner__names").order_by("starts_on", "id")
    return tuple(
        Listed(
            each.title,
            each.type.code,
            each.type.name,
            _iso(each.starts_on),
            name_of(each.owner, each.starts_on or campaign.closes_on),
        )
        for each in rows
    )


def done_by(
    department: Department,
    province: Unit,
    campaign: Campaign,
    scope: str,
    period: Period | None,
    ready: Collection[int] = (),
) -> tuple[Done, ...]:
    """A department's activities in the order of their days, each with the part it had: led, helped, attended, gave."""
    rows = counted_activities(province, campaign, scope, department, period, ready).order_by("starts_on", "id")
    rows = list(rows.select_related("place_unit").prefetch_related("place_unit__names"))
    roles = roles_of(Activity.objects.filter(pk__in=[each.pk for each in rows]), department)
    return tuple(
        Done(
            title=each.title,
            role=roles.get(each.pk, "lead") or "co",
            scope=each.scope,
            dated=_iso(each.starts_on),
            ended=_iso(each.ends_on),
            precision=each.precision,
            place=place_of(each),
        )
        for each in rows
    )


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
