"""How good and how fast the search is on documents and queries with known answers."""

from __future__ import annotations

import gzip
import json
import random
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from search.documents import PUBLIC, SearchDocument
from search.dutch.fold import SURFACE
from search.engine import elasticsearch_address
from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine
from search.results import Query

TOP = 10
PATIENCE = 60.0  # seconds: figures of a busy machine are slow, but not wrong
TYPE = "document"
SHORTEST_FOR_TYPO = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the ids that answer it."""

    id: str
    text: str
    relevant: frozenset[str]


def read_lines(path: Path) -> Iterator[Mapping[str, Any]]:
    """The objects of a file of JSON lines, gzipped or not. Empty lines are skipped."""
    with (
        gzip.open(path, "rt", encoding="utf-8") if _is_gzipped(path) else path.open(encoding="utf-8") as file
    ):
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                found = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}, line {number}: {error}") from error
            if not isinstance(found, dict):
                raise ValueError(f"{path}, line {number}: not a JSON object")
            yield found


def _is_gzipped(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def read_documents(paths: Iterable[Path]) -> Iterator[SearchDocument]:
    """Documents from `{id, title, text}`; a title or text may be missing."""
    for path in paths:
        for line in read_lines(path):
            yield SearchDocument(
                id=str(line["id"]),
                type=TYPE,
                title=str(line.get("title") or ""),
                body=str(line.get("text") or ""),
            )


def read_queries(paths: Iterable[Path]) -> list[Judged]:
    """Queries from `{id, query, relevant: [ids]}`."""
    return [
        Judged(str(line.get("id", "")), str(line["query"]), frozenset(str(each) for each in line["relevant"]))
        for path in paths
        for line in read_lines(path)
    ]


def with_typos(queries: Iterable[Judged], seed: int) -> list[Judged]:
    """One typing error in one longer word of each query; queries without such a word are left out."""
    chance = random.Random(seed)
    mistyped = []
    for query in queries:
        words = [match for match in SURFACE.finditer(query.text) if _can_be_mistyped(match.group())]
        if words:
            word = chance.choice(words)
            text = query.text[: word.start()] + _mistyped(word.group(), chance) + query.text[word.end() :]
            mistyped.append(Judged(query.id, text, query.relevant))
    return mistyped


def _can_be_mistyped(word: str) -> bool:
    return len(word) >= SHORTEST_FOR_TYPO and word.isalpha() and len(set(word)) > 1


def _mistyped(word: str, chance: random.Random) -> str:
    """A letter left out, doubled by another, replaced, or swapped with its neighbour; never the word itself."""
    while True:
        place = chance.randrange(len(word))
        letter = chance.choice(_LETTERS)
        before, after = word[:place], word[place:]
        changed = chance.choice(
            [
                before + after[1:],
                before + letter + after,
                before + letter + after[1:],
                before + after[:2][::-1] + after[2:],
            ]
        )
        if changed.lower() != word.lower():
            return changed


def measure(engine: Engine, queries: Iterable[Judged]) -> dict[str, Any]:
    """Recall and reciprocal rank in the first ten, and the engine's time in milliseconds."""
    recalls, ranks, times = [], [], []
    for query in queries:
        results = engine.search(Query(text=query.text, audience=frozenset({PUBLIC}), page_size=TOP))
        found = [hit.id for hit in results.hits]
        times.append(results.took_ms)
        recalls.append(
            len(query.relevant.intersection(found)) / len(query.relevant) if query.relevant else 0.0
        )
        first = next((rank for rank, identity in enumerate(found, 1) if identity in query.relevant), 0)
        ranks.append(1 / first if first else 0.0)
    times.sort()
    return {
        "queries": len(times),
        f"recall@{TOP}": _mean(recalls),
        f"mrr@{TOP}": _mean(ranks),
        "p50_ms": percentile(times, 0.50),
        "p95_ms": percentile(times, 0.95),
    }


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


def percentile(ordered: list[float], share: float) -> float:
    """Of values in ascending order."""
    return round(ordered[min(int(share * len(ordered)), len(ordered) - 1)], 2) if ordered else 0.0


def evaluate(
    documents: Iterable[Path],
    queries: Iterable[Path],
    engine_name: str = "embedded",
    typos: int | None = None,
) -> dict[str, Any]:
    """Build a throw-away index, ask every query, throw it away."""
    judged = read_queries(queries)
    if typos is not None:
        judged = with_typos(judged, typos)
    with tempfile.TemporaryDirectory(prefix="search-evaluation-") as directory:
        engine = engine_for(engine_name, Path(directory))
        try:
            started = time.perf_counter()
            count = engine.rebuild(read_documents(documents))
            seconds = time.perf_counter() - started
            measured = measure(engine, judged)
        finally:
            throw_away(engine)
    return {
        "engine": engine_name,
        "documents": count,
        "documents_per_second": round(count / max(seconds, 1e-9)),
        "typos": typos,
        **measured,
    }


def engine_for(name: str, directory: Path, urls: Sequence[str] = ()) -> Engine:
    """An engine to be thrown away, the same one for every process that names this directory.

    `urls`: of an Elasticsearch server, instead of the one in the settings. Raises ValueError for an unknown name, or
    without a server.
    """
    if name == "embedded":
        return EmbeddedEngine(directory, deadline=PATIENCE)
    if name == "elasticsearch":
        from search.engines.elasticsearch import Address, ElasticsearchEngine, Shape

        address = Address(tuple(urls)) if urls else elasticsearch_address()
        prefix = f"evaluation-{crc32(str(directory.resolve()).encode()):08x}"
        return ElasticsearchEngine(address, prefix, directory, shape=Shape(replicas=0), deadline=PATIENCE)
    raise ValueError(f"unknown engine: {name}")


def throw_away(engine: Engine) -> None:
    """Leave nothing of it on a server; files go with their directory."""
    remove = getattr(engine, "remove", None)
    if remove is not None:
        remove()
    engine.close()
