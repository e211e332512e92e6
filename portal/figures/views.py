"""A figure's files, found by way of the page that they belong to."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from portal.pages.views import page_serve


@require_safe
def figure_file(request: HttpRequest, path: str, name: str) -> HttpResponseBase:
    """Routed like the page itself, so that whoever may not see the page gets its files as little: a 404."""
    return page_serve(request, f"{path}{name}")
