"""Is everything still as it was written: frozen figures against their hashes, files against their names."""

from collections.abc import Iterator

from provinces.models import File
from provinces.storage import file_path
from reports.canonical import sha256
from reports.documents.zipped import pieces_of
from reports.documents.zipped import sha256_of as sha256_of_pieces
from reports.models import Snapshot

AT_ONCE = 20  # snapshots in memory


def changed_snapshots() -> Iterator[Snapshot]:
    """Snapshots whose figures no longer have the hash that they were frozen with."""
    for row in Snapshot.objects.select_related("report").order_by("pk").iterator(AT_ONCE):
        if sha256(row.figures) != row.sha256:
            yield row


def damaged_files() -> Iterator[tuple[File, str]]:
    """Files whose bytes are missing or others, each with the word for it: missing, changed."""
    seen: dict[str, str] = {}
    for row in File.objects.order_by("pk").iterator():
        if row.sha256 not in seen:
            path = file_path(row.sha256)
            seen[row.sha256] = "missing" if not path.exists() else ""
            if path.exists() and sha256_of_pieces(pieces_of(path)) != row.sha256:
                seen[row.sha256] = "changed"
        if seen[row.sha256]:
            yield row, seen[row.sha256]
