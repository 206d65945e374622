"""The rows behind figures: one flat reading per table, so that no join multiplies another."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from activities.models import Activity, Adjustment, Money, Output, Participant
from campaigns.models import Campaign, Measure, Request
from provinces.models import Department, Unit
from reports.snapshot import BOTH, MONTH, YEAR, Adjusted, Contribution
from reports.splits import SEVERAL

OUTPUT_FIELDS = (
    "id",
    "activity_id",
    "measure_id",
    "quantity",
    "certainty",
    "text",
    "female",
    "male",
    "children",
    "girls",
    "boys",
    "numerator",
    "denominator",
    "rate",
    "label",
    "role",
    "group__name",
    "part_of_id",
    "counted_on",
    "contributor_id",
)
ACTIVITY_FIELDS = ("pk", "public_id", "version", "owner_id", "scope", "title", "starts_on", "ends_on", "precision")
OWN_RETURN = ("waiting_head", "sent", "accepted")
ROLE_ORDER = {"lead": 0, "co": 1, "attendee": 2, "donor": 3, "": 4}

Progress = Callable[[int, int], None]
Period = tuple[datetime.date, datetime.date]


class Row(NamedTuple):
    """A contribution with what only the summing needs: its measure, scope and day."""

    measure_id: int
    scope: str
    day: datetime.date | None
    contribution: Contribution


def counted_activities(
    province: Unit,
    campaign: Campaign,
    scope: str = BOTH,
    department: Department | None = None,
    period: Period | None = None,
    ready: Collection[int] = (),
) -> QuerySet:
    """Activities that a report counts: accepted ones of the province; for a department's return its own as sent up.

    Month belongs to the campaign by choice; year is the year's work outside every campaign but this one. With a
    `period`, as periodic and ad hoc reports have, the day decides instead: an activity of 15/12 belongs to its month
    and to the periodic figures of the next year. `ready` are drafts that an open return will send with it.
    """
    rows = Activity.objects.counted().filter(province=province)
    if department is not None:
        took_part = Participant.objects.filter(department=department).values("activity")
        rows = Activity.objects.filter(
            Q(owner=department, status__in=OWN_RETURN) | Q(pk__in=took_part) | Q(pk__in=ready)
        )
        rows = rows.filter(Q(owner=department) | Q(status=Activity.Status.ACCEPTED), province=province)
    return rows.filter(asked_for(campaign, scope, period))


def asked_for(campaign: Campaign, scope: str, period: Period | None = None) -> Q:
    """The activities of a campaign's month and year, or those with a day in the period and the undated of the year."""
    if period:
        days = Q(starts_on__range=period) | Q(starts_on=None, year=campaign.year)
        return days if scope == BOTH else days & Q(scope=scope)
    month = Q(scope=MONTH, campaign=campaign)
    year = Q(scope=YEAR, year=campaign.year) & (Q(campaign=None) | Q(campaign=campaign))
    return {MONTH: month, YEAR: year, BOTH: month | year}[scope]


def period_of(request: Request | None) -> Period | None:
    """The days that decide for a request; None for the month, to which an activity belongs by choice."""
    if request is None or request.kind == Request.Kind.MONTH:
        return None
    return request.period_from, request.period_to


class Names:
    """Names, levels and units of departments, read once."""

    def __init__(self, ids, fallback: datetime.date):
        found = Department.objects.filter(pk__in=set(ids)).select_related("unit").prefetch_related("names")
        self.departments = {each.pk: each for each in found}
        self.fallback = fallback
        self._names: dict = {}

    def on(self, pk: int, day: datetime.date | None) -> str:
        key = (pk, day or self.fallback)
        if key not in self._names:
            named = self.departments[pk].name_on(key[1])
            self._names[key] = named.name if named else str(self.departments[pk])
        return self._names[key]

    def level(self, pk: int) -> str:
        return self.departments[pk].unit.level

    def unit_id(self, pk: int) -> int:
        return self.departments[pk].unit_id


class Whose(NamedTuple):
    """Whose figure a row is, and where that department stands."""

    department_id: int
    department: str
    unit_id: int
    level: str


class About(NamedTuple):
    """What all rows of one activity share, worked out once."""

    activity_id: int
    public_id: str
    version: int
    scope: str
    title: str
    starts_on: datetime.date | None
    day: datetime.date | None
    window: str
    dated: str
    owner: Whose


