"""Compiling: the job row is the truth, a fence keeps a worker that came back from the dead from writing."""

import datetime
from io import BytesIO

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from activities.models import Activity
from campaigns.operations.guards import refuse_locked_year
from provinces.models import Seat
from provinces.workflow import Refused, record_event
from reports.adding import NationalFigures
from reports.canonical import sha256
from reports.documents import FORMATS
from reports.models import Job, ProvinceSource, Report, Snapshot
from reports.operations.behind import put_rows_behind
from reports.operations.runs import Clock, Run, carry_out, sweep
from reports.operations.texts import put_drafts
from reports.papers.report import compose
from reports.papers.text import bound_drafts
from reports.queries.figures import count_of_activities
from reports.queries.nation import is_national, latest_issued
from reports.queries.picture import sums, with_lists
from reports.queries.voices import voices_of
from reports.snapshot import SCHEMA, Figures

WRITABLE = (Report.Status.DRAFT, Report.Status.WAITING_HEAD)
BATCH = 1000


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
    """Do a queued run from beginning to end; None when there is nothing to do for this worker."""
    rows = Job.objects.select_related("report__campaign", "report__province", "report__request")
    return carry_out(rows, job_id, _compile, clock=clock, failed=_record_failure)


def _compile(run: Run) -> None:
    report = run.job.report
    _begin(run, report)
    run.begin("sum")
    taken = sums(report, on_progress=run.progress)
    run.begin("compare")
    taken = with_lists(report, taken)
    drafts = bound_drafts(taken, voices_of(report))
    run.begin("print")
    _print(report, taken, drafts)
    _freeze(run, taken, drafts)


def _begin(run: Run, report: Report) -> None:
    """Say from how much the figures will be added up: activities of a province, or issued reports of provinces."""
    if is_national(report):
        run.begin("list", f"{len(latest_issued(report.campaign))}")
        return
    found = count_of_activities(report.province, report.campaign)
    run.begin("list", f"{found['activities']}")
    run.begin("duplicates", f"{_merged(report)}")


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
    put_drafts(report, drafts, at=at)
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
    stored = taken.as_json()
    snapshot = Snapshot.objects.create(
        report=report,
        job=job,
        no=_next_number(report),
        schema=SCHEMA,
        figures=stored,
        sha256=sha256(stored),
        taken_at=at,
    )
    put_rows_behind(snapshot, taken)
    if is_national(report):
        ProvinceSource.objects.bulk_create(_provinces(snapshot, taken), batch_size=BATCH)
    return snapshot


def _next_number(report: Report) -> int:
    """Figures are numbered through all versions of a report."""
    last = Snapshot.objects.filter(report__lineage=report.lineage).aggregate(last=Max("no"))["last"]
    return (last or 0) + 1


def _record_failure(job: Job, at: datetime.datetime) -> None:
    record_event("report.compile_failed", job.report, by=job.asked_by, at=at, details={"job": job.public_id})


@transaction.atomic
def sweep_jobs(*, at: datetime.datetime) -> list[int]:
    """Jobs to ring for: leases that ran out and bells nobody heard; a third silent attempt was the last."""
    return sweep(Job.objects.select_related("report"), at=at, failed=_record_failure)


def _provinces(snapshot: Snapshot, taken: NationalFigures):
    """What each province gave to each cell of the country's figures, and from which of its own."""
    for part in taken.shares:
        yield ProvinceSource(
            snapshot=snapshot,
            cell=part.figure.cell,
            province_id=part.province_id,
            given_id=part.snapshot_id,
            quantity=part.figure.total,
            certainty=part.figure.certainty,
            numerator=part.figure.numerator,
            denominator=part.figure.denominator,
            rate=part.figure.rate,
            printed=part.figure.printed[:500],
        )
