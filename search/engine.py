"""The engine that this portal searches with, chosen by a setting and made at first use."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from django.conf import settings

from search.documents import PUBLIC
from search.engines.base import Engine, SearchUnavailable
from search.results import Query

logger = logging.getLogger(__name__)

# Of the time for an answer: what is left is for going on without the engine.
ENGINE_SHARE = 0.6

_lock = threading.Lock()
_engines: dict[tuple[str, str], Engine] = {}


def engine() -> Engine:
    """The one engine of this process. Making it opens no file and no connection."""
    key = (settings.SEARCH_ENGINE, str(settings.SEARCH_INDEX_DIR))
    found = _engines.get(key)
    if found is None:
        with _lock:
            found = _engines.get(key) or _make(*key)
            _engines[key] = found
    return found


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


def _make(name: str, directory: str) -> Engine:
    if name == "embedded":
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(Path(directory), deadline=settings.SEARCH_DEADLINE_SECONDS * ENGINE_SHARE)
    raise ValueError(f"PORTAL_SEARCH_ENGINE: no engine is called {name!r}")
