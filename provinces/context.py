"""What every page's shell needs to know."""

from django.conf import settings


def shell(request) -> dict:
    """The seat, the seats one may change to, the support phone."""
    return {
        "seat": getattr(request, "seat", None),
        "seats": getattr(request, "seats", []),
        "support_phone": settings.SUPPORT_PHONE,
    }
