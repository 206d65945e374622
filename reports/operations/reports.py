"""The life of a report until it goes up: opened, locked, unlocked, issued."""

import dataclasses
import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Request
from campaigns.operations.guards import clean_line, clean_text, refuse_locked_year, refuse_out_of_force, refuse_unsigned
from provinces.models import Department, Duty, File, Seat, Unit
from provinces.workflow import Refused, move, record_event
from reports.models import Job, Report, ReportSection
from reports.operations import telling
from reports.operations.texts import refuse_unsettled
from reports.outline import KEYS
from reports.queries.supplements import changes_of

OPEN = ("draft", "waiting_head", "locked", "issued", "sent", "nil")


@dataclasses.dataclass(frozen=True)
class RegistryFacts:
    """What the registry writes on the signed paper; number and symbol as typed."""

    number: str = ""
    symbol: str = ""
    dated: datetime.date | None = None
    signer_lines: str = ""
    signer: str = ""
    number_unknown: bool = False
    scan: File | None = None


@transaction.atomic
def open_report(
    campaign: Campaign,
    province: Unit,
    *,
    department: Department,
    issuer: Department,
    request: Request | None = None,
    by: Seat,
    at: datetime.datetime,
) -> Report:
    """Open the province's report of the month with all its sections; the one that is open already is found again."""
    report = Report(
        kind=Report.Kind.REPORT,
        campaign=campaign,
        province=province,
        department=department,
        issuer=issuer,
        request=request,
        created_by=by,
        created_at=at,
    )
    _refuse_opening(report, by)
    return _opened(report, by, at)


@transaction.atomic
def open_report_for_system(
    campaign: Campaign, province: Unit, *, department: Department, issuer: Department, at: datetime.datetime
) -> Report:
    """Open the province's report for the command line, which acts for nobody; what is open already is found again."""
    report = Report(
        kind=Report.Kind.REPORT,
        campaign=campaign,
        province=province,
        department=department,
        issuer=issuer,
        created_at=at,
    )
    refuse_locked_year(report)
    return _opened(report, None, at)


def _opened(report: Report, by: Seat | None, at: datetime.datetime) -> Report:
    same = {"kind": report.kind, "department": report.department, "campaign": report.campaign}
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        return Report.objects.get(**same, request=report.request, status__in=OPEN)
    ReportSection.objects.bulk_create(ReportSection(report=report, key=key) for key in KEYS)
    record_event("report.open", report, by=by, at=at, details={"department": report.department_id})
    return report


def _refuse_opening(report: Report, by: Seat) -> None:
    refuse_locked_year(report)
    refuse_out_of_force(report.department, report.duty_day, field="department")
    refuse_out_of_force(report.issuer, report.duty_day, field="issuer")
    own = {report.department_id, report.issuer_id} & by.reach.departments
    if not by.writes or not own:
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    if report.province.level == Unit.Level.COUNTRY:
        if not by.holds(Duty.Kind.MINISTRY, report.province, report.duty_day):
            raise Refused(_("The report of the country is compiled by the ministry"))
        return
    if not by.holds(Duty.Kind.STANDING_OFFICE, report.province, report.duty_day):
        raise Refused(_("The report of a province is compiled by its standing office"))


@transaction.atomic
def hand_in_report(report: Report, *, by: Seat, at: datetime.datetime) -> Report:
    """The editor lays the report before the head."""
    refuse_locked_year(report)
    _refuse_without_figures(report)
    report = move(report, Report.Status.WAITING_HEAD, by=by, at=at)
    telling.tell_report_handed_in(report, by=by, at=at)
    return report


@transaction.atomic
def take_back_report(report: Report, *, by: Seat, at: datetime.datetime) -> Report:
    """The editor goes on writing before the head has signed."""
    refuse_locked_year(report)
    return move(report, Report.Status.DRAFT, by=by, at=at)


@transaction.atomic
def give_back_report(report: Report, comment: str, *, by: Seat, at: datetime.datetime) -> Report:
    """The head gives the report back to who writes it, and says why."""
    refuse_locked_year(report)
    comment = clean_text(comment, label=_("Comment"), field="comment", longest=4000)
    if not comment:
        raise Refused(_("Write what is to be changed; who writes the report reads it"), field="comment")
    if "own_approver" not in report.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    report = move(report, Report.Status.DRAFT, by=by, at=at, details={"comment": comment})
    telling.tell_report_given_back(report, by=by, at=at)
    return report


def _refuse_without_figures(report: Report) -> None:
    if report.snapshot_id is None:
        raise Refused(_("There are no figures yet. Compile first"))
    if report.jobs.filter(status__in=Job.OPEN).exists():
        raise Refused(_("Compiling is under way. Lock when it is done"))
    refuse_unsettled(report)


@transaction.atomic
def lock_report(report: Report, *, by: Seat, at: datetime.datetime) -> Report:
    """Freeze figures and text: from now on the report no longer follows the activities."""
    refuse_locked_year(report)
    _refuse_without_figures(report)
    if report.kind == Report.Kind.SUPPLEMENT and not changes_of(report):
        raise Refused(_("The supplement changes nothing of the report: neither a figure nor the text"))
    no, waited = report.snapshot.no, report.status == Report.Status.WAITING_HEAD
    report = move(report, Report.Status.LOCKED, by=by, at=at, details={"figures": no}, locked_at=at)
    if waited:
        telling.tell_report_signed(report, by=by, at=at)
    return report


@transaction.atomic
def unlock_report(report: Report, *, by: Seat, at: datetime.datetime) -> Report:
    """Open a locked report again, before it is issued."""
    refuse_locked_year(report)
    return move(report, Report.Status.DRAFT, by=by, at=at, locked_at=None)


@transaction.atomic
def issue_report(report: Report, facts: RegistryFacts, *, by: Seat, at: datetime.datetime) -> Report:
    """Note number, symbol, day and signer of the signed paper; figures and text then stay as they are."""
    refuse_locked_year(report)
    number = clean_line(facts.number, label=_("Number"), field="number", longest=20)
    symbol = clean_line(facts.symbol, label=_("Symbol"), field="symbol", longest=40)
    refuse_unsigned(number, facts.dated, unknown=facts.number_unknown, issuer=report.issuer, at=at)
    signer_lines = "\n".join(line.strip() for line in facts.signer_lines.splitlines() if line.strip())
    return move(
        report,
        Report.Status.ISSUED,
        by=by,
        at=at,
        details={"number": number, "symbol": symbol},
        number=number,
        symbol=symbol,
        number_unknown=facts.number_unknown,
        dated=facts.dated,
        signer_lines=signer_lines,
        signer=clean_line(facts.signer, label=_("Signer"), field="signer", longest=120),
        scan=facts.scan,
    )
