"""What may be kept of a query, and in which form."""

from __future__ import annotations

import re

LONGEST_PHRASE = 120  # letters; longer ones are told apart by nothing and are counted without their text
LONGEST_REMARK = 500

# Seven digits or more, however they are parted: telephone, KvK, BSN and bank account numbers. A few harmless ones
# ("2019 2020") go with them; nobody misses those.
_LONG_NUMBER = re.compile(r"\d(?:[\s.\-/()]{0,3}\d){6}")
_EMAIL = re.compile(r"\S@\S")
_LETTERS = re.compile(r"[^\W_]")


def names_somebody(text: str) -> bool:
    """An e-mail address or a number that belongs to somebody stands in it."""
    return bool(_EMAIL.search(text) or _LONG_NUMBER.search(text))


def phrase_of(text: str) -> str:
    """The query as it is counted: small letters, single spaces; empty for what must not or can't be kept."""
    phrase = " ".join(storable(text).lower().split())
    if not _LETTERS.search(phrase) or len(phrase) > LONGEST_PHRASE or names_somebody(phrase):
        return ""
    return phrase


def storable(text: str) -> str:
    """Without what no database takes: NUL, and halves of a letter, which a form in another encoding can hold."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()
