"""Activities: one thing that was done, recorded once by the department that owns the row."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.models import ActivityType, Audience, Campaign, Programme
from provinces.ids import new_id
from provinces.models import Department, Duty, File, Seat, Unit
from provinces.workflow import Move


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, seat: Seat):
        """Rows one's department recorded; of those it took part in, and for a province's office and committee of the
        whole province, what left its department; for the ministry, what was accepted.

        What the office types from a department's paper is seen by both from the start."""
        reach = seat.reach
        joined = Participant.objects.filter(department__in=reach.departments).values("activity")
        gone_out = ~Q(status__in=["draft", "waiting_head"])
        seen = Q(owner__in=reach.departments) | Q(pk__in=joined) & gone_out
        if reach.led:
            seen |= Q(province__in=reach.led) & (gone_out | Q(on_behalf_scan__isnull=False))
        if reach.ministry:
            seen |= Q(status="accepted")
        return self.filter(seen)

    def counted(self):
        """Rows that count in a province's figures: accepted ones, neither merged nor cancelled."""
        return self.filter(status=Activity.Status.ACCEPTED)


class Activity(models.Model):
    """One thing that was done, on dates, at a place. Belonging to a campaign is chosen, not derived from the date."""

    class Scope(models.TextChoices):
        MONTH = "month", _("Action Month")
        YEAR = "year", _("the year, outside the month")

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month only")
        YEAR = "year", _("year only")
        NONE = "none", _("date not known")

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("activity", "Draft")
        WAITING_HEAD = "waiting_head", _("Awaiting the head")
        SENT = "sent", _("Sent, to be verified")
        RETURNED = "returned", _("Returned for completion")
        ACCEPTED = "accepted", _("Verified")
        MERGED = "merged", _("Merged")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = (
        Move("draft", "waiting_head", "activity.hand_in", "own_editor"),
        Move("returned", "waiting_head", "activity.hand_in", "own_editor"),
        Move("waiting_head", "draft", "activity.take_back", "own_editor"),
        Move("draft", "sent", "activity.send", "own_approver"),
        Move("returned", "sent", "activity.send", "own_approver"),
        Move("waiting_head", "sent", "activity.send", "own_approver"),
        Move("waiting_head", "returned", "activity.head_return", "own_approver"),
        Move("sent", "returned", "activity.return", "office"),
        Move("sent", "accepted", "activity.accept", "office"),
        Move("accepted", "returned", "activity.reopen", "office"),
        Move("accepted", "merged", "activity.merge", "office"),
        Move("sent", "merged", "activity.merge", "office"),
        Move("merged", "accepted", "activity.unmerge", "office"),
        Move("merged", "sent", "activity.unmerge", "office"),
        Move("draft", "cancelled", "activity.cancel", "own_editor"),
        Move("waiting_head", "cancelled", "activity.cancel", "own_editor"),
        Move("sent", "cancelled", "activity.cancel", "own_approver"),
        Move("returned", "cancelled", "activity.cancel", "own_editor"),
        Move("accepted", "cancelled", "activity.cancel", "office"),
    )

    class Answer(models.TextChoices):
        """What a department says to an activity that another one typed for it."""

        CONFIRMED = "confirmed", _("Confirmed")
        DISPUTED = "disputed", _("Disputed")

    public_id = models.CharField(max_length=12, unique=True, default=new_id, editable=False)
    province = models.ForeignKey(Unit, models.PROTECT, related_name="activities")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="activities")
    year = models.PositiveSmallIntegerField(_("year"))
    scope = models.CharField(_("scope"), max_length=5, choices=Scope.choices)
    owner = models.ForeignKey(Department, models.PROTECT, related_name="activities")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    type = models.ForeignKey(ActivityType, models.PROTECT, related_name="activities")
    task_lineage = models.UUIDField(null=True, blank=True)
    title = models.CharField(_("title"), max_length=500)
    description = models.TextField(_("description"), blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    precision = models.CharField(_("date known to the"), max_length=5, choices=Precision.choices, default=Precision.DAY)
    place = models.CharField(_("place"), max_length=250, blank=True)
    place_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    audiences = models.ManyToManyField(Audience, blank=True, related_name="+")
    programmes = models.ManyToManyField(Programme, blank=True, related_name="+")
    window_reason = models.CharField(_("reason for a date outside the month"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    on_behalf_scan = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    owner_answer = models.CharField(max_length=9, choices=Answer.choices, blank=True)
    owner_reason = models.CharField(max_length=300, blank=True)
    owner_answered_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("activity")
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["province", "year", "status"]),
            models.Index(fields=["owner", "year"]),
            models.Index(fields=["task_lineage"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="activity_of_the_month_has_a_campaign",
                condition=Q(scope="month", campaign__isnull=False) | Q(scope="year"),
            ),
            models.CheckConstraint(
                name="activity_date_fits_its_precision",
                condition=Q(precision__in=["day", "month"], starts_on__isnull=False)
                | Q(precision__in=["year", "none"], starts_on=None, ends_on=None),
            ),
            models.CheckConstraint(
                name="activity_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="activity_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="activity_returned_has_comment", condition=~Q(status="returned") | ~Q(comment="")
            ),
            models.CheckConstraint(
                name="activity_cancelled_has_reason", condition=~Q(status="cancelled") | ~Q(cancel_reason="")
            ),
            models.CheckConstraint(
                name="activity_merged_names_the_other",
                condition=Q(status="merged", merged_into__isnull=False) | (~Q(status="merged") & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="activity_sent_has_time",
                condition=~Q(status__in=["sent", "accepted"]) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="activity_is_answered_by_its_owner_when_typed_for_it",
                condition=Q(owner_answer="") | Q(on_behalf_scan__isnull=False, owner_answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="activity_disputed_by_its_owner_says_why",
                condition=~Q(owner_answer="disputed") | ~Q(owner_reason=""),
            ),
            models.CheckConstraint(
                name="activity_is_not_its_own_parent", condition=Q(parent=None) | ~Q(parent=F("id"))
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def duty_day(self) -> datetime.date:
        """The day on which duties decide who may do what."""
        return self.campaign.opens_on if self.campaign else datetime.date(self.year, 11, 15)

    @property
    def is_open(self) -> bool:
        """True while its department may write in it."""
        return self.status in {self.Status.DRAFT, self.Status.WAITING_HEAD, self.Status.RETURNED}

    @property
    def typed_for_owner(self) -> bool:
        """True for what the office typed from the owner's paper, until the owner has said whether it agrees."""
        return self.on_behalf_scan_id is not None and not self.owner_answer

    def powers(self, seat: Seat) -> frozenset[str]:
        """What `seat` may do: own_editor, own_approver for the recorder; office for the standing office.

        The office stands in for the recorder in what it typed from paper, as long as the recorder has not answered.
        """
        found = set()
        if self.owner_id in seat.reach.departments:
            if seat.writes:
                found.add("own_editor")
            if seat.approves:
                found.add("own_approver")
        if seat.writes and seat.holds(Duty.Kind.STANDING_OFFICE, self.province, self.duty_day):
            found |= {"office", "own_editor", "own_approver"} if self.typed_for_owner else {"office"}
        return frozenset(found)


class Participant(models.Model):
    """A body that took part: leading, helping, attending or giving; from the list or as typed."""

    class Role(models.TextChoices):
        LEAD = "lead", _("lead")
        CO = "co", _("co-organiser")
        ATTENDEE = "attendee", _("attendee")
        DONOR = "donor", _("donor")

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        DISPUTED = "disputed", _("Disputed")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participants")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="participations")
    name = models.CharField(_("name"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=8, choices=Role.choices)
    position = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=9, choices=Answer.choices, blank=True)
    answer_reason = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("participant")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="participant_disputing_says_why", condition=~Q(answer="disputed") | ~Q(answer_reason="")
            ),
            models.UniqueConstraint(fields=["activity"], condition=Q(role="lead"), name="participant_leads_alone"),
            models.UniqueConstraint(
                fields=["activity", "department", "role"],
                condition=Q(department__isnull=False),
                name="participant_once_per_role",
            ),
            models.CheckConstraint(
                name="participant_is_listed_or_named",
                condition=Q(department__isnull=False, name="") | (Q(department=None) & ~Q(name="")),
            ),
        ]

    def __str__(self):
        return self.name or str(self.department)


class ActivityVersion(models.Model):
    """What an activity said before a change after acceptance, with the reason for the change."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="versions")
    no = models.PositiveIntegerField()
    content = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("version of an activity")
        constraints = [models.UniqueConstraint(fields=["activity", "no"], name="activity_version_once")]

    def __str__(self):
        return f"{self.activity_id} v{self.no}"
