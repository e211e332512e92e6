"""Marks in the original text, and the piece of it worth showing. Gives segments, never HTML."""

from __future__ import annotations

from collections.abc import Mapping

from search.dutch.analyser import Analyser
from search.dutch.fold import SURFACE, fold_letters, normalise
from search.results import Segment

SNIPPET = 220  # characters
LONGEST_TEXT = 20_000  # characters looked through
FIRST_LOOK = 2_500  # and twice as far each time that they don't hold enough
ENOUGH = 0.8  # of the weight of all terms
LONGEST_BEFORE = 80  # letters of a surface looked back for its start
_VOWELS = "aeou"  # those that are doubled: "lopen" has the stem "loop"
# The accents of Dutch and of its neighbours; `str.replace` passes over a text without them in no time.
_ACCENTS = [(letter, fold_letters(letter)) for letter in "éëèêïíìîöóòôøüúùûáàäâåñç"]

Match = tuple[int, int, str]
_ELLIPSIS = "…"


class Highlighter:
    """Marks words that share a stem or compound part with the query; `weights` says how much each term matters."""

    def __init__(self, analyser: Analyser, weights: Mapping[str, float]) -> None:
        self._analyser = analyser
        self._weights = weights
        self._beginnings = {_beginning(term) for term in weights}
        self._known: dict[str, str] = {}  # surface → the term it matches, or ""

    def whole(self, text: str) -> tuple[Segment, ...]:
        """The whole text with its matches marked."""
        text = normalise(text)
        return _segments(text, self._matches(text), 0, len(text))

    def snippet(self, summary: str, body: str) -> tuple[Segment, ...]:
        """The stretch with the most of the query in it; without any, how the text begins."""
        text = normalise(f"{summary}\n{body}" if summary and body else summary or body)[:LONGEST_TEXT]
        if matches := self._first_matches(text):
            start, end = self._best_window(matches)
            start, end = _widened(text, start, end)
        else:
            start, end = 0, _word_end(text, SNIPPET)
        segments = _segments(
            text, [match for match in matches if start <= match[0] and match[1] <= end], start, end
        )
        before = (Segment(_ELLIPSIS + " "),) if start > 0 else ()
        after = (Segment(" " + _ELLIPSIS),) if end < len(text.rstrip()) else ()
        return (*before, *segments, *after)

    def _first_matches(self, text: str) -> list[Match]:
        """Those of the beginning, and of ever more of the text until they hold enough of the query."""
        enough = ENOUGH * sum(self._weights.values())
        matches: list[Match] = []
        looked = 0
        while looked < len(text) and (looked == 0 or self._worth(matches) < enough):
            end = _word_end(text, looked + max(looked, FIRST_LOOK))
            matches += [(looked + at, looked + to, term) for at, to, term in self._matches(text[looked:end])]
            looked = end
        return matches

    def _matches(self, text: str) -> list[Match]:
        """Start, end and term of every matching surface, in order.

        Only surfaces that hold the beginning of a term are analysed: most of a text never is.
        """
        folded = _same_length_fold(text)
        find, space, surface_from, known = folded.find, text.rfind, SURFACE.search, self._known
        found: dict[int, Match] = {}
        for beginning in self._beginnings:
            place = find(beginning)
            while place >= 0:
                surface = surface_from(text, max(space(" ", 0, place) + 1, place - LONGEST_BEFORE))
                while surface is not None and surface.end() <= place:
                    surface = surface_from(text, surface.end())
                if surface is None:
                    break
                start, end = surface.span()
                word = surface.group()
                term = known.get(word)
                if term := self._term(word) if term is None else term:
                    found[start] = (start, end, term)
                place = find(beginning, end)
        return sorted(found.values())

    def _worth(self, matches: list[Match]) -> float:
        return sum(self._weights[term] for term in {term for _, _, term in matches})

    def _term(self, surface: str) -> str:
        """The weightiest term that this surface holds, or nothing; remembered."""
        terms = [term for word in self._analyser.words(surface) for term in (word.stem, *word.parts)]
        wanted = [term for term in terms if term in self._weights]
        self._known[surface] = found = max(wanted, key=self._weights.__getitem__, default="")
        return found

    def _best_window(self, matches: list[Match]) -> tuple[int, int]:
        best = (-1.0, 0, 0)
        last, worth = -1, 0.0
        inside: dict[str, int] = {}  # how often each term stands in the window
        for first, (start, _, leaving) in enumerate(matches):
            while last + 1 < len(matches) and (last < first or matches[last + 1][1] - start <= SNIPPET):
                last += 1
                entering = matches[last][2]
                inside[entering] = inside.get(entering, 0) + 1
                worth += self._weights[entering] if inside[entering] == 1 else 0.0
            total = worth + 0.01 * (last - first)
            if total > best[0] + 1e-9:
                best = (total, start, matches[last][1])
            inside[leaving] -= 1
            worth -= self._weights[leaving] if not inside[leaving] else 0.0
        return best[1], best[2]


def _segments(text: str, matches: list[Match], start: int, end: int) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for match_start, match_end, _ in matches:
        if match_start > start:
            segments.append(Segment(text[start:match_start]))
        segments.append(Segment(text[match_start:match_end], marked=True))
        start = match_end
    if start < end:
        segments.append(Segment(text[start:end]))
    return tuple(segments)


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Room to the left and right, from a word's beginning to a word's end."""
    spare = max(SNIPPET - (end - start), 0)
    left = max(start - spare // 3, 0)
    sentence = max(text.rfind(mark, left, start) for mark in (". ", "! ", "? ", "\n"))
    if sentence >= 0:
        left = sentence + (1 if text[sentence] == "\n" else 2)
    elif left > 0:
        space = text.find(" ", left, start)
        left = space + 1 if space >= 0 else start
    return left, _word_end(text, max(end, left + SNIPPET))


def _word_end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", max(end - 40, 0), end + 1)
    return space if space > 0 else end


def _beginning(term: str) -> str:
    """Letters that stand in every word with this stem or part, whatever its ending does to the stem's."""
    if len(term) >= 6:
        return term[:4]
    if len(term) >= 3 and term[1] == term[2] and term[1] in _VOWELS:
        return term[:2]
    return term[:3]


def _same_length_fold(text: str) -> str:
    """Lower case without accents, each letter in its own place."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    if len(lowered) != len(text):
        lowered = "".join(letter.lower()[:1] for letter in text)
    for accented, plain in _ACCENTS:
        lowered = lowered.replace(accented, plain)
    return lowered
