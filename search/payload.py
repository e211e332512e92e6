"""A document as text that an engine stores, and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from search.documents import MeasuredResult, SearchDocument


def to_payload(document: SearchDocument) -> str:
    """A document as JSON; `from_payload` gives it back equal."""
    published = document.published_at.isoformat() if document.published_at else ""
    fields = [
        document.id, document.type, document.title, document.summary, document.body, document.url, document.language,
        published, sorted(document.audience), {name: list(values) for name, values in document.facets.items()},
        document.organisation, list(document.keywords),
        [[each.indicator, each.improvement, each.established] for each in document.measurements], document.boost,
    ]  # fmt: skip
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":"))


def from_payload(payload: str) -> SearchDocument:
    (
        identity, kind, title, summary, body, url, language, published, audience, facets, organisation, keywords,
        measurements, boost,
    ) = json.loads(payload)  # fmt: skip
    return SearchDocument(
        id=identity, type=kind, title=title, summary=summary, body=body, url=url, language=language,
        published_at=datetime.fromisoformat(published) if published else None, audience=frozenset(audience),
        facets={name: tuple(values) for name, values in facets.items()}, organisation=organisation,
        keywords=tuple(keywords), measurements=tuple(MeasuredResult(*each) for each in measurements), boost=boost,
    )  # fmt: skip


def published_seconds(document: SearchDocument) -> int:
    """Seconds since 1970, never below 1; 0 for a document without a date. A naive date counts as UTC."""
    moment = document.published_at
    if moment is None:
        return 0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(int(moment.timestamp()), 1)
