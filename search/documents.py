"""What a room hands over to be found. The one module of search that rooms may import."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

PUBLIC = "public"


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
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # theme, goal, sector…; "type" comes by itself
    organisation: str = ""  # its name; searched as if it were a second title
    keywords: tuple[str, ...] = ()  # labels of themes, goals, indicators: searched with less weight
    measurements: Mapping[str, float] = field(default_factory=dict)  # indicator code → improvement in %, more is better
    boost: float = 1.0  # the score is multiplied by it; 1.0 is neutral

    def digest(self) -> str:
        """A short hash of everything in it: equal documents have equal digests, in every process."""
        values = [
            [self.id, self.type, self.title, self.summary, self.body, self.url, self.language, self.organisation],
            self.published_at.timestamp() if self.published_at else None,
            sorted(self.audience),
            sorted((name, sorted(chosen)) for name, chosen in self.facets.items()),
            list(self.keywords),
            sorted((code, float(value)) for code, value in self.measurements.items()),
            float(self.boost),
        ]
        serialised = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
        return hashlib.blake2b(serialised.encode(), digest_size=12).hexdigest()
