"""Where forms keep themselves while they are typed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from provinces.models import Seat
from provinces.operations.memory import forget_draft, save_draft
from provinces.templatetags.vi import vtime
from provinces.workflow import Refused

NOT_TYPED = {"csrfmiddlewaretoken", "idempotency_key", "draft_form", "draft_object"}


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep what is typed: for the script an answer in words, for the button “Lưu nháp” the same page again."""
    name, key = request.POST.get("draft_form", "")[:60], request.POST.get("draft_object", "")[:60]
    if not name or request.seat is None:
        return HttpResponseBadRequest()
    at = timezone.now()
    try:
        keep_draft(request.POST, name, key, by=request.seat, at=at)
    except Refused as refused:
        return _answer(request, str(refused.sentence), status=413)
    return _answer(request, _("Draft saved %(time)s") % {"time": vtime(at)})


def keep_draft(posted: QueryDict, name: str, key: str, *, by: Seat, at) -> None:
    """Keep a posted form word for word, without the boxes that nobody types into."""
    save_draft(name, key, {field: values for field, values in posted.lists() if field not in NOT_TYPED}, by=by, at=at)


@require_POST
def draft_forget(request: HttpRequest) -> HttpResponse:
    """“Bỏ bản nháp”: the page as it was saved."""
    if request.seat is None:
        return HttpResponseBadRequest()
    forget_draft(request.POST.get("draft_form", ""), request.POST.get("draft_object", ""), by=request.seat)
    return _answer(request, _("The draft is dropped"))


def _answer(request: HttpRequest, words: str, status: int = 200) -> HttpResponse:
    if request.headers.get("X-Autosave"):
        return JsonResponse({"words": words}, status=status)
    messages.info(request, words)
    return redirect(_page(request))


def _page(request: HttpRequest) -> str:
    """The page that the button stands on: forms are posted from our own pages, which send their address."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours and page else "/"
