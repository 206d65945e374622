"""Large sheets in the background: the row is the truth, a fence keeps out a worker that came back from the dead.

The same idea as compiling a report: a lease that beats, attempts that are counted, a sweep that rings again.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from activities.models import Intake
from activities.operations.importing import Understood, import_rows
from campaigns.models import Campaign
from provinces.models import Department, Seat, Unit
from provinces.workflow import Refused

LEASE = datetime.timedelta(seconds=60)
UNHEARD = datetime.timedelta(seconds=20)
Clock = Callable[[], datetime.datetime]
Stage, Status = Intake.Stage, Intake.Status
WAITING = [Status.QUEUED, Status.RETRYING]
QUEUED_ANEW = {
    "status": Status.QUEUED,
    "attempts": 0,
    "done": 0,
    "total": 0,
    "sentence": "",
    "fault": "",
    "lease_until": None,
    "finished_at": None,
}


class Stale(Exception):
    """This worker lost the sheet: its lease ran out and another one has it, or the person took the sheet away."""


def ask_look(
    token: str,
    name: str,
    *,
    owner: Department,
    province: Unit,
    campaign: Campaign | None,
    year: int,
    by: Seat,
    at: datetime.datetime,
) -> Intake:
    """Put a kept sheet in the queue to be looked through; one that is on its way already stays as it is."""
    where = {"owner": owner, "province": province, "campaign": campaign, "year": year}
    intake, new = Intake.objects.get_or_create(
        token=token, seat=by, defaults={"name": name[:255], "queued_at": at, **where}
    )
    if not new:
        again = Intake.objects.filter(pk=intake.pk).exclude(status__in=Intake.OPEN)
        again.exclude(stage=Stage.STORE, status=Status.DONE).update(stage=Stage.LOOK, queued_at=at, **QUEUED_ANEW)
        intake.refresh_from_db()
    return intake


def ask_store(intake: Intake, *, by: Seat, at: datetime.datetime) -> Intake:
    """Put a sheet that was looked through in the queue to be stored; a second press finds it there."""
    if intake.seat_id != by.pk:
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    ready = Intake.objects.filter(pk=intake.pk, stage=Stage.LOOK, status=Status.DONE)
    ready.update(stage=Stage.STORE, queued_at=at, **QUEUED_ANEW)
    intake.refresh_from_db()
    return intake


def stop_intake(intake: Intake, *, by: Seat, at: datetime.datetime) -> None:
    """Take a sheet away that is not stored yet; a worker that has it finds out at its next beat."""
    mine = Intake.objects.filter(pk=intake.pk, seat=by).exclude(stage=Stage.STORE, status=Status.DONE)
    mine.update(status=Status.STOPPED, finished_at=at, lease_until=None)


@dataclass
class Run:
    """One worker's hold on a sheet: the fence it was given, and the clock."""

    intake: Intake
    fence: int
    clock: Clock

    def update(self, **changes) -> None:
        """Write to the row, if it is still this worker's."""
        mine = Intake.objects.filter(pk=self.intake.pk, fence=self.fence, status=Status.RUNNING)
        if not mine.update(**changes):
            raise Stale

    def beat(self, **changes) -> None:
        at = self.clock()
        self.update(heartbeat_at=at, lease_until=at + LEASE, **changes)

    def progress(self, done: int, total: int) -> None:
        """Rows gone through so far, committed at once so that the page shows them."""
        self.beat(done=done, total=total)


def claim_intake(intake_id: int, *, clock: Clock) -> Run | None:
    """Take a sheet that waits, or one whose worker has not been heard of for a lease."""
    at = clock()
    free = Q(status__in=WAITING) | Q(status=Status.RUNNING, lease_until__lt=at)
    taken = Intake.objects.filter(free, pk=intake_id, attempts__lt=Intake.MAX_ATTEMPTS).update(
        status=Status.RUNNING,
        fence=F("fence") + 1,
        attempts=F("attempts") + 1,
        lease_until=at + LEASE,
        heartbeat_at=at,
        started_at=at,
        done=0,
        total=0,
        fault="",
    )
    if not taken:
        return None
    rows = Intake.objects.select_related("seat__user", "seat__department", "owner", "province", "campaign")
    intake = rows.get(pk=intake_id)
    return Run(intake, intake.fence, clock)


def finish_look(run: Run) -> None:
    """The sheet was looked through; what was understood lies beside it."""
    at = run.clock()
    run.update(status=Status.DONE, finished_at=at, heartbeat_at=at, lease_until=None)


@transaction.atomic
def finish_store(run: Run, understood: Understood, *, confirmed_names: bool) -> None:
    """Rows of the sheet and the end of the run in one transaction behind the fence: stored whole and once, or not.

    The row of the run is written first: who claims it meanwhile waits for this transaction and finds it done.
    """
    at, intake = run.clock(), run.intake
    run.update(status=Status.DONE, finished_at=at, heartbeat_at=at, lease_until=None)
    where = {"owner": intake.owner, "campaign": intake.campaign, "year": intake.year, "province": intake.province}
    result = import_rows(understood, **where, by=intake.seat, at=at, confirmed_names=confirmed_names)
    numbers = {name: getattr(result, name) for name in ("added", "updated", "unchanged")}
    Intake.objects.filter(pk=intake.pk).update(done=len(understood.rows), total=len(understood.rows), **numbers)


def refuse_intake(run: Run, sentence: str) -> None:
    """End the run because the rules say no; nothing is stored, and the sentence says why."""
    run.update(status=Status.REFUSED, sentence=sentence, finished_at=run.clock(), lease_until=None)


def give_intake_back(run: Run, fault: str) -> None:
    """The database faltered: the sweep will ring again, until the attempts are used up."""
    if run.intake.attempts >= Intake.MAX_ATTEMPTS:
        fail_intake(run, fault)
        return
    mine = Intake.objects.filter(pk=run.intake.pk, fence=run.fence, status=Status.RUNNING)
    mine.update(status=Status.RETRYING, lease_until=None, fault=fault[:300])


def fail_intake(run: Run, fault: str) -> None:
    """End the run without a result; nothing is stored."""
    mine = Intake.objects.filter(pk=run.intake.pk, fence=run.fence, status=Status.RUNNING)
    mine.update(status=Status.FAILED, finished_at=run.clock(), lease_until=None, fault=fault[:300])


@transaction.atomic
def sweep_intakes(*, at: datetime.datetime) -> list[int]:
    """Sheets to ring for: leases that ran out and bells nobody heard; a third silent attempt was the last."""
    silent = Intake.objects.filter(status=Status.RUNNING, lease_until__lt=at)
    lost = {"status": Status.FAILED, "finished_at": at, "lease_until": None, "fault": "The worker was lost three times"}
    silent.filter(attempts__gte=Intake.MAX_ATTEMPTS).update(**lost)
    silent.filter(attempts__lt=Intake.MAX_ATTEMPTS).update(status=Status.RETRYING, lease_until=None)
    waiting = Q(status=Status.RETRYING) | Q(status=Status.QUEUED, queued_at__lt=at - UNHEARD)
    return list(Intake.objects.filter(waiting).order_by("id").values_list("pk", flat=True))
