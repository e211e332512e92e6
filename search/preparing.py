"""The costly part of indexing many documents, in other processes once there is enough of it."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

from search.documents import SearchDocument
from search.dutch.analyser import Analyser
from search.dutch.lexicon import load_lexicon

CHUNK = 1_000  # documents that one process analyses at a time
PARALLEL_FROM = 2  # chunks; starting processes takes half a second
MEMORY = 400_000  # distinct words that an analysing process remembers
NICENESS = 10  # whoever asks something meanwhile goes first

T = TypeVar("T")
Prepare = Callable[[list[SearchDocument], Analyser], T]


def prepared_chunks(
    chunks: Iterator[list[SearchDocument]], prepare: Prepare[T], analyser: Analyser, lexicon: Path | None
) -> Iterator[T]:
    """What `prepare` makes of each chunk, in order. It is called in other processes once it's clear that there is work
    for them, so it must be a function of a module, and touch no index."""
    first = list(itertools.islice(chunks, PARALLEL_FROM))
    if len(first) < PARALLEL_FROM or multiprocessing.current_process().daemon:
        for chunk in itertools.chain(first, chunks):
            yield prepare(chunk, analyser)
        return
    workers = max(min(os.cpu_count() or 1, 4), 1)
    context = multiprocessing.get_context("spawn")  # a fork would copy threads' locks
    with ProcessPoolExecutor(workers, context, _start_worker, (lexicon,)) as pool:
        waiting: list[Future[T]] = []
        for chunk in itertools.chain(first, chunks):
            waiting.append(pool.submit(_prepare_chunk, prepare, chunk))
            if len(waiting) > 2 * workers:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


_worker: list[Analyser] = []


def _start_worker(lexicon: Path | None) -> None:
    os.nice(NICENESS)
    _worker.append(Analyser(load_lexicon(lexicon), MEMORY))
    gc.disable()  # nothing here makes cycles, and looking through all remembered words takes a tenth of the time


def _prepare_chunk(prepare: Prepare[T], documents: list[SearchDocument]) -> T:
    return prepare(documents, _worker[0])
