"""Where a form was sent from, for forms that can't hold a token."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def require_own_origin(request: HttpRequest) -> None:
    """Refuse a form that another site sent. Raises PermissionDenied.

    For forms on pages that are the same for everybody and so can't hold a token, and that change nothing of a signed-in
    person's. Every browser of the last years says where a request comes from.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        raise PermissionDenied
    origin = request.headers.get("Origin")
    if site is None and origin is not None and origin != f"{request.scheme}://{request.get_host()}":
        raise PermissionDenied
