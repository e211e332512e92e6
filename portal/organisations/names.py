"""When two names are the same name."""

from __future__ import annotations

import unicodedata

KEY_LENGTH = 400


def fold_name(name: str) -> str:
    """`name` without capitals, accents and needless spaces: what makes it one name among all. May be empty."""
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())[:KEY_LENGTH]
