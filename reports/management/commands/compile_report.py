"""Compile a province's report from the command line and write the official document."""

import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaigns.models import Campaign
from provinces.models import Department, Duty, Unit
from provinces.vietnamese import format_date
from provinces.workflow import Refused
from reports.models import Job, Report
from reports.operations.jobs import ask_compile, run_job
from reports.operations.reports import open_report_for_system
from reports.papers.report import render

FILES = (("bao-cao", ".docx"), ("bao-cao", ".pdf"), ("phu-luc", ".xlsx"))


class Command(BaseCommand):
    help = "Writes bao-cao.docx, bao-cao.pdf and phu-luc.xlsx of a province's report into a directory"

    def add_arguments(self, parser):
        parser.add_argument("--campaign", required=True, help="year of the campaign, for example 2023")
        parser.add_argument("--province", required=True, help="code of the province as it was then, for example 22")
        parser.add_argument("--out", required=True, help="directory to write into; made when missing")
        parser.add_argument("--as-of", help="day that picks the era of the code, for example 2023-11-15")

    def handle(self, *args, **options):
        campaign = find_campaign(options["campaign"])
        province = find_province(options["province"], campaign, options["as_of"])
        folder = open_folder(options["out"])
        try:
            report = compiled(campaign, province)
        except Refused as refusal:
            raise CommandError(str(refusal.sentence)) from None
        for name, suffix in FILES:
            path = folder / f"{name}{suffix}"
            try:
                render(report, suffix, path, at=timezone.now())
            except OSError as fault:
                raise CommandError(f"Không ghi được {path}: {fault.strerror}.") from None
            self.stdout.write(str(path))


def find_campaign(year: str) -> Campaign:
    """The campaign of a year."""
    found = (
        Campaign.objects.filter(series="bdg", year=int(year)).first() if year.isdecimal() and len(year) < 6 else None
    )
    if found is None:
        known = ", ".join(
            map(str, Campaign.objects.filter(series="bdg").order_by("year").values_list("year", flat=True))
        )
        raise CommandError(f"Không có tháng hành động năm {year}. Các năm đã có: {known or 'chưa có năm nào'}.")
    return found


def find_province(code: str, campaign: Campaign, as_of: str | None) -> Unit:
    """The province that had this code on the campaign's first day, or on the day given: 91 was Kiên Giang."""
    day = campaign.opens_on
    if as_of:
        try:
            day = datetime.date.fromisoformat(as_of)
        except ValueError:
            raise CommandError(f"--as-of {as_of} không phải là ngày. Ghi như 2023-11-15.") from None
    found = Unit.objects.provinces().on(day).filter(code=code.zfill(2)).first()
    if found is None:
        raise CommandError(f"Không có tỉnh, thành phố mã {code} vào ngày {format_date(day)}.")
    return found


def open_folder(name: str) -> Path:
    """The directory to write into, tried by writing."""
    folder = Path(name)
    trial = folder / ".thu-ghi"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as fault:
        raise CommandError(f"Không ghi được vào thư mục {folder}: {fault.strerror}.") from None
    return folder


def compiled(campaign: Campaign, province: Unit) -> Report:
    """The newest report: as it was frozen once its figures are locked, else compiled anew by the system."""
    rows = Report.objects.filter(campaign=campaign, province=province, kind=Report.Kind.REPORT)
    report = rows.exclude(status="superseded").order_by("-version", "-id").first()
    at = timezone.now()
    if report is None:
        office = standing_office(campaign, province)
        report = open_report_for_system(campaign, province, department=office, issuer=office, at=at)
    if report.is_open:
        job = run_job(ask_compile(report, by=None, at=at).pk, clock=timezone.now)
        refuse_unfinished(job, report)
    return Report.objects.get(pk=report.pk)


def refuse_unfinished(job: Job | None, report: Report) -> None:
    """Say why there are no new figures."""
    if job is None:
        raise CommandError("Một lượt tổng hợp khác của báo cáo này đang chạy. Chờ lượt đó xong rồi chạy lại.")
    if job.status != Job.Status.DONE:
        raise CommandError(f"Chưa tổng hợp được báo cáo {report.public_id}: {job.fault or job.get_status_display()}.")


def standing_office(campaign: Campaign, province: Unit) -> Department:
    """Who compiles: the department that held the duty when the campaign opened."""
    duties = Duty.objects.on(campaign.opens_on).filter(kind=Duty.Kind.STANDING_OFFICE, for_unit=province)
    duty = duties.select_related("department").order_by("id").first()
    if duty is None:
        day = format_date(campaign.opens_on)
        raise CommandError(f"Chưa giao nhiệm vụ cơ quan thường trực cho tỉnh, thành phố này vào ngày {day}.")
    return duty.department
