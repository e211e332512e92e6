"""What sources whose documents are rows of one table share; public, as `search.documents` is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When

Row = TypeVar("Row", bound=Model)


def in_batches(rows: QuerySet[Row], pks: Collection[int] | None, size: int) -> Iterator[list[Row]]:
    """These of `rows`, or all of them (None), by primary key, at most `size` at a time.

    Short queries one after another: a long open cursor would hold up the database's housekeeping.
    """
    ordered = rows.order_by("pk")
    if pks is not None:
        waiting = iter(sorted(pks))
        while chosen := list(islice(waiting, size)):
            yield list(ordered.filter(pk__in=chosen))
        return
    last = 0
    while found := list(ordered.filter(pk__gt=last)[:size]):
        yield found
        last = found[-1].pk


def with_title_words(
    rows: QuerySet[Row],
    words: Sequence[str],
    limit: int,
    *,
    newest: str,
    title: str = "title",
    then: Sequence[str] = (),
) -> list[int]:
    """Primary keys of `rows` with one of these words in their title, those with most of them first.

    Without words the last by `newest`. `then`: what orders those with as many words; by `newest` too where it is empty.
    """
    last_first = (f"-{newest}", "-pk")
    if not words:
        return list(rows.order_by(*last_first).values_list("pk", flat=True)[:limit])
    held, number = Q(), Value(0, output_field=IntegerField())
    matched: Any = number
    for word in words:
        holds = Q(**{f"{title}__icontains": word})
        held |= holds
        matched += Case(When(holds, then=Value(1)), default=number, output_field=IntegerField())
    ranked = rows.filter(held).annotate(matched=matched).order_by("-matched", *(then or last_first))
    return list(ranked.values_list("pk", flat=True)[:limit])
