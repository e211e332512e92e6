"""Splitting compounds: "arbeidsmarktbeleid" → "arbeid", "markt", "beleid".

A split wins when the geometric mean of its parts' frequencies beats the whole word's: what people write as a word
far more often than its parts stays whole (Koehn and Knight, 2003).
"""

from __future__ import annotations

import math

from search.dutch.lexicon import Lexicon
from search.dutch.words import STOP_WORDS, WHOLE_WORDS

SHORTEST_PART = 4
LONGEST_WORD = 40  # the work grows with the square of the length
LINKS = ("", "s", "e", "en", "er", "n")
WHOLE_BONUS = math.log(1.1)
MAX_PARTS = 5

# Of a beginning of the word: its best cuts by number of parts, as (sum of logs, parts).
_Cuts = dict[int, tuple[float, tuple[str, ...]]]


class CompoundSplitter:
    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a folded word without their links, or nothing when it's better left whole."""
        if not 2 * SHORTEST_PART <= len(word) <= LONGEST_WORD or word in WHOLE_WORDS or not word.isalpha():
            return ()
        best = max(
            ((total / count, parts) for count, (total, parts) in self._cuts(word).items() if count > 1),
            default=None,
        )
        if best is None:
            return ()
        whole = self._lexicon.log_frequency(word)
        if whole is not None and whole + WHOLE_BONUS >= best[0]:
            return ()
        return best[1]

    def _cuts(self, word: str) -> _Cuts:
        """All ways from left to right; for each place only the best by number of parts."""
        reached: list[_Cuts] = [{} for _ in range(len(word) + 1)]
        reached[0] = {0: (0.0, ())}
        for start in range(len(word) - SHORTEST_PART + 1):
            if not reached[start]:
                continue
            for end in range(start + SHORTEST_PART, len(word) + 1):
                if end < len(word) and len(word) - end < SHORTEST_PART:
                    continue
                found = self._part(word, start, end)
                if found is not None:
                    _extend(reached[end], reached[start], *found)
        return reached[-1]

    def _part(self, word: str, start: int, end: int) -> tuple[float, str] | None:
        """The likeliest word in this stretch; a link may follow it unless the stretch ends the word."""
        best: tuple[float, str] | None = None
        for link in LINKS if end < len(word) else ("",):
            stop = end - len(link)
            if stop - start < SHORTEST_PART or not word.endswith(link, start, end):
                continue
            part = word[start:stop]
            log = self._lexicon.log_frequency(part)
            if log is not None and part not in STOP_WORDS and (best is None or log > best[0]):
                best = (log, part)
        return best


def _extend(target: _Cuts, source: _Cuts, log: float, part: str) -> None:
    for count, (total, parts) in source.items():
        if count < MAX_PARTS and (count + 1 not in target or target[count + 1][0] < total + log):
            target[count + 1] = (total + log, (*parts, part))
