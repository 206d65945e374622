"""What every floor remembers: events, drafts, notices, files, keys against double submission."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from provinces.models.departments import Department
from provinces.models.people import Seat
from provinces.models.units import Unit


class EventQuerySet(models.QuerySet):
    def about(self, row):
        """Lines about one row, oldest first."""
        return self.filter(object_type=row._meta.label_lower, object_id=str(row.pk)).order_by("id")


class Event(models.Model):
    """One line of the log: who did what to which row, when. Never changed, outlives the row it names."""

    at = models.DateTimeField()
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    province = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    details = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("event")
        indexes = [models.Index(fields=["object_type", "object_id"]), models.Index(fields=["province", "at"])]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_type} {self.object_id}"


class Draft(models.Model):
    """What is typed and not yet valid, word for word, for one seat, form and object."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="drafts")
    form = models.CharField(max_length=60)
    object_key = models.CharField(max_length=60, blank=True)
    raw = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("draft")
        constraints = [
            models.UniqueConstraint(fields=["seat", "form", "object_key"], name="draft_once_per_seat_and_form")
        ]

    def __str__(self):
        return f"{self.form} {self.object_key}"


class Notice(models.Model):
    """Something a department should know; one per step."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="notices")
    role = models.CharField(max_length=8, choices=Seat.Role.choices, blank=True)
    key = models.CharField(max_length=120)
    sentence = models.CharField(max_length=200)
    slots = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("notice")
        constraints = [models.UniqueConstraint(fields=["department", "role", "key"], name="notice_once_per_step")]

    def __str__(self):
        return self.sentence


class File(models.Model):
    """An uploaded or produced file, named by what it holds; lies under FILES_DIR by its hash."""

    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    owner = models.ForeignKey(Department, models.PROTECT, related_name="files")
    token = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("file")
        constraints = [models.CheckConstraint(name="file_is_not_empty", condition=Q(size__gt=0))]

    def __str__(self):
        return self.name


class IdempotencyKey(models.Model):
    """A key sent with a form or call; the second press finds the first answer."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    body_sha256 = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("idempotency key")
        constraints = [models.UniqueConstraint(fields=["seat", "key"], name="idempotency_key_once_per_seat")]

    def __str__(self):
        return self.key


class Presence(models.Model):
    """Somebody has a part of something open for writing; forgotten a minute after the last sign of life."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    part = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("presence")
        constraints = [
            models.UniqueConstraint(fields=["seat", "object_type", "object_id", "part"], name="presence_once_per_part")
        ]

    def __str__(self):
        return f"{self.object_type} {self.object_id} {self.part}"


class Heartbeat(models.Model):
    """The last sign of life of something that works without being watched."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("heartbeat")

    def __str__(self):
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"


class Seal(models.Model):
    """A line of the log bound to all lines before it: its hash is over the line and the hash of the seal before."""

    no = models.PositiveBigIntegerField(unique=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="seal")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("seal")

    def __str__(self):
        return f"{self.no} {self.sha256[:12]}"
