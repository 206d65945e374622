"""How the program is: its database, its worker, its queue, its disk, its last backup."""

import dataclasses
import datetime
import shutil
from pathlib import Path

from django.db.models import Min

from activities.models import Intake
from provinces.models import Heartbeat
from reports.models import Archive, Job

FULL = 90  # percent of the disk: uploads will soon fail
QUIET = 120  # seconds without a sign of life from the worker, which gives one every 30
WAITING = 120  # seconds that work may stand in the queue before somebody should look
OLD = 26 * 3600  # seconds since the last backup
QUEUES = (Job, Archive, Intake)


@dataclasses.dataclass(frozen=True)
class Check:
    """One thing looked at: what was found and from where on it is wrong; None is nothing found at all."""

    name: str
    found: int | None
    limit: int

    @property
    def well(self) -> bool:
        return self.found is not None and self.found <= self.limit


def checks(folder: Path, backup: Path, *, at: datetime.datetime) -> tuple[Check, ...]:
    """Worker and queue in seconds, disk in percent, backup in seconds; reading them proves the database."""
    return (
        Check("worker", _age(Heartbeat.objects.filter(name="worker").aggregate(at=Min("at"))["at"], at), QUIET),
        Check("queue", _waiting(at), WAITING),
        Check("disk", used(folder), FULL),
        Check("backup", _age(_written(backup), at), OLD),
    )


def waiting() -> dict[str, int]:
    """How many runs of each kind stand in the queue or are at work."""
    return {model._meta.model_name: model.objects.filter(status__in=model.OPEN).count() for model in QUEUES}


def used(folder: Path) -> int:
    """Percent of the disk that are taken."""
    disk = shutil.disk_usage(folder)
    return 100 - disk.free * 100 // disk.total


def _waiting(at: datetime.datetime) -> int:
    """Seconds that the oldest work nobody has begun has waited; 0 when none waits."""
    oldest = [model.objects.filter(status="queued").aggregate(at=Min("queued_at"))["at"] for model in QUEUES]
    return max((_age(each, at) for each in oldest if each), default=0)


def _age(then: datetime.datetime | None, at: datetime.datetime) -> int | None:
    return None if then is None else max(int((at - then).total_seconds()), 0)


def _written(path: Path) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(path.read_text())
    except (OSError, ValueError):
        return None
