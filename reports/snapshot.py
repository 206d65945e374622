"""A report's figures as a photograph: frozen values with their rules, fit for JSON; knows no tables.

Dates are ISO texts and rates decimal texts, so that the same figures always give the same bytes and hash.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from provinces.vietnamese import NO_DATA, certain, format_number
from reports.canonical import built, plain, sha256, sha256_of_plain
from reports.earlier import OF_TODAY, Before, Compared, Earlier, compared
from reports.listed import Done, Given, IssuedPaper, Launch, Listed
from reports.splits import Body, Leaf

SCHEMA = 2
MONTH, YEAR, BOTH = "month", "year", "both"
LEVELS = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã", "country": "Trung ương"}
ROLES = {"lead": "chủ trì", "co": "phối hợp", "attendee": "tham dự", "donor": "tặng, tài trợ", "": "chưa rõ vai trò"}
SOURCES = {
    "state_budget": "Ngân sách nhà nước",
    "mobilised": "Huy động hợp pháp khác",
    "integrated": "Lồng ghép (không tính vào tổng)",
}


class Contribution(NamedTuple):
    """What one row of one activity gives to a figure; `left_out` says why it does not add: part, older, late…"""

    activity_id: int
    public_id: str
    version: int
    output_id: int | None
    department_id: int
    department: str
    unit_id: int
    level: str
    title: str
    role: str = ""
    quantity: int | None = None
    delta: int = 0
    certainty: str = "exact"
    text: str = ""
    female: int | None = None
    male: int | None = None
    children: int | None = None
    girls: int | None = None
    boys: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    rate: str = ""
    label: str = ""
    group: str = ""
    source: str = ""
    form: str = ""
    paid: str = ""
    window: str = ""
    dated: str = ""
    part_of: int | None = None
    left_out: str = ""

    @property
    def value(self) -> int | None:
        """The quantity with the province's adjustments."""
        return None if self.quantity is None else self.quantity + self.delta

    @property
    def printed(self) -> str:
        """As recorded: “khoảng 550”, “hàng trăm”, “17/22”, “100%”, “–”."""
        if self.certainty == "rate":
            return print_rate(self.rate, self.numerator, self.denominator)
        return certain(self.quantity, self.certainty, self.text)


@dataclass(frozen=True)
class Slice:
    """A figure's share of one kind: a role, a level, a label, a group of people, a source of money."""

    key: str
    name: str
    total: int | None
    certainty: str = "exact"
    texts: tuple[str, ...] = ()
    mark: str = field(default="", metadata={"stored": False})

    @property
    def printed(self) -> str:
        return NO_DATA if self.total is None and not self.texts else _printed(self.total, self.certainty, self.texts)


@dataclass(frozen=True)
class Adjusted:
    """A visible line by which the province moved a figure."""

    department: str
    delta: int
    reason: str

    @property
    def printed(self) -> str:
        sign = "+" if self.delta > 0 else ""
        return f"{sign}{format_number(self.delta)} ({self.department}: {self.reason})"


