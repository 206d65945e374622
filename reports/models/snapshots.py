"""Snapshots: a report's figures as they were, with the rules, the sources and a hash; never changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from reports.models.jobs import Job
from reports.models.reports import Report


class Snapshot(models.Model):
    """Frozen figures: what each measure meant, what it came to, which activities are behind it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="snapshots")
    job = models.OneToOneField(Job, models.PROTECT, related_name="snapshot")
    no = models.PositiveIntegerField()
    schema = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("snapshot")
        ordering = ["-no"]
        constraints = [
            models.UniqueConstraint(fields=["report", "no"], name="snapshot_number_once"),
            models.CheckConstraint(name="snapshot_has_a_hash", condition=~Q(sha256="")),
        ]

    def __str__(self):
        return f"{self.no} ({self.sha256[:8]})"


class Source(models.Model):
    """One row behind one cell of a snapshot: which version of which activity, what it gave, and to which share.

    What a share is made of is empty in snapshots of the first schema.
    """

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="sources")
    cell = models.CharField(max_length=40)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    activity_version = models.PositiveIntegerField()
    output_id = models.BigIntegerField(null=True)
    quantity = models.BigIntegerField(null=True)
    printed = models.CharField(max_length=200)
    role = models.CharField(max_length=8, blank=True)
    left_out = models.CharField(max_length=120, blank=True)
    department_id = models.BigIntegerField(null=True)
    level = models.CharField(max_length=8, null=True)
    window = models.CharField(max_length=6, null=True)
    paid = models.CharField(max_length=12, null=True)
    certainty = models.CharField(max_length=8, null=True)
    female = models.BigIntegerField(null=True)
    male = models.BigIntegerField(null=True)
    children = models.BigIntegerField(null=True)
    girls = models.BigIntegerField(null=True)
    boys = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("source")
        indexes = [models.Index(fields=["snapshot", "cell"])]

    def __str__(self):
        return f"{self.cell} ← {self.activity_id}"