class Recorded:
    """The activities whose rows are read, and the names of the departments that gave them."""

    def __init__(self, activities: QuerySet, campaign: Campaign, contributors: Collection[int] = ()):
        found = list(activities.order_by().values_list(*ACTIVITY_FIELDS))
        self.names = Names({row[3] for row in found}.union(contributors), campaign.opens_on)
        self._whose: dict[tuple, Whose] = {}
        self._days: dict[tuple, tuple[str, str]] = {}
        self._campaign = campaign
        self.activities = {row[0]: self._about(*row) for row in found}

    def _about(self, pk, public_id, version, owner, scope, title, starts, ends, precision) -> About:
        key = (starts, precision)
        if key not in self._days:
            self._days[key] = side_of(starts, precision, self._campaign), starts.isoformat() if starts else ""
        whose = self.whose(owner, starts)
        return About(pk, public_id, version, scope, title, starts, ends or starts, *self._days[key], whose)

    def whose(self, department: int, day: datetime.date | None) -> Whose:
        """A department by its name on the day."""
        key = (department, day)
        if key not in self._whose:
            names = self.names
            place = (names.unit_id(department), names.level(department))
            self._whose[key] = Whose(department, names.on(department, day), *place)
        return self._whose[key]


def output_rows(
    activities: QuerySet,
    campaign: Campaign,
    department: Department | None = None,
    on_progress: Progress | None = None,
    paid: dict[int, str] | None = None,
) -> list[Row]:
    """Every typed output of the activities as a row; adjustments are on it, nothing is left out yet.

    `on_progress(done, total)` is told after each recording department; `paid` says from what an activity was paid.
    """
    found = Output.objects.settled().filter(activity__in=activities).order_by("activity_id", "position", "id")
    by_activity = defaultdict(list)
    for each in found.values_list(*OUTPUT_FIELDS):
        by_activity[each[1]].append(each)
    contributors = {each[-1] for several in by_activity.values() for each in several} - {None}
    recorded = Recorded(activities, campaign, contributors)
    moves = {pk: sum(delta for delta, _reason in lines) for pk, lines in adjustments(activities).items()}
    roles, paid = roles_of(activities, department), paid or {}
    by_owner = defaultdict(list)
    for pk in by_activity:
        by_owner[recorded.activities[pk].owner.department_id].append(recorded.activities[pk])
    rows: list[Row] = []
    for done, owner in enumerate(sorted(by_owner), start=1):
        for about in by_owner[owner]:
            pk = about.activity_id
            shared = (about, roles.get(pk, "lead"), paid.get(pk, ""), recorded)
            rows += [_row(*each, *shared, moves.get(each[0], 0)) for each in by_activity[pk]]
        if on_progress:
            on_progress(done, len(by_owner))
    return rows


def adjustments(activities: QuerySet) -> dict[int, list[tuple[int, str]]]:
    """Output id → the province's visible moves of it."""
    found = defaultdict(list)
    lines = Adjustment.objects.filter(output__activity__in=activities).order_by("id")
    for output, delta, reason in lines.values_list("output_id", "delta", "reason"):
        found[output].append((delta, reason))
    return found


def roles_of(activities: QuerySet, department: Department | None = None) -> dict[int, str]:
    """Activity id → the role of its recorder (of `department` in a return); "lead" where nobody else is named so."""
    wanted = Q(department=department) if department else Q(department=F("activity__owner"))
    found: dict[int, str] = {}
    led = set()
    rows = Participant.objects.filter(wanted | Q(role="lead"), activity__in=activities)
    for activity, owner, who, role in rows.values_list("activity_id", "activity__owner_id", "department_id", "role"):
        if role == "lead":
            led.add(activity)
        if who == (department.pk if department else owner):
            found[activity] = min(found.get(activity, ""), role, key=ROLE_ORDER.get)
    return {**dict.fromkeys(led, ""), **found}


def _row(
    output_id,
    _activity,
    measure,
    quantity,
    certainty,
    text,
    female,
    male,
    children,
    girls,
    boys,
    numerator,
    denominator,
    rate,
    label,
    role,
    group,
    part_of,
    counted_on,
    contributor,
    about: About,
    own_role: str,
    paid: str,
    recorded: Recorded,
    delta: int,
) -> Row:
    """An output as it was read, with what its activity says; in the order of the fields, a hundred thousand times."""
    whose = recorded.whose(contributor, about.starts_on) if contributor else about.owner
    given = Contribution(
        about.activity_id,
        about.public_id,
        about.version,
        output_id,
        *whose,
        about.title,
        role or own_role,
        quantity,
        0 if quantity is None else delta,
        certainty,
        text,
        female,
        male,
        children,
        girls,
        boys,
        numerator,
        denominator,
        "" if rate is None else f"{rate.normalize():f}",
        label.strip(),
        group or "",
        "",
        "",
        paid,
        about.window,
        about.dated,
        part_of,
    )
    return Row(measure, about.scope, counted_on or about.day, given)


def side_of(day: datetime.date | None, precision: str, campaign: Campaign) -> str:
    """Before, inside or after the month, whatever was chosen; nothing where the day is not known well enough."""
    if day is None or precision not in {"day", "month"}:
        return ""
    if precision == "month" and (day.year, day.month) in _touched(campaign):
        return ""
    return "inside" if campaign.has(day) else "before" if day < campaign.opens_on else "after"


def _touched(campaign: Campaign) -> set[tuple[int, int]]:
    return {(day.year, day.month) for day in (campaign.opens_on, campaign.closes_on)}


