"""From locked figures to acceptance: who may, in which order, one winner of two, old versions readable."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from campaigns.models import Campaign
from campaigns.operations.guards import Conflict
from campaigns.tests import make as campaigns
from provinces.models import Event
from provinces.tests import make as who
from provinces.tests.make import NOW
from provinces.workflow import Refused
from reports.models import Delivery, Report, ReportComment
from reports.operations.jobs import ask_compile, run_job
from reports.operations.reports import RegistryFacts, issue_report, lock_report, open_report, unlock_report
from reports.operations.texts import use_draft, write_section
from reports.operations.way_up import (
    Remark,
    accept_report,
    mark_seen,
    return_report,
    send_report,
    withdraw_report,
)
from reports.outline import KEYS
from reports.tests import make

pytestmark = pytest.mark.django_db
FACTS = RegistryFacts(number="12", symbol="BC-SLĐTBXH", dated=datetime.date(2024, 1, 5))
MUST = [Remark("Bổ sung nguyên nhân", anchor="III.3")]


class World:
    """A province with its standing office, its committee and somebody in each."""

    def __init__(self):
        self.province = who.province()
        self.so = who.office(self.province)
        self.ban = who.committee(self.province)
        self.editor, self.head = who.seat(self.so), who.seat(self.so, "approver")
        self.member = who.seat(self.ban, "approver")
        make.result(make.activity(self.so), "CT04.1", 1)

    def opened(self):
        return open_report(
            campaigns.campaign(), self.province, department=self.so, issuer=self.so, by=self.editor, at=NOW
        )

    def compiled(self):
        report = self.opened()
        run_job(ask_compile(report, by=self.editor, at=NOW).pk, clock=lambda: NOW)
        return make.read(report, self.editor)

    def issued(self):
        return issue_report(lock_report(self.compiled(), by=self.head, at=NOW), FACTS, by=self.head, at=NOW)

    def sent(self):
        return send_report(self.issued(), to=self.ban, by=self.head, at=NOW)


@pytest.fixture
def world():
    return World()


def same(report):
    """The row as another page has it."""
    return Report.objects.get(pk=report.pk)


def test_a_report_opens_with_every_section_and_once(world):
    report = world.opened()
    assert [each.key for each in report.sections.order_by("id")] == list(KEYS)
    assert world.opened() == report


def test_only_the_standing_office_opens_the_provinces_report(world):
    other = who.department(world.province, "Sở Y tế")
    with pytest.raises(Refused):
        open_report(campaigns.campaign(), world.province, department=other, issuer=other, by=who.seat(other), at=NOW)


def test_a_locked_year_takes_no_report(world):
    campaign = campaigns.campaign()
    Campaign.objects.filter(pk=campaign.pk).update(locked_at=NOW)
    with pytest.raises(Refused):
        world.opened()


def test_a_report_without_figures_is_not_locked(world):
    with pytest.raises(Refused):
        lock_report(world.opened(), by=world.head, at=NOW)


def test_an_editor_does_not_lock(world):
    with pytest.raises(Refused):
        lock_report(world.compiled(), by=world.editor, at=NOW)


def test_while_a_run_is_under_way_nothing_is_locked(world):
    report = world.compiled()
    ask_compile(report, by=world.editor, at=NOW)
    with pytest.raises(Refused):
        lock_report(report, by=world.head, at=NOW)


def test_a_locked_text_is_not_written_until_unlocked(world):
    report = lock_report(world.compiled(), by=world.head, at=NOW)
    section = report.sections.get(key="III.3")
    with pytest.raises(Refused):
        write_section(section, "Thiếu cán bộ", version=section.version, by=world.editor, at=NOW)
    unlock_report(report, by=world.head, at=NOW)
    section = report.sections.select_related("report").get(key="III.3")
    assert write_section(section, "Thiếu cán bộ", version=section.version, by=world.editor, at=NOW).drafted is False


def test_two_people_writing_one_section_get_a_choice(world):
    section = world.compiled().sections.get(key="III.3")
    write_section(section, "Của người thứ nhất", version=1, by=world.editor, at=NOW)
    with pytest.raises(Conflict) as conflict:
        write_section(section, "Của người thứ hai", version=1, by=world.head, at=NOW)
    assert conflict.value.newest.text == "Của người thứ nhất"


def test_a_section_given_back_follows_the_figures_again(world):
    section = world.compiled().sections.get(key="II.1")
    drafted = section.text
    write_section(section, "Viết tay", version=1, by=world.editor, at=NOW)
    section = use_draft(section, version=2, by=world.editor, at=NOW)
    assert (section.text, section.drafted) == (drafted, True)


def test_a_phone_number_does_not_get_into_the_text(world):
    section = world.compiled().sections.get(key="III.3")
    with pytest.raises(Refused):
        write_section(section, "Liên hệ 0912 345 678", version=1, by=world.editor, at=NOW)


def test_issuing_needs_number_and_day_or_the_tick(world):
    report = lock_report(world.compiled(), by=world.head, at=NOW)
    with pytest.raises(Refused):
        issue_report(report, RegistryFacts(symbol="BC-SLĐTBXH"), by=world.head, at=NOW)
    issued = issue_report(report, RegistryFacts(symbol="BC-SLĐTBXH", number_unknown=True), by=world.head, at=NOW)
    assert issued.status == "issued"


def test_the_database_holds_no_issued_report_without_number(world):
    report = lock_report(world.compiled(), by=world.head, at=NOW)
    with pytest.raises(IntegrityError, match="report_issued_has_number"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(status="issued")


def test_two_people_sending_at_once_only_one_wins(world):
    report = world.issued()
    other_page = same(report)
    send_report(report, to=world.ban, by=world.head, at=NOW)
    with pytest.raises(Refused):
        send_report(other_page, to=world.ban, by=who.seat(world.so, "approver"), at=NOW)
    assert Delivery.objects.count() == 1


def test_an_unopened_report_is_withdrawn_and_an_opened_one_is_not(world):
    report = withdraw_report(world.sent(), by=world.head, at=NOW)
    assert report.status == "issued"
    assert report.deliveries.get().status == "withdrawn"
    report = send_report(report, to=world.ban, by=world.head, at=NOW)
    mark_seen(report, by=world.member, at=NOW)
    with pytest.raises(Refused):
        withdraw_report(report, by=world.head, at=NOW)
    assert same(report).status == "sent"


def test_seen_is_noted_once_and_only_by_the_receiver(world):
    report = world.sent()
    mark_seen(report, by=world.head, at=NOW)
    assert report.deliveries.get().status == "sent"
    for _time in range(2):
        mark_seen(report, by=world.member, at=NOW)
    assert report.deliveries.get().seen_by == world.member
    assert Event.objects.filter(verb="report.seen").count() == 1


def test_a_return_needs_a_must(world):
    report = world.sent()
    for remarks in ([], [Remark("Viết gọn hơn", kind="advice")], [Remark("  ")]):
        with pytest.raises(Refused):
            return_report(report, remarks, by=world.member, at=NOW)
    assert same(report).status == "sent"


def test_a_return_opens_the_next_version_with_figures_and_texts(world):
    report = world.sent()
    new = return_report(report, MUST, by=world.member, at=NOW)
    old = same(report)
    assert (old.status, old.deliveries.get().status) == ("returned", "returned")
    assert (new.version, new.status, new.supersedes, new.snapshot) == (2, "draft", old, old.snapshot)
    assert {each.key: each.text for each in new.sections.all()} == {each.key: each.text for each in old.sections.all()}
    assert ReportComment.objects.get(report=old).anchor == "III.3"


def test_the_returned_version_is_replaced_when_the_new_one_is_sent(world):
    report = world.sent()
    new = return_report(report, MUST, by=world.member, at=NOW)
    new = issue_report(lock_report(new, by=world.head, at=NOW), FACTS, by=world.head, at=NOW)
    send_report(new, to=world.ban, by=world.head, at=NOW)
    assert same(report).status == "superseded"
    assert accept_report(new, by=world.member, at=NOW).status == "accepted"
    assert new.deliveries.get().decided_by == world.member


def test_of_accepting_and_returning_at_once_one_wins(world):
    report = world.sent()
    other_page = same(report)
    accept_report(report, by=world.member, at=NOW)
    with pytest.raises(Refused):
        return_report(other_page, MUST, by=world.member, at=NOW)
    assert Report.objects.count() == 1
    assert not ReportComment.objects.exists()


def test_the_sender_does_not_accept_its_own_report(world):
    report = world.sent()
    for decide in (accept_report, lambda row, **more: return_report(row, MUST, **more)):
        with pytest.raises(Refused):
            decide(report, by=world.head, at=NOW)


def test_the_old_standing_offices_report_is_handled_by_its_successor(world):
    heir = who.department(world.province, "Sở Nội vụ", "SNV")
    world.so.successions.create(successor=heir, on=datetime.date(2025, 3, 1))
    head = who.seat(heir, "approver")
    report = lock_report(world.compiled(), by=head, at=NOW)
    assert report.status == "locked"


def test_every_press_is_one_line_in_the_log(world):
    report = world.sent()
    accept_report(report, by=world.member, at=NOW)
    verbs = list(Event.objects.about(report).values_list("verb", flat=True))
    assert verbs == [
        "report.open",
        "report.ask_compile",
        "report.compiled",
        "report.lock",
        "report.issue",
        "report.send",
        "report.accept",
    ]


def test_the_database_refuses_to_change_an_issued_report(world):
    """Number, symbol, day, signer, scan and figures stay, whoever writes; only its way up goes on."""
    issued = world.issued()
    rows = Report.objects.filter(pk=issued.pk)
    for changes in ({"number": "13"}, {"signer": "Khác"}, {"dated": None}, {"snapshot": None}, {"status": "draft"}):
        with pytest.raises(IntegrityError, match="issued_report_never_changes"), transaction.atomic():
            rows.update(**changes)
    assert rows.update(status="sent") == 1


def test_postgresql_also_refuses_to_change_an_issued_text(world):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite guards the report's own row")
    sections = world.issued().sections
    with pytest.raises(IntegrityError, match="issued_report_never_changes"), transaction.atomic():
        sections.update(text="Khác")
