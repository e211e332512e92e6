"""What the head of a page tells those who share it or follow it."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from cases.models import CaseIndexPage, CasePage
from portal.sharing.images import url_of

TERM_PATH = re.compile(r"/(thema|sector)/([a-z0-9-]+)/$")


def sharing(request: HttpRequest) -> dict[str, Any]:
    """The image of this request's page and the feed that it belongs to; nothing is looked up until a template asks."""
    return {
        "share_image_url": SimpleLazyObject(lambda: _image(request)),
        "feed_url": SimpleLazyObject(lambda: _feed(request)),
    }


def _page(request: HttpRequest) -> Any:
    route = getattr(request, "_wagtail_route_for_request", None)
    return route.page if route is not None else None


def _image(request: HttpRequest) -> str:
    page = _page(request)
    return url_of(page.pk) if page is not None else ""


def _feed(request: HttpRequest) -> str:
    page = _page(request)
    if page is None or not (page.depth == 2 or isinstance(page, CaseIndexPage | CasePage)):
        return ""
    term = TERM_PATH.search(request.path) if isinstance(page, CaseIndexPage) else None
    return reverse("sharing:term-feed", args=[*term.groups()]) if term else reverse("sharing:case-feed")
