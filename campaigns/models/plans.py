"""Plans: versions of one lineage, their sections, targets and the committee's comments."""

import datetime
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.calendar import Campaign
from campaigns.models.catalogue import Certainty, Measure
from provinces.ids import new_id
from provinces.models import Department, Duty, File, Seat, Unit
from provinces.workflow import Move


class PlanQuerySet(models.QuerySet):
    def visible_to(self, seat: Seat):
        """Own plans; in provinces led, past the draft; settled ones of one's province; the ministry: issued ones."""
        reach = seat.reach
        settled = Q(status__in=["approved", "issued", "superseded"], province__in=reach.provinces)
        if reach.ministry:
            settled = Q(status__in=["issued", "superseded"])
        own = Q(owner__in=reach.departments) | Q(issuer__in=reach.departments)
        handed_in = Q(province__in=reach.led) & ~Q(status="draft")
        return self.filter(own | handed_in | settled)


class Plan(models.Model):
    """A plan: of the action month, of a year, or of a programme; also a district's or commune's own."""

    class Kind(models.TextChoices):
        MONTH = "month", _("plan of the Action Month")
        YEAR = "year", _("plan of the year")
        PROGRAMME = "programme", _("programme plan")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned for completion")
        APPROVED = "approved", _("Approved, to be issued")
        ISSUED = "issued", _("Issued")
        SUPERSEDED = "superseded", _("Replaced")

    class Paper(models.TextChoices):
        PLAN = "KH", "Kế hoạch"
        DECISION = "QĐ", "Quyết định"
        LETTER = "CV", "Công văn"

    MOVES = (
        Move("draft", "submitted", "plan.submit", "own_editor"),
        Move("returned", "submitted", "plan.submit", "own_editor"),
        Move("submitted", "draft", "plan.withdraw", "own_editor"),
        Move("submitted", "returned", "plan.return", "reviewer"),
        Move("submitted", "approved", "plan.approve", "reviewer"),
        Move("approved", "issued", "plan.issue", "own_approver"),
        Move("issued", "superseded", "plan.supersede", "own_approver"),
    )

    public_id = models.CharField(max_length=12, unique=True, default=new_id, editable=False)
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    province = models.ForeignKey(Unit, models.PROTECT, related_name="plans")
    owner = models.ForeignKey(Department, models.PROTECT, related_name="plans")
    issuer = models.ForeignKey(Department, models.PROTECT, related_name="issued_plans")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="plans")
    programmes = models.ManyToManyField("campaigns.Programme", blank=True, related_name="plans")
    year_from = models.PositiveSmallIntegerField()
    year_to = models.PositiveSmallIntegerField()
    subject = models.CharField(_("subject"), max_length=500)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    paper = models.CharField(_("kind of document"), max_length=2, choices=Paper.choices, default=Paper.PLAN)
    number = models.CharField(_("number"), max_length=20, blank=True)
    symbol = models.CharField(_("symbol"), max_length=40, blank=True)
    number_unknown = models.BooleanField(_("number unknown"), default=False)
    dated = models.DateField(_("date"), null=True, blank=True)
    signer_lines = models.CharField(_("authority of the signer"), max_length=300, blank=True)
    signer = models.CharField(_("signer"), max_length=120, blank=True)
    addressees = models.TextField(_("addressees"), blank=True)
    recipients = models.TextField(_("recipients"), blank=True)
    scan = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    budget = models.BigIntegerField(_("budget"), null=True, blank=True)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    amendment_reason = models.CharField(_("why it is amended"), max_length=500, blank=True)
    created_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("plan")
        ordering = ["-year_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["lineage", "version"], name="plan_version_once"),
            models.CheckConstraint(
                name="plan_of_the_month_has_a_campaign",
                condition=~Q(kind="month") | Q(campaign__isnull=False),
            ),
            models.CheckConstraint(name="plan_years_are_in_order", condition=Q(year_to__gte=F("year_from"))),
            models.CheckConstraint(
                name="plan_submitted_has_time",
                condition=~Q(status="submitted") | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_issued_has_number_or_says_unknown",
                condition=~Q(status__in=["issued", "superseded"])
                | (~Q(number="") & Q(dated__isnull=False))
                | Q(number_unknown=True),
            ),
            models.CheckConstraint(
                name="plan_amendment_has_a_reason", condition=Q(version=1) | ~Q(amendment_reason="")
            ),
            models.CheckConstraint(name="plan_budget_is_not_negative", condition=Q(budget=None) | Q(budget__gte=0)),
            models.UniqueConstraint(
                fields=["owner", "campaign"],
                condition=Q(kind="month", status__in=["draft", "submitted", "returned", "approved"]),
                name="plan_of_the_month_open_once_per_office",
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def duty_day(self) -> datetime.date:
        """The day on which duties decide who may do what."""
        return self.campaign.opens_on if self.campaign else datetime.date(self.year_from, 11, 15)

    @property
    def is_open(self) -> bool:
        """True while the author may write."""
        return self.status in {self.Status.DRAFT, self.Status.RETURNED}

    def powers(self, seat: Seat) -> frozenset[str]:
        """What `seat` may do with this plan: own_editor, own_approver, reviewer.

        A province's plan is reviewed by its committee; a district's or commune's own by its own approver.
        """
        own = {self.owner_id, self.issuer_id} & seat.reach.departments
        found = set()
        if own and seat.writes:
            found.add("own_editor")
        if own and seat.approves:
            found.add("own_approver")
        if self.owner.unit.level != Unit.Level.PROVINCE:
            return frozenset(found | ({"reviewer"} if "own_approver" in found else set()))
        if seat.approves and seat.holds(Duty.Kind.COMMITTEE, self.province, self.duty_day):
            found.add("reviewer")
        return frozenset(found)


class PlanSection(models.Model):
    """One section of a plan's text; its version grows with every save."""

    class Key(models.TextChoices):
        BASIS = "can-cu", "Căn cứ"
        PURPOSE = "muc-dich", "I. Mục đích, yêu cầu"
        THEME = "chu-de", "II. Chủ đề, thời gian, phạm vi"
        CONTENT = "noi-dung", "III. Nội dung hoạt động"
        MONEY = "kinh-phi", "IV. Kinh phí"
        ORGANISATION = "to-chuc", "V. Tổ chức thực hiện"
        MESSAGES = "thong-diep", "Phụ lục. Thông điệp, khẩu hiệu"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=12, choices=Key.choices)
    text = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=1)
    done = models.BooleanField(_("finished"), default=False)
    edited_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("section")
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="plan_section_once")]

    def __str__(self):
        return self.get_key_display()


