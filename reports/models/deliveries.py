"""The way up: deliveries of a report, and the comments it is returned with."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from provinces.models import Department, Seat
from reports.models.reports import Report


class Delivery(models.Model):
    """A report sent to one department: sent, seen, then returned or accepted, or withdrawn unopened."""

    class Status(models.TextChoices):
        SENT = "sent", _("Sent")
        SEEN = "seen", _("Seen")
        RETURNED = "returned", _("Returned for completion")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    report = models.ForeignKey(Report, models.PROTECT, related_name="deliveries")
    to = models.ForeignKey(Department, models.PROTECT, related_name="deliveries")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    due = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("delivery")
        ordering = ["sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "to"], condition=Q(status__in=["sent", "seen"]), name="delivery_open_once"
            ),
            models.CheckConstraint(
                name="delivery_decided_has_time",
                condition=~Q(status__in=["returned", "accepted"]) | Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.report_id} → {self.to_id}"

    @property
    def delay(self) -> datetime.timedelta | None:
        """How late it came after what was due then; None when it was in time."""
        return self.sent_at - self.due if self.due and self.sent_at > self.due else None


class ReportComment(models.Model):
    """A receiver's remark on a report: must be fixed, or advice."""

    class Kind(models.TextChoices):
        MUST = "must", _("must fix")
        ADVICE = "advice", _("advice")

    report = models.ForeignKey(Report, models.CASCADE, related_name="comments")
    anchor = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    text = models.TextField()
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("comment on a report")
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="report_comment_says_something", condition=~Q(text=""))]

    def __str__(self):
        return self.text
