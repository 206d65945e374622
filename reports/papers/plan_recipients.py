"""Whom a plan goes to: those a letter addresses, and those who get a copy, by level and era."""

import datetime

from campaigns.models import Plan
from provinces.models import Department, Duty, Unit
from reports.papers.letterheads import COMMITTEES, full_name
from reports.papers.lines import lines_of

NEW_UNITS = datetime.date(2025, 7, 1)  # no districts from this day


def addressees_of(plan: Plan, day: datetime.date) -> tuple[str, ...]:
    """Whom a letter addresses, as typed, else those of its level; a plan addresses nobody."""
    if plan.paper != Plan.Paper.LETTER:
        return ()
    return tuple(lines_of(plan.addressees)) or usual_addressees(plan, day)


def usual_addressees(plan: Plan, day: datetime.date) -> tuple[str, ...]:
    """The offices beside the issuer and the committees below it."""
    return tuple(filter(None, (_offices(plan), _lower_committees(plan, day))))


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
    """Nơi nhận as typed, else the usual ones; the file copy stands last in any case."""
    typed = [line.lstrip("-– ").rstrip(" ;.") for line in lines_of(plan.recipients)]
    if not typed:
        return usual_copies(plan, day)
    filed = [line for line in typed if line.startswith("Lưu")]
    return (*[line for line in typed if line not in filed], *(filed or [_filed(plan, day)]))


def usual_copies(plan: Plan, day: datetime.date) -> tuple[str, ...]:
    """By level and era; a letter goes to those it addresses, a decision to those who carry it out (“Như Điều”)."""
    if plan.paper == Plan.Paper.LETTER:
        return (_filed(plan, day),)
    to = [_offices(plan), _lower_committees(plan, day)]
    if plan.paper == Plan.Paper.DECISION:
        return tuple(filter(None, ["Như Điều", *_above(plan, day), _filed(plan, day)]))
    return tuple(filter(None, [*_above(plan, day), *to, _filed(plan, day)]))


def executors_of(plan: Plan, day: datetime.date) -> str:
    """Who carries out a decision, as its last article names them."""
    if plan.issuer.kind not in COMMITTEES:
        return "Thủ trưởng các cơ quan, đơn vị liên quan"
    offices = _offices(plan)
    heads = f"Thủ trưởng {offices[:1].lower()}{offices[1:]}"
    lower = _lower_committees(plan, day)
    parts = [f"Chánh Văn phòng Ủy ban nhân dân {_kind_of_unit(plan, day)}".strip(), heads]
    if plan.owner.unit.level == Unit.Level.COMMUNE:
        parts = [heads]
    parts += [f"Chủ tịch {lower}"] if lower else []
    return f"{', '.join(parts)} và các cơ quan, đơn vị, cá nhân liên quan"


def _kind_of_unit(plan: Plan, day: datetime.date) -> str:
    """tỉnh, thành phố, huyện: the first word or words of the unit's name."""
    name = plan.issuer.unit.name_on(day)
    return name.in_sentence.removesuffix(name.short_name).strip() if name else ""


def _filed(plan: Plan, day: datetime.date) -> str:
    owner = plan.owner.name_on(day)
    own = owner.symbol if owner and plan.owner_id != plan.issuer_id else ""
    return f"Lưu: VT{', ' if own else ''}{own}"


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
