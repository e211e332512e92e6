"""The engine that this portal searches with, chosen by a setting and made at first use."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from search.allowance import engine_seconds
from search.breaker import Breaker, BreakerState, StateName
from search.documents import PUBLIC
from search.engines.base import Engine, SearchUnavailable
from search.results import Query

if TYPE_CHECKING:
    from search.engines.elasticsearch import Address

logger = logging.getLogger(__name__)

Listener = Callable[[str, StateName], None]

_lock = threading.Lock()
_engines: dict[tuple[str, str], Engine] = {}
_breakers: dict[str, Breaker] = {}
_listeners: list[Listener] = []


def engine(name: str = "") -> Engine:
    """The one engine of this process, or the one called `name`. Making it opens no file and no connection.

    Raises ValueError on a name that is no engine's, or on one that isn't set up.
    """
    key = (name or settings.SEARCH_ENGINE, str(settings.SEARCH_INDEX_DIR))
    found = _engines.get(key)
    if found is None:
        with _lock:
            found = _engines.get(key) or _make(*key)
            _engines[key] = found
    return found


def breaker_state() -> BreakerState:
    """How this process stands to its engine; always closed for one without a network between."""
    breaker = _breakers.get(settings.SEARCH_ENGINE)
    return breaker.state if breaker is not None else BreakerState()


def breaker_of(purpose: str, *, failures: int, first_pause: float, longest_pause: float) -> Breaker:
    """This process' breaker for something that needs the engine; forgotten with the engine."""
    with _lock:
        if purpose not in _breakers:
            _breakers[purpose] = Breaker(
                failures=failures, first_pause=first_pause, longest_pause=longest_pause
            )
        return _breakers[purpose]


def listen_to_breakers(listener: Listener) -> None:
    """Call `listener(engine's name, state)` at every change of a breaker in this process."""
    if listener not in _listeners:
        _listeners.append(listener)


def warm() -> None:
    """Load words and features ahead of the first visitor, who would wait a second for them; never raises."""
    try:
        engine().search(Query(text="productiviteit verbeteren", audience=frozenset({PUBLIC})))
    except SearchUnavailable:
        logger.info("the search engine can't be warmed up yet")


def close_engine() -> None:
    """Let go of every file and connection; the next search opens them again."""
    with _lock:
        for made in _engines.values():
            made.close()
        _engines.clear()
        _breakers.clear()


def _make(name: str, directory: str) -> Engine:
    if name == "embedded":
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(Path(directory), deadline=engine_seconds())
    if name == "elasticsearch":
        return _elasticsearch(Path(directory), _breaker(name))
    raise ValueError(f"PORTAL_SEARCH_ENGINE: no engine is called {name!r}")


def elasticsearch_address() -> Address:
    """Where the server of the settings is. Raises ValueError when they name none."""
    from search.engines.elasticsearch import Address

    if not settings.ELASTICSEARCH_URL:
        raise ValueError("ELASTICSEARCH_URL: where is the server?")
    return Address(
        tuple(settings.ELASTICSEARCH_URL),
        user=settings.ELASTICSEARCH_USER,
        password=settings.ELASTICSEARCH_PASSWORD,
        api_key=settings.ELASTICSEARCH_API_KEY,
        ca=settings.ELASTICSEARCH_CA,
    )


def _elasticsearch(words: Path, guard: Breaker) -> Engine:
    from search.engines.elasticsearch import ElasticsearchEngine, Shape

    return ElasticsearchEngine(
        elasticsearch_address(),
        settings.ELASTICSEARCH_INDEX,
        words,
        shape=Shape(
            settings.ELASTICSEARCH_SHARDS, settings.ELASTICSEARCH_REPLICAS, settings.ELASTICSEARCH_REFRESH
        ),
        deadline=engine_seconds(),
        guard=guard,
    )


def _breaker(name: str) -> Breaker:
    """A new breaker for the engine called `name`, of which changes are logged and told to who listens."""

    def changed(state: StateName) -> None:
        level = logging.INFO if state == "half-open" else logging.WARNING
        logger.log(level, "search engine breaker", extra={"data": {"engine": name, "state": state}})
        for listener in _listeners:
            listener(name, state)

    _breakers[name] = Breaker(on_change=changed)
    return _breakers[name]
