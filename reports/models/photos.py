"""Photos that the office chose for the annex of a report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from provinces.models import File
from reports.models.reports import Report


class ReportPhoto(models.Model):
    """A photo in the annex, with its caption of then; only one with the tick that nobody can be recognised."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="photos")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("photo of a report")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "file"], name="report_photo_once")]

    def __str__(self):
        return self.caption or str(self.file_id)
