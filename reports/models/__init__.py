"""WHAT WE SAY: reports, their sections, the runs that compile them, frozen figures with sources, their way up."""

from reports.models.archives import Archive
from reports.models.deliveries import Delivery, ReportComment
from reports.models.jobs import Job
from reports.models.mailings import Mailing
from reports.models.nation import ProvinceSource
from reports.models.past import PastTotal
from reports.models.patterns import ExcelForm, FormCell, WordTemplate
from reports.models.photos import ReportPhoto
from reports.models.public import PublicPage
from reports.models.quotes import Quote
from reports.models.reminders import Reminder
from reports.models.reports import Report, ReportSection
from reports.models.snapshots import Snapshot, Source

__all__ = [
    "Archive",
    "Delivery",
    "ExcelForm",
    "FormCell",
    "Job",
    "Mailing",
    "PastTotal",
    "ProvinceSource",
    "PublicPage",
    "Quote",
    "Reminder",
    "Report",
    "ReportComment",
    "ReportPhoto",
    "ReportSection",
    "Snapshot",
    "Source",
    "WordTemplate",
]
