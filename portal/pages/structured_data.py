"""What search engines are told about a page: schema.org terms as JSON-LD.

A page with terms of its own has a method `structured_data() -> list[dict]` (a figure is a Dataset); any other page that
stands on its own is an Article, one that orders others a CollectionPage. The breadcrumb is added to each.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from portal.design.shapes import Link, SourceView
from portal.pages.models import BasePage, ContentPage

# A data block ends where the reader of HTML says so, whatever JSON thinks of it; as escapes these letters end nothing.
ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}


def structured_data_for(page: Any, context: Mapping[str, Any]) -> SafeString:
    """The content of the page's data block, or nothing where `page` isn't a page of the portal.

    `context` is what the template has: breadcrumb, sources, share_image_url; nothing more is asked of the database.
    """
    if not isinstance(page, BasePage) or not page.pk:
        return SafeString()
    own = getattr(page, "structured_data", None)
    things = own() if own is not None else [_thing(page, context)]
    if trail := _breadcrumb(page, context.get("breadcrumb") or ()):
        things = [*things, trail]
    return as_script_content({"@context": "https://schema.org", "@graph": things})


def as_script_content(data: Any) -> SafeString:
    """JSON that is safe within a `<script>` element: nothing in it can end the element or begin a comment."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308  (escaped just now)


def address(page: Any) -> str:
    return f"{settings.BASE_URL}{page.get_url() or '/'}"


def _thing(page: BasePage, context: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": _type(page),
        "headline": page.title,
        "url": address(page),
        "mainEntityOfPage": address(page),
        "inLanguage": "nl",
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": f"{settings.BASE_URL}/"},
    }
    if page.summary:
        found["description"] = page.summary
    if image := str(context.get("share_image_url") or ""):
        found["image"] = image
    if page.first_published_at:
        found["datePublished"] = page.first_published_at.isoformat()
    if page.last_published_at:
        found["dateModified"] = page.last_published_at.isoformat()
    if sources := [
        _citation(source) for source in context.get("sources") or () if isinstance(source, SourceView)
    ]:
        found["citation"] = sources
    return found


def _type(page: BasePage) -> str:
    if page.depth <= 2:
        return "WebPage"
    if type(page).subpage_types == []:
        return "WebPage" if isinstance(page, ContentPage) else "Article"
    return "CollectionPage"


def _citation(source: SourceView) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": source.what or source.who,
        "author": source.by or source.who,
    }
    if source.year:
        found["datePublished"] = str(source.year)
    if source.url:
        found["url"] = source.url
    return found


def _breadcrumb(page: BasePage, trail: Sequence[Link]) -> dict[str, Any] | None:
    if not trail:
        return None
    links = [*((link.label, f"{settings.BASE_URL}{link.url}") for link in trail), (page.title, address(page))]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(links, start=1)
        ],
    }
