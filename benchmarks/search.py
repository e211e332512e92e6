"""Speed, size and memory of the search engine, as JSON.

    python benchmarks/search.py --data DIRECTORY [--sizes 10000 100000 1000000] [--engines embedded elasticsearch]

DIRECTORY holds JSON lines (plain or gzipped): `*docs*.jsonl*` and other document files, `*queries*.jsonl` with
judged queries. Larger collections repeat the documents with a quarter of their words left out, so that each is new.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ImproperlyConfigured

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search.documents import MeasuredResult, SearchDocument
from search.engines.base import Engine, SearchUnavailable
from search.evaluation import (
    engine_for,
    percentile,
    read_documents,
    read_lines,
    read_queries,
    throw_away,
    with_typos,
)
from search.results import Query

FACETS = {"theme": 10, "goal": 14, "sector": 60, "region": 12, "size": 6, "year": 20}
DROPPED = 0.25
QUERIES = 400
WARMING_UP = 5_000  # other questions, asked first: processes and servers that have been at it for a while
ENGINES = ("embedded", "elasticsearch")
BETWEEN_QUESTIONS = 0.01  # seconds that a visitor's process rests, while another rebuilds
MOST_QUESTIONS = 100_000
MADE_BEFOREHAND = 200_000  # more documents are invented while indexing, which slows it


def server() -> list[str]:
    """Where Elasticsearch is, for who measures that."""
    found = os.environ.get("TEST_ELASTICSEARCH_URL") or os.environ.get("ELASTICSEARCH_URL", "")
    return [url for url in found.split(",") if url]


def disk_mb(engine: Engine, directory: Path) -> float:
    size = getattr(engine, "size_in_bytes", None)
    files = sum(path.stat().st_size for path in directory.iterdir())
    return (files + (size() if size else 0)) / 2**20


def is_document_file(path: Path) -> bool:
    first = next(iter(read_lines(path)), {})
    return "text" in first and "query" not in first


def collection(files: list[Path], size: int) -> Iterator[SearchDocument]:
    """Documents with made-up facets; every tenth is for members only."""
    originals = list(read_documents(files))
    chance = random.Random(1)
    today = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(size):
        original = originals[number % len(originals)]
        body = original.body
        if number >= len(originals):
            body = " ".join(word for word in body.split() if chance.random() > DROPPED)
        yield replace(
            original,
            id=f"document:{number}",
            body=body,
            type=chance.choice(["case", "knowledge", "figure"]),
            facets={name: (f"{name}-{chance.randrange(count)}",) for name, count in FACETS.items()},
            audience=frozenset({"member"}) if number % 10 == 9 else frozenset({"public"}),
            published_at=today - timedelta(hours=number % 50_000),
            measurements=(MeasuredResult("stocks", chance.uniform(-10, 40), "measured"),)
            if number % 5 == 0
            else (),
        )


class Time(NamedTuple):
    """Milliseconds on the clock, and of this process's own work: they differ on a busy machine."""

    clock: float
    own: float


def timed(action: Callable[[], object]) -> Time:
    clock, own = time.perf_counter(), time.process_time()
    action()
    return Time((time.perf_counter() - clock) * 1000, (time.process_time() - own) * 1000)


def resident_mb() -> float:
    """Memory of this process, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def summary(times: list[Time]) -> dict[str, float]:
    clock, own = sorted(each.clock for each in times), sorted(each.own for each in times)
    return {
        "p50_ms": percentile(clock, 0.5),
        "p95_ms": percentile(clock, 0.95),
        "own_p50_ms": percentile(own, 0.5),
        "own_p95_ms": percentile(own, 0.95),
    }


def measure_searches(engine_name: str, directory: Path, data: Path) -> dict[str, object]:
    """All kinds of questions on an index that stands there; run in a process of its own for its memory."""
    query_files = sorted(path for path in data.glob("*queries*.jsonl*"))
    queries = read_queries(query_files)
    judged = random.Random(2).sample(queries, min(QUERIES, len(queries)))
    texts = [query.text for query in judged]
    mistyped = [query.text for query in with_typos(judged, 7)]
    facets = ("theme", "sector")
    others = other_questions(data, [query.text for query in queries], set(texts))
    before = resident_mb()  # with all that this measuring itself reads
    engine = engine_for(engine_name, directory, server())
    first = timed(lambda: engine.search(Query("voorraad")))
    for text in others:
        engine.search(Query(text, facets=facets))
    searches = [timed(lambda text=text: engine.search(Query(text, facets=facets))) for text in texts]
    filtered = [
        timed(
            lambda text=text: engine.search(
                Query(text, facets=facets, filters={"theme": ("theme-1", "theme-2")})
            )
        )
        for text in texts
    ]
    corrected = [timed(lambda text=text: engine.search(Query(text, facets=facets))) for text in mistyped]
    browsing = [
        timed(lambda page=page: engine.search(Query(facets=facets, page=page))) for page in range(1, 30)
    ]
    prefixes = [text[:length].lower() for text in texts[:100] for length in range(2, min(len(text), 12))]
    suggestions = [
        timed(lambda typed=typed: engine.suggest(typed, frozenset({"public"}))) for typed in prefixes
    ]
    after = resident_mb()
    return {
        "first_search_ms": round(first.clock, 1),
        "search": summary(searches),
        "search_filtered": summary(filtered),
        "search_one_typo": summary(corrected),
        "browse": summary(browsing),
        "suggest": summary(suggestions),
        "memory_mb": {"before": round(before), "after": round(after), "added": round(after - before)},
    }


def other_questions(data: Path, queries: list[str], chosen: set[str]) -> list[str]:
    """Questions that aren't measured: the rest of the judged ones, then titles of documents."""
    files = sorted(path for path in data.glob("*.jsonl*") if is_document_file(path))
    titles = sorted({document.title for document in read_documents(files)} - {""})
    chance = random.Random(4)
    others = [text for text in queries if text not in chosen]
    chance.shuffle(others)
    return [*others, *chance.sample(titles, min(len(titles), max(WARMING_UP - len(others), 0)))][:WARMING_UP]


