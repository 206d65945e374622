"""The catalogue: activity types, indicators as headings over measures, audiences, groups, money sources."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from provinces.models import Unit


class Certainty(models.TextChoices):
    """How sure a number is; `text` and `unknown` hold no number, `rate` a share."""

    EXACT = "exact", _("exact")
    ABOUT = "about", _("about")
    OVER = "over", _("over")
    NEARLY = "nearly", _("nearly")
    TEXT = "text", _("uncounted")
    UNKNOWN = "unknown", _("no data")
    RATE = "rate", _("rate")


class Indicator(models.Model):
    """A heading over measures, CT01 to CT43; the codes are the product's own."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200)
    position = models.PositiveSmallIntegerField()
    section = models.CharField(_("section of the report"), max_length=8)

    class Meta:
        verbose_name = verbose_name_plural = _("indicator")
        ordering = ["position"]

    def __str__(self):
        return f"{self.code} {self.name}"


class MeasureQuerySet(models.QuerySet):
    def of(self, province: Unit | None):
        """National measures, and the province's own under them."""
        return self.filter(Q(province=None) | Q(province=province))


class Measure(models.Model):
    """One countable thing: one unit of measure, one rule for summing over time; over departments it always adds up."""

    class Counts(models.TextChoices):
        PEOPLE = "people", _("people")
        ATTENDANCES = "attendances", _("attendances")
        REACH = "reach", _("online reach")
        THINGS = "things", _("things")
        MONEY = "money", _("money")
        RATE = "rate", _("rate")

    class OverTime(models.TextChoices):
        SUM = "sum", _("adds up")
        LATEST = "latest", _("the latest")

    class Source(models.TextChoices):
        OUTPUT = "output", _("outputs")
        MONEY = "money", _("money rows")
        RETURN = "return", _("returns")

    code = models.CharField(_("code"), max_length=16, unique=True)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measures")
    name = models.CharField(_("name"), max_length=250)
    name_en = models.CharField(_("English name"), max_length=250, blank=True)
    unit_of_measure = models.CharField(_("unit of measure"), max_length=30)
    counts = models.CharField(_("counts"), max_length=12, choices=Counts.choices)
    over_time = models.CharField(_("over time"), max_length=6, choices=OverTime.choices)
    source = models.CharField(_("comes from"), max_length=6, choices=Source.choices, default=Source.OUTPUT)
    role_kept = models.BooleanField(_("organised, co-organised, attended kept apart"), default=False)
    sensitive = models.BooleanField(_("small counts are masked"), default=False)
    by_sex = models.BooleanField(default=False)
    by_children = models.BooleanField(default=False)
    by_level = models.BooleanField(default=True)
    by_source_of_money = models.BooleanField(default=False)
    province = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="own_measures")
    rolls_up_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="rolled_up")
    note = models.CharField(_("note"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("measure")
        ordering = ["indicator__position", "position"]
        constraints = [
            models.CheckConstraint(
                name="measure_of_a_province_rolls_up",
                condition=Q(province=None, rolls_up_to=None) | Q(province__isnull=False, rolls_up_to__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_does_not_roll_up_to_itself",
                condition=Q(rolls_up_to=None) | ~Q(rolls_up_to=F("id")),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


class ActivityType(models.Model):
    """A kind of activity, HD01 to HD27, and what its form asks for."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200)
    count_measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    attendance_measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    asks = models.JSONField(_("asks"), default=list)
    report_section = models.CharField(_("section of the report"), max_length=8)
    plan_heading = models.CharField(_("heading of the plan"), max_length=8)
    example = models.CharField(_("example"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("activity type")
        ordering = ["code"]

    def __str__(self):
        return self.name


class Named(models.Model):
    """Base of small lists: code, Vietnamese and English name."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self):
        return self.name


class Audience(Named):
    """Whom an activity was for."""

    class Meta(Named.Meta):
        verbose_name = verbose_name_plural = _("audience")


class MediaChannel(Named):
    """Where a piece of outreach appeared."""

    group = models.CharField(max_length=20)

    class Meta(Named.Meta):
        verbose_name = verbose_name_plural = _("media channel")


class BeneficiaryGroup(Named):
    """A group of people helped; counted, never named."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("female")
        MALE = "male", _("male")
        ANY = "any", _("any")

    sex = models.CharField(max_length=6, choices=Sex.choices)
    child = models.BooleanField(_("all are children"), default=False)
    sensitive = models.BooleanField(default=False)

    class Meta(Named.Meta):
        verbose_name = verbose_name_plural = _("beneficiary group")


class MoneySourceQuerySet(models.QuerySet):
    def of_year(self, year: int):
        """The sources that there are in a year; rows of an ended one keep it."""
        return self.filter(models.Q(last_year=None) | models.Q(last_year__gte=year))


class MoneySource(Named):
    """Where money came from, in one of three groups; `last_year` is that of a source that has ended."""

    class Group(models.TextChoices):
        STATE = "state_budget", _("state budget")
        MOBILISED = "mobilised", _("mobilised")
        INTEGRATED = "integrated", _("integrated")

    group = models.CharField(max_length=12, choices=Group.choices)
    forms = models.JSONField(default=list)
    last_year = models.PositiveSmallIntegerField(_("last year of use"), null=True, blank=True)

    objects = MoneySourceQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = verbose_name_plural = _("money source")


class StandardTask(models.Model):
    """The usual split of tasks in “Tổ chức thực hiện”, to start a plan from."""

    era = models.CharField(max_length=16)
    department_name = models.CharField(max_length=200)
    heading = models.CharField(max_length=8)
    text = models.CharField(max_length=400)
    type = models.ForeignKey(ActivityType, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("standard task")
        constraints = [models.UniqueConstraint(fields=["era", "department_name", "text"], name="standard_task_once")]

    def __str__(self):
        return self.text


class StrategyTarget(models.Model):
    """A target of Nghị quyết 28/NQ-CP."""

    code = models.CharField(max_length=10, unique=True)
    objective = models.CharField(max_length=6)
    text = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=40)
    target_2025 = models.CharField(max_length=20, blank=True)
    target_2030 = models.CharField(max_length=20, blank=True)
    direction = models.CharField(max_length=4, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("strategy target")
        ordering = ["code"]

    def __str__(self):
        return self.text
