"""Places of a plan that still read like an earlier year: changed in place, or kept on somebody's word."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns.leftovers import Spot, Text, leftovers_of
from campaigns.models import Leftover, Plan, PlanSection, Task, TaskPartner, TaskTarget
from campaigns.operations.guards import Conflict, clean_line, clean_text, hold_for_writing
from campaigns.outlines import bodies_of, body_name
from provinces.models import Department, Seat
from provinces.vietnamese import fold, format_date
from provinces.workflow import Refused, record_event


@transaction.atomic
def keep_leftover(plan: Plan, key: str, *, by: Seat, at: datetime.datetime) -> Leftover:
    """Settle a place as right: it stays as it is and no longer stops the submission."""
    hold_for_writing(plan, by=by)
    spot = _find(plan, key)
    if not spot.may_stay:
        slots = {"group": spot.old, "date": format_date(plan.duty_day)}
        raise Refused(_("There is no “%(group)s” on %(date)s; choose another lead") % slots)
    anchor, kind, found = spot.decision
    kept, _made = Leftover.objects.get_or_create(
        plan=plan, anchor=anchor, kind=kind, found=found, defaults={"by": by, "at": at}
    )
    record_event("plan.keep_leftover", plan, by=by, at=at, details={"anchor": anchor, "kind": kind, "found": found})
    return kept


@transaction.atomic
def replace_leftover(plan: Plan, key: str, words: str, *, version: int, by: Seat, at: datetime.datetime) -> Spot:
    """Put `words` in the place of the old ones, if nobody saved that text since `version`."""
    hold_for_writing(plan, by=by)
    spot = _find(plan, key)
    if spot.text.version != version:
        raise Conflict(spot.text.title, _owner(spot.text))
    _write(spot.text, spot.changed(_clean(words)), by, at)
    record_event("plan.replace_leftover", plan, by=by, at=at, details={**_told(spot), "instead": words})
    return spot


@transaction.atomic
def replace_everywhere(plan: Plan, key: str, words: str, *, by: Seat, at: datetime.datetime) -> int:
    """Put `words` in all places that hold the same old words; returns in how many.

    The plan is held while its texts are read and written, so no other save can come between.
    """
    hold_for_writing(plan, by=by)
    first, words = _find(plan, key), _clean(words)
    alike: dict[Text, list[Spot]] = defaultdict(list)
    for spot in leftovers_of(plan):
        if same_words(spot, first):
            alike[spot.text].append(spot)
    for text, spots in alike.items():
        changed = text.text
        for spot in reversed(spots):
            changed = changed[: spot.start] + words + changed[spot.end :]
        _write(text, changed, by, at)
    count = sum(map(len, alike.values()))
    details = {**_told(first), "instead": words, "places": count}
    record_event("plan.replace_leftover", plan, by=by, at=at, details=details)
    return count


def same_words(spot: Spot, other: Spot) -> bool:
    """True for two places that hold the same old words for the same reason."""
    return (spot.kind, spot.old) == (other.kind, other.old)


def _find(plan: Plan, key: str) -> Spot:
    """The open place of that key as it reads now."""
    plan.refresh_from_db(fields=["subject", "addressees", "recipients"])
    found = next((spot for spot in leftovers_of(plan) if spot.key == key), None)
    if found is None:
        raise Refused(_("This place reads differently by now; nothing was changed"))
    return found


def _told(spot: Spot) -> dict:
    anchor, kind, _found = spot.decision
    return {"anchor": anchor, "kind": kind, "found": spot.old[:300]}


def _clean(words: str) -> str:
    words = clean_text(words, label=_("New text"), field="words", longest=2000)
    if not words:
        raise Refused(_("%(label)s is missing") % {"label": _("New text")}, field="words")
    return words


# ── writing one text ───────────────────────────────────────────────────────


def _owner(text: Text) -> PlanSection | Task | Plan:
    """The row that carries the version of a text."""
    return text.row.task if isinstance(text.row, TaskPartner | TaskTarget) else text.row


def _write(text: Text, changed: str, by: Seat, at: datetime.datetime) -> None:
    """Save one text; its section or task gets a new version."""
    row = text.row
    if isinstance(row, Plan):
        lines = text.field != "subject"
        words = clean_text(changed, label=text.title, field="words") if lines else _line(text, changed)
        Plan.objects.filter(pk=row.pk).update(**{text.field: words})
        return
    fields = {}
    if isinstance(row, PlanSection):
        fields = {"text": clean_text(changed, label=text.title, field="words")}
    elif isinstance(row, Task):
        fields = _task_fields(text, changed)
    elif isinstance(row, TaskPartner):
        _write_partner(text, changed)
    else:
        TaskTarget.objects.filter(pk=row.pk).update(text=_line(text, changed))
    owner = _owner(text)
    type(owner).objects.filter(pk=owner.pk).update(version=F("version") + 1, edited_by=by, edited_at=at, **fields)


def _line(text: Text, changed: str) -> str:
    """The changed words, no longer than their column."""
    longest = text.row._meta.get_field(text.field).max_length
    return clean_line(changed, label=text.title, field="words", longest=longest)


def _task_fields(text: Text, changed: str) -> dict:
    """The columns of a task that change; a lead whose new name is in the list becomes that body."""
    if text.field not in {"lead_text", "lead_group"}:
        return {text.field: _line(text, changed)}
    group = next((key for key, label in Task.Group.choices if label == changed), "")
    body = None if group else _listed(text.row.plan, changed)
    longest = Task._meta.get_field("lead_text").max_length
    words = "" if group or body else clean_line(changed, label=text.title, field="words", longest=longest)
    return {"lead_group": group, "lead": body, "lead_text": words}


def _write_partner(text: Text, changed: str) -> None:
    """The helper's new name; one in the list becomes that body, and one that is there already is not named twice."""
    task, body = text.row.task, _listed(text.row.task.plan, changed)
    row = TaskPartner.objects.filter(pk=text.row.pk)
    if body is None:
        row.update(name=_line(text, changed))
    elif body.pk == task.lead_id or task.partners.filter(department=body).exists():
        row.delete()
    else:
        row.update(name="", department=body)


def _listed(plan: Plan, name: str) -> Department | None:
    """The body of that name among those that may lead a task of the plan."""
    key = fold(name)
    return next((body for body in bodies_of(plan) if fold(body_name(body, plan.duty_day)) == key), None)
