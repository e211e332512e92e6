"""Writing down what changed, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.management.color import no_style
from django.db import connection, transaction

from portal.http.page_cache import bump_generation
from search.models import SearchEvent

Key = tuple[str, int | None, str, bool]
BATCH = 500


class _AfterCommit:
    """Runs once after the transaction in which something was recorded, however much that was."""

    def __init__(self) -> None:
        # With the savepoints within which it was written: a row that was rolled back must be written again.
        self.recorded: dict[Key, frozenset[str]] = {}

    def __call__(self) -> None:
        from search.indexing.relay import after_commit

        after_commit()


def record_documents(type_code: str, pks: Iterable[int], *, narrows: bool = False) -> None:
    """These documents may have changed or gone. `narrows`: somebody may no longer find them.

    Services that change indexed rows with `.update()` or in bulk call this within their transaction.
    """
    _record([(type_code, pk, "", narrows) for pk in sorted(set(pks))])


def record_tree(path: str, *, narrows: bool = False) -> None:
    """All pages under this tree path, itself included, may have changed for search: their address or their audience."""
    _record([("", None, path, narrows)])


def record_touch() -> None:
    """Something changed that stored pages show but that search doesn't find."""
    with transaction.atomic(savepoint=False):
        _batch()


def _record(keys: list[Key]) -> None:
    inside = _savepoints()
    with transaction.atomic(savepoint=False):
        batch = _batch()
        fresh = [key for key in keys if key not in batch.recorded or not batch.recorded[key] <= inside]
        SearchEvent.objects.bulk_create(
            [SearchEvent(type=key[0], object_id=key[1], path=key[2], narrows=key[3]) for key in fresh], BATCH
        )
        batch.recorded.update(dict.fromkeys(fresh, inside))


def _savepoints() -> frozenset[str]:
    return frozenset(filter(None, transaction.get_connection().savepoint_ids))


def _batch() -> _AfterCommit:
    """The callback that is already waiting for this transaction, or a new one. Stored pages are forgotten."""
    bump_generation()
    inside = _savepoints()
    for waiting in transaction.get_connection().run_on_commit:
        savepoints, function = waiting[0], waiting[1]
        if isinstance(function, _AfterCommit) and savepoints - {None} <= inside:
            return function
    batch = _AfterCommit()
    transaction.on_commit(batch, robust=True)
    return batch


def forget_recorded() -> None:
    """After rows were applied within the transaction that wrote them: the same change again is a new row."""
    for waiting in transaction.get_connection().run_on_commit:
        if isinstance(waiting[1], _AfterCommit):
            waiting[1].recorded.clear()


def newest_version(above: int = 0) -> int:
    """An outbox id above all that were given out before, and above `above`; its row never becomes visible.

    An index that is newer than the database (restored from a copy) takes no change with a lower id; so the outbox goes
    on counting where the index is.
    """
    with transaction.atomic():
        row = SearchEvent.objects.create(type="mark", object_id=0)
        if row.pk <= above:
            row.delete()
            row = SearchEvent.objects.create(pk=above + 1, type="mark", object_id=0)
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), [SearchEvent]):
                    cursor.execute(statement)
        version: int = row.pk
        row.delete()
    return version
