"""A plan as a paper: its pages on screen, and the DOCX and PDF to take away."""

import hashlib
import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.views.plan_desk import Desk, desk_of
from reports.documents import FORMATS, preview
from reports.documents.layout import check
from reports.documents.paper import Paper
from reports.papers.plan import plan_paper
from reports.queries.programmes import programmes_of_plan

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
LOOK = "2"  # goes up when papers change their look, so that kept pictures are drawn anew


@require_safe
def plan_document(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Xem bản in”; with ?dang=docx or ?dang=pdf the file."""
    desk = desk_of(request, t, y, id)
    kind = request.GET.get("dang")
    if kind is None:
        return _preview(request, desk)
    if kind not in TYPES:
        raise Http404
    return _file(desk, kind)


def _preview(request: HttpRequest, desk: Desk) -> HttpResponse:
    paper = plan_paper(desk.plan, desk.outline)
    context = {
        "desk": desk,
        "plan": desk.plan,
        "pages": range(1, len(page_images(paper, desk)) + 1),
        "programmes": programmes_of_plan(desk.outline),
        "faults": _faults(paper) if desk.writes or desk.issues else None,
    }
    return render(request, "reports/plan_document.html", context)


def _faults(paper: Paper) -> list[str]:
    """What of the layout somebody should look at, in the words of the rule."""
    file = BytesIO()
    FORMATS[".docx"].write(paper, file)
    return [fault.sentence for fault in check(file)]


def _file(desk: Desk, kind: str) -> HttpResponse:
    data = BytesIO()
    FORMATS[f".{kind}"].write(plan_paper(desk.plan), data)
    response = HttpResponse(data.getvalue(), content_type=TYPES[kind])
    name = f"ke-hoach-{desk.place.slug}-{desk.plan.year_from}-{desk.plan.pk}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def plan_page(request: HttpRequest, t: str, y: int, id: str, no: int) -> HttpResponse:
    """One page as a picture."""
    desk = desk_of(request, t, y, id)
    images = page_images(plan_paper(desk.plan), desk)
    if not 1 <= no <= len(images):
        raise Http404
    return HttpResponse(images[no - 1].read_bytes(), content_type="image/png")


def page_images(paper: Paper, desk: Desk) -> list[Path]:
    """The pictures of the pages, in order; drawn once for each state of the paper, those of older states go.

    They are drawn beside and moved into place whole, so that two readers at once never see half of them.
    """
    home = settings.DATA_DIR / "cache" / "plans" / desk.plan.public_id
    folder = home / hashlib.sha256(f"{LOOK} {paper!r}".encode()).hexdigest()[:24]
    if not folder.is_dir():
        home.mkdir(parents=True, exist_ok=True)
        for old in home.iterdir():
            shutil.rmtree(old, ignore_errors=True)
        half = Path(tempfile.mkdtemp(dir=home.parent))
        for no, image in enumerate(preview.pages(paper), start=1):
            (half / f"{no:03}.png").write_bytes(image)
        _put(half, folder)
    return sorted(folder.glob("*.png"))


def _put(half: Path, folder: Path) -> None:
    try:
        half.rename(folder)
    except OSError:  # another reader was first
        shutil.rmtree(half, ignore_errors=True)
