"""Compiling: the job row is the truth, a fence keeps a worker that came back from the dead from writing."""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from activities.models import Activity
from campaigns.operations.guards import refuse_locked_year
from provinces.models import Seat
from provinces.workflow import Refused, record_event
from reports.documents import FORMATS
from reports.models import Job, Report, Snapshot, Source
from reports.operations.texts import put_drafts
from reports.papers.report import compose
from reports.papers.text import draft_texts
from reports.queries.figures import count_of_activities
from reports.queries.picture import sums, with_lists
from reports.snapshot import SCHEMA, Figures

LEASE = datetime.timedelta(seconds=45)
UNHEARD = datetime.timedelta(seconds=20)
BEAT = datetime.timedelta(seconds=1)
WRITABLE = (Report.Status.DRAFT, Report.Status.WAITING_HEAD)
BATCH = 1000

log = logging.getLogger(__name__)
Clock = Callable[[], datetime.datetime]


class Stale(Exception):
    """This worker lost its job: the lease ran out and another one has it, or the job was stopped."""


@transaction.atomic
def ask_compile(report: Report, *, by: Seat | None, at: datetime.datetime) -> Job:
    """Put a compile run in the queue; a second press finds the run that is under way.

    `by` is None for the system, which the command line acts as.
    """
    if by is not None and "own_editor" not in report.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    refuse_locked_year(report)
    if report.status not in WRITABLE:
        raise Refused(_("The figures of this report are locked. Unlock it first to compile again"))
    try:
        with transaction.atomic():
            job = Job.objects.create(report=report, asked_by=by, queued_at=at)
    except IntegrityError:
        return Job.objects.get(report=report, status__in=Job.OPEN)
    record_event("report.ask_compile", report, by=by, at=at, details={"job": job.public_id})
    return job


def run_job(job_id: int, *, clock: Clock) -> Job | None:
    """Do a queued run from beginning to end; None when there is nothing to do for this worker.

    Running a job twice changes nothing: who comes second finds it taken or done. `clock` answers the time.
    """
    run = _claim(job_id, clock)
    if run is None:
        return None
    try:
        _compile(run)
    except Stale:
        return None
    except OperationalError:
        log.exception("The database was not there for job %s", run.job.public_id)
        _give_back(run)
    except Exception as fault:
        log.exception("Job %s failed", run.job.public_id)
        _fail(run, f"{type(fault).__name__}: {fault}")
    run.job.refresh_from_db()
    return run.job


@dataclass
class Run:
    """One worker's hold on a job: the fence it was given, and the clock."""

    job: Job
    fence: int
    clock: Clock
    heard: datetime.datetime

    def update(self, **changes) -> None:
        """Write to the job, if it is still this worker's."""
        mine = Job.objects.filter(pk=self.job.pk, fence=self.fence, status=Job.Status.RUNNING)
        if not mine.update(**changes):
            raise Stale

    def beat(self, **changes) -> None:
        self.heard = self.clock()
        self.update(heartbeat_at=self.heard, lease_until=self.heard + LEASE, **changes)

    def begin(self, step: str, detail: str = "") -> None:
        """Note a step with its time; committed at once, so the page shows it."""
        line = {"step": step, "at": self.clock().isoformat(), "detail": detail}
        self.job.timeline = [*self.job.timeline, line]
        self.beat(step=step, timeline=self.job.timeline)

    def progress(self, done: int, total: int) -> None:
        """Departments added up so far; written at most once a second and at the end."""
        if done == total or self.clock() - self.heard >= BEAT:
            self.beat(done=done, total=total)


def _claim(job_id: int, clock: Clock) -> Run | None:
    """Take a job that waits, or one whose worker has not been heard of for a lease."""
    at = clock()
    free = Q(status__in=[Job.Status.QUEUED, Job.Status.RETRYING]) | Q(status=Job.Status.RUNNING, lease_until__lt=at)
    taken = Job.objects.filter(free, pk=job_id, attempts__lt=Job.MAX_ATTEMPTS).update(
        status=Job.Status.RUNNING,
        fence=F("fence") + 1,
        attempts=F("attempts") + 1,
        lease_until=at + LEASE,
        heartbeat_at=at,
        started_at=at,
        step="",
        done=0,
        total=0,
        timeline=[],
        fault="",
    )
    if not taken:
        return None
    job = Job.objects.select_related("report__campaign", "report__province", "report__request").get(pk=job_id)
    return Run(job, job.fence, clock, at)


def _compile(run: Run) -> None:
    report = run.job.report
    found = count_of_activities(report.province, report.campaign)
    run.begin("list", f"{found['activities']}")
    run.begin("duplicates", f"{_merged(report)}")
    run.begin("sum")
    taken = sums(report, on_progress=run.progress)
    run.begin("compare")
    taken = with_lists(report, taken)
    drafts = draft_texts(taken)
    run.begin("print")
    _print(report, taken, drafts)
    _freeze(run, taken, drafts)


