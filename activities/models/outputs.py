"""Outputs: every counted result of an activity is one row; money, support and inspections group or pay for them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity, Participant
from campaigns.models import BeneficiaryGroup, Certainty, Measure, MoneySource
from campaigns.models.tasks import MoneyForm
from provinces.models import Department, Seat


class Support(models.Model):
    """A visit or gift: groups its outputs (people helped, gifts, value) and its donors; counts nothing by itself."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="supports")
    label = models.CharField(_("what was given"), max_length=200, blank=True)
    gifts = models.CharField(_("gifts, in words"), max_length=200, blank=True)
    donors = models.ManyToManyField(Participant, blank=True, related_name="supports")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("support")
        ordering = ["position", "id"]

    def __str__(self):
        return self.label or f"support {self.pk}"


class Inspection(models.Model):
    """An inspection: who decided it, and the bodies that were seen."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="inspections")
    decision = models.CharField(_("decision"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("inspection")

    def __str__(self):
        return self.decision or f"inspection {self.pk}"


class Inspected(models.Model):
    """One inspected body, what was found, and by when it should be put right."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="bodies")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    finding = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("inspected body")
        constraints = [
            models.CheckConstraint(
                name="inspected_body_is_listed_or_named", condition=Q(department__isnull=False) | ~Q(name="")
            )
        ]

    def __str__(self):
        return self.name or str(self.department)


class OutputQuerySet(models.QuerySet):
    def settled(self):
        """Rows that count once their activity does: what a participant added to a verified one waits for the office."""
        return self.filter(awaiting=False)


