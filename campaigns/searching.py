"""Search over the plans of all years: “ky anh” finds “Kỳ Anh” in any database, without an index of its own.

Words are asked for as patterns of all letters that fold to them; what the database finds is read again here, where
words begin at the beginning of words, and shown with the words marked.
"""

import dataclasses
import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from campaigns.models import Plan, PlanSection, Task, TaskPartner
from campaigns.outlines import section, task_anchor
from provinces.models import DepartmentName, Seat, Unit, UnitName
from provinces.vietnamese import fold, nfc
from provinces.vietnamese.folding import plain

ROWS = 500  # read of one table at most
WORDS = 8
AROUND = 70


@dataclasses.dataclass(frozen=True)
class Hit:
    """One place of a plan that holds the words: where, and the sentence in pieces, marked or not."""

    where: str
    title: str
    pieces: tuple[tuple[str, bool], ...]
    together: bool


@dataclasses.dataclass(frozen=True)
class Found:
    """A plan with the places found in it, those where the words stand together first."""

    plan: Plan
    hits: tuple[Hit, ...]


class Results(list[Found]):
    """The plans found; `cut` when a table held more rows than are read."""

    cut = False

    def read(self, rows: Iterable) -> list:
        """The first rows of a table."""
        found = list(rows[: ROWS + 1])
        self.cut = self.cut or len(found) > ROWS
        return found[:ROWS]


def asked_words(text: str) -> list[str]:
    """The words of a question, folded."""
    return re.findall(r"[^\W_]+", fold(text))[:WORDS]


def search_plans(seat: Seat, text: str, *, year: int | None = None, province: Unit | None = None) -> Results:
    """The plans that the seat may see and that hold all words in one text, best and newest first."""
    words, results = asked_words(text), Results()
    if not words:
        return results
    plans = Plan.objects.visible_to(seat)
    if year:
        plans = plans.filter(year_from__lte=year, year_to__gte=year)
    if province:
        plans = plans.filter(province=province)
    hits: dict[int, list[Hit]] = defaultdict(list)
    for plan, hit in _hits(plans, words, results.read):
        hits[plan].append(hit)
    rows = Plan.objects.visible_to(seat).filter(pk__in=hits).select_related("province", "campaign", "owner__unit")
    found = [Found(row, _best(hits[row.pk])) for row in rows.prefetch_related("province__names", "owner__names")]
    results += sorted(found, key=lambda one: (not one.hits[0].together, -one.plan.year_from, one.plan.pk))
    return results


def _best(hits: list[Hit]) -> tuple[Hit, ...]:
    """Each place once, those with the words together first."""
    once = {(hit.where, hit.title): hit for hit in reversed(hits)}
    return tuple(sorted(reversed(once.values()), key=lambda hit: not hit.together))


def _hits(plans: QuerySet[Plan], words: list[str], read: Callable) -> Iterable[tuple[int, Hit]]:
    yield from _in_heads(plans, words, read)
    yield from _in_sections(plans, words, read)
    yield from _in_tasks(plans, words, read)
    yield from _in_bodies(plans, words, read)
    yield from _in_units(plans, words, read)


def _in_heads(plans, words, read):
    head = Concat(F("subject"), Value(" "), F("number"), Value("/"), F("symbol"))
    rows = plans.annotate(head=head).filter(_all("head", words))
    for pk, text in read(rows.values_list("pk", "head")):
        yield from _hit(pk, "facts", _("Subject"), text.rstrip(" /"), words)


def _in_sections(plans, words, read):
    rows = PlanSection.objects.filter(_all("text", words), plan__in=plans)
    for row in read(rows.order_by("-plan__year_from", "id")):
        yield from _hit(row.plan_id, section(row.key), str(row), row.text, words)


def _in_tasks(plans, words, read):
    fields = ("title", "place", "when_text", "lead_text")
    text = Concat(*[part for name in fields for part in (F(name), Value(" · "))])
    rows = Task.objects.filter(plan__in=plans).annotate(text=text).filter(_all("text", words))
    for row in read(rows.order_by("-plan__year_from", "id")):
        text = " · ".join(filter(None, (getattr(row, name) for name in fields)))
        yield from _hit(row.plan_id, task_anchor(row), _("Task"), text, words)
    helpers = TaskPartner.objects.filter(_all("name", words), task__plan__in=plans).select_related("task")
    for row in read(helpers.order_by("-task__plan__year_from", "id")):
        title = f"{_('Partners')}: {row.task.title}"
        yield from _hit(row.task.plan_id, task_anchor(row.task), title, row.name, words)


