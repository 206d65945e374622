"""Large sheets that a worker goes through: the row is the truth of each, the queue only rings the bell."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from provinces.models import Department, Seat, Unit


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, seat: Seat):
        """What the seat itself sent; the rows of a sheet that nobody confirmed are nobody else's."""
        return self.filter(seat=seat)


class Intake(models.Model):
    """A large sheet on its way: looked through first, stored when confirmed; lease, heartbeat and fence as of any run.

    The bytes and what was understood of them lie beside the database under `token` (operations.uploads).
    """

    class Stage(models.TextChoices):
        LOOK = "look", _("Looked through")
        STORE = "store", _("Stored")

    class Status(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        RETRYING = "retrying", _("Retrying")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Did not finish")
        STOPPED = "stopped", _("Stopped")

    OPEN = ("queued", "running", "retrying")
    MAX_ATTEMPTS = 3

    token = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=255, blank=True)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Department, models.PROTECT, related_name="+")
    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=5, choices=Stage.choices, default=Stage.LOOK)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    sentence = models.TextField(blank=True)
    fault = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("large sheet")
        verbose_name_plural = _("large sheets")
        ordering = ["-id"]
        indexes = [models.Index(fields=["status", "lease_until"], name="intake_waits")]
        constraints = [
            models.CheckConstraint(
                name="intake_running_has_a_lease", condition=~Q(status="running") | Q(lease_until__isnull=False)
            ),
            models.CheckConstraint(
                name="intake_finished_has_time",
                condition=~Q(status__in=["done", "refused", "failed", "stopped"]) | Q(finished_at__isnull=False),
            ),
            models.CheckConstraint(name="intake_refused_says_why", condition=~Q(status="refused") | ~Q(sentence="")),
        ]

    def __str__(self):
        return self.name or self.token

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN
