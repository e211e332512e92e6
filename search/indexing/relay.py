"""From the outbox to the index: read the state of this moment, write or remove it, and forget the row.

Every step may be repeated or run twice at once: documents carry the id of the row that they were read for, and the
index keeps the highest.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from search.documents import SearchDocument, source_for, sources
from search.engine import breaker_state, engine
from search.engines.base import Refused, Removal, SearchUnavailable, Write
from search.indexing.outbox import forget_recorded
from search.indexing.patience import Patience
from search.models import MAX_ATTEMPTS, KeptEngine, SearchEvent
from search.querysets import SearchEventQuerySet

logger = logging.getLogger(__name__)

ROWS = 200  # taken from the outbox at a time
DOCUMENTS = 200  # written to the index in one transaction
ROWS_IN_REQUEST = 100  # of any kind; what is left waits for the worker
NARROWING_IN_REQUEST = 500
WAIT_IN_REQUEST = 0.05  # seconds that whoever saves waits for the engine, all calls together
SILENCE = 60.0  # seconds
FIRST_RETRY = timedelta(seconds=5)
LAST_RETRY = timedelta(hours=1)

Target = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Relayed:
    """What one round did: rows applied and forgotten, and rows that failed and wait or were parked.

    `unavailable`: why the engine took no more; what it didn't take stays as it was.
    """

    applied: int = 0
    failed: int = 0
    unavailable: SearchUnavailable | None = None

    @property
    def rows(self) -> int:
        return self.applied + self.failed


def after_commit() -> None:
    """In the process that made the change, before it answers: apply what is small.

    What narrows goes first and whole, up to a bound, and of the rest the oldest rows. The engine gets little time; what
    it doesn't take waits for the worker, and counts stay withheld until then. Never raises on an engine that is down.
    """
    if not breaker_state().is_closed:
        return  # whether the engine is back is for the worker to find out
    if not engine().is_remote and not (health := engine().health()).is_ok:
        # Known before any document is read: an import into a portal without an index asks this once a page.
        _say_once("the search index takes no changes now", health.detail or health.status)
        return
    due = SearchEvent.objects.due(timezone.now())
    narrowing = due.narrowing().values_list("pk", flat=True)[:NARROWING_IN_REQUEST]
    chosen = {*narrowing, *due.values_list("pk", flat=True)[:ROWS_IN_REQUEST]}
    rows = SearchEvent.objects.filter(pk__in=chosen).order_by("id")
    done = _relay(rows, Patience(WAIT_IN_REQUEST, in_all=engine().is_remote))
    if done.unavailable is not None:
        _say_once("the search index takes no changes now", str(done.unavailable))


_said: dict[str, float] = {}


def _say_once(message: str, error: str) -> None:
    """Once a minute in each process: loading a hundred pages into a portal without an index is one fact."""
    if time.monotonic() - _said.get(error, -SILENCE) >= SILENCE:
        _said[error] = time.monotonic()
        logger.warning(message, extra={"data": {"error": error}})


def relay(at: datetime | None = None) -> Relayed:
    """One round over the oldest rows that are due. Raises SearchUnavailable; what wasn't taken is left as it was."""
    return relay_rows(SearchEvent.objects.due(at or timezone.now())[:ROWS])


def relay_all(*, until: datetime | None = None) -> Relayed:
    """Rounds until nothing is due, or `until` has come. Raises SearchUnavailable."""
    applied = failed = 0
    while until is None or timezone.now() < until:
        done = relay()
        applied, failed = applied + done.applied, failed + done.failed
        if not done.rows:
            break
    return Relayed(applied, failed)


def relay_rows(rows: SearchEventQuerySet) -> Relayed:
    """Apply these rows. Raises SearchUnavailable, after forgetting what was applied before."""
    done = _relay(rows, Patience())
    if done.unavailable is not None:
        raise done.unavailable
    return done


def _relay(rows: SearchEventQuerySet, patience: Patience) -> Relayed:
    events = list(rows)
    if not events:
        return Relayed()
    versions, causes = _targets(events)
    errors: dict[int, str] = {}
    unavailable: SearchUnavailable | None = None
    left = set(versions)
    for batch in _batches(versions, causes):
        try:
            failed = _apply(batch, versions, causes, patience)
        except SearchUnavailable as error:
            unavailable = error
            break
        for target, text in failed.items():
            errors.update(dict.fromkeys((event.pk for event in causes[target]), text))
        left.difference_update(batch)
    waiting = {event.pk for target in left for event in causes[target]}
    done = [event for event in events if event.pk not in errors and event.pk not in waiting]
    _forget(done)
    for event in events:
        if event.pk in errors:
            _put_off(event, errors[event.pk])
    return Relayed(len(done), len(errors), unavailable)


def _forget(events: Sequence[SearchEvent]) -> None:
    """These are in the index. While the portal moves to another engine, they are kept for that one."""
    with transaction.atomic():
        SearchEvent.objects.filter(pk__in=[event.pk for event in events]).delete()
        kept = KeptEngine.objects.exclude(name=settings.SEARCH_ENGINE).values_list("name", flat=True)
        SearchEvent.objects.bulk_create(
            SearchEvent(
                type=event.type,
                object_id=event.object_id,
                path=event.path,
                narrows=event.narrows,
                engine=name,
            )
            for name in kept
            for event in events
            if not event.engine
        )
    forget_recorded()


