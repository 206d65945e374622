"""Archives: one year of a province or of all as a zip, made in the background, verified by whoever has it."""

import datetime
import json
import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from activities.models import Evidence
from campaigns.models import Campaign, Plan
from provinces.models import File, Seat, Unit
from provinces.storage import file_path
from provinces.vietnamese import fold, format_moment
from provinces.workflow import Refused, record_event
from reports.canonical import canonical
from reports.documents import FORMATS
from reports.documents.zipped import About, pieces_of, sha256_of, table
from reports.documents.zipped import Archive as Zip
from reports.models import Archive, Report
from reports.operations.runs import BEAT, Clock, Run, carry_out, sweep
from reports.papers.plan import plan_paper
from reports.papers.report import paper_of
from reports.queries import archives as queries
from reports.queries.archives import Content
from reports.queries.nation import is_national

MOST_AN_HOUR = 6
HOUR = datetime.timedelta(hours=1)
NAMED = re.compile(r"([a-z0-9]+)-(\d+)\.(zip|part)")
WORDS = re.compile(r"[^a-z0-9.]+")


def folder() -> Path:
    """Where finished archives and those under way lie."""
    return Path(settings.DATA_DIR) / "archives"


def path_of(archive: Archive) -> Path:
    """The zip of the worker whose fence the row names."""
    return folder() / f"{archive.public_id}-{archive.fence}.zip"


@transaction.atomic
def ask_archive(
    province: Unit, campaign: Campaign, *, by: Seat, at: datetime.datetime, today_province: Unit | None = None
) -> Archive:
    """Put an archive in the queue; a second press finds the one that is under way.

    `today_province` is the province of today that holds the papers of a former one.
    """
    if not queries.may_archive(by, today_province or province, at.date()):
        raise Refused(_("An archive is made by an administrator of the province or of the ministry"))
    if province not in queries.places_to_archive(today_province or province, campaign):
        raise Refused(_("The province was not there in that year"))
    asked = Archive.objects.filter(asked_by__user=by.user_id, queued_at__gt=at - HOUR).count()
    if asked >= MOST_AN_HOUR:
        raise Refused(_("%(n)s archives were made within the hour. Take one of them, or wait") % {"n": asked})
    same = {"office": by.department, "province": province, "campaign": campaign}
    try:
        with transaction.atomic():
            archive = Archive.objects.create(**same, asked_by=by, queued_at=at)
    except IntegrityError:
        return Archive.objects.get(**same, status__in=Archive.OPEN)
    _note("archive.ask", archive, by, at)
    return archive


def _note(verb: str, archive: Archive, by: Seat | None, at: datetime.datetime, **details) -> None:
    details |= {"year": archive.campaign.year, "archive": archive.public_id}
    record_event(verb, archive, by=by, at=at, province=archive.province, details=details)


def run_archive(archive_id: int, *, clock: Clock) -> Archive | None:
    """Make the zip of a queued archive; None when there is nothing to do for this worker."""
    rows = Archive.objects.select_related("province", "campaign", "asked_by__user", "asked_by__department")
    return carry_out(rows, archive_id, _make, clock=clock, failed=_failed)


def _failed(archive: Archive, at: datetime.datetime) -> None:
    _note("archive.failed", archive, archive.asked_by, at)


def _make(run: Run) -> None:
    """Write beside, give the name at the end, then say so behind the fence: one archive, or none."""
    folder().mkdir(parents=True, exist_ok=True)
    run.job.fence = run.fence
    done = path_of(run.job)
    part = done.with_suffix(".part")
    try:
        files = _filled(run, part)
        part.rename(done)
        _finish(run, files, done.stat().st_size, sha256_of(_beating(run, done)))
    except BaseException:
        part.unlink(missing_ok=True)
        done.unlink(missing_ok=True)
        raise


def _filled(run: Run, part: Path) -> int:
    """Write the zip; answers how many files it holds."""
    with part.open("wb") as to:
        archive = Zip(to, run.job.queued_at)
        try:
            return _Filling(run, archive).fill()
        except BaseException:
            archive.abandon()
            raise


def _beating(run: Run, path: Path) -> Iterator[bytes]:
    """The bytes of the zip; whoever reads a large one is still heard of."""
    for piece in pieces_of(path):
        if run.clock() - run.heard >= BEAT:
            run.beat()
        yield piece


