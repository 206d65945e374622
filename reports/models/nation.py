"""What stands behind a figure of the country: the provinces' own frozen figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from provinces.models import Unit
from reports.models.snapshots import Snapshot


class ProvinceSource(models.Model):
    """One province behind one cell of the country's figures: which of its snapshots, and what it gave."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="province_sources")
    cell = models.CharField(max_length=40)
    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    given = models.ForeignKey(Snapshot, models.PROTECT, related_name="rolled_up")
    quantity = models.BigIntegerField(null=True)
    certainty = models.CharField(max_length=7)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    rate = models.CharField(max_length=20, blank=True)
    printed = models.CharField(max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = _("source of the country's figures")
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "cell", "province"], name="province_gives_once_to_a_cell")
        ]

    def __str__(self):
        return f"{self.cell} ← {self.province_id}"
