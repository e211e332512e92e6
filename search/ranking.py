"""Stage two: order the engine's candidates by four features. The same for every engine.

score = P + 1.2 X + 0.7 XT + 4 RV

P   the best passage: BM25 over pieces of 120 words, so that a long document needs one good place; the title
    stands at the head of the first
X   for each word of the query the share of its letter grams that the document holds, weighed by its rarity
XT  the same against title and name
RV  the share of the title (or of the name) that the query covers

What it needs of a document is packed into a few hundred bytes when the document is indexed (`pack_features`).
"""

from __future__ import annotations

import math
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search.dutch.analyser import Word
from search.dutch.grams import BUCKETS

PASSAGE = 120  # words
PART_WEIGHT = 0.5  # of a compound part in a document against a whole word
K1, B = 1.2, 0.75
QUERY_PART_WEIGHT = 0.4
MAX_WORD_IDF = 8.0

Floats = npt.NDArray[np.float64]
Unsigned = npt.NDArray[Any]  # uint16 or uint32

# Numbers of: grams of title, of name, of everything; stems; parts. Then the gram weight of title and of name.
_HEADER = struct.Struct("<HHHIIff")


@dataclass(frozen=True, slots=True)
class Weights:
    passage: float = 1.0
    grams: float = 1.2
    title_grams: float = 0.7
    title_share: float = 4.0


@dataclass(frozen=True, slots=True)
class RankTerm:
    """A stem or part that is looked for in passages."""

    hash: int
    weight: float  # idf, or a share of it for a part


@dataclass(frozen=True, slots=True)
class RankWord:
    """A word of the query for the gram features."""

    grams: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class RankQuery:
    terms: tuple[RankTerm, ...]
    words: tuple[RankWord, ...]


def inverse_frequency(documents: int, containing: int) -> float:
    """BM25's idf; never negative."""
    return math.log(1 + (max(documents - containing, 0) + 0.5) / (containing + 0.5))


