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
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.dutch.analyser import Word
from search.dutch.grams import BUCKETS

FEATURES_VERSION = 2  # raise when `pack_features` gives other bytes than before
PASSAGE = 120  # words
PART_WEIGHT = 0.5  # of a compound part in a document against a whole word
K1, B = 1.2, 0.75
QUERY_PART_WEIGHT = 0.4
MAX_WORD_IDF = 8.0
MOST_QUERY_GRAMS = 255  # distinct ones, of the query's first words; a longer query says enough with them

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

# A blob is a row of 16-bit numbers: this header, the grams (first those of the title alone, then of title and name, of
# the name alone, of the rest), the lower halves of the stems' hashes and of the parts', and how many of the parts each
# passage has. Eight more bits of each hash, one a byte, end it: 24 bits tell a query's terms from all others.
# The header counts title's, shared, name's and all grams, stems and parts; then the gram weight of title and of name.
_HEADER = struct.Struct("<HHHHIIff")
_HEADER_SIZE = _HEADER.size // 2
PORTION = 1 << 15  # values looked up at once: they stay in the processor's cache
_MOST_GRAMS, _MOST_KEYWORDS = 0xFFFF, 60_000  # that their counts of 16 bits can tell


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
    headed = title_grams | name_grams
    shared = title_grams & name_grams
    others = set().union(*[word.grams for word in {*body, *keywords}]) - headed
    grams = [*(title_grams - shared), *shared, *(name_grams - shared), *others][:_MOST_GRAMS]
    stems = [word.stem_hash for word in body]
    parts = [part for word in keywords for part in (word.stem_hash, *word.part_hashes)][:_MOST_KEYWORDS]
    counts = []
    for start in range(0, max(len(body), 1), PASSAGE):
        before = len(parts) if start else 0
        parts.extend([part for word in body[start : start + PASSAGE] for part in word.part_hashes])
        counts.append(len(parts) - before)
    hashes = np.array([*stems, *parts], np.uint32)
    halves = np.array(grams, np.uint16), hashes.astype(np.uint16), np.array(counts, np.uint16)
    return b"".join((
        _HEADER.pack(
            len(title_grams) - len(shared), len(shared), len(name_grams) - len(shared), len(grams), len(stems),
            len(parts), sum([gram_weights[gram] for gram in title_grams]),
            sum([gram_weights[gram] for gram in name_grams]),
        ),
        *(half.tobytes() for half in halves),
        (hashes >> 16).astype(np.uint8).tobytes(),
        b"\0" * (len(hashes) % 2),
    ))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers of documents that belong to the query: in which document, at which place of its kind, and which."""

    owners: Integers
    places: Integers
    numbers: Integers


class Candidates:
    """The features of some documents as one row of 16-bit numbers, and where in it each document's kinds begin."""

    def __init__(self, blobs: Sequence[bytes]) -> None:
        data = b"".join(blobs)
        self.values = np.frombuffer(data, np.uint16)
        self.bytes = np.frombuffer(data, np.uint8)
        self.count = len(blobs)
        sizes = np.fromiter(map(len, blobs), np.int64, self.count) // 2
        starts = np.cumsum(sizes) - sizes
        header = self.values[starts[:, None] + np.arange(_HEADER_SIZE)]
        title, shared, name, grams = header[:, :4].T.astype(np.int64)
        self.title_end, self.name_from, self.name_end = title + shared, title, title + shared + name
        self.stems, self.parts = header[:, 4:8].copy().view(np.uint32).T.astype(np.int64)
        self.gram_totals = header[:, 8:12].copy().view(np.float32).astype(np.float64)
        self.passages = np.maximum((self.stems + PASSAGE - 1) // PASSAGE, 1)
        ends = np.cumsum(self.passages)
        self.first_passage = ends - self.passages
        grams_from = starts + _HEADER_SIZE
        stems_from = grams_from + grams
        parts_from = stems_from + self.stems
        counts_from = parts_from + self.parts
        self.bounds = np.stack([grams_from, stems_from, parts_from, counts_from], axis=1)
        self.bytes_from = 2 * (counts_from + self.passages)
        shift = np.repeat(counts_from - self.first_passage, self.passages)
        self.part_ends = np.cumsum(self.values[np.arange(len(shift)) + shift], dtype=np.int64)  # by passage

    def find(self, grams: Sequence[int], hashes: npt.NDArray[np.uint32]) -> tuple[Found, Found, Found]:
        """Where these grams, and these hashes among stems and among parts, stand: one look at every number."""
        numbers = np.zeros((2, BUCKETS), np.uint8)  # from 1: which gram, and whether it may be a hash
        numbers[0, grams] = np.arange(1, len(grams) + 1)
        numbers[1, hashes & 0xFFFF] = 1
        hits = _places((numbers[0] | numbers[1]).view(np.bool_), self.values)
        kinds = np.searchsorted(self.bounds.ravel(), hits, side="right") - 1
        return (
            self._grams(hits[kinds % 4 == 0], kinds[kinds % 4 == 0] // 4, numbers[0]),
            self._hashes(hits[kinds % 4 == 1], kinds[kinds % 4 == 1] // 4, 1, hashes),
            self._hashes(hits[kinds % 4 == 2], kinds[kinds % 4 == 2] // 4, 2, hashes),
        )

    def _grams(self, hits: Integers, owners: Integers, numbers: npt.NDArray[np.uint8]) -> Found:
        found = numbers.take(self.values[hits]).astype(np.int64) - 1
        sure = found >= 0
        return Found(owners[sure], hits[sure] - self.bounds[owners[sure], 0], found[sure])

    def _hashes(self, hits: Integers, owners: Integers, kind: int, hashes: npt.NDArray[np.uint32]) -> Found:
        high = self.bytes_from[owners] + hits - self.bounds[owners, 1]  # stems' bytes, then parts'
        found = self.values[hits] | self.bytes[high].astype(np.uint32) << 16
        is_term = found[:, None] == hashes & 0xFFFFFF
        which, terms = np.nonzero(is_term)
        return Found(owners[which], hits[which] - self.bounds[owners[which], kind], terms)


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
    distinct = list(dict.fromkeys(gram for word in query.words for gram in word.grams))[:MOST_QUERY_GRAMS]
    hashes = np.array([term.hash for term in query.terms], np.uint32)
    found_grams, stems, parts = documents.find(distinct, hashes)
    table: Floats = np.asarray(gram_weights, np.float32)[distinct].astype(np.float64)
    grams, title_grams, title_share = _gram_features(documents, found_grams, query.words, distinct, table)
    passage = _best_passage(documents, stems, parts, query.terms, average_passage)
    return (
        weights.passage * passage
        + weights.grams * grams
        + weights.title_grams * title_grams
        + weights.title_share * title_share
    )


def _gram_features(
    documents: Candidates, found: Found, words: Sequence[RankWord], distinct: Sequence[int], known: Floats
) -> tuple[Floats, Floats, Floats]:
    """X, XT and RV. `known` holds the weights of the query's distinct grams."""
    numbers = {gram: number for number, gram in enumerate(distinct)}
    shares = np.zeros(len(distinct))
    for word in words:
        own = [numbers[gram] for gram in word.grams if gram in numbers]
        shares[own] += word.weight * known[own] / max(known[own].sum(), 1e-9)
    in_title = found.places < documents.title_end[found.owners]
    in_name = (found.places >= documents.name_from[found.owners]) & (
        found.places < documents.name_end[found.owners]
    )

    def total(of: Floats, where: npt.NDArray[np.bool_]) -> Floats:
        return _sums(found.owners[where], of[found.numbers[where]], documents.count)

    anywhere = _sums(found.owners, shares[found.numbers], documents.count)
    covered = np.stack([total(known, in_title), total(known, in_name)], axis=1)
    title_share = (covered / np.maximum(documents.gram_totals, 1e-9)).max(axis=1)
    return anywhere, total(shares, in_title | in_name), np.minimum(title_share, 1.0)


def _places(table: npt.NDArray[np.bool_], values: npt.NDArray[np.uint16]) -> Integers:
    """Places of the values that the table has. In portions: numpy makes 64-bit numbers of them to look them up."""
    found = np.empty(len(values), np.bool_)
    for start in range(0, len(values), PORTION):
        portion = slice(start, start + PORTION)
        table.take(values[portion], out=found[portion], mode="clip")
    return np.flatnonzero(found)


def _sums(owners: Integers, values: Floats, count: int) -> Floats:
    """For each owner the sum of its values."""
    return np.bincount(owners, values, count).astype(np.float64, copy=False)


def _best_passage(
    documents: Candidates, stems: Found, parts: Found, terms: Sequence[RankTerm], average: float
) -> Floats:
    first, passages, sizes = documents.first_passage, documents.passages, documents.stems
    total, count = int(passages.sum()), len(terms)
    stem_passages = first[stems.owners] + stems.places // PASSAGE
    before = np.cumsum(documents.parts) - documents.parts
    part_passages = np.searchsorted(documents.part_ends, before[parts.owners] + parts.places, side="right")
    frequency = np.bincount(stem_passages * count + stems.numbers, minlength=total * count).astype(np.float64)
    frequency += PART_WEIGHT * np.bincount(part_passages * count + parts.numbers, minlength=total * count)
    frequency = frequency.reshape(total, count)
    length = np.full(total, float(PASSAGE))
    length[first + passages - 1] = sizes - PASSAGE * (passages - 1)
    length *= np.repeat(1 + PART_WEIGHT * documents.parts / np.maximum(sizes, 1), passages)
    damping = K1 * (1 - B + B * length / max(average, 1.0))
    idf = np.array([term.weight for term in terms])
    scores = (frequency * (K1 + 1) / (frequency + damping[:, None])) @ idf
    return np.maximum.reduceat(scores, first)
