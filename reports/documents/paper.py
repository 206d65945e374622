"""A paper: everything that is printed, described once and taken by every writer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Run:
    """A stretch of words in one weight and slant."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Heading:
    """1 = "I. TIÊU ĐỀ" (capitals, bold), 2 = "1. Khoản có tên" (bold), 3 = "a) Điểm" (upright)."""

    text: str
    level: int


@dataclass(frozen=True)
class Para:
    """A justified paragraph; `keep` holds it on the page of what follows; `runs` override `text`."""

    text: str
    keep: bool = False
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Item:
    """One line of a list; the writer puts "- " before it."""

    text: str


@dataclass(frozen=True)
class Column:
    """A column of a table; `width` is relative to the other columns."""

    title: str
    width: float = 1.0
    align: str = "left"  # left | right | center


@dataclass(frozen=True)
class Group:
    """A heading over `count` columns, from column `first` (0 = leftmost)."""

    title: str
    first: int
    count: int


@dataclass(frozen=True)
class Cell:
    """`text` is what paper prints, `value` the real number for XLSX, `link` an address of our own pages.

    `source` is the address that only the XLSX opens: the page of what stands behind a number.
    """

    text: str
    value: int | float | None = None
    link: str = ""
    bold: bool = False
    span: int = 1
    source: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under repeated headings; a bare int prints as 1.234, None as "–" (no data); `filtered` in the XLSX."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | str | int | None, ...], ...]
    caption: str = ""
    groups: tuple[Group, ...] = ()
    filtered: bool = False


@dataclass(frozen=True)
class Note:
    """A footnote under a table."""

    mark: str
    text: str


@dataclass(frozen=True)
class Series:
    """One colour of a chart: a value for each label, its words, its address in the XLSX; None draws no bar."""

    name: str
    values: tuple[int | float | None, ...]
    printed: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """Bars lying under each other, each with its number; `stacked` lays the series end to end, as shares of 100%."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    alt: str = ""


@dataclass(frozen=True)
class Picture:
    """A JPEG, as large as it is in pixels; `alt` says what is on it where the caption does not."""

    data: bytes
    width: int
    height: int
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Gallery:
    """Pictures two by two, each over its caption."""

    pictures: tuple[Picture, ...]


Block = Heading | Para | Item | Table | Note | Chart | Gallery


@dataclass(frozen=True)
class Signature:
    """Powers and office, line by line, then the signer; no name leaves the room empty."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Annex:
    """A "Phụ lục"; its number is given by the writer, `intro` empty prints "(Kèm theo …)".

    With a `kind` ("KẾ HOẠCH") it is no "Phụ lục" but what the paper issues: it has its own letterhead, kind and
    title, and "(Ban hành kèm theo …)".
    """

    title: str
    intro: str = ""
    blocks: tuple[Block, ...] = ()
    landscape: bool = False
    sheet: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Letterhead:
    """Who issues, and where; `name` is the issuer as running text writes it."""

    superior: str
    body: str
    place: str
    name: str = ""


@dataclass(frozen=True)
class Paper:
    """One official document of Nghị định 30/2020; an empty `kind` is an official letter (công văn).

    `number` and `symbol` print as typed. `dated` None leaves room for the day, in `year` when given.
    `properties` go to the file only: "created" (ISO date or time) stamps it, the rest become keywords.
    A decision names its `authority` above the bases and `resolves` ("QUYẾT ĐỊNH:") above the articles.
    `only_annexes` prints the annexes alone. `foot` stands on every page, `annex_foot` on those of the annexes.
    `sheets` makes what stands in the XLSX alone, when it is written.
    """

    kind: str
    code: str
    letterhead: Letterhead
    number: str
    symbol: str
    dated: date | None
    subject: str
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    signature: Signature = Signature(lines=())
    copies: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    foot: str = ""
    replaced: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    year: int | None = None
    authority: str = ""
    resolves: str = ""
    only_annexes: bool = False
    sheets: Callable[[], tuple[Annex, ...]] | None = None
    annex_foot: str = ""
