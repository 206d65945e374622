"""Photos for the annex of a report: those that can be chosen, and those that were."""

from dataclasses import dataclass
from pathlib import PurePath

from activities.models import Evidence
from provinces.models import File
from reports.models import Report, ReportPhoto, Source

ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
MOST = 24  # in one annex
MOST_OFFERED = 400


@dataclass(frozen=True)
class Offered:
    """A photo of a verified activity behind the report's figures."""

    piece: Evidence
    chosen: ReportPhoto | None

    @property
    def caption(self) -> str:
        return self.chosen.caption if self.chosen else self.piece.caption or self.piece.activity.title


def is_photo(file: File) -> bool:
    return PurePath(file.name).suffix.lower() in ENDINGS


def photos_behind(report: Report):
    """Evidence with the tick that nobody can be recognised, of verified activities behind the figures."""
    behind = Source.objects.filter(snapshot=report.snapshot_id).values("activity")
    rows = Evidence.objects.filter(activity__in=behind, activity__status="accepted", consent=True)
    return rows.select_related("file", "activity").order_by("activity__starts_on", "activity", "id")


def offered(report: Report) -> list[Offered]:
    """What the office can choose from, each with the choice that was made."""
    chosen = {photo.file_id: photo for photo in report.photos.all()}
    pieces = [piece for piece in photos_behind(report)[: MOST_OFFERED * 2] if is_photo(piece.file)]
    return [Offered(piece, chosen.get(piece.file_id)) for piece in pieces[:MOST_OFFERED]]


def photos_of(report: Report) -> list[ReportPhoto]:
    """The chosen photos in their order; in an open report without those that were taken away from their activity."""
    rows = report.photos.select_related("file", "activity")
    if report.is_open:
        rows = rows.filter(file__in=photos_behind(report).values("file"))
    return list(rows)
