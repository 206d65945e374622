"""Tasks of a plan: who does what with whom, when, where, for how much, to what result."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.calendar import Programme
from campaigns.models.catalogue import ActivityType, Certainty, Measure, MoneySource
from campaigns.models.plans import Plan
from provinces.ids import new_id
from provinces.models import Department, Seat


class MoneyForm(models.TextChoices):
    CASH = "cash", _("in cash")
    IN_KIND = "in_kind", _("in kind")


class Task(models.Model):
    """One piece of work that the plan assigns; keeps its lineage across versions of the plan."""

    class Group(models.TextChoices):
        COMMUNES = "communes", "UBND xã, phường, đặc khu"
        COMMUNES_OLD = "communes_old", "UBND xã, phường, thị trấn"
        DISTRICTS = "districts", "UBND huyện, thị xã, thành phố"
        OFFICES = "offices", "Các sở, ban, ngành, đoàn thể"

    public_id = models.CharField(max_length=12, unique=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    heading = models.CharField(_("heading"), max_length=8)
    position = models.PositiveIntegerField(default=0)
    type = models.ForeignKey(ActivityType, models.PROTECT, related_name="+")
    title = models.CharField(_("task"), max_length=500)
    lead = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="led_tasks")
    lead_group = models.CharField(_("lead group"), max_length=12, choices=Group.choices, blank=True)
    lead_text = models.CharField(_("lead, not in the list"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    when_text = models.CharField(_("when, in words"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=250, blank=True)
    optional = models.BooleanField(_("according to local conditions"), default=False)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("task")
        ordering = ["heading", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "lineage"], name="task_once_per_plan"),
            models.CheckConstraint(
                name="task_ends_after_it_starts",
                condition=Q(ends_on=None) | (Q(starts_on__isnull=False) & Q(ends_on__gte=F("starts_on"))),
            ),
            models.CheckConstraint(
                name="task_has_at_most_one_kind_of_lead",
                condition=Q(lead=None, lead_group="") | Q(lead=None, lead_text="") | Q(lead_group="", lead_text=""),
            ),
            models.CheckConstraint(name="task_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self):
        return self.title


class TaskPartner(models.Model):
    """A body that helps with a task: from the list, or as typed."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="partners")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("partner")
        constraints = [
            models.CheckConstraint(
                name="task_partner_is_listed_or_named",
                condition=Q(department__isnull=False, name="") | (Q(department=None) & ~Q(name="")),
            ),
            models.UniqueConstraint(
                fields=["task", "department"], condition=Q(department__isnull=False), name="task_partner_once"
            ),
        ]

    def __str__(self):
        return self.name or str(self.department)


class TaskTarget(models.Model):
    """How much of a measure a task should bring; no quantity means none was stated."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="targets")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    quantity = models.BigIntegerField(null=True, blank=True)
    certainty = models.CharField(max_length=8, choices=Certainty.choices, default=Certainty.EXACT)
    text = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("expected output")
        constraints = [
            models.UniqueConstraint(fields=["task", "measure"], name="task_target_once_per_measure"),
            models.CheckConstraint(
                name="task_target_has_quantity_unless_text_or_unknown",
                condition=Q(quantity=None, certainty__in=["text", "unknown"])
                | Q(quantity__isnull=False, quantity__gt=0, certainty__in=["exact", "about", "over", "nearly"]),
            ),
        ]

    def __str__(self):
        return f"{self.measure_id}: {self.quantity}"


class TaskMoney(models.Model):
    """Money for a task, whole đồng, by source and form."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="money")
    amount = models.BigIntegerField(_("amount"))
    source = models.ForeignKey(MoneySource, models.PROTECT, related_name="+")
    form = models.CharField(max_length=8, choices=MoneyForm.choices, default=MoneyForm.CASH)

    class Meta:
        verbose_name = verbose_name_plural = _("money")
        constraints = [models.CheckConstraint(name="task_money_is_positive", condition=Q(amount__gt=0))]

    def __str__(self):
        return str(self.amount)


class TaskProgramme(models.Model):
    """A programme that a task also serves; several each."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="programmes")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("programme of a task")
        constraints = [models.UniqueConstraint(fields=["task", "programme"], name="task_programme_once")]

    def __str__(self):
        return str(self.programme_id)


class TaskAssignee(models.Model):
    """A department that an issued task binds: its lead, or each member of the group that leads it."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignees")
    department = models.ForeignKey(Department, models.PROTECT, related_name="assigned_tasks")

    class Meta:
        verbose_name = verbose_name_plural = _("department in charge of a task")
        constraints = [models.UniqueConstraint(fields=["task", "department"], name="task_assignee_once")]

    def __str__(self):
        return str(self.department_id)


class TaskDone(models.Model):
    """A department's head says that its part of a task is done; holds for every version of the plan."""

    lineage = models.UUIDField(editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="done_tasks")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("task said to be done")
        constraints = [models.UniqueConstraint(fields=["lineage", "department"], name="task_done_once")]

    def __str__(self):
        return str(self.lineage)


class TaskQuestion(models.Model):
    """What a department asks about a task, and the office's answer."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="questions")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    text = models.TextField(_("question"))
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("question about a task")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="task_question_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="task_question_answered_has_time", condition=Q(answer="") | Q(answered_at__isnull=False)
            ),
        ]

    def __str__(self):
        return self.text
