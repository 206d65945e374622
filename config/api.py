"""API errors: every refusal is a problem document (RFC 9457) with the same sentence as the page."""

from rest_framework.response import Response
from rest_framework.views import exception_handler

from provinces.workflow import Refused


def problem(error: Exception, context: dict) -> Response | None:
    """The answer to an error: `application/problem+json` with title, status and detail."""
    if isinstance(error, Refused):
        return _document(422, str(error.sentence))
    answer = exception_handler(error, context)
    if answer is None:
        return None
    detail = answer.data.get("detail", "") if isinstance(answer.data, dict) else ""
    return _document(answer.status_code, str(detail), headers=answer.headers)


def _document(status: int, detail: str, headers=None) -> Response:
    body = {"type": "about:blank", "status": status, "detail": detail}
    kept = {k: v for k, v in (headers or {}).items() if k in {"WWW-Authenticate", "Retry-After", "Allow"}}
    return Response(body, status=status, headers=kept, content_type="application/problem+json")
