"""Units of both eras with their names and successors, brought into line with the files of provinces/data."""

import datetime
import re
from pathlib import Path

from django.db import transaction

from provinces.models import Unit, UnitName, UnitSuccession
from provinces.operations.bulk import Change, bring_into_line, read_day, read_rows
from provinces.operations.standard import load_departments
from provinces.vietnamese import fold
from provinces.workflow import record_event

DATA = Path(__file__).resolve().parent.parent / "data"
CHANGEOVER = datetime.date(2025, 7, 1)  # Nghị quyết 202/2025/QH15: 34 provinces, no districts
OLD_END = datetime.date(2025, 6, 30)
HUE_CITY = datetime.date(2025, 1, 1)
DISTRICTS_MADE = {"224": datetime.date(2025, 1, 1), "475": datetime.date(2025, 1, 1)}
REUSED_DISTRICT_CODES = {"682", "753", "374", "474"}  # the name of 2021 is another district's
DAY = datetime.timedelta(days=1)
LONG_KINDS = {"Thành phố", "Thị xã", "Thị trấn", "Đặc khu"}


@transaction.atomic
def load_units(*, at: datetime.datetime, data: Path = DATA) -> dict[str, Change]:
    """Provinces, districts, communes, their names, successors and standing departments; what changed, by heading.

    Running it again changes nothing; a corrected file corrects its rows; nothing is ever deleted.
    """
    country, changed = _country()
    units = Units(country, data)
    changes = {"country": changed, **units.load()}
    changes.update(load_departments(units, data))
    if any(changes.values()):
        counts = {name: [c.added, c.changed] for name, c in changes.items() if c}
        record_event("units.load", country, by=None, at=at, details=counts)
    return changes


