"""Evidence and papers: photos and scans behind an activity, and documents that it issued."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from provinces.models import Department, File, Seat


class IssuedDocument(models.Model):
    """A document that was issued: number as typed, no series check; issuer and drafter may differ."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="documents")
    number = models.CharField(_("number and symbol"), max_length=60, blank=True)
    dated = models.DateField(_("date"), null=True, blank=True)
    kind = models.CharField(_("kind of document"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=400)
    issuer = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    issuer_name = models.CharField(_("issuer, not in the list"), max_length=200, blank=True)
    drafter = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("issued document")
        ordering = ["dated", "id"]
        constraints = [models.CheckConstraint(name="issued_document_has_a_title", condition=~Q(title=""))]

    def __str__(self):
        return f"{self.number} {self.title}"


class Evidence(models.Model):
    """A photo or paper; never public by default, and only with the tick that nobody can be recognised."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="evidence")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    consent = models.BooleanField(_("no identifiable victim or child in it"), default=False)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("evidence")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="evidence_carries_the_tick", condition=Q(consent=True)),
            models.UniqueConstraint(fields=["activity", "file"], name="evidence_file_once"),
        ]

    def __str__(self):
        return self.caption or str(self.file_id)
