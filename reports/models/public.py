"""Which provinces show the totals of their latest issued report to everybody; off until somebody switches it on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from provinces.models import Seat, Unit


class PublicPage(models.Model):
    """The switch of a province's public page, with who turned it last; no row means off."""

    province = models.OneToOneField(Unit, models.PROTECT, related_name="public_page")
    is_open = models.BooleanField(_("open to everybody"), default=False)
    changed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("public page")

    def __str__(self):
        return f"{self.province_id}: {self.is_open}"
