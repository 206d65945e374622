"""Shares of a figure (female, a role, a group, a source of money) and the rows that make up each of them."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from activities.models import Money, Output
from reports.models import Source
from reports.snapshot import ROLES, Figure

MOST = 12  # of one kind
SPLITS = {"nu": "female", "nam": "male", "chua-tach": "not_split"}
CHILDREN = {"tre-em": "children", "gai": "girls", "trai": "boys"}
KINDS = {"ten": "by_label", "nhom": "by_group", "nguon": "by_source", "vai-tro": "by_role"}
IN_KIND = "in_kind"


@dataclasses.dataclass(frozen=True)
class Share:
    """One share: `part` names it in an address."""

    part: str
    name: str
    value: int | None
    printed: str = ""


def shares_of(figure: Figure) -> list[Share]:
    """The shares in the order of the table."""
    return [*_by_sex(figure), *_by_children(figure), *_by_kind(figure)]


def _by_sex(figure: Figure) -> list[Share]:
    """Female, male and the rest; where nobody split the number there is one line that says so."""
    if not figure.by_sex or not figure.total:
        return []
    names = {"nu": _("of these: female"), "nam": _("male"), "chua-tach": _("not split by sex")}
    split = figure.female is not None or figure.male is not None
    found = [Share(part, names[part], getattr(figure, SPLITS[part])) for part in ("nu", "nam") if split]
    return found + ([Share("chua-tach", names["chua-tach"], figure.not_split)] if figure.not_split else [])


def _by_children(figure: Figure) -> list[Share]:
    names = {"tre-em": _("children"), "gai": _("girls"), "trai": _("boys")}
    found = [Share(part, name, getattr(figure, CHILDREN[part])) for part, name in names.items()]
    return [share for share in found if share.value is not None]


def _by_kind(figure: Figure) -> list[Share]:
    found = []
    for kind, splits in KINDS.items():
        slices = getattr(figure, splits)[: MOST if kind != "vai-tro" else None]
        if len(slices) > 1 or (kind == "nguon" and slices):
            found += [
                Share(f"{kind}.{no}", each.name or _("other"), each.total, each.printed)
                for no, each in enumerate(slices, 1)
            ]
    return found


@dataclasses.dataclass(frozen=True)
class Behind:
    """A source of a figure with the row it came from: an output, or money."""

    source: Source
    output: Output | None
    money: Money | None
    role: str


def paid_by(sources: Iterable[Source]) -> dict[int, Money]:
    """The money behind each source of a sum of money, by the source's key: both stand in the order of entry."""
    sources = [source for source in sources if source.output_id is None]
    rows = Money.objects.filter(activity__in={source.activity_id for source in sources}).select_related("source")
    waiting = defaultdict(list)
    for money in rows.order_by("-id"):
        waiting[money.activity_id].append(money)
    return {source.pk: waiting[source.activity_id].pop() for source in sources if waiting[source.activity_id]}


def rows_of(figure: Figure, part: str, rows: list[Behind]) -> dict[int, int | None]:
    """What each source gives to a share, by the source's key; None where it gives what it gave to the whole."""
    kind, _dot, no = part.partition(".")
    if kind in SPLITS or kind in CHILDREN:
        return _counted(rows, (SPLITS | CHILDREN)[kind])
    key = getattr(figure, KINDS[kind])[int(no) - 1].key
    fits = _fitting(kind, key, rows)
    return {row.source.pk: None for row in rows if fits(row)}


def _counted(rows: list[Behind], field: str) -> dict[int, int | None]:
    given = {row.source.pk: count_of(row, field) for row in rows if not row.source.left_out}
    return {pk: n for pk, n in given.items() if n is not None and (n or field != "not_split")}


def count_of(row, field: str) -> int | None:
    """One count of a row as it was frozen; of figures of the first schema, as it is today."""
    source, output = row.source, row.output
    if source.certainty is None:
        return getattr(output, field) if output else None
    if field == "not_split":
        return None if source.quantity is None else source.quantity - (source.female or 0) - (source.male or 0)
    return getattr(source, field)


def _fitting(kind: str, key: str, rows: list[Behind]) -> Callable[[Behind], bool]:
    wholes = {row.output.part_of_id for row in rows if row.output}
    return {
        "ten": lambda row: not row.source.left_out and _label(row) == key,
        "nhom": lambda row: row.output and row.output.pk not in wholes and _group(row) == key,
        "nguon": lambda row: row.money and _paid(row, key),
        "vai-tro": lambda row: not row.source.left_out and row.role == ROLES[key],
    }[kind]


def _label(row: Behind) -> str:
    return row.output.label.strip() if row.output else row.money.source.name if row.money else ""


def _group(row: Behind) -> str:
    return row.output.group.name if row.output.group else ""


def _paid(row: Behind, key: str) -> bool:
    if key == IN_KIND:
        return row.money.form == IN_KIND and not row.source.left_out
    return row.money.source.group == key