@transaction.atomic
def _finish(run: Run, files: int, size: int, sha256: str) -> None:
    at = run.clock()
    run.update(
        status=Archive.Status.DONE,
        finished_at=at,
        heartbeat_at=at,
        lease_until=None,
        step="",
        sha256=sha256,
        size=size,
        files=files,
    )
    _note("archive.made", run.job, run.job.asked_by, at, sha256=sha256, files=files)


class _Filling:
    """Puts the rows of a year into a zip, one file at a time, and tells the job how far it is."""

    def __init__(self, run: Run, to: Zip):
        self.run, self.zip, self.archive = run, to, run.job
        self.seat = run.job.asked_by
        self.absent: list[str] = []
        self.done = self.total = 0

    def fill(self) -> int:
        campaign = self.archive.campaign
        contents = [Content(self.seat, unit, campaign) for unit in queries.provinces_in(self.archive)]
        self.run.begin("list")
        self.total = sum(content.count() for content in contents)
        for step, fill in (
            ("plans", self._plans),
            ("reports", self._reports),
            ("returns", self._returns),
            ("activities", self._tables),
            ("evidence", self._evidence),
        ):
            self._step(step, fill, contents)
        self.run.begin("index", f"{self.zip.count}")
        return self.zip.close(self._about())

    def _step(self, step: str, fill: Callable[[Content, str], None], contents: Iterable[Content]) -> None:
        self.run.begin(step)
        for content in contents:
            fill(content, queries.folder_of(content.province, content.campaign))

    def _one(self) -> None:
        self.done += 1
        self.run.progress(self.done, self.total)

    def _plans(self, content: Content, home: str) -> None:
        for plan in content.plans.iterator(chunk_size=1):
            to, title = f"{home}/ke-hoach/{plan.public_id}", f"Kế hoạch {plan.number}/{plan.symbol}, bản {plan.version}"
            self._paper(plan_paper(plan), to, "ke-hoach", title, ("docx", "pdf"))
            self._scan(plan.scan, to, title)
            self._json(f"{to}/thong-tin.json", _facts(plan), title)
            self._one()

    def _reports(self, content: Content, home: str) -> None:
        for report in content.reports.iterator(chunk_size=1):
            to, title = f"{home}/bao-cao/{report.public_id}", f"Báo cáo {report.number}/{report.symbol}"
            self._report(report, to, f"{title}, bản {report.version}", ("docx", "pdf", "xlsx"))
            self._one()

    def _returns(self, content: Content, home: str) -> None:
        for report in content.returns.iterator(chunk_size=1):
            name = report.department.name_on(content.campaign.closes_on) or report.department
            self._report(report, f"{home}/bao-cao-don-vi/{report.public_id}", f"Báo cáo của {name}", ("docx", "pdf"))
            self._one()

    def _report(self, report: Report, to: str, title: str, kinds: tuple[str, ...]) -> None:
        self._paper(paper_of(report), to, "bao-cao", title, kinds)
        self._scan(report.scan, to, title)
        self._json(f"{to}/thong-tin.json", _facts(report), title)
        snapshot = report.snapshot
        if snapshot is None:
            return
        about = f"{title}: bản số liệu {snapshot.no}"
        self.zip.add(f"{to}/so-lieu.json", [canonical(snapshot.figures).encode()], f"{about}, SHA-256 ghi trên bản in")
        rows = queries.figure_rows(snapshot.figures["cells"])
        self.zip.add(f"{to}/so-lieu.csv", table(queries.FIGURES, rows), about)
        sources = queries.source_rows(snapshot, self.seat)
        self.zip.add(f"{to}/nguon.csv", table(queries.SOURCES, sources), f"{about}, nguồn của từng số")
        if is_national(report):
            provinces = queries.province_rows(snapshot)
            self.zip.add(f"{to}/tinh.csv", table(queries.PROVINCES, provinces), f"{about}, số của từng tỉnh")

    def _tables(self, content: Content, home: str) -> None:
        for name, (title, columns, rows) in queries.TABLES.items():
            self.zip.add(f"{home}/{name}", table(columns, rows(content)), title)
            self._one()

    def _evidence(self, content: Content, home: str) -> None:
        for piece in content.evidence.iterator(chunk_size=100):
            self._file(piece.file, f"{home}/minh-chung/{piece.activity.public_id}/{_name(piece)}", _caption(piece))
            self._one()

    def _paper(self, paper, to: str, stem: str, title: str, kinds: tuple[str, ...]) -> None:
        for kind in kinds:
            data = BytesIO()
            FORMATS[f".{kind}"].write(paper, data)
            name = "phu-luc.xlsx" if kind == "xlsx" else f"{stem}.{kind}"
            self.zip.add(f"{to}/{name}", [data.getvalue()], title)

    def _scan(self, scan: File | None, to: str, title: str) -> None:
        if scan is not None:
            self._file(scan, f"{to}/ban-ky-{_safe(scan.name)}", f"{title}: bản đã ký")

    def _file(self, file: File, to: str, title: str) -> None:
        """A stored file; one that is gone from the disk is named in the index and stops nothing."""
        path = file_path(file.sha256)
        if path.exists():
            self.zip.add(to, pieces_of(path), title)
        else:
            self.absent.append(f"{to} ({title})")

    def _json(self, to: str, facts: dict, title: str) -> None:
        self.zip.add(to, [json.dumps(facts, ensure_ascii=False, indent=1).encode()], f"{title}: số, ngày, người ký")

    def _about(self) -> About:
        archive, office = self.archive, self.seat.department
        where = archive.province.name_on(archive.campaign.closes_on)
        name = "cả nước" if archive.province.level == Unit.Level.COUNTRY else where.in_sentence
        by = office.name_on(archive.queued_at.date()) or office
        facts = (
            ("Chiến dịch", archive.campaign.name),
            ("Lập lúc", format_moment(archive.queued_at)),
            ("Người lập", f"{self.seat.user}, {by}"),
            ("Mã bản lưu trữ", archive.public_id),
            (
                "Phạm vi",
                "Những gì cơ quan lập được xem. Số từ 1 đến 4 của chỉ tiêu nhạy cảm ghi “<5” ở từng hoạt động.",
            ),
        )
        return About(f"Lưu trữ năm {archive.campaign.year}, {name}", facts, tuple(self.absent))


