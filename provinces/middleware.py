"""Finds the seat from which a signed-in person acts; seats are read anew on each request, so revoking works at once."""

from django.db.models import Q
from django.utils import timezone, translation

from provinces.models import Seat

SESSION_KEY = "seat"


def seats_today(user) -> list[Seat]:
    """The person's seats in force today, in order of department and role."""
    today = timezone.localdate()
    return list(
        Seat.objects.on(today)
        .filter(Q(department__valid_to=None) | Q(department__valid_to__gte=today), user=user)
        .select_related("department__unit__province", "user")
        .order_by("department_id", "role")
    )


class SeatMiddleware:
    """Sets request.seat (None for the anonymous and for people without a seat) and the person's language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.seat, request.seats = None, []
        if request.user.is_authenticated:
            request.seats = seats_today(request.user)
            chosen = request.session.get(SESSION_KEY)
            request.seat = next((s for s in request.seats if s.pk == chosen), next(iter(request.seats), None))
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
