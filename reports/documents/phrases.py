"""The set words of Nghị định 30/2020, so that every writer prints the same ones."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time

from .paper import Annex, Cell, Paper

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TO = "Kính gửi:"
COPIES = "Nơi nhận:"
NO_DATA = "–"
END = "./."
ROOM = " " * 6

# What XML refuses: control characters, halves of surrogate pairs, the two non-characters.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def tidied(thing):
    """The same paper with every string in NFC and without characters that no document can hold."""
    if isinstance(thing, str):
        text = thing.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        return unicodedata.normalize("NFC", UNPRINTABLE.sub("", text))
    if isinstance(thing, tuple):
        return tuple(tidied(part) for part in thing)
    if isinstance(thing, dict):
        return {tidied(key): tidied(value) for key, value in thing.items()}
    if is_dataclass(thing):
        return type(thing)(**{each.name: tidied(getattr(thing, each.name)) for each in fields(thing)})
    return thing


def day_words(day: date | None, *, year: int | None = None) -> str:
    """ "ngày 05 tháng 01 năm 2024": a 0 before days 1–9 and months 1 and 2 only; None leaves room."""
    if day is None:
        return f"ngày{ROOM}tháng{ROOM}năm {year or ROOM}"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def number_and_symbol(paper: Paper) -> str:
    """ "573/KH-UBND" as typed, or room for the number."""
    number = paper.number.strip() or ROOM
    symbol = paper.symbol.strip()
    return f"{number}/{symbol}" if symbol else number


def number_line(paper: Paper) -> str:
    """Ô 3: "Số: 573/KH-UBND"."""
    number = number_and_symbol(paper)
    return f"Số:{number}" if number.startswith(ROOM) else f"Số: {number}"


def place_line(paper: Paper) -> str:
    """Ô 4: "Kỳ Anh, ngày 18 tháng 4 năm 2023"."""
    words = day_words(paper.dated, year=paper.year)
    place = paper.letterhead.place.strip()
    return f"{place}, {words}" if place else words


def kind_words(paper: Paper) -> str:
    """The kind inside a sentence: "Kế hoạch"; an official letter is "Công văn"."""
    return paper.kind.strip().capitalize() or "Công văn"


def is_letter(paper: Paper) -> bool:
    """An official letter has no kind; its subject stands under the number (ô 5b)."""
    return not paper.kind.strip()


def subject_line(paper: Paper) -> str:
    """Ô 5a as typed; ô 5b begins with "V/v"."""
    subject = paper.subject.strip()
    if is_letter(paper) and subject and not subject.startswith("V/v"):
        return f"V/v {subject}"
    return subject


def _bare(text: str) -> str:
    return text.strip().removeprefix("-").rstrip(" ;.").strip()


def _listed(lines: tuple[str, ...], lead: str) -> tuple[str, ...]:
    bare = [_bare(line) for line in lines if _bare(line)]
    ends = [";"] * (len(bare) - 1) + ["."]
    return tuple(f"{lead}{line}{end}" for line, end in zip(bare, ends, strict=False))


def addressee_lines(paper: Paper) -> tuple[str, ...]:
    """Ô 9a after "Kính gửi:": one body as it is, several as "- …;" with a full stop at the end."""
    bare = [_bare(line) for line in paper.addressees if _bare(line)]
    return tuple(bare) if len(bare) == 1 else _listed(paper.addressees, "- ")


def base_lines(paper: Paper) -> tuple[str, ...]:
    """Ô 6, legal bases: each ends in ";", the last in "."."""
    return _listed(paper.bases, "")


def copy_lines(paper: Paper) -> tuple[str, ...]:
    """Ô 9b: "- Như trên;" first when somebody is addressed, "- Lưu: …." last as typed."""
    copies = paper.copies
    if copies and paper.addressees and _bare(copies[0]) != "Như trên":
        copies = ("Như trên", *copies)
    return _listed(copies, "- ")


def signature_lines(paper: Paper) -> tuple[str, ...]:
    """Ô 7: powers and office in capitals."""
    return tuple(line.strip().upper() for line in paper.signature.lines if line.strip())


def roman(number: int) -> str:
    """1 → I, 4 → IV, 9 → IX."""
    text = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += sign * (number // value)
        number %= value
    return text


def issued(paper: Paper) -> Annex | None:
    """What the paper issues, the plan behind a decision; None when it says everything itself."""
    return next((annex for annex in paper.annexes if annex.kind), None)


def annex_label(paper: Paper, index: int) -> str:
    """ "Phụ lục" when alone, "Phụ lục II" among several (index from 0); what is issued is no "Phụ lục"."""
    if paper.annexes[index].kind:
        return ""
    before = sum(not annex.kind for annex in paper.annexes[:index])
    several = sum(not annex.kind for annex in paper.annexes) > 1
    return f"Phụ lục {roman(before + 1)}" if several else "Phụ lục"


def annex_reference(paper: Paper, annex: Annex) -> str:
    """The annex's own words, or "(Kèm theo Kế hoạch số 573/KH-UBND ngày … của …)"."""
    if annex.intro.strip():
        return annex.intro.strip()
    issuer, number, enclosed = paper.letterhead.name.strip(), number_and_symbol(paper), issued(paper)
    start = "Kèm theo"
    if enclosed:
        start = "Ban hành kèm theo" if annex.kind else f"Kèm theo {enclosed.kind.capitalize()} ban hành tại"
    gap = "" if number.startswith(ROOM) else " "
    words = f"{start} {kind_words(paper)} số{gap}{number} {day_words(paper.dated, year=paper.year)}"
    return f"({words} của {issuer})" if issuer else f"({words})"


def foot_lines(paper: Paper, *, annex: bool = False) -> tuple[str, ...]:
    """What stands at the foot of every page: the mark of a replaced version, the mark of a draft or of an annex."""
    mark = paper.foot or (paper.annex_foot if annex else "")
    return tuple(line.strip() for line in (paper.replaced, mark) if line.strip())


def issuer_name(paper: Paper) -> str:
    """The only author a file names: the issuing body."""
    return paper.letterhead.name.strip() or " ".join(paper.letterhead.body.split())


def figure(value: int | float) -> str:
    """1234567.5 → "1.234.567,5"."""
    whole = f"{int(value):,}" if float(value).is_integer() else f"{value:,.10g}"
    return whole.translate(str.maketrans(",.", ".,"))


def as_cell(cell: Cell | str | int | float | None) -> Cell:
    """A bare text, number or nothing as the cell it prints."""
    if isinstance(cell, Cell):
        return cell
    if cell is None:
        return Cell(NO_DATA)
    if isinstance(cell, str):
        return Cell(cell)
    return Cell(figure(cell), value=cell)


def web_link(cell: Cell, *, source: bool = False) -> str:
    """The address a cell opens, or with `source` what stands behind it; only http(s) is a link (no scripts, files)."""
    address = (cell.source or cell.link) if source else cell.link
    return address if address.startswith(("https://", "http://")) else ""


def created(paper: Paper) -> datetime:
    """When the file says it was made: given, else the paper's date, else one fixed day; never the clock."""
    given = paper.properties.get("created", "")
    if given:
        moment = datetime.fromisoformat(given)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.combine(paper.dated or date(paper.year or 2000, 1, 1), time(), tzinfo=UTC)


def keywords(paper: Paper) -> tuple[str, ...]:
    """Snapshot, hash and whatever else belongs in the file and not on paper."""
    return tuple(f"{key}: {value}" for key, value in sorted(paper.properties.items()) if key != "created")
