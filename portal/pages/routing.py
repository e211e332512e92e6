"""From an address to a page in few queries: the whole path at once instead of a query for each part of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from portal.http.generations import KeptForGeneration
from portal.pages.querysets import page_terms, remember_restrictions, restriction_terms

# What finding a way and a breadcrumb need of a page; the page itself is read whole, once, as what it is.
PLACE = ("title", "slug", "url_path", "path", "depth", "numchild", "live", "content_type", "locale")


_sites: KeptForGeneration[tuple[str, str], Site | None] = KeptForGeneration(most=20)


def site_of(request: HttpRequest) -> Site | None:
    """The site that this request is for, as Wagtail finds it; laid where Wagtail looks for it later in the request."""
    if not hasattr(request, "_wagtail_site"):
        # Wagtail's own key: the host as it was sent, which was checked before, without asking for an allowed one again.
        host = (request._get_raw_host(), request.get_port())  # type: ignore[attr-defined] # Django leaves it untyped
        site = _sites.get(host, lambda: Site.find_for_request(request))
        request._wagtail_site = site  # type: ignore[attr-defined] # where Wagtail keeps it
    found: Site | None = request._wagtail_site  # type: ignore[attr-defined] # as above
    return found


def route_for(request: HttpRequest, path: str) -> RouteResult | None:
    """The page at `path` and what it makes of the rest of the address; None where there is none.

    What a person may not see does not exist: it is a 404 like any other, not a way to the sign-in page.
    """
    site = site_of(request)
    if site is None:
        return None
    root = site.root_page
    components = [component for component in path.split("/") if component]
    found = [root, *_pages_on_path(root, components)]
    restrictions = refuse_hidden(found[-1], request)
    page = _specific(found[-1])
    page.known_restrictions = restrictions
    page.known_ancestors = found[:-1]
    if len(found) > 1:
        page._cached_parent_obj = found[-2]
    rest = components[len(found) - 1 :]
    result: RouteResult = page.route(request, rest)
    return result


def deepest_page(request: HttpRequest, path: str) -> Page | None:
    """The page furthest along `path` on this request's site, hidden or not; None where there is no site."""
    site = site_of(request)
    if site is None:
        return None
    components = [component for component in path.split("/") if component]
    found: Page = [site.root_page, *_pages_on_path(site.root_page, components)][-1]
    return found


def _pages_on_path(root: Page, components: list[str]) -> list[Page]:
    """The pages below `root` that the path runs through, from the top."""
    prefixes = [root.url_path + "/".join(components[:depth]) + "/" for depth in range(1, len(components) + 1)]
    if not prefixes:
        return []
    return list(Page.objects.filter(url_path__in=prefixes).only(*PLACE).order_by("depth"))


def refuse_hidden(page: Page, request: HttpRequest) -> list[PageViewRestriction]:
    """Raise Http404 where `page` lies behind a restriction that this person doesn't pass; give those they do pass."""
    restrictions = [one for one in remember_restrictions(request.user) if page.path.startswith(one.page.path)]
    terms = page_terms(request.user) if restrictions else frozenset()
    if any(not terms & restriction_terms(restriction) for restriction in restrictions):
        raise Http404
    return restrictions


def _specific(page: Page) -> Any:
    model = page.specific_class
    if model is None:
        raise Http404
    queryset = model.for_route() if hasattr(model, "for_route") else model._default_manager.all()
    return queryset.get(pk=page.pk)
