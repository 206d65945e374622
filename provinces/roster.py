"""A list of people as an office keeps it in Excel: who, in which department, with which role; faults by row."""

import dataclasses
import difflib
import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from provinces.ids import ALPHABET
from provinces.models import Seat, User
from provinces.vietnamese import fold, format_number, tidy
from provinces.workflow import Refused

MOST = 500  # rows at a time
LOOKED_AT = 10  # rows among which the headings stand
# The headings of the file as they stand in it, each with the words by which a column of one's own is known.
COLUMNS = {
    "full_name": ("Họ và tên", ("ho va ten", "ho ten", "ten")),
    "username": ("Tên đăng nhập", ("ten dang nhap", "tai khoan", "username")),
    "department": ("Cơ quan, đơn vị", ("co quan, don vi", "co quan", "don vi")),
    "role": ("Vai trò", ("vai tro", "quyen")),
    "phone": ("Điện thoại", ("dien thoai", "so dien thoai")),
    "email": ("Thư điện tử", ("thu dien tu", "email", "e-mail")),
}
NEEDED = ("full_name", "username", "department", "role")
ROLES = {
    Seat.Role.EDITOR: ("Cán bộ lập", ("can bo lap", "chuyen vien", "editor")),
    Seat.Role.APPROVER: ("Lãnh đạo duyệt", ("lanh dao duyet", "lanh dao", "approver")),
    Seat.Role.VIEWER: ("Người xem", ("nguoi xem", "viewer")),
    Seat.Role.ADMIN: ("Quản trị", ("quan tri", "administrator")),
}


@dataclasses.dataclass
class Entry:
    """One row: what it says, the department and role it means, a first password, what is wrong."""

    no: int
    full_name: str = ""
    username: str = ""
    department: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""
    password: str = ""
    department_id: int | None = None
    role_code: str = ""
    faults: list[str] = dataclasses.field(default_factory=list)

    @property
    def typed(self) -> list[str]:
        """The row as it is carried from the preview to the confirmation."""
        cells = [self.full_name, self.username, self.department, self.role, self.phone, self.email, self.password]
        return [str(self.no), *cells]


def read_entries(rows: Sequence[tuple[int, Mapping[int, str]]]) -> list[Entry]:
    """The rows under the heading row; Refused when there is none, or too many rows."""
    tops = ((at, _places(cells)) for at, (_no, cells) in enumerate(rows[:LOOKED_AT]))
    top, places = next(((at, places) for at, places in tops if set(NEEDED) <= places.keys()), (0, {}))
    if not places:
        names = ", ".join(COLUMNS[key][0] for key in NEEDED)
        raise Refused(_("No row holds the headings %(names)s. Use the template") % {"names": names}, field="file")
    below = rows[top + 1 :]
    found = [Entry(no, **{key: tidy(row.get(place, "")) for key, place in places.items()}) for no, row in below]
    found = [each for each in found if any(each.typed[1:])]
    if len(found) > MOST:
        words = _("The file has %(n)s rows; %(max)s are taken at a time. Split it")
        raise Refused(words % {"n": format_number(len(found)), "max": format_number(MOST)}, field="file")
    if not found:
        raise Refused(_("There is nobody below the headings"), field="file")
    return found


def carried_entries(rows: Iterable[Sequence[str]]) -> list[Entry]:
    """The rows as the preview carried them."""
    names = [*COLUMNS, "password"]
    numbered = [(cells[0], cells[1:]) for cells in rows if cells and cells[0].isdecimal()]
    return [Entry(int(no), **dict(zip(names, cells, strict=False))) for no, cells in numbered]


def _places(cells: Mapping[int, str]) -> dict[str, int]:
    known = {word: key for key, (_title, words) in COLUMNS.items() for word in words}
    return {known[fold(tidy(text))]: place for place, text in cells.items() if fold(tidy(text)) in known}


def check_entries(entries: list[Entry], departments: Mapping[int, str]) -> None:
    """Find what each row means among the departments (id → name) and write down its faults; two queries."""
    by_name: dict[str, list[int]] = {}
    for pk, name in departments.items():
        by_name.setdefault(fold(name), []).append(pk)
    names = [each.username.lower() for each in entries]
    twice = {name for name, n in Counter(names).items() if n > 1}
    taken = {name.lower() for name in User.objects.values_list("username", flat=True)} & set(names)
    for entry in entries:
        entry.faults = [*_name_faults(entry, twice, taken), *_meaning(entry, by_name, departments)]
        if not entry.password:
            entry.password = first_password()


def _name_faults(entry: Entry, twice: set[str], taken: set[str]) -> list[str]:
    found, name = [], entry.username.lower()
    if not entry.full_name:
        found.append(_("Enter the name of the person or function"))
    if not re.fullmatch(r"[\w.@+-]{1,150}", entry.username, re.ASCII):
        found.append(_("The user name has letters without accents, digits and dots, for example qn.dongmai"))
    elif name in twice:
        found.append(_("The user name stands in the file twice"))
    elif name in taken:
        found.append(_("The user name %(username)s is taken. Choose another") % {"username": entry.username})
    if len(entry.full_name) > 120 or len(entry.phone) > 20:
        found.append(_("The name or the telephone number is too long"))
    try:
        if entry.email:
            validate_email(entry.email)
    except ValidationError:
        found.append(_("Enter an e-mail address, for example can.bo@quangninh.gov.vn"))
    return found


def _meaning(entry: Entry, by_name: dict[str, list[int]], departments: Mapping[int, str]) -> list[str]:
    found, same = [], by_name.get(fold(entry.department), [])
    if len(same) == 1:
        entry.department_id = same[0]
    elif same:
        found.append(_("Two departments bear this name; give this seat under People"))
    else:
        near = difflib.get_close_matches(fold(entry.department), by_name, n=1)
        words = _("No department is called “%(name)s”") % {"name": entry.department}
        meant = _("Do you mean %(name)s") % {"name": departments[by_name[near[0]][0]]} if near else ""
        found.append(". ".join(filter(None, [words, meant])))
    entry.role_code = next((code for code, (_title, words) in ROLES.items() if fold(entry.role) in words), "")
    if not entry.role_code:
        titles = ", ".join(title for title, _words in ROLES.values())
        found.append(_("The role is one of: %(roles)s") % {"roles": titles})
    return found


def first_password() -> str:
    """Four groups of four, to be typed from paper once: about 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _n in range(4)) for _group in range(4))