class PlanTarget(models.Model):
    """What the whole plan wants to reach of one measure; without it, the tasks' targets add up."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="targets")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    certainty = models.CharField(max_length=8, choices=Certainty.choices, default=Certainty.EXACT)

    class Meta:
        verbose_name = verbose_name_plural = _("target")
        constraints = [
            models.UniqueConstraint(fields=["plan", "measure"], name="plan_target_once_per_measure"),
            models.CheckConstraint(name="plan_target_is_positive", condition=Q(quantity__gt=0)),
        ]

    def __str__(self):
        return f"{self.measure_id}: {self.quantity}"


class PlanComment(models.Model):
    """The committee's remark on a section, task or figure: must be fixed, or advice; answered by the author."""

    class Kind(models.TextChoices):
        MUST = "must", _("must fix")
        ADVICE = "advice", _("advice")

    class Answer(models.TextChoices):
        FIXED = "fixed", _("Fixed")
        EXPLAINED = "explained", _("Explained")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="comments")
    anchor = models.CharField(max_length=60)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    text = models.TextField(_("comment"))
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent = models.BooleanField(default=False)
    answer = models.CharField(max_length=9, choices=Answer.choices, blank=True)
    explanation = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("comment")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="plan_comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="plan_comment_explained_has_words", condition=~Q(answer="explained") | ~Q(explanation="")
            ),
        ]

    def __str__(self):
        return self.text


class PlanSubmission(models.Model):
    """A plan's whole content as it was submitted, so that the committee can lay two submissions side by side.

    `comments_by`: until when the office asks for comments; nothing stops a later one.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="submissions")
    no = models.PositiveSmallIntegerField()
    content = models.JSONField()
    comments_by = models.DateTimeField(_("comments by"), null=True, blank=True)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("submission of a plan")
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["plan", "no"], name="plan_submission_once")]

    def __str__(self):
        return f"{self.plan_id} #{self.no}"


class Leftover(models.Model):
    """A person's word that a place which still reads like last year's may stay; places that were changed need none."""

    class Kind(models.TextChoices):
        THEME = "theme", _("theme of an earlier year")
        YEAR = "year", _("earlier year")
        BODY = "body", _("body that no longer exists")
        UNIT = "unit", _("unit that no longer exists")

    plan = models.ForeignKey(Plan, models.CASCADE, null=True, blank=True, related_name="leftovers")
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, blank=True, related_name="leftovers")
    province = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    anchor = models.CharField(max_length=60)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    found = models.CharField(max_length=300)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("settled leftover")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "anchor", "kind", "found"],
                condition=Q(plan__isnull=False),
                name="leftover_of_a_plan_settled_once",
            ),
            models.UniqueConstraint(
                fields=["campaign", "province", "anchor", "kind", "found"],
                condition=Q(campaign__isnull=False, province__isnull=False),
                name="leftover_of_a_campaign_settled_once",
            ),
            models.CheckConstraint(
                name="leftover_is_of_a_plan_or_a_campaign",
                condition=Q(plan__isnull=False, campaign=None) | Q(plan=None, campaign__isnull=False),
            ),
        ]

    def __str__(self):
        return self.found
