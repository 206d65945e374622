"""The official letter that reminds those who have not sent, with their list as its annex."""

import datetime

from campaigns.models import Request, RequestStep
from campaigns.workdays import DAY, END_OF_WORK, WorkingDays, moment
from provinces.models import Seat
from provinces.vietnamese import format_moment, long_moment
from reports.documents.paper import Annex, Column, Paper, Para, Signature, Table
from reports.papers.letterheads import full_name, letterhead, unit_words
from reports.papers.phrasing import lowered, topic
from reports.papers.report import usual_lines
from reports.queries.monitoring import Line, missing_lines
from reports.queries.plan import current_plan
from reports.queries.returns import local_day
from reports.snapshot import LEVELS

UNKNOWN = "…"
DAYS_LEFT = 2  # working days that the letter gives


def reminder_letter(request: Request, lines: list[Line], *, at: datetime.datetime, person: Seat) -> Paper:
    """A draft công văn: number, day and signer are left to the registry."""
    day = local_day(at)
    missing = missing_lines(lines)
    office = full_name(request.asker, day)
    return Paper(
        kind="",
        code="cong-van",
        letterhead=letterhead(request.asker, day),
        number="",
        symbol=_symbol(request, day),
        dated=None,
        year=day.year,
        subject=f"đôn đốc gửi báo cáo {_about(request)}",
        addressees=("Các cơ quan, đơn vị có tên trong danh sách kèm theo",),
        blocks=tuple(Para(text) for text in _body(request, lines, missing, office, at, person)),
        signature=Signature(usual_lines(request.asker)),
        copies=("Lưu: VT.",),
        annexes=(_list(missing),),
        foot=f"DỰ THẢO · in lúc {format_moment(at)}",
        properties={"created": at.isoformat(), "request": request.public_id},
    )


def _about(request: Request) -> str:
    if request.kind != Request.Kind.MONTH and request.subject:
        return lowered(topic(request.subject))
    return f"kết quả Tháng hành động năm {request.year}"


def _symbol(request: Request, day: datetime.date) -> str:
    """The issuer's own symbol; the drafting unit's is added by the registry."""
    named = request.asker.name_on(day)
    return named.symbol if named else ""


def _body(request: Request, lines: list[Line], missing: list[Line], office: str, at: datetime.datetime, person: Seat):
    sent, asked = len(lines) - len(missing), len(lines)
    yield (
        f"{_basis(request, office)}, các cơ quan, đơn vị gửi báo cáo kết quả trước {long_moment(request.due)}. "
        f"Đến {long_moment(at)}, {office} nhận được báo cáo của {sent}/{asked} cơ quan, đơn vị; "
        f"còn {_two(len(missing))} cơ quan, đơn vị chưa gửi (danh sách kèm theo)."
    )
    yield (
        f"Để bảo đảm thời hạn báo cáo {_recipient(request)}, đề nghị các cơ quan, đơn vị có tên trong danh sách hoàn "
        f"thành và gửi báo cáo trước {long_moment(new_due(request, at))}; trường hợp không phát sinh hoạt động, báo "
        f"không phát sinh và nêu lý do. Sau thời hạn trên, {office} tổng hợp số liệu đã có và nêu tên cơ quan, đơn vị "
        "chưa gửi trong báo cáo."
    )
    phone = person.user.phone or UNKNOWN
    yield f"Trong quá trình thực hiện, nếu có vướng mắc, đề nghị liên hệ {office}, số điện thoại {phone}."
    yield "Đề nghị các cơ quan, đơn vị quan tâm thực hiện./."


def _basis(request: Request, office: str) -> str:
    """The letter that asked, else the plan of the month."""
    if request.letter_number:
        return f"Theo Công văn số {request.letter_number} của {office}"
    plan = current_plan(request.province, request.campaign) if request.campaign else None
    if plan is None:
        return f"Theo yêu cầu báo cáo năm {request.year}"
    return f"Theo Kế hoạch số {'/'.join(filter(None, (plan.number or UNKNOWN, plan.symbol)))}"


def _recipient(request: Request) -> str:
    return f"Ủy ban nhân dân {unit_words(request.asker, local_day(request.due))}"


def new_due(request: Request, at: datetime.datetime) -> datetime.datetime:
    """Two working days from now, or the hour of compiling if that comes first and is still ahead."""
    day = local_day(at)
    given = moment(WorkingDays(day, day + 30 * DAY).after(day, DAYS_LEFT), END_OF_WORK)
    compiled = next((each.at for each in request.steps.all() if each.kind == RequestStep.Kind.COMPILE), None)
    return min(given, compiled) if compiled and compiled > at else given


def _two(n: int) -> str:
    return f"{n:02}" if 0 < n < 10 else str(n)


def _list(missing: list[Line]) -> Annex:
    columns = (Column("TT", 1.3, "center"), Column("Cơ quan, đơn vị", 8), Column("Cấp", 2, "center"))
    columns += (Column("Hạn gửi", 5.5),)
    rows = tuple(
        (
            number,
            line.state.name,
            LEVELS[line.state.level].removeprefix("Cấp "),
            format_moment(line.state.due),
        )
        for number, line in enumerate(missing, start=1)
    )
    return Annex("Cơ quan, đơn vị chưa gửi báo cáo", blocks=(Table(columns, rows),), sheet="Chưa gửi")
