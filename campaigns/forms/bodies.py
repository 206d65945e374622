"""Bodies by the names that people type: from the list of the plan's day, a group, or words of nobody we know."""

import difflib
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.assignments import groups_on
from campaigns.models import Plan, Task
from campaigns.operations.sections import GROUPS
from campaigns.outlines import bodies_of, body_name
from provinces.models import Department
from provinces.vietnamese import fold, tidy

SIMILAR = 3


class Bodies:
    """The bodies that may lead or help with a task of a plan, found by name with or without accents.

    A name that several bodies bear carries the code of the unit behind it: “UBND xã Tân Hội (30562)”.
    """

    def __init__(self, plan: Plan, *more: Department | None):
        self.day = plan.duty_day
        known = bodies_of(plan)
        self.rows = known + [body for body in more if body and body not in known]

    @cached_property
    def words(self) -> dict[int, str]:
        """Each body as it stands in the list."""
        names = {body.pk: body_name(body, self.day) for body in self.rows}
        often = list(map(fold, names.values()))
        return {
            body.pk: f"{names[body.pk]} ({body.unit.code})" if often.count(fold(names[body.pk])) > 1 else names[body.pk]
            for body in self.rows
        }

    @property
    def offered(self) -> list[str]:
        """What the list offers: groups, then bodies."""
        return [*(group.label for group in groups_on(self.day)), *self.words.values()]

    def find(self, typed: str) -> Department | str | None:
        """The body or the key of the group that a text names; None for a stranger.

        Raises ValidationError where several bodies bear the name.
        """
        key = fold(typed)
        found = self._by_words.get(key) or self._groups.get(key)
        if found is None and key in self._by_name:
            found = self._one(typed, self._by_name[key])
        return found

    def _one(self, typed: str, bodies: list[Department]) -> Department:
        if len(bodies) == 1:
            return bodies[0]
        raise ValidationError(
            _("There are %(n)s bodies named “%(given)s”: %(choices)s. Choose one")
            % {"n": len(bodies), "given": tidy(typed), "choices": "; ".join(self.words[body.pk] for body in bodies)}
        )

    @cached_property
    def _by_words(self) -> dict[str, Department]:
        return {fold(self.words[body.pk]): body for body in self.rows}

    @cached_property
    def _by_name(self) -> dict[str, list[Department]]:
        """Every name that a body ever had; of bodies that bear it, those that bear it on the plan's day go first."""
        now, ever = {}, {}
        for body in self.rows:
            now.setdefault(fold(body_name(body, self.day)), []).append(body)
            for name in body.names.all():
                bearers = ever.setdefault(fold(name.name), [])
                if body not in bearers:
                    bearers.append(body)
        return ever | now

    @cached_property
    def _groups(self) -> dict[str, str]:
        labels = {fold(label): key for key, label in Task.Group.choices}
        return labels | {name: str(key) for name, key in GROUPS.items()}

    def similar(self, typed: str) -> str:
        """The nearest names of the list, for the question; a dash where nothing is near."""
        offered = {fold(words): words for words in self.offered}
        near = difflib.get_close_matches(fold(typed)[:120], list(offered), n=SIMILAR, cutoff=0.5)
        return "; ".join(offered[key] for key in near) or "–"

    def split(self, typed: str) -> tuple[Department | str, ...]:
        """Several names with “;” or line ends between them, each as the body it names, else as typed."""
        parts = [tidy(part) for part in typed.replace("\n", ";").split(";")]
        return tuple(self._helper(part) for part in parts if part)

    def _helper(self, typed: str) -> Department | str:
        found = self.find(typed)
        return found if isinstance(found, Department) else typed
