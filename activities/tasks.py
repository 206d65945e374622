"""Looking through activities in the background."""

import datetime

from celery import shared_task
from django.utils import timezone

from activities.operations import sweep_duplicates as look_through
from activities.operations.uploads import KEPT
from activities.operations.uploads import forget_uploads as forget_before

LOOK_BACK = datetime.timedelta(days=2)  # so that a night without the worker is made good by the next


@shared_task
def sweep_duplicates(**_unknown) -> int:
    """Find duplicates among what changed lately; sweeping twice finds nothing twice."""
    at = timezone.now()
    return look_through(at - LOOK_BACK, at=at)


@shared_task
def forget_uploads(**_unknown) -> int:
    """Drop files and pasted blocks that nobody confirmed within a day."""
    return forget_before(before=timezone.now() - KEPT)
