"""Everything of a plan that a comment can be about: its sections, its tasks, its figures."""

from django.utils.translation import gettext as _

from campaigns.models import Plan
from campaigns.outlines import Outline, TaskLine, section, task_anchor
from provinces.vietnamese import format_money

MONEY = "figure:money"


def anchor_groups(plan: Plan, outline: Outline | None = None) -> list[tuple[str, dict[str, str]]]:
    """The places in three groups, each anchor with its words, in the order of the paper."""
    outline = outline or Outline(plan)
    return [
        (_("Sections"), {section(key): str(row) for key, row in outline.sections.items()}),
        (_("Tasks"), {task_anchor(line.task): f"{line.number}. {line.task.title}" for line in outline.lines}),
        (_("Figures"), figures_of(outline)),
    ]


def anchors_of(plan: Plan, outline: Outline | None = None) -> dict[str, str]:
    """Every place that is in the plan now: anchor → words."""
    return {anchor: words for _label, rows in anchor_groups(plan, outline) for anchor, words in rows.items()}


def figures_of(outline: Outline) -> dict[str, str]:
    """The sums of money, the targets of the whole plan, then the targets and the money of each task."""
    found = {}
    if outline.money.total is not None or outline.plan.budget is not None:
        found[MONEY] = _("Money of the whole plan")
    for row in outline.plan.targets.select_related("measure").order_by("measure__code"):
        found[f"target:{row.measure.code}"] = row.measure.name
    for line in outline.lines:
        found |= _figures(line)
    return found


def _figures(line: TaskLine) -> dict[str, str]:
    place = figure_anchor(line, "")
    found = {f"{place}{row.measure.code}": f"{line.number}. {row.measure.name}: {row.words}" for row in line.targets}
    if line.counted_money is not None:
        found[f"{place}money"] = f"{line.number}. {_('Money')}: {format_money(line.counted_money)}"
    return found


def figure_anchor(line: TaskLine, what: str) -> str:
    """The anchor of one figure of a task: the code of a measure, or money."""
    return f"figure:{line.task.public_id}:{what}"


def place_of_anchor(anchor: str) -> str:
    """The part of the paper in which an anchor lies: a figure of a task lies in the task, money in section IV."""
    kind, _colon, key = anchor.partition(":")
    if anchor == MONEY:
        return section("kinh-phi")
    if kind == "figure":
        return f"task:{key.partition(':')[0]}"
    return section("noi-dung") if kind == "target" else anchor


def words_of_anchors(plan: Plan, wanted: set[str], outline: Outline | None = None) -> dict[str, str]:
    """Words for the wanted anchors; what has been taken out since is named as it was submitted."""
    found = anchors_of(plan, outline)
    if wanted <= set(found):
        return found
    gone = {}
    for content in plan.submissions.order_by("no").values_list("content", flat=True):
        gone |= {f"task:{task['id']}": f"{task['number']}. {task['title']}" for task in content["tasks"]}
    for anchor in wanted - set(found):
        words = gone.get(anchor) or gone.get(place_of_anchor(anchor))
        found[anchor] = _("%(place)s (taken out)") % {"place": words} if words else ""
    return found
