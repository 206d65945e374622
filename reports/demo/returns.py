"""Quảng Ninh's request for the year 2023: what the departments of the launch wrote, in every state a return can have.

Their words are those of the articles; that one had nothing and others have not begun is made for the demonstration,
and the reason says so.
"""

import datetime

from campaigns.models import Request
from campaigns.operations.requests import RequestFacts
from campaigns.workdays import suggested
from provinces.models import Department, Seat
from provinces.operations.departments import set_address
from reports.demo.people import TODAY, body
from reports.demo.quang_ninh import YEAR, Cast, cast
from reports.demo.sources import moment
from reports.models import Report
from reports.operations.reports import RegistryFacts
from reports.operations.returns import accept_return, ask_for_returns, give_back_return, send_nil, send_return
from reports.operations.texts import write_section
from reports.operations.way_up import Remark, mark_seen

LAST = datetime.date(YEAR, 12, 14)
NOT_BEGUN = ("Sở Y tế", "Sở Giáo dục và Đào tạo", "Hội Liên hiệp Phụ nữ tỉnh", "Công an tỉnh")
UNION = """Phối hợp với Sở Lao động - Thương binh và Xã hội tổ chức Lễ phát động Tháng hành động ngày 10/11/2023 tại Khu công \
nghiệp Đông Mai, thị xã Quảng Yên; tặng quà nữ công nhân Khu công nghiệp Đông Mai."""
ZONE = "Phối hợp tổ chức Lễ phát động Tháng hành động ngày 10/11/2023 tại Khu công nghiệp Đông Mai, thị xã Quảng Yên."
TOWN = """Phối hợp tổ chức Lễ phát động Tháng hành động tại Khu công nghiệp Đông Mai; tham gia tặng quà phụ nữ, trẻ em gái trên địa \
bàn thị xã."""
NOTHING = "Dữ liệu trình diễn: trong kỳ đơn vị không được giao hoạt động nào."
ASKED_BACK = "Dữ liệu trình diễn: ghi rõ đơn vị đã làm phần việc nào trong lễ phát động."
MAILBOX = "ban.vstbpn@example.com"  # a reserved name: nobody reads it


def load(seats: dict[str, Seat]) -> None:
    """Ask for the year's reports, then send, return, accept, be late, have nothing."""
    who = cast(seats)
    request, named = _ask(who)
    returns = {row.department_id: row for row in Report.objects.filter(request=request)}
    early, on_the_day = moment(YEAR, 12, 13, 10), moment(YEAR, 12, 14, 15)
    late = request.due + datetime.timedelta(hours=2, minutes=10)
    send_nil(returns[named["Sở Tài chính"].pk], NOTHING, by=seats["qn.taichinh"], at=early)
    union = _send(returns[who.union.pk], UNION, seats["qn.ldld"], on_the_day)
    zone = _send(returns[who.zone.pk], ZONE, seats["qn.khukinhte"], on_the_day)
    _send(returns[who.town.pk], TOWN, seats["qn.quangyen"], late)
    accept_return(mark_seen(union, by=who.officer, at=late), by=who.officer, at=late)
    mark_seen(zone, by=who.officer, at=late)
    give_back_return(zone, [Remark(ASKED_BACK, anchor="II")], by=who.officer, at=late)
    set_address(seats["qn.ban"].department, MAILBOX, by=who.officer, at=moment(TODAY, 1, 5))


def _ask(who: Cast) -> tuple[Request, dict[str, Department]]:
    """The periodic year's request, its days as they are usually set."""
    at = moment(YEAR, 11, 20)
    days = suggested(Request.Kind.YEAR, who.campaign, at)
    facts = RequestFacts(
        kind=Request.Kind.YEAR,
        scope="both",
        year=YEAR,
        period_from=days.period_from,
        period_to=days.period_to,
        cut_off=days.cut_off,
        due=days.due,
        steps=days.steps,
        subject=f"Kết quả công tác bình đẳng giới năm {YEAR}",
    )
    named = {name: body("quang-ninh", name, LAST) for name in ("Sở Tài chính", *NOT_BEGUN)}
    recipients = [who.union, who.zone, who.town, *named.values()]
    return ask_for_returns(who.campaign, facts, asker=who.office, recipients=recipients, by=who.officer, at=at), named


def _send(report: Report, text: str, head: Seat, at: datetime.datetime) -> Report:
    section = report.sections.get(key="II")
    write_section(section, text, version=section.version, by=head, at=at - datetime.timedelta(hours=1))
    return send_return(report, RegistryFacts(), by=head, at=at)
