"""Letter grams: pieces of four letters with the word's edges, as 16-bit hashes.

Two words share grams where a stemmer sees nothing in common ("herstructurering", "structuur"), so the share of a
query's grams that a document holds is a soft match.
"""

from __future__ import annotations

from zlib import crc32

SIZE = 4
BUCKETS = 1 << 16


def gram_hashes(word: str) -> list[int]:
    """Hashes of all 4-grams of ^word$; a word too short for one is its own gram."""
    edged = f"^{word}$".encode()
    if len(edged) <= SIZE:
        return [crc32(edged) & 0xFFFF]
    return [crc32(edged[start : start + SIZE]) & 0xFFFF for start in range(len(edged) - SIZE + 1)]
