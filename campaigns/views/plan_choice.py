"""The page on which a person chooses between the own text and the one that was saved meanwhile."""

import dataclasses

from django.http import QueryDict
from django.utils.translation import gettext as _

from campaigns.forms import merging

CARRIED_NOT = {"csrfmiddlewaretoken", "version", "base", "unheard", "idempotency_key", "draft_form", "draft_object"}


@dataclasses.dataclass
class Choice:
    """What the page of choices shows: the sentence, the differences, what it carries along until the choice is made."""

    sentence: str
    editor: str
    rows: list[merging.Difference]
    version: int
    base: str
    carried: list[tuple[str, str]]
    faults: list[str] = dataclasses.field(default_factory=list)


def choice(parts, posted: QueryDict, newest: dict, *, row, sentence, words) -> Choice | None:
    """The choice between what was posted and `newest`, how the form of the newest row would be posted.

    None when both say the same.
    """
    mine = merging.lists_of(posted)
    rows = merging.differences(parts, merging.read(posted.get("base", "")), mine, newest, words)
    if not rows:
        return None
    return Choice(
        sentence=str(sentence),
        editor=str(row.edited_by.user) if row.edited_by else "",
        rows=rows,
        version=row.version,
        base=merging.written(newest),
        carried=[(name, value) for name, values in mine.items() if name not in CARRIED_NOT for value in values],
    )


def choice_again(parts, posted: QueryDict, open_parts, *, row, words) -> Choice:
    """The same page once more, because something was not chosen."""
    newest, mine = merging.read(posted.get("base", "")), merging.lists_of(posted)
    asked = {"choosing", *(merging.choice_of(part) for part in parts), *(f"own-{part.name}" for part in parts)}
    return Choice(
        sentence="",
        editor=str(row.edited_by.user) if row.edited_by else "",
        rows=merging.differences(parts, {}, mine, newest, words, posted),
        version=posted.get("version", ""),
        base=posted.get("base", ""),
        carried=[(name, v) for name, values in mine.items() if name not in CARRIED_NOT | asked for v in values],
        faults=[_("Choose which value of “%(label)s” to keep") % {"label": part.label} for part in open_parts],
    )
