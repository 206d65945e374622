"""Jobs: the row is the truth of a compile run; the queue only rings the bell."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from provinces.models import Seat
from reports.models.reports import Report
from reports.models.runs import BackgroundRun


class JobQuerySet(models.QuerySet):
    def visible_to(self, seat: Seat):
        return self.filter(report__in=Report.objects.visible_to(seat))


class Job(BackgroundRun):
    """One run that compiles a report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="jobs")

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("compile run")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(status__in=["queued", "running", "retrying"]),
                name="job_open_once_per_report",
            ),
            models.CheckConstraint(
                name="job_running_has_a_lease", condition=~Q(status="running") | Q(lease_until__isnull=False)
            ),
            models.CheckConstraint(
                name="job_finished_has_time",
                condition=~Q(status__in=["done", "failed", "stopped"]) | Q(finished_at__isnull=False),
            ),
        ]
