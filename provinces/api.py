"""Who is calling: another system signs in with name and password on each call, a page with its session."""

from django.utils import timezone
from rest_framework.authentication import BasicAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from provinces.middleware import seats_today
from provinces.models import Seat
from provinces.operations.accounts import record_refused_sign_in


class NameAndPassword(BasicAuthentication):
    """An account's name and password in the head of the call; a wrong password leaves its line in the log."""

    def authenticate_credentials(self, userid, password, request=None):
        try:
            return super().authenticate_credentials(userid, password, request)
        except AuthenticationFailed:
            record_refused_sign_in(userid, at=timezone.now())
            raise


def seat_of(request: Request) -> Seat:
    """The seat that the caller acts from: the one chosen on the pages, else the first; nobody acts without one."""
    seat = request._request.seat or next(iter(seats_today(request.user)), None)
    if seat is None:
        raise PermissionDenied
    return seat
