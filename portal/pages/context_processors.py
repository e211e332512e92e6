"""What the layout around every page needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from portal.design.shapes import Link
from portal.pages.navigation import Navigation, navigation_for
from portal.pages.routing import site_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Name, menu, footer and edit link; nothing is read until a template asks for it."""
    navigation = SimpleLazyObject(lambda: _navigation(request))
    return {
        "site_name": settings.SITE_NAME,
        "navigation": SimpleLazyObject(
            lambda: _with_current(navigation.menu, navigation.under, request.path)
        ),
        "footer_columns": SimpleLazyObject(lambda: navigation.footer),
        "footer_note": SimpleLazyObject(lambda: navigation.note),
        # Not "search_url": templates of Wagtail's admin take that for the name of an address.
        "header_search_url": reverse("search:results"),
        "opensearch_url": reverse("opensearch"),
        "base_url": settings.BASE_URL,
        "canonical_url": settings.BASE_URL + request.path,
        "edit_url": SimpleLazyObject(lambda: _edit_url(request)),
    }


def _navigation(request: HttpRequest) -> Navigation:
    found = site_of(request)
    return navigation_for(found) if found is not None else Navigation([], [], "")


def _with_current(menu: list[Link], under: Mapping[str, tuple[str, ...]], path: str) -> list[Link]:
    return [
        Link(
            label=link.label,
            url=link.url,
            current=link.url != "/" and path.startswith((link.url, *under.get(link.url, ()))),
        )
        for link in menu
    ]


def _edit_url(request: HttpRequest) -> str:
    """The address where the page of this request is edited, for who may; empty otherwise."""
    route = getattr(request, "_wagtail_route_for_request", None)
    user = getattr(request, "user", None)
    if route is None or user is None or not user.is_authenticated or not user.is_staff:
        return ""
    page = route.page
    return (
        reverse("wagtailadmin_pages:edit", args=[page.pk])
        if page.permissions_for_user(user).can_edit()
        else ""
    )
