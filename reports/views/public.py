"""The public page of a province, without signing in, and the switch of its administrator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from provinces.models import Duty, Unit
from provinces.queries import administers
from provinces.views.administration import posted, province_of, show
from reports.forms.public import SwitchForm
from reports.models import PublicPage
from reports.operations.public import switch_public_page
from reports.queries.public import is_public, shown_of

FRESH = 600  # seconds for which a browser or a proxy may keep the page


@login_not_required
@require_safe
def public_page(request: HttpRequest, t: str) -> HttpResponse:
    """Totals of the latest issued report; 404 while it is switched off, as for a province that does not exist."""
    today = timezone.localdate()
    province = Unit.objects.provinces().on(today).filter(slug=t).prefetch_related("names").first()
    if province is None or not is_public(province):
        raise Http404
    shown = shown_of(province)
    context = {"name": province.name_on(today).name, "shown": shown}
    response = render(request, "reports/public.html", context)
    patch_cache_control(response, public=True, max_age=FRESH)
    patch_vary_headers(response, ["Cookie"])
    mark = f"{shown.report.snapshot.sha256 if shown else '-'}:{request.LANGUAGE_CODE}"
    response["ETag"] = quote_etag(mark)
    return get_conditional_response(request, etag=response["ETag"], response=response)


@require_http_methods(["GET", "POST"])
def public_switch(request: HttpRequest, t: str) -> HttpResponse:
    """“Trang công khai”: what it would show, and the switch."""
    province, now = province_of(request, t), timezone.now()
    today = timezone.localdate(now)
    if not administers(request.seat, province, today):
        raise Http404
    form = SwitchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and posted(form, lambda given: _switch(province, given, request.seat, now)):
        opened = form.cleaned_data["is_open"]
        messages.success(request, _("The public page is open") if opened else _("The public page is closed"))
        return redirect("administration_public", t=t)
    context = {
        "form": form,
        "row": PublicPage.objects.filter(province=province).select_related("changed_by__user").first(),
        "shown": shown_of(province),
        "own": request.seat.holds(Duty.Kind.STANDING_OFFICE, province, today),
    }
    status = 422 if request.method == "POST" else 200
    return show(request, "reports/administration/public.html", province, tab="public", status=status, **context)


def _switch(province: Unit, given: dict, seat, now):
    return switch_public_page(province, given["is_open"], by=seat, at=now)
