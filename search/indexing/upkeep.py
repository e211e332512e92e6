"""Building the index anew, comparing it with the database, and telling how it is."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from search.documents import SearchDocument, sources
from search.engine import breaker_of, engine
from search.engines.base import Health, SearchUnavailable
from search.indexing.outbox import newest_version, record_documents
from search.indexing.relay import relay_all
from search.models import SearchEvent

logger = logging.getLogger(__name__)

Progress = Callable[[int], None]
RECORD_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Status:
    """How search is. `oldest_at`: since when the oldest row waits."""

    health: Health
    waiting: int
    narrowing: int
    parked: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many documents the index lacked, held in an older state, or held although nobody may find them."""

    missing: int = 0
    outdated: int = 0
    surplus: int = 0

    @property
    def differences(self) -> int:
        return self.missing + self.outdated + self.surplus


def status() -> Status:
    """Never raises on an engine that is down. Five small queries."""
    rows = SearchEvent.objects.order_by("created_at")
    return Status(
        health=engine().health(),
        waiting=rows.filter(parked_at=None).count(),
        narrowing=rows.narrowing().count(),
        parked=rows.parked().count(),
        oldest_at=rows.values_list("created_at", flat=True).first(),
    )


def rebuild(progress: Progress | None = None) -> int:
    """Build a new index beside the old one and swap; returns the number of documents.

    Searching goes on meanwhile. A rebuild that was broken off is continued. Rows in the outbox stay and are applied
    afterwards; parked ones get new chances. Raises SearchUnavailable when another process is at it, or the disk fails.
    """
    version = newest_version(above=engine().health().version)
    documents = engine().rebuild(counted(all_documents(), progress), version)
    SearchEvent.objects.parked().update(parked_at=None, attempts=0, next_attempt_at=timezone.now())
    relay_all()
    logger.info("search index built", extra={"data": {"documents": documents, "version": version}})
    return documents


def rebuild_if_needed() -> bool:
    """Rebuild when the index is missing, broken or of another analyser's making; tells whether it did.

    An engine that doesn't answer is waited for: its index may be in order. Raises SearchUnavailable when the rebuild
    fails or mends nothing; the next one is tried later, each time twice as late.
    """
    # After one that failed or mended nothing: ever later, so that an engine in trouble isn't given more to do.
    rebuilds = breaker_of("rebuild", failures=1, first_pause=10.0, longest_pause=600.0)
    health = engine().health()
    if health.is_ok:
        rebuilds.succeeded()
        return False
    if health.is_rebuilding or health.status == "unreachable" or not rebuilds.allow():
        return False
    logger.error(
        "search index unusable; rebuilding",
        extra={"data": {"status": health.status, "detail": health.detail}},
    )
    try:
        rebuild()
        after = engine().health()
        if not after.is_ok:
            raise SearchUnavailable(f"the index is {after.status} after a rebuild: {after.detail}")
    except Exception:
        rebuilds.failed()
        raise
    rebuilds.succeeded()
    return True


def reconcile(progress: Progress | None = None) -> Reconciled:
    """Compare ids and content with the database and mend what differs. Raises SearchUnavailable."""
    newest_version(above=engine().health().version)
    relay_all()
    indexed = {found.id: found.digest for found in engine().contents()}
    missing, outdated = [], []
    for document in counted(all_documents(), progress):
        digest = indexed.pop(document.id, None)
        if digest is None:
            missing.append(document.id)
        elif digest != document.digest():
            outdated.append(document.id)
    _record_ids([*missing, *outdated], narrows=False)
    _record_ids(indexed, narrows=True)
    relay_all()
    return Reconciled(len(missing), len(outdated), len(indexed))


def all_documents() -> Iterator[SearchDocument]:
    for source in sources().values():
        yield from source.documents(None)


def _record_ids(ids: Iterable[str], *, narrows: bool) -> None:
    by_type: dict[str, list[int]] = defaultdict(list)
    for found in ids:
        type_code, _, pk = found.partition(":")
        if pk.isdigit():
            by_type[type_code].append(int(pk))
    for type_code, pks in by_type.items():
        for start in range(0, len(pks), RECORD_AT_ONCE):
            record_documents(type_code, pks[start : start + RECORD_AT_ONCE], narrows=narrows)


def counted(documents: Iterable[SearchDocument], progress: Progress | None) -> Iterator[SearchDocument]:
    """The same documents, telling `progress` how many there were after each."""
    for number, document in enumerate(documents, start=1):
        yield document
        if progress is not None:
            progress(number)
