"""What editors say of words, as plain values: applied to the query when it is asked, so the index stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

LONGEST_PHRASE = 5  # words of a phrase that has synonyms; stop words don't count

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guidance:
    """Synonyms and words that stay whole.

    `synonyms`: the stems of a phrase, without stop words → the phrases that are searched as well, as they were written.
    One way: a group of equals stands there once for each of its members. `whole`: folded words of which the compound
    parts are not searched.
    """

    synonyms: Mapping[Stems, tuple[str, ...]] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()

    def knows(self, stem: str) -> bool:
        """A word with synonyms of its own is no misspelling, wherever it stands."""
        return (stem,) in self.synonyms

    def expansions(self, stems: Sequence[str]) -> Iterator[str]:
        """The phrases to search as well, each once, in the order of the words that call for them."""
        if not self.synonyms:
            return
        said: set[str] = set()
        for start in range(len(stems)):
            for end in range(start + 1, min(start + LONGEST_PHRASE, len(stems)) + 1):
                for phrase in self.synonyms.get(tuple(stems[start:end]), ()):
                    if phrase not in said:
                        said.add(phrase)
                        yield phrase
