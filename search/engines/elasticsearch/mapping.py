"""What the server is told of our documents: every field by name, nothing guessed."""

from __future__ import annotations

import re
from typing import Any

from elasticsearch.dsl import (
    Binary,
    Boolean,
    Float,
    InnerDoc,
    Integer,
    Keyword,
    Long,
    Mapping,
    Nested,
    Text,
    mapped_field,
)

from search.documents import SearchDocument
from search.ranking import FEATURES_VERSION

# Raise the last number when the mapping, or what is written to a field, changes.
SCHEMA_VERSION = 100 * FEATURES_VERSION + 2
LONGEST_VALUE = 8_000  # letters of a keyword; Lucene takes 32,766 bytes
LONGEST_PREFIX = 10  # letters of a heading word's beginning that are indexed; longer ones are looked up


def _tokens(**options: Any) -> Text:
    """Words that we made ourselves, parted by spaces: it only matters which documents hold them."""
    return Text(analyzer="whitespace", norms=False, index_options="docs", **options)


class _Measurement(InnerDoc):
    indicator: str = mapped_field(Keyword())
    established: str = mapped_field(Keyword())
    improvement: float = mapped_field(Float())


def mapping(fingerprint: str, base_version: int) -> dict[str, Any]:
    """The mapping of a new index, made by this analyser from what stood in the database at outbox id `base_version`."""
    made = Mapping()
    fields = {
        "id": Keyword(ignore_above=LONGEST_VALUE),
        # What stage one looks for: everything, and what stands in the title and in the body itself.
        "tokens": _tokens(),
        "title": _tokens(),
        "body": _tokens(),
        # What stage two needs, and what orders without it.
        "features": Binary(doc_values=True),
        "mark": Long(),  # of these features; whoever has them under this mark needs them no more
        "boost": Integer(),  # in thousandths
        "published": Long(),  # seconds since 1970; 0 without a date
        "number": Long(),  # settles equal ones
        # Who may find it, and what it counts for.
        "audience": Keyword(doc_values=False),
        "facets": Keyword(ignore_above=LONGEST_VALUE),
        "measurements": Nested(_Measurement),
        # Spelling and suggestions.
        "words": Keyword(),
        "heading": _tokens(index_prefixes={"min_chars": 2, "max_chars": LONGEST_PREFIX}),
        "opening": Keyword(doc_values=False),
        "title_length": Integer(index=False),
        "card": Binary(doc_values=True),
        # How it came here.
        "gone": Boolean(),
        "version": Long(),
        "digest": Keyword(index=False),
        "passages": Integer(index=False),
        "length": Float(index=False),
        "payload": Text(index=False, norms=False, store=True),  # of any length
    }
    for name, field in fields.items():
        made.field(name, field)
    made.meta("dynamic", "strict")
    made.meta("_source", {"enabled": False})  # the payload is all that is ever needed of a document
    made.meta("_meta", {"schema": SCHEMA_VERSION, "fingerprint": fingerprint, "base_version": base_version})
    return dict(made.to_dict())


def label(facet: str, value: str) -> str:
    """One value of one facet, as it stands in the field `facets`."""
    return f"{_escaped(facet)}={value}"


def unlabel(found: str) -> tuple[str, str]:
    facet, _, value = found.partition("=")
    return facet.replace("%3D", "=").replace("%25", "%"), value


def _escaped(facet: str) -> str:
    return facet.replace("%", "%25").replace("=", "%3D")


def labels_of(document: SearchDocument) -> list[str]:
    chosen = [("type", document.type)]
    chosen += [
        (name, value) for name, values in document.facets.items() if name != "type" for value in values
    ]
    return list(dict.fromkeys(label(facet, value) for facet, value in chosen))


_SYNTAX = re.compile(r'[.?+*|{}\[\]()"\\#@&<>~^$-]')


def pattern(facets: tuple[str, ...]) -> str:
    """A Lucene expression for all values of these facets."""
    names = "|".join(_SYNTAX.sub(r"\\\g<0>", _escaped(facet)) for facet in facets if facet)
    return f"({names})=.*"


def beginning_pattern(letters: str) -> str:
    """A Lucene expression for longer words that begin so."""
    return _SYNTAX.sub(r"\\\g<0>", letters) + ".+"
