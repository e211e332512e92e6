"""Why a document has its place for a query: worked out from its text, the same for every engine.

An engine hands over what it alone knows (`Material`); all the rest is computed again as it was for the search itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from search import ranking, stages
from search.analysis import (
    AnalysedDocument,
    AnalysedQuery,
    analyse_document,
    analyse_query,
    choose_terms,
    rank_query,
    term_weights,
)
from search.documents import SearchDocument
from search.dutch.analyser import Analyser, Word
from search.results import Explanation, Query, Results, TermShare, WordShare

FIRST = stages.MAX_PAGE_SIZE  # places that are looked through
NOTHING = ranking.Weights(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Material:
    """What an engine hands over: the document as it was written, and numbers of the whole index."""

    document: SearchDocument
    documents: int
    average_passage: float
    frequencies: Mapping[str, int]  # of the terms of the query; those in no document may be left out

    def frequency(self, term: str) -> int:
        return self.frequencies.get(term, 0)


def query_to_ask(query: Query) -> Query:
    """The same question for as many places as one page may have, without counts."""
    return replace(query, page=1, page_size=FIRST, facets=())


def searched(query: Query, results: Results, analyser: Analyser) -> AnalysedQuery:
    """The query as it was searched: corrected where it was."""
    text = results.correction.corrected if results.correction else query.text
    return analyse_query(text, analyser, query.guidance)


def explain(query: Query, results: Results, material: Material, analyser: Analyser) -> Explanation | None:
    """`results` answer `query_to_ask(query)`. None for a document that this reader may not find."""
    document = material.document
    if query.audience.isdisjoint(document.audience):
        return None
    asked = searched(query, results, analyser)
    analysed = analyse_document(document, analyser)
    words = (*_words(asked.words, material, asked, analysed), *_synonyms(asked, material, analysed))
    shares = _Features(
        analysed, material, analyser, rank_query(asked, material.frequency, material.documents)
    )
    words = tuple(shares.of_word(word, number) for number, word in enumerate(words))
    place = next((number for number, hit in enumerate(results.hits, 1) if hit.id == document.id), None)
    text_score = shares.passage + shares.letters + shares.title_letters + shares.title_share
    hit = results.hits[place - 1] if place is not None else None
    boosted = text_score * document.boost
    preference = hit.score - boosted if hit is not None and hit.is_preferred and words else 0.0
    return Explanation(
        id=document.id,
        title=document.title,
        searched=asked.text,
        words=words,
        first_stage=sum(
            term.total for term in {each.term: each for word in words for each in word.terms}.values()
        ),
        passage=shares.passage,
        letters=shares.letters,
        title_letters=shares.title_letters,
        title_share=shares.title_share,
        boost=document.boost,
        preference=preference,
        score=boosted + preference,
        place=place,
        total=results.total,
    )


def _words(
    words: Iterable[Word],
    material: Material,
    asked: AnalysedQuery,
    analysed: AnalysedDocument,
    *,
    is_synonym: bool = False,
) -> tuple[WordShare, ...]:
    """Stage one: each word's terms with what they added in each field."""
    chosen = choose_terms(asked, material.frequency, stages.budget(material.documents))
    weights = term_weights(asked, chosen, material.frequency, material.documents)
    title, body = set(analysed.title.split()), set(analysed.body.split())
    anywhere = analysed.terms()

    def share(term: str) -> TermShare:
        weight = weights.get(term, 0.0)
        return TermShare(
            term,
            material.frequency(term),
            term in weights,
            anywhere=stages.ANYWHERE * weight if term in anywhere else 0.0,
            title=stages.IN_TITLE * weight if term in title else 0.0,
            body=stages.IN_BODY * weight if term in body else 0.0,
        )

    return tuple(
        WordShare(
            word.text,
            tuple(share(term) for term in dict.fromkeys((word.stem, *word.parts))),
            0.0,
            0.0,
            is_synonym,
        )
        for word in words
    )


def _synonyms(asked: AnalysedQuery, material: Material, analysed: AnalysedDocument) -> tuple[WordShare, ...]:
    return _words(asked.synonyms, material, asked, analysed, is_synonym=True)


class _Features:
    """Stage two: each of the four features as it counted in the score. Two of them part into words."""

    def __init__(
        self, analysed: AnalysedDocument, material: Material, analyser: Analyser, asked: ranking.RankQuery
    ) -> None:
        self._blob = analysed.features
        self._average = material.average_passage
        self._grams = analyser.lexicon.gram_weights
        self._asked = asked
        own = ranking.Weights()
        self._own = own
        self.passage = self._score(asked, replace(NOTHING, passage=own.passage))
        self.letters = self._score(asked, replace(NOTHING, grams=own.grams))
        self.title_letters = self._score(asked, replace(NOTHING, title_grams=own.title_grams))
        self.title_share = self._score(asked, replace(NOTHING, title_share=own.title_share))

    def of_word(self, word: WordShare, number: int) -> WordShare:
        alone = replace(self._asked, words=(self._asked.words[number],))
        return replace(
            word,
            letters=self._score(alone, replace(NOTHING, grams=self._own.grams)),
            title_letters=self._score(alone, replace(NOTHING, title_grams=self._own.title_grams)),
        )

    def _score(self, asked: ranking.RankQuery, weights: ranking.Weights) -> float:
        if not asked.words or not asked.terms:
            return 0.0
        return float(ranking.score([self._blob], asked, self._average, self._grams, weights)[0])
