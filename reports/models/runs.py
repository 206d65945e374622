"""What every work in the background has: lease, heartbeat, fence, steps; the queue only rings the bell."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from provinces.ids import new_id
from provinces.models import Seat


class BackgroundRun(models.Model):
    """One run of a worker: lease, heartbeat, fence against a worker that came back from the dead."""

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

    class Meta:
        abstract = True

    def __str__(self):
        return self.public_id

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN
