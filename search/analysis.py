"""From a document or a typed text to what engines index and look up. The same for every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from search import ranking
from search.documents import SearchDocument
from search.dutch.analyser import Analyser, Word
from search.dutch.fold import SURFACE, fold, normalise
from search.dutch.words import STOP_WORDS
from search.guidance import Guidance

MAX_QUERY_LETTERS = 1_000
MAX_QUERY_WORDS = 32
MAX_SYNONYM_WORDS = 16  # searched beside what was typed
SYNONYM_WEIGHT = 0.7  # against a word that was typed
NO_GUIDANCE = Guidance()


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """Four fields of tokens parted by spaces, the features for stage two, and the words as they stand there."""

    title: str
    body: str
    title_parts: str
    body_parts: str
    features: bytes
    words: frozenset[str]  # folded, alphabetic, for spelling and suggestions
    passages: int
    length: float  # of all passages together, in words and half parts

    def terms(self) -> set[str]:
        return set(self.places())

    def places(self) -> dict[str, int]:
        """Every term, with 1 where it stands in the body, 2 in the title, 3 in both, 0 as a part or keyword alone."""
        found = dict.fromkeys(self.title_parts.split(), 0)
        found |= dict.fromkeys(self.body_parts.split(), 0)
        found |= dict.fromkeys(self.body.split(), 1)
        for term in self.title.split():
            found[term] = found.get(term, 0) | 2
        return found


def analyse_document(document: SearchDocument, analyser: Analyser) -> AnalysedDocument:
    """The organisation's name is searched like a title, the summary like body, keywords like weak words."""
    title = analyser.analyse(document.title)
    name = analyser.analyse(document.organisation)
    body = analyser.analyse(f"{document.summary}\n{document.body}" if document.summary else document.body)
    keywords = [word for keyword in document.keywords for word in analyser.analyse(keyword)]
    heading = [*title, *name]
    passages = [*heading, *body]  # so that a title alone is as good a place as the same words in the text
    heading_parts = [part for word in heading for part in word.parts]
    parts = [part for word in body for part in word.parts]
    weak = [part for word in keywords for part in (word.stem, *word.parts)]
    return AnalysedDocument(
        title=" ".join([word.stem for word in heading]),
        body=" ".join([word.stem for word in body]),
        title_parts=" ".join(heading_parts),
        body_parts=" ".join([*parts, *weak]),
        features=ranking.pack_features(title, name, passages, keywords, analyser.lexicon.gram_weights),
        words=vocabulary_words({*heading, *body, *keywords}),
        passages=max(-(-len(passages) // ranking.PASSAGE), 1),
        length=len(passages) + ranking.PART_WEIGHT * (len(heading_parts) + len(parts) + len(weak)),
    )


def vocabulary_words(words: set[Word]) -> frozenset[str]:
    return frozenset([word.text for word in words if word.is_listed])


@dataclass(frozen=True, slots=True)
class Typed:
    """One surface of what was typed: its place in the text and its words (none for a stop word)."""

    start: int
    end: int
    surface: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class AnalysedQuery:
    """What was typed, cut to a sensible length, with its distinct words and those that editors add to them."""

    text: str
    typed: tuple[Typed, ...]
    synonyms: tuple[Word, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple({word.text: word for typed in self.typed for word in typed.words}.values())

    def terms(self) -> dict[str, None]:
        """All stems and parts, in order, each once."""
        words = (*self.words, *self.synonyms)
        return dict.fromkeys(term for word in words for term in (word.stem, *word.parts))


def analyse_query(text: str, analyser: Analyser, guidance: Guidance = NO_GUIDANCE) -> AnalysedQuery:
    """The words of a query. Raises nothing, whatever was typed."""
    text = " ".join(normalise(text[: 4 * MAX_QUERY_LETTERS]).split())[:MAX_QUERY_LETTERS]
    typed: list[Typed] = []
    seen: set[str] = set()
    for match in SURFACE.finditer(text):
        words = analyser.words(match.group())
        if guidance.whole:
            words = tuple(_whole(word) if word.text in guidance.whole else word for word in words)
        seen.update(word.text for word in words)
        if len(seen) > MAX_QUERY_WORDS:
            break
        typed.append(Typed(match.start(), match.end(), match.group(), words))
    return AnalysedQuery(text, tuple(typed), _synonyms(typed, analyser, guidance))


def _whole(word: Word) -> Word:
    return replace(word, parts=(), part_hashes=())


def _synonyms(typed: list[Typed], analyser: Analyser, guidance: Guidance) -> tuple[Word, ...]:
    """The words of all synonyms that what was typed calls for, but for those that stand there already."""
    words = [word for each in typed for word in each.words]
    known = {word.text for word in words}
    found = {
        word.text: word
        for phrase in guidance.expansions([word.stem for word in words])
        for word in analyser.analyse(phrase)
        if word.text not in known
    }
    return tuple(found.values())[:MAX_SYNONYM_WORDS]


def is_ignored(surface: str) -> bool:
    """Nothing but stop words."""
    return all(word in STOP_WORDS for word in fold(surface))


def choose_terms(query: AnalysedQuery, frequency: Callable[[str], int], budget: int) -> list[str]:
    """Rarest terms first, while the sum of their document frequencies stays in the budget; always the two rarest.

    Bounds the work of stage one whatever is typed, and is ours, so that all engines match the same documents.
    """
    found = sorted((count, term) for term in query.terms() if (count := frequency(term)) > 0)
    chosen: list[str] = []
    spent = 0
    for count, term in found:
        spent += count
        if spent > budget and len(chosen) >= 2:
            break
        chosen.append(term)
    return chosen


def term_weights(
    query: AnalysedQuery, chosen: Iterable[str], frequency: Callable[[str], int], documents: int
) -> dict[str, float]:
    """What each chosen term adds in stage one: its rarity, less when only a synonym brought it in."""
    own = {term for word in query.words for term in (word.stem, *word.parts)}
    return {
        term: (1.0 if term in own else SYNONYM_WEIGHT) * ranking.inverse_frequency(documents, frequency(term))
        for term in chosen
    }


def rank_query(query: AnalysedQuery, frequency: Callable[[str], int], documents: int) -> ranking.RankQuery:
    """The query as stage two wants it. A part weighs less than its word, unless the word stands nowhere."""
    weights: dict[int, float] = {}
    words: list[ranking.RankWord] = []
    known = [(word, 1.0) for word in query.words] + [(word, SYNONYM_WEIGHT) for word in query.synonyms]
    for word, worth in known:
        containing = frequency(word.stem)
        idf = ranking.inverse_frequency(documents, containing)
        weights[word.stem_hash] = max(weights.get(word.stem_hash, 0.0), worth * idf)
        share = worth * (ranking.QUERY_PART_WEIGHT if containing else 1.0)
        for part, part_hash in zip(word.parts, word.part_hashes, strict=True):
            weight = share * ranking.inverse_frequency(documents, frequency(part))
            weights[part_hash] = max(weights.get(part_hash, 0.0), weight)
        words.append(ranking.RankWord(word.grams, worth * min(idf, ranking.MAX_WORD_IDF)))
    return ranking.RankQuery(
        tuple(ranking.RankTerm(term, weight) for term, weight in weights.items()), tuple(words)
    )
