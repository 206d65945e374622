"""Housekeeping in the background."""

import datetime

from celery import shared_task
from django.utils import timezone

from provinces.operations import forget_keys, letters
from provinces.operations.memory import note_life


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
