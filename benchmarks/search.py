"""Speed, size and memory of the search engine, as JSON.

    python benchmarks/search.py --data DIRECTORY [--sizes 10000 100000 1000000] [--engine embedded]

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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search.documents import MeasuredResult, SearchDocument
from search.engines.base import Engine
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
    before = resident_mb()
    engine = engine_for(engine_name, directory, server())
    first = timed(lambda: engine.search(Query("voorraad")))
    query_files = sorted(path for path in data.glob("*queries*.jsonl*"))
    queries = read_queries(query_files)
    judged = random.Random(2).sample(queries, min(QUERIES, len(queries)))
    texts = [query.text for query in judged]
    mistyped = [query.text for query in with_typos(judged, 7)]
    facets = ("theme", "sector")
    for text in texts[:50]:
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


def measure_size(engine_name: str, data: Path, size: int) -> dict[str, object]:
    files = sorted(path for path in data.glob("*.jsonl*") if is_document_file(path))
    with tempfile.TemporaryDirectory(prefix="search-benchmark-") as name:
        directory = Path(name)
        engine = engine_for(engine_name, directory, server())
        documents: Iterable[SearchDocument] = collection(files, size)
        if size <= MADE_BEFOREHAND:
            documents = list(documents)
        seconds = timed(lambda: engine.rebuild(documents)).clock / 1000
        engine.close()
        disk = disk_mb(engine, directory)
        found = subprocess.run(
            [sys.executable, __file__, "--serve", name, "--engine", engine_name, "--data", str(data)],
            check=True,
            capture_output=True,
            text=True,
        )
        throw_away(engine)
    return {
        "documents": size,
        "documents_per_second": round(size / seconds),
        "includes_making_documents": size > MADE_BEFOREHAND,
        "disk_mb": round(disk),
        **json.loads(found.stdout),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engine", default="embedded")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        print(json.dumps(measure_searches(options.engine, options.serve, options.data)))
        return
    sizes = [measure_size(options.engine, options.data, size) for size in options.sizes]
    print(json.dumps({"engine": options.engine, "sizes": sizes}, indent=2))


if __name__ == "__main__":
    main()
