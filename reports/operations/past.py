"""Totals of a year before this program: typed from a paper by the standing office, and taken back."""

import dataclasses
import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Measure
from campaigns.operations.guards import clean_line
from provinces.models import Seat, Unit
from provinces.workflow import Refused, record_event
from reports.models import PastTotal
from reports.queries.years import issued_in, keeps_past


@dataclasses.dataclass(frozen=True)
class TypedTotal:
    """A number of an older paper and where it stands."""

    measure: Measure
    scope: str
    quantity: int
    certainty: str
    source: str


@transaction.atomic
def type_past_total(province: Unit, year: int, given: TypedTotal, *, by: Seat, at: datetime.datetime) -> PastTotal:
    """Note a total of a year whose report was not made here; what was typed before for the same number ends."""
    _refuse_stranger(province, year, by)
    if given.measure.counts == Measure.Counts.RATE or given.measure.source == Measure.Source.RETURN:
        raise Refused(_("A rate and the count of returns are not typed as totals"), field="measure")
    if given.measure.province_id not in {None, province.pk}:
        raise Refused(_("This measure belongs to another province"), field="measure")
    source = clean_line(given.source, label=_("Paper the number stands in"), field="source", longest=300)
    if not source:
        raise Refused(_("Name the paper: its number, date and whose it is"), field="source")
    if issued_in(province, year):
        raise Refused(_("The report of %(year)s was issued in this program; its figures stand") % {"year": year})
    cell = {"province": province, "year": year, "measure": given.measure, "scope": given.scope}
    before = PastTotal.objects.current().filter(**cell).first()
    PastTotal.objects.current().filter(**cell).update(ended_at=at, ended_by=by)
    row = PastTotal.objects.create(
        **cell, quantity=given.quantity, certainty=given.certainty, source=source, typed_by=by, typed_at=at
    )
    details = {"cell": row.cell, "year": year, "quantity": row.quantity, "source": source}
    details |= {"before": before.quantity} if before else {}
    record_event("past_total.type", row, by=by, at=at, details=details)
    return row


@transaction.atomic
def end_past_total(row: PastTotal, *, by: Seat, at: datetime.datetime) -> PastTotal:
    """Take a typed total back; the line stays in the log and in the figures that were frozen with it."""
    _refuse_stranger(row.province, row.year, by)
    ended = PastTotal.objects.visible_to(by).current().filter(pk=row.pk).update(ended_at=at, ended_by=by)
    if not ended:
        raise Refused(_("Somebody else has just changed this; nothing was done twice"))
    details = {"cell": row.cell, "year": row.year, "quantity": row.quantity, "source": row.source}
    record_event("past_total.end", row, by=by, at=at, details=details)
    row.refresh_from_db()
    return row


def _refuse_stranger(province: Unit, year: int, by: Seat) -> None:
    if not keeps_past(by, province, year):
        raise Refused(_("Totals of earlier years are typed by the standing office of the province"))