def _in_bodies(plans, words, read):
    """Tasks led or helped by a body, and plans written by one, under any name it had."""
    names = defaultdict(list)
    for pk, name in DepartmentName.objects.filter(_all("name", words)).values_list("department_id", "name"):
        names[pk].append(name)
    bodies = list(names)[:ROWS]
    led = Task.objects.filter(plan__in=plans, lead__in=bodies).order_by("-plan__year_from", "id")
    for row in read(led):
        yield from _hit(row.plan_id, task_anchor(row), f"{_('Lead')}: {row.title}", names[row.lead_id][-1], words)
    helped = TaskPartner.objects.filter(task__plan__in=plans, department__in=bodies).select_related("task")
    for row in read(helped.order_by("-task__plan__year_from", "id")):
        title, name = f"{_('Partners')}: {row.task.title}", names[row.department_id][-1]
        yield from _hit(row.task.plan_id, task_anchor(row.task), title, name, words)
    for pk, owner in read(plans.filter(owner__in=bodies).values_list("pk", "owner")):
        yield from _hit(pk, "facts", _("Written by"), names[owner][-1], words)


def _in_units(plans, words, read):
    """Plans of a province, and of a unit inside, by its name."""
    names = dict(UnitName.objects.filter(_all("name", words)).values_list("unit_id", "name"))
    rows = plans.filter(Q(province__in=list(names)[:ROWS]) | Q(owner__unit__in=list(names)[:ROWS]))
    for pk, province, unit in read(rows.values_list("pk", "province", "owner__unit")):
        name = names.get(unit) or names.get(province)
        yield from _hit(pk, "facts", _("Administrative unit"), name, words)


# ── patterns and pieces ────────────────────────────────────────────────────


@cache
def letters() -> dict[str, str]:
    """For each small letter without accents, all letters of Vietnamese texts that fold to it."""
    found = defaultdict(set)
    for code in [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]:
        letter = chr(code)
        if letter.isalpha():
            found[plain(letter)].add(letter)
    return {base: "".join(sorted(group)) for base, group in found.items() if len(base) == 1 and base.isascii()}


def _all(field: str, words: list[str]) -> Q:
    """All words in one field, accents and capitals apart, as both databases understand it."""
    patterns = ("".join(f"[{letters().get(each, each)}]" for each in word) for word in words)
    return Q(*(Q(**{f"{field}__regex": pattern}) for pattern in patterns))


def _hit(pk: int, where: str, title: str, text: str, words: list[str]) -> Iterable[tuple[int, Hit]]:
    """The hit, unless the words only stand inside other words."""
    text = nfc(text)
    flat = plain(text)
    spans = [[m.span() for m in re.finditer(rf"(?<![^\W_]){re.escape(word)}", flat)] for word in words]
    if not all(spans):
        return
    phrase = re.search(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, words)), flat)
    start = phrase.start() if phrase else spans[0][0][0]
    marked = sorted({phrase.span()} if phrase else {span for found in spans for span in found})
    yield pk, Hit(where, title, _pieces(text, start, marked), phrase is not None)


def _pieces(text: str, start: int, marked: list[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """The text around `start`, cut at spaces, in pieces that are marked or not."""
    first = text.rfind(" ", 0, max(start - AROUND, 0)) + 1 if start > AROUND else 0
    last = text.find(" ", start + AROUND)
    last = len(text) if last < 0 else last
    found, place = [("…" if first else "", False)], first
    for begin, end in marked:
        if begin >= place and end <= last:
            found += [(text[place:begin], False), (text[begin:end], True)]
            place = end
    found += [(text[place:last], False), ("…" if last < len(text) else "", False)]
    return tuple(piece for piece in found if piece[0])


def similar_names(text: str, province: Unit) -> list[str]:
    """Names of bodies and units of the province that are spelled alike."""
    here = Q(department__unit=province) | Q(department__unit__province=province)
    names = [*DepartmentName.objects.filter(here).values_list("name", flat=True)[: 4 * ROWS]]
    names += UnitName.objects.filter(unit__province=province).values_list("name", flat=True)[: 4 * ROWS]
    folded = {fold(name): name for name in names}
    return [folded[key] for key in difflib.get_close_matches(fold(text), folded, n=3, cutoff=0.6)]
