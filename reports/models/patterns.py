"""What others lay down for our papers: a province's own Word template, the Excel form of whoever asks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Measure
from provinces.ids import new_id
from provinces.models import File, Seat, Unit


class WordTemplateQuerySet(models.QuerySet):
    def visible_to(self, seat: Seat):
        """Templates of the provinces that the seat belongs to; the ministry sees all."""
        return self if seat.reach.ministry else self.filter(province__in=seat.reach.provinces)


class WordTemplate(models.Model):
    """One version of a province's own Word template; versions stay, and at most one is in use."""

    public_id = models.CharField(max_length=12, unique=True, default=new_id, editable=False)
    province = models.ForeignKey(Unit, models.PROTECT, related_name="word_templates")
    no = models.PositiveIntegerField()
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    slots = models.JSONField(default=list)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    previewed_at = models.DateTimeField(null=True, blank=True)
    used_from = models.DateTimeField(null=True, blank=True)
    used_to = models.DateTimeField(null=True, blank=True)

    objects = WordTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("Word template")
        ordering = ["-no"]
        constraints = [
            models.UniqueConstraint(fields=["province", "no"], name="word_template_number_once"),
            models.UniqueConstraint(
                fields=["province"],
                condition=Q(used_from__isnull=False, used_to=None),
                name="word_template_in_use_once_per_province",
            ),
            models.CheckConstraint(
                name="word_template_was_previewed_before_use",
                condition=Q(used_from=None) | Q(previewed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.file} ({self.no})"

    @property
    def in_use(self) -> bool:
        return self.used_from is not None and self.used_to is None


class ExcelFormQuerySet(models.QuerySet):
    def visible_to(self, seat: Seat):
        """Forms of the whole country, and of the provinces that the seat belongs to; the ministry sees all."""
        if seat.reach.ministry:
            return self
        return self.filter(Q(province=None) | Q(province__in=seat.reach.provinces))


class ExcelForm(models.Model):
    """The asker's own .xlsx: its cells are said once, and every later report fills it.

    `sheets` is how it looked when it was uploaded: cells, merged areas, formulas. No province means all of them.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_id, editable=False)
    province = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="excel_forms")
    name = models.CharField(_("name of the form"), max_length=200)
    asker = models.CharField(_("who asks"), max_length=200, blank=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    sheets = models.JSONField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ExcelFormQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("Excel form")
        ordering = ["name", "-at"]
        constraints = [models.CheckConstraint(name="excel_form_has_a_name", condition=~Q(name=""))]

    def __str__(self):
        return self.name


class FormCell(models.Model):
    """What stands in one cell of a form: a measure's number or share, or a fact of the report such as its year."""

    class Part(models.TextChoices):
        TOTAL = "total", _("total")
        FEMALE = "female", _("female")
        MALE = "male", _("male")
        CHILDREN = "children", _("children")
        GIRLS = "girls", _("girls")
        BOYS = "boys", _("boys")
        NOT_SPLIT = "not_split", _("not split by sex")
        PROVINCE = "province", _("level: province")
        DISTRICT = "district", _("level: district")
        COMMUNE = "commune", _("level: commune")
        TARGET = "target", _("target of the plan")
        REACHED = "reached", _("share of the plan, %")
        BEFORE = "before", _("last year")

    class Fact(models.TextChoices):
        PROVINCE = "province", _("name of the province")
        YEAR = "year", _("year")
        DEPARTMENT = "department", _("who reports")
        DAY = "day", _("day of the document")

    form = models.ForeignKey(ExcelForm, models.CASCADE, related_name="cells")
    sheet = models.PositiveSmallIntegerField()
    row = models.PositiveIntegerField()
    column = models.PositiveSmallIntegerField()
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    scope = models.CharField(max_length=5, default="month")
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.TOTAL)
    fact = models.CharField(max_length=10, choices=Fact.choices, blank=True)
    overwrites = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("cell of a form")
        ordering = ["sheet", "row", "column"]
        constraints = [
            models.UniqueConstraint(fields=["form", "sheet", "row", "column"], name="form_cell_once"),
            models.CheckConstraint(
                name="form_cell_holds_a_measure_or_a_fact",
                condition=Q(measure__isnull=False, fact="") | (Q(measure=None) & ~Q(fact="")),
            ),
        ]

    def __str__(self):
        return f"{self.sheet}:{self.row}:{self.column}"
