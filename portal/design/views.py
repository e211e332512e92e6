"""The style guide: for staff, and for everybody in development."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal.design.covers import FAMILIES
from portal.design.icons import ICONS
from portal.design.specimens import specimens

PAGES = {"": "index", "praktijk": "case", "zoeken": "search", "voorpagina": "front"}


def can_see_styleguide(request: HttpRequest) -> bool:
    """Staff may; with DEBUG or STYLEGUIDE_PUBLIC everybody."""
    if settings.DEBUG or getattr(settings, "STYLEGUIDE_PUBLIC", False):
        return True
    return bool(getattr(getattr(request, "user", None), "is_staff", False))


def styleguide(request: HttpRequest, page: str = "") -> HttpResponse:
    """Every component with literals; `page` shows a whole page made of them. 404 for who may not see it."""
    if page not in PAGES or not can_see_styleguide(request):
        raise Http404
    context = {
        **specimens(),
        "robots": "noindex",
        "icons": ICONS,
        "themes": list(FAMILIES),
        "sectors": ["25", "43", "J"],
    }
    return render(request, f"design/styleguide/{PAGES[page]}.html", context)
