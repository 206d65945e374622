"""The departments that are made with the units: a People's Committee each, and a province's usual bodies.

Once made they are the province's own: the load adds what is missing and leaves the rest as the province keeps it.
"""

import dataclasses
import datetime
import functools
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from provinces.models import Department, DepartmentName, DepartmentSuccession, Duty, UnitName
from provinces.operations.bulk import BATCH, Change, bring_into_line, read_rows
from provinces.vietnamese import fold

_fold = functools.cache(fold)

REFORM = datetime.date(2025, 3, 1)  # Nghị định 45/2025: fewer sở; gender equality goes to Nội vụ
REFORM_EVE = datetime.date(2025, 2, 28)
CHANGEOVER = datetime.date(2025, 7, 1)
CHANGEOVER_EVE = datetime.date(2025, 6, 30)
ERAS = ("to_2025_02", "from_2025_03")

PROVINCES = ("old provinces", "new provinces")
PEOPLES_COMMITTEES = {"old provinces": "ubnd_tinh", "new provinces": "ubnd_tinh", "districts": "ubnd_huyen"}
PEOPLES_COMMITTEES |= {"old communes": "ubnd_xa", "new communes": "ubnd_xa"}

# Rows of the file that name many bodies, a part of a body, or one that is made with its unit.
NOT_ONE_BODY = {
    "Ủy ban nhân dân tỉnh",
    "Ủy ban nhân dân huyện, thị xã, thành phố",
    "Ủy ban nhân dân xã, phường, thị trấn",
    "Ủy ban nhân dân xã, phường, đặc khu",
    "Phòng Lao động - Thương binh và Xã hội cấp huyện",
    "Phòng Văn hóa - Xã hội cấp xã",
    "Cơ quan Trung ương đứng chân trên địa bàn",
    "Cơ sở giáo dục",
    "Cơ sở y tế",
    "Doanh nghiệp",
}
ONLY_SOMEWHERE = ("Nơi có", "Chỉ ")

CULTURE = "Sở Văn hóa, Thể thao và Du lịch"
CULTURE_WITHOUT_TOURISM = "Sở Văn hóa và Thể thao"
TOURISM = "Sở Du lịch"
INSTEAD = {CULTURE: (CULTURE_WITHOUT_TOURISM,)}
TOURISM_APART = {"91"}  # Kiên Giang to 30/6/2025
OLD_KIEN_GIANG = ("old provinces", "91")
OLD_QUANG_NINH, QUANG_NINH = ("old provinces", "22"), ("new provinces", "22")
COMMITTEE = "Ban Vì sự tiến bộ của phụ nữ tỉnh"
ZONE = "Ban Quản lý Khu kinh tế"
# Names and symbols that the articles of 2023 give; everything else keeps the usual name.
READ_IN_SOURCES = {
    (OLD_QUANG_NINH, ZONE): ("Ban Quản lý Khu kinh tế Quảng Ninh", ""),
    (QUANG_NINH, ZONE): ("Ban Quản lý Khu kinh tế Quảng Ninh", ""),
    (OLD_QUANG_NINH, COMMITTEE): ("Ban Vì sự tiến bộ của phụ nữ và Bảo vệ chăm sóc trẻ em", "BPN&TE"),
    (OLD_KIEN_GIANG, "Báo tỉnh"): ("Báo Kiên Giang", ""),
    (OLD_KIEN_GIANG, "Đài Phát thanh và Truyền hình tỉnh"): ("Đài Phát thanh và Truyền hình Kiên Giang", ""),
}


@dataclasses.dataclass(frozen=True)
class Body:
    """One usual body of a unit: under which base name, from when to when, with which duty and heirs."""

    unit_id: int
    base: str
    kind: str
    symbol: str
    duty: str
    duty_from: datetime.date | None
    heirs: tuple[str, ...]
    valid_from: datetime.date | None
    valid_to: datetime.date | None

    @property
    def key(self) -> tuple[int, str]:
        return self.unit_id, _fold(self.base)


def load_departments(units, data: Path) -> dict[str, Change]:
    """Committees of every unit, the usual bodies of every province, the two ministries; what changed, by heading."""
    names = defaultdict(list)
    for row in units.names:
        names[row["unit_id"]].append(row)
    committees, committee_ids = _write_committees(units, names)
    bodies = list(_bodies(units, read_rows(data / "departments_standard.csv")))
    change, ids = _write_bodies(bodies, names, units)
    passed = [(committee_ids[a], committee_ids[b], CHANGEOVER) for a, b in units.pairs if a in committee_ids]
    passed += [*_reform(bodies, ids), *_changeover(bodies, ids, units)]
    rows = [{"predecessor_id": a, "successor_id": b, "on": day} for a, b, day in dict.fromkeys(passed)]
    successions, _ids = bring_into_line(
        DepartmentSuccession.objects.all(), rows, ("predecessor_id", "successor_id"), correct=False
    )
    return {
        "people's committees": committees,
        "standard departments": change,
        "department successions": successions,
        "duties": _write_duties(bodies, ids),
    }


