"""Writing down what changed, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

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
    with transaction.atomic():
        _batch()


def _record(keys: list[Key]) -> None:
    with transaction.atomic():
        batch = _batch()
        inside = frozenset(transaction.get_connection().savepoint_ids)
        fresh = [key for key in keys if key not in batch.recorded or not batch.recorded[key] <= inside]
        SearchEvent.objects.bulk_create(
            [SearchEvent(type=key[0], object_id=key[1], path=key[2], narrows=key[3]) for key in fresh], BATCH
        )
        batch.recorded.update(dict.fromkeys(fresh, inside))


def _batch() -> _AfterCommit:
    """The callback that is already waiting for this transaction, or a new one."""
    connection = transaction.get_connection()
    inside = set(connection.savepoint_ids)
    for waiting in connection.run_on_commit:
        savepoints, function = waiting[0], waiting[1]
        if isinstance(function, _AfterCommit) and savepoints <= inside:
            return function
    batch = _AfterCommit()
    transaction.on_commit(batch, robust=True)
    return batch


def newest_version() -> int:
    """An outbox id above all that were given out before. Its row never becomes visible."""
    with transaction.atomic():
        row = SearchEvent.objects.create(type="mark", object_id=0)
        version = row.pk
        row.delete()
    return version
