"""A document as the server gets it, and the two little records that it gives back without reading the document."""

from __future__ import annotations

import hashlib
import json
import math
import struct
from base64 import b64encode
from binascii import a2b_base64
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

from search.analysis import AnalysedDocument, analyse_document
from search.documents import SearchDocument
from search.dutch.analyser import Analyser
from search.dutch.fold import fold_letters, words_of
from search.engines.elasticsearch.mapping import labels_of
from search.payload import published_seconds, to_payload
from search.suggesting import Heading

LONGEST_KEY = 512  # bytes of a document's _id
LONGEST_OPENING = 100  # letters
MOST_BOOST = 100.0
_LARGEST = float(np.finfo(np.float32).max)

# Before the features: the boost, seconds of publication, and how long the id is that follows.
_HEADER = struct.Struct("<fqH")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be sent but for its version; computing it touches no server."""

    id: str
    digest: str
    rest: bytes  # of the JSON object, after its first bracket

    def line(self, version: int) -> bytes:
        return b'{"version":%d,' % version + self.rest


def prepare(documents: list[SearchDocument], analyser: Analyser) -> list[Prepared]:
    return [_prepared(document, analyser) for document in documents]


def _prepared(document: SearchDocument, analyser: Analyser) -> Prepared:
    digest = document.digest()
    source = _source(document, analyse_document(document, analyser), digest)
    return Prepared(document.id, digest, json.dumps(source, separators=(",", ":"))[1:].encode())


def _source(document: SearchDocument, analysed: AnalysedDocument, digest: str) -> dict[str, Any]:
    published = published_seconds(document)
    identity = document.id.encode(errors="replace")
    header = _HEADER.pack(document.boost, published, len(identity))
    features = header + identity + analysed.features
    title, body = set(analysed.title.split()), set(analysed.body.split())
    parts = {*analysed.title_parts.split(), *analysed.body_parts.split()}
    card = json.dumps([document.id, document.title, document.url], separators=(",", ":"))
    return {
        "id": document.id,
        "tokens": " ".join(title | body | parts),
        "title": " ".join(title),
        "body": " ".join(body),
        "features": _base64(features),
        "mark": mark_of(features),
        "boost": round(min(max(document.boost, 0.0), MOST_BOOST) * 1000),
        "published": published,
        "number": number_of(document.id),
        "audience": sorted(document.audience),
        "facets": labels_of(document),
        "measurements": [
            {
                "indicator": each.indicator,
                "established": each.established,
                "improvement": min(max(each.improvement, -_LARGEST), _LARGEST),
            }
            for each in document.measurements
            if not math.isnan(each.improvement)
        ],
        "words": list(analysed.words),
        "heading": " ".join(dict.fromkeys(words_of(f"{document.title} {document.organisation}"))),
        "opening": fold_letters(document.title)[:LONGEST_OPENING],
        "title_length": len(document.title),
        "card": _base64(card.encode()),
        "gone": False,
        "digest": digest,
        "passages": analysed.passages,
        "length": analysed.length,
        "payload": to_payload(document),
    }


def tombstone(version: int) -> bytes:
    """What stays of a removed document: the server itself soon forgets the versions of those it removed."""
    return b'{"version":%d,"gone":true}' % version


def key(identity: str) -> str:
    """The server's _id of a document."""
    if 0 < len(identity.encode(errors="replace")) <= LONGEST_KEY:
        return identity
    return "#" + hashlib.blake2b(identity.encode(errors="replace"), digest_size=16).hexdigest()


def number_of(identity: str) -> int:
    """Settles the order of equals, the same on every shard and copy: the lower primary key first."""
    code, _, pk = identity.partition(":")
    if pk.isascii() and pk.isdigit() and len(pk) < 15:
        return int(pk) << 12 | crc32(code.encode(errors="replace")) & 0xFFF
    digest = hashlib.blake2b(identity.encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def mark_of(features: bytes) -> int:
    """63 bits that tell these features, the id among them, from all others."""
    return int.from_bytes(hashlib.blake2b(features, digest_size=8).digest(), "big") >> 1


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


Unpacked = tuple[str, float, int, bytes]  # id, boost, seconds of publication, and what stage two needs


def read_features(stored: str) -> Unpacked:
    """What the order of hits needs of a candidate. A plain tuple: hundreds of them are made for every search."""
    blob = a2b_base64(stored)
    boost, published, size = _HEADER.unpack_from(blob)
    start = _HEADER.size + size
    return blob[_HEADER.size : start].decode(), boost, published, blob[start:]


def read_card(stored: str) -> Heading:
    identity, title, url = json.loads(a2b_base64(stored))
    return Heading(identity, title, url)