def _write_committees(units, names) -> tuple[Change, dict[int, int]]:
    """One People's Committee per unit, named and dated as the unit; ids of committees by unit."""
    wanted = [
        {"unit_id": pk, "kind": kind, "valid_from": units.dates[pk][0], "valid_to": units.dates[pk][1]}
        for era, kind in PEOPLES_COMMITTEES.items()
        for pk in units.ids[era].values()
        if pk in units.dates
    ]
    existing = Department.objects.filter(kind__in=set(PEOPLES_COMMITTEES.values()))
    change, ids = bring_into_line(existing, wanted, ("unit_id", "kind"))
    ids = {row["unit_id"]: pk for row, pk in zip(wanted, ids, strict=True)}
    rows = [
        {
            "department_id": ids[unit],
            "name": f"Ủy ban nhân dân {_in_sentence(row)}",
            "short_name": f"UBND {_in_sentence(row)}",
            "symbol": "UBND",
            "seat_place": _place(row),
            "folded": f"uy ban nhan dan {row['folded']} | ubnd {row['folded']}"[:260],
            "valid_from": row["valid_from"],
            "valid_to": row["valid_to"],
        }
        for unit in ids
        for row in names[unit]
    ]
    stored = DepartmentName.objects.filter(department__in=existing)
    named, _ids = bring_into_line(stored, rows, ("department_id", "name"), ("department_id", "valid_from"))
    return Change(change.added, change.changed + named.changed, change.kept - named.changed), ids


def _bodies(units, rows: list[dict]) -> Iterator[Body]:
    """The bodies of each province in three periods: to 28/2/2025, to 30/6/2025, and the new province's."""
    ministries = [row for row in rows if row["duty_default"] == "ministry"]
    for row in ministries:
        old = row["era"] == ERAS[0]
        yield _body(units.country.pk, row, None if old else REFORM, REFORM_EVE if old else None, kind="bo")
    usual = [row for row in rows if row not in ministries and row["name_vi"] not in NOT_ONE_BODY]
    for code, unit in units.ids["old provinces"].items():
        before, after = (_set_up(usual, era, tourism_apart=code in TOURISM_APART) for era in ERAS)
        for name, row in before.items():
            yield _body(unit, row, None, CHANGEOVER_EVE if name in after else REFORM_EVE, later=after.get(name))
        for name, row in after.items():
            if name not in before:
                yield _body(unit, row, REFORM, CHANGEOVER_EVE)
    for unit in units.ids["new provinces"].values():
        for row in _set_up(usual, ERAS[1], tourism_apart=False).values():
            yield _body(unit, row, CHANGEOVER, None)


def _set_up(rows: list[dict], era: str, *, tourism_apart: bool) -> dict[str, dict]:
    """Rows of an era for one province, by name: what every province has, and tourism apart where a source says so."""
    apart = {CULTURE_WITHOUT_TOURISM, TOURISM}
    return {
        row["name_vi"]: row
        for row in rows
        if row["era"] == era
        and (tourism_apart if row["name_vi"] in apart else not row["note"].startswith(ONLY_SOMEWHERE))
        and not (tourism_apart and row["name_vi"] == CULTURE)
    }


def _body(unit: int, row: dict, start, end, kind="", later: dict | None = None) -> Body:
    duty, duty_from = row["duty_default"], start
    if later and not duty:
        duty, duty_from = later["duty_default"], REFORM
    kind = kind or ("ban" if duty == Duty.Kind.COMMITTEE else row["kind"])
    heirs = tuple(filter(None, row["successor_name"].split("; ")))
    return Body(unit, row["name_vi"], kind, row["usual_symbol"], duty, duty_from, heirs, start, end)