def _facts(row: Plan | Report) -> dict:
    """What the registry knows of a plan or report, and what became of it."""
    facts = {
        "ma": row.public_id,
        "ban": row.version,
        "trang_thai": row.status,
        "so": row.number,
        "ky_hieu": row.symbol,
        "ngay": row.dated.isoformat() if row.dated else None,
        "nguoi_ky": row.signer,
    }
    if isinstance(row, Report) and row.snapshot:
        facts |= {"ban_so_lieu": row.snapshot.no, "sha256_so_lieu": row.snapshot.sha256}
    return facts


def _name(piece: Evidence) -> str:
    return f"{piece.pk}-{_safe(piece.file.name)}"


def _safe(name: str) -> str:
    """A file name for every system: plain letters, figures, one ending."""
    return WORDS.sub("-", fold(name)).strip("-.")[-80:] or "tep"


def _caption(piece: Evidence) -> str:
    return f"Minh chứng: {piece.caption or piece.activity.title}"


def note_taken(archive: Archive, *, by: Seat, at: datetime.datetime) -> Path:
    """The zip for somebody who takes it, written down first; refused once it was swept."""
    path = path_of(archive)
    if not archive.here or not path.exists():
        raise Refused(_("This archive is no longer kept. Make a new one"))
    _note("archive.take", archive, by, at, sha256=archive.sha256)
    return path


@transaction.atomic
def sweep_archives(*, at: datetime.datetime) -> list[int]:
    """Archives to ring for; old zips go, and so does what killed workers left behind."""
    found = sweep(Archive.objects.select_related("campaign", "province"), at=at, failed=_failed)
    old = Archive.objects.filter(status=Archive.Status.DONE, removed_at=None, finished_at__lt=at - queries.KEPT)
    for archive in old.select_related("campaign", "province"):
        Archive.objects.filter(pk=archive.pk).update(removed_at=at)
        _note("archive.remove", archive, None, at)
    _remove_strays()
    return found


def _remove_strays() -> None:
    """Files that no row vouches for: of an earlier fence, of a run that failed, of an archive past its days."""
    if not folder().is_dir():
        return
    wanted = Archive.objects.filter(status__in=[*Archive.OPEN, Archive.Status.DONE], removed_at=None)
    names = {f"{public_id}-{fence}" for public_id, fence in wanted.values_list("public_id", "fence")}
    for path in folder().iterdir():
        if NAMED.fullmatch(path.name) and path.stem not in names:
            path.unlink(missing_ok=True)
