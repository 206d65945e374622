"""What a plan still says of an earlier year: its theme, its year, bodies and units that no longer exist.

Every place is named with what could stand there instead; a person changes it or says that it is right.
"""

import dataclasses
from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.leftovers.bodies import Heirs, family_of, names_of_the_gone
from campaigns.leftovers.spots import LONGEST, Old, Spot, Text, in_place_of, spots_of
from campaigns.leftovers.words import Names, bare
from campaigns.models import Campaign, Leftover, Message, Plan, PlanSection, Task, Wording
from campaigns.outlines import Outline, TaskLine, section, task_anchor
from campaigns.queries import wording_of
from provinces.models import Unit

__all__ = ["Spot", "Text", "leftovers_of", "old_of", "settled_of", "settled_rows", "spots_in", "year_before"]

FIRST_YEAR = 2016  # of the first Action Month
GROUPS = {
    Task.Group.DISTRICTS: Task.Group.COMMUNES,
    Task.Group.COMMUNES_OLD: Task.Group.COMMUNES,
}


def leftovers_of(plan: Plan, outline: Outline | None = None) -> list[Spot]:
    """The places of a plan that still read like an earlier year and that nobody has settled yet."""
    settled = settled_of(plan)
    return [spot for spot in spots_in(plan, outline) if spot.decision not in settled]


def settled_of(plan: Plan) -> set[tuple[str, str, str]]:
    """What somebody said may stay, in this version or an earlier one."""
    return set(settled_rows(plan).values_list("anchor", "kind", "found"))


def settled_rows(plan: Plan) -> QuerySet[Leftover]:
    """Who said so, and when."""
    return Leftover.objects.filter(plan__lineage=plan.lineage).select_related("by__user").order_by("at", "id")


def spots_in(plan: Plan, outline: Outline | None = None) -> list[Spot]:
    """Every place of a plan that reads like an earlier year, in the order of the paper, settled or not."""
    outline = outline or Outline(plan)
    old = old_of_plan(plan)
    kept = list(_kept_messages(plan, outline))
    found = [spot for text in _texts(plan, outline) for spot in spots_of(text, old)]
    found = [spot for spot in found if not (kept and _is_message(spot))]
    found += [*kept, *_old_groups(outline, old)]
    heirs = Heirs(plan.province, plan.duty_day, [spot.gone for spot in found if spot.gone])
    places = ["facts", *map(section, outline.sections), *(task_anchor(line.task) for line in outline.lines)]
    order = {where: number for number, where in enumerate(places)}
    return [_with_heirs(spot, heirs) for spot in sorted(found, key=lambda x: (order[x.text.where], x.start))]


def _with_heirs(spot: Spot, heirs: Heirs) -> Spot:
    if spot.gone is None or spot.instead:
        return spot
    return dataclasses.replace(spot, instead=tuple(in_place_of(spot.old, words) for words in heirs.of(spot.gone)))


# ── the texts of a plan ────────────────────────────────────────────────────


def _texts(plan: Plan, outline: Outline) -> Iterator[Text]:
    heads = {"subject": _("Subject"), "addressees": _("Addressees"), "recipients": _("Recipients of copies")}
    for field, label in heads.items():
        yield Text(f"facts:{field}", "facts", label, getattr(plan, field), plan, field)
    for key, row in outline.sections.items():
        yield Text(section(key), section(key), str(row), row.text, row, "text", row.version)
    for line in outline.lines:
        yield from _task_texts(line)


def _task_texts(line: TaskLine) -> Iterator[Text]:
    """The words of a task; decisions about them keep to the task through all versions of the plan."""
    task, where, stem = line.task, task_anchor(line.task), f"task:{line.task.lineage.hex}"
    labels = {
        "title": _("Task %(number)s"),
        "place": _("Task %(number)s, place"),
        "when_text": _("Task %(number)s, time"),
        "lead_text": _("Task %(number)s, lead"),
    }
    slots = {"number": line.number}
    for field, label in labels.items():
        yield Text(f"{stem}:{field}", where, label % slots, getattr(task, field), task, field, task.version)
    for row in task.partners.all():
        label = _("Task %(number)s, partners") % slots
        yield Text(f"{stem}:partner", where, label, row.name, row, "name", task.version)
    for row in task.targets.all():
        label = _("Task %(number)s, targets") % slots
        yield Text(f"{stem}:target", where, label, row.text, row, "text", task.version)


