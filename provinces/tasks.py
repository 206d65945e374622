"""Housekeeping in the background."""

import datetime

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from provinces.operations import forget_keys, letters
from provinces.operations.memory import note_life
from provinces.operations.trail import seal_events
from provinces.trail import head


@shared_task
def forget_old_keys(**_unknown) -> int:
    """Forget keys against double submission after 30 days."""
    return forget_keys(before=timezone.now() - datetime.timedelta(days=30))


@shared_task
def send_digests(**_unknown) -> int:
    """Mail what departments were told and no letter has carried; ringing twice sends nothing twice."""
    return letters.send_digests(at=timezone.now())


@shared_task(expires=60)
def live(**_unknown) -> None:
    """A sign of life: clock, queue and worker were all there to bring it."""
    note_life("worker", at=timezone.now())


@shared_task(expires=60)
def seal(**_unknown) -> int:
    """Bind the newest lines of the log into the chain."""
    return seal_events()


@shared_task
def anchor(**_unknown) -> None:
    """Write down how the chain ends today, in a folder that may lie on another machine."""
    settings.ANCHOR_DIR.mkdir(parents=True, exist_ok=True)
    now = timezone.localtime()
    (settings.ANCHOR_DIR / f"{now:%Y-%m-%d}.txt").write_text(f"{head()} {now.isoformat()}\n", encoding="utf-8")
