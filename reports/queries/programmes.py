"""What a plan and a report hold under each programme: tasks by the plan, activities behind the frozen figures."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from activities.models import Activity, Participant
from campaigns.models import Plan, Programme
from campaigns.outlines import Outline, TaskLine
from reports.models import Snapshot, Source
from reports.snapshot import Figures

MOST = 3000  # rows of one printed list


@dataclass(frozen=True)
class Result:
    """An activity under a programme with what it gave to the figures, as frozen."""

    activity: Activity
    said: tuple[str, ...]


def programmes_of_plan(outline: Outline) -> dict[Programme, int]:
    """The programmes of a plan and of its tasks, each with how many tasks carry it."""
    found = dict.fromkeys(outline.plan.programmes.all(), 0)
    for line in outline.lines:
        for row in line.task.programmes.all():
            found[row.programme] = found.get(row.programme, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: pair[0].code))


def tasks_under(outline: Outline, programme: Programme) -> list[TaskLine]:
    """The tasks of a plan that carry a programme; all of them when the whole plan is of that programme alone."""
    own = [line for line in outline.lines if programme in {row.programme for row in line.task.programmes.all()}]
    whole = outline.plan.kind == Plan.Kind.PROGRAMME and list(outline.plan.programmes.all()) == [programme]
    return own or (outline.lines if whole else [])


def programmes_of_snapshot(snapshot: Snapshot) -> list[Programme]:
    """The programmes that the activities behind a report's figures carry."""
    behind = Source.objects.filter(snapshot=snapshot).values("activity")
    links = Activity.programmes.through.objects.filter(activity__in=behind).values("programme")
    return list(Programme.objects.filter(pk__in=links))


def results_under(snapshot: Snapshot, figures: Figures, programme: Programme) -> list[Result]:
    """The activities behind the figures that carry a programme, by date; three queries for any number of them."""
    behind = Source.objects.filter(snapshot=snapshot, activity__programmes=programme, left_out="").order_by("id")
    said = defaultdict(list)
    for activity, cell, printed in behind.values_list("activity", "cell", "printed")[: MOST * 4]:
        said[activity].append(_said(figures, cell, printed))
    rows = Activity.objects.filter(pk__in=said).select_related("owner")
    rows = rows.prefetch_related("owner__names", "participants__department__names").order_by("starts_on", "pk")
    return [Result(row, tuple(dict.fromkeys(said[row.pk]))) for row in rows[:MOST]]


def _said(figures: Figures, cell: str, printed: str) -> str:
    figure = figures.by_cell(cell)
    return f"{printed} {figure.unit_of_measure}" if figure else printed


def leads_of(activity: Activity) -> Iterable[Participant]:
    """Who led it, as far as it was recorded."""
    return [row for row in activity.participants.all() if row.role == Participant.Role.LEAD]
