"""WHAT WE SAY: reports, their sections, the runs that compile them, frozen figures with sources, their way up."""

from reports.models.deliveries import Delivery, ReportComment
from reports.models.jobs import Job
from reports.models.mailings import Mailing
from reports.models.quotes import Quote
from reports.models.reminders import Reminder
from reports.models.reports import Report, ReportSection
from reports.models.snapshots import Snapshot, Source

__all__ = [
    "Delivery",
    "Job",
    "Mailing",
    "Quote",
    "Reminder",
    "Report",
    "ReportComment",
    "ReportSection",
    "Snapshot",
    "Source",
]
