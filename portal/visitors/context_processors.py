"""What stands at the top of every page for a visitor: the way to what they kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from portal.design.shapes import Link


def own(request: HttpRequest) -> dict[str, Any]:
    """The link is the same for everybody, so that a page that is cached for all can hold it."""
    return {"account_links": SimpleLazyObject(lambda: _links(request.path))}


def _links(path: str) -> list[Link]:
    url = reverse("kept:list")
    return [Link(label=_("Bewaard"), url=url, current=path == url)]
