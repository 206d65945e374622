"""People and their seats: a person in a department with a role."""

import dataclasses
import datetime
from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from provinces.models.dated import Dated, ends_after_start
from provinces.models.departments import Department, Duty
from provinces.models.units import Unit, UnitSuccession


@dataclasses.dataclass(frozen=True)
class Reach:
    """What a seat can see at all: ids of own departments and of provinces, predecessors included.

    `led` are the provinces for which the department holds, or once held, the standing office or the committee.
    """

    departments: frozenset[int]
    provinces: frozenset[int]
    led: frozenset[int]
    ministry: bool


class User(AbstractUser):
    """An account; named by function in the demonstration, with the officer's own contact data and nothing else."""

    full_name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi"
    )

    first_name = None
    last_name = None

    class Meta:
        verbose_name = verbose_name_plural = _("account")

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)


class Seat(Dated):
    """What a person may do: the role, times the duties that the department held at the campaign's date."""

    class Role(models.TextChoices):
        EDITOR = "editor", _("editor")
        APPROVER = "approver", _("approver")
        VIEWER = "viewer", _("viewer")
        ADMIN = "admin", _("administrator")

    user = models.ForeignKey(User, models.PROTECT, related_name="seats")
    department = models.ForeignKey(Department, models.PROTECT, related_name="seats")
    role = models.CharField(_("role"), max_length=8, choices=Role.choices)

    class Meta:
        verbose_name = verbose_name_plural = _("seat")
        constraints = [
            ends_after_start("seat_ends_after_it_starts"),
            models.UniqueConstraint(fields=["user", "department", "role", "valid_from"], name="seat_given_once"),
            models.UniqueConstraint(
                fields=["user", "department", "role"],
                condition=models.Q(valid_from=None),
                name="seat_given_once_when_start_unknown",
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"

    @cached_property
    def reach(self) -> Reach:
        """The rows this seat can see; read once per request."""
        departments = Department.objects.with_predecessors([self.department_id])
        home = self.department.unit.home_province
        provinces = {home.pk} | set(
            UnitSuccession.objects.filter(successor=home).values_list("predecessor_id", flat=True)
        )
        duties = list(Duty.objects.filter(department_id__in=departments))
        led = {d.for_unit_id for d in duties if d.kind != Duty.Kind.MINISTRY}
        ministry = any(d.kind == Duty.Kind.MINISTRY for d in duties)
        if ministry:
            provinces = set(Unit.objects.provinces().values_list("pk", flat=True))
        return Reach(departments, frozenset(provinces), frozenset(led), ministry)

    @cached_property
    def _duties(self) -> list[Duty]:
        return list(Duty.objects.filter(department_id__in=self.reach.departments))

    def holds(self, kind: str, unit: Unit, on: datetime.date) -> bool:
        """True when the own department, or one it succeeded, held the duty for `unit` on that day."""
        return any(d.kind == kind and d.for_unit_id == unit.pk and d.in_force(on) for d in self._duties)

    @property
    def writes(self) -> bool:
        """Editors and approvers enter data; in a commune one person is often both."""
        return self.role in {self.Role.EDITOR, self.Role.APPROVER}

    @property
    def approves(self) -> bool:
        return self.role == self.Role.APPROVER
