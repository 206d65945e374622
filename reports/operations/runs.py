"""Work in the background: the row is the truth, a lease and a fence keep two workers from doing it twice."""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import OperationalError, transaction
from django.db.models import F, Q

from reports.models.runs import BackgroundRun

LEASE = datetime.timedelta(seconds=45)
UNHEARD = datetime.timedelta(seconds=20)
BEAT = datetime.timedelta(seconds=1)
LOST = "The worker was lost three times"

log = logging.getLogger(__name__)
Clock = Callable[[], datetime.datetime]


class Stale(Exception):
    """This worker lost its job: the lease ran out and another one has it, or the job was stopped."""


@dataclass
class Run:
    """One worker's hold on a job: the fence it was given, and the clock."""

    job: BackgroundRun
    fence: int
    clock: Clock
    heard: datetime.datetime

    @property
    def mine(self):
        """The job's row as long as it is still this worker's."""
        running = type(self.job).Status.RUNNING
        return type(self.job).objects.filter(pk=self.job.pk, fence=self.fence, status=running)

    def update(self, **changes) -> None:
        """Write to the job, if it is still this worker's."""
        if not self.mine.update(**changes):
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
        """How much is done; written at most once a second and at the end."""
        if done == total or self.clock() - self.heard >= BEAT:
            self.beat(done=done, total=total)


def carry_out(
    rows, job_id: int, work: Callable[[Run], object], *, clock: Clock, failed: Callable
) -> BackgroundRun | None:
    """Do a queued run from beginning to end; None when there is nothing to do for this worker.

    `rows` is the queryset of the job with what the work reads; `failed(job, at)` notes a run that ended without result.
    Running a job twice changes nothing: who comes second finds it taken or done.
    """
    run = _claim(rows, job_id, clock)
    if run is None:
        return None
    try:
        work(run)
    except Stale:
        return None
    except OperationalError:
        log.exception("The database was not there for job %s", run.job.public_id)
        _give_back(run, failed)
    except Exception as fault:
        log.exception("Job %s failed", run.job.public_id)
        fail(run, f"{type(fault).__name__}: {fault}", failed)
    run.job.refresh_from_db()
    return run.job


def _claim(rows, job_id: int, clock: Clock) -> Run | None:
    """Take a job that waits, or one whose worker has not been heard of for a lease."""
    at, states = clock(), rows.model.Status
    free = Q(status__in=[states.QUEUED, states.RETRYING]) | Q(status=states.RUNNING, lease_until__lt=at)
    taken = rows.model.objects.filter(free, pk=job_id, attempts__lt=rows.model.MAX_ATTEMPTS).update(
        status=states.RUNNING,
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
    job = rows.get(pk=job_id)
    return Run(job, job.fence, clock, at)


def _give_back(run: Run, failed: Callable) -> None:
    """The database faltered: the sweep will ring again, until the attempts are used up."""
    if run.job.attempts >= run.job.MAX_ATTEMPTS:
        fail(run, "The database did not answer", failed)
        return
    run.mine.update(status=type(run.job).Status.RETRYING, lease_until=None)


@transaction.atomic
def fail(run: Run, fault: str, failed: Callable) -> None:
    """End the run without result."""
    at = run.clock()
    if run.mine.update(status=type(run.job).Status.FAILED, finished_at=at, lease_until=None, fault=fault[:300]):
        failed(run.job, at)


def sweep(rows, *, at: datetime.datetime, failed: Callable) -> list[int]:
    """Jobs to ring for: leases that ran out and bells nobody heard; a third silent attempt was the last."""
    states = rows.model.Status
    silent = rows.filter(status=states.RUNNING, lease_until__lt=at)
    for job in silent.filter(attempts__gte=rows.model.MAX_ATTEMPTS):
        gone = rows.model.objects.filter(pk=job.pk, status=states.RUNNING, fence=job.fence, lease_until__lt=at)
        if gone.update(status=states.FAILED, finished_at=at, lease_until=None, fault=LOST):
            failed(job, at)
    silent.filter(attempts__lt=rows.model.MAX_ATTEMPTS).update(status=states.RETRYING, lease_until=None)
    waiting = Q(status=states.RETRYING) | Q(status=states.QUEUED, queued_at__lt=at - UNHEARD)
    return list(rows.filter(waiting).order_by("id").values_list("pk", flat=True))