def _write_bodies(bodies: list[Body], names, units) -> tuple[Change, dict[tuple[int, str], int]]:
    """Add the bodies that are missing; a body is known by its usual name, which its search text keeps for ever."""
    ids: dict[tuple[int, str], int] = {}
    stored = DepartmentName.objects.exclude(department__kind__in=set(PEOPLES_COMMITTEES.values()))
    for department, unit, folded in stored.values_list("department_id", "department__unit_id", "folded"):
        ids.update(((unit, spelling), department) for spelling in folded.split(" | "))
    missing = [body for body in bodies if body.key not in ids]
    made = Department.objects.bulk_create(
        [Department(unit_id=b.unit_id, kind=b.kind, valid_from=b.valid_from, valid_to=b.valid_to) for b in missing],
        batch_size=BATCH,
    )
    ids.update((body.key, department.pk) for body, department in zip(missing, made, strict=True))
    codes = {pk: (era, code) for era in PROVINCES for code, pk in units.ids[era].items()}
    rows = [
        DepartmentName(department_id=ids[body.key], **row)
        for body in missing
        for row in _names_of(body, names[body.unit_id], codes.get(body.unit_id))
    ]
    DepartmentName.objects.bulk_create(rows, batch_size=BATCH)
    return Change(added=len(missing), kept=len(bodies) - len(missing)), ids


def _names_of(body: Body, unit_names: list[dict], code) -> list[dict]:
    """The body's names in the unit's stretches as province and as city; the same name twice is one."""
    found: dict[str, dict] = {}
    for unit in unit_names or [{"kind": "nuoc", "short_name": "Hà Nội", "valid_from": None, "valid_to": None}]:
        start, end = _later(body.valid_from, unit["valid_from"]), _earlier(body.valid_to, unit["valid_to"])
        if start and end and start > end:
            continue
        name, symbol = READ_IN_SOURCES.get((code, body.base), (_in_city(body.base, unit["kind"]), ""))
        row = found.setdefault(
            name,
            {
                "name": name,
                "symbol": symbol or ("" if unit["kind"] == "thanh_pho" and body.symbol == "CAT" else body.symbol),
                "seat_place": _place(unit),
                "folded": " | ".join(dict.fromkeys(filter(None, map(_fold, (name, body.base, body.symbol))))),
                "valid_from": start,
            },
        )
        row["valid_to"] = end
    return list(found.values())


def _reform(bodies: list[Body], ids) -> Iterator[tuple[int, int, datetime.date]]:
    """1/3/2025: to all heirs; a duty goes to the first alone, or each of them would hold it for the years before."""
    for body in bodies:
        if body.valid_to != REFORM_EVE:
            continue
        for heir in body.heirs[:1] if body.duty else body.heirs:
            keys = ((body.unit_id, _fold(name)) for name in (heir, *INSTEAD.get(heir, ())))
            heir_id = next((ids[key] for key in keys if key in ids), None)
            if heir_id:
                yield ids[body.key], heir_id, REFORM


def _changeover(bodies: list[Body], ids, units) -> Iterator[tuple[int, int, datetime.date]]:
    """1/7/2025: to the body of the same usual name in the new province."""
    heirs = dict(units.pairs)
    for body in bodies:
        heir = ids.get((heirs.get(body.unit_id), _fold(body.base)))
        if body.valid_to == CHANGEOVER_EVE and heir:
            yield ids[body.key], heir, CHANGEOVER


def _write_duties(bodies: list[Body], ids) -> Change:
    """The duties that usually go with a body, unless the province has already given that duty from that day."""
    given = set(Duty.objects.values_list("kind", "for_unit_id", "valid_from"))
    wanted = {}
    for body in bodies:
        if body.duty:
            wanted[body.duty, body.unit_id, body.duty_from] = Duty(
                department_id=ids[body.key],
                kind=body.duty,
                for_unit_id=body.unit_id,
                valid_from=body.duty_from,
                valid_to=body.valid_to,
            )
    new = [duty for key, duty in wanted.items() if key not in given]
    Duty.objects.bulk_create(new, batch_size=BATCH)
    return Change(added=len(new), kept=len(wanted) - len(new))


def _in_sentence(row: dict) -> str:
    return UnitName(name=row["name"], short_name=row["short_name"]).in_sentence


def _place(row: dict) -> str:
    """The place in the date line of a document."""
    return "Thành phố Hồ Chí Minh" if row["short_name"] == "Hồ Chí Minh" else row["short_name"]


def _in_city(name: str, kind: str) -> str:
    """Cities say thành phố where provinces say tỉnh."""
    if kind != UnitName.Kind.THANH_PHO:
        return name
    return re.sub(r"\btỉnh\b", "thành phố", name.replace("Tỉnh ", "Thành "))


def _later(one, other):
    return max(filter(None, (one, other)), default=None)


def _earlier(one, other):
    return min(filter(None, (one, other)), default=None)
