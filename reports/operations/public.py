"""Open and close a province's public page."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from provinces.models import Duty, Seat, Unit
from provinces.workflow import Refused, record_event
from reports.models import PublicPage


@transaction.atomic
def switch_public_page(province: Unit, is_open: bool, *, by: Seat, at: datetime.datetime) -> PublicPage:
    """Show the totals of the latest issued report to everybody, or no longer; pressed twice it does nothing twice."""
    day = timezone.localdate(at)
    if by.role != Seat.Role.ADMIN or not by.holds(Duty.Kind.STANDING_OFFICE, province, day):
        raise Refused(_("An administrator of the province's standing office opens and closes its public page"))
    row = PublicPage.objects.filter(province=province).first()
    if row is not None and row.is_open == is_open:
        return row
    given = {"is_open": is_open, "changed_by": by, "changed_at": at}
    row, _made = PublicPage.objects.update_or_create(province=province, defaults=given)
    record_event("public_page.open" if is_open else "public_page.close", row, by=by, at=at)
    return row
