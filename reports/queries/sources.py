"""What stands behind a number, and what has moved since it was frozen."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from activities.models import Activity
from campaigns.models import Measure
from reports.models import Snapshot, Source
from reports.queries.figures import figures
from reports.queries.rows import counted_activities, period_of
from reports.snapshot import BOTH, Contribution, Figure

ADDS = ""


@dataclass(frozen=True)
class Change:
    """An activity that is not what the snapshot saw: edited, left the figures, or new in them."""

    activity: Activity
    kind: str
    seen_version: int | None


def sources_of(snapshot: Snapshot, cell: str):
    """The rows behind a frozen cell, those that add first, with their activities."""
    rows = Source.objects.filter(snapshot=snapshot, cell=cell)
    return (
        rows.select_related("activity__owner", "activity__type")
        .prefetch_related("activity__owner__names")
        .order_by("id")
    )


def live_sources(figure: Figure) -> list[Contribution]:
    """Rows that add to a live figure, or would if they had a number."""
    return [each for each in figure.contributions if not each.left_out]


def left_out(figure: Figure) -> list[Contribution]:
    """Rows that do not add, each with its reason: part, older, late, integrated."""
    return [each for each in figure.contributions if each.left_out]


def changed_since(snapshot: Snapshot) -> list[Change]:
    """Activities edited, sent back, merged or cancelled after the snapshot, and those verified since."""
    seen = dict(Source.objects.filter(snapshot=snapshot).values_list("activity_id", "activity_version"))
    province, campaign = snapshot.report.province, snapshot.report.campaign
    request = snapshot.report.request
    asked = counted_activities(province, campaign, request.scope if request else BOTH, period=period_of(request))
    still = set(asked.values_list("pk", flat=True))
    moved = Activity.objects.filter(pk__in=seen).filter(Q(changed_at__gt=snapshot.taken_at) | ~Q(status="accepted"))
    changes = [Change(each, _kind(each, still), seen[each.pk]) for each in moved if _moved(each, seen, still)]
    new = _with_something_to_count(still - seen.keys())
    return changes + [Change(each, "new", None) for each in new]


def _moved(row: Activity, seen: dict[int, int], still: set[int]) -> bool:
    return row.version != seen[row.pk] or row.pk not in still


def _kind(row: Activity, still: set[int]) -> str:
    return "edited" if row.pk in still else "gone"


def _with_something_to_count(ids: set[int]):
    """Newly counted activities that give a figure anything; one without outputs and money changes nothing."""
    rows = Activity.objects.filter(pk__in=ids)
    outputs = Measure.objects.filter(outputs__activity=OuterRef("pk"), outputs__awaiting=False)
    return rows.filter(Q(Exists(outputs)) | Q(money__isnull=False)).distinct()


def live_figure(snapshot: Snapshot, cell: str) -> Figure | None:
    """What the cell would come to if it were compiled now."""
    report = snapshot.report
    return figures(report.province, report.campaign).by_cell(cell)
