"""Archives: one year of a province, or of all, as a zip that anybody can verify later."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from provinces.models import Department, Seat, Unit
from reports.models.runs import BackgroundRun


class ArchiveQuerySet(models.QuerySet):
    def visible_to(self, seat: Seat):
        """For administrators, what their own office had made: an archive holds what that office may see."""
        if seat.role != Seat.Role.ADMIN:
            return self.none()
        return self.filter(office__in=seat.reach.departments)


class Archive(BackgroundRun):
    """One making of the archive of a year; `province` is the country for all provinces."""

    office = models.ForeignKey(Department, models.PROTECT, related_name="archives")
    province = models.ForeignKey(Unit, models.PROTECT, related_name="archives")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="archives")
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("archive")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "province", "campaign"],
                condition=Q(status__in=["queued", "running", "retrying"]),
                name="archive_open_once_per_year",
            ),
            models.CheckConstraint(
                name="archive_running_has_a_lease", condition=~Q(status="running") | Q(lease_until__isnull=False)
            ),
            models.CheckConstraint(
                name="archive_done_has_a_hash",
                condition=~Q(status="done") | ~Q(sha256="") & Q(finished_at__isnull=False),
            ),
        ]

    @property
    def here(self) -> bool:
        """True while the zip lies ready to be taken."""
        return self.status == self.Status.DONE and self.removed_at is None
