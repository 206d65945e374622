"""Administrative units of both eras: country, provinces, districts (to 30/6/2025), communes."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from provinces.models.dated import Dated, DatedQuerySet, ends_after_start


class UnitQuerySet(DatedQuerySet):
    def on(self, day: datetime.date):
        """Units in force on `day`; those abolished on a day no source states are never in force."""
        return super().on(day).filter(end_unknown=False)

    def provinces(self):
        return self.filter(level=Unit.Level.PROVINCE)


class Unit(Dated):
    """A territory with its own authorities. A code means nothing without a date: 91 was Kiên Giang, is An Giang."""

    class Level(models.TextChoices):
        COUNTRY = "country", _("country")
        PROVINCE = "province", _("province level")
        DISTRICT = "district", _("district level")
        COMMUNE = "commune", _("commune level")

    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    code = models.CharField(_("code"), max_length=5)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    province = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="inside")
    slug = models.SlugField(_("address"), max_length=80, blank=True)
    end_unknown = models.BooleanField(_("abolished on a day not known"), default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("administrative unit")
        constraints = [
            ends_after_start("unit_ends_after_it_starts"),
            models.UniqueConstraint(fields=["level", "code", "valid_from"], name="unit_code_once_per_start"),
            models.UniqueConstraint(
                fields=["level", "code"],
                condition=Q(valid_from=None),
                name="unit_code_once_when_start_unknown",
            ),
            models.UniqueConstraint(
                fields=["slug", "valid_from"], condition=~Q(slug=""), name="unit_slug_once_per_start"
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=~Q(slug="") & Q(valid_from=None), name="unit_slug_once_when_start_unknown"
            ),
            models.CheckConstraint(
                name="unit_unknown_end_has_no_end_day", condition=Q(end_unknown=False) | Q(valid_to=None)
            ),
            models.CheckConstraint(
                name="unit_below_country_has_parent", condition=Q(level="country") | Q(parent__isnull=False)
            ),
            models.CheckConstraint(
                name="unit_below_province_names_its_province",
                condition=Q(level__in=["country", "province"], province=None)
                | Q(level__in=["district", "commune"], province__isnull=False),
            ),
            models.CheckConstraint(name="unit_province_has_slug", condition=~Q(level="province") | ~Q(slug="")),
        ]
        indexes = [models.Index(fields=["province", "level"]), models.Index(fields=["code"])]

    def __str__(self):
        return f"{self.level} {self.code}"

    @property
    def home_province(self) -> "Unit":
        """The province the unit is or lies in."""
        return self if self.province_id is None else self.province

    def name_on(self, day: datetime.date) -> "UnitName":
        """The name in force on `day`, or the nearest known one when the unit was not in force then."""
        names = [n for n in self.names.all() if n.start_known]
        names.sort(key=lambda n: n.valid_from or datetime.date.min)
        return next((n for n in reversed(names) if n.in_force(day)), names[-1] if names else None)

    @property
    def last_day(self) -> datetime.date:
        return self.valid_to or datetime.date.max


class UnitName(Dated):
    """A unit's full name, short name and kind in a stretch of time; a start that no act states stays unknown."""

    class Kind(models.TextChoices):
        NUOC = "nuoc", "nước"
        TINH = "tinh", "tỉnh"
        THANH_PHO = "thanh_pho", "thành phố"
        QUAN = "quan", "quận"
        HUYEN = "huyen", "huyện"
        THI_XA = "thi_xa", "thị xã"
        XA = "xa", "xã"
        PHUONG = "phuong", "phường"
        THI_TRAN = "thi_tran", "thị trấn"
        DAC_KHU = "dac_khu", "đặc khu"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    folded = models.CharField(max_length=160, db_index=True, editable=False, default="")
    start_known = models.BooleanField(_("first day is known"), default=True)
    act = models.CharField(_("legal act"), max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("unit name")
        constraints = [
            ends_after_start("unit_name_ends_after_it_starts"),
            models.UniqueConstraint(fields=["unit", "name", "kind"], name="unit_name_once_per_kind"),
            models.CheckConstraint(
                name="unit_name_unknown_start_has_no_day", condition=Q(start_known=True) | Q(valid_from=None)
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def in_sentence(self) -> str:
        """The name as it stands inside a sentence: tỉnh Quảng Ninh, thị xã Quảng Yên, Thành phố Hồ Chí Minh."""
        if self.short_name in {"Hồ Chí Minh"}:
            return self.name
        return self.name[:1].lower() + self.name[1:]


class UnitSuccession(models.Model):
    """One unit's territory passed to another on a day; not whole when only a part did."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances")
    on = models.DateField(_("day"))
    whole = models.BooleanField(_("whole territory"))

    class Meta:
        verbose_name = verbose_name_plural = _("unit succession")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="unit_succession_once"),
            models.CheckConstraint(
                name="unit_does_not_succeed_itself", condition=~Q(predecessor=models.F("successor"))
            ),
        ]

    def __str__(self):
        return f"{self.predecessor_id} → {self.successor_id}"
