"""The addresses that search engines may list: public live pages, and the overviews of cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from wagtail.models import Site, get_page_models

from cases.models import CaseIndexPage, CasePage
from cases.overviews import OVERVIEWS, ways_in
from portal.organisations.models import Organisation
from portal.pages.models import BasePage
from portal.sharing.querysets import public_pages

Item = tuple[str, datetime | None]


class PublicSitemap(Sitemap[Item]):
    """Items are pairs of path and moment of change. The domain is the portal's own, whatever the asker calls it."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.BASE_URL).netloc

    def location(self, item: Item) -> str:
        return item[0]

    def lastmod(self, item: Item) -> datetime | None:
        return item[1]


class PageSitemap(PublicSitemap):
    def items(self) -> list[Item]:
        root = Site.objects.select_related("root_page").filter(is_default_site=True).first()
        if root is None:
            return []
        kinds = [model for model in get_page_models() if issubclass(model, BasePage) and model.in_sitemap]
        pages = public_pages().type(*kinds)
        # Within one site an address is the path below its root; asking each page for it would read the cache each time.
        start = len(root.root_page.url_path)
        return [
            (f"/{path[start:]}", moment)
            for path, moment in pages.values_list("url_path", "last_published_at")
        ]


class OverviewSitemap(PublicSitemap):
    """The cases by theme, goal, sector and region: only terms that a case stands behind."""

    def items(self) -> list[Item]:
        index = CaseIndexPage.objects.visible_to(AnonymousUser()).first()
        base = index.get_url() if index is not None else None
        if not base:
            return []
        cases = CasePage.objects.visible_to(AnonymousUser())
        found: list[Item] = []
        for overview in OVERVIEWS.values():
            terms = ways_in(overview, cases, base)
            if terms:
                found.append((f"{base}{overview.key}/", None))
            found += [(term.url, None) for term in terms]
        return found


class OrganisationSitemap(PublicSitemap):
    """The organisations that everybody may know of, and their list where there are any."""

    def items(self) -> list[Item]:
        slugs = Organisation.objects.public().order_by("pk").values_list("slug", flat=True)
        found: list[Item] = [(reverse("organisations:page", args=[slug]), None) for slug in slugs]
        return [(reverse("organisations:list"), None), *found] if found else []


SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "pages": PageSitemap,
    "overviews": OverviewSitemap,
    "organisations": OrganisationSitemap,
}