def measure_while_rebuilt(engine_name: str, directory: Path, data: Path, size: int) -> dict[str, object]:
    """The same index built again by another process while visitors ask on: what they notice, also of the swap."""
    engine = engine_for(engine_name, directory, server())
    judged = read_queries(sorted(data.glob("*queries*.jsonl*")))
    texts = [query.text for query in random.Random(3).sample(judged, min(QUERIES, len(judged)))]
    errors: Counter[str] = Counter()

    def ask(count: int, is_over: Callable[[], bool] = lambda: False) -> list[Time]:
        times: list[Time] = []
        while not is_over() and len(times) < count:
            query = Query(texts[len(times) % len(texts)], facets=("theme", "sector"))
            try:
                times.append(timed(partial(engine.search, query)))
            except SearchUnavailable as error:
                errors[str(error)] += 1
            time.sleep(BETWEEN_QUESTIONS)
        return times

    ask(50)
    before = ask(len(texts))
    command = [sys.executable, __file__, "--rebuild", str(directory), "--sizes", str(size)]
    started = time.perf_counter()
    with subprocess.Popen([*command, "--engines", engine_name, "--data", str(data)]) as building:
        during = ask(MOST_QUESTIONS, lambda: building.poll() is not None)
    seconds = time.perf_counter() - started
    after = ask(len(texts))
    engine.close()
    return {
        "succeeded": building.returncode == 0,
        "seconds": round(seconds, 1),
        "questions": len(before) + len(during) + len(after),
        "errors": dict(errors),
        "before": summary(before),
        "during": summary(during),
        "slowest_ms": round(max(each.clock for each in [*during, *after]), 1),
        "after": summary(after),
    }


def documents_for(data: Path, size: int) -> Iterable[SearchDocument]:
    documents = collection(sorted(path for path in data.glob("*.jsonl*") if is_document_file(path)), size)
    return list(documents) if size <= MADE_BEFOREHAND else documents


def measure_size(engine_name: str, data: Path, size: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="search-benchmark-") as name:
        directory = Path(name)
        engine = engine_for(engine_name, directory, server())
        try:
            documents = documents_for(data, size)
            seconds = timed(partial(engine.rebuild, documents)).clock / 1000
            disk = disk_mb(engine, directory)
            engine.close()
            command = [
                sys.executable,
                __file__,
                "--engines",
                engine_name,
                "--data",
                str(data),
                "--sizes",
                str(size),
            ]
            served, rebuilt = (
                json.loads(subprocess.run([*command, what, name], check=True, stdout=subprocess.PIPE).stdout)
                for what in ("--serve", "--serve-while-rebuilt")
            )
        finally:
            throw_away(engine)
    return {
        "documents": size,
        "load": [round(each, 1) for each in os.getloadavg()],
        "documents_per_second": round(size / seconds),
        "includes_making_documents": size > MADE_BEFOREHAND,
        "disk_mb": round(disk),
        **served,
        "rebuilt_under_questions": rebuilt,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=["embedded"])
    # What the processes do that this one starts.
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--serve-while-rebuilt", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--rebuild", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    name, size = options.engines[0], options.sizes[0]
    if options.serve:
        print(json.dumps(measure_searches(name, options.serve, options.data)))
    elif options.serve_while_rebuilt:
        print(json.dumps(measure_while_rebuilt(name, options.serve_while_rebuilt, options.data, size)))
    elif options.rebuild:
        engine_for(name, options.rebuild, server()).rebuild(documents_for(options.data, size))
    else:
        print(
            json.dumps(
                {name: measure(name, options.data, options.sizes) for name in options.engines}, indent=2
            )
        )


def measure(engine_name: str, data: Path, sizes: list[int]) -> object:
    """The figures of one engine by size, or why there are none."""
    try:
        return [measure_size(engine_name, data, size) for size in sizes]
    except (SearchUnavailable, ValueError, ImproperlyConfigured) as error:
        return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    main()
