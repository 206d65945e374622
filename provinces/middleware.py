"""Who is asking: the seat a signed-in person acts from, the language, and the way back after a lost session."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from provinces.models import Seat
from provinces.views.kept import session_ended

SESSION_KEY = "seat"
PLACE_KEY = "place"


def seats_today(user) -> list[Seat]:
    """The person's seats in force today, in order of department and role."""
    today = timezone.localdate()
    return list(
        Seat.objects.on(today)
        .filter(Q(department__valid_to=None) | Q(department__valid_to__gte=today), user=user)
        .select_related("department__unit__province", "user")
        .prefetch_related("department__names")
        .order_by("department_id", "role")
    )


class SeatMiddleware:
    """Sets request.seat (None for the anonymous and for people without a seat) and the person's language.

    Seats are read anew on each request, so revoking works at once. Pages of signed-in people are not kept by
    browsers or proxies; the last place (province and year) that an address named is remembered for the home page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.seat, request.seats = None, []
        signed_in = request.user.is_authenticated
        if signed_in:
            request.seats = seats_today(request.user)
            chosen = request.session.get(SESSION_KEY)
            request.seat = next((s for s in request.seats if s.pk == chosen), next(iter(request.seats), None))
        translation.activate(_language(request))
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        if signed_in:
            _remember_place(request)
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


def _language(request) -> str:
    """The person's own; of a visitor the one chosen in the foot of the page; never the browser's, Vietnamese first."""
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if request.user.is_authenticated:
        asked = request.user.language
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _remember_place(request) -> None:
    place = getattr(request, "place", None)
    if place is None:
        return
    here = [place.slug, place.year]
    if request.session.get(PLACE_KEY) != here:
        request.session[PLACE_KEY] = here


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends the anonymous to sign in; what they had just posted is kept on the page and sent on afterwards."""

    def handle_no_permission(self, request, view_func):
        if request.headers.get("HX-Request") or request.headers.get("X-Autosave"):
            return _ring(request)
        if request.method == "POST":
            return session_ended(request)
        return super().handle_no_permission(request, view_func)


def _ring(request) -> HttpResponse:
    """A fragment never turns into a sign-in page: the whole page goes there and comes back."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = page.path + (f"?{page.query}" if page.query else "")
    response = HttpResponse(status=401)
    response["HX-Redirect"] = f"{reverse('sign_in')}?{urlencode({'next': back or '/'})}"
    return response
