"""What tests of report pages start from: an office, a committee, a department, and a report that was compiled."""

import dataclasses
import datetime

from django.test import Client
from django.utils import timezone

from provinces.models import Seat
from provinces.tests import make as who
from reports.models import Report
from reports.operations.jobs import ask_compile, run_job
from reports.operations.reports import RegistryFacts, issue_report, lock_report, open_report
from reports.operations.way_up import send_report
from reports.tests import make

AT = datetime.datetime(2023, 12, 18, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
FACTS = RegistryFacts(number="412", symbol="BC-SLĐTBXH", dated=datetime.date(2023, 12, 19))


@dataclasses.dataclass
class People:
    """Seats of a province: the office's editor and head, the committee's, a department's editor, a stranger."""

    editor: Seat
    head: Seat
    committee: Seat
    member: Seat
    other: Seat
    stranger: Seat


def people() -> People:
    make.campaigns.campaign()
    province = who.province()
    office, committee = who.office(province), who.committee(province)
    department = who.department(province, "Liên đoàn Lao động tỉnh", "LĐLĐ")
    elsewhere = who.office(who.province("Hải Phòng", "31", "hai-phong"), "Sở Nội vụ Hải Phòng")
    return People(
        editor=who.seat(office),
        head=who.seat(office, "approver"),
        committee=who.seat(committee, "approver"),
        member=who.seat(committee, "viewer"),
        other=who.seat(department),
        stranger=who.seat(elsewhere, "approver"),
    )


def launch(people: People, quantity=550, certainty="about", title="Lễ phát động cấp tỉnh", **more):
    """A verified launch of the office with its attendances; counts one and so many."""
    row = make.activity(people.editor.department, title, starts_on=datetime.date(2023, 11, 10), **more)
    make.result(row, "CT04.1", 1)
    make.result(row, "CT05.1", quantity, certainty)
    return row


def opened(people: People) -> Report:
    """An empty report of the office."""
    campaign = make.campaigns.campaign()
    office = people.editor.department
    return open_report(campaign, office.unit.home_province, department=office, issuer=office, by=people.editor, at=AT)


def compile_now(report: Report, people: People) -> Report:
    """A run from beginning to end, as the worker does it."""
    job = ask_compile(report, by=people.editor, at=timezone.now())
    run_job(job.pk, clock=timezone.now)
    return Report.objects.get(pk=report.pk)


def compiled(people: People) -> Report:
    """A report with figures of one launch; nobody has read its drafts."""
    launch(people)
    return compile_now(opened(people), people)


def read(people: People) -> Report:
    """A report whose drafts have been read and kept."""
    return make.read(compiled(people), people.editor)


def locked(people: People) -> Report:
    return lock_report(read(people), by=people.head, at=AT)


def issued(people: People) -> Report:
    return issue_report(locked(people), FACTS, by=people.head, at=AT)


def sent(people: People) -> Report:
    return send_report(issued(people), to=people.committee.department, by=people.head, at=AT)


def as_(seat: Seat) -> Client:
    """A client signed in as the seat's person."""
    client = Client()
    client.force_login(seat.user)
    return client


def url(report: Report, leaf: str = "") -> str:
    return f"/quang-ninh/2023/bao-cao/{report.public_id}/{leaf}"
