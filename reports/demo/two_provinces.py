"""Kiên Giang and An Giang of 2023 with an issued report each, so that today's An Giang and the country add something up.

No article gives their results: these numbers are made for the demonstration, and every activity says so.
"""

import dataclasses
import datetime

from activities.operations.shape import ActivityData, MoneyData, OutputData, ParticipantData
from campaigns.models import Campaign
from provinces.models import Department, Seat
from reports.demo.people import body
from reports.demo.sources import accepted, kind, moment, out, source
from reports.models import Report
from reports.operations.jobs import ask_compile, run_job
from reports.operations.reports import RegistryFacts, issue_report, lock_report, open_report
from reports.operations.texts import keep_drafts
from reports.queries.texts import shown_as

YEAR = 2023
DAY = datetime.date(2023, 11, 15)
MADE_UP = "Số liệu trình diễn, không phải số liệu của tỉnh."


@dataclasses.dataclass(frozen=True)
class Numbers:
    """What one province did in the demonstration; attendances with the women among them."""

    slug: str
    launch: int
    launch_women: int
    talks: int
    listeners: int
    classes: int
    joined: int
    learners: int
    learners_women: int
    banners: int
    mobilised: int


NUMBERS = (
    Numbers("kien-giang", 420, 265, 24, 1850, 3, 1, 165, 112, 320, 45_000_000),
    Numbers("an-giang", 380, 240, 31, 2100, 4, 2, 205, 131, 275, 60_000_000),
)


def load(seats: dict[str, Seat]) -> None:
    """A few activities and the report of each, compiled, read, locked and issued without a known number."""
    campaign = Campaign.objects.get(series="bdg", year=YEAR)
    for numbers in NUMBERS:
        office = body(numbers.slug, "Sở Lao động - Thương binh và Xã hội", DAY)
        for data in _activities(numbers, office):
            at = moment(YEAR, 12, 11)
            officers = {"head": seats["ag.lanhdao"], "office": seats["ag.chuyenvien"]}
            accepted(data, campaign=campaign, owner=office, **officers, at=at)
        _issue(campaign, office, seats["ag.chuyenvien"], seats["ag.lanhdao"])


def _activities(numbers: Numbers, office: Department) -> tuple[ActivityData, ...]:
    launch = (
        out("CT04.1", 1, label="Lễ phát động cấp tỉnh"),
        out("CT05.1", numbers.launch, female=numbers.launch_women, male=numbers.launch - numbers.launch_women),
    )
    talks = (out("CT07.1", numbers.talks, role="lead"), out("CT08.1", numbers.listeners, "about"))
    classes = (
        out("CT12.1", numbers.classes, role="lead"),
        out(
            "CT13.1",
            numbers.learners,
            female=numbers.learners_women,
            male=numbers.learners - numbers.learners_women,
        ),
    )
    paid = (MoneyData(numbers.mobilised, source("NG08"), "cash"),)
    return (
        _data(office, "HD02", "Lễ phát động hưởng ứng Tháng hành động năm 2023", launch, starts_on=DAY),
        _data(office, "HD04", "Truyền thông trực tiếp về chủ đề của Tháng hành động", talks, money=paid),
        _data(office, "HD08", "Tập huấn về bình đẳng giới và phòng ngừa bạo lực trên cơ sở giới", classes),
        _data(
            office,
            "HD08",
            "Phối hợp tập huấn về phòng, chống bạo lực gia đình",
            (out("CT12.1", numbers.joined, role="co"),),
            role="co",
        ),
        _data(office, "HD12", "In, cấp phát băng rôn của Tháng hành động", (out("CT21.1", numbers.banners),)),
    )


def _data(
    office: Department, code: str, title: str, outputs: tuple[OutputData, ...], *, role: str = "lead", **more
) -> ActivityData:
    when = {} if "starts_on" in more else {"precision": "none"}
    participants = (ParticipantData(role, office),)
    return ActivityData(
        type=kind(code), title=title, description=MADE_UP, participants=participants, outputs=outputs, **when, **more
    )


def _issue(campaign: Campaign, office: Department, officer: Seat, head: Seat) -> None:
    at = moment(YEAR, 12, 19)
    report = open_report(campaign, office.unit, department=office, issuer=office, by=officer, at=at)
    run_job(ask_compile(report, by=officer, at=at).pk, clock=lambda: at)
    report = Report.objects.get(pk=report.pk)
    drafts = {each.key: shown_as(each) for each in report.sections.filter(drafted=True) if each.text}
    keep_drafts(report, drafts, by=officer, at=at)
    report = lock_report(report, by=head, at=moment(YEAR, 12, 20))
    facts = RegistryFacts(symbol="BC-SLĐTBXH", signer_lines="GIÁM ĐỐC", number_unknown=True)
    issue_report(report, facts, by=head, at=moment(YEAR, 12, 20, 14))
