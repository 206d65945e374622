"""Who stands at the head of a paper: the chosen issuer, under its name on the document's day."""

import datetime

from provinces.models import Department
from reports.documents.paper import Letterhead

COMMITTEES = {Department.Kind.UBND_TINH, Department.Kind.UBND_HUYEN, Department.Kind.UBND_XA}
BELOW = {Department.Kind.SO_BAN_NGANH, Department.Kind.BAN, Department.Kind.BAO_DAI, Department.Kind.KHAC}


def unit_words(department: Department, day: datetime.date) -> str:
    """The department's unit inside a sentence: tỉnh Quảng Ninh."""
    name = department.unit.name_on(day)
    return name.in_sentence if name else ""


def full_name(department: Department, day: datetime.date) -> str:
    """The department as running text writes it: Ủy ban nhân dân huyện Kỳ Anh."""
    if department.kind in COMMITTEES:
        return f"Ủy ban nhân dân {unit_words(department, day)}"
    name = department.name_on(day)
    return name.name if name else ""


def letterhead(issuer: Department, day: datetime.date, *, committee_title: str = "") -> Letterhead:
    """Ô 2 and ô 4 of Nghị định 30/2020: a People's Committee has nobody above it, its departments have."""
    name, unit = full_name(issuer, day), unit_words(issuer, day)
    if issuer.kind == Department.Kind.BAN and committee_title:
        name = committee_title
    body = f"Ủy ban nhân dân\n{unit}" if issuer.kind in COMMITTEES else name
    superior = f"UBND {unit}" if issuer.kind in BELOW else ""
    return Letterhead(superior=superior, body=body, place=_place(issuer, day), name=name)


def _place(issuer: Department, day: datetime.date) -> str:
    """The place that papers are dated at: as the body states it, else the unit's short name."""
    stated, unit = issuer.name_on(day), issuer.unit.name_on(day)
    return (stated and stated.seat_place) or (unit.short_name if unit else "")
