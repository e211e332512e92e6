"""From an address to a page in few queries: the whole path at once instead of a query for each part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from portal.accounts.audiences import terms_for
from portal.pages.querysets import all_restrictions, restriction_terms


def route_below(root: Any, request: HttpRequest, components: Sequence[str]) -> RouteResult:
    """The page at `components` below `root`, with its ancestors and restrictions already known.

    What a person may not see does not exist: it is a 404 like any other, not a way to the sign-in page.
    """
    prefixes = [root.url_path + "/".join(components[:depth]) + "/" for depth in range(1, len(components) + 1)]
    found = list(Page.objects.filter(url_path__in=prefixes).order_by("depth"))
    if not found:
        raise Http404
    restrictions = [one for one in all_restrictions() if found[-1].path.startswith(one.page.path)]
    terms = terms_for(request.user)
    if any(not terms & restriction_terms(restriction) for restriction in restrictions):
        raise Http404
    page = _specific(found[-1])
    page._cached_parent_obj = found[-2] if len(found) > 1 else root
    page.known_ancestors = [root, *found[:-1]]
    page.known_restrictions = restrictions
    result: RouteResult = page.route(request, list(components[found[-1].depth - root.depth :]))
    return result


def _specific(page: Page) -> Any:
    model = page.specific_class
    if model is None:
        raise Http404
    queryset = model.for_route() if hasattr(model, "for_route") else model._default_manager.all()
    return queryset.get(pk=page.pk)


class KnownRestrictions:
    """Answers Wagtail's own check before serving from what routing has already read."""

    known_restrictions: list[PageViewRestriction] | None = None

    def get_view_restrictions(self) -> Any:
        if self.known_restrictions is not None:
            return self.known_restrictions
        return super().get_view_restrictions()  # type: ignore[misc]
