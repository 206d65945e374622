"""Reminders: what a department was told about a return it owes, once per step, at most once a day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Recipient
from provinces.models import Seat


class Reminder(models.Model):
    """One letter to one department about one return, word for word as it goes out."""

    class Step(models.TextChoices):
        SOON = "soon", _("three days before")
        EVE = "eve", _("the day before")
        OVERDUE = "overdue", _("overdue")
        BY_HAND = "by_hand", _("written by the office")

    class Channel(models.TextChoices):
        MAIL = "mail", _("e-mail")
        CHAT = "chat", _("copied into a chat")

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="reminders")
    step = models.CharField(max_length=8, choices=Step.choices)
    channel = models.CharField(max_length=4, choices=Channel.choices, default=Channel.MAIL)
    day = models.DateField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("reminder")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "day"], name="reminder_once_a_day"),
            models.UniqueConstraint(
                fields=["recipient", "step"], condition=~Q(step="by_hand"), name="reminder_once_per_step"
            ),
            models.CheckConstraint(name="reminder_says_something", condition=~Q(text="")),
        ]

    def __str__(self):
        return f"{self.recipient_id} {self.step} {self.day:%Y-%m-%d}"
