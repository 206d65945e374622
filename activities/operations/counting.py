"""Rules about numbers: certainty, splits, rates, parts of a whole, and where a measure may be typed at all."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from activities.models import Output
from activities.operations.faults import Fault, say
from activities.operations.shape import ActivityData, OutputData
from campaigns.models import Certainty, Measure
from provinces.models import Unit
from provinces.vietnamese import format_number

NUMBERED = {Certainty.EXACT, Certainty.ABOUT, Certainty.OVER, Certainty.NEARLY}
ATTENDED = "CT10.1"
ATTENDED_TYPE = "HD25"
SPLITS = ("female", "male", "children", "girls", "boys")


def check_outputs(data: ActivityData, province: Unit) -> Iterator[Fault]:
    """Every output is countable as typed; parts name a whole of the same measure and no circle closes."""
    keys = {row.key: row for row in data.outputs if row.key}
    groups = {row.key for row in data.supports}
    for i, row in enumerate(data.outputs):
        at = f"outputs.{i}"
        yield from _check_measure(at, row, data, province)
        yield from _check_certainty(at, row)
        yield from _check_split(at, row)
        yield from _check_within(at, row)
        yield from _check_rate(at, row)
        yield from _check_part(at, row, keys)
        if row.support and row.support not in groups:
            yield Fault(f"{at}.support", say("support.missing"))


def check_money(data: ActivityData) -> Iterator[Fault]:
    """Money is a positive whole number of đồng; what it paid for is there."""
    groups = {row.key for row in data.supports}
    for i, row in enumerate(data.money):
        if row.amount <= 0:
            yield Fault(f"money.{i}.amount", say("money.positive"))
        if row.support and row.support not in groups:
            yield Fault(f"money.{i}.support", say("support.missing"))


def _check_measure(at: str, row: OutputData, data: ActivityData, province: Unit) -> Iterator[Fault]:
    measure = row.measure
    if measure.source != Measure.Source.OUTPUT:
        part = _("money rows") if measure.source == Measure.Source.MONEY else _("returns")
        yield Fault(f"{at}.measure", say("measure.derived", code=measure.code, part=part))
    if measure.province_id not in {None, province.pk}:
        yield Fault(f"{at}.measure", say("measure.elsewhere", code=measure.code))
    if measure.code == ATTENDED and row.role != "attendee" and data.type.code != ATTENDED_TYPE:
        yield Fault(f"{at}.measure", say("measure.attended", code=measure.code))


def _check_certainty(at: str, row: OutputData) -> Iterator[Fault]:
    numbered = row.certainty in NUMBERED
    if numbered and row.quantity is None:
        yield Fault(f"{at}.quantity", say("certainty.number", certainty=Certainty(row.certainty).label))
    if not numbered and row.quantity is not None:
        yield Fault(f"{at}.quantity", say("certainty.both", given=format_number(row.quantity)))
    if row.certainty == Certainty.TEXT and not row.text:
        yield Fault(f"{at}.quantity", say("certainty.text"))
    for name in ("quantity", *SPLITS):
        value = getattr(row, name)
        if value is not None and value < 0:
            label = Output._meta.get_field(name).verbose_name
            yield Fault(f"{at}.{name}", say("num.negative", label=label, given=format_number(value)))


def _check_split(at: str, row: OutputData) -> Iterator[Fault]:
    """female + male ≤ total · children ≤ total · girls + boys ≤ children."""
    if row.quantity is None:
        if any(getattr(row, name) is not None for name in SPLITS):
            yield Fault(f"{at}.quantity", say("sex.needs_total"))
        return
    female, male, children = row.female or 0, row.male or 0, row.children
    if female + male > row.quantity:
        slots = _numbers(female=female, male=male, sum=female + male, total=row.quantity)
        yield Fault(f"{at}.female", say("sex.sum", **slots))
    if children is not None and children > row.quantity:
        yield Fault(f"{at}.children", say("sex.children", **_numbers(children=children, total=row.quantity)))
    girls, boys = row.girls or 0, row.boys or 0
    if girls + boys > (children or 0):
        slots = _numbers(girls=girls, boys=boys, sum=girls + boys, children=children or 0)
        yield Fault(f"{at}.girls", say("sex.girls_boys", **slots))


def _check_within(at: str, row: OutputData) -> Iterator[Fault]:
    """girls ≤ female · boys ≤ male."""
    pairs = (("girls", _("girls"), "female", _("female")), ("boys", _("boys"), "male", _("male")))
    for part, part_label, whole, whole_label in pairs:
        less, more = getattr(row, part), getattr(row, whole)
        if less is not None and more is not None and less > more:
            slots = {"part_label": part_label, "whole_label": whole_label, **_numbers(part=less, whole=more)}
            yield Fault(f"{at}.{part}", say("sex.within", **slots))


def _check_rate(at: str, row: OutputData) -> Iterator[Fault]:
    """A rate has a share as stated, or counts, or both; only measures that are rates take one."""
    is_rate, filled = row.certainty == Certainty.RATE, (row.numerator, row.denominator, row.rate) != (None,) * 3
    counts_rate = row.measure.counts == Measure.Counts.RATE
    if (is_rate or filled) and not counts_rate:
        slots = {"code": row.measure.code, "unit_of_measure": row.measure.unit_of_measure}
        yield Fault(f"{at}.quantity", say("rate.other", **slots))
        return
    if is_rate and row.denominator == 0:
        yield Fault(f"{at}.quantity", say("rate.zero"))
    elif is_rate and not _has_rate(row) or counts_rate and row.quantity is not None:
        yield Fault(f"{at}.quantity", say("rate.empty", code=row.measure.code))
    elif row.numerator is not None and row.numerator > (row.denominator or 0):
        slots = _numbers(numerator=row.numerator, denominator=row.denominator or 0)
        yield Fault(f"{at}.quantity", say("rate.over", **slots))


def _has_rate(row: OutputData) -> bool:
    counts = (row.numerator, row.denominator)
    return None not in counts or (row.rate is not None and counts == (None, None))


def _check_part(at: str, row: OutputData, keys: dict[str, OutputData]) -> Iterator[Fault]:
    if not row.part_of:
        return
    whole = row.part_of if isinstance(row.part_of, Output) else keys.get(row.part_of)
    if whole is None:
        yield Fault(f"{at}.part_of", say("parts.missing"))
    elif whole.measure != row.measure:
        yield Fault(f"{at}.part_of", say("parts.other", part=_said(row), whole=_said(whole)))
    elif isinstance(whole, OutputData) and _closes(row, keys):
        yield Fault(f"{at}.part_of", say("parts.loop", part=_said(whole), whole=_said(row)))


def _closes(row: OutputData, keys: dict[str, OutputData]) -> bool:
    """True when following part_of from the row inside the activity comes back to it."""
    seen, step = set(), row
    while isinstance(step.part_of, str) and step.part_of in keys and step.part_of not in seen:
        seen.add(step.part_of)
        step = keys[step.part_of]
        if step is row:
            return True
    return False


def _said(row) -> str:
    return row.label or row.measure.name


def _numbers(**values: int) -> dict[str, str]:
    return {name: format_number(value) for name, value in values.items()}
