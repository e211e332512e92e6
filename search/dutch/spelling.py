"""Which known word was meant: vectorised edit distance over a word list, then a choice by sound and frequency.

A dictionary of deletions (SymSpell) answers faster but holds thirty entries a word: a gigabyte for the words of a
million documents. Comparing sets of letters and of pairs of letters rules out nearly all words, with 40 bytes a word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

WIDTH = 24  # letters; longer words are neither corrected nor offered
SHORTEST = 4
FEW = 24  # words that are compared faster one by one than all at once
_LONG = 8  # words from here on may be two edits away at once

# Two bits for each letter: it stands there, and it does so again; one of 64 for each pair of neighbours. An edit
# changes at most so many of them: swapping two letters makes three new pairs of three old ones.
LETTER_BITS, PAIR_BITS = 2, 6
_ONE, _LETTER, _SECOND, _PAIR, _MIX = (np.uint64(number) for number in (1, 31, 32, 63, 7))

_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("sch", "sg"), ("ch", "g"), ("ph", "f"), ("th", "t"), ("ck|c(?![eiy])", "k"), ("c", "s"), ("qu", "kw"),
        ("x", "ks"), ("z", "s"), ("v", "f"), ("ij|ei|y", "I"), ("ouw|auw|ou|au", "U"), ("uw", "u"),
        ("dt|d", "t"), ("b$", "p"), ("ie", "i"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


def sound_of(word: str) -> str:
    """Words that sound alike in Dutch have one key: ei and ij, au and ou, d, t and dt, c and k, s and z."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


@dataclass(frozen=True, slots=True)
class Near:
    word: str
    distance: int


class WordList:
    """Words of a to z, as a matrix of letters sorted by length."""

    def __init__(self, words: Iterable[str]) -> None:
        ordered = sorted({word for word in words if len(word) <= WIDTH}, key=lambda word: (len(word), word))
        joined = np.array([word.encode() for word in ordered], dtype=f"S{WIDTH}")
        self._letters = joined.view(np.uint8).reshape(len(ordered), WIDTH)
        lengths = np.fromiter((len(word) for word in ordered), np.int64, len(ordered))
        self._starts = np.searchsorted(lengths, np.arange(WIDTH + 2))
        self._letter_bits = np.zeros(len(ordered), np.uint64)
        self._pair_bits = np.zeros(len(ordered), np.uint64)
        for place in range(WIDTH):
            held = np.flatnonzero(self._letters[:, place])
            letters = self._letters[held, place].astype(np.uint64)
            bits = _ONE << (letters & _LETTER)
            again = (self._letter_bits[held] & bits) > 0
            self._letter_bits[held] |= np.where(again, bits << _SECOND, bits)
            if place:
                before = self._letters[held, place - 1].astype(np.uint64)
                self._pair_bits[held] |= _ONE << ((before * _MIX + letters) & _PAIR)

    def __len__(self) -> int:
        return len(self._letters)

    def near(self, word: str, distance: int) -> list[Near]:
        """All words at most so many edits away (insert, delete, replace, swap neighbours)."""
        letters = word.encode()
        if not letters or len(letters) > WIDTH:
            return []
        own_letters, own_pairs = _bits(letters)
        first = self._starts[max(len(letters) - distance, 1)]
        last = self._starts[min(len(letters) + distance, WIDTH) + 1]
        close = np.bitwise_count(self._letter_bits[first:last] ^ own_letters) <= LETTER_BITS * distance
        close &= np.bitwise_count(self._pair_bits[first:last] ^ own_pairs) <= PAIR_BITS * distance
        rows = self._letters[first:last][close]
        words = [bytes(row).rstrip(b"\0") for row in rows]
        if len(words) <= FEW:
            distances = [edit_distance(letters, other) for other in words]
        else:
            distances = edit_distances(letters, rows).tolist()
        return [
            Near(other.decode(), found)
            for other, found in zip(words, distances, strict=True)
            if found <= distance
        ]


def _bits(letters: bytes) -> tuple[np.uint64, np.uint64]:
    """The same bits of one word as the list has of its own."""
    own, pairs = 0, 0
    for place, letter in enumerate(letters):
        bit = 1 << (letter & int(_LETTER))
        own |= bit << int(_SECOND) if own & bit else bit
        if place:
            pairs |= 1 << ((letters[place - 1] * int(_MIX) + letter) & int(_PAIR))
    return np.uint64(own), np.uint64(pairs)


def edit_distance(one: bytes, other: bytes) -> int:
    """Insertions, deletions, replacements and swaps of neighbours (optimal string alignment)."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for line, letter in enumerate(one, 1):
        current = [line]
        for place, wanted in enumerate(other, 1):
            best = min(above[place] + 1, current[-1] + 1, above[place - 1] + (letter != wanted))
            if before and place > 1 and other[place - 2] == letter and one[line - 2] == wanted:
                best = min(best, before[place - 2] + 1)
            current.append(best)
        before, above = above, current
    return above[-1]


def edit_distances(word: bytes, rows: npt.NDArray[np.uint8]) -> npt.NDArray[np.int16]:
    """The same of one word to many at once: a matrix with a word in each row, filled up with zeros."""
    count, width = rows.shape
    before: npt.NDArray[np.int16] | None = None
    above = np.repeat(np.arange(width + 1, dtype=np.int16)[:, None], count, axis=1)
    columns = np.ascontiguousarray(rows.T)
    for line, letter in enumerate(word, 1):
        current = np.empty_like(above)
        current[0] = line
        differs = (columns != letter).astype(np.int16)
        for place in range(1, width + 1):
            best = np.minimum(above[place] + 1, current[place - 1] + 1)
            np.minimum(best, above[place - 1] + differs[place - 1], out=best)
            if before is not None and place > 1:
                swapped = (columns[place - 2] == letter) & (columns[place - 1] == word[line - 2])
                np.minimum(best, np.where(swapped, before[place - 2] + 1, 99), out=best)
            current[place] = best
        before, above = above, current
    # What stands behind a word's own length is filling; distances up to there don't know of it.
    distances: npt.NDArray[np.int16] = above[np.count_nonzero(rows, axis=1), np.arange(count)]
    return distances


def allowed_distance(word: str) -> int:
    return 1 if len(word) < _LONG else 2


def correct(
    word: str, near: Callable[[str, int], Iterable[Near]], frequency: Callable[[str], int]
) -> str | None:
    """The likeliest known word, or None. `frequency`: in how many documents; words at 0 are not offered.

    One edit for short words, two for long ones or where one finds nothing in a word of six letters.
    """
    if len(word) < SHORTEST or not (word.isalpha() and word.isascii()):
        return None
    for distance in sorted({1, allowed_distance(word), 2 if len(word) >= 6 else 1}):
        best = max(
            ((closeness(word, candidate, count), candidate.word)
             for candidate in near(word, distance) if (count := frequency(candidate.word)) > 0),
            default=None,
        )  # fmt: skip
        if best is not None:
            return best[1]
    return None


def closeness(word: str, candidate: Near, count: int) -> float:
    """Higher is likelier: few edits, the same sound, the same first letter, a frequent word."""
    return (
        -3.0 * candidate.distance
        + 2.0 * (sound_of(word) == sound_of(candidate.word))
        + 1.0 * (word[0] == candidate.word[0])
        + 0.5 * math.log(count)
    )