class Units:
    """One load: ids of units by era and code, filled level by level, since a unit names its parent."""

    def __init__(self, country: Unit, data: Path):
        self.country = country
        self.data = data
        self.names: list[dict] = []
        self.unknown: list[dict] = []
        self.variants = _variants(data)
        self.ids: dict[str, dict[str, int]] = {}
        self.dates: dict[int, tuple[datetime.date | None, datetime.date | None]] = {}
        self.pairs: list[tuple[int, int]] = []

    def load(self) -> dict[str, Change]:
        old, new = read_rows(self.data / "provinces_2020.csv"), read_rows(self.data / "provinces_2025.csv")
        changes = {
            "old provinces": self._provinces("old provinces", old, None, OLD_END),
            "new provinces": self._provinces("new provinces", new, CHANGEOVER, None),
            "districts": self._districts(read_rows(self.data / "districts_2020.csv")),
            "old communes": self._old_communes(read_rows(self.data / "communes_2020.csv")),
            "new communes": self._new_communes(read_rows(self.data / "communes_2025.csv")),
        }
        self._name_old_provinces(old)
        self._name_new_provinces(new)
        changes["unit names"] = self._write_names()
        return {**changes, **self._successions()}

    def _provinces(self, era, rows, start, end) -> Change:
        wanted = [
            _unit("province", row["code"], start, end, self.country.pk, slug=address(row["short_name"])) for row in rows
        ]
        return self._write(era, Unit.objects.provinces(), wanted)

    def _districts(self, rows) -> Change:
        wanted = []
        for row in rows:
            province = self.ids["old provinces"][row["province_code"]]
            ended = row["in_force_2025_06_30"] == "1"
            start = DISTRICTS_MADE.get(row["code"])
            end = OLD_END if ended else None
            wanted.append(_unit("district", row["code"], start, end, province, province, end_unknown=not ended))
        change = self._write("districts", Unit.objects.filter(level="district"), wanted)
        for row, unit in zip(rows, wanted, strict=True):
            pk = self.ids["districts"][row["code"]]
            other = [row["name_2021"]] if _is_spelling(row) else []
            self._name(pk, row, unit["valid_from"], unit["valid_to"], ("district", row["code"]), other)
            if _had_another_name(row):
                self._unknown_name(pk, row["name_2021"], _kind(row["name_2021"]))
        return change

    def _old_communes(self, rows) -> Change:
        wanted = [
            _unit(
                "commune",
                row["code"],
                None,
                OLD_END,
                self.ids["districts"][row["district_code"]],
                self.ids["old provinces"][row["province_code"]],
            )
            for row in rows
        ]
        change = self._write("old communes", Unit.objects.filter(level="commune", valid_from=None), wanted)
        for row in rows:
            self._name(self.ids["old communes"][row["code"]], row, None, OLD_END, ("old commune", row["code"]))
        return change

    def _new_communes(self, rows) -> Change:
        wanted = []
        for row in rows:
            province = self.ids["new provinces"][row["province_code"]]
            wanted.append(_unit("commune", row["code"], CHANGEOVER, None, province, province))
        change = self._write("new communes", Unit.objects.filter(level="commune", valid_from=CHANGEOVER), wanted)
        for row in rows:
            self._name(self.ids["new communes"][row["code"]], row, CHANGEOVER, None, ("commune", row["code"]))
        return change

    def _write(self, era: str, existing, wanted: list[dict]) -> Change:
        change, ids = bring_into_line(existing, wanted, ("level", "code", "valid_from"))
        self.ids[era] = {row["code"]: pk for row, pk in zip(wanted, ids, strict=True)}
        for row, pk in zip(wanted, ids, strict=True):
            if not row["end_unknown"]:
                self.dates[pk] = row["valid_from"], row["valid_to"]
        return change

    def _name_old_provinces(self, rows) -> None:
        for row in rows:
            pk, key = self.ids["old provinces"][row["code"]], ("province_2020", row["code"])
            if row["name_before_2025"] == row["name"]:
                self._name(pk, row, None, OLD_END, key)
                continue
            before = {"name": row["name_before_2025"], "kind": row["kind_before_2025"]}
            self._name(pk, before, None, HUE_CITY - DAY, key)
            self._name(pk, row, HUE_CITY, OLD_END, key)

    def _name_new_provinces(self, rows) -> None:
        later = {row["code"]: row for row in read_rows(self.data / "province_status_changes.csv")}
        for row in rows:
            pk, key = self.ids["new provinces"][row["code"]], ("province_2025", row["code"])
            change = later.get(row["code"])
            day = read_day(change["effective_date"]) if change else None
            self._name(pk, row, CHANGEOVER, day - DAY if day else None, key)
            if day:
                named = {"name": change["name_later"], "kind": change["kind_later"]}
                self._name(pk, named, day, None, key, act=change["act"])
            elif change:
                self._unknown_name(pk, change["name_later"], change["kind_later"], change["act"])

    def _name(self, pk, row, start, end, key, other=(), act="") -> None:
        spellings = [row["name"], *self.variants.get(key, []), *other]
        self.names.append(
            {
                "unit_id": pk,
                "name": row["name"],
                "short_name": short_name(row["name"]),
                "kind": row["kind"],
                "folded": " | ".join(dict.fromkeys(map(fold, spellings))),
                "start_known": True,
                "valid_from": start,
                "valid_to": end,
                "act": act,
            }
        )

    def _unknown_name(self, pk, name, kind, act="") -> None:
        """A name borne from a day that no source states: found by searching, never printed as the name."""
        row = {"unit_id": pk, "name": name, "short_name": short_name(name), "kind": kind, "folded": fold(name)}
        self.unknown.append({**row, "start_known": False, "act": act})

    def _write_names(self) -> Change:
        key = ("unit_id", "name", "kind")
        known, _ids = bring_into_line(
            UnitName.objects.all(), self.names, (*key, "start_known"), key, ("unit_id", "valid_from", "start_known")
        )
        unknown, _ids = bring_into_line(UnitName.objects.all(), self.unknown, key, correct=False)
        return known + unknown

    def _successions(self) -> dict[str, Change]:
        plan = {
            "province successions": ("old provinces", "new provinces", self._province_pairs()),
            "district successions": ("districts", "new communes", self._district_pairs()),
            "commune successions": ("old communes", "new communes", self._commune_pairs()),
        }
        changes = {}
        for heading, (old, new, pairs) in plan.items():
            wanted = [
                {
                    "predecessor_id": self.ids[old][before],
                    "successor_id": self.ids[new][after],
                    "on": CHANGEOVER,
                    "whole": whole,
                }
                for before, after, whole in pairs
            ]
            self.pairs += [(row["predecessor_id"], row["successor_id"]) for row in wanted]
            existing = UnitSuccession.objects.filter(predecessor__in=Unit.objects.filter(level=heading.split()[0]))
            changes[heading], _ids = bring_into_line(existing, wanted, ("predecessor_id", "successor_id"))
        return changes

    def _province_pairs(self):
        """A province always went over as a whole."""
        rows = read_rows(self.data / "mergers_2025.csv")
        return [(row["predecessor_code"], row["successor_code"], True) for row in rows]

    def _district_pairs(self):
        """A district went to several communes; whole says that the commune lies entirely inside the old district."""
        rows = read_rows(self.data / "district_successors_2025.csv")
        return [(row["district_code"], row["commune_code"], row["share_whole"] == "1") for row in rows]

    def _commune_pairs(self):
        rows = read_rows(self.data / "commune_successors_2025.csv")
        return [(row["predecessor_code"], row["successor_code"], row["whole"] == "1") for row in rows]


