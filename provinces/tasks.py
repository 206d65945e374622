"""Housekeeping in the background."""

import datetime

from celery import shared_task
from django.utils import timezone

from provinces.operations import forget_keys


@shared_task
def forget_old_keys(**_unknown) -> int:
    """Forget keys against double submission after 30 days."""
    return forget_keys(before=timezone.now() - datetime.timedelta(days=30))