def pack_features(
    title: Sequence[Word],
    name: Sequence[Word],
    body: Sequence[Word],
    keywords: Sequence[Word],
    gram_weights: memoryview[float],
) -> bytes:
    """All that stage two needs of one document. `body` begins with title and name; keywords count as weak words of
    the first passage."""
    title_grams = {gram for word in title for gram in word.grams}
    name_grams = {gram for word in name for gram in word.grams}
    all_grams = title_grams.union(name_grams, *[word.grams for word in {*body, *keywords}])
    part_hashes = [part for word in keywords for part in (word.stem_hash, *word.part_hashes)]
    part_passages = [0] * len(part_hashes)
    for place, word in enumerate(body):
        if word.part_hashes:
            part_hashes.extend(word.part_hashes)
            part_passages.extend([min(place // PASSAGE, 0xFFFF)] * len(word.part_hashes))
    grams = [*sorted(title_grams), *sorted(name_grams), *all_grams]
    return b"".join((
        _HEADER.pack(
            len(title_grams), len(name_grams), min(len(all_grams), 0xFFFF), len(body), len(part_hashes),
            sum(gram_weights[gram] for gram in title_grams), sum(gram_weights[gram] for gram in name_grams),
        ),
        array("I", [word.stem_hash for word in body]).tobytes(),
        array("I", part_hashes).tobytes(),
        array("H", part_passages).tobytes(),
        array("H", grams).tobytes(),
    ))  # fmt: skip


class _Column:
    """One kind of values of all candidates laid end to end, with each value's candidate."""

    def __init__(self, pieces: Sequence[bytes], dtype: type[np.uint16] | type[np.uint32]) -> None:
        self.values: Unsigned = np.frombuffer(b"".join(pieces), dtype)
        sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
        self.sizes = sizes // np.dtype(dtype).itemsize
        self.ends = np.cumsum(self.sizes)

    @property
    def starts(self) -> npt.NDArray[np.int64]:
        return self.ends - self.sizes

    def owners(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The candidates that these places belong to: looked up, so that nothing is repeated for all values."""
        return np.searchsorted(self.ends, places, side="right")


class Candidates:
    """The unpacked features of some documents, in the order given."""

    def __init__(self, blobs: Sequence[bytes]) -> None:
        pieces: tuple[list[bytes], ...] = ([], [], [], [], [], [])
        totals: list[tuple[float, float]] = []
        for blob in blobs:
            titles, names, grams, stems, parts, title_total, name_total = _HEADER.unpack_from(blob)
            totals.append((title_total, name_total))
            start = _HEADER.size
            for piece, size in zip(
                pieces, (4 * stems, 4 * parts, 2 * parts, 2 * titles, 2 * names, 2 * grams), strict=True
            ):
                piece.append(blob[start : start + size])
                start += size
        self.count = len(blobs)
        self.stems = _Column(pieces[0], np.uint32)
        self.parts = _Column(pieces[1], np.uint32)
        self.part_passages = _Column(pieces[2], np.uint16)
        self.title_grams = _Column(pieces[3], np.uint16)
        self.name_grams = _Column(pieces[4], np.uint16)
        self.grams = _Column(pieces[5], np.uint16)
        self.gram_totals = np.array(totals, np.float64)


def score(
    blobs: Sequence[bytes],
    query: RankQuery,
    average_passage: float,
    gram_weights: memoryview[float],
    weights: Weights | None = None,
) -> Floats:
    """Scores of documents, higher is better, in the order of their feature blobs."""
    if not blobs:
        return np.empty(0)
    weights = weights or Weights()
    documents = Candidates(blobs)
    table: Floats = np.asarray(gram_weights, np.float64)
    grams, title_grams, title_share = _gram_features(documents, query.words, table)
    passage = _best_passage(documents, query.terms, average_passage)
    return (
        weights.passage * passage
        + weights.grams * grams
        + weights.title_grams * title_grams
        + weights.title_share * title_share
    )


def _gram_features(
    documents: Candidates, words: Sequence[RankWord], table: Floats
) -> tuple[Floats, Floats, Floats]:
    distinct = sorted({gram for word in words for gram in word.grams})
    number = np.zeros(BUCKETS, np.uint16)  # gram → its number in the query, from 1; 0: not in the query
    number[distinct] = np.arange(1, len(distinct) + 1)
    shares = np.zeros((len(distinct), len(words)))
    for column, word in enumerate(words):
        grams = np.array(word.grams)
        shares[number[grams].astype(np.int64) - 1, column] = table[grams] / max(table[grams].sum(), 1e-9)
    idf = np.array([word.weight for word in words])
    in_title = _found(documents, documents.title_grams, number, len(distinct))
    in_name = _found(documents, documents.name_grams, number, len(distinct))
    anywhere = _found(documents, documents.grams, number, len(distinct))
    known = table[distinct]
    covered = np.stack([in_title @ known, in_name @ known], axis=1)
    title_share = (covered / np.maximum(documents.gram_totals, 1e-9)).max(axis=1)
    return (anywhere @ shares) @ idf, ((in_title | in_name) @ shares) @ idf, np.minimum(title_share, 1.0)


def _found(
    documents: Candidates, column: _Column, number: npt.NDArray[np.uint16], count: int
) -> npt.NDArray[np.bool_]:
    """Candidate by gram of the query: does it hold it?"""
    found = np.zeros((documents.count, count), np.bool_)
    numbers = number[column.values]
    places = np.flatnonzero(numbers)
    found[column.owners(places), numbers[places].astype(np.int64) - 1] = True
    return found


def _best_passage(documents: Candidates, terms: Sequence[RankTerm], average: float) -> Floats:
    sizes = documents.stems.sizes
    passages = np.maximum((sizes + PASSAGE - 1) // PASSAGE, 1)
    first = np.cumsum(passages) - passages
    total = int(passages.sum())
    hashes = np.array([term.hash for term in terms], np.uint32)
    places, stem_terms = _matches(documents.stems.values, hashes)
    owners = documents.stems.owners(places)
    stem_passages = first[owners] + (places - documents.stems.starts[owners]) // PASSAGE
    places, part_terms = _matches(documents.parts.values, hashes)
    owners = documents.parts.owners(places)
    part_passages = first[owners] + np.minimum(documents.part_passages.values[places], passages[owners] - 1)
    count = len(terms)
    frequency = np.bincount(stem_passages * count + stem_terms, minlength=total * count).astype(np.float64)
    frequency += PART_WEIGHT * np.bincount(part_passages * count + part_terms, minlength=total * count)
    frequency = frequency.reshape(total, count)
    length = np.full(total, float(PASSAGE))
    length[first + passages - 1] = sizes - PASSAGE * (passages - 1)
    length *= np.repeat(1 + PART_WEIGHT * documents.parts.sizes / np.maximum(sizes, 1), passages)
    damping = K1 * (1 - B + B * length / max(average, 1.0))
    idf = np.array([term.weight for term in terms])
    scores = (frequency * (K1 + 1) / (frequency + damping[:, None])) @ idf
    return np.maximum.reduceat(scores, first)


def _matches(
    values: Unsigned, hashes: npt.NDArray[np.uint32]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Places where one of these hashes stands, and which: first by 16 bits in a table, then for sure."""
    table = np.zeros(BUCKETS, np.bool_)
    table[hashes & 0xFFFF] = True
    places = np.flatnonzero(table[values & 0xFFFF])
    order = np.argsort(hashes)
    found = values[places]
    at = np.minimum(np.searchsorted(hashes[order], found), len(hashes) - 1)
    sure = hashes[order][at] == found
    return places[sure], order[at[sure]]
