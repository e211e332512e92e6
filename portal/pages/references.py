"""Pages shown within another page's text: a figure as its chart, anything else as a card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Page

from portal.design.shapes import CaseView
from portal.pages.querysets import is_open, page_terms, restrictions_for


@dataclass(frozen=True)
class Reference:
    """One shown page: its chart (a page with a `chart_template`) or its card."""

    chart: Any = None
    card: CaseView | None = None


def references_in(body: StreamValue, user: Any) -> dict[int, Reference]:
    """What the reference blocks in `body` show, by primary key, as far as `user` may read it.

    Asks once for all blocks together: what one kind of page needs for its cards or charts, and nothing for each page.
    """
    restrictions = restrictions_for(user)
    terms = page_terms(user) if restrictions else frozenset()
    shown = [page for page in _shown_pages(body) if page.live and is_open(page, terms, restrictions)]
    found: dict[int, Reference] = {}
    for model, pks in _by_model(shown).items():
        if model.shows_as_chart:
            found |= {page.pk: Reference(chart=page) for page in model.for_chart().filter(pk__in=pks)}
        else:
            found |= {pk: Reference(card=card) for pk, card in model.cards_for(pks).items()}
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


def _shown_pages(body: StreamValue) -> list[Page]:
    """The pages in reference blocks; reading the stream's values loads all of them in one query."""
    return [
        page for block in body if block.block_type == "references" for page in block.value["pages"] if page
    ]
