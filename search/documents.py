"""What a room hands over to be found. The one module of search that rooms may import."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

if TYPE_CHECKING:
    from django.db.models import Model

    from portal.design.shapes import MeasurementView

PUBLIC = "public"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class MeasuredResult:
    """One measured improvement of a document; a document may hold several of one indicator."""

    indicator: str  # its code
    improvement: float  # in percent, more is better; what got worse is negative
    established: str = ""  # measured, counted, estimated, self-reported, not-stated


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One thing that can be found, as plain text and plain values.

    Texts are plain text, never HTML. The document says who may find it in `audience`: a reader finds it when one of
    his own terms is among them ("public", "member", "organisation:5").
    """

    id: str  # "type:pk", unique over all rooms
    type: str
    title: str
    summary: str = ""
    body: str = ""
    url: str = ""
    language: str = "nl"
    published_at: datetime | None = None  # aware
    audience: frozenset[str] = frozenset({PUBLIC})
    facets: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # theme, goal, sector…; "type" comes by itself
    organisation: str = ""  # its name; searched as if it were a second title
    keywords: tuple[str, ...] = ()  # labels of themes, goals, indicators: searched with less weight
    measurements: tuple[MeasuredResult, ...] = ()
    boost: float = 1.0  # the score is multiplied by it; 1.0 is neutral

    def digest(self) -> str:
        """A short hash of everything in it: equal documents have equal digests, in every process."""
        values = [
            [
                self.id,
                self.type,
                self.title,
                self.summary,
                self.body,
                self.url,
                self.language,
                self.organisation,
            ],
            self.published_at.timestamp() if self.published_at else None,
            sorted(self.audience),
            sorted((name, sorted(chosen)) for name, chosen in self.facets.items()),
            list(self.keywords),
            sorted((each.indicator, float(each.improvement), each.established) for each in self.measurements),
            float(self.boost),
        ]
        serialised = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
        return hashlib.blake2b(serialised.encode(), digest_size=12).hexdigest()


@dataclass(slots=True)
class Reader:
    """Who searches: the person, the audience terms that he holds, and what sources looked up for him in this request."""

    user: Any
    terms: frozenset[str] = frozenset({PUBLIC})
    indicators: tuple[str, ...] = ()  # asked for: their measurement is the one to show as proof
    established: tuple[str, ...] = ()  # in which ways that may have come about; none: in any
    with_source: bool = False  # the proof is shown where it has to name its source
    _found: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, find: Callable[[], T]) -> T:
        """What `find` gives, asked once a request for all sources together."""
        if name not in self._found:
            self._found[name] = find()
        found: T = self._found[name]
        return found


@dataclass(frozen=True, slots=True)
class ShownHit:
    """What a hit shows today, from the database: whatever the index said of it."""

    title: str
    url: str
    kind_label: str
    meta: tuple[str, ...] = ()
    summary: str = ""
    evidence_level: str = (
        ""  # told, described, measured, compared, repeated; empty where the ladder doesn't apply
    )
    proof: MeasurementView | None = None
    result: MeasuredResult | None = (
        None  # what `proof` says, where it is of an indicator that the reader asked for
    )


class SearchSource(Protocol):
    """One type of thing that can be found; a room registers one for each in its `search_documents.py`.

    `watches` names the models whose rows are part of a document: each with a function that gives, for a row that was
    saved or removed, the primary keys of the documents that it touches.
    """

    code: ClassVar[str]  # the type of its documents
    label: ClassVar[Any]  # "praktijkvoorbeeld"
    plural: ClassVar[Any]  # "praktijkvoorbeelden"; also the word on its tab
    order: ClassVar[int]  # of its tab, from left to right

    @property
    def model(self) -> type[Model]:
        """Whose rows the documents are."""

    def watches(self) -> Mapping[type[Model], Callable[[Any], Iterable[int]]]:
        """The models beside `model` itself that documents are made of."""

    def documents(self, pks: Collection[int] | None = None) -> Iterator[SearchDocument]:
        """The documents of these objects, or of all; nothing for what nobody may find. Batches, few queries each."""

    def hits(self, reader: Reader, pks: Collection[int]) -> Mapping[int, ShownHit]:
        """What `reader` may see of these objects, asked of the database; the rest is left out."""

    def glimpses(self, reader: Reader, pks: Collection[int]) -> Mapping[int, ShownHit]:
        """The same with title, address and kind alone, in one query: for a short list beside something else."""

    def titles(self, reader: Reader, words: Sequence[str], limit: int) -> Sequence[int]:
        """Objects with these words in their title, best first: the way to search when no engine answers."""


_sources: dict[str, SearchSource] = {}
_excluded: dict[type[Model], str] = {}


def register(source: SearchSource) -> SearchSource:
    """Let `source` be searched. Raises ValueError when its type code is taken by another."""
    known = _sources.get(source.code)
    if known is not None and type(known) is not type(source):
        raise ValueError(f"two search sources are called {source.code!r}")
    _sources[source.code] = source
    return source


def exclude(model: type[Model], because: str) -> None:
    """Say that pages of `model` are left out of search on purpose; a system check finds forgotten ones."""
    _excluded[model] = because


def sources() -> Mapping[str, SearchSource]:
    """All sources by type code, in the order of their tabs."""
    return dict(sorted(_sources.items(), key=lambda item: (item[1].order, item[0])))


def excluded() -> Mapping[type[Model], str]:
    return dict(_excluded)


def source_for(model: type[Model]) -> SearchSource | None:
    """The source whose documents are rows of `model`."""
    return next((source for source in _sources.values() if source.model is model), None)
