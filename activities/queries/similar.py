"""What makes two activities look like one event: the day, the place, the title, a number, a body named in both.

Reads traces, plain values of an activity, so that a whole province is compared without a query per pair.
"""

import dataclasses
import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from activities.models import Activity, Money, Output, Participant
from provinces.models import Unit
from provinces.vietnamese import fold

ONE_DAY = datetime.timedelta(1)
LONGEST = 7  # days: what lasts longer is a period, on which everything falls
SMALLEST = 10  # a number below it is equal by chance
TITLE_ALIKE = 0.6  # of the telling words of the shorter title
PLACE_ALIKE = 0.6
FEWEST_WORDS = 2
COMPARED = (Activity.Status.SENT, Activity.Status.ACCEPTED)
SHORT_FORMS = {"kcn": "khu cong nghiep", "kkt": "khu kinh te", "tx": "thi xa", "tp": "thanh pho", "tt": "thi tran"}
# Words of the month itself, in nearly every title.
COMMON = frozenset(
    "thang hanh vi binh dang gioi va phong chong ngua ung voi bao luc tren co so nam ve tai cho cua trong huong "
    "to chuc cap tinh huyen xa phuong thi thanh pho nhan dip ngay cac mot dac khu".split()
)
# Words of nearly every place.
PLACES = frozenset(
    "tai o hoi truong nha van hoa trung tam ubnd uy ban nhan dan khu cong nghiep kinh te xa phuong thi tran "
    "thanh pho huyen tinh quang truong thon ban to dac quan so tru".split()
)
WORD = re.compile(r"\w+")
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclasses.dataclass(frozen=True)
class Trace:
    """What is compared of one activity."""

    pk: int
    owner: int
    type: int
    first: datetime.date | None
    last: datetime.date | None
    place: str
    place_words: frozenset[str]
    unit: int | None
    unit_above: int | None
    title_words: frozenset[str]
    numbers: frozenset[int]
    bodies: frozenset[int]

    @property
    def days(self) -> Iterator[datetime.date]:
        """Its days; of a long period only the first."""
        last = self.last if (self.last - self.first).days < LONGEST else self.first
        return (self.first + n * ONE_DAY for n in range((last - self.first).days + 1))


def words_of(text: str, common: frozenset[str]) -> frozenset[str]:
    """The telling words of a text, folded, short forms written out."""
    folded = " ".join(SHORT_FORMS.get(word, word) for word in WORD.findall(fold(text)))
    return frozenset(word for word in folded.split() if word not in common and not YEAR.fullmatch(word))


def traces(rows: QuerySet[Activity]) -> list[Trace]:
    """Traces of the dated ones among the rows; the same number of queries for any number of rows."""
    rows = rows.filter(precision=Activity.Precision.DAY).order_by("pk")
    numbers, bodies = _numbers(rows), _bodies(rows)
    columns = ("pk", "owner_id", "type_id", "starts_on", "ends_on", "place", "place_unit_id", "title")
    found = list(rows.values_list(*columns))
    above = _units_above({row[6] for row in found if row[6]})
    return [
        Trace(
            pk,
            owner,
            kind,
            starts,
            ends or starts,
            place,
            words_of(place, PLACES),
            unit,
            above.get(unit),
            words_of(title, COMMON),
            frozenset(numbers[pk]),
            frozenset(bodies[pk]),
        )
        for pk, owner, kind, starts, ends, place, unit, title in found
    ]


def _numbers(rows: QuerySet[Activity]) -> dict[int, set[int]]:
    found = defaultdict(set)
    outputs = Output.objects.filter(activity__in=rows, quantity__gte=SMALLEST).order_by()
    for activity, quantity in outputs.values_list("activity_id", "quantity"):
        found[activity].add(quantity)
    for activity, amount in Money.objects.filter(activity__in=rows).order_by().values_list("activity_id", "amount"):
        found[activity].add(amount)
    return found


def _bodies(rows: QuerySet[Activity]) -> dict[int, set[int]]:
    found = defaultdict(set)
    listed = Participant.objects.filter(activity__in=rows, department__isnull=False).order_by()
    for activity, department in listed.values_list("activity_id", "department_id"):
        found[activity].add(department)
    return found


def _units_above(units: set[int]) -> dict[int, int]:
    """The district that a commune of a place lies in."""
    return dict(Unit.objects.filter(pk__in=units, parent__level="district").values_list("pk", "parent_id"))


