"""The embedded engine: SQLite FTS5 in files of its own, whatever the main database is."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
