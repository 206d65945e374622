"""The life of a return: opens when asked for, fills itself, is sent by the head, comes back, is accepted."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from activities.models import Activity
from campaigns.operations.requests import close_request, reopen_request
from provinces.models import Event, Notice
from provinces.tests import make as who
from provinces.workflow import Refused
from reports.models import Delivery, Report, Snapshot
from reports.operations.reports import RegistryFacts
from reports.operations.returns import (
    accept_return,
    ask_more,
    extend_return,
    give_back_return,
    hand_in_return,
    send_nil,
    send_return,
    take_back_return,
    withdraw_return,
)
from reports.operations.texts import write_section
from reports.operations.way_up import Remark, mark_seen
from reports.outline import RETURN_TEXTS
from reports.queries.coverage import coverage
from reports.queries.picture import frozen, take_picture
from reports.queries.returns import picture_now, rows_of
from reports.tests import make
from reports.tests.asking import AT, DUE, LATE, asked, did, office, opened, sent

pytestmark = pytest.mark.django_db
NOTHING = RegistryFacts()


@pytest.fixture
def people():
    return office()


def write(report, key, text, by):
    section = report.sections.get(key=key)
    return write_section(section, text, version=section.version, by=by, at=AT)


# ── opened ahead, filled as activities arrive ──────────────────────────────


def test_a_request_opens_the_return_of_each_department_with_its_texts(people):
    others = [who.department(people.department.unit, f"Sở {n}") for n in range(3)]

    request = asked(people, people.department, *others)

    reports = Report.objects.filter(request=request)
    assert {row.department for row in reports} == {people.department, *others}
    assert {row.status for row in reports} == {"draft"}
    assert [each.key for each in reports[0].sections.order_by("id")] == list(RETURN_TEXTS)
    assert Notice.objects.filter(key=f"request.create:{request.public_id}").count() == 4


@pytest.mark.parametrize("n", [1, 170])
def test_asking_takes_the_same_number_of_queries_for_1_and_for_170(people, n, django_assert_max_num_queries):
    bodies = [who.department(people.department.unit, f"Sở {at}") for at in range(n)]

    with django_assert_max_num_queries(30):
        asked(people, *bodies)

    assert Report.objects.filter(kind="return").count() == n


def test_further_departments_get_their_return_too(people):
    request = asked(people)
    late_comer = who.department(people.department.unit, "Sở Du lịch")

    ask_more(request, [late_comer, people.department], by=people.editor, at=AT)

    assert Report.objects.filter(request=request).count() == 2


def test_the_return_fills_itself_from_what_the_head_has_in_hand(people):
    report = opened(people)
    assert take_picture(report).cell("CT05.1").total is None

    did(people.department, 50)
    did(people.department, 30, status="accepted")
    did(people.department, 7, status="draft")
    did(people.department, 9, status="draft", starts_on=datetime.date(2023, 12, 30))

    assert take_picture(report).cell("CT05.1").total == 80
    assert picture_now(report, at=AT).cell("CT05.1").total == 87


def test_led_helped_and_attended_stand_apart(people):
    report = opened(people)
    did(people.department, 50)
    helped = did(people.editor.department, 300, status="accepted")
    make.participant(helped, people.department, "co")

    taken = take_picture(report)

    assert taken.of_role("lead").cell("CT05.1").total == 50
    assert taken.of_role("co").cell("CT05.1").total == 300
    assert [each.role for each in taken.done] == ["lead", "co"]


# ── two clocks ─────────────────────────────────────────────────────────────


def test_an_activity_of_15_12_is_in_the_month_and_not_in_the_periodic_year(people):
    month = opened(people)
    year = Report.objects.get(
        request=asked(
            people,
            kind="year",
            period_from=datetime.date(2022, 12, 15),
            period_to=datetime.date(2023, 12, 14),
            cut_off=datetime.datetime(2023, 12, 14, 23, 59, tzinfo=DUE.tzinfo),
        )
    )
    did(people.department, 10, starts_on=datetime.date(2023, 12, 14))
    did(people.department, 5, starts_on=datetime.date(2023, 12, 15))
    did(people.department, 3, year=2022, starts_on=datetime.date(2022, 12, 15))

    assert take_picture(month).cell("CT05.1").total == 15
    assert take_picture(year).cell("CT05.1").total == 13


# ── sent ───────────────────────────────────────────────────────────────────


def test_sending_confirms_the_rows_and_freezes_the_figures(people):
    report = opened(people)
    waiting = did(people.department, 50)
    draft = did(people.department, 7, status="draft")

    report = send_return(report, RegistryFacts(number="05", symbol="BC-SYT"), by=people.chief, at=AT)

    assert {row.status for row in Activity.objects.filter(pk__in=[waiting.pk, draft.pk])} == {"sent"}
    assert report.status == "sent" and report.number == "05"
    assert frozen(report.snapshot).cell("CT05.1").total == 57
    assert Delivery.objects.get(report=report).to == people.editor.department
    assert list(Event.objects.about(report).values_list("verb", flat=True)) == ["report.send_return"]


def test_later_activities_do_not_move_what_was_sent(people):
    report = sent(people)
    did(people.department, 99)

    assert frozen(report.snapshot).cell("CT05.1").total == 50


def test_an_activity_that_is_not_complete_stays_behind(people):
    report = opened(people)
    did(people.department, 50)
    early = did(people.department, 9, status="draft", starts_on=datetime.date(2023, 12, 30))

    report = send_return(report, NOTHING, by=people.chief, at=AT)

    early.refresh_from_db()
    assert early.status == "draft"
    assert frozen(report.snapshot).cell("CT05.1").total == 50


def test_the_editor_hands_in_and_the_head_sends(people):
    report = opened(people)
    did(people.department)

    with pytest.raises(Refused):
        send_return(report, NOTHING, by=people.officer, at=AT)
    report = hand_in_return(report, by=people.officer, at=AT)
    assert Notice.objects.filter(department=people.department, role="approver").count() == 1
    report = take_back_return(report, by=people.chief, at=AT)
    report = hand_in_return(report, by=people.officer, at=AT)

    assert send_return(report, NOTHING, by=people.chief, at=AT).status == "sent"


def test_a_stranger_sends_nothing(people):
    report = opened(people)
    row = did(people.department)

    with pytest.raises(Refused):
        send_return(report, NOTHING, by=people.stranger, at=AT)

    row.refresh_from_db()
    assert row.status == "waiting_head"


def test_two_heads_pressing_at_once_only_one_sends(people):
    report = opened(people)
    did(people.department)
    first, second = Report.objects.get(pk=report.pk), Report.objects.get(pk=report.pk)

    send_return(first, NOTHING, by=people.chief, at=AT)
    with pytest.raises(Refused):
        send_return(second, NOTHING, by=people.chief, at=AT)

    assert Delivery.objects.filter(report=report).count() == 1
    assert Snapshot.objects.filter(report=report).count() == 1


def test_an_empty_return_is_refused_with_the_way_to_a_nil_return(people):
    report = opened(people)

    with pytest.raises(Refused, match="không phát sinh"):
        send_return(report, NOTHING, by=people.chief, at=AT)
    with pytest.raises(Refused, match="không phát sinh"):
        hand_in_return(report, by=people.officer, at=AT)


def test_a_return_of_words_alone_can_be_sent(people):
    report = opened(people)
    write(report, "III.2", "Thiếu kinh phí cho truyền thông.", people.officer)

    assert send_return(report, NOTHING, by=people.chief, at=AT).status == "sent"


# ── late is written down, only a closed request refuses ────────────────────


def test_late_is_written_down_and_not_refused(people):
    report = sent(people, at=LATE)

    delivery = Delivery.objects.get(report=report)
    assert delivery.delay == datetime.timedelta(hours=2, minutes=10)
    assert Event.objects.about(report).get(verb="report.send_return").details["late"] == 7800


def test_in_time_is_not_late(people):
    assert Delivery.objects.get(report=sent(people)).delay is None


def test_an_extension_keeps_the_number_of_its_letter_and_is_not_late(people):
    report = opened(people)
    did(people.department)
    recipient = report.request.recipients.get()

    extend_return(recipient, LATE + datetime.timedelta(days=1), "2155/SLĐTBXH", by=people.editor, at=AT)
    report = send_return(report, NOTHING, by=people.chief, at=LATE)

    recipient.refresh_from_db()
    assert recipient.extension_letter == "2155/SLĐTBXH"
    assert report.request.letter_number == "2100/SLĐTBXH-TE&BĐG"
    assert Delivery.objects.get(report=report).delay is None


@pytest.mark.parametrize(("due", "letter"), [(DUE, "2155"), (DUE + datetime.timedelta(days=1), "")])
def test_an_extension_needs_a_later_time_and_a_letter(people, due, letter):
    recipient = opened(people).request.recipients.get()

    with pytest.raises(Refused):
        extend_return(recipient, due, letter, by=people.editor, at=AT)


def test_only_closing_the_request_closes_it_and_it_opens_again(people):
    report = opened(people)
    did(people.department)
    close_request(report.request, "Đã tổng hợp xong", by=people.editor, at=LATE)

    with pytest.raises(Refused, match="Đã tổng hợp xong"):
        send_return(report, NOTHING, by=people.chief, at=LATE)
    with pytest.raises(Refused, match="Đã tổng hợp xong"):
        send_nil(report, "Không có", by=people.chief, at=LATE)
    request = report.request
    request.refresh_from_db()
    reopen_request(request, "Nhận thêm", by=people.editor, at=LATE)

    assert send_return(report, NOTHING, by=people.chief, at=LATE).status == "sent"


def test_closing_needs_a_reason_and_the_asker(people):
    request = asked(people)

    with pytest.raises(Refused):
        close_request(request, "  ", by=people.editor, at=LATE)
    with pytest.raises(Refused):
        close_request(request, "Xong", by=people.chief, at=LATE)


def test_the_database_refuses_a_closed_request_without_a_reason(people):
    request = asked(people)

    with pytest.raises(IntegrityError, match="request_closed_has_a_reason"), transaction.atomic():
        type(request).objects.filter(pk=request.pk).update(closed_at=AT)


# ── nothing to report ──────────────────────────────────────────────────────


def test_a_nil_return_counts_as_sent_with_its_reason(people):
    report = opened(people)

    report = send_nil(report, "Đơn vị mới thành lập.", by=people.chief, at=AT)

    found = coverage(report.province, report.campaign, report.request)
    assert (report.status, found.sent, found.nil) == ("nil", 1, 1)
    assert [each.reason for each in found.nils] == ["Đơn vị mới thành lập."]


def test_a_nil_return_is_refused_while_there_are_activities(people):
    report = opened(people)
    did(people.department, status="draft")

    with pytest.raises(Refused, match="1 hoạt động"):
        send_nil(report, "Không có", by=people.chief, at=AT)


def test_a_cancelled_activity_does_not_stand_in_the_way_of_a_nil_return(people):
    report = opened(people)
    did(people.department, status="cancelled", cancel_reason="Hoãn")

    assert send_nil(report, "Hoãn vì bão", by=people.chief, at=AT).status == "nil"


def test_a_nil_return_needs_a_reason_and_the_head(people):
    report = opened(people)

    with pytest.raises(Refused):
        send_nil(report, "  ", by=people.chief, at=AT)
    with pytest.raises(Refused):
        send_nil(report, "Không có", by=people.officer, at=AT)


# ── withdrawn, sent back, accepted ─────────────────────────────────────────


def test_an_unopened_return_is_withdrawn_and_sent_again(people):
    report = withdraw_return(sent(people), by=people.chief, at=AT)
    assert report.status == "draft"

    report = send_return(report, NOTHING, by=people.chief, at=AT)

    assert report.status == "sent"
    assert sorted(report.deliveries.values_list("status", flat=True)) == ["sent", "withdrawn"]


def test_an_opened_return_is_not_withdrawn(people):
    report = mark_seen(sent(people), by=people.editor, at=AT)

    with pytest.raises(Refused):
        withdraw_return(report, by=people.chief, at=AT)

    report.refresh_from_db()
    assert report.status == "sent"


def test_a_return_that_came_back_is_written_anew_and_the_old_one_stays(people):
    report = opened(people)
    did(people.department)
    write(report, "II", "Lần đầu có đội truyền thông lưu động.", people.officer)
    report = send_return(report, NOTHING, by=people.chief, at=AT)

    new = give_back_return(report, [Remark("Ghi rõ số nữ")], by=people.editor, at=AT)
    report.refresh_from_db()
    assert (report.status, new.status, new.version) == ("returned", "draft", 2)
    assert new.sections.get(key="II").text.startswith("Lần đầu")
    assert Notice.objects.filter(department=people.department, key__startswith="return.return").count() == 1

    new = send_return(new, NOTHING, by=people.chief, at=AT)
    report.refresh_from_db()
    assert (report.status, new.status) == ("superseded", "sent")
    assert frozen(report.snapshot).cell("CT05.1").total == 50


def test_a_return_goes_back_only_with_something_that_must_be_fixed(people):
    report = sent(people)

    with pytest.raises(Refused):
        give_back_return(report, [Remark("Đẹp", kind="advice")], by=people.editor, at=AT)


def test_accepting_verifies_the_rows_without_a_flag_and_leaves_those_with_one(people):
    report = opened(people)
    clean, flagged = did(people.department, 50), did(people.department, 60)
    for row in (clean, flagged):
        row.outputs.filter(measure__code="CT05.1").update(female=25, male=25)
    flagged.outputs.filter(measure__code="CT05.1").update(female=None, male=None)
    make.activities.evidence(clean)
    make.activities.evidence(flagged)
    report = send_return(report, NOTHING, by=people.chief, at=AT)

    done = accept_return(report, by=people.editor, at=AT)

    clean.refresh_from_db(), flagged.refresh_from_db()
    assert (clean.status, flagged.status) == ("accepted", "sent")
    assert (done.accepted, done.flagged, done.report.status) == (1, 1, "accepted")
    assert Notice.objects.filter(department=people.department, key__startswith="return.accept").count() == 1


def test_accepting_leaves_rows_that_were_sent_after_the_return(people):
    report = sent(people)
    later = did(people.department, 9, status="sent", sent_at=AT + datetime.timedelta(hours=1))

    accept_return(report, by=people.editor, at=AT + datetime.timedelta(hours=2))

    later.refresh_from_db()
    assert later.status == "sent"


def test_the_department_does_not_accept_its_own_return(people):
    report = sent(people)

    with pytest.raises(Refused):
        accept_return(report, by=people.chief, at=AT)


def test_an_accepted_return_counts_in_the_coverage_with_those_missing_by_name(people):
    missing = who.department(people.department.unit, "Sở Du lịch")
    request = asked(people, people.department, missing)
    report = Report.objects.get(request=request, department=people.department)
    did(people.department)
    accept_return(send_return(report, NOTHING, by=people.chief, at=AT), by=people.editor, at=AT)

    found = coverage(request.province, request.campaign, request)

    assert (found.asked, found.sent) == (2, 1)
    assert [each.department for each in found.missing] == ["Sở Du lịch"]


@pytest.mark.parametrize("n", [1, 20])
def test_the_rows_of_a_return_are_read_in_the_same_few_queries(people, n, django_assert_max_num_queries):
    report = opened(people)
    for _n in range(n):
        did(people.department)

    with django_assert_max_num_queries(5):
        rows = rows_of(report, at=AT)

    assert len(rows.ready) == n
