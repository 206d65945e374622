"""Accounts of the demonstration: one per function, all with the same printed password."""

import dataclasses
import datetime

from provinces.models import Department, Seat, User
from provinces.operations.departments import set_address
from provinces.operations.people import create_account, give_seat
from provinces.queries import province_by_slug
from provinces.vietnamese import fold

PASSWORD = "thang hanh dong 15.11"  # noqa: S105  (printed on purpose; the demonstration holds public facts only)
TODAY = 2026
MAIL = "example.vn"  # nobody's: letters of the demonstration are files in DATA_DIR/mail


@dataclasses.dataclass(frozen=True)
class Account:
    """A person of the demonstration: user name, function, and the body whose seat it is today."""

    username: str
    full_name: str
    role: str
    province: str
    body: str
    does: str


ACCOUNTS = (
    Account(
        "qn.chuyenvien",
        "Chuyên viên thường trực",
        "editor",
        "quang-ninh",
        "Sở Nội vụ",
        "Quảng Ninh: lập kế hoạch, xác minh, tổng hợp báo cáo",
    ),
    Account(
        "qn.lanhdao",
        "Lãnh đạo Sở",
        "approver",
        "quang-ninh",
        "Sở Nội vụ",
        "Quảng Ninh: xác nhận hoạt động, khóa, ban hành, gửi báo cáo",
    ),
    Account(
        "qn.ban",
        "Ủy viên Ban",
        "approver",
        "quang-ninh",
        "Ban Vì sự tiến bộ của phụ nữ tỉnh",
        "Quảng Ninh: xem xét kế hoạch, tiếp nhận báo cáo",
    ),
    Account(
        "qn.ldld",
        "Cán bộ Liên đoàn Lao động",
        "approver",
        "quang-ninh",
        "Liên đoàn Lao động tỉnh",
        "Quảng Ninh: một đơn vị phối hợp lễ phát động",
    ),
    Account(
        "qn.khukinhte",
        "Cán bộ Ban Quản lý Khu kinh tế",
        "approver",
        "quang-ninh",
        "Ban Quản lý Khu kinh tế Quảng Ninh",
        "Quảng Ninh: một đơn vị phối hợp lễ phát động",
    ),
    Account(
        "qn.quangyen",
        "Cán bộ Ủy ban nhân dân phường",
        "approver",
        "quang-ninh",
        "Ủy ban nhân dân phường Quảng Yên",
        "Quảng Ninh: kế tiếp Ủy ban nhân dân thị xã Quảng Yên",
    ),
    Account(
        "qn.taichinh",
        "Lãnh đạo Sở Tài chính",
        "approver",
        "quang-ninh",
        "Sở Tài chính",
        "Quảng Ninh: một đơn vị báo không phát sinh",
    ),
    Account(
        "qn.quantri",
        "Quản trị tỉnh",
        "admin",
        "quang-ninh",
        "Sở Nội vụ",
        "Quảng Ninh: đơn vị, tài khoản, danh mục",
    ),
    Account(
        "ag.chuyenvien",
        "Chuyên viên thường trực",
        "editor",
        "an-giang",
        "Sở Nội vụ",
        "An Giang: xem cả Kiên Giang và An Giang trước ngày 01/7/2025",
    ),
    Account("ag.lanhdao", "Lãnh đạo Sở", "approver", "an-giang", "Sở Nội vụ", "An Giang: ban hành, gửi"),
    Account(
        "ag.ban",
        "Ủy viên Ban",
        "approver",
        "an-giang",
        "Ban Vì sự tiến bộ của phụ nữ tỉnh",
        "An Giang: xem xét, tiếp nhận",
    ),
    Account(
        "ht.kyanh",
        "Lãnh đạo Ủy ban nhân dân xã",
        "approver",
        "ha-tinh",
        "Ủy ban nhân dân xã Kỳ Anh",
        "Hà Tĩnh: kế tiếp Ủy ban nhân dân huyện Kỳ Anh",
    ),
    Account("bo.chuyenvien", "Chuyên viên Bộ", "editor", "", "Bộ Nội vụ", "Bộ: xem những gì các tỉnh đã ban hành"),
    Account("bo.quantri", "Quản trị hệ thống", "admin", "", "Bộ Nội vụ", "Bộ: danh mục chung của cả nước, mọi tỉnh"),
)


def body(province: str, name: str, day: datetime.date) -> Department:
    """The department called `name` in force on `day` in the province of that address (the country without one)."""
    found = Department.objects.on(day).filter(names__folded__contains=fold(name)).prefetch_related("names")
    if province:
        unit = province_by_slug(province, day.year)
        found = found.filter(unit=unit) | found.filter(unit__province=unit)
    else:
        found = found.filter(unit__level="country")
    rows = {d.pk: d for d in found if fold(d.name_on(day).name) == fold(name)}
    if len(rows) != 1:
        raise LookupError(f"{len(rows)} departments are called {name} in {province or 'the country'} on {day}")
    return next(iter(rows.values()))


def open_accounts(*, at: datetime.datetime) -> dict[str, Seat]:
    """Make the accounts and their seats; returns the seats by user name."""
    today = datetime.date(TODAY, 11, 15)
    seats = {}
    for account in ACCOUNTS:
        address = f"{account.username}@{MAIL}"
        user = create_account(
            account.username, full_name=account.full_name, password=PASSWORD, email=address, by=None, at=at
        )
        place = body(account.province, account.body, today)
        seats[account.username] = give_seat(user, place, account.role, by=None, at=at)
        if not place.email:
            set_address(place, f"van-thu.{address}", by=None, at=at)
    return seats


def accounts_there() -> list[tuple[str, str]]:
    """User names and what each is for, of those that are in the database."""
    there = set(User.objects.filter(username__in=[a.username for a in ACCOUNTS]).values_list("username", flat=True))
    return [(a.username, a.does) for a in ACCOUNTS if a.username in there]
