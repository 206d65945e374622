"""Departments: every body that plans, acts and reports, with dated names, successors and duties."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from provinces.models.dated import Dated, DatedQuerySet, ends_after_start
from provinces.models.units import Unit


class DepartmentQuerySet(DatedQuerySet):
    def with_predecessors(self, ids) -> frozenset[int]:
        """Ids of the given departments and of all that they succeeded, however long ago."""
        return _closure(ids, "successor_id", "predecessor_id")

    def with_successors(self, ids) -> frozenset[int]:
        """Ids of the given departments and of all that succeeded them."""
        return _closure(ids, "predecessor_id", "successor_id")


def _closure(ids, start: str, end: str) -> frozenset[int]:
    found, edge = set(ids), set(ids)
    while edge:
        edge = set(DepartmentSuccession.objects.filter(**{f"{start}__in": edge}).values_list(end, flat=True)) - found
        found |= edge
    return frozenset(found)


class Department(Dated):
    """A body of a unit: sở, đoàn thể, lực lượng, báo đài, UBND, doanh nghiệp."""

    class Kind(models.TextChoices):
        SO_BAN_NGANH = "so_ban_nganh", "sở, ban, ngành"
        MTTQ = "mttq", "Mặt trận Tổ quốc"
        DOAN_THE = "doan_the", "đoàn thể"
        LUC_LUONG = "luc_luong", "lực lượng vũ trang"
        TU_PHAP = "tu_phap", "tòa án, viện kiểm sát"
        BAO_DAI = "bao_dai", "báo, đài"
        UBND_TINH = "ubnd_tinh", "UBND cấp tỉnh"
        BAN = "ban", "Ban Vì sự tiến bộ của phụ nữ"
        BO = "bo", "bộ"
        UBND_HUYEN = "ubnd_huyen", "UBND cấp huyện"
        UBND_XA = "ubnd_xa", "UBND cấp xã"
        DOANH_NGHIEP = "doanh_nghiep", "doanh nghiệp"
        KHAC = "khac", "khác"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="departments")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    email = models.EmailField(_("e-mail address for documents"), blank=True, default="")

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("department")
        constraints = [ends_after_start("department_ends_after_it_starts")]
        indexes = [models.Index(fields=["unit", "kind"])]

    def __str__(self):
        names = self.names.all()
        return names[0].name if names else f"department {self.pk}"

    def name_on(self, day: datetime.date) -> "DepartmentName":
        """The name in force on `day`, else the last one known."""
        names = sorted(self.names.all(), key=lambda n: n.valid_from or datetime.date.min)
        return next((n for n in reversed(names) if n.in_force(day)), names[-1] if names else None)


class DepartmentName(Dated):
    """A department's name, symbol on documents and seat in a stretch of time; all free text, each body's own choice."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    symbol = models.CharField(_("symbol"), max_length=40, blank=True)
    seat_place = models.CharField(_("place on documents"), max_length=80, blank=True)
    folded = models.CharField(max_length=260, db_index=True, editable=False, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("department name")
        constraints = [
            ends_after_start("department_name_ends_after_it_starts"),
            models.UniqueConstraint(fields=["department", "name"], name="department_name_once"),
        ]

    def __str__(self):
        return self.name


class DepartmentSuccession(models.Model):
    """Work of one department passed to another on a day."""

    predecessor = models.ForeignKey(Department, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Department, models.PROTECT, related_name="inheritances")
    on = models.DateField(_("day"))

    class Meta:
        verbose_name = verbose_name_plural = _("department succession")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="department_succession_once"),
            models.CheckConstraint(name="department_does_not_succeed_itself", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self):
        return f"{self.predecessor_id} → {self.successor_id}"


class Duty(Dated):
    """A dated function that a department holds for a unit; nothing is hard-wired to one sở."""

    class Kind(models.TextChoices):
        STANDING_OFFICE = "standing_office", _("standing office")
        COMMITTEE = "committee", _("committee")
        MINISTRY = "ministry", _("ministry")

    department = models.ForeignKey(Department, models.PROTECT, related_name="duties")
    kind = models.CharField(_("duty"), max_length=16, choices=Kind.choices)
    for_unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties")

    class Meta:
        verbose_name = verbose_name_plural = _("duty")
        constraints = [
            ends_after_start("duty_ends_after_it_starts"),
            models.UniqueConstraint(fields=["kind", "for_unit", "department", "valid_from"], name="duty_given_once"),
            models.UniqueConstraint(
                fields=["kind", "for_unit", "department"],
                condition=Q(valid_from=None),
                name="duty_given_once_when_start_unknown",
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.department_id}"
