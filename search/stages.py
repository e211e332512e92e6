"""The two stages of a search, in figures that every engine keeps to, so that all of them give the same hits."""

from __future__ import annotations

from search.results import Query

LARGE_INDEX = 50_000  # documents; above, fewer matches are looked at, and fewer of them ordered with care
CANDIDATES, CANDIDATES_LARGE = 300, 200  # that stage two orders
BUDGET, BUDGET_LARGE = 10_000, 5_000  # matches: the sum of the terms' document frequencies
MAX_PAGE_SIZE = 100
DEEPEST = 10_000  # hits that pages reach; the total tells how many there are
PREFERRED_BONUS = 0.15  # of the best score, for a document that has all that is preferred
NEWEST_BAND = 0.5  # of the best score: what scores more is sorted by date before the rest
# What a term adds where it stands: anywhere (compound parts and keywords too), and more in the title or the body itself.
ANYWHERE, IN_TITLE, IN_BODY = 1.0, 1.0, 0.5


def budget(documents: int) -> int:
    """How many matches stage one may look at in an index of so many documents."""
    return BUDGET if documents <= LARGE_INDEX else BUDGET_LARGE


def candidates(documents: int) -> int:
    """How many of them stage two orders."""
    return CANDIDATES if documents <= LARGE_INDEX else CANDIDATES_LARGE


def page_of(query: Query) -> slice:
    """The places of a page's hits; an empty slice beyond the deepest."""
    size = min(max(query.page_size, 1), MAX_PAGE_SIZE)
    start = min((max(query.page, 1) - 1) * size, DEEPEST)
    return slice(start, min(start + size, DEEPEST))
