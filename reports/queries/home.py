"""What a seat has to do in a place, drawn from the rows of all floors: a verb, the thing, its chip, its due time."""

import dataclasses
import datetime

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.models import Activity
from activities.queries import acting_in_year
from campaigns.models import Plan, PlanComment, PlanSubmission, Recipient, Request
from campaigns.queries import Place
from provinces.models import Department, Seat
from provinces.vietnamese import format_date, format_moment, format_number
from reports.models import Report
from reports.queries.assigned import open_questions
from reports.queries.follow_ups import add_follow_ups
from reports.queries.worklist import Desk, Milestone, Returns, Task, Work

NAMED = 3  # more returned or arrived things than this become one row
MANY = 200  # rows read of one table
RETURN = Report.Kind.RETURN


def work_of(seat: Seat, place: Place, at: datetime.datetime) -> Work:
    """The work list of a seat in a province and year; the same number of queries for one row and for thirty."""
    desk = _desk(seat, place, at)
    work = Work(may_log=_may_log(seat, place), office=desk.office)
    _add_plans(work, desk)
    _add_questions(work, desk)
    _add_activities(work, desk)
    add_follow_ups(work, desk)
    _add_reports(work, desk)
    work.milestones = _milestones(desk)
    work.returns = _returns(desk) if desk.office else None
    work.todo = [task for _n, task in sorted(enumerate(work.todo), key=lambda pair: pair[1].order(at, pair[0]))]
    return work


def _may_log(seat: Seat, place: Place) -> bool:
    """True when the year is open and the seat's department was there in that year."""
    open_year = seat.writes and not place.campaign.locked_at
    return open_year and bool(acting_in_year(seat, place.province, place.year))


def _desk(seat: Seat, place: Place, at: datetime.datetime) -> Desk:
    asked = Request.objects.visible_to(seat).filter(campaign=place.campaign, province=place.province)
    requests = list(asked.order_by("due"))
    own = Recipient.objects.filter(request__in=requests, department__in=seat.reach.departments)
    extended = dict(own.values_list("request_id", "due"))
    dues = {row.pk: extended[row.pk] or row.due for row in requests if row.pk in extended}
    return Desk(seat, place, at, dues, requests)


# ── plans ──────────────────────────────────────────────────────────────────


def _add_plans(work: Work, desk: Desk) -> None:
    open_comments = Count("comments", filter=Q(comments__answer="", comments__sent=True))
    newest = PlanSubmission.objects.filter(plan=OuterRef("pk")).order_by("-no")
    year = desk.place.year
    plans = list(
        Plan.objects.visible_to(desk.seat)
        .filter(Q(campaign=desk.place.campaign) | Q(campaign=None, year_from__lte=year, year_to__gte=year))
        .filter(province=desk.place.province)
        .exclude(status=Plan.Status.SUPERSEDED)
        .select_related("owner__unit", "campaign", "province")
        .prefetch_related("owner__names")
        .annotate(open_comments=open_comments, comments_by=Subquery(newest.values("comments_by")[:1]))
        .order_by("submitted_at", "id")[:MANY]
    )
    for plan in plans:
        powers = plan.powers(desk.seat)
        if "own_editor" in powers:
            _own_plan(work, desk, plan, powers)
        elif "reviewer" in powers:
            _reviewed_plan(work, desk, plan)
    _open_comments(work, desk, [plan for plan in plans if plan.status == "returned" and desk.mine(plan.owner_id)])
    month = [plan for plan in plans if plan.kind == Plan.Kind.MONTH]
    if desk.office and desk.seat.writes and not any(desk.mine(plan.owner_id) for plan in month):
        title = _("Start the plan of %(year)s") % {"year": desk.place.year}
        work.todo.append(desk.task(title, "todo", "plans"))