@dataclass(frozen=True)
class Figure:
    """One measure in one scope: what it means, what it comes to, how it splits, what has to be said about it."""

    code: str
    name: str
    unit_of_measure: str
    counts: str
    over_time: str
    scope: str
    indicator: str = ""
    heading: str = ""
    section: str = ""
    sensitive: bool = False
    by_sex: bool = False
    by_children: bool = False
    rule: str = ""
    rolls_up_to: str = ""
    total: int | None = None
    certainty: str = "unknown"
    female: int | None = None
    male: int | None = None
    children: int | None = None
    girls: int | None = None
    boys: int | None = None
    not_split: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    rate: str = ""
    texts: tuple[str, ...] = ()
    unknown_labels: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    parts: str = ""
    by_role: tuple[Slice, ...] = ()
    by_level: tuple[Slice, ...] = ()
    by_label: tuple[Slice, ...] = ()
    by_group: tuple[Slice, ...] = ()
    by_source: tuple[Slice, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    adjustments: tuple[Adjusted, ...] = ()
    notes: tuple[str, ...] = ()
    activities: int = 0
    departments: int = 0
    owner_units: tuple[int, ...] = ()
    sources_sha256: str = ""
    contributions: tuple[Contribution, ...] = field(default=(), metadata={"stored": False})
    mark: str = field(default="", metadata={"stored": False})  # its name in a text that is bound to it

    @property
    def cell(self) -> str:
        """The name of the cell that the sources hang on."""
        return f"{self.code}:{self.scope}"

    @property
    def missing(self) -> bool:
        """True when nobody gave a number, a share or words: no data, which is not zero."""
        return self.total is None and not self.texts and not self.is_rate

    @property
    def is_rate(self) -> bool:
        return bool(self.rate) or self.denominator is not None

    @property
    def printed(self) -> str:
        """The figure as every page and paper shows it; “–” where there is no data, never 0 for it."""
        if self.is_rate:
            ratio = self.counts == "rate" and self.unit_of_measure != "%"
            return print_rate(self.rate, self.numerator, self.denominator, ratio=ratio)
        return _printed(self.total, self.certainty, self.texts)

    @property
    def women(self) -> int | None:
        """“phụ nữ”: the female without the girls among them."""
        return None if self.female is None else self.female - (self.girls or 0)

    def sealed(self) -> Figure:
        """The figure with the hash of the rows behind it; one that was stored has it already."""
        if self.sources_sha256 or not self.contributions:
            return self
        return dataclasses.replace(self, sources_sha256=sources_sha256(self.contributions))

    def of(self, splits: str, key: str) -> Slice | None:
        """One share, e.g. figure.of("by_level", "commune")."""
        return next((each for each in getattr(self, splits) if each.key == key), None)


def _printed(total: int | None, certainty: str, texts: tuple[str, ...]) -> str:
    if total is None:
        return "; ".join(texts) or NO_DATA
    return certain(total, certainty)


def print_rate(rate: str, numerator: int | None, denominator: int | None, *, ratio: bool = False) -> str:
    """“94,2% (98/104)”, “100%”, or with `ratio` “17/22”."""
    share = f"{format_number(Decimal(rate))}%" if rate else ""
    if numerator is None or not denominator:
        return share or NO_DATA
    counts = f"{format_number(numerator)}/{format_number(denominator)}"
    if ratio:
        return counts
    return f"{share or share_of(numerator, denominator)} ({counts})"


def share_of(part: int, whole: int) -> str:
    """A share with one decimal: 94,2%."""
    percent = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{format_number(percent)}%"


@dataclass(frozen=True)
class Missing:
    """A department that was asked and has not sent."""

    department_id: int
    department: str
    level: str
    due: str = ""
    started: bool = False


@dataclass(frozen=True)
class Nil:
    """A department that says it had nothing to report, with its reason."""

    department_id: int
    department: str
    level: str
    reason: str


@dataclass(frozen=True)
class Coverage:
    """How complete the figures are: who was asked, who has sent, which rows still wait."""

    asked: int = 0
    sent: int = 0
    nil: int = 0
    missing: tuple[Missing, ...] = ()
    rows_waiting: int = 0
    nils: tuple[Nil, ...] = ()


@dataclass(frozen=True)
class Against:
    """Plan and result of one measure; `reached` is None where they cannot be compared."""

    code: str
    name: str
    unit_of_measure: str
    scope: str
    target: int
    target_printed: str
    result: str
    share: str
    reached: bool | None


@dataclass(frozen=True)
class PlanFacts:
    """The issued plan and how far its tasks have come."""

    number: str = ""
    symbol: str = ""
    dated: str = ""
    subject: str = ""
    issuer: str = ""
    tasks: int = 0
    leads: int = 0
    tasks_done: int = 0
    lines: tuple[Against, ...] = ()


@dataclass(frozen=True)
class Header:
    """Names as they were: province, campaign, letter, theme, committee, the department that reports."""

    province: str = ""
    province_in_sentence: str = ""
    area: str = "toàn tỉnh"
    year: int = 0
    campaign: str = ""
    opens_on: str = ""
    closes_on: str = ""
    theme: str = ""
    committee: str = ""
    letter_number: str = ""
    letter_dated: str = ""
    letter_issuer: str = ""
    department: str = ""
    levels: tuple[str, ...] = ("province", "district", "commune")
    subject: str = ""


@dataclass(frozen=True)
class Figures:
    """Everything a report says in numbers and lists, for one province (or one department) and one campaign."""

    schema: int
    province_id: int
    campaign_id: int
    department_id: int | None
    scope: str
    cut_off: str
    header: Header = Header()
    cells: tuple[Figure, ...] = ()
    coverage: Coverage = Coverage()
    papers: tuple[IssuedPaper, ...] = ()
    launches: tuple[Launch, ...] = ()
    given: tuple[Given, ...] = ()
    year_list: tuple[Listed, ...] = ()
    plan: PlanFacts = PlanFacts()
    last_year: tuple[Before, ...] = ()
    earlier: Earlier = Earlier()
    done: tuple[Done, ...] = ()
    nil_reason: str = ""
    bodies: tuple[Body, ...] = ()
    marked: bool = field(default=False, metadata={"stored": False})  # drafts from these figures are bound to them

    def cell(self, code: str, scope: str = MONTH) -> Figure:
        """The figure of a measure in a scope; an empty one, printed “–”, when nobody gave anything."""
        found = next((each for each in self.cells if each.code == code and each.scope == scope), None)
        return found or Figure(code, "", "", "things", "sum", scope)

    def by_cell(self, name: str) -> Figure | None:
        """The figure of a cell named “CT05.1:month”."""
        return next((each for each in self.cells if each.cell == name), None)

    def before(self, cell: str) -> Before | None:
        """What the cell came to last year; None where nothing can be compared."""
        return next((each for each in self.last_year if each.cell == cell), None)

    def compared(self, figure: Figure, boundary: str = OF_TODAY) -> Compared:
        """The figure beside the same period of the year before, on the boundaries of today or of that year."""
        return compared(figure, self.before(figure.cell), self.earlier, boundary)

    def of_role(self, role: str) -> Figures:
        """A department's figures in one role alone; shares by sex stay where the whole figure is of that role."""
        return dataclasses.replace(self, cells=tuple(filter(None, (_in_role(each, role) for each in self.cells))))

    def of_scope(self, scope: str) -> tuple[Figure, ...]:
        return tuple(each for each in self.cells if each.scope == scope)

    def as_json(self) -> dict:
        """Plain values for storage; the sources are rows of their own, bound by their hash."""
        return plain(self.sealed())

    def sealed(self) -> Figures:
        """The same figures, each bound to the rows behind it, as they are stored; pages that only look need no seal."""
        if all(each.sources_sha256 or not each.contributions for each in self.cells):
            return self
        return dataclasses.replace(self, cells=tuple(each.sealed() for each in self.cells))

    @property
    def sha256(self) -> str:
        return sha256(self.as_json())

    @classmethod
    def from_json(cls, stored: dict) -> Figures:
        """The figures as they were stored; unknown keys of a later schema are left out."""
        return built(cls, stored)


def _in_role(figure: Figure, role: str) -> Figure | None:
    """The figure's share of a role; what has no role belongs to what the department led."""
    wanted = {role, ""} if role == "lead" else {role}
    if {each.key for each in figure.by_role} <= wanted:
        return figure if figure.by_role or role == "lead" else None
    share = figure.of("by_role", role)
    if share is None:
        return None
    alone = {"female": None, "male": None, "not_split": None, "children": None, "girls": None, "boys": None}
    alone |= {"parts": "", "by_label": (), "by_group": (), "by_level": (), "labels": (), "by_role": (share,)}
    alone["leaves"] = tuple(each for each in figure.leaves if each.role == role)
    return dataclasses.replace(figure, total=share.total, certainty=share.certainty, texts=share.texts, **alone)


def sources_sha256(contributions: tuple[Contribution, ...]) -> str:
    """The hash that binds a figure to the rows behind it: each row as the list of its values, in their order."""
    return sha256_of_plain(contributions)
