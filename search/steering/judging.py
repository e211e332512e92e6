"""The judged queries against the live engine: what is found, what is missing, and whether it became less.

Measured as an anonymous visitor searches, synonyms and whole words included. Recommended results don't count: they
would make every query seem good that has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Page

from search.documents import PUBLIC, source_for
from search.engine import engine
from search.results import Query
from search.steering.current import steering
from search.steering.models import JudgedQuery, JudgedRun

TOP = 10
LEAST_DIFFERENCE = 0.0005  # what rounding can't explain


@dataclass(frozen=True, slots=True)
class Outcome:
    """One judged query: what ought to be found and what was, as document ids; figures from 0 to 1."""

    id: int
    text: str
    relevant: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def hits(self) -> int:
        """How many of the relevant documents are among the first ten."""
        return len(set(self.relevant) & set(self.found))

    @property
    def recall(self) -> float:
        """The share of the relevant documents among the first ten; of more than ten, ten are all there can be."""
        return self.hits / min(len(self.relevant), TOP)

    @property
    def reciprocal_rank(self) -> float:
        """1 where the first hit is right, ½ where the second is the first right one; 0 where none is."""
        return next((1 / place for place, each in enumerate(self.found, 1) if each in self.relevant), 0.0)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(each for each in self.relevant if each not in self.found)

    @property
    def place(self) -> int:
        """Of the first right hit, from 1; 0 where none is among the ten."""
        return next((place for place, each in enumerate(self.found, 1) if each in self.relevant), 0)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Outcome:
        return cls(data["id"], data["text"], tuple(data["relevant"]), tuple(data["found"]))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the queries that both have, unchanged; a query that was added or judged anew says nothing.

    Figures from 0 to 1. `worse` and `better` hold the texts of queries of which a figure went down or up.
    """

    queries: int
    recall_before: float
    recall: float
    reciprocal_rank_before: float
    reciprocal_rank: float
    worse: tuple[str, ...] = ()
    better: tuple[str, ...] = ()

    @property
    def is_lower(self) -> bool:
        return (
            self.recall < self.recall_before - LEAST_DIFFERENCE
            or self.reciprocal_rank < self.reciprocal_rank_before - LEAST_DIFFERENCE
        )


def ask(queries: Iterable[tuple[int, str, Sequence[str]]]) -> list[Outcome]:
    """Ask each (id, text, relevant ids). Raises SearchUnavailable."""
    guidance = steering().guidance
    outcomes = []
    for identity, text, relevant in queries:
        query = Query(text=text, audience=frozenset({PUBLIC}), page_size=TOP, facets=(), guidance=guidance)
        hits = engine().search(query).hits
        outcomes.append(Outcome(identity, text, tuple(relevant), tuple(hit.id for hit in hits)))
    return outcomes


def mean(values: Iterable[float]) -> float:
    found = list(values)
    return round(sum(found) / len(found), 4) if found else 0.0


def compare(before: Sequence[Outcome], now: Sequence[Outcome]) -> Comparison:
    earlier = {(each.text, frozenset(each.relevant)): each for each in before}
    pairs = [
        (earlier[key], each) for each in now if (key := (each.text, frozenset(each.relevant))) in earlier
    ]

    def changed(sign: int) -> tuple[str, ...]:
        return tuple(
            new.text
            for old, new in pairs
            if sign * (new.recall - old.recall) > 0 or sign * (new.reciprocal_rank - old.reciprocal_rank) > 0
        )

    return Comparison(
        queries=len(pairs),
        recall_before=mean(old.recall for old, _new in pairs),
        recall=mean(new.recall for _old, new in pairs),
        reciprocal_rank_before=mean(old.reciprocal_rank for old, _new in pairs),
        reciprocal_rank=mean(new.reciprocal_rank for _old, new in pairs),
        worse=changed(-1),
        better=changed(1),
    )


# --- kept in the database


def judged_queries() -> list[tuple[int, str, list[str]]]:
    """All judged queries that have a document, as (id, text, document ids)."""
    queries = JudgedQuery.objects.prefetch_related("documents__page__content_type")
    found = []
    for query in queries:
        ids = [identity for each in query.documents.all() if (identity := document_id(each.page))]
        if ids:
            found.append((query.pk, query.text, ids))
    return found


def document_id(page: Page) -> str:
    """The page's document in search; empty where pages of its type have none."""
    source = source_for(page.specific_class) if page.specific_class else None
    return f"{source.code}:{page.pk}" if source else ""


def outcomes_of(run: JudgedRun) -> list[Outcome]:
    return [Outcome.from_json(each) for each in run.details]


def last_accepted(before: JudgedRun | None = None) -> JudgedRun | None:
    """The run that counts (at the moment of `before`); None where none was accepted yet."""
    runs = JudgedRun.objects.filter(accepted=True).order_by("-ran_at", "-pk")
    if before is not None:
        runs = runs.filter(ran_at__lt=before.ran_at).exclude(pk=before.pk)
    return runs.first()


def run_judged(*, by: Any = None) -> tuple[JudgedRun, Comparison | None]:
    """Ask all, keep the run, and compare it with the one that counts; no lower, and it counts from now on.

    Raises SearchUnavailable, and keeps nothing then. Asking takes long, so only the end is a transaction.
    """
    outcomes = ask(judged_queries())
    with transaction.atomic():
        known = last_accepted()
        comparison = compare(outcomes_of(known), outcomes) if known else None
        run = JudgedRun.objects.create(
            ran_by=by,
            engine=engine().name,
            queries=len(outcomes),
            recall=mean(each.recall for each in outcomes),
            reciprocal_rank=mean(each.reciprocal_rank for each in outcomes),
            details=[asdict(each) for each in outcomes],
            accepted=bool(outcomes) and not (comparison and comparison.is_lower),
        )
    return run, comparison


def summary(run: JudgedRun, comparison: Comparison | None) -> dict[str, Any]:
    """A run as plain values: the figures, what each query misses, and the comparison where there is one."""
    return {
        "engine": run.engine,
        "queries": run.queries,
        f"recall@{TOP}": run.recall,
        f"mrr@{TOP}": run.reciprocal_rank,
        "is_lower": bool(comparison and comparison.is_lower),
        "compared": asdict(comparison) if comparison else None,
        "missing": {each.text: list(each.missing) for each in outcomes_of(run) if each.missing},
    }
