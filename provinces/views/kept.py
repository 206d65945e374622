"""Nothing typed is lost: what was posted stays on the page while a person signs in again, then goes on its way."""

from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import requires_csrf_token

from provinces.forms import SignInForm

SALT = "kept"
KEPT_FOR = 12 * 60 * 60  # seconds
NOT_KEPT = {"csrfmiddlewaretoken", "kept"}


def posted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Every name and value of the form, without passwords and tokens."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_KEPT and "password" not in name
    ]


def keep(request: HttpRequest) -> str:
    """The address and the fields of a POST, signed, so that only what was really posted here is sent on."""
    return signing.dumps({"to": request.get_full_path(), "fields": posted_fields(request)}, salt=SALT, compress=True)


def kept(text: str) -> dict | None:
    """What `keep` wrote: {"to": address, "fields": [[name, value], …]}; None when it is not ours or too old."""
    try:
        return signing.loads(text, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None


def session_ended(request: HttpRequest) -> HttpResponse:
    """“Phiên làm việc đã hết”: sign in here, and what was typed is sent on."""
    context = {"form": SignInForm(), "kept": keep(request), "files": bool(request.FILES), "next": "/"}
    return render(request, "provinces/session_ended.html", context, status=401)


def send_on(request: HttpRequest, form: dict) -> HttpResponse:
    """After signing in: the kept form, one press (or a script) away from its address."""
    return render(request, "provinces/send_on.html", {"to": form["to"], "fields": form["fields"]})


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page's token was old: the typed values with a fresh token, for forms that came from our own pages."""
    if request.path == reverse("sign_in"):
        return redirect("sign_in")
    if not _from_here(request):
        return render(request, "403.html", status=403)
    if not request.user.is_authenticated:
        return session_ended(request)
    context = {"to": request.get_full_path(), "fields": posted_fields(request), "files": bool(request.FILES)}
    return render(request, "provinces/send_again.html", context, status=403)


def _from_here(request: HttpRequest) -> bool:
    """True when the browser says that one of our pages sent the form: a stranger's values are never offered again."""
    origin = request.headers.get("Origin")
    if origin:
        return origin == f"{request.scheme}://{request.get_host()}"
    return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()