def _own_plan(work: Work, desk: Desk, plan: Plan, powers) -> None:
    named = {"plan": _short(plan)}
    if plan.status == "draft":
        work.todo.append(_plan_task(desk, _("Finish and submit %(plan)s") % named, "doing", plan))
    elif plan.status == "returned":
        count = ngettext("%(n)s comment to answer", "%(n)s comments to answer", plan.open_comments)
        notes = [count % {"n": plan.open_comments}] if plan.open_comments else []
        work.todo.append(_plan_task(desk, _("Correct and submit again %(plan)s") % named, "back", plan, notes=notes))
    elif plan.status == "submitted" and "reviewer" in powers:
        work.todo.append(_plan_task(desk, _("Review %(plan)s") % named, "wait", plan, page="plan_review"))
    elif plan.status == "submitted":
        work.waiting.append(_plan_task(desk, _("Under review: %(plan)s") % named, "wait", plan, sent=True))
    elif plan.status == "approved" and "own_approver" in powers:
        work.todo.append(_plan_task(desk, _("Issue %(plan)s") % named, "todo", plan, page="plan_issue"))
    elif plan.status == "approved":
        work.waiting.append(_plan_task(desk, _("To be issued by the head: %(plan)s") % named, "wait", plan))
    else:
        work.done.append(_plan_task(desk, _("Issued: %(plan)s") % named, "done", plan))


def _open_comments(work: Work, desk: Desk, plans: list[Plan]) -> None:
    """Each comment that waits for an answer, as long as they are few; the plan's own row says how many there are."""
    if not plans or not desk.seat.writes:
        return
    rows = list(PlanComment.objects.filter(plan__in=plans, sent=True, answer="").select_related("plan")[: NAMED + 1])
    for row in rows if len(rows) <= NAMED else []:
        first = row.text.split("\n")[0]
        title = _("Answer the comment “%(comment)s”") % {"comment": first[:100] + ("…" if len(first) > 100 else "")}
        notes = [_short(row.plan), str(row.get_kind_display())]
        fragment = f"c{row.pk}"
        work.todo.append(desk.task(title, "back", "plan", row=row.plan.public_id, notes=notes, fragment=fragment))


def _reviewed_plan(work: Work, desk: Desk, plan: Plan) -> None:
    named = {"plan": _short(plan), "department": _name(plan.owner, plan.duty_day)}
    if plan.status == "submitted":
        title = _("Review %(plan)s of %(department)s") % named
        row = _plan_task(desk, title, "wait", plan, page="plan_review", sent=True, due=plan.comments_by)
        work.todo.append(row)
    elif plan.status == "returned":
        work.done.append(_plan_task(desk, _("Returned: %(plan)s of %(department)s") % named, "done", plan))
    elif plan.status in {"approved", "issued"}:
        work.done.append(_plan_task(desk, _("Approved: %(plan)s of %(department)s") % named, "done", plan))


def _plan_task(desk: Desk, title: str, chip: str, plan: Plan, *, page="plan", notes=(), sent=False, due=None) -> Task:
    if sent and plan.submitted_at:
        notes = [*notes, _("submitted %(time)s") % {"time": format_moment(plan.submitted_at)}]
        if plan.comments_by and plan.status == "submitted" and not due:
            notes.append(_("comments by %(time)s") % {"time": format_moment(plan.comments_by)})
    return desk.task(title, chip, page, row=plan.public_id, notes=notes, due=due)


def _short(plan: Plan) -> str:
    """“kế hoạch năm 2023”; from the second version on, with its number; another kind of plan by its subject."""
    if plan.kind != Plan.Kind.MONTH:
        return _("the plan “%(subject)s”") % {"subject": plan.subject[:80] + ("…" if len(plan.subject) > 80 else "")}
    if plan.version > 1:
        return _("the plan of %(year)s, version %(n)s") % {"year": plan.year_from, "n": plan.version}
    return _("the plan of %(year)s") % {"year": plan.year_from}


def _add_questions(work: Work, desk: Desk) -> None:
    """Questions about tasks: to be answered by the office, awaited by who asked."""
    asked, own = open_questions(desk.seat, desk.place)
    if asked and desk.seat.writes:
        title = ngettext("Answer %(n)s question about tasks", "Answer %(n)s questions about tasks", asked)
        work.todo.append(desk.task(title % {"n": format_number(asked)}, "wait", "tasks", query="xem=tat-ca"))
    if own:
        title = ngettext("%(n)s question awaits its answer", "%(n)s questions await their answers", own)
        work.waiting.append(desk.task(title % {"n": format_number(own)}, "wait", "tasks"))


# ── activities ─────────────────────────────────────────────────────────────


def _add_activities(work: Work, desk: Desk) -> None:
    rows = Activity.objects.visible_to(desk.seat).filter(province=desk.place.province, year=desk.place.year)
    if desk.seat.writes:
        _own_activities(work, desk, rows.filter(owner__in=desk.seat.reach.departments))
    if desk.office and desk.seat.writes:
        _activities_to_verify(work, desk, rows)


