"""The whole picture that a report freezes: figures, lists, plan, coverage and names as they were."""

import datetime
from collections.abc import Collection
from dataclasses import replace

from django.utils import timezone

from campaigns.models import Campaign, Request
from campaigns.queries import wording_of
from provinces.models import Department, Duty, Unit
from reports.earlier import Earlier
from reports.models import Report, Snapshot
from reports.queries.coverage import coverage
from reports.queries.figures import figures
from reports.queries.nation import is_national, national_lists, national_sums
from reports.queries.plan import plan_against_result
from reports.queries.register import done_by, given, issued_papers, launches, name_of, year_list
from reports.queries.rows import Progress, period_of
from reports.queries.years import earlier_of, last_year
from reports.snapshot import BOTH, Coverage, Figures, Header

AREAS = {
    "xa": "xã",
    "phuong": "phường",
    "dac_khu": "đặc khu",
    "thi_tran": "thị trấn",
    "huyen": "huyện",
    "quan": "quận",
    "thi_xa": "thị xã",
    "thanh_pho": "thành phố",
}
LAST_DAY_OF_DISTRICTS = datetime.date(2025, 6, 30)


def take_picture(report: Report, *, ready: Collection[int] = (), on_progress: Progress | None = None) -> Figures:
    """Everything the report will say in numbers and lists, read now; `ready` are drafts that go with a return."""
    return with_lists(report, sums(report, ready=ready, on_progress=on_progress), ready)


def sums(report: Report, *, ready: Collection[int] = (), on_progress: Progress | None = None) -> Figures:
    """The figures of the report's province, of its department when it is a return, or of the country."""
    if is_national(report):
        return national_sums(report, on_progress=on_progress)
    found = figures(
        report.province,
        report.campaign,
        scope=report.request.scope if report.request else BOTH,
        department=_own(report),
        cut_off=timezone.localdate(report.request.cut_off) if report.request else None,
        request=report.request,
        ready=ready,
        on_progress=on_progress,
    )
    return found.sealed()


def with_lists(report: Report, taken: Figures, ready: Collection[int] = ()) -> Figures:
    """The same figures with plan, coverage, papers, launches, gifts and names."""
    if is_national(report):
        return national_lists(report, taken)
    where, own, period = (report.province, report.campaign), _own(report), period_of(report.request)
    plan = plan_against_result(*where, taken.cells)
    before = () if own else last_year(*where, report.request)
    return replace(
        taken,
        header=header_of(report),
        coverage=Coverage() if own else coverage(*where, report.request),
        papers=issued_papers(*where, own, period, ready),
        launches=launches(*where, own, period, ready),
        given=given(*where, own, period, ready),
        year_list=year_list(*where, own, period, ready),
        plan=replace(plan, tasks=0, leads=0, tasks_done=0, lines=()) if own else plan,
        last_year=before,
        earlier=Earlier() if own else earlier_of(*where, before, report.request),
        done=done_by(own, *where, taken.scope, period, ready) if own else (),
        nil_reason=report.nil_reason,
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
        area=_area(report, province.kind, day),
        year=campaign.year,
        campaign=campaign.name,
        opens_on=campaign.opens_on.isoformat(),
        closes_on=day.isoformat(),
        theme=wording.theme if wording else "",
        committee=committee_name(report.province, campaign, day),
        department=name_of(report.department, day),
        levels=levels,
        **_asked_by(report, day),
    )


def _area(report: Report, kind: str, day: datetime.date) -> str:
    """Over what the sentences speak: the whole province, the whole commune, or one body."""
    if report.kind != Report.Kind.RETURN:
        return "toàn thành phố" if kind == "thanh_pho" else "toàn tỉnh"
    if report.department.kind not in {Department.Kind.UBND_XA, Department.Kind.UBND_HUYEN}:
        return "đơn vị"
    unit = report.department.unit.name_on(day)
    return f"toàn {AREAS.get(unit.kind, 'địa bàn')}" if unit else "toàn địa bàn"


def _asked_by(report: Report, day: datetime.date) -> dict[str, str]:
    """The letter that a report answers: a return the one of its request, the province's report the ministry's."""
    request, campaign = report.request, report.campaign
    if report.kind != Report.Kind.RETURN or request is None:
        return {
            "letter_number": campaign.guidance_number,
            "letter_dated": campaign.guidance_date.isoformat() if campaign.guidance_date else "",
            "letter_issuer": campaign.guidance_issuer,
            "subject": request.subject if request and request.kind != Request.Kind.MONTH else "",
        }
    return {
        "letter_number": request.letter_number,
        "letter_dated": request.letter_dated.isoformat() if request.letter_dated else "",
        "letter_issuer": name_of(request.asker, day),
        "subject": request.subject if request.kind != Request.Kind.MONTH else "",
    }


def committee_name(province: Unit, campaign: Campaign, day: datetime.date) -> str:
    """The committee's title of that year and province, else the name of the body that holds the duty."""
    wording = wording_of(campaign, province)
    if wording and wording.committee_title:
        return wording.committee_title
    duty = Duty.objects.on(day).filter(kind=Duty.Kind.COMMITTEE, for_unit=province).select_related("department").first()
    return name_of(duty.department, day) if duty else ""
