"""Pages for what went wrong; the one for faults of the server needs no database."""

import logging

from django.conf import settings
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