class Output(models.Model):
    """A counted result against a measure. Empty is not zero: a row without a number says why by its certainty.

    `contributor` is the participant that added the row to another department's activity. Added after verification it
    is `awaiting` the office, and `declined` holds the office's words when it is not counted.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="outputs")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="outputs")
    quantity = models.BigIntegerField(_("quantity"), null=True, blank=True)
    certainty = models.CharField(max_length=8, choices=Certainty.choices, default=Certainty.EXACT)
    text = models.CharField(_("in words"), max_length=120, blank=True)
    female = models.BigIntegerField(_("female"), null=True, blank=True)
    male = models.BigIntegerField(_("male"), null=True, blank=True)
    children = models.BigIntegerField(_("children"), null=True, blank=True)
    girls = models.BigIntegerField(_("girls"), null=True, blank=True)
    boys = models.BigIntegerField(_("boys"), null=True, blank=True)
    numerator = models.BigIntegerField(_("numerator"), null=True, blank=True)
    denominator = models.BigIntegerField(_("denominator"), null=True, blank=True)
    rate = models.DecimalField(_("rate, %"), max_digits=6, decimal_places=2, null=True, blank=True)
    label = models.CharField(_("kind or name"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=8, choices=Participant.Role.choices, blank=True)
    group = models.ForeignKey(BeneficiaryGroup, models.PROTECT, null=True, blank=True, related_name="+")
    counted_on = models.DateField(_("counted on"), null=True, blank=True)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    support = models.ForeignKey(Support, models.CASCADE, null=True, blank=True, related_name="outputs")
    inspection = models.ForeignKey(Inspection, models.CASCADE, null=True, blank=True, related_name="outputs")
    contributor = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="contributed_outputs"
    )
    awaiting = models.BooleanField(default=False)
    declined = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OutputQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("output")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["measure", "activity"])]
        constraints = [
            models.CheckConstraint(
                name="output_has_quantity_unless_text_unknown_or_rate",
                condition=Q(quantity=None, certainty__in=["text", "unknown", "rate"])
                | Q(quantity__isnull=False, quantity__gte=0, certainty__in=["exact", "about", "over", "nearly"]),
            ),
            models.CheckConstraint(name="output_text_says_something", condition=~Q(certainty="text") | ~Q(text="")),
            models.CheckConstraint(
                name="output_split_needs_a_number",
                condition=Q(quantity__isnull=False) | Q(female=None, male=None, children=None, girls=None, boys=None),
            ),
            models.CheckConstraint(
                name="output_sexes_are_within_the_total",
                condition=(Q(female=None) | Q(female__gte=0, female__lte=F("quantity")))
                & (Q(male=None) | Q(male__gte=0, male__lte=F("quantity")))
                & (Q(female=None) | Q(male=None) | Q(quantity__gte=F("female") + F("male"))),
            ),
            models.CheckConstraint(
                name="output_children_are_within_the_total",
                condition=Q(children=None) | Q(children__gte=0, children__lte=F("quantity")),
            ),
            models.CheckConstraint(
                name="output_girls_and_boys_are_within_the_children",
                condition=(Q(girls=None) | Q(girls__gte=0, children__isnull=False, girls__lte=F("children")))
                & (Q(boys=None) | Q(boys__gte=0, children__isnull=False, boys__lte=F("children")))
                & (Q(girls=None) | Q(boys=None) | Q(children__gte=F("girls") + F("boys"))),
            ),
            models.CheckConstraint(
                name="output_girls_are_among_the_female",
                condition=Q(girls=None) | Q(female=None) | Q(girls__lte=F("female")),
            ),
            models.CheckConstraint(
                name="output_boys_are_among_the_male",
                condition=Q(boys=None) | Q(male=None) | Q(boys__lte=F("male")),
            ),
            models.CheckConstraint(
                name="output_rate_has_counts_or_a_share",
                condition=Q(certainty="rate", rate__isnull=False)
                | Q(certainty="rate", numerator__isnull=False, denominator__isnull=False)
                | (~Q(certainty="rate") & Q(rate=None, numerator=None, denominator=None)),
            ),
            models.CheckConstraint(
                name="output_numerator_is_within_denominator",
                condition=Q(numerator=None, denominator=None)
                | Q(
                    numerator__isnull=False,
                    denominator__isnull=False,
                    numerator__gte=0,
                    denominator__gt=0,
                    numerator__lte=F("denominator"),
                ),
            ),
            models.CheckConstraint(
                name="output_awaits_only_when_a_participant_added_it",
                condition=Q(awaiting=False, declined="") | Q(awaiting=True, contributor__isnull=False),
            ),
            models.CheckConstraint(
                name="output_is_not_part_of_itself", condition=Q(part_of=None) | ~Q(part_of=F("id"))
            ),
        ]

    def __str__(self):
        return f"{self.measure_id}: {self.quantity if self.quantity is not None else self.text or '–'}"

    @property
    def not_split(self) -> int | None:
        """The part of the total that nobody split by sex; computed, never stored."""
        return None if self.quantity is None else self.quantity - (self.female or 0) - (self.male or 0)


class Adjustment(models.Model):
    """A visible line by which the province moves a unit's figure, with its reason; the figure itself stays."""

    output = models.ForeignKey(Output, models.CASCADE, related_name="adjustments")
    delta = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("adjustment")
        constraints = [
            models.CheckConstraint(
                name="adjustment_moves_something_and_says_why", condition=~Q(delta=0) & ~Q(reason="")
            )
        ]

    def __str__(self):
        return f"{self.delta:+d}"


class Money(models.Model):
    """Money spent or given, whole đồng, by source and form; gives CT40 and is never typed as an output."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="money")
    amount = models.BigIntegerField(_("amount"))
    source = models.ForeignKey(MoneySource, models.PROTECT, related_name="+")
    form = models.CharField(_("form"), max_length=8, choices=MoneyForm.choices, default=MoneyForm.CASH)
    support = models.ForeignKey(Support, models.SET_NULL, null=True, blank=True, related_name="money")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("money")
        constraints = [models.CheckConstraint(name="money_is_positive", condition=Q(amount__gt=0))]

    def __str__(self):
        return str(self.amount)
