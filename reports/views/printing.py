"""The paper on screen and as files: page images of the same paper, kept until the report changes."""

import dataclasses
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from reports.documents import FORMATS, csv, preview
from reports.documents import json as json_file
from reports.models import Report
from reports.operations.mailings import file_stem
from reports.papers.data import figures_table, whole
from reports.papers.links import opener
from reports.papers.report import paper_of
from reports.queries.patterns import forms_for, template_of
from reports.queries.programmes import programmes_of_snapshot
from reports.queries.returns import picture_now
from reports.snapshot import Figures
from reports.views.desk import PREVIEW, Desk, compiled_or_404, desk_of, show

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PLAIN = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
PRINTED_BY = "3"  # goes up when the papers change their look, so that kept prints are made anew


@dataclasses.dataclass(frozen=True)
class Leaf:
    """One page of the print and its size in pixels, as its PNG says."""

    no: int
    width: int
    height: int


def report_preview(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Xem bản in”: the pages as they will be printed."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    programmes = programmes_of_snapshot(desk.report.snapshot)
    more = {
        "programmes": programmes,
        "photos": desk.report.photos.count(),
        "own_template": template_of(desk.place.province),
        "excel_forms": forms_for(desk.place.province),
    }
    return show(request, "preview", desk, at=PREVIEW, pages=leaves_of(desk.report), **more)


def report_page(request: HttpRequest, t: str, y: int, id: str, no: int) -> HttpResponse:
    """One page as a picture."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    images = page_images(desk.report)
    if not 1 <= no <= len(images):
        raise Http404
    return HttpResponse(images[no - 1].read_bytes(), content_type="image/png")


def report_file(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """The paper as DOCX, PDF or its annexes as XLSX, its figures as CSV or JSON, always as an attachment."""
    desk = desk_of(request, t, y, id)
    figures = compiled_or_404(desk)
    kind = request.GET.get("dang", "docx")
    if kind in PLAIN:
        return attachment(_plain(desk, figures, kind), kind, file_name(desk, kind))
    if kind not in TYPES:
        raise Http404
    return attachment(file_of(desk.report, kind), kind, file_name(desk, kind))


def _plain(desk: Desk, figures: Figures, kind: str) -> bytes:
    """The figures for other programs, made when they are asked for."""
    data = BytesIO()
    if kind == "csv":
        csv.write(figures_table(figures, opener(desk.report)), data)
    else:
        json_file.write(whole(desk.report, desk.seat), data)
    return data.getvalue()


def attachment(data: bytes, kind: str, name: str) -> HttpResponse:
    """A file that the browser keeps and never shows."""
    response = HttpResponse(data, content_type=(TYPES | PLAIN)[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def file_name(desk: Desk, kind: str) -> str:
    """bao-cao-quang-ninh-2023.docx; the annexes are phu-luc-…; a supplement and a later version say which."""
    return f"{file_stem(desk.report, f'.{kind}')}.{kind}"


def leaves_of(report: Report) -> list[Leaf]:
    """The pages with their sizes, so that nothing jumps while they load; makes the pictures when there are none."""
    return [_leaf(no, image) for no, image in enumerate(page_images(report), start=1)]


def _leaf(no: int, image: Path) -> Leaf:
    with image.open("rb") as file:
        head = file.read(24)
    return Leaf(no, int.from_bytes(head[16:20]), int.from_bytes(head[20:24]))


def page_images(report: Report) -> list[Path]:
    """The kept pictures of the pages, in order."""

    def draw(folder: Path) -> None:
        for no, image in enumerate(preview.pages(paper_of(report, at=timezone.now())), start=1):
            (folder / f"{no:03}.png").write_bytes(image)

    return sorted(_kept(report, "pages", draw).glob("*.png"))


def file_of(report: Report, kind: str) -> bytes:
    """The bytes of the paper in one format."""

    def write(folder: Path) -> None:
        data = BytesIO()
        FORMATS[f".{kind}"].write(paper_of(report, at=timezone.now()), data)
        (folder / "paper").write_bytes(data.getvalue())

    return (_kept(report, kind, write) / "paper").read_bytes()


def _kept(report: Report, what: str, make: Callable[[Path], None]) -> Path:
    """The folder of a rendering; made once per state of the report, the ones of older states go.

    Typesetting runs outside any transaction and writes beside; only a finished folder gets its name, so that two
    readers at once never see half of it.
    """
    home = settings.DATA_DIR / "cache" / "reports" / report.public_id
    folder = home / _state(report) / what
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(dir=home))
    make(half)
    try:
        half.rename(folder)
    except OSError:
        shutil.rmtree(half, ignore_errors=True)
    for old in home.iterdir():
        if old != folder.parent and old.name != half.name and len(old.name) == len(folder.parent.name):
            shutil.rmtree(old, ignore_errors=True)
    return folder


def _state(report: Report) -> str:
    """A name for everything the paper is made from: figures, texts, registry facts, status."""
    sections = report.sections.order_by("id").values_list("key", "version", "text")
    facts = [report.status, report.version, report.number, report.symbol, report.number_unknown, report.dated]
    facts += [report.signer_lines, report.signer, _figures_of(report), report.issuer_id, report.supplement_reason]
    photos = list(report.photos.values_list("file", "caption"))
    told = json.dumps([PRINTED_BY, facts, list(sections), photos], default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def _figures_of(report: Report) -> list:
    """Number and hash of the figures; those of an open return move with its activities."""
    if report.snapshot is None or (report.kind == Report.Kind.RETURN and report.is_open):
        return [0, picture_now(report, at=timezone.now()).sha256]
    return [report.snapshot.no, report.snapshot.sha256]
