"""What people do with each other, on one page; and the pages for when something is wrong."""

from __future__ import annotations

import logging

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.models import CaseIndexPage
from portal.home.together import together_page
from portal.http.generations import KeptForGeneration
from portal.pages.navigation import ADDRESS

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def together(request: HttpRequest) -> HttpResponse:
    """Kept by nobody, as the lists it is made from: what was hidden is gone at once."""
    return render(request, "home/together.html", together_page(request.user))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    context = {"robots": "noindex", "search_url": reverse("search:results"), "cases_url": _cases_url()}
    return render(request, "404.html", context, status=404)


_addresses: KeptForGeneration[str, str] = KeptForGeneration()


def _cases_url() -> str:
    """The overview of cases, wherever an editor put it; empty where there is none for everybody, or none can be read."""
    try:
        return _addresses.get("cases", _read_cases_url)
    except DatabaseError:
        return ""


def _read_cases_url() -> str:
    page = CaseIndexPage.objects.visible_to(AnonymousUser()).only(*ADDRESS).first()
    return (page.get_url() or "") if page else ""


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"robots": "noindex"}, status=403)


# For when even the template can't be made: no style sheet, no translation, nothing that can fail.
BARE_ERROR = (
    '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Er ging iets mis</title>'
    "<h1>Er ging iets mis</h1><p>Dat ligt aan ons, niet aan jou. Probeer het over een paar minuten nog eens.</p>"
)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without database or context processors: whatever broke may be among them."""
    try:
        page: str = render_to_string("500.html", {"request_id": getattr(request, "request_id", "")})
    except Exception:
        logger.exception("the error page itself can't be made")
        page = BARE_ERROR
    return HttpResponse(page, status=500)
