"""Jobs: the row is the truth of a compile run; the queue only rings the bell."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from provinces.ids import new_id
from provinces.models import Seat
from reports.models.reports import Report


class JobQuerySet(models.QuerySet):
    def visible_to(self, seat: Seat):
        return self.filter(report__in=Report.objects.visible_to(seat))


class Job(models.Model):
    """One run that compiles a report: lease, heartbeat, fence against a worker that came back from the dead."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        RETRYING = "retrying", _("Retrying")
        DONE = "done", _("Done")
        FAILED = "failed", _("Did not finish")
        STOPPED = "stopped", _("Stopped")

    OPEN = ("queued", "running", "retrying")
    MAX_ATTEMPTS = 3

    public_id = models.CharField(max_length=12, unique=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="jobs")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=12, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    timeline = models.JSONField(default=list)
    fault = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

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

    def __str__(self):
        return self.public_id

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN
