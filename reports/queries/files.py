"""Which files a seat may read: its own, and those behind rows that it may see."""

from activities.models import Activity, Evidence
from campaigns.models import Plan
from provinces.models import File, Seat
from reports.models import Report


def may_read_file(seat: Seat | None, file: File) -> bool:
    """True for a file of the own department, a photo or paper of a visible activity, a scan of a visible document."""
    if seat is None:
        return False
    if file.owner_id in seat.reach.departments:
        return True
    shown = Activity.objects.visible_to(seat)
    behind = (
        Evidence.objects.filter(file=file, activity__in=shown),
        shown.filter(on_behalf_scan=file),
        Plan.objects.visible_to(seat).filter(scan=file),
        Report.objects.visible_to(seat).filter(scan=file),
    )
    return any(rows.exists() for rows in behind)
