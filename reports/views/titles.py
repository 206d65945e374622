"""What a report and a department are called in lists and headings."""

import datetime

from django.utils.translation import gettext as _

from campaigns.models import Request
from provinces.models import Department
from reports.models import Report


def name_of(department: Department, report: Report) -> str:
    """The department's name as on the report's day."""
    return name_of_day(department, report.dated or report.campaign.closes_on)


def name_of_day(department: Department, day: datetime.date) -> str:
    """The department's name as on a day."""
    return str(department.name_on(day) or department)


def title_of(report: Report) -> str:
    """What a report is called in lists and headings: “Báo cáo kết quả năm 2023, bản thứ 2”."""
    year = report.campaign.year
    if report.kind == Report.Kind.RETURN:
        title = _("Report of %(department)s, %(year)s") % {
            "department": name_of(report.department, report),
            "year": year,
        }
    elif report.kind == Report.Kind.SUPPLEMENT:
        return _("Supplement no. %(no)s to the report of %(year)s") % {"no": report.supplement_no, "year": year}
    elif report.request and report.request.kind != Request.Kind.MONTH and report.request.subject:
        title = report.request.subject
    else:
        title = _("Report on the results of %(year)s") % {"year": year}
    return title if report.version == 1 else _("%(title)s, version %(no)s") % {"title": title, "no": report.version}
