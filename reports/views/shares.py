"""Shares of a figure (female, a role, a group, a source of money) and the rows that make up each of them."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Money, Output
from provinces.models import Seat
from reports.models import Source
from reports.queries.masking import HIDDEN, covered, masked_value
from reports.snapshot import ROLES, Figure
from reports.splits import share_of_leaves

MOST = 12  # of one kind
SPLITS = {"nu": "female", "nam": "male", "chua-tach": "not_split"}
CHILDREN = {"tre-em": "children", "gai": "girls", "trai": "boys"}
HALVES = ("gai", "trai")
COVERED = gettext_lazy("covered")
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


def shown_shares(figure: Figure, seat: Seat) -> list[tuple[Share, str]]:
    """Each share as this seat may see it; where a small one alone is hidden, the smallest beside it is covered."""
    found = shares_of(figure)
    shown = {each.part: masked_value(figure, each.value, seat, each.printed) for each in found}
    small = {part for part, text in shown.items() if text == HIDDEN}
    values = {each.part: each.value for each in found} | {"": figure.total}
    sums = [("", [part for part in shown if part in SPLITS]), ("tre-em", [part for part in shown if part in HALVES])]
    sums += [("", [part for part in shown if part.startswith(f"{kind}.")]) for kind in KINDS]
    covers = covered(small, sums, values)
    return [(each, str(COVERED) if each.part in covers else shown[each.part]) for each in found]


def _by_sex(figure: Figure) -> list[Share]:
    """Female, male and the rest; where nobody split the number there is one line that says so."""
    if not figure.by_sex or not figure.total:
        return []
    names = {"nu": _("of these: female"), "nam": _("male"), "chua-tach": _("not split by sex")}
    split = figure.female is not None or figure.male is not None
    parts = [part for part in ("nu", "nam") if split] + (["chua-tach"] if figure.not_split else [])
    return [_counts(figure, part, names[part], SPLITS[part]) for part in parts]


def _by_children(figure: Figure) -> list[Share]:
    names = {"tre-em": _("children"), "gai": _("girls"), "trai": _("boys")}
    found = [_counts(figure, part, name, CHILDREN[part]) for part, name in names.items()]
    return [share for share in found if share.value is not None]


def _counts(figure: Figure, part: str, name: str, field: str) -> Share:
    """A sex or the children, with the certainty of the rows that gave them."""
    value = getattr(figure, field)
    agrees = figure.leaves and value is not None and getattr(whole := share_of_leaves(figure.leaves), field) == value
    return Share(part, name, value, whole.printed_count(field) if agrees else "")


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
