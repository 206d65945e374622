"""In the background: duplicates looked for, large sheets gone through, old uploads dropped."""

import datetime

from celery import shared_task
from django.utils import timezone

from activities.operations import sweep_duplicates as look_through
from activities.operations.intakes import sweep_intakes
from activities.operations.uploads import KEPT
from activities.operations.uploads import forget_uploads as forget_before
from activities.sheets.intake import run_intake

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


@shared_task
def go_through_sheet(intake_id: int, **_unknown) -> None:
    """Look a large sheet through, or store it; a bell that rings twice changes nothing."""
    run_intake(intake_id, clock=timezone.now)


@shared_task
def sweep_sheets(**_unknown) -> int:
    """Ring again for large sheets whose worker was lost or whose bell nobody heard."""
    found = sweep_intakes(at=timezone.now())
    for intake_id in found:
        go_through_sheet.delay(intake_id=intake_id)
    return len(found)
