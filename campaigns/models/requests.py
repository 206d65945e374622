"""Requests for reports: who asks whom for what, over which period, frozen when, due when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.calendar import Campaign
from provinces.ids import new_id
from provinces.models import Department, Seat, Unit


class Scope(models.TextChoices):
    MONTH = "month", _("of the Action Month")
    YEAR = "year", _("of the year, outside the month")
    BOTH = "both", _("of the month and of the year, apart")


class RequestQuerySet(models.QuerySet):
    def visible_to(self, seat: Seat):
        """What one's department was asked, and what one's own province asks."""
        reach = seat.reach
        return self.filter(
            Q(asker__in=reach.departments)
            | Q(province__in=reach.led)
            | Q(pk__in=Recipient.objects.filter(department__in=reach.departments).values("request"))
        )


class Request(models.Model):
    """A request for reports. The cut-off of figures and the due time are two different clocks, both typed."""

    class Kind(models.TextChoices):
        MONTH = "month", _("report of the Action Month")
        YEAR = "year", _("report of the year")
        TOPICAL = "topical", _("topical report")
        AD_HOC = "ad_hoc", _("ad hoc report")

    public_id = models.CharField(max_length=12, unique=True, default=new_id, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    province = models.ForeignKey(Unit, models.PROTECT, related_name="requests")
    asker = models.ForeignKey(Department, models.PROTECT, related_name="requests")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="requests")
    year = models.PositiveSmallIntegerField(_("year"))
    scope = models.CharField(_("scope"), max_length=5, choices=Scope.choices)
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period to"))
    cut_off = models.DateTimeField(_("cut-off of figures"))
    due = models.DateTimeField(_("due"))
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    letter_number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    letter_dated = models.DateField(_("date of the letter"), null=True, blank=True)
    letter_text = models.TextField(_("text of the letter"), blank=True)
    outline = models.TextField(_("what the report should say"), blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closing_reason = models.CharField(_("reason for closing"), max_length=300, blank=True)
    created_at = models.DateTimeField()

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("request for reports")
        constraints = [
            models.CheckConstraint(name="request_period_is_in_order", condition=Q(period_to__gte=F("period_from"))),
            models.CheckConstraint(
                name="request_of_the_month_has_a_campaign",
                condition=~Q(kind="month") | Q(campaign__isnull=False),
            ),
            models.CheckConstraint(name="request_is_due_after_cut_off", condition=Q(due__gte=F("cut_off"))),
            models.CheckConstraint(
                name="request_closed_has_a_reason", condition=Q(closed_at=None) | ~Q(closing_reason="")
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.year}"


class RequestStep(models.Model):
    """A later day of the same report: when the asker compiles it, gives it to the committee, to the ministry."""

    class Kind(models.TextChoices):
        COMPILE = "compile", _("compiling")
        COMMITTEE = "committee", _("to the committee")
        MINISTRY = "ministry", _("to the ministry")

    request = models.ForeignKey(Request, models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=9, choices=Kind.choices)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = verbose_name_plural = _("step of a request")
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["request", "kind"], name="request_step_once")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class Recipient(models.Model):
    """A department that a request asks, with its own due time when it got an extension."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="recipients")
    department = models.ForeignKey(Department, models.PROTECT, related_name="asked")
    due = models.DateTimeField(null=True, blank=True)
    extension_letter = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("recipient of a request")
        constraints = [models.UniqueConstraint(fields=["request", "department"], name="recipient_asked_once")]

    def __str__(self):
        return str(self.department_id)

    @property
    def due_at(self):
        """When this department's return is due: its extension, else the time of the request."""
        return self.due or self.request.due
