"""Whom a plan goes to: those a letter addresses, and those who get a copy, by level and era."""

import datetime

from campaigns.models import Plan
from provinces.models import Department, Duty, Unit
from reports.papers.letterheads import full_name

NEW_UNITS = datetime.date(2025, 7, 1)  # no districts from this day


def addressees_of(plan: Plan, day: datetime.date) -> tuple[str, ...]:
    """Whom a letter addresses; a plan addresses nobody."""
    if plan.paper != Plan.Paper.LETTER:
        return ()
    return (_offices(plan), _lower_committees(plan, day))


def _offices(plan: Plan) -> str:
    level = {Unit.Level.PROVINCE: "Các sở, ban, ngành, đoàn thể cấp tỉnh"}
    return level.get(plan.owner.unit.level, "Các phòng, ban, ngành, đoàn thể")


def _lower_committees(plan: Plan, day: datetime.date) -> str:
    if plan.owner.unit.level == Unit.Level.PROVINCE and day < NEW_UNITS:
        return "Ủy ban nhân dân các huyện, thị xã, thành phố"
    if plan.owner.unit.level == Unit.Level.PROVINCE:
        return "Ủy ban nhân dân các xã, phường, đặc khu"
    return "Ủy ban nhân dân các xã, phường, thị trấn" if plan.owner.unit.level == Unit.Level.DISTRICT else ""


def copies_of(plan: Plan, day: datetime.date) -> tuple[str, ...]:
    """The usual recipients by level; a letter goes to those it addresses."""
    owner = plan.owner.name_on(day)
    own = owner.symbol if owner and plan.owner_id != plan.issuer_id else ""
    filed = f"Lưu: VT{', ' if own else ''}{own}"
    if plan.paper == Plan.Paper.LETTER:
        return (filed,)
    above = _above(plan, day)
    return tuple(filter(None, [*above, _offices(plan), _lower_committees(plan, day), filed]))


def _above(plan: Plan, day: datetime.date) -> list[str]:
    if plan.owner.unit.level != Unit.Level.PROVINCE:
        parent = plan.owner.unit.parent
        name = parent.name_on(day) if parent else None
        return [f"Ủy ban nhân dân {name.in_sentence} (để b/c)"] if name else []
    ministry = _holder(Duty.Kind.MINISTRY, day)
    committee = _holder(Duty.Kind.COMMITTEE, day, plan.province)
    return [
        f"{ministry} (để b/c)" if ministry else "",
        "Chủ tịch, các Phó Chủ tịch Ủy ban nhân dân",
        committee,
    ]


def _holder(kind: str, day: datetime.date, unit: Unit | None = None) -> str:
    """The name of the body that holds a duty on a day; empty when none is known."""
    duties = Duty.objects.on(day).filter(kind=kind, **({"for_unit": unit} if unit else {}))
    holder = Department.objects.filter(pk__in=duties.values("department")).order_by("id").first()
    return full_name(holder, day) if holder else ""