def _is_message(spot: Spot) -> bool:
    return spot.kind == Leftover.Kind.THEME and spot.text.where == section(PlanSection.Key.MESSAGES)


def _old_groups(outline: Outline, old: Old) -> Iterator[Spot]:
    """Tasks led by all districts, or by communes with towns among them, once these have ended."""
    for line in outline.lines:
        group = line.task.lead_group
        if group in GROUPS and old.gone.get("cấp huyện"):
            words, label = Task.Group(group).label, _("Task %(number)s, lead") % {"number": line.number}
            anchor, where = f"task:{line.task.lineage.hex}:lead_group", task_anchor(line.task)
            text = Text(anchor, where, label, words, line.task, "lead_group", line.task.version)
            instead = (Task.Group(GROUPS[group]).label,)
            yield Spot(text, Leftover.Kind.BODY, 0, len(words), words, instead=instead)


def _kept_messages(plan: Plan, outline: Outline) -> Iterator[Spot]:
    """The messages of a copy that nobody has touched: all of them are last year's."""
    key = PlanSection.Key.MESSAGES
    row, source = outline.sections.get(key), plan.copied_from
    if row is None or not row.text or source is None or source.year_from >= plan.year_from:
        return
    if source.sections.filter(key=key, text=row.text).exists():
        count = len([line for line in row.text.splitlines() if line.strip()])
        words = ngettext("%(n)s message kept from %(year)s", "%(n)s messages kept from %(year)s", count)
        title = f"{row}: {words % {'n': count, 'year': source.year_from}}"
        text = Text(section(key), section(key), title, row.text, row, "text", row.version)
        yield Spot(text, Leftover.Kind.THEME, 0, 0, row.text[:LONGEST])


# ── what is old ────────────────────────────────────────────────────────────


def old_of_plan(plan: Plan) -> Old:
    """What is old for a plan: earlier years count from the first month on, what it copied moves on to its year."""
    campaign = plan.campaign or Campaign.objects.filter(series="bdg", year=plan.year_from).first()
    return Old(
        phrases=_phrases_before(plan.year_from, campaign, plan.province),
        gone=names_of_the_gone(plan.province, plan.duty_day),
        first=FIRST_YEAR,
        year=plan.year_from,
        base=year_before(plan),
    )


def year_before(plan: Plan) -> int:
    """The year that a plan was copied from; the last one when it was not copied."""
    source = plan.copied_from
    return source.year_from if source and source.year_from < plan.year_from else plan.year_from - 1


def old_of(campaign: Campaign, unit: Unit) -> Old:
    """What is old for the texts of a campaign itself, as a province or the whole country has them."""
    return Old(
        phrases=_phrases_before(campaign.year, campaign, unit),
        gone=names_of_the_gone(unit, campaign.opens_on),
        first=FIRST_YEAR,
        year=campaign.year,
        base=campaign.year - 1,
    )


def _phrases_before(year: int, campaign: Campaign | None, province: Unit) -> Names:
    """Themes, messages, names of the month and guidance letters of earlier years that are not this year's too."""
    names = Names(bare)
    here = Q(province=None) | Q(province__in=family_of(province))
    own = wording_of(campaign, province) if campaign else None
    for text in _of_this_year(campaign, own, here):
        names.add(text, None)
    before = Campaign.objects.filter(series="bdg", year__lt=year).order_by("year")
    themes = Wording.objects.filter(here, campaign__in=before).exclude(theme="").values_list("theme", flat=True)
    messages = Message.objects.filter(here, campaign__in=before).values_list("text", flat=True)
    for text, instead in [*((t, own.theme if own else "") for t in themes), *((m, "") for m in messages)]:
        names.add(text, (Leftover.Kind.THEME, instead))
    for row in before:
        names.add(row.name, (Leftover.Kind.THEME, campaign.name if campaign else ""))
        if row.guidance_number:
            names.add(row.guidance_number, (Leftover.Kind.YEAR, campaign.guidance_number if campaign else ""))
    return names


def _of_this_year(campaign: Campaign | None, own: Wording | None, here: Q) -> Iterable[str]:
    if campaign is None:
        return []
    themes = campaign.wordings.filter(Q(province=None), is_default=True).values_list("theme", flat=True)
    messages = campaign.messages.filter(here).values_list("text", flat=True)
    return [campaign.name, campaign.guidance_number, own.theme if own else "", *themes, *messages]
