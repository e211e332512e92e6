"""What may continue the letters typed so far: the rules that all engines keep to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.dutch.fold import fold_letters, words_of
from search.results import Suggestion

MAX_LETTERS = 100
MAX_WORDS = 8
LOOKED_AT = 120  # titles with these words, at most
SHORTEST_BEGINNING = 2  # letters of the last word; fewer begin half of all titles
SHORTEST_COMPLETED = 3
WORDS = 3  # completed words among the suggestions


@dataclass(frozen=True, slots=True)
class Heading:
    """A document whose title or organisation holds what was typed."""

    id: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """What was typed, as folded words; the last one may be unfinished."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, prefix: str) -> Beginning | None:
        """None where nothing can be suggested."""
        words = tuple(words_of(prefix[:MAX_LETTERS])[:MAX_WORDS])
        return cls(words) if words else None

    @property
    def whole(self) -> tuple[str, ...]:
        return self.words[:-1]

    @property
    def last(self) -> str:
        return self.words[-1]

    @property
    def opens_titles(self) -> bool:
        """Enough to look for titles."""
        return len(self.words) > 1 or len(self.last) >= SHORTEST_BEGINNING

    @property
    def completes_words(self) -> bool:
        return len(self.last) >= SHORTEST_COMPLETED and self.last.isascii()


def suggestions(
    beginning: Beginning, headings: Iterable[Heading], completions: Sequence[str], limit: int
) -> tuple[Suggestion, ...]:
    """Titles that begin with what was typed, then titles that hold it, short before long; then words."""
    before = " ".join(beginning.whole)
    words = [Suggestion(f"{before} {word}".strip(), "word") for word in completions[:WORDS]]
    titles = _titles(beginning, headings)
    room = max(limit - len(words), limit - WORDS)
    return (*titles[:room], *words)[:limit]


def _titles(beginning: Beginning, headings: Iterable[Heading]) -> list[Suggestion]:
    start = " ".join(beginning.words)
    best: dict[str, tuple[bool, int, Suggestion]] = {}
    # Of documents with one title always the same one, in whatever order an engine has them.
    for heading in sorted(headings, key=lambda each: (len(each.id), each.id)):
        begins_otherwise = not fold_letters(heading.title).startswith(start)
        suggestion = Suggestion(heading.title, "title", heading.id, heading.url)
        best.setdefault(heading.title, (begins_otherwise, len(heading.title), suggestion))
    ordered = sorted(best.values(), key=lambda each: (each[0], each[1], each[2].text))
    return [suggestion for _, _, suggestion in ordered]
