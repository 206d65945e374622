"""Totals of a year before this program, typed from a paper so that the first year has something to compare with."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Measure
from provinces.models import Seat, Unit
from provinces.vietnamese import certain


class PastTotalQuerySet(models.QuerySet):
    def visible_to(self, seat: Seat):
        """Those of the provinces that the seat leads; the ministry sees all."""
        return self if seat.reach.ministry else self.filter(province__in=seat.reach.led)

    def current(self):
        """Without those that were typed anew or taken back."""
        return self.filter(ended_at=None)


class PastTotal(models.Model):
    """What a measure came to in a year before, as a paper says; who typed it, when, from which paper. Never changed."""

    class Scope(models.TextChoices):
        MONTH = "month", _("in the Action Month")
        YEAR = "year", _("in the year, outside the month")

    class Certainty(models.TextChoices):
        EXACT = "exact", _("exact")
        ABOUT = "about", _("about")
        OVER = "over", _("over")
        NEARLY = "nearly", _("nearly")

    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    scope = models.CharField(max_length=5, choices=Scope.choices)
    quantity = models.BigIntegerField(_("quantity"))
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.EXACT)
    source = models.CharField(_("paper it is typed from"), max_length=300)
    typed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    typed_at = models.DateTimeField()
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PastTotalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("total of a year before")
        ordering = ["measure__indicator__position", "measure__position", "scope", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "year", "measure", "scope"],
                condition=Q(ended_at=None),
                name="past_total_once_per_cell",
            ),
            models.CheckConstraint(name="past_total_is_no_debt", condition=Q(quantity__gte=0)),
            models.CheckConstraint(name="past_total_names_its_paper", condition=~Q(source="")),
            models.CheckConstraint(
                name="past_total_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.cell} {self.year}"

    @property
    def cell(self) -> str:
        return f"{self.measure.code}:{self.scope}"

    @property
    def printed(self) -> str:
        return certain(self.quantity, self.certainty)
