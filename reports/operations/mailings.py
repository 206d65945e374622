"""The e-mail that carries a sent report: put in with the delivery, mailed once in the background, sent again by hand.

A row is claimed before its letter goes and given back only when the server refused it, so that two workers at once
mail nothing twice. Where a worker died in between nobody knows whether the letter went: the row says so.
"""

import datetime
import logging
from io import BytesIO

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from provinces.models import Department, Seat
from provinces.queries import address_of, heirs_of
from provinces.storage import file_path
from provinces.vietnamese import capitalise, format_date
from provinces.workflow import Refused, record_event
from reports.documents import FORMATS
from reports.models import Delivery, Mailing, Report
from reports.operations import telling
from reports.papers.letterheads import full_name
from reports.papers.report import paper_of

Status = Mailing.Status
MOST_ATTEMPTS = 3
UNHEARD = datetime.timedelta(minutes=10)  # a worker that has not come back by then is taken for dead
FILES = {".pdf": "application/pdf", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
STEMS = {".xlsx": "phu-luc", ".csv": "so-lieu", ".json": "so-lieu"}
log = logging.getLogger(__name__)


def address_for(body: Department, day: datetime.date) -> str:
    """The address of a body for documents, or of what succeeded it; empty when nobody has typed one."""
    if body.email:
        return body.email
    heirs = Department.objects.on(day).filter(pk__in=heirs_of([body.pk])[body.pk]).exclude(email="").order_by("id")
    return next(iter(heirs.values_list("email", flat=True)), "")


def put_in_the_mail(delivery: Delivery, *, by: Seat, at: datetime.datetime) -> Mailing | None:
    """Part of sending: the e-mail that will carry the document; none where the receiver has no address."""
    address = address_for(delivery.to, timezone.localtime(at).date())
    return Mailing.objects.create(delivery=delivery, address=address, at=at, by=by) if address else None


def take_out_of_the_mail(report: Report, *, at: datetime.datetime) -> None:
    """Part of withdrawing: what has not gone yet does not go any more."""
    rows = Mailing.objects.filter(delivery__report=report, status=Status.WAITING)
    rows.update(status=Status.STOPPED, done_at=at)


@transaction.atomic
def mail_again(delivery: Delivery, *, by: Seat, at: datetime.datetime) -> Mailing:
    """Mail the document of a delivery once more: the first letter failed, was lost, or there was no address then."""
    report = delivery.report
    if "own_editor" not in report.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    if delivery.status == Delivery.Status.WITHDRAWN or report.status not in {"sent", "accepted"}:
        raise Refused(_("The report is not with the receiver, so it is not mailed"))
    try:
        with transaction.atomic():
            mailing = put_in_the_mail(delivery, by=by, at=at)
    except IntegrityError:
        raise Refused(_("The e-mail is on its way already")) from None
    if mailing is None:
        raise Refused(_("The receiver has no e-mail address for documents"))
    record_event("report.mail", report, by=by, at=at)
    return mailing


def mail_reports(*, at: datetime.datetime) -> int:
    """Mail what waits; returns how many letters went. What a dead worker began is left to a person."""
    lost = Mailing.objects.filter(status=Status.SENDING, begun_at__lt=at - UNHEARD)
    lost.update(status=Status.UNCLEAR, done_at=at)
    waiting = Mailing.objects.filter(status=Status.WAITING).order_by("id")
    rows = list(waiting.select_related("delivery__report__campaign", "delivery__report__scan", "delivery__to"))
    connection = get_connection() if rows else None
    return sum(_mail(row, connection, at) for row in rows)


def _mail(row: Mailing, connection, at: datetime.datetime) -> int:
    mine = Mailing.objects.filter(pk=row.pk, status=Status.WAITING)
    if not mine.update(status=Status.SENDING, begun_at=at, attempts=F("attempts") + 1):
        return 0
    try:
        sent = letter_of(row, connection, at).send()
    except OSError as fault:  # SMTP errors are OSErrors; an address is not written into the log
        log.error("A report was not mailed: %s", type(fault).__name__)
        _refused(row, type(fault).__name__, at)
        return 0
    Mailing.objects.filter(pk=row.pk).update(status=Status.SENT, done_at=at, fault="")
    record_event("report.mailed", row.delivery.report, by=None, at=at)
    return sent


@transaction.atomic
def _refused(row: Mailing, fault: str, at: datetime.datetime) -> None:
    row.refresh_from_db(fields=["attempts"])
    given_up = row.attempts >= MOST_ATTEMPTS
    status = Status.FAILED if given_up else Status.WAITING
    Mailing.objects.filter(pk=row.pk).update(status=status, fault=fault, done_at=at if given_up else None)
    if given_up:
        record_event("report.mail_failed", row.delivery.report, by=None, at=at)
        telling.tell_report_not_mailed(row.delivery.report, at=at)


def letter_of(row: Mailing, connection, at: datetime.datetime) -> EmailMessage:
    """The letter: what is attached, from whom, where to answer; Vietnamese, as the document is."""
    report, day = row.delivery.report, timezone.localtime(at).date()
    issuer = capitalise(full_name(report.issuer, report.dated or report.campaign.closes_on))
    paper = paper_of(report)
    named = f"Báo cáo số {'/'.join(filter(None, (report.number or '…', report.symbol)))}"
    dated = f" ngày {format_date(report.dated)}" if report.dated else ""
    parts = [
        f"Kính gửi: {capitalise(full_name(row.delivery.to, day))}",
        f"{issuer} gửi {named}{dated}: {paper.subject}.",
        "Tệp kèm theo: văn bản (PDF)" + (" đã ký" if report.scan else "") + ", phụ lục số liệu (XLSX).",
        f"Xem, tiếp nhận hoặc trả lại: {settings.BASE_URL}{_page(report)}",
        "Thư tự động, không trả lời." + (f" Hỗ trợ: {settings.SUPPORT_PHONE}." if settings.SUPPORT_PHONE else ""),
    ]
    subject = f"[Tháng hành động {report.campaign.year}] {issuer}: {named}"
    letter = EmailMessage(subject[:200], "\n\n".join(parts) + "\n", to=[row.address], connection=connection)
    for suffix, kind in FILES.items():
        letter.attach(f"{file_stem(report, suffix)}{suffix}", _bytes(report, paper, suffix), kind)
    return letter


def file_stem(report: Report, suffix: str) -> str:
    """bao-cao-quang-ninh-2023; the annexes are phu-luc-…, a supplement and a later version say which."""
    stem = STEMS.get(suffix, "bao-cao")
    which = f"-bo-sung-{report.supplement_no}" if report.supplement_no else ""
    version = f"-ban-{report.version}" if report.version > 1 and not which else ""
    return f"{stem}{which}-{address_of(report.province, report.campaign.year)}-{report.campaign.year}{version}"


def _bytes(report: Report, paper, suffix: str) -> bytes:
    """The signed copy where there is one, byte for byte; otherwise the print."""
    if suffix == ".pdf" and report.scan and file_path(report.scan.sha256).exists():
        return file_path(report.scan.sha256).read_bytes()
    data = BytesIO()
    FORMATS[suffix].write(paper, data)
    return data.getvalue()


def _page(report: Report) -> str:
    where = {"t": address_of(report.province, report.campaign.year), "y": report.campaign.year}
    return reverse("report_review", kwargs={**where, "id": report.public_id})
