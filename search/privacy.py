"""What was searched is nobody else's business, and depends on who asks."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers


def private(response: HttpResponse) -> HttpResponse:
    """Kept by no shared cache, and in no index of another search engine."""
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie", "HX-Target"])
    return response