def _merged(report: Report) -> int:
    rows = Activity.objects.filter(province=report.province, year=report.campaign.year)
    return rows.filter(status=Activity.Status.MERGED).count()


def _print(report: Report, taken: Figures, drafts: dict[str, str]) -> None:
    """Prove that the document can be made of these figures, before they replace the last good ones."""
    texts = {each.key: each.text for each in report.sections.all() if not each.drafted}
    FORMATS[".docx"].write(compose(report, taken, {**drafts, **texts}), BytesIO())


@transaction.atomic
def _freeze(run: Run, taken: Figures, drafts: dict[str, str]) -> Snapshot:
    """Job, snapshot, sources and drafts in one transaction behind the fence: exactly one snapshot, or none."""
    at = run.clock()
    run.update(status=Job.Status.DONE, finished_at=at, heartbeat_at=at, step="", lease_until=None)
    report = run.job.report
    if not Report.objects.filter(pk=report.pk, status__in=WRITABLE).update(lineage=report.lineage):
        Job.objects.filter(pk=run.job.pk).update(status=Job.Status.STOPPED)
        return None
    snapshot = _store(run.job, report, taken, at)
    Report.objects.filter(pk=report.pk).update(snapshot=snapshot)
    put_drafts(report, drafts)
    details = {"job": run.job.public_id, "figures": snapshot.no, "sha256": snapshot.sha256}
    record_event("report.compiled", report, by=run.job.asked_by, at=at, details=details)
    return snapshot


def freeze_now(report: Report, taken: Figures, *, by: Seat, at: datetime.datetime) -> Snapshot:
    """Freeze figures small enough to be read inside the caller's transaction, as a department's are when it sends.

    Part of sending, which writes the event and sets the report's snapshot.
    """
    done = Job.Status.DONE
    job = Job.objects.create(report=report, status=done, asked_by=by, queued_at=at, started_at=at, finished_at=at)
    return _store(job, report, taken, at)


def _store(job: Job, report: Report, taken: Figures, at: datetime.datetime) -> Snapshot:
    snapshot = Snapshot.objects.create(
        report=report,
        job=job,
        no=_next_number(report),
        schema=SCHEMA,
        figures=taken.as_json(),
        sha256=taken.sha256,
        taken_at=at,
    )
    Source.objects.bulk_create(_sources(snapshot, taken), batch_size=BATCH)
    return snapshot


def _next_number(report: Report) -> int:
    """Figures are numbered through all versions of a report."""
    last = Snapshot.objects.filter(report__lineage=report.lineage).aggregate(last=Max("no"))["last"]
    return (last or 0) + 1


def _sources(snapshot: Snapshot, taken: Figures):
    """The rows behind each cell; those left out carry no quantity."""
    for cell in taken.cells:
        for each in cell.contributions:
            yield Source(
                snapshot=snapshot,
                cell=cell.cell,
                activity_id=each.activity_id,
                activity_version=each.version,
                output_id=each.output_id,
                quantity=None if each.left_out else each.value,
                printed=each.printed[:200],
                role=each.role,
                left_out=each.left_out[:120],
            )


def _give_back(run: Run) -> None:
    """The database faltered: the sweep will ring again, until the attempts are used up."""
    if run.job.attempts >= Job.MAX_ATTEMPTS:
        _fail(run, "The database did not answer")
        return
    mine = Job.objects.filter(pk=run.job.pk, fence=run.fence, status=Job.Status.RUNNING)
    mine.update(status=Job.Status.RETRYING, lease_until=None)


@transaction.atomic
def _fail(run: Run, fault: str) -> None:
    """End the run without figures; the last good ones stay."""
    at = run.clock()
    mine = Job.objects.filter(pk=run.job.pk, fence=run.fence, status=Job.Status.RUNNING)
    if mine.update(status=Job.Status.FAILED, finished_at=at, lease_until=None, fault=fault[:300]):
        _record_failure(run.job, at)


def _record_failure(job: Job, at: datetime.datetime) -> None:
    record_event("report.compile_failed", job.report, by=job.asked_by, at=at, details={"job": job.public_id})


@transaction.atomic
def sweep_jobs(*, at: datetime.datetime) -> list[int]:
    """Jobs to ring for: leases that ran out and bells nobody heard; a third silent attempt was the last."""
    silent = Job.objects.filter(status=Job.Status.RUNNING, lease_until__lt=at)
    for job in silent.filter(attempts__gte=Job.MAX_ATTEMPTS).select_related("report"):
        gone = Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING, fence=job.fence, lease_until__lt=at)
        if gone.update(
            status=Job.Status.FAILED, finished_at=at, lease_until=None, fault="The worker was lost three times"
        ):
            _record_failure(job, at)
    silent.filter(attempts__lt=Job.MAX_ATTEMPTS).update(status=Job.Status.RETRYING, lease_until=None)
    waiting = Q(status=Job.Status.RETRYING) | Q(status=Job.Status.QUEUED, queued_at__lt=at - UNHEARD)
    return list(Job.objects.filter(waiting).order_by("id").values_list("pk", flat=True))
