"""What is asked of an engine and what it answers: plain frozen values, the same for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from search.documents import PUBLIC, MeasuredResult
from search.guidance import Guidance

# "improvement": of the first indicator in `measured`, most first; without one the same as "relevance".
Sort = Literal["relevance", "newest", "improvement"]
SuggestionKind = Literal["title", "theme", "goal", "indicator", "organisation", "word"]
WordStatus = Literal["known", "corrected", "unknown", "ignored"]


@dataclass(frozen=True, slots=True)
class Measured:
    """Only documents with one measured improvement of this indicator, in percent, of at least so much.

    `established`: only when it came about in one of these ways; empty means any way.
    """

    indicator: str
    at_least: float = 0.0
    established: tuple[str, ...] = ()

    def best(self, measurements: Iterable[MeasuredResult]) -> float | None:
        """The best of these improvements that is asked for here; None when there is none."""
        return max(
            (
                each.improvement
                for each in measurements
                if each.indicator == self.indicator
                and (not self.established or each.established in self.established)
            ),
            default=None,
        )


@dataclass(frozen=True, slots=True)
class Query:
    """One question to an engine.

    An empty text browses: everything the reader may find, preferred first. `audience` holds the reader's terms;
    leaving it out means an anonymous visitor. Pages count from 1.
    """

    text: str = ""
    audience: frozenset[str] = frozenset({PUBLIC})
    filters: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # OR inside a facet, AND between facets
    measured: tuple[Measured, ...] = ()  # AND between them
    preferred: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # "companies like mine" come first
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = 10
    literal: bool = False  # "Zoek toch naar Y": nothing is corrected
    facets: tuple[str, ...] | None = None  # facets to count; None counts all there are, () none
    exclude: frozenset[str] = frozenset()  # ids the database refused: left out of hits, total and facets
    guidance: Guidance = Guidance()  # what editors say of words


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of original text. Never HTML: templates escape `text` and mark it when `marked`."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One found document. `title` and `snippet` are made from the original text, not from stems."""

    id: str
    type: str
    score: float
    title: tuple[Segment, ...]
    snippet: tuple[Segment, ...]
    url: str = ""
    published_at: datetime | None = None
    organisation: str = ""
    is_preferred: bool = False
    improvement: float | None = None  # of the first indicator asked for: the best that meets what was asked


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many results have this value; counted without the facet's own filter, and never zero."""

    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """What was asked and what was searched instead."""

    original: str
    corrected: str


@dataclass(frozen=True, slots=True)
class Word:
    """What became of one word of the query; `replacement` only when it was corrected."""

    text: str
    status: WordStatus
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits with what belongs around it."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_exact: bool = True  # False: at least `total`
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)  # most frequent value first
    correction: Correction | None = None
    words: tuple[Word, ...] = ()
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search field: a title (with its document), something with a name, or a completed query."""

    text: str
    kind: SuggestionKind
    id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class TermShare:
    """One stem or compound part and what it added in stage one. `is_searched` False: it was too common to look for."""

    term: str
    documents: int  # of the whole index that hold it
    is_searched: bool
    anywhere: float = 0.0
    title: float = 0.0
    body: float = 0.0

    @property
    def total(self) -> float:
        return self.anywhere + self.title + self.body


@dataclass(frozen=True, slots=True)
class WordShare:
    """One word of the query and what it added. `is_synonym`: editors say that it is meant as well."""

    text: str
    terms: tuple[TermShare, ...]
    letters: float  # stage two: its letter grams anywhere in the document
    title_letters: float  # and in title or name
    is_synonym: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document has its place. `score` is (passage + letters + title_letters + title_share) × boost + preference.

    `place` counts from 1; None when it is not among the first hundred. `searched` is the text after correction.
    """

    id: str
    title: str
    searched: str
    words: tuple[WordShare, ...]
    first_stage: float
    passage: float
    letters: float
    title_letters: float
    title_share: float
    boost: float
    preference: float
    score: float
    place: int | None
    total: int
