"""What the department was told: the list, and the mark that it was read."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from provinces.notices import notices_for, said
from provinces.operations.notices import mark_read

ROWS = 30


def notices(request: HttpRequest) -> HttpResponse:
    """Thông báo: the newest first, each with the page it is about."""
    rows = notices_for(request.seat) if request.seat else []
    page = Paginator(rows, ROWS).get_page(request.GET.get("trang"))
    shown = [{"notice": notice, "said": said(notice)} for notice in page]
    return render(request, "provinces/notices.html", {"page": page, "rows": shown})


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark one notice as read, or all of them."""
    ids = [int(pk) if pk.isdecimal() else 0 for pk in request.POST.getlist("notice")]
    if request.seat:
        mark_read(ids or None, by=request.seat, at=timezone.now())
    return redirect("notices")