def _own_activities(work: Work, desk: Desk, rows) -> None:
    states = dict(rows.values_list("status").annotate(n=Count("pk")).order_by())
    _returned_activities(work, desk, rows, states.get("returned", 0))
    if n := states.get("draft", 0):
        title = ngettext("Finish %(n)s draft of an activity", "Finish %(n)s drafts of activities", n)
        work.todo.append(_counted(desk, title, n, "doing", "draft"))
    if n := states.get("waiting_head", 0):
        if desk.seat.approves:
            title = ngettext("Confirm and send %(n)s activity", "Confirm and send %(n)s activities", n)
            work.todo.append(_counted(desk, title, n, "wait", "waiting_head"))
        else:
            title = ngettext("%(n)s activity awaits the head", "%(n)s activities await the head", n)
            work.waiting.append(_counted(desk, title, n, "wait", "waiting_head"))
    if (n := states.get("sent", 0)) and not desk.office:
        title = ngettext("%(n)s activity is to be verified", "%(n)s activities are to be verified", n)
        work.waiting.append(_counted(desk, title, n, "wait", "sent"))
    if n := states.get("accepted", 0):
        title = ngettext("%(n)s activity is verified", "%(n)s activities are verified", n)
        work.done.append(_counted(desk, title, n, "done", "accepted"))


def _returned_activities(work: Work, desk: Desk, rows, total: int) -> None:
    named = list(rows.filter(status="returned").order_by("decided_at", "id")[: NAMED + 1])
    if total > NAMED:
        title = ngettext("Correct %(n)s returned activity", "Correct %(n)s returned activities", total)
        work.todo.append(_counted(desk, title, total, "back", "returned"))
        return
    for row in named:
        title = _("Correct “%(title)s”") % {"title": row.title}
        comment = row.comment.split("\n")[0][:160]
        work.todo.append(desk.task(title, "back", "activity", row=row.public_id, notes=[comment]))


def _activities_to_verify(work: Work, desk: Desk, rows) -> None:
    queue = rows.filter(status="sent").aggregate(n=Count("pk"), oldest=Min("sent_at"))
    work.to_verify = queue["n"]
    if not queue["n"]:
        return
    title = ngettext("Verify %(n)s new activity", "Verify %(n)s new activities", queue["n"])
    notes = [_("first sent %(day)s") % {"day": format_date(queue["oldest"].astimezone().date())}]
    due = next((request.cut_off for request in desk.requests), None)
    words = title % {"n": format_number(queue["n"])}
    work.todo.append(desk.task(words, "wait", "verify", notes=notes, due=due))


def _counted(desk: Desk, title: str, n: int, chip: str, state: str) -> Task:
    return desk.task(title % {"n": format_number(n)}, chip, "activities", query=f"trang_thai={state}")


# ── reports ────────────────────────────────────────────────────────────────


@dataclasses.dataclass(frozen=True)
class Step:
    """What a state of an own report asks of its department: of everybody who writes, or of the head only."""

    words: str
    chip: str
    block: str = "todo"
    for_others: str = ""


OF_THE_YEAR = {
    Report.Kind.RETURN: gettext_lazy("the return of %(year)s"),
    Report.Kind.REPORT: gettext_lazy("the report of %(year)s"),
}
HEAD = gettext_lazy("With the head: %(report)s")
OF_REPORT = {
    "draft": Step(gettext_lazy("Compile %(report)s"), "todo"),
    "compiled": Step(gettext_lazy("Write the text of %(report)s"), "doing"),
    "again": Step(gettext_lazy("Correct %(report)s after the comments"), "back"),
    "waiting_head": Step(gettext_lazy("Read and sign off %(report)s"), "wait", for_others=HEAD),
    "locked": Step(gettext_lazy("Issue %(report)s"), "todo", for_others=HEAD),
    "issued": Step(gettext_lazy("Send %(report)s"), "todo", for_others=HEAD),
    "sent": Step(gettext_lazy("Sent, to be decided on: %(report)s"), "wait", "waiting"),
    "returned": Step(gettext_lazy("Start a new version of %(report)s after the comments"), "back"),
    "accepted": Step(gettext_lazy("Accepted: %(report)s"), "done", "done"),
}
OF_RETURN = {
    **OF_REPORT,
    "draft": Step(gettext_lazy("Finish and send %(report)s"), "doing"),
    "compiled": Step(gettext_lazy("Finish and send %(report)s"), "doing"),
    "waiting_head": Step(gettext_lazy("Confirm and send %(report)s"), "wait", for_others=HEAD),
    "nil": Step(gettext_lazy("Nil return sent: %(report)s"), "wait", "waiting"),
}


