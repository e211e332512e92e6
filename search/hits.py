"""One hit of a page, made from the document as it was written."""

from __future__ import annotations

from search.analysis import AnalysedQuery
from search.documents import SearchDocument
from search.highlight import Highlighter
from search.ranking import RankQuery
from search.results import Hit, Query


def marked_weights(query: AnalysedQuery, ranked: RankQuery) -> dict[str, float]:
    """How much each stem and part matters in a snippet."""
    weights = {term.hash: term.weight for term in ranked.terms}
    words = (*query.words, *query.synonyms)
    pairs = [(word.stem, word.stem_hash) for word in words]
    pairs += [pair for word in words for pair in zip(word.parts, word.part_hashes, strict=True)]
    return {term: weights[number] for term, number in pairs}


def make_hit(
    document: SearchDocument, query: Query, score: float, is_preferred: bool, highlighter: Highlighter
) -> Hit:
    return Hit(
        id=document.id,
        type=document.type,
        score=score,
        title=highlighter.whole(document.title),
        snippet=highlighter.snippet(document.summary, document.body),
        url=document.url,
        published_at=document.published_at,
        organisation=document.organisation,
        is_preferred=is_preferred,
        improvement=query.measured[0].best(document.measurements) if query.measured else None,
    )
