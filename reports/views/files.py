"""Files, each request checked: a token opens nothing to a seat that may not see the row behind it."""

import mimetypes

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from provinces.models import File
from provinces.storage import file_path
from reports.queries.files import may_read_file

SHOWN = {"image/jpeg", "image/png", "image/webp"}  # what may stand inside a page; all else is only handed out


def stored_file(request: HttpRequest, token: str) -> HttpResponse:
    """The file as an attachment; a photo with ?xem=1 as a picture."""
    file = File.objects.filter(token=token).first()
    if file is None or not may_read_file(request.seat, file):
        raise Http404
    path = file_path(file.sha256)
    if not path.exists():
        raise Http404
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    inside = "xem" in request.GET and kind in SHOWN
    response = FileResponse(path.open("rb"), as_attachment=not inside, filename=file.name, content_type=kind)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
