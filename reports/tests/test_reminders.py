"""Reminders: once per step, to the editor and then the head, at most once a day, the letter as it was shown."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from campaigns.operations.requests import close_request
from provinces.models import Event, Notice
from provinces.tests import make as who
from provinces.workflow import Refused
from reports.models import Reminder
from reports.operations.reminders import mail_reminders, remind, write_due_reminders
from reports.operations.reports import RegistryFacts
from reports.operations.returns import send_return
from reports.queries.monitoring import Filters, lines_of, missing_lines, narrowed
from reports.queries.reminders import letter_of
from reports.tests.asking import AT, DUE, asked, did, office, opened

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def people():
    found = office()
    for seat, name in ((found.officer, "canbo"), (found.chief, "lanhdao")):
        seat.user.email = f"{name}@example.org"
        seat.user.save()
    return found


def recipients(request):
    return list(request.recipients.all())


def day(days, hour=8):
    return DUE.replace(hour=hour) + days * DAY


# ── by themselves ──────────────────────────────────────────────────────────


def test_three_days_before_the_editor_is_written_to_and_the_day_before_the_head(people):
    asked(people)

    write_due_reminders(at=day(-3))
    mail_reminders(at=day(-3))
    write_due_reminders(at=day(-1))
    mail_reminders(at=day(-1))
    write_due_reminders(at=day(1))
    mail_reminders(at=day(1))

    assert [letter.to for letter in mail.outbox] == [
        ["canbo@example.org"],
        ["lanhdao@example.org"],
        ["canbo@example.org", "lanhdao@example.org"],
    ]
    assert [row.step for row in Reminder.objects.all()] == ["soon", "eve", "overdue"]


def test_a_step_reminds_once_however_often_the_bell_rings(people):
    asked(people)

    for hour in (7, 8, 9):
        write_due_reminders(at=day(-3, hour))
        mail_reminders(at=day(-3, hour))
    write_due_reminders(at=day(-2))
    write_due_reminders(at=day(1))
    write_due_reminders(at=day(2))

    assert len(mail.outbox) == 1
    assert [row.step for row in Reminder.objects.all()] == ["soon", "overdue"]


def test_before_the_first_step_nobody_is_reminded(people):
    asked(people)

    assert write_due_reminders(at=day(-4)) == 0


def test_who_has_sent_is_not_reminded(people):
    report = opened(people)
    did(people.department)
    send_return(report, RegistryFacts(), by=people.chief, at=day(-5))

    assert write_due_reminders(at=day(-3)) == 0


def test_a_closed_request_reminds_nobody(people):
    request = asked(people)
    close_request(request, "Đã tổng hợp", by=people.editor, at=day(-4))

    assert write_due_reminders(at=day(1)) == 0


def test_an_extension_moves_the_steps_of_its_department(people):
    request = asked(people)
    request.recipients.update(due=DUE + 10 * DAY, extension_letter="2155")

    assert write_due_reminders(at=day(-1)) == 0
    assert write_due_reminders(at=day(8)) == 1


def test_without_the_head_s_address_whoever_has_one_is_written_to(people):
    people.chief.user.email = ""
    people.chief.user.save()
    asked(people)

    write_due_reminders(at=day(-1))
    mail_reminders(at=day(-1))

    assert [letter.to for letter in mail.outbox] == [["canbo@example.org"]]


# ── by the office ──────────────────────────────────────────────────────────


def test_the_letter_that_goes_is_the_letter_that_was_shown(people):
    request = asked(people)
    did(people.department, status="draft")
    line = lines_of(request, AT.date())[0]
    shown = letter_of(request, line, "by_hand", at=AT, words="Cần gấp cho Bộ.")

    remind(request, recipients(request), "Cần gấp cho Bộ.", by=people.editor, at=AT)
    mail_reminders(at=AT)

    assert mail.outbox[0].body == shown.text
    assert mail.outbox[0].subject == "[Tháng hành động 2023] Còn 1 ngày đến hạn gửi báo cáo"
    assert "Đơn vị đã ghi 1 hoạt động, 1 còn nháp" in shown.text
    assert "Cần gấp cho Bộ." in shown.text
    assert "Nói chuyện chuyên đề" not in shown.text


def test_a_letter_names_the_report_where_it_is_not_that_of_the_month(people):
    request = asked(people, kind="topical", subject="Phòng ngừa bạo lực")

    letter = letter_of(request, lines_of(request, AT.date())[0], "by_hand", at=AT)

    assert "Báo cáo được yêu cầu: Phòng ngừa bạo lực (Công văn số 2100/SLĐTBXH-TE&BĐG)." in letter.text


def test_a_unit_is_reminded_at_most_once_a_day(people):
    request = asked(people)

    remind(request, recipients(request), by=people.editor, at=AT)
    with pytest.raises(Refused):
        remind(request, recipients(request), by=people.editor, at=AT + datetime.timedelta(hours=3))
    write_due_reminders(at=AT + datetime.timedelta(hours=4))
    remind(request, recipients(request), by=people.editor, at=AT + DAY)

    assert [row.day for row in Reminder.objects.all()] == [AT.date(), (AT + DAY).date()]


def test_a_chat_is_noted_and_nothing_is_mailed(people):
    request = asked(people)

    remind(request, recipients(request), channel="chat", by=people.editor, at=AT)
    mail_reminders(at=AT)

    assert mail.outbox == []
    assert Notice.objects.filter(key__startswith="return.remind").exclude(mailed_at=None).count() == 1


def test_only_the_office_reminds(people):
    request = asked(people)

    with pytest.raises(Refused):
        remind(request, recipients(request), by=people.chief, at=AT)
    with pytest.raises(Refused):
        remind(request, recipients(request), by=people.stranger, at=AT)


def test_words_of_one_s_own_hold_no_number_of_a_person(people):
    request = asked(people)

    with pytest.raises(Refused):
        remind(request, recipients(request), "Gọi chị Lan 0912345678", by=people.editor, at=AT)


def test_a_press_writes_one_event(people):
    request = asked(people)

    remind(request, recipients(request), by=people.editor, at=AT)

    assert Event.objects.about(request).filter(verb="request.remind").count() == 1


def test_the_database_refuses_a_second_reminder_of_the_day(people):
    request = asked(people)
    remind(request, recipients(request), by=people.editor, at=AT)
    row = Reminder.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(recipient=row.recipient, step="overdue", day=row.day, subject="x", text="x", at=AT)


def test_a_letter_that_cannot_be_delivered_goes_with_the_next_round(people, settings):
    request = asked(people)
    remind(request, recipients(request), by=people.editor, at=AT)

    settings.EMAIL_BACKEND = "reports.tests.test_reminders.Broken"
    assert mail_reminders(at=AT) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert mail_reminders(at=AT) == 1
    assert mail_reminders(at=AT) == 0


class Broken:
    """A mail server that is not there."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, letters):
        raise OSError("no route")


