"""Serving pages: Wagtail's own view, with our way from an address to a page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views

from portal.pages.routing import route_for


@require_safe
def page_serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path`. Wagtail keeps a request's route in this attribute, and asks no further where it is set."""
    try:
        request._wagtail_route_for_request = route_for(request, path)  # type: ignore[attr-defined]
    except Http404:
        request._wagtail_route_for_request = None  # type: ignore[attr-defined]
    response: HttpResponse = wagtail_views.serve(request, path)
    return response


def no_shared_password(request: HttpRequest, **arguments: int) -> HttpResponse:
    """Stands before Wagtail's views that take a shared password, which would tell which restrictions there are."""
    raise Http404
