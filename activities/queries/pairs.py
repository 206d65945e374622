"""Pairs of suspected duplicates as people read them: which wait, and in words why they were found."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from activities.models import Activity, DuplicatePair
from provinces.models import Department, Seat, Unit
from provinces.vietnamese import format_date, format_number

IN_PLAY = (Activity.Status.SENT, Activity.Status.ACCEPTED)


def pairs_of_year(seat: Seat, province: Unit, year: int) -> QuerySet[DuplicatePair]:
    """What the seat may see of the pairs of a province's year."""
    rows = DuplicatePair.objects.visible_to(seat).filter(first__province=province, first__year=year)
    return rows.select_related("first__campaign", "second__campaign", "first__province", "kept", "settled_by__user")


def waiting_pairs(seat: Seat, province: Unit, year: int) -> QuerySet[DuplicatePair]:
    """Pairs to be settled of which both activities still may count."""
    rows = pairs_of_year(seat, province, year).open()
    return rows.filter(first__status__in=IN_PLAY, second__status__in=IN_PLAY).order_by("id")


def settled_pairs(seat: Seat, province: Unit, year: int) -> QuerySet[DuplicatePair]:
    """Pairs that somebody merged or set apart, the latest first."""
    settled = [DuplicatePair.Status.MERGED, DuplicatePair.Status.APART]
    return pairs_of_year(seat, province, year).filter(status__in=settled).order_by("-settled_at", "-id")


def merged_pair(activity: Activity) -> DuplicatePair | None:
    """The pair through which an activity was merged into another one."""
    rows = DuplicatePair.objects.filter(status=DuplicatePair.Status.MERGED).exclude(kept=activity)
    return (rows.filter(first=activity) | rows.filter(second=activity)).first()


def reasons_in_words(pair: DuplicatePair, names: dict[int, str]) -> list[str]:
    """“cùng ngày 10/11/2023”, “cùng nơi”, …; `names` are the departments' names by id."""
    return [_words(pair, reason, names) for reason in pair.reasons]


def named_in(pairs) -> dict[int, str]:
    """Names of the departments that the reasons of the pairs speak of; one question for all."""
    wanted = {reason["department"] for pair in pairs for reason in pair.reasons if reason["code"] == "named"}
    return {row.pk: str(row) for row in Department.objects.filter(pk__in=wanted).prefetch_related("names")}


def pairable(seat: Seat, activity: Activity) -> QuerySet[Activity]:
    """Other activities of the same province and year that still may count."""
    rows = Activity.objects.visible_to(seat).filter(province=activity.province, year=activity.year)
    return rows.filter(status__in=IN_PLAY).exclude(pk=activity.pk)


def _words(pair: DuplicatePair, reason: dict, names: dict[int, str]) -> str:
    if reason["code"] == "day":
        return _days(pair, reason["apart"])
    if reason["code"] == "place":
        return _("the same place, %(place)s") % reason if reason["place"] else _("the same place")
    if reason["code"] == "hand":
        return _("the office says so: %(words)s") % reason
    if reason["code"] == "number":
        return _("the same number, %(number)s") % {"number": format_number(reason["number"])}
    if reason["code"] == "named":
        return _("%(department)s is named in the other one") % {"department": names.get(reason["department"], "…")}
    return _("similar titles")


def _days(pair: DuplicatePair, apart: int) -> str:
    rows = sorted((row for row in (pair.first, pair.second) if row.starts_on), key=lambda row: row.starts_on)
    if len(rows) < 2:
        return _("near days")
    if apart:
        before, after = rows[0].ends_on or rows[0].starts_on, rows[1].starts_on
        return _("a day apart, %(first)s and %(second)s") % {"first": format_date(before), "second": format_date(after)}
    return _("the same day, %(day)s") % {"day": format_date(rows[1].starts_on)}
