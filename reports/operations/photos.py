"""The photo annex of a report: which photos the office chose, in which order, with which words."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from activities.models import Evidence
from campaigns.operations.guards import clean_text
from provinces.models import Seat
from provinces.vietnamese import format_number
from provinces.workflow import Refused, record_event
from reports.models import Report, ReportPhoto
from reports.queries.photos import MOST, is_photo, photos_behind

LONGEST = 300


@transaction.atomic
def choose_photos(report: Report, chosen: Sequence[tuple[Evidence, str]], *, by: Seat, at: datetime.datetime) -> Report:
    """Lay these photos into the annex, each with its caption; none of them empties it.

    Only photos behind the report's own figures, verified and with the tick that nobody can be recognised.
    """
    if "own_editor" not in report.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    if not report.is_open:
        raise Refused(_("The figures are locked; the annexes no longer change"))
    if len(chosen) > MOST:
        raise Refused(_("Up to %(max)s photos go into the annex") % {"max": format_number(MOST)})
    allowed = set(photos_behind(report).values_list("pk", flat=True))
    if any(piece.pk not in allowed or not is_photo(piece.file) for piece, _caption in chosen):
        raise Refused(_("One of the photos is no longer there, or its activity is not verified any more"))
    report.photos.all().delete()
    for position, (piece, caption) in enumerate(chosen):
        words = clean_text(caption, label=_("caption"), field="caption", longest=LONGEST)
        ReportPhoto.objects.create(
            report=report, activity=piece.activity, file=piece.file, caption=words, position=position
        )
    record_event("report.photos", report, by=by, at=at, details={"photos": len(chosen)})
    return report