def _add_reports(work: Work, desk: Desk) -> None:
    rows = Report.objects.visible_to(desk.seat).filter(campaign=desk.place.campaign, province=desk.place.province)
    rows = rows.exclude(status=Report.Status.SUPERSEDED).select_related("campaign", "request", "department")
    rows = rows.annotate(again=Exists(Report.objects.filter(supersedes=OuterRef("pk"))))
    rows = rows.prefetch_related("department__names").order_by("created_at", "id")
    departments = desk.seat.reach.departments
    of_others = Q(kind=RETURN) & ~Q(department__in=departments) & ~Q(issuer__in=departments)
    reports = list(rows.exclude(of_others).prefetch_related("deliveries")[:MANY])
    own = [report for report in reports if desk.mine(report.department_id, report.issuer_id)]
    if desk.seat.writes:
        for report in own:
            _own_report(work, desk, report)
        _reports_to_start(work, desk, own)
    _arrived(work, desk, [report for report in reports if report not in own])
    if desk.office and desk.seat.writes:
        _arrived_returns(work, desk, rows.filter(of_others))


def _own_report(work: Work, desk: Desk, report: Report) -> None:
    state = "compiled" if report.status == "draft" and report.snapshot_id else report.status
    if state == "returned" and report.again:
        return
    if state == "compiled" and report.supersedes_id:
        state = "again"
    step = (OF_RETURN if report.kind == RETURN else OF_REPORT).get(state)
    if step is None or (step.block == "todo" and _shut(report)):
        return
    due = desk.dues.get(report.request_id) if step.block == "todo" else None
    block, words, chip = step.block, step.words, step.chip
    if step.for_others and not desk.seat.approves:
        block, words, chip = "waiting", step.for_others, "wait"
    page = "return" if report.kind == RETURN else "report"
    if page == "report" and state == "waiting_head" and desk.seat.approves:
        page = "report_sign"
    task = desk.task(words % {"report": _titled(report)}, chip, page, row=report.public_id, due=due)
    getattr(work, block).append(task)


def _shut(report: Report) -> bool:
    """True for a return that can no longer be sent because the office has closed its request."""
    return report.kind == RETURN and bool(report.request and report.request.closed_at)


def _titled(report: Report) -> str:
    asked = report.request
    named = asked and asked.kind != Request.Kind.MONTH and asked.subject
    if report.kind == RETURN and named:
        return _("the return “%(subject)s”") % {"subject": asked.subject}
    if report.kind == Report.Kind.REPORT and named:
        words = _("the report “%(subject)s”") % {"subject": asked.subject}
    elif report.kind == Report.Kind.SUPPLEMENT:
        return _("supplement no. %(no)s of %(year)s") % {"no": report.supplement_no, "year": report.campaign.year}
    else:
        words = OF_THE_YEAR[report.kind] % {"year": report.campaign.year}
    return words if report.version == 1 else _("%(report)s, version %(n)s") % {"report": words, "n": report.version}


def _reports_to_start(work: Work, desk: Desk, own: list[Report]) -> None:
    """The office's report once the month has begun, and every return that was asked for and is not there."""
    year = {"year": desk.place.year}
    if desk.office and desk.place.campaign.opens_on <= desk.at.astimezone().date():
        if all(report.kind == RETURN for report in own):
            due = next((desk.dues[row.pk] for row in desk.requests if _from_above(desk, row)), None)
            work.todo.append(desk.task(_("Start the report of %(year)s") % year, "todo", "reports", due=due))
    answered = {report.request_id for report in own}
    unnamed = any(report.kind == RETURN and report.request_id is None for report in own)
    for request in desk.requests:
        asked = request.pk in desk.dues and not request.closed_at and not _from_above(desk, request)
        if asked and request.pk not in answered and not unnamed:
            title = _("Start the return of %(year)s") % year
            work.todo.append(desk.task(title, "todo", "returns", due=desk.dues[request.pk]))


