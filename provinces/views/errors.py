"""Pages for what went wrong; the one for faults of the server needs no database."""

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import get_random_string

logger = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """“Hệ thống gặp lỗi”, with a code that stands in the log and can be read out on the telephone."""
    code = f"{timezone.localtime():%d%m}-{get_random_string(6, '23456789')}"
    logger.error("fault %s at %s %s", code, request.method, request.path)
    context = {"code": code, "phone": settings.SUPPORT_PHONE, "posted": request.method == "POST"}
    return HttpResponse(render_to_string("500.html", context), status=500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read at all; for a form that is too large, how much is taken and what to do instead."""
    large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1 << 20)
    return HttpResponse(
        render_to_string("400.html", {"large": large, "megabytes": megabytes}), status=413 if large else 400
    )
