"""Rows for tests: each function says only what matters and makes up the rest."""

import datetime
import itertools

from provinces.models import Department, DepartmentName, Duty, Seat, Unit, UnitName, User

NOW = datetime.datetime(2023, 11, 20, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
_number = itertools.count(1)


def country() -> Unit:
    unit, made = Unit.objects.get_or_create(level="country", code="VN")
    if made:
        UnitName.objects.create(unit=unit, name="Việt Nam", short_name="Việt Nam", kind="nuoc")
    return unit


def province(name="Quảng Ninh", code="22", slug="quang-ninh", valid_from=None, valid_to=None) -> Unit:
    unit = Unit.objects.create(
        level="province", code=code, slug=slug, parent=country(), valid_from=valid_from, valid_to=valid_to
    )
    UnitName.objects.create(unit=unit, name=f"Tỉnh {name}", short_name=name, kind="tinh")
    return unit


def commune(inside: Unit, name="Xã Đông Mai", code="07132", level="commune", valid_from=None, valid_to=None) -> Unit:
    unit = Unit.objects.create(
        level=level, code=code, parent=inside, province=inside, valid_from=valid_from, valid_to=valid_to
    )
    kind = "xa" if level == "commune" else "thi_xa"
    UnitName.objects.create(unit=unit, name=name, short_name=name.split(" ", 1)[-1], kind=kind)
    return unit


def department(unit: Unit, name="Sở Tư pháp", symbol="STP", kind="so_ban_nganh", valid_from=None, valid_to=None):
    row = Department.objects.create(unit=unit, kind=kind, valid_from=valid_from, valid_to=valid_to)
    DepartmentName.objects.create(department=row, name=name, symbol=symbol, seat_place="Quảng Ninh")
    return row


def office(unit: Unit, name="Sở Lao động - Thương binh và Xã hội") -> Department:
    """A department that is the standing office of `unit`."""
    row = department(unit, name, "SLĐTBXH")
    Duty.objects.create(department=row, kind="standing_office", for_unit=unit)
    return row


def committee(unit: Unit, name="Ban Vì sự tiến bộ của phụ nữ tỉnh") -> Department:
    """A department that is the committee of `unit`."""
    row = department(unit, name, "BVSTBPN", kind="ban")
    Duty.objects.create(department=row, kind="committee", for_unit=unit)
    return row


def user(username="") -> User:
    username = username or f"nguoi-{next(_number)}"
    account = User(username=username, full_name=f"Người {username}")
    account.set_password("mat khau dai")
    account.save()
    return account


def seat(of: Department, role="editor", person: User | None = None) -> Seat:
    return Seat.objects.create(user=person or user(), department=of, role=role)