def _from_above(desk: Desk, request: Request) -> bool:
    """True for what the office itself was asked for by somebody else: that is the province's report."""
    return desk.office and request.pk in desk.dues and not desk.mine(request.asker_id)


def _arrived(work: Work, desk: Desk, reports: list[Report]) -> None:
    """What others sent here: returns to the office, reports to the committee."""
    waiting = [report for report in reports if _waits_for(desk, report)]
    if len(waiting) > NAMED:
        title = ngettext("Look at %(n)s report", "Look at %(n)s reports", len(waiting))
        work.todo.append(desk.task(title % {"n": format_number(len(waiting))}, "wait", "reports"))
    else:
        for report in waiting:
            title = _("Look at %(report)s of %(department)s") % _named(report)
            work.todo.append(desk.task(title, "wait", "report_review", row=report.public_id, notes=[_sent(report)]))
    for report in reports:
        if desk.seat.writes and report.status in {"accepted", "returned"}:
            words = _("Accepted: %(report)s of %(department)s")
            if report.status == "returned":
                words = _("Returned: %(report)s of %(department)s")
            work.done.append(desk.task(words % _named(report), "done", "report", row=report.public_id))


def _arrived_returns(work: Work, desk: Desk, rows) -> None:
    """The departments' returns at the office: those to be looked at by name while they are few, the rest as a count."""
    states = dict(rows.order_by().values_list("status").annotate(n=Count("pk")))
    waiting = states.get("sent", 0) + states.get("nil", 0)
    named = list(rows.filter(status__in=["sent", "nil"]).order_by("locked_at", "id")[: NAMED + 1])
    if len(named) > NAMED:
        title = ngettext("Look at %(n)s return", "Look at %(n)s returns", waiting) % {"n": format_number(waiting)}
        work.todo.append(desk.task(title, "wait", "returns", query="trang_thai=cho-xem"))
    else:
        for report in named:
            title = _("Look at %(report)s of %(department)s") % _named(report)
            sent = [_("sent %(time)s") % {"time": format_moment(report.locked_at)}] if report.locked_at else []
            work.todo.append(desk.task(title, "wait", "return_review", row=report.public_id, notes=sent))
    if n := states.get("accepted", 0):
        title = ngettext("%(n)s return is accepted", "%(n)s returns are accepted", n) % {"n": format_number(n)}
        work.done.append(desk.task(title, "done", "returns", query="trang_thai=da-tiep-nhan"))


def _waits_for(desk: Desk, report: Report) -> bool:
    return desk.seat.approves and any(
        delivery.to_id in desk.seat.reach.departments and delivery.status in {"sent", "seen"}
        for delivery in report.deliveries.all()
    )


def _named(report: Report) -> dict[str, str]:
    return {"report": _titled(report), "department": _name(report.department, report.duty_day)}


def _sent(report: Report) -> str:
    sent = max((delivery.sent_at for delivery in report.deliveries.all()), default=None)
    return _("sent %(time)s") % {"time": format_moment(sent)} if sent else ""


def _name(department: Department, day: datetime.date) -> str:
    return str(department.name_on(day) or department)


# ── the side of the page ───────────────────────────────────────────────────


def _milestones(desk: Desk) -> list[Milestone]:
    rows = []
    for request in desk.requests:
        if desk.mine(request.asker_id):
            rows.append(Milestone(_("Returns of the departments"), request.due))
            rows.append(Milestone(_("Cut-off of figures"), request.cut_off))
        elif request.pk in desk.dues:
            rows.append(Milestone(_("Own report"), desk.dues[request.pk]))
    return sorted(rows, key=lambda row: row.moment)


def _returns(desk: Desk) -> Returns | None:
    request = next((row for row in desk.requests if desk.mine(row.asker_id)), None)
    if request is None:
        return None
    asked = Recipient.objects.filter(request=request).count()
    rows = Report.objects.filter(request=request, kind=RETURN).exclude(status="superseded")
    states = dict(rows.values_list("status").annotate(n=Count("pk")).order_by())
    waiting = states.get("sent", 0) + states.get("nil", 0)
    return Returns(asked, states.get("accepted", 0), waiting, states.get("returned", 0)) if asked else None