def short_name(name: str) -> str:
    """The name without its kind: Quảng Yên; a number keeps it, as official papers do: Phường 4, Quận 10."""
    words = name.split(" ")
    rest = " ".join(words[2:] if " ".join(words[:2]) in LONG_KINDS else words[1:])
    return name if rest.isdigit() else rest


def _country() -> tuple[Change, Unit]:
    unit = {"level": "country", "code": "VN", "valid_from": None}
    change, ids = bring_into_line(Unit.objects.filter(level="country"), [unit], ("level", "code"))
    country = Unit.objects.get(pk=ids[0])
    name = {"unit_id": country.pk, "name": "Việt Nam", "short_name": "Việt Nam", "kind": "nuoc", "folded": "viet nam"}
    named, _ids = bring_into_line(UnitName.objects.filter(unit=country), [name], ("unit_id", "name"))
    return country, change + named


def _unit(level, code, start, end, parent, province=None, *, slug="", end_unknown=False) -> dict:
    return {
        "level": level,
        "code": code,
        "valid_from": start,
        "valid_to": end,
        "parent_id": parent,
        "province_id": province,
        "slug": slug,
        "end_unknown": end_unknown,
    }


def address(name: str) -> str:
    """The name as part of an address: quang-ninh, ba-ria-vung-tau."""
    return "-".join(re.findall("[a-z0-9]+", fold(name)))


def _variants(data: Path) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in read_rows(data / "name_variants.csv"):
        found.setdefault((row["level"], row["code"]), []).append(row["variant"])
    return found


def _had_another_name(row: dict) -> bool:
    """True when a district was called otherwise in 2021 and the code was then its own."""
    return (
        row["name_2021"] not in ("", row["name"]) and row["code"] not in REUSED_DISTRICT_CODES and not _is_spelling(row)
    )


def _is_spelling(row: dict) -> bool:
    """True when the name of 2021 differs in signs and spaces only."""
    return _letters(row["name_2021"]) == _letters(row["name"]) and row["name_2021"] != row["name"]


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, fold(name)))


def _kind(name: str) -> str:
    """The kind that a full name begins with."""
    return next(kind.value for kind in UnitName.Kind if name.lower().startswith(kind.label + " "))
