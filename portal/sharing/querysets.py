"""What everybody may read: the only pages of which anything is told outside the portal."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Site

from portal.pages.querysets import VisiblePageQuerySet, visible_pages


def public_pages() -> VisiblePageQuerySet:
    """Live pages of the default site that a visitor without account sees, whoever asks."""
    pages = visible_pages(AnonymousUser())
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    found: VisiblePageQuerySet = (
        pages.descendant_of(site.root_page, inclusive=True) if site is not None else pages.none()
    )
    return found
