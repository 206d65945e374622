"""The due time that is near: what a seat's department owes, or waits for, within a week, by the server's clock."""

import dataclasses
import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from campaigns.models import Recipient, Request
from campaigns.queries import Place
from provinces.models import Seat
from provinces.vietnamese import format_delay
from reports.models import Report
from reports.queries.coverage import SENT

NEAR = datetime.timedelta(days=7)


@dataclasses.dataclass(frozen=True)
class Deadline:
    """One due time: of the department's own return, or of the returns that it asked for."""

    due: datetime.datetime
    own: bool
    subject: str
    at: datetime.datetime

    @property
    def overdue(self) -> bool:
        """The second of the due time itself is still in time."""
        return self.at > self.due

    @property
    def left(self) -> str:
        """“Còn 3 ngày 4 giờ”, “Quá hạn 12 phút”."""
        words = format_delay(abs(self.due - self.at))
        return (_("Overdue by %(time)s") if self.overdue else _("%(time)s left")) % {"time": words}


def deadline_of(seat: Seat | None, place: Place | None, at: datetime.datetime) -> Deadline | None:
    """The earliest due time within a week, before or after, of what is still owed; two queries, none without a seat."""
    if seat is None or place is None or place.national or not seat.writes or place.campaign.locked_at:
        return None
    found = [*_owed(seat, place, at), *_asked_for(seat, place, at)]
    return min(found, key=lambda each: (each.due, not each.own), default=None)


def _owed(seat: Seat, place: Place, at: datetime.datetime) -> list[Deadline]:
    mine = seat.reach.departments
    under = Q(request=OuterRef("request")) | Q(request=None, campaign=place.campaign, province=place.province)
    answered = Report.objects.filter(under, kind=Report.Kind.RETURN, department__in=mine, status__in=SENT)
    rows = Recipient.objects.filter(department__in=mine, request__in=_open(place))
    rows = rows.exclude(request__asker__in=mine).annotate(when=Coalesce("due", "request__due"))
    rows = rows.filter(when__gte=at - NEAR, when__lte=at + NEAR).exclude(Exists(answered))
    named = rows.values_list("when", "request__subject", "request__kind")
    return [Deadline(when, True, _subject(subject, kind, place), at) for when, subject, kind in named]


def _asked_for(seat: Seat, place: Place, at: datetime.datetime) -> list[Deadline]:
    """The office counts the days with those it asked, until the due time."""
    rows = _open(place).filter(asker__in=seat.reach.departments, due__gte=at, due__lte=at + NEAR)
    named = rows.annotate(when=F("due")).values_list("when", "subject", "kind")
    return [Deadline(when, False, _subject(subject, kind, place), at) for when, subject, kind in named]


def _open(place: Place):
    return Request.objects.filter(campaign=place.campaign, province=place.province, closed_at=None)


def _subject(subject: str, kind: str, place: Place) -> str:
    return subject or _("%(kind)s %(year)s") % {"kind": Request.Kind(kind).label, "year": place.year}
