"""From text to words: the same for documents, queries and highlights.

A *surface* is a run of text as written ("Foto's", "b.v.", "CoronaCheck"); it folds to zero or more *words* ("foto",
"bv", "coronacheck") of lower-case letters and digits without accents or ASCII punctuation.
"""

from __future__ import annotations

import re
import unicodedata

MAX_WORD = 64  # longer runs are keys and addresses, not words

SURFACE = re.compile(r"[^\W_]+(?:['’ʼ.][^\W_]+)*")
_APOSTROPHES = re.compile(r"['’ʼ]")
_GENITIVE = re.compile(r"['’ʼ]s$")
_COMBINING = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[\W_]+")
_EXTRA = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l"})


def normalise(text: str) -> str:
    """Compose accents, so that a letter is one character and spans point into this text."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text)


def fold_letters(text: str) -> str:
    """Lower case, no accents, ĳ as ij."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return _COMBINING.sub("", decomposed).translate(_EXTRA)


def fold(surface: str) -> tuple[str, ...]:
    """The words of one surface. Acronyms and thousands lose their dots; other dots part words."""
    folded = _APOSTROPHES.sub("", _GENITIVE.sub("", fold_letters(surface)))
    if folded.isalnum() and folded.isascii():
        return (folded[:MAX_WORD],)
    pieces = [piece for piece in _NOT_WORD.split(folded) if piece]
    if len(pieces) > 1 and "." in folded and _is_one(pieces):
        pieces = ["".join(pieces)]
    return tuple(piece[:MAX_WORD] for piece in pieces)


def _is_one(pieces: list[str]) -> bool:
    is_acronym = all(len(piece) == 1 and piece.isalpha() for piece in pieces)
    is_thousands = all(piece.isdigit() for piece in pieces) and all(len(piece) == 3 for piece in pieces[1:])
    return is_acronym or is_thousands


def words_of(text: str) -> list[str]:
    """All folded words of a text, in order."""
    return [word for surface in SURFACE.findall(normalise(text)) for word in fold(surface)]