def paid_from(money: Iterable[Row]) -> dict[int, str]:
    """Activity id → the source that paid for it; “several” where there are more than one."""
    sources: dict[int, str] = {}
    for row in money:
        given = row.contribution
        known = sources.setdefault(given.activity_id, given.source)
        sources[given.activity_id] = known if known == given.source else SEVERAL
    return sources


def window(scope: str, day: datetime.date | None, campaign: Campaign) -> str:
    """Where a day stands to the month: before, inside, after; the year's work and undated rows are inside."""
    if scope == YEAR or day is None or campaign.has(day):
        return "inside"
    return "before" if day < campaign.opens_on else "after"


def money_rows(activities: QuerySet, campaign: Campaign, measure: Measure) -> Iterator[Row]:
    """Money as contributions to CT40.1; integrated money stands apart and does not add."""
    columns = ("activity_id", "amount", "source__group", "source__name", "form")
    found = Money.objects.filter(activity__in=activities).order_by("activity_id", "id").values_list(*columns)
    paid_for = activities.filter(pk__in=Money.objects.values("activity"))
    recorded = Recorded(paid_for, campaign)
    for activity, amount, source, name, form in found:
        about = recorded.activities[activity]
        given = Contribution(
            activity_id=about.activity_id,
            public_id=about.public_id,
            version=about.version,
            output_id=None,
            **about.owner._asdict(),
            title=about.title,
            quantity=amount,
            label=name,
            source=source,
            paid=source,
            form=form,
            window=about.window,
            dated=about.dated,
            left_out="integrated" if source == "integrated" else "",
        )
        yield Row(measure.pk, about.scope, about.day, given)


def before_cut_off(rows: list[Row], cut_off: datetime.date, stocks: set[int]) -> list[Row]:
    """Mark what lies after the cut-off: stocks, and the year's flows; what was chosen for the month stays."""
    return [
        _left_out(row, "late")
        if row.day and row.day > cut_off and (row.scope == YEAR or row.measure_id in stocks)
        else row
        for row in rows
    ]


def without_parts(rows: list[Row]) -> list[Row]:
    """Mark parts whose whole is in the same figure; a part whose whole is not counted counts again."""
    links = {row.contribution.output_id: row.contribution.part_of for row in rows if row.contribution.part_of}
    if not links:
        return rows
    above = _above(links, rows)
    wanted = set(above.values())
    found = [row for row in rows if row.contribution.output_id in wanted]
    counted = [row for row in found if row.contribution.quantity is not None and not row.contribution.left_out]
    wholes = {(row.scope, row.contribution.output_id) for row in counted}
    return [_left_out(row, "part") if row.contribution.part_of and _inside(row, wholes, above) else row for row in rows]


def _above(links: dict[int, int], rows: list[Row]) -> dict[int, int]:
    """Output id → the output it is part of, also through wholes that are not among the rows."""
    links = dict(links)
    unseen = set(links.values()) - links.keys()
    unseen -= {row.contribution.output_id for row in rows if row.contribution.output_id in unseen}
    while unseen:
        found = dict(Output.objects.filter(pk__in=unseen).values_list("pk", "part_of_id"))
        links |= found
        unseen = {whole for whole in found.values() if whole} - links.keys()
    return links


def _inside(row: Row, wholes: set, above: dict) -> bool:
    whole, seen = row.contribution.part_of, {row.contribution.output_id}
    while whole and whole not in seen:
        if (row.scope, whole) in wholes:
            return True
        seen.add(whole)
        whole = above.get(whole)
    return False


def _left_out(row: Row, why: str) -> Row:
    return row._replace(contribution=row.contribution._replace(left_out=why))


def only_latest(rows: list[Row], stocks: set[int]) -> list[Row]:
    """Of a stock, keep the latest row by department, measure and label; the older ones are marked."""
    latest: dict = {}
    for row in rows:
        if row.measure_id in stocks and not row.contribution.left_out:
            key = _stock_key(row)
            latest[key] = max(latest.get(key, row), row, key=_rank)
    kept = {id(row) for row in latest.values()}
    return [
        row if row.measure_id not in stocks or row.contribution.left_out or id(row) in kept else _left_out(row, "older")
        for row in rows
    ]


def _stock_key(row: Row) -> tuple:
    return row.scope, row.measure_id, row.contribution.department_id, row.contribution.label


def _rank(row: Row) -> tuple:
    return row.day or datetime.date.min, row.contribution.activity_id, row.contribution.output_id or 0


def adjusted_lines(rows: list[Row], deltas: dict[int, list[tuple[int, str]]]) -> tuple[Adjusted, ...]:
    """The visible lines of a figure's adjustments."""
    return tuple(
        Adjusted(row.contribution.department, delta, reason)
        for row in rows
        if not row.contribution.left_out
        for delta, reason in deltas.get(row.contribution.output_id, ())
    )
