"""Which page of a long list somebody asks for."""

from __future__ import annotations

from django.http import Http404, HttpRequest

DIGITS = 9  # more than any list has pages


def page_number(request: HttpRequest, last: int) -> int:
    """From 1 to `last`; what is no page number is refused as a page that doesn't exist."""
    raw = request.GET.get("pagina", "1")
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= DIGITS) or not 1 <= int(raw) <= last:
        raise Http404
    return int(raw)
