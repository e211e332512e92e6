"""The menu and the footer as the design system takes them, kept until something is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from portal.design.shapes import FooterColumn, Link
from portal.http.generations import KeptForGeneration
from portal.pages.querysets import visible_pages
from portal.pages.site_settings import NavigationSettings

MENU_SLUGS = ("praktijkvoorbeelden", "kennis", "cijfers")
MENU_LABELS = {"praktijkvoorbeelden": "Praktijk"}
FOOTER_SLUGS = ("over", "hoe-wij-bewijs-wegen", "toegankelijkheid", "privacy", "colofon")

# The pages that other pages' templates and next steps lead to.
LINKED_SLUGS = (*MENU_SLUGS, *FOOTER_SLUGS, "arbeidsproductiviteit-berekenen")


# What a link to a page needs of it.
ADDRESS = ("title", "slug", "url_path", "path", "content_type", "locale")


@dataclass(frozen=True)
class Navigation:
    """`under`: what lies under a word of the menu besides what its own address begins."""

    menu: list[Link]
    footer: list[FooterColumn]
    note: str
    under: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offered:
    """A list of a room above. `together`: of people with each other, so under the one word that the menu has for that."""

    label: str | Promise
    url_name: str
    together: bool = False

    def link(self) -> Link:
        return Link(label=str(self.label), url=reverse(self.url_name))


_navigations: KeptForGeneration[int, Navigation] = KeptForGeneration()
_addresses: KeptForGeneration[str, dict[str, str]] = KeptForGeneration()


# Of rooms above, in the order in which they are installed; and the page that brings those together, in the menu itself.
_offered: list[Offered] = []
_entries: list[Offered] = []


def offer_link(label: str | Promise, url_name: str, *, together: bool = False) -> None:
    """A list of a room above, in the footer that every page has; called in a `navigation_links.py`."""
    _offered.append(Offered(label, url_name, together))


def offer_entry(label: str | Promise, url_name: str) -> None:
    """The page under which the lists lie that were offered `together`: one word in the menu for all of them.

    Raises ValueError for a second one: the head of a page on a phone holds four words.
    """
    if _entries:
        raise ValueError(f"{url_name!r} is a second entry, beside {_entries[0].url_name!r}")
    _entries.append(Offered(label, url_name))


def navigation_for(site: Site) -> Navigation:
    """The public menu and footer of `site`; the same for everybody, since it holds public pages only."""
    return _navigations.get(site.pk, lambda: _build(site))


def address_of(slug: str) -> str:
    """The address of the public page with this slug, or an empty string where there is none (or it is hidden).

    For links that the portal's own texts make; all of them are read at once, so that a page asks nothing for them.
    """
    return _addresses.get("linked", _read_addresses).get(slug, "")


def _read_addresses() -> dict[str, str]:
    pages = visible_pages(AnonymousUser()).filter(slug__in=LINKED_SLUGS)
    return {page.slug: page.get_url() or "" for page in pages.only(*ADDRESS)}


def _build(site: Site) -> Navigation:
    # Not `for_site`, which makes the row where there is none: a visitor's request writes nothing.
    settings = NavigationSettings.objects.filter(site=site).first() or NavigationSettings(site=site)
    pages = _public_pages(site)
    menu = _links(block.value for block in settings.menu) or [
        Link(label=MENU_LABELS.get(slug, pages[slug].title), url=pages[slug].get_url() or "")
        for slug in MENU_SLUGS
        if slug in pages
    ] + [entry.link() for entry in _entries]
    footer = [
        FooterColumn(title=block.value["title"], links=_links(block.value["links"]))
        for block in settings.footer
    ] or _default_footer(pages, menu)
    return Navigation(menu, footer, settings.footer_note, _under())


def _under() -> dict[str, tuple[str, ...]]:
    below = tuple(each.link().url for each in _offered if each.together)
    return {entry.link().url: below for entry in _entries}


def _public_pages(site: Site) -> dict[str, Page]:
    pages = (
        visible_pages(AnonymousUser()).child_of(site.root_page).filter(slug__in=(*MENU_SLUGS, *FOOTER_SLUGS))
    )
    return {page.slug: page for page in pages.only(*ADDRESS)}


def _default_footer(pages: dict[str, Page], menu: list[Link]) -> list[FooterColumn]:
    about = [
        Link(label=pages[slug].title, url=pages[slug].get_url() or "")
        for slug in FOOTER_SLUGS
        if slug in pages
    ]
    about.append(Link(label=_("Wat we van je bewaren"), url=reverse("privacy:processing")))
    ours = [
        Offered(_("Gemeten resultaten"), "search:measured"),
        Offered(_("Organisaties"), "organisations:list"),
        *(each for each in _offered if not each.together),
    ]
    entries = [entry.link() for entry in _entries]
    there = {entry.url for entry in entries}
    finding = [*(link for link in menu if link.url not in there), *(each.link() for each in ours)]
    together = [*entries, *(each.link() for each in _offered if each.together)]
    return [
        FooterColumn(title=_("Vinden"), links=finding),
        FooterColumn(title=_("Samen"), links=together),
        FooterColumn(title=_("Over"), links=about),
    ]


def _links(values: Iterable[Any]) -> list[Link]:
    """The links that an editor made, but those to a page that isn't public."""
    chosen = list(values)
    asked = [value["page"].pk for value in chosen if value.get("page")]
    public = set(
        visible_pages(AnonymousUser()).filter(pk__in=asked).values_list("pk", flat=True) if asked else ()
    )
    found = []
    for value in chosen:
        page = value.get("page")
        url = value["url"] if page is None else page.get_url() if page.pk in public else ""
        if url:
            found.append(Link(label=value["label"], url=url))
    return found
