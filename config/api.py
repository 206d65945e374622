"""API errors: every refusal is a problem document (RFC 9457) with the same sentence as the page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from provinces.workflow import Refused


def problem(error: Exception, context: dict) -> Response | None:
    """The answer to an error: `application/problem+json` with title, status, detail and, by field, all `errors`."""
    if isinstance(error, Refused):
        faults = [{"field": fault.field, "detail": str(fault.sentence)} for fault in getattr(error, "faults", ())]
        return _document(getattr(error, "status", 422), str(error.sentence), faults)
    answer = exception_handler(error, context)
    if answer is None:
        return None
    if isinstance(error, ValidationError):
        return _document(answer.status_code, _("Some values cannot be taken"), list(_flat(answer.data)))
    detail = answer.data.get("detail", "") if isinstance(answer.data, dict) else ""
    return _document(answer.status_code, str(detail), headers=answer.headers)


def _flat(found, path: str = "") -> Iterator[dict]:
    """Each sentence with the path of its field: outputs.0.quantity."""
    if isinstance(found, dict):
        for name, inside in found.items():
            yield from _flat(inside, f"{path}.{name}".strip("."))
    elif isinstance(found, list):
        for place, inside in enumerate(found):
            yield from _flat(inside, f"{path}.{place}" if isinstance(inside, dict) else path)
    else:
        yield {"field": path, "detail": str(found)}


def _document(status: int, detail: str, errors: list[dict] | None = None, headers=None) -> Response:
    body = {"type": "about:blank", "status": status, "detail": detail, **({"errors": errors} if errors else {})}
    kept = {k: v for k, v in (headers or {}).items() if k in {"WWW-Authenticate", "Retry-After", "Allow"}}
    return Response(body, status=status, headers=kept, content_type="application/problem+json")
