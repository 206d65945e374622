"""One press, one effect: how a view answers a form that carries a key."""

import datetime
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from provinces.operations.memory import once


def answer_once(request: HttpRequest, work: Callable[[], str], *, at: datetime.datetime) -> HttpResponse:
    """Do `work`, which returns the address to go on to, once for the form's key; a second press goes there too."""
    body = {name: values for name, values in request.POST.lists()}
    key = request.POST.get("idempotency_key", "")
    return redirect(once(work, key=key, body=body, by=request.seat, at=at))
