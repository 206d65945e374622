"""Signing in and out, the seat one acts from, the language, the account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from provinces.forms import EmailForm, PasswordForm, SignInForm
from provinces.middleware import SESSION_KEY
from provinces.operations.accounts import (
    change_email,
    change_password,
    choose_language,
    record_refused_sign_in,
    record_sign_in,
    record_sign_out,
)
from provinces.views.kept import kept, send_on

LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60


def safe_next(request: HttpRequest, default: str = "") -> str:
    """The address to go on to, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else default


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; afterwards back to where the person wanted to go, or on with the form that was kept."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(safe_next(request, settings.LOGIN_REDIRECT_URL))
        return _sign_in_page(request, SignInForm())
    form = SignInForm(request.POST)
    user = authenticate(request, **form.cleaned_data) if form.is_valid() else None
    if user is None:
        return _refuse(request, form)
    login(request, user)
    record_sign_in(user, by=None, at=timezone.now())
    form_kept = kept(request.POST.get("kept", ""))
    return send_on(request, form_kept) if form_kept else redirect(safe_next(request, settings.LOGIN_REDIRECT_URL))


def _refuse(request: HttpRequest, form: SignInForm) -> HttpResponse:
    if form.is_valid():
        record_refused_sign_in(form.cleaned_data["username"], at=timezone.now())
        form.add_error(None, _("The user name or password is wrong. The user name is kept"))
    return _sign_in_page(request, form, status=422)


def _sign_in_page(request, form, status=200) -> HttpResponse:
    kept_text = request.POST.get("kept", "")
    page = "provinces/session_ended.html" if kept_text else "provinces/sign_in.html"
    context = {"form": form, "kept": kept_text, "next": safe_next(request)}
    return render(request, page, context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; by POST only, so that a link in a letter signs nobody out."""
    record_sign_out(request.user, by=request.seat, at=timezone.now())
    logout(request)
    return redirect("sign_in")


def seats(request: HttpRequest) -> HttpResponse:
    """From which of several seats to act."""
    if request.method != "POST":
        return render(request, "provinces/seats.html")
    chosen = next((seat for seat in request.seats if str(seat.pk) == request.POST.get("seat")), None)
    if chosen is None:
        raise Http404
    request.session[SESSION_KEY] = chosen.pk
    return redirect(safe_next(request, "home"))


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Vietnamese or English; the page stays."""
    chosen = request.POST.get("language")
    if chosen not in dict(settings.LANGUAGES):
        raise Http404
    response = redirect(safe_next(request, "/"))
    if request.user.is_authenticated:
        choose_language(request.user, chosen, by=request.seat, at=timezone.now())
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=LANGUAGE_COOKIE_AGE, samesite="Lax", secure=request.is_secure()
    )
    return response


@sensitive_post_parameters("password_now", "password_new")
def account(request: HttpRequest) -> HttpResponse:
    """Name, seats, address, password."""
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return _account_page(request, form, EmailForm(initial={"email": request.user.email}))
    user = change_password(request.user, form.cleaned_data["password_new"], by=request.seat, at=timezone.now())
    update_session_auth_hash(request, user)
    messages.success(request, _("The password is changed"))
    return redirect("account")


@require_POST
def account_email(request: HttpRequest) -> HttpResponse:
    """The address for letters."""
    form = EmailForm(request.POST)
    if not form.is_valid():
        return _account_page(request, PasswordForm(user=request.user), form)
    change_email(request.user, form.cleaned_data["email"], by=request.seat, at=timezone.now())
    messages.success(request, _("The address is saved"))
    return redirect("account")


def _account_page(request: HttpRequest, form: PasswordForm, address: EmailForm) -> HttpResponse:
    faulty = bool(form.errors or address.errors)
    context = {"form": form, "address": address, "faulty": faulty}
    return render(request, "provinces/account.html", context, status=422 if faulty else 200)