def neighbours(trace_of: Activity) -> QuerySet[Activity]:
    """Activities of other departments near the days of one: those to compare it with."""
    first, last = trace_of.starts_on, trace_of.ends_on or trace_of.starts_on
    near = Q(starts_on__lte=last + ONE_DAY, starts_on__gte=first - LONGEST * ONE_DAY)
    rows = Activity.objects.filter(near, province=trace_of.province_id, year=trace_of.year, status__in=COMPARED)
    return rows.exclude(pk=trace_of.pk).exclude(owner=trace_of.owner_id)


def alike(all_traces: Iterable[Trace]) -> Iterator[tuple[Trace, Trace, list[dict]]]:
    """Pairs among the traces that look like one event, each once, with their reasons.

    Only traces that share a word of the place, a number or a body on near days are held against each other.
    """
    shelf: dict[tuple, list[Trace]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for trace in all_traces:
        for other in _near(trace, shelf):
            pair = (min(trace.pk, other.pk), max(trace.pk, other.pk))
            if pair not in seen:
                seen.add(pair)
                if reasons := reasons_for(trace, other):
                    yield trace, other, reasons
        for day in trace.days:
            for key in (*_common(trace), ("owner", trace.owner), *(("named", body) for body in trace.bodies)):
                shelf[day, *key].append(trace)


def _near(trace: Trace, shelf: dict) -> Iterator[Trace]:
    """What lies on the shelf under the same place, unit or number, or is named by one of the two in the other."""
    days = list(trace.days)
    keys = (*_common(trace), ("named", trace.owner), *(("owner", body) for body in trace.bodies))
    for day in (days[0] - ONE_DAY, *days, days[-1] + ONE_DAY):
        for key in keys:
            yield from (other for other in shelf.get((day, *key), ()) if other.owner != trace.owner)


def _common(trace: Trace) -> Iterator[tuple]:
    yield from (("place", word) for word in trace.place_words)
    yield from (("unit", unit) for unit in (trace.unit, trace.unit_above) if unit)
    yield from (("number", number) for number in trace.numbers)


def reasons_for(one: Trace, other: Trace) -> list[dict]:
    """Why two activities of different departments may be one; nothing when too little speaks for it."""
    if one.owner == other.owner or not _near_days(one, other):
        return []
    found = {
        "place": _same_place(one, other),
        "title": _share(one.title_words, other.title_words) >= TITLE_ALIKE,
        "number": max(one.numbers & other.numbers, default=None),
        "named": _named(one, other),
    }
    return _in_order(one, other, found) if _enough(**found) else []


def _enough(place: bool | None, title: bool, number: int | None, named: int | None) -> bool:
    """One place and a title or number; without a known place both; a body named in the other needs one of them."""
    if place is False:
        return bool(named and number)
    if place or named:
        return bool(title or number or (place and named))
    return bool(title and number)


def _in_order(one: Trace, other: Trace, found: dict) -> list[dict]:
    reasons = [{"code": "day", "apart": 0 if set(one.days) & set(other.days) else 1}]
    if found["place"]:
        reasons.append({"code": "place", "place": one.place or other.place})
    if found["title"]:
        reasons.append({"code": "title"})
    if found["number"]:
        reasons.append({"code": "number", "number": found["number"]})
    if found["named"]:
        reasons.append({"code": "named", "department": found["named"]})
    return reasons


def _near_days(one: Trace, other: Trace) -> bool:
    """A day in common, or side by side."""
    around = {day + n * ONE_DAY for day in other.days for n in (-1, 0, 1)}
    return bool(around.intersection(one.days))


def _same_place(one: Trace, other: Trace) -> bool | None:
    """True or False where both places are known, None where one is not."""
    if one.place_words and other.place_words:
        return _share(one.place_words, other.place_words, fewest=1) >= PLACE_ALIKE
    if one.unit and other.unit:
        return one.unit == other.unit or one.unit == other.unit_above or other.unit == one.unit_above
    return None


def _share(one: frozenset[str], other: frozenset[str], fewest: int = FEWEST_WORDS) -> float:
    """How much of the shorter one the longer one holds."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter >= fewest else 0


def _named(one: Trace, other: Trace) -> int | None:
    """The recorder of one that the other names as taking part, when both are of one kind."""
    if one.type != other.type:
        return None
    if one.owner in other.bodies:
        return one.owner
    return other.owner if other.owner in one.bodies else None
