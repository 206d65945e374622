"""Two people wrote the same form: what each box held before, mine and the newest side by side, the choice between."""

import dataclasses
import json

from django import forms
from django.http import QueryDict

from campaigns.changes import Piece, pieces_between
from provinces.vietnamese import nfc

MINE, NEWEST, OWN = "mine", "newest", "own"
BASE = "base"


@dataclasses.dataclass(frozen=True)
class Part:
    """What is chosen as one: some boxes of a form, or all rows of a formset whose names begin with `rows`.

    `filled` names the boxes that make a row more than an empty one; `typed` is the single box that a person may
    also type anew while choosing.
    """

    name: str
    label: str
    boxes: tuple[str, ...] = ()
    rows: str = ""
    filled: tuple[str, ...] = ()
    typed: str = ""
    long: bool = False

    def content(self, raw: dict) -> tuple:
        """What was typed, in a shape in which equal means nothing to choose."""
        if not self.rows:
            return tuple((box, *map(_plain, raw[box])) for box in self.boxes if any(raw.get(box, [])))
        rows = rows_of(raw, self.rows)
        filled = (row for row in rows if any(row.get(box) for box in self.filled))
        return tuple(tuple(sorted((box, text) for box, text in row.items() if text)) for row in filled)

    def names(self, *raws: dict) -> set[str]:
        """The names under which the part is posted."""
        if not self.rows:
            return set(self.boxes)
        return {name for raw in raws for name in raw if name.startswith(f"{self.rows}-")}


def _plain(text: str) -> str:
    return nfc(text).replace("\r\n", "\n").strip()


def rows_of(raw: dict, prefix: str) -> list[dict[str, str]]:
    """The rows of a formset as they were posted: box → text."""
    found = {}
    for name, values in raw.items():
        start, _dash, rest = name.partition("-")
        number, _dash, box = rest.partition("-")
        if start == prefix and number.isdecimal() and values:
            found.setdefault(int(number), {})[box] = _plain(values[-1])
    return [found[number] for number in sorted(found)]


def raw_of(*parts) -> dict[str, list[str]]:
    """Forms and formsets as a browser posts them when nothing is changed, without the copy of what stood there."""
    raw = {}
    for part in parts:
        if isinstance(part, forms.BaseFormSet):
            raw |= raw_of(part.management_form, *part.forms)
            continue
        for name in part.fields:
            raw |= _boxes(part[name]) if name != BASE else {}
    return raw


def _boxes(box: forms.BoundField) -> dict[str, list[str]]:
    widget, value = box.field.widget, box.value()
    if isinstance(widget, forms.MultiWidget):
        values = widget.decompress(value)
        names = [f"{box.html_name}{end}" for end in widget.widgets_names]
        return {name: [_text(text)] for name, text in zip(names, values, strict=True)}
    if isinstance(widget, forms.CheckboxInput):
        return {box.html_name: ["on"] if value else []}
    if getattr(widget, "allow_multiple_selected", False):
        return {box.html_name: [_text(each) for each in value or []]}
    return {box.html_name: [_text(widget.format_value(value))]}


def _text(value) -> str:
    if isinstance(value, (list, tuple)):  # a select answers a list of one
        value = value[0] if value else ""
    return "" if value is None else str(value)


def written(raw: dict) -> str:
    """For the hidden box that carries what the form held when it was opened."""
    return json.dumps(raw, ensure_ascii=False)


def read(text: str) -> dict[str, list[str]]:
    """The content of the hidden box; nothing when it is not what we wrote."""
    try:
        raw = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(raw, dict):
        return {}
    return {str(name): [str(each) for each in values] for name, values in raw.items() if isinstance(values, list)}


@dataclasses.dataclass(frozen=True)
class Difference:
    """One part that two people left different: the words of both, and what is chosen before anybody chose."""

    part: Part
    mine: list[Piece]
    newest: list[Piece]
    chosen: str
    own: str = ""

    @property
    def choice(self) -> str:
        """The name of the radio buttons."""
        return choice_of(self.part)


def choice_of(part: Part) -> str:
    return f"choose-{part.name}"


def differences(parts, base: dict, mine: dict, newest: dict, words, picked=None) -> list[Difference]:
    """What has to be chosen. A part that only one of the two has changed is chosen already; `words(part, raw)` says
    what a part holds, `picked` is what was chosen on the page before."""
    found = []
    for part in parts:
        was, own, other = (part.content(raw) for raw in (base, mine, newest))
        if own == other:
            continue
        before = NEWEST if own == was else MINE if other == was else ""
        left, right = pieces_between(words(part, mine), words(part, newest))
        chosen = (picked or {}).get(choice_of(part), "") or before
        typed = (picked or {}).get(f"own-{part.name}") or "".join(mine.get(part.typed, []))
        found.append(Difference(part, left, right, chosen, typed))
    return found


def is_choice(posted: QueryDict) -> bool:
    """True for a form that comes from the page of choices."""
    return "choosing" in posted


def unchosen(parts, posted: QueryDict) -> list[Part]:
    """The parts on the page for which nothing was chosen, or something else than what was typed there."""
    shown = set(posted.getlist("choosing"))
    return [part for part in parts if part.name in shown and _is_open(part, posted)]


def _is_open(part: Part, posted: QueryDict) -> bool:
    choice = posted.get(choice_of(part))
    if choice == OWN or choice not in {MINE, NEWEST}:
        return choice != OWN
    typed = posted.get(f"own-{part.name}")
    return typed is not None and _plain(typed) != _plain(posted.get(part.typed, ""))


def settled(parts, posted: QueryDict) -> QueryDict:
    """The form as chosen: of each part mine, what the page showed as the newest, or what was typed there."""
    result, newest = posted.copy(), read(posted.get(BASE, ""))
    for part in parts:
        choice = posted.get(choice_of(part))
        if choice == NEWEST:
            for name in part.names(posted, newest):
                result.setlist(name, newest.get(name, []))
        elif choice == OWN and part.typed:
            result[part.typed] = posted.get(f"own-{part.name}", "")
        for name in ("choosing", choice_of(part), f"own-{part.name}"):
            result.pop(name, None)
    return result


def lists_of(posted: QueryDict) -> dict[str, list[str]]:
    """A posted form as plain lists."""
    return {name: values for name, values in posted.lists()}
