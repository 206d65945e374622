"""Reports: a department's return and a province's report are one model, one kind of document."""

import datetime
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Request
from provinces.ids import new_id
from provinces.models import Department, Duty, File, Seat, Unit
from provinces.workflow import Move


class ReportQuerySet(models.QuerySet):
    def visible_to(self, seat: Seat):
        """Own reports; in provinces led, all past the draft; what was delivered; the ministry: issued ones."""
        reach = seat.reach
        seen = Q(department__in=reach.departments) | Q(issuer__in=reach.departments)
        seen |= Q(deliveries__to__in=reach.departments)
        if reach.led:
            seen |= Q(province__in=reach.led) & ~Q(status__in=["draft", "waiting_head"])
        if reach.ministry:
            seen |= ~Q(kind="return") & Q(status__in=["issued", "sent", "returned", "accepted", "superseded"])
        return self.filter(pk__in=Report.objects.filter(seen).values("pk"))


class Report(models.Model):
    """A report: figures of a snapshot plus text, issued as an official document and sent up."""

    class Kind(models.TextChoices):
        RETURN = "return", _("return")
        REPORT = "report", _("report")
        SUPPLEMENT = "supplement", _("supplement")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        WAITING_HEAD = "waiting_head", _("For signature")
        LOCKED = "locked", _("Figures locked, to be issued")
        ISSUED = "issued", _("Issued, not sent")
        SENT = "sent", _("Sent")
        NIL = "nil", _("Nil return sent")
        RETURNED = "returned", _("Returned for completion")
        ACCEPTED = "accepted", _("Accepted")
        SUPERSEDED = "superseded", _("Replaced")

    MOVES = (
        Move("draft", "waiting_head", "report.hand_in", "own_editor"),
        Move("waiting_head", "draft", "report.take_back", "own_editor"),
        Move("draft", "locked", "report.lock", "own_approver"),
        Move("waiting_head", "locked", "report.lock", "own_approver"),
        Move("locked", "draft", "report.unlock", "own_approver"),
        Move("locked", "issued", "report.issue", "own_approver"),
        Move("issued", "sent", "report.send", "own_approver"),
        Move("draft", "sent", "report.send_return", "own_approver_of_return"),
        Move("waiting_head", "sent", "report.send_return", "own_approver_of_return"),
        Move("draft", "nil", "report.send_nil", "own_approver_of_return"),
        Move("waiting_head", "nil", "report.send_nil", "own_approver_of_return"),
        Move("sent", "issued", "report.withdraw", "own_approver"),
        Move("sent", "draft", "report.withdraw", "own_approver_of_return"),
        Move("nil", "draft", "report.withdraw", "own_approver_of_return"),
        Move("sent", "returned", "report.return", "receiver"),
        Move("nil", "returned", "report.return", "receiver"),
        Move("sent", "accepted", "report.accept", "receiver"),
        Move("nil", "accepted", "report.accept", "receiver"),
        Move("returned", "superseded", "report.supersede", "own_editor"),
    )

    public_id = models.CharField(max_length=12, unique=True, default=new_id, editable=False)
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveSmallIntegerField(default=1)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    request = models.ForeignKey(Request, models.PROTECT, null=True, blank=True, related_name="reports")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="reports")
    province = models.ForeignKey(Unit, models.PROTECT, related_name="reports")
    department = models.ForeignKey(Department, models.PROTECT, related_name="reports")
    issuer = models.ForeignKey(Department, models.PROTECT, related_name="issued_reports")
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    number = models.CharField(_("number"), max_length=20, blank=True)
    symbol = models.CharField(_("symbol"), max_length=40, blank=True)
    number_unknown = models.BooleanField(_("number unknown"), default=False)
    dated = models.DateField(_("date"), null=True, blank=True)
    signer_lines = models.CharField(_("authority of the signer"), max_length=300, blank=True)
    signer = models.CharField(_("signer"), max_length=120, blank=True)
    scan = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    nil_reason = models.TextField(blank=True)
    supplement_no = models.PositiveSmallIntegerField(null=True, blank=True)
    supplement_reason = models.TextField(blank=True, default="")
    locked_at = models.DateTimeField(null=True, blank=True)
    snapshot = models.ForeignKey(
        "reports.Snapshot", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("figures")
    )
    created_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("report")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["lineage", "version"], name="report_version_once"),
            models.UniqueConstraint(
                fields=["kind", "department", "campaign", "request"],
                condition=Q(
                    status__in=["draft", "waiting_head", "locked", "issued", "sent", "nil"],
                    request__isnull=False,
                )
                & ~Q(kind="supplement"),
                name="report_open_once_per_request",
            ),
            models.UniqueConstraint(
                fields=["kind", "department", "campaign"],
                condition=Q(status__in=["draft", "waiting_head", "locked", "issued", "sent", "nil"], request=None)
                & ~Q(kind="supplement"),
                name="report_open_once_per_campaign",
            ),
            models.CheckConstraint(
                name="report_locked_has_figures",
                condition=~Q(status__in=["locked", "issued", "sent", "accepted"], kind__in=["report", "supplement"])
                | Q(snapshot__isnull=False, locked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="report_issued_has_number_or_says_unknown",
                condition=~Q(status__in=["issued", "sent", "accepted"], kind__in=["report", "supplement"])
                | (~Q(number="") & Q(dated__isnull=False))
                | Q(number_unknown=True),
            ),
            models.CheckConstraint(name="report_nil_has_a_reason", condition=~Q(status="nil") | ~Q(nil_reason="")),
            models.CheckConstraint(
                name="report_supplement_names_the_old",
                condition=~Q(kind="supplement")
                | Q(supersedes__isnull=False, supplement_no__isnull=False, supplement_no__gte=1)
                & ~Q(supplement_reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.campaign_id} v{self.version}"

    @property
    def duty_day(self) -> datetime.date:
        """The day on which duties decide who may do what."""
        return self.campaign.opens_on

    @property
    def is_open(self) -> bool:
        """True while its text may be written and its figures compiled anew."""
        return self.status in {self.Status.DRAFT, self.Status.WAITING_HEAD}

    def powers(self, seat: Seat) -> frozenset[str]:
        """own_editor, own_approver (of_return) for the department's own; receiver for whom it was sent to."""
        found = set()
        if {self.department_id, self.issuer_id} & seat.reach.departments:
            if seat.writes:
                found.add("own_editor")
            if seat.approves:
                found.add("own_approver_of_return" if self.kind == self.Kind.RETURN else "own_approver")
        if self._received_by(seat):
            found.add("receiver")
        return frozenset(found)

    def _received_by(self, seat: Seat) -> bool:
        if self.kind == self.Kind.RETURN:
            return seat.writes and seat.holds(Duty.Kind.STANDING_OFFICE, self.province, self.duty_day)
        return (
            seat.approves
            and self.deliveries.filter(to__in=seat.reach.departments, status__in=["sent", "seen"]).exists()
        )


class ReportSection(models.Model):
    """One section of a report's text; a drafted text follows the figures until a person writes in it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=12)
    text = models.TextField(_("text"), blank=True)
    drafted = models.BooleanField(_("drafted from the figures"), default=True)
    drafted_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)
    # Who read the drafted text and kept it as it is; a new draft with other words takes this back.
    kept_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("section of a report")
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="report_section_once")]

    def __str__(self):
        return self.key

    @property
    def unread(self) -> bool:
        """True for a drafted text that nobody has read yet."""
        return self.drafted and bool(self.text) and self.kept_at is None
