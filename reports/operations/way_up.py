"""The way up: sent, seen, withdrawn unopened, returned with comments, accepted; deliveries move with the report."""

import dataclasses
import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.operations.guards import clean_text, refuse_locked_year
from provinces.models import Department, Seat
from provinces.workflow import Refused, find_move, move, record_event
from reports.models import Delivery, Report, ReportComment, ReportPhoto, ReportSection
from reports.operations import telling
from reports.operations.mailings import put_in_the_mail, take_out_of_the_mail

Status = Report.Status
ON_THE_WAY = (Delivery.Status.SENT, Delivery.Status.SEEN)


@dataclasses.dataclass(frozen=True)
class Remark:
    """A remark before it is sent: must be fixed or advice, about a section or the whole."""

    text: str
    kind: str = ReportComment.Kind.MUST
    anchor: str = ""


@transaction.atomic
def send_report(report: Report, *, to: Department, by: Seat, at: datetime.datetime) -> Report:
    """Send an issued report to one department, by mail too where it has an address; what it replaces is history."""
    refuse_locked_year(report)
    if to.pk == report.issuer_id:
        raise Refused(_("A report is not sent to its own issuer"), field="to")
    report = move(report, Status.SENT, by=by, at=at, details={"to": to.pk})
    try:
        with transaction.atomic():
            delivery = Delivery.objects.create(report=report, to=to, sent_at=at, sent_by=by)
    except IntegrityError:
        raise Refused(_("The report is on its way there already")) from None
    retire(report.supersedes, by, at)
    put_in_the_mail(delivery, by=by, at=at)
    telling.tell_report_sent(delivery, by=by, at=at)
    return report


def retire(old: Report | None, by: Seat, at: datetime.datetime) -> None:
    """The returned version that a sent one replaces is history from now on; what a supplement adds to stays."""
    if old is not None and find_move(old, Status.SUPERSEDED):
        move(old, Status.SUPERSEDED, by=by, at=at)


@transaction.atomic
def mark_seen(report: Report, *, by: Seat, at: datetime.datetime) -> Report:
    """Note that the receiver has opened the report, which can then no longer be withdrawn; once is enough."""
    own = Delivery.objects.filter(report=report, to__in=by.reach.departments, status=Delivery.Status.SENT)
    if own.update(status=Delivery.Status.SEEN, seen_at=at, seen_by=by):
        record_event("report.seen", report, by=by, at=at)
        if report.kind != Report.Kind.RETURN:
            telling.tell_report_seen(report, by=by, at=at)
    return report


@transaction.atomic
def withdraw_report(report: Report, *, by: Seat, at: datetime.datetime) -> Report:
    """Take back a report that nobody has opened; it is issued and not sent again."""
    refuse_locked_year(report)
    report = move(report, Status.ISSUED, by=by, at=at)
    Delivery.objects.filter(report=report, status=Delivery.Status.SENT).update(status=Delivery.Status.WITHDRAWN)
    if report.deliveries.filter(status=Delivery.Status.SEEN).exists():
        raise Refused(_("The receiver has opened the report already; it can no longer be withdrawn"))
    take_out_of_the_mail(report, at=at)
    return report


@transaction.atomic
def return_report(report: Report, remarks: Sequence[Remark], *, by: Seat, at: datetime.datetime) -> Report:
    """Send a report back with remarks, one at least a must, and open its next version; answers that new version."""
    said = [_cleaned(each) for each in remarks if each.text.strip()]
    if not any(each.kind == ReportComment.Kind.MUST for each in said):
        raise Refused(_("A return needs at least one “Must fix” comment"))
    must = sum(each.kind == ReportComment.Kind.MUST for each in said)
    report = move(report, Status.RETURNED, by=by, at=at, details={"comments": len(said), "must": must})
    _decide(report, Delivery.Status.RETURNED, by, at)
    ReportComment.objects.bulk_create(
        ReportComment(report=report, kind=each.kind, anchor=each.anchor, text=each.text, by=by, at=at) for each in said
    )
    new = next_version(report, at)
    if report.kind != Report.Kind.RETURN:
        telling.tell_report_returned(report, new, by=by, at=at)
    return new


def _cleaned(remark: Remark) -> Remark:
    text = clean_text(remark.text, label=_("Comment"), field="text", longest=4000)
    return dataclasses.replace(remark, text=text)


@transaction.atomic
def accept_report(report: Report, *, by: Seat, at: datetime.datetime) -> Report:
    """Accept a report; from now on only a supplement changes what it says."""
    report = move(report, Status.ACCEPTED, by=by, at=at)
    _decide(report, Delivery.Status.ACCEPTED, by, at)
    if report.kind != Report.Kind.RETURN:
        telling.tell_report_accepted(report, by=by, at=at)
    return report


def _decide(report: Report, status: str, by: Seat, at: datetime.datetime) -> None:
    """Move the receiver's own delivery with the report; deciding is also seeing."""
    own = report.deliveries.filter(to__in=by.reach.departments, status__in=ON_THE_WAY)
    own.filter(seen_at=None).update(seen_at=at, seen_by=by)
    own.update(status=status, decided_at=at, decided_by=by)


def next_version(old: Report, at: datetime.datetime, **changes) -> Report:
    """A draft with the same figures and texts, numbered one higher; the old one stays readable."""
    same = dict(
        lineage=old.lineage,
        version=old.version + 1,
        supersedes=old,
        kind=old.kind,
        request=old.request,
        campaign=old.campaign,
        province=old.province,
        department=old.department,
        issuer=old.issuer,
        snapshot=old.snapshot,
        symbol=old.symbol,
        signer_lines=old.signer_lines,
        signer=old.signer,
        supplement_no=old.supplement_no,
        supplement_reason=old.supplement_reason,
        created_by=old.created_by,
        created_at=at,
    )
    new = Report.objects.create(**{**same, **changes})
    ReportSection.objects.bulk_create(
        ReportSection(
            report=new,
            key=each.key,
            text=each.text,
            drafted=each.drafted,
            drafted_text=each.drafted_text,
            edited_by=each.edited_by,
            edited_at=each.edited_at,
            kept_by=each.kept_by,
            kept_at=each.kept_at,
        )
        for each in old.sections.order_by("id")
    )
    if new.kind == old.kind:  # a supplement brings no old photos again
        ReportPhoto.objects.bulk_create(
            ReportPhoto(
                report=new, activity=each.activity, file=each.file, caption=each.caption, position=each.position
            )
            for each in old.photos.select_related("activity", "file")
        )
    return new
