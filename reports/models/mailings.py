"""E-mails that carry a sent report to the address of its receiver; the row is the truth, the queue rings the bell."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from provinces.models import Seat
from reports.models.deliveries import Delivery


class Mailing(models.Model):
    """One e-mail of one delivery with the document attached: it goes once, and says so when it could not."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting to be mailed")
        SENDING = "sending", _("Being mailed")
        SENT = "sent", _("Mailed")
        FAILED = "failed", _("Could not be mailed")
        UNCLEAR = "unclear", _("Not known whether it went")
        STOPPED = "stopped", _("Not mailed")

    OPEN = ("waiting", "sending")

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="mailings")
    address = models.EmailField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("e-mail of a report")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery"], condition=Q(status__in=["waiting", "sending"]), name="mailing_open_once"
            ),
            models.CheckConstraint(name="mailing_has_an_address", condition=~Q(address="")),
            models.CheckConstraint(
                name="mailing_begun_has_time",
                condition=~Q(status__in=["sending", "sent", "unclear"]) | Q(begun_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.delivery_id} {self.status}"
