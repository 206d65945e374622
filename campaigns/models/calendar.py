"""Campaigns: one year's month with its name, theme, window, deadlines and guidance letter, all of them data."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from provinces.models import Unit


class Campaign(models.Model):
    """The action month of one year. Its name has changed over the years and is never a constant."""

    class Certainty(models.TextChoices):
        OFFICIAL = "official", _("official")
        ONE_SOURCE = "one source", _("one source")
        UNKNOWN = "unknown", _("not known")

    series = models.CharField(max_length=12, default="bdg")
    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=250)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    locked_at = models.DateTimeField(_("locked at"), null=True, blank=True)
    guidance_number = models.CharField(_("number of the guidance letter"), max_length=60, blank=True)
    guidance_date = models.DateField(_("date of the guidance letter"), null=True, blank=True)
    guidance_issuer = models.CharField(_("issuer of the guidance letter"), max_length=120, blank=True)
    theme_certainty = models.CharField(
        _("where the theme comes from"), max_length=12, choices=Certainty.choices, default=Certainty.UNKNOWN
    )

    class Meta:
        verbose_name = verbose_name_plural = _("campaign")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="campaign_once_a_year"),
            models.CheckConstraint(name="campaign_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))),
        ]

    def __str__(self):
        return f"{self.name} {self.year}"

    def has(self, day: datetime.date) -> bool:
        """True inside the window; both ends belong to it."""
        return self.opens_on <= day <= self.closes_on


class Wording(models.Model):
    """The theme and the committee's title as a province prints them; without a province, the national text."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="wordings")
    province = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="wordings")
    theme = models.TextField(_("theme"), blank=True)
    committee_title = models.CharField(_("title of the committee"), max_length=200, blank=True)
    seen_in = models.CharField(_("seen in"), max_length=200, blank=True)
    is_default = models.BooleanField(_("the text used by default"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("wording")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "province"],
                condition=Q(is_default=True, province__isnull=False),
                name="wording_default_once_per_province",
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(is_default=True, province=None),
                name="wording_default_once_nationally",
            ),
        ]

    def __str__(self):
        return self.theme


class Message(models.Model):
    """A message or slogan of the month, national or a province's own."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="messages")
    province = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(_("text"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("message")
        ordering = ["position", "id"]

    def __str__(self):
        return self.text


class Programme(models.Model):
    """A strategy, programme or scheme under which work is planned and counted."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=300)
    name_en = models.CharField(_("English name"), max_length=300, blank=True)
    decision = models.CharField(_("decision"), max_length=60, blank=True)
    decision_date = models.DateField(_("date of the decision"), null=True, blank=True)
    year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(null=True, blank=True)
    verified = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("programme")
        ordering = ["code"]

    def __str__(self):
        return self.name


class Holiday(models.Model):
    """A day on which offices rest though it is a weekday, or work though it is a Saturday or Sunday."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    working = models.BooleanField(_("a working day, in exchange for another"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("holiday")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.name}"
