"""The life of a plan: started, submitted, withdrawn, issued; its review and its writing are next door."""

import dataclasses
import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.contents import content_of
from campaigns.leftovers import leftovers_of, year_before
from campaigns.models import Campaign, Plan, PlanSection, PlanSubmission, Programme
from campaigns.operations.assignments import bind_tasks
from campaigns.operations.guards import clean_line, refuse_locked_year, refuse_out_of_force, refuse_unsigned
from campaigns.operations.sections import refuse_parent, save_facts, save_section, set_target, start_from_standard_split
from campaigns.operations.telling import tell_issued, tell_submitted
from campaigns.outlines import gaps_of
from campaigns.queries import messages_of
from campaigns.versions import changes_nothing
from provinces.models import Department, Duty, File, Seat, Unit
from provinces.workflow import Refused, move, record_event

__all__ = [
    "IssueFacts",
    "issue_plan",
    "save_facts",
    "save_section",
    "set_target",
    "start_from_standard_split",
    "start_plan",
    "submit_plan",
    "withdraw_plan",
]


@transaction.atomic
def start_plan(
    campaign: Campaign | None,
    *,
    owner: Department,
    kind: str,
    issuer: Department,
    subject: str,
    years: tuple[int, int],
    programmes: tuple[Programme, ...] = (),
    paper: str = Plan.Paper.PLAN,
    copied_from: Plan | None = None,
    parent: Plan | None = None,
    by: Seat,
    at: datetime.datetime,
) -> Plan:
    """Start a plan with its sections empty, the messages of the month aside.

    `years` is the first and the last year it is for, `parent` the province's plan that a district's or commune's own
    carries out."""
    plan = Plan(
        campaign=campaign,
        owner=owner,
        issuer=issuer,
        kind=kind,
        paper=paper,
        province=owner.unit.home_province,
        subject=clean_line(subject, label=_("Subject"), field="subject", longest=500),
        year_from=years[0],
        year_to=years[1],
        copied_from=copied_from,
        parent=parent,
        created_at=at,
    )
    _refuse_start(plan, by)
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("There is a plan of this month already; open it and go on there")) from None
    said = {PlanSection.Key.MESSAGES: "\n".join(messages_of(campaign, plan.province)) if campaign else ""}
    PlanSection.objects.bulk_create(PlanSection(plan=plan, key=key, text=said.get(key, "")) for key in PlanSection.Key)
    plan.programmes.set(programmes)
    source = {"copied_from": copied_from.public_id} if copied_from else {}
    record_event("plan.create", plan, by=by, at=at, details={"kind": kind, **source})
    return plan


def _refuse_start(plan: Plan, by: Seat) -> None:
    _refuse_facts(plan)
    refuse_parent(plan, plan.parent)
    _refuse_second(plan)
    refuse_locked_year(plan)
    refuse_out_of_force(plan.owner, plan.duty_day, field="owner")
    refuse_out_of_force(plan.issuer, plan.duty_day, field="issuer")
    if not by.writes or plan.owner_id not in by.reach.departments:
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    if plan.owner.unit.level == Unit.Level.PROVINCE and not _leads(plan, by):
        raise Refused(_("The plan of a province is written by its standing office"))


def _refuse_facts(plan: Plan) -> None:
    if not plan.subject:
        raise Refused(_("%(label)s is missing") % {"label": _("Subject")}, field="subject")
    if plan.kind == Plan.Kind.MONTH and plan.campaign is None:
        raise Refused(_("A plan of the Action Month needs its campaign"), field="kind")
    if plan.year_to < plan.year_from:
        raise Refused(
            _("The last year, %(last)s, is before the first, %(first)s")
            % {"last": plan.year_to, "first": plan.year_from},
            field="year_to",
        )


def _refuse_second(plan: Plan) -> None:
    """A month has one plan of an office; once that is issued it goes on as an amendment."""
    issued = Plan.objects.filter(owner=plan.owner, campaign=plan.campaign, status=Plan.Status.ISSUED)
    if plan.kind == Plan.Kind.MONTH and issued.filter(kind=Plan.Kind.MONTH).exists():
        raise Refused(_("The plan of this month has been issued; what changes goes into an amendment of it"))


def _leads(plan: Plan, by: Seat) -> bool:
    kinds = (Duty.Kind.STANDING_OFFICE, Duty.Kind.COMMITTEE)
    return any(by.holds(kind, plan.province, plan.duty_day) for kind in kinds)


