"""The "Wat nu?" box: rooms offer next steps for a kind of page in a `next_steps.py`, found like `admin.py`.

Only what is registered shows, so a step never leads to a thing that isn't there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from portal.design.shapes import Link
from portal.pages.navigation import address_of

MOST = 3

# From a page and a person to steps; asked in order of `rank`, lower first.
Provider = Callable[[Any, Any], Iterable[Link]]

_providers: list[tuple[int, Provider]] = []


def register(rank: int) -> Callable[[Provider], Provider]:
    """Offer steps; the lower `rank`, the earlier they stand in the box."""

    def add(provider: Provider) -> Provider:
        _providers.append((rank, provider))
        _providers.sort(key=lambda item: item[0])
        return provider

    return add


def next_steps_for(page: Any, user: Any) -> list[Link]:
    """At most three steps for `page` and `user`, none twice and none to the page itself."""
    own = page.get_url() or ""
    found: dict[str, Link] = {}
    for _rank, provider in _providers:
        for step in provider(page, user):
            if step.url and step.url != own:
                found.setdefault(step.url, step)
        if len(found) >= MOST:
            break
    return list(found.values())[:MOST]


@register(rank=30)
def compute_productivity(page: Any, user: Any) -> Iterable[Link]:
    """To the page on which an entrepreneur computes their own figure; the first step towards measuring."""
    yield Link(
        label=_("Reken je eigen productiviteit uit"),
        url=address_of("arbeidsproductiviteit-berekenen"),
        text=_("Met je jaarcijfers, in een kwartier. Zo weet je later of iets hielp."),
    )


@register(rank=80)
def how_evidence_is_weighed(page: Any, user: Any) -> Iterable[Link]:
    yield Link(
        label=_("Lees hoe wij bewijs wegen"),
        url=address_of("hoe-wij-bewijs-wegen"),
        text=_("Van verteld tot herhaald: hoe zeker een resultaat is."),
    )