def _targets(events: Sequence[SearchEvent]) -> tuple[dict[Target, int], dict[Target, list[SearchEvent]]]:
    """Which documents these rows are about, each with its newest row, and all rows behind it."""
    causes: dict[Target, list[SearchEvent]] = defaultdict(list)
    for event in events:
        if event.type:
            causes[event.type, event.object_id or 0].append(event)
        else:
            for target in _under(event.path):
                causes[target].append(event)
    return {target: max(event.pk for event in found) for target, found in causes.items()}, causes


def _under(path: str) -> Iterator[Target]:
    pages = Page.objects.filter(path__startswith=path).order_by("path").values_list("pk", "content_type_id")
    for pk, content_type_id in pages.iterator():
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        source = source_for(model) if model is not None else None
        if source is not None:
            yield source.code, pk


def _batches(targets: Iterable[Target], causes: dict[Target, list[SearchEvent]]) -> Iterator[list[Target]]:
    """Batches of one type each; first what somebody may no longer find."""
    alike: dict[tuple[bool, str], list[Target]] = defaultdict(list)
    for target in targets:
        alike[any(event.narrows for event in causes[target]), target[0]].append(target)
    for _key, found in sorted(alike.items(), key=lambda item: not item[0][0]):
        for start in range(0, len(found), DOCUMENTS):
            yield found[start : start + DOCUMENTS]


def _apply(
    batch: list[Target],
    versions: dict[Target, int],
    causes: dict[Target, list[SearchEvent]],
    patience: Patience,
) -> dict[Target, str]:
    """Bring these documents, all of one type, up to date; returns what went wrong, by document."""
    try:
        return _bring_up_to_date(batch, versions, causes, patience)
    except SearchUnavailable:
        raise
    except Exception as error:
        if len(batch) == 1:
            logger.exception(
                "a document can't be indexed", extra={"data": {"document": "{}:{}".format(*batch[0])}}
            )
            return {batch[0]: f"{type(error).__name__}: {error}"}
        # One of them spoils it for the others: find out which.
        failed: dict[Target, str] = {}
        for target in batch:
            failed.update(_apply([target], versions, causes, patience))
        return failed


def _bring_up_to_date(
    batch: list[Target],
    versions: dict[Target, int],
    causes: dict[Target, list[SearchEvent]],
    patience: Patience,
) -> dict[Target, str]:
    """Write and remove; returns what the engine refused, and why."""
    refused: dict[str, str] = {}

    def taken(change: Callable[[float | None], int]) -> int:
        try:
            return patience.spend(change)
        except Refused as error:
            refused.update(error.reasons)
            return error.applied

    documents = _documents(batch[0][0], [pk for _, pk in batch])
    writes = [Write(documents[target], versions[target]) for target in batch if target in documents]
    removals = [
        Removal(f"{code}:{pk}", versions[code, pk]) for code, pk in batch if (code, pk) not in documents
    ]
    # First what must go: of two calls the second may find no time left.
    applied = taken(lambda timeout: engine().delete(removals, timeout=timeout)) if removals else 0
    applied += taken(lambda timeout: engine().write(writes, timeout=timeout)) if writes else 0
    failed = {target: refused[name] for target in batch if (name := "{}:{}".format(*target)) in refused}
    if applied + len(failed) < len(batch):
        _echo(
            target
            for target in batch
            if target not in failed and not all(event.is_echo for event in causes[target])
        )
    return failed


def _documents(type_code: str, pks: list[int]) -> dict[Target, SearchDocument]:
    source = sources().get(type_code)
    if source is None:  # a type that no longer exists
        return {}
    found: dict[Target, SearchDocument] = {}
    for document in source.documents(pks):
        found[type_code, int(document.id.partition(":")[2])] = document
    return found


def _echo(targets: Iterable[Target]) -> None:
    """Look again under a newer id.

    The index held something newer. Mostly that is this very state, written by another process or by a rebuild; but
    PostgreSQL may commit rows in another order than it numbered them, and then the index holds what came before. An echo
    is never echoed.
    """
    SearchEvent.objects.bulk_create(
        [SearchEvent(type=type_code, object_id=pk, is_echo=True) for type_code, pk in targets]
    )


def _put_off(event: SearchEvent, error: str) -> None:
    """Try later, each time twice as late; after ten times it waits for a person, for reconcile or for a rebuild."""
    now = timezone.now()
    attempts = event.attempts + 1
    with transaction.atomic():
        SearchEvent.objects.filter(pk=event.pk).update(
            attempts=F("attempts") + 1,
            next_attempt_at=now + min(FIRST_RETRY * 2 ** (attempts - 1), LAST_RETRY),
            parked_at=now if attempts >= MAX_ATTEMPTS else None,
            last_error=error[:500],
        )