@transaction.atomic
def submit_plan(plan: Plan, *, comments_by: datetime.datetime | None = None, by: Seat, at: datetime.datetime) -> Plan:
    """Submit a complete plan to its reviewer; its text is frozen, and kept as it was submitted.

    `comments_by`: until when comments are asked for; it is shown and stops nothing.
    """
    refuse_locked_year(plan)
    if comments_by and comments_by <= at:
        raise Refused(_("The day for comments has passed"), field="comments_by")
    _refuse_open(plan)
    if changes_nothing(plan):
        raise Refused(_("The amendment changes nothing of the version in force"))
    missing = [gap for gap in gaps_of(plan) if gap.stops]
    if missing:
        raise Refused(
            _("Cannot be submitted yet: %(list)s") % {"list": "; ".join(str(gap.sentence) for gap in missing)}
        )
    move(plan, Plan.Status.SUBMITTED, by=by, at=at, submitted_at=at, opened_at=None)
    no = plan.submissions.count() + 1
    PlanSubmission.objects.create(plan=plan, no=no, content=content_of(plan), comments_by=comments_by, by=by, at=at)
    tell_submitted(plan, comments_by, by=by, at=at)
    return plan


def _refuse_open(plan: Plan) -> None:
    """Nothing is submitted with a comment unanswered or a place that still reads like an earlier year."""
    waiting = plan.comments.filter(sent=True, answer="").count()
    left = len(leftovers_of(plan))
    both = _("Cannot be submitted yet: %(n)s comments have no answer; %(m)s places still hold text of %(year)s")
    words = {
        (True, True): both,
        (True, False): _("Cannot be submitted yet: %(n)s comments have no answer"),
        (False, True): _("Cannot be submitted yet: %(m)s places still hold text of %(year)s"),
    }.get((waiting > 0, left > 0))
    if words:
        raise Refused(words % {"n": waiting, "m": left, "year": year_before(plan)})


@transaction.atomic
def withdraw_plan(plan: Plan, *, by: Seat, at: datetime.datetime) -> Plan:
    """Take a submitted plan back, as long as its reviewer has not opened it."""
    unopened = Plan.objects.visible_to(by).filter(pk=plan.pk, opened_at=None).update(opened_at=None)
    if not unopened:
        raise Refused(_("The committee has opened the plan, so it can no longer be withdrawn"))
    return move(plan, Plan.Status.DRAFT, by=by, at=at)


@dataclasses.dataclass(frozen=True)
class IssueFacts:
    """What the registry wrote on the signed document; number and symbol as typed, no series is checked."""

    number: str = ""
    symbol: str = ""
    dated: datetime.date | None = None
    signer_lines: str = ""
    signer: str = ""
    number_unknown: bool = False
    scan: File | None = None


@transaction.atomic
def issue_plan(plan: Plan, facts: IssueFacts, *, by: Seat, at: datetime.datetime) -> Plan:
    """Record that the plan was signed and sent out; its tasks bind from now on and its text never changes."""
    refuse_locked_year(plan)
    number = clean_line(facts.number, label=_("Number"), field="number", longest=20)
    refuse_unsigned(number, facts.dated, unknown=facts.number_unknown, issuer=plan.issuer, at=at)
    move(
        plan,
        Plan.Status.ISSUED,
        by=by,
        at=at,
        number=number,
        symbol=clean_line(facts.symbol, label=_("Symbol"), field="symbol", longest=40),
        dated=facts.dated,
        signer_lines=_lines(facts.signer_lines),
        signer=clean_line(facts.signer, label=_("Signer"), field="signer", longest=120),
        number_unknown=facts.number_unknown,
        scan=facts.scan,
    )
    _replace_earlier(plan, by=by, at=at)
    tell_issued(plan, bind_tasks(plan), at=at)
    return plan


def _replace_earlier(plan: Plan, *, by: Seat, at: datetime.datetime) -> None:
    """An amendment takes the place of the version that was in force."""
    for earlier in Plan.objects.filter(lineage=plan.lineage, status=Plan.Status.ISSUED).exclude(pk=plan.pk):
        move(earlier, Plan.Status.SUPERSEDED, by=by, at=at, details={"by": plan.public_id})


def _lines(text: str) -> str:
    label = _("Authority of the signer")
    lines = [clean_line(line, label=label, field="signer_lines", longest=120) for line in text.splitlines()]
    return "\n".join(filter(None, lines))
