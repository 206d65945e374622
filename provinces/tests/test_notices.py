"""Notices and letters: told once, mailed once, in the reader's language, and to nobody else."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext_noop

from provinces import notices
from provinces.models import DepartmentSuccession, Notice, User
from provinces.operations.accounts import change_email
from provinces.operations.letters import send_digests
from provinces.operations.notices import mark_read, notify, notify_each
from provinces.queries import heirs_of
from provinces.tasks import send_digests as send_digests_task
from provinces.tests import make
from provinces.tests.make import NOW

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
SENTENCE = gettext_noop("Question about a task\n%(department)s asks about a task of the plan of %(year)s. Answer it")
SLOTS = {"department": "Sở Tư pháp", "year": "2023"}


@pytest.fixture
def quang_ninh():
    return make.province()


@pytest.fixture
def justice(quang_ninh):
    return make.department(quang_ninh)


def told(department, key="hoi/1", role="", sentence=SENTENCE, slots=SLOTS, at=NOW):
    return notify(department, role, key, sentence, slots, "/quang-ninh/2023/nhiem-vu/", at=at)


def reader(department, role="editor", email="so@example.vn", **person):
    seat = make.seat(department, role)
    type(seat.user).objects.filter(pk=seat.user_id).update(email=email, **person)
    seat.user.refresh_from_db()
    return seat


def as_(seat):
    client = Client()
    client.force_login(seat.user)
    return client


# ── told ───────────────────────────────────────────────────────────────────


def test_the_same_step_is_told_once(justice):
    first = told(justice)
    again = told(justice, slots={**SLOTS, "year": "2024"}, at=NOW + DAY)

    assert again == first
    assert Notice.objects.get().slots == SLOTS


def test_many_departments_are_told_in_one_query(justice, quang_ninh, django_assert_num_queries):
    communes = [make.department(quang_ninh, f"UBND xã {n}", kind="ubnd_xa") for n in range(40)]
    said = {row.pk: (SENTENCE, SLOTS) for row in [justice, *communes]}

    with django_assert_num_queries(1):
        notify_each(said, "", "giao/1", at=NOW)
    notify_each(said, "", "giao/1", at=NOW)

    assert Notice.objects.count() == 41


@pytest.mark.parametrize(
    ("role", "heard"),
    [("editor", {"", "editor"}), ("approver", {"", "editor", "approver"}), ("viewer", {""}), ("admin", {""})],
)
def test_who_hears_what(justice, role, heard):
    for each in ("", "editor", "approver"):
        told(justice, role=each)

    assert {row.role for row in notices.notices_for(make.seat(justice, role))} == heard


def test_the_successor_reads_what_its_predecessor_was_told(justice, quang_ninh):
    heir, stranger = make.department(quang_ninh, "Sở Nội vụ"), make.department(quang_ninh, "Sở Y tế")
    DepartmentSuccession.objects.create(predecessor=justice, successor=heir, on=NOW.date())
    told(justice)

    assert notices.unread(make.seat(heir)) == 1
    assert notices.unread(make.seat(stranger)) == 0


def test_heirs_are_followed_to_the_end(justice, quang_ninh, django_assert_num_queries):
    second, third = make.department(quang_ninh, "Hai"), make.department(quang_ninh, "Ba")
    for old, new in ((justice, second), (second, third)):
        DepartmentSuccession.objects.create(predecessor=old, successor=new, on=NOW.date())

    with django_assert_num_queries(2):
        found = heirs_of([justice.pk, third.pk])

    assert found == {justice.pk: {justice.pk, second.pk, third.pk}, third.pk: {third.pk}}


def test_a_notice_speaks_the_language_of_its_reader(justice, settings):
    notice = told(justice)

    assert notices.said(notice).heading == "Câu hỏi về nhiệm vụ"
    page = as_(reader(justice, language="en")).get(reverse("notices")).content.decode()
    assert "Sở Tư pháp asks about a task of the plan of 2023. Answer it" in page


def test_a_notice_with_a_slot_that_is_missing_is_shown_raw(justice):
    assert notices.said(told(justice, slots={})).heading == "Question about a task"


# ── read ───────────────────────────────────────────────────────────────────


def test_reading_marks_only_what_the_seat_may_read(justice, quang_ninh):
    other = make.department(quang_ninh, "Sở Y tế")
    mine, theirs, heads = told(justice), told(other), told(justice, role="approver")

    assert mark_read([mine.pk, theirs.pk, heads.pk], by=make.seat(justice), at=NOW) == 1
    assert set(Notice.objects.filter(read_at=None)) == {theirs, heads}


def test_the_page_counts_lists_and_marks(justice):
    told(justice), told(justice, key="hoi/2")
    seat = reader(justice)
    client = as_(seat)

    page = client.get(reverse("notices")).content.decode()
    assert "Câu hỏi về nhiệm vụ" in page
    assert "<b>(2)</b>" in page
    assert 'href="/quang-ninh/2023/nhiem-vu/"' in page
    assert client.get(reverse("notices_read")).status_code == 405

    assert client.post(reverse("notices_read")).status_code == 302
    assert "<b>(2)</b>" not in client.get(reverse("notices")).content.decode()
    assert not Notice.objects.filter(read_at=None).exists()


def test_one_notice_can_be_marked(justice):
    first, second = told(justice), told(justice, key="hoi/2")
    client = as_(reader(justice))

    client.post(reverse("notices_read"), {"notice": first.pk})
    client.post(reverse("notices_read"), {"notice": "x"})

    assert list(Notice.objects.filter(read_at=None)) == [second]


def test_the_list_of_notices_asks_the_same_for_one_and_for_many(justice, django_assert_max_num_queries):
    client = as_(reader(justice))
    told(justice)
    client.get(reverse("notices"))
    with django_assert_max_num_queries(15) as first:
        client.get(reverse("notices"))
    for n in range(28):
        told(justice, key=f"x/{n}")
    with django_assert_max_num_queries(len(first)):
        client.get(reverse("notices"))


# ── mailed ─────────────────────────────────────────────────────────────────


def test_a_round_sends_one_letter_and_the_next_sends_none(justice):
    told(justice), told(justice, key="hoi/2")
    reader(justice)

    assert (send_digests(at=NOW), send_digests(at=NOW + DAY)) == (1, 0)
    letter = mail.outbox[0]
    assert letter.subject == "[Tháng hành động 2023] 2 thông báo về việc của đơn vị"
    assert letter.to == ["so@example.vn"]
    assert "Kính gửi: Sở Tư pháp" in letter.body
    assert letter.body.count("Câu hỏi về nhiệm vụ") == 2
    assert "/quang-ninh/2023/nhiem-vu/" in letter.body


def test_without_the_mark_a_letter_would_go_twice(justice):
    notice = told(justice)
    reader(justice)
    send_digests(at=NOW)
    Notice.objects.filter(pk=notice.pk).update(mailed_at=None)

    assert send_digests(at=NOW) == 1


def test_one_notice_gives_its_letter_its_own_subject_and_an_address_that_works(justice, settings):
    settings.BASE_URL = "https://thang-hanh-dong.example.vn"
    told(justice)
    reader(justice)

    send_digests(at=NOW)

    assert mail.outbox[0].subject == "[Tháng hành động 2023] Câu hỏi về nhiệm vụ"
    assert "https://thang-hanh-dong.example.vn/quang-ninh/2023/nhiem-vu/" in mail.outbox[0].body


def test_a_letter_is_in_the_language_of_its_reader(justice):
    told(justice)
    reader(justice, email="vi@example.vn")
    reader(justice, email="en@example.vn", language="en")

    assert send_digests(at=NOW) == 2
    subjects = {letter.to[0]: letter.subject for letter in mail.outbox}
    assert subjects["en@example.vn"] == "[Action Month 2023] Question about a task"
    assert subjects["vi@example.vn"] == "[Tháng hành động 2023] Câu hỏi về nhiệm vụ"


def test_what_is_for_the_head_goes_to_the_head_only(justice):
    told(justice, role="approver")
    reader(justice, email="canbo@example.vn")
    reader(justice, "approver", email="lanhdao@example.vn")

    assert send_digests(at=NOW) == 1
    assert mail.outbox[0].to == ["lanhdao@example.vn"]


def test_a_person_with_two_roles_gets_one_letter(justice):
    seat = reader(justice)
    make.seat(justice, "approver", seat.user)
    told(justice), told(justice, role="approver")

    assert send_digests(at=NOW) == 1
    assert mail.outbox[0].body.count("Câu hỏi về nhiệm vụ") == 2


@pytest.mark.parametrize("person", [{"email": ""}, {"is_active": False}])
def test_nobody_to_write_to_leaves_the_notice_for_later(justice, person):
    notice = told(justice)
    reader(justice, **person)

    assert send_digests(at=NOW) == 0
    notice.refresh_from_db()
    assert notice.mailed_at is None


def test_a_seat_that_has_ended_gets_no_letter(justice):
    told(justice)
    seat = reader(justice)
    type(seat).objects.filter(pk=seat.pk).update(valid_to=(NOW - DAY).date())

    assert send_digests(at=NOW) == 0


def test_the_successor_gets_the_letter_of_a_department_that_ended(justice, quang_ninh):
    heir = make.department(quang_ninh, "Sở Nội vụ")
    DepartmentSuccession.objects.create(predecessor=justice, successor=heir, on=NOW.date())
    told(justice)
    reader(heir)

    assert send_digests(at=NOW) == 1
    assert "Kính gửi: Sở Nội vụ" in mail.outbox[0].body


def test_what_is_older_than_two_weeks_is_not_mailed(justice):
    told(justice, at=NOW - 15 * DAY)
    reader(justice)

    assert send_digests(at=NOW) == 0


def test_when_the_mail_server_is_away_the_next_round_sends(justice, settings):
    told(justice)
    reader(justice)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert send_digests(at=NOW) == 0
    assert Notice.objects.get().mailed_at is None

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_digests(at=NOW + DAY) == 1


def test_the_bell_only_calls_the_operation(justice):
    told(justice, at=datetime.datetime.now(datetime.UTC))
    reader(justice)

    assert send_digests_task(unknown="from a newer caller") == 1
    assert send_digests_task() == 0


def test_letters_ask_the_same_for_one_department_and_for_many(quang_ninh, django_assert_num_queries):
    bodies = [make.department(quang_ninh, f"UBND xã {n}", kind="ubnd_xa") for n in range(30)]
    for n, body in enumerate(bodies):
        reader(body, email=f"xa{n}@example.vn")
    told(bodies[0])
    with django_assert_num_queries(5):
        send_digests(at=NOW)
    notify_each({body.pk: (SENTENCE, SLOTS) for body in bodies}, "", "giao/1", at=NOW)
    with django_assert_num_queries(4 + len(bodies)):
        send_digests(at=NOW)


# ── the address ────────────────────────────────────────────────────────────


def test_a_person_gives_the_address_for_letters(justice):
    seat = make.seat(justice)
    client = as_(seat)

    assert client.post(reverse("account_email"), {"email": "can.bo@example.vn"}).status_code == 302
    seat.user.refresh_from_db()
    assert seat.user.email == "can.bo@example.vn"
    assert "can.bo@example.vn" in client.get(reverse("account")).content.decode()

    refused = client.post(reverse("account_email"), {"email": "can.bo"})
    assert refused.status_code == 422
    assert "Nhập địa chỉ thư điện tử" in refused.content.decode()
    assert 'value="can.bo"' in refused.content.decode()


def test_the_address_can_be_taken_away_and_the_log_says_so(justice):
    seat = reader(justice)

    change_email(seat.user, "", by=seat, at=NOW)

    seat.user.refresh_from_db()
    assert seat.user.email == ""


def test_the_administrator_gives_the_address_with_the_account(quang_ninh):
    client = as_(make.seat(make.office(quang_ninh), "admin"))
    body = make.department(quang_ninh, "Sở Y tế")
    typed = {
        "full_name": "Cán bộ Sở Y tế",
        "username": "qn.soyte",
        "email": "soyte@example.vn",
        "password": "mot cau ngan 15.11",
        "department": body.pk,
        "role": "editor",
    }

    answer = client.post("/quan-tri/quang-ninh/nguoi-dung/them", typed)

    assert answer.status_code == 302
    assert User.objects.get(username="qn.soyte").email == "soyte@example.vn"
