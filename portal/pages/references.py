"""Pages shown within another page's text: a figure as its chart, anything else as a card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue
from wagtail.models import Page

from portal.design.shapes import CaseView
from portal.pages.navigation import ADDRESS
from portal.pages.querysets import is_open, page_terms, restrictions_for


@dataclass(frozen=True)
class Reference:
    """One shown page: its chart, drawn, or its card."""

    chart: SafeString = field(default_factory=SafeString)
    card: CaseView | None = None


def references_in(body: StreamValue, user: Any) -> dict[int, Reference]:
    """What the reference blocks in `body` show, by primary key, as far as `user` may read it.

    Asks once for all blocks together which pages those are and who may read them; then what one kind of page needs for
    its cards or charts, and nothing for each page.
    """
    pks = _shown_pks(body)
    if not pks:
        return {}
    restrictions = restrictions_for(user)
    terms = page_terms(user) if restrictions else frozenset()
    pages = Page.objects.live().filter(pk__in=pks).order_by("path").only(*ADDRESS)
    shown = [page for page in pages if is_open(page, terms, restrictions)]
    found: dict[int, Reference] = {}
    for model, own in _by_model(shown).items():
        if model.shows_as_chart:
            found |= {pk: Reference(chart=chart) for pk, chart in model.charts_for(own).items()}
        else:
            found |= {pk: Reference(card=card) for pk, card in model.cards_for(own).items()}
    return found


def has_card(page: Page) -> bool:
    """Whether the page is one of ours, that can be shown as a card; the tree's own root isn't."""
    return hasattr(page.specific_class, "cards_for")


def cards_of(pages: Iterable[Page]) -> dict[int, CaseView]:
    """The cards of `pages` (of any kind, already known to be visible), by primary key; asks once for each kind."""
    found: dict[int, CaseView] = {}
    for model, pks in _by_model(pages).items():
        found |= model.cards_for(pks)
    return found


def _by_model(pages: Iterable[Page]) -> dict[Any, list[int]]:
    by_model: dict[Any, list[int]] = defaultdict(list)
    for page in pages:
        if has_card(page):
            by_model[page.specific_class].append(page.pk)
    return by_model


def _shown_pks(body: StreamValue) -> set[int]:
    """The pages that reference blocks name, as they are stored: reading the blocks' values would load them whole."""
    return {
        item["value"]
        for block in body.raw_data
        if block["type"] == "references"
        for item in block["value"]["pages"]
        if item["value"]
    }
