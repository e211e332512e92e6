"""What rooms above offer to do with the search on the screen, in a `search_offers.py` that is found like `admin.py`."""

from __future__ import annotations

from collections.abc import Callable

from portal.design.shapes import Link
from search.question import Question

#: From the question to a link, or to nothing where there is nothing to do with it. Asks the database nothing.
Offer = Callable[[Question], Link | None]

_offers: list[Offer] = []


def register(offer: Offer) -> Offer:
    """Usable as a decorator."""
    _offers.append(offer)
    return offer


def offered(question: Question) -> list[Link]:
    """The same for every reader: the address that a link leads to knows who may do it."""
    if question.within:
        return []  # what is kept of a search knows no place
    return [link for link in (offer(question) for offer in _offers) if link is not None]
