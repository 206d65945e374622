"""What tests of returns start from: an office that asks, departments that owe a return, what they did."""

import dataclasses
import datetime

from campaigns.models import Request
from campaigns.operations.requests import RequestFacts
from provinces.models import Department, Seat
from provinces.tests import make as who
from reports.models import Report
from reports.operations.reports import RegistryFacts
from reports.operations.returns import ask_for_returns, send_return
from reports.tests import make

HERE = datetime.timezone(datetime.timedelta(hours=7))
ASKED = datetime.datetime(2023, 11, 1, 8, tzinfo=HERE)
DUE = datetime.datetime(2023, 12, 18, 17, tzinfo=HERE)
AT = datetime.datetime(2023, 12, 17, 9, tzinfo=HERE)
LATE = DUE + datetime.timedelta(hours=2, minutes=10)


@dataclasses.dataclass
class Office:
    """The province's office with its seats, and one department with its editor and head."""

    editor: Seat
    head: Seat
    department: Department
    officer: Seat
    chief: Seat
    stranger: Seat


def office() -> Office:
    make.campaigns.campaign()
    province = who.province()
    body, department = who.office(province), who.department(province, "Sở Y tế", "SYT")
    elsewhere = who.office(who.province("Hải Phòng", "31", "hai-phong"), "Sở Nội vụ Hải Phòng")
    return Office(
        editor=who.seat(body),
        head=who.seat(body, "approver"),
        department=department,
        officer=who.seat(department),
        chief=who.seat(department, "approver"),
        stranger=who.seat(elsewhere, "approver"),
    )


def facts(**more) -> RequestFacts:
    """A request for the month: figures to 15/12, due on 18/12."""
    usual = {
        "kind": "month",
        "scope": "both",
        "year": 2023,
        "period_from": datetime.date(2023, 1, 1),
        "period_to": datetime.date(2023, 12, 15),
        "cut_off": datetime.datetime(2023, 12, 15, 23, 59, tzinfo=HERE),
        "due": DUE,
        "subject": "Kết quả Tháng hành động năm 2023",
        "letter_number": "2100/SLĐTBXH-TE&BĐG",
    }
    return RequestFacts(**{**usual, **more})


def asked(people: Office, *departments: Department, **more) -> Request:
    """A request to the departments, by default to the one of `people`."""
    return ask_for_returns(
        make.campaigns.campaign(),
        facts(**more),
        asker=people.editor.department,
        recipients=departments or [people.department],
        by=people.editor,
        at=ASKED,
    )


def opened(people: Office, **more) -> Report:
    """The return that opened with the request."""
    return Report.objects.get(request=asked(people, **more), department=people.department)


def did(owner: Department, quantity=50, title="Nói chuyện chuyên đề", status="waiting_head", **more):
    """An activity with a count and attendances; the head has not confirmed it yet."""
    row = make.activity(owner, title, status=status, **more)
    make.result(row, "CT04.1", 1)
    make.result(row, "CT05.1", quantity)
    return row


def sent(people: Office, at=AT) -> Report:
    """A return with one activity, sent by the head."""
    report = opened(people)
    did(people.department)
    return send_return(report, RegistryFacts(), by=people.chief, at=at)
