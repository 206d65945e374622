"""The e-mail that carries a sent report: once, with the document, and a failure is seen and can be sent again."""

import dataclasses
import datetime
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from provinces.models import Department, Event, Notice
from provinces.operations.files import store_file
from provinces.tests import make as who
from provinces.tests.make import NOW
from provinces.workflow import Refused
from reports.models import Mailing
from reports.operations.mailings import address_for, mail_again, mail_reports
from reports.operations.reports import issue_report, lock_report
from reports.operations.way_up import mark_seen, send_report, withdraw_report
from reports.tests.test_way_up import FACTS, World

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
BOX = "ban@example.gov.vn"


@pytest.fixture
def world():
    made = World()
    Department.objects.filter(pk=made.ban.pk).update(email=BOX)
    made.ban.refresh_from_db()
    return made


@pytest.fixture
def no_server(monkeypatch):
    def refuse(self, letters):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def test_a_sent_report_is_mailed_once_with_the_document(world):
    world.sent()
    assert mail_reports(at=NOW) == 1
    assert mail_reports(at=NOW + MINUTE) == 0
    letter = mail.outbox[0]
    assert letter.to == [BOX]
    assert "Báo cáo số 12/BC-SLĐTBXH ngày 05/01/2024" in letter.body
    assert [name for name, _data, _kind in letter.attachments] == [
        "bao-cao-quang-ninh-2023.pdf",
        "phu-luc-quang-ninh-2023.xlsx",
    ]
    assert letter.attachments[0][1].startswith(b"%PDF-")
    assert Mailing.objects.get().status == "sent"


def test_the_signed_copy_goes_where_there_is_one(world):
    scan = store_file(b"%PDF-1.7 signed", "da-ky.pdf", "scan", owner=world.so, by=world.head, at=NOW)
    locked = lock_report(world.compiled(), by=world.head, at=NOW)
    issued = issue_report(locked, dataclasses.replace(FACTS, scan=scan), by=world.head, at=NOW)
    send_report(issued, to=world.ban, by=world.head, at=NOW)
    mail_reports(at=NOW)
    assert mail.outbox[0].attachments[0][1] == b"%PDF-1.7 signed"


def test_without_an_address_nothing_is_mailed_until_there_is_one(world):
    Department.objects.update(email="")
    world.ban.refresh_from_db()
    sent = world.sent()
    assert mail_reports(at=NOW) == 0
    delivery = sent.deliveries.get()
    with pytest.raises(Refused):
        mail_again(delivery, by=world.editor, at=NOW)
    Department.objects.filter(pk=world.ban.pk).update(email=BOX)
    delivery.to.refresh_from_db()
    mail_again(delivery, by=world.editor, at=NOW)
    assert mail_reports(at=NOW) == 1


def test_a_successors_address_serves(world):
    heir = who.department(world.province, "Ban mới")
    Department.objects.filter(pk=world.ban.pk).update(email="")
    world.ban.refresh_from_db()
    Department.objects.filter(pk=heir.pk).update(email="moi@example.vn")
    world.ban.successions.get_or_create(successor=heir, on=datetime.date(2025, 3, 1))
    assert address_for(world.ban, datetime.date(2026, 1, 1)) == "moi@example.vn"


def test_a_refused_letter_is_tried_three_times_then_said_and_sent_again_by_hand(world, no_server, monkeypatch):
    sent = world.sent()
    for no in range(1, 4):
        assert mail_reports(at=NOW + no * 10 * MINUTE) == 0
    row = Mailing.objects.get()
    assert (row.status, row.attempts, row.fault) == ("failed", 3, "SMTPServerDisconnected")
    assert Event.objects.filter(verb="report.mail_failed").count() == 1
    assert Notice.objects.filter(department=world.so, key__startswith="report.not_mailed").count() == 1
    monkeypatch.undo()
    mail_again(sent.deliveries.get(), by=world.head, at=NOW + 60 * MINUTE)
    with pytest.raises(Refused):
        mail_again(sent.deliveries.get(), by=world.head, at=NOW + 60 * MINUTE)
    assert mail_reports(at=NOW + 60 * MINUTE) == 1


def test_two_workers_at_once_mail_one_letter(world, monkeypatch):
    world.sent()
    real = EmailBackend.send_messages

    def nosy(self, letters):
        assert mail_reports(at=NOW) == 0
        return real(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", nosy)
    assert mail_reports(at=NOW) == 1
    assert len(mail.outbox) == 1


def test_a_letter_whose_worker_died_is_not_sent_again_by_itself(world):
    world.sent()
    Mailing.objects.update(status="sending", begun_at=NOW, attempts=1)
    assert mail_reports(at=NOW + 11 * MINUTE) == 0
    assert Mailing.objects.get().status == "unclear"
    assert mail.outbox == []


def test_a_withdrawn_report_is_not_mailed_any_more(world):
    sent = world.sent()
    withdraw_report(sent, by=world.head, at=NOW)
    assert mail_reports(at=NOW) == 0
    assert Mailing.objects.get().status == "stopped"


def test_a_stranger_mails_nothing(world):
    sent = world.sent()
    mark_seen(sent, by=world.member, at=NOW)
    with pytest.raises(Refused):
        mail_again(sent.deliveries.get(), by=world.member, at=NOW)