# ── the table ──────────────────────────────────────────────────────────────


def test_the_table_puts_those_who_have_not_sent_first(people):
    tourism = who.department(people.department.unit, "Sở Du lịch")
    request = asked(people, people.department, tourism)
    did(people.department)
    send_return(request.reports.get(department=people.department), RegistryFacts(), by=people.chief, at=AT)

    lines = lines_of(request, AT.date())

    assert [line.state.name for line in lines] == ["Sở Du lịch", "Sở Y tế"]
    assert [line.state.name for line in missing_lines(lines)] == ["Sở Du lịch"]
    assert [line.state.name for line in narrowed(lines, Filters(text="y te"))] == ["Sở Y tế"]
    assert [line.state.name for line in narrowed(lines, Filters(stands="da-gui"))] == ["Sở Y tế"]


@pytest.mark.parametrize("n", [1, 170])
def test_the_table_takes_the_same_queries_for_1_and_for_170(people, n, django_assert_max_num_queries):
    bodies = [who.department(people.department.unit, f"Sở {at}") for at in range(n)]
    request = asked(people, *bodies)

    with django_assert_max_num_queries(16):
        assert len(lines_of(request, AT.date())) == n


@pytest.mark.parametrize("n", [1, 170])
def test_reminding_takes_the_same_queries_for_1_and_for_170(people, n, django_assert_max_num_queries):
    bodies = [who.department(people.department.unit, f"Sở {at}") for at in range(n)]
    request = asked(people, *bodies)

    with django_assert_max_num_queries(35):
        assert len(remind(request, recipients(request), by=people.editor, at=AT)) == n
