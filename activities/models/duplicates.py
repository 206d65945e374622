"""Pairs of activities that may be one and the same, and what was decided about each."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from provinces.ids import new_id
from provinces.models import Seat, Unit
from provinces.workflow import Move


class DuplicatePairQuerySet(models.QuerySet):
    def visible_to(self, seat: Seat):
        """Pairs of which the seat sees both activities."""
        seen = Activity.objects.visible_to(seat)
        return self.filter(first__in=seen, second__in=seen)

    def open(self):
        """Pairs that wait for a decision."""
        return self.filter(status__in=[DuplicatePair.Status.SUSPECTED, DuplicatePair.Status.SEPARATED])


class DuplicatePair(models.Model):
    """Two activities of different departments that look like one event; found by the machine, settled by the office.

    `reasons` are the facts that speak for it, each with a code; `before` is what a merge changed, for its undoing.
    """

    class Status(models.TextChoices):
        SUSPECTED = "suspected", _("Suspected duplicates")
        MERGED = "merged", _("Merged")
        APART = "apart", _("Two different activities")
        SEPARATED = "separated", _("Separated again")

    MOVES = (
        Move("suspected", "merged", "pair.merge", "office"),
        Move("suspected", "apart", "pair.apart", "office"),
        Move("merged", "separated", "pair.separate", "office"),
        Move("separated", "merged", "pair.merge", "office"),
        Move("separated", "apart", "pair.apart", "office"),
        Move("apart", "merged", "pair.merge", "office"),
    )

    public_id = models.CharField(max_length=12, unique=True, default=new_id, editable=False)
    first = models.ForeignKey(Activity, models.PROTECT, related_name="pairs_as_first")
    second = models.ForeignKey(Activity, models.PROTECT, related_name="pairs_as_second")
    reasons = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SUSPECTED)
    kept = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="+")
    before = models.JSONField(default=dict, blank=True)
    found_at = models.DateTimeField()
    settled_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("suspected duplicates")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(name="duplicate_pair_in_order", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(
                name="duplicate_pair_merged_names_the_kept",
                condition=Q(status="merged", kept__isnull=False) | (~Q(status="merged") & Q(kept=None)),
            ),
            models.CheckConstraint(
                name="duplicate_pair_settled_by_somebody",
                condition=Q(status="suspected") | Q(settled_by__isnull=False, settled_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.first_id} – {self.second_id}"

    @property
    def province(self) -> Unit:
        return self.first.province

    def powers(self, seat: Seat) -> frozenset[str]:
        """The standing office settles pairs."""
        return self.first.powers(seat) & {"office"}
