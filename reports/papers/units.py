"""What the departments wrote, as paragraphs of the report: what most say first, each with its authors."""

from collections.abc import Iterable, Sequence

from provinces.vietnamese import fold
from reports.voices import CAUSES, Statement, Voice, statements

NO_DIFFICULTY = "Chưa có ý kiến của cơ quan, đơn vị về khó khăn, hạn chế."
NO_CAUSE = "Chưa có ý kiến của cơ quan, đơn vị về nguyên nhân."
LISTED = 8  # statements that a draft takes over; the page shows the rest
HIGHLIGHTS = 5
CAUSE = ("nguyen nhan", "do ")
MINISTRY = ("trung uong", "bo noi vu", "bo lao dong", "chinh phu", "cac bo", "de nghi bo", "kien nghi bo", "voi bo")


def highlights(voices: Iterable[Voice]) -> str:
    """III.1, after the figures: what the departments call outstanding."""
    return _listed("Một số kết quả nổi bật theo báo cáo của cơ quan, đơn vị:", statements(voices, "II")[:HIGHLIGHTS])


def difficulties(voices: Iterable[Voice]) -> str:
    """III.2: how many departments name difficulties, and which; causes stand in III.3."""
    said = [each for each in statements(voices, "III.2") if not is_cause(each)]
    return _listed(f"{_count(said)} cơ quan, đơn vị nêu khó khăn, hạn chế{_among(said)}:", said[:LISTED])


def causes(voices: Iterable[Voice]) -> str:
    """III.3: only as the departments wrote them."""
    said = [each for each in statements(voices, "III.2") if is_cause(each)]
    return _listed(f"Theo báo cáo của {_count(said)} cơ quan, đơn vị:", said[:LISTED], CAUSES) or NO_CAUSE


def proposals(voices: Iterable[Voice]) -> str:
    """IV.2: to the ministries, then to the committee and the People's Committee; one heading needs no letter."""
    said = statements(voices, "IV.2")
    up = [each for each in said if is_for_ministry(each)][:LISTED]
    here = [each for each in said if not is_for_ministry(each)][:LISTED]
    if not up or not here:
        addressee = " với bộ, ngành Trung ương" if up else ""
        whole = f"{_count(said)} cơ quan, đơn vị kiến nghị, đề xuất{addressee}{_among(said)}:"
        return _listed(whole, up or here)
    first = _listed("a) Với bộ, ngành Trung ương", up)
    return f"{first}\n{_listed('b) Với Ủy ban nhân dân và cơ quan của tỉnh', here)}"


def awards(voices: Iterable[Voice]) -> str:
    """IV.3: who is proposed for a commendation; nothing when nobody is."""
    said = statements(voices, "IV.3")
    return _listed(f"{_count(said)} cơ quan, đơn vị đề nghị biểu dương, khen thưởng{_among(said)}:", said[:LISTED])


def is_cause(said: Statement) -> bool:
    """True for a line that gives a reason: “Nguyên nhân: …”, “Do …”."""
    return fold(said.text).startswith(CAUSE)


def is_for_ministry(said: Statement) -> bool:
    """True for a proposal that names a ministry or the centre."""
    return any(word in fold(said.text) for word in MINISTRY)


def _listed(heading: str, said: Sequence[Statement], section: str = "") -> str:
    return "\n".join([heading, *(each.line_under(section) for each in said)]) if said else ""


def _among(said: Sequence[Statement]) -> str:
    return ", trong đó có" if len(said) > LISTED else ""


def _count(said: Sequence[Statement]) -> int:
    return len({voice.department_id for each in said for voice in each.voices})
