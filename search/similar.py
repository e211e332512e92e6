"""What is like a document: found by its own words, checked in the database at every view."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection

from django.conf import settings
from django.core.cache import caches

from portal.http.generations import KeptForGeneration
from portal.http.page_cache import CACHE_ALIAS, current_generation
from search.breaker import Breaker
from search.checking import Found, plain_hit, shown_documents
from search.documents import Reader, SearchDocument, sources
from search.dutch.analyser import Analyser
from search.engine import breaker_of, breaker_state, engine
from search.engines.base import SearchUnavailable
from search.results import Query, Results
from search.steering.current import portal_analyser

logger = logging.getLogger(__name__)

MOST_WORDS = 16
# Ids that are kept: what the database refuses, or the page shows already, is filled up from the rest.
MOST_KEPT = 12
# What it shares with others lets these come first, as "companies like mine" do.
SHARED = ("theme", "goal", "sector")
UNKNOWN = -5.0  # the log frequency of a word that the word list lacks: rarer than any that it has

# Who reads a page isn't kept waiting for what stands below it: so long at most, and after a failure not for a while.
PATIENCE = 0.15  # seconds, for an engine on a network

_found: KeptForGeneration[tuple[str, frozenset[str]], tuple[str, ...]] = KeptForGeneration()


def similar(
    document_id: str, reader: Reader, limit: int = 3, *, besides: Collection[str] = ()
) -> tuple[Found, ...]:
    """At most `limit` documents of any type that are most like this one and that `reader` may see, best first.

    `besides` names addresses that stand on the page already. Which ids are like it is kept until something is published;
    whether the reader may see them is asked each time. Without an engine, or for a document that isn't there: none.
    """
    try:
        ids = _found.get((document_id, reader.terms), lambda: _shared(document_id, reader.terms))
    except SearchUnavailable:
        return ()
    shown = shown_documents(ids[: 2 * limit + len(besides)], reader, is_brief=True)
    kept = [
        (plain_hit(each), shown[each]) for each in ids if each in shown and shown[each].url not in besides
    ]
    return tuple(kept[:limit])


def _shared(document_id: str, terms: frozenset[str]) -> tuple[str, ...]:
    """From the cache that all processes share, or asked of the engine. Raises SearchUnavailable."""
    kind = hashlib.sha256("\n".join((document_id, *sorted(terms))).encode()).hexdigest()
    key = f"{current_generation()}:similar:{kind}"
    known: tuple[str, ...] | None = caches[CACHE_ALIAS].get(key)
    if known is None:
        known = _ask(document_id, terms)
        caches[CACHE_ALIAS].set(key, known, timeout=settings.PAGE_CACHE_SECONDS)
    return known


def _ask(document_id: str, terms: frozenset[str]) -> tuple[str, ...]:
    """Raises SearchUnavailable, before anything is read, while the engine is left alone."""
    if not breaker_state().is_closed or _rest().state.retry_in > 0:
        raise SearchUnavailable("the engine is left alone")
    if not engine().is_remote and not engine().health().is_ok:
        raise SearchUnavailable("there is no usable index")
    type_code, _, pk = document_id.partition(":")
    source = sources().get(type_code)
    document = next(iter(source.documents([int(pk)])), None) if source and pk.isdigit() else None
    if document is None:
        return ()
    words = telling_words(document, portal_analyser())
    if not words:
        return ()
    query = Query(
        text=" ".join(words),
        audience=terms,
        preferred={facet: document.facets.get(facet, ()) for facet in SHARED},
        page_size=MOST_KEPT,
        literal=True,
        facets=(),
        exclude=frozenset({document_id}),
    )
    return tuple(hit.id for hit in _ask_briefly(query).hits)


def _ask_briefly(query: Query) -> Results:
    """Raises SearchUnavailable; from then on the engine is left alone for a while."""
    if not _rest().allow():
        raise SearchUnavailable("the engine is left alone")
    try:
        found = engine().search(query, timeout=PATIENCE if engine().is_remote else None)
    except SearchUnavailable:
        _rest().failed()
        raise
    _rest().succeeded()
    return found


def _rest() -> Breaker:
    """Whether the engine is back is for others to find out: pages don't wait for it."""
    return breaker_of("similar", failures=1, first_pause=2.0, longest_pause=30.0)


def telling_words(document: SearchDocument, analyser: Analyser) -> list[str]:
    """The rarest words of its title, keywords and summary, in the order in which they stand there."""
    text = "\n".join((document.title, *document.keywords, document.summary))
    words = list(dict.fromkeys(word.text for word in analyser.analyse(text) if not word.text.isdigit()))
    frequency = {word: analyser.lexicon.log_frequency(word) for word in words}
    rarest = sorted(words, key=lambda word: UNKNOWN if frequency[word] is None else frequency[word] or 0.0)
    chosen = set(rarest[:MOST_WORDS])
    return [word for word in words if word in chosen]
