"""`{% similar_pages page related %}`: what else is like this page, for who reads it now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from portal.design.shapes import Link
from portal.pages.querysets import page_terms, restrictions_for
from search.documents import Reader, source_for
from search.services import similar

register = template.Library()

MOST = 4


@register.inclusion_tag("pages/similar.html", takes_context=True)
def similar_pages(context: Any, page: Any, related: Sequence[Link]) -> dict[str, Any]:
    """At most four others that `related` doesn't name; nothing on a preview, whose words are not published."""
    source = source_for(type(page))
    request = context.get("request")
    if source is None or request is None or not page.is_served:
        return {"links": []}
    reader = Reader(request.user, page_terms(request.user))
    reader.once("page restrictions", lambda: restrictions_for(request.user))
    shown = {link.url for link in related}
    found = similar(f"{source.code}:{page.pk}", reader, MOST, besides=shown)
    # By kind and title: the order of the few best hangs on how frequent words are in all pages, hidden ones among them.
    ordered = sorted((hit for _hit, hit in found), key=lambda hit: (hit.kind_label, hit.title))
    return {"links": [Link(label=hit.title, url=hit.url, text=hit.kind_label) for hit in ordered]}
