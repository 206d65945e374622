"""The whole picture that a report freezes: figures, lists, plan, coverage and names as they were."""

import datetime
from dataclasses import replace

from django.utils import timezone

from campaigns.models import Campaign
from campaigns.queries import wording_of
from provinces.models import Duty, Unit
from reports.models import Report, Snapshot
from reports.queries.coverage import coverage, rows_waiting
from reports.queries.figures import figures
from reports.queries.plan import plan_against_result
from reports.queries.register import given, issued_papers, launches, name_of, year_list
from reports.queries.rows import Progress
from reports.queries.years import last_year
from reports.snapshot import BOTH, Coverage, Figures, Header

LAST_DAY_OF_DISTRICTS = datetime.date(2025, 6, 30)


def take_picture(report: Report, *, on_progress: Progress | None = None) -> Figures:
    """Everything the report will say in numbers and lists, read now."""
    return with_lists(report, sums(report, on_progress=on_progress))


def sums(report: Report, *, on_progress: Progress | None = None) -> Figures:
    """The figures of the report's province, or of its department when it is a return."""
    return figures(
        report.province,
        report.campaign,
        scope=report.request.scope if report.request else BOTH,
        department=_own(report),
        cut_off=timezone.localdate(report.request.cut_off) if report.request else None,
        on_progress=on_progress,
    )


def with_lists(report: Report, taken: Figures) -> Figures:
    """The same figures with plan, coverage, papers, launches, gifts and names."""
    where, own = (report.province, report.campaign), _own(report)
    return replace(
        taken,
        header=header_of(report),
        coverage=coverage(*where) if own is None else Coverage(rows_waiting=rows_waiting(*where)),
        papers=issued_papers(*where, own),
        launches=launches(*where, own),
        given=given(*where, own),
        year_list=year_list(*where, own),
        plan=plan_against_result(*where, taken.cells),
        last_year=last_year(*where) if own is None else (),
    )


def _own(report: Report):
    return report.department if report.kind == Report.Kind.RETURN else None


def frozen(snapshot: Snapshot) -> Figures:
    """The figures as they were stored."""
    return Figures.from_json(snapshot.figures)


def header_of(report: Report) -> Header:
    """Names on the campaign's last day, theme and committee as the province prints them."""
    campaign, day = report.campaign, report.campaign.closes_on
    province = report.province.name_on(day)
    wording = wording_of(campaign, report.province)
    levels = ("province", "district", "commune") if day <= LAST_DAY_OF_DISTRICTS else ("province", "commune")
    return Header(
        province=province.short_name,
        province_in_sentence=province.in_sentence,
        area="toàn thành phố" if province.kind == "thanh_pho" else "toàn tỉnh",
        year=campaign.year,
        campaign=campaign.name,
        opens_on=campaign.opens_on.isoformat(),
        closes_on=day.isoformat(),
        theme=wording.theme if wording else "",
        committee=committee_name(report.province, campaign, day),
        letter_number=campaign.guidance_number,
        letter_dated=campaign.guidance_date.isoformat() if campaign.guidance_date else "",
        letter_issuer=campaign.guidance_issuer,
        department=name_of(report.department, day),
        levels=levels,
    )


def committee_name(province: Unit, campaign: Campaign, day: datetime.date) -> str:
    """The committee's title of that year and province, else the name of the body that holds the duty."""
    wording = wording_of(campaign, province)
    if wording and wording.committee_title:
        return wording.committee_title
    duty = Duty.objects.on(day).filter(kind=Duty.Kind.COMMITTEE, for_unit=province).select_related("department").first()
    return name_of(duty.department, day) if duty else ""
