"""Words of departments in a report: whose line stands in which section, as it was when it was taken over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from provinces.models import Department, Seat
from reports.models.reports import Report, ReportSection


class Quote(models.Model):
    """A line of a department's return in a section of the report, with the words it had then.

    `drafted` ones belong to the newest draft and change with it; the others were taken over by a person.
    """

    section = models.ForeignKey(ReportSection, models.CASCADE, related_name="quotes")
    source = models.ForeignKey(Report, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    key = models.CharField(max_length=12)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    drafted = models.BooleanField(default=False)
    by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("words of a department")
        constraints = [
            models.UniqueConstraint(
                fields=["section", "department", "key", "sha256", "drafted"], name="quote_once_per_section"
            ),
            models.CheckConstraint(name="quote_says_something", condition=~Q(text="")),
        ]

    def __str__(self):
        return f"{self.department_id} → {self.section_id}"
