"""What editors said, worked out for asking: plain frozen values without a database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from search.dutch.analyser import Analyser
from search.dutch.fold import words_of
from search.guidance import Guidance, Stems

MOST_PROMOTED = 3  # for one query


@dataclass(frozen=True, slots=True)
class Promotion:
    """A document to show above the others. `stems` without stop words; the days are inclusive, None is open."""

    stems: Stems
    is_exact: bool
    document_id: str
    reason: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    position: int = 1

    def answers(self, stems: Sequence[str], on: date) -> bool:
        if (self.starts_on and on < self.starts_on) or (self.ends_on and on > self.ends_on):
            return False
        return tuple(stems) == self.stems if self.is_exact else set(self.stems) <= set(stems)


@dataclass(frozen=True, slots=True)
class Steering:
    """Everything that editors say, as it stands at one moment."""

    guidance: Guidance = Guidance()
    promotions: tuple[Promotion, ...] = ()

    def promoted(self, stems: Sequence[str], on: date) -> list[Promotion]:
        """What to show above the others for a query of these stems, each document once, in order.

        All of them: who may see them is asked later, and only then is there a most.
        """
        if not stems:
            return []
        found = [each for each in self.promotions if each.answers(stems, on)]
        found.sort(key=lambda each: (each.position, not each.is_exact, -len(each.stems)))
        return list({each.document_id: each for each in reversed(found)}.values())[::-1]


def stems_of(text: str, analyser: Analyser) -> Stems:
    """The stems of a text in order, without stop words."""
    return tuple(word.stem for word in analyser.analyse(text))


def compile_guidance(
    groups: Iterable[Sequence[str]],
    one_way: Iterable[tuple[str, Sequence[str]]],
    whole: Iterable[str],
    analyser: Analyser,
) -> Guidance:
    """Words as editors wrote them, by the stems under which a query finds them.

    A group stands there once for each of its members. What has no stem (a stop word alone) is left out.
    """
    synonyms: dict[Stems, dict[str, None]] = {}
    for group in groups:
        for phrase in group:
            others = [other for other in group if other != phrase]
            synonyms.setdefault(stems_of(phrase, analyser), {}).update(dict.fromkeys(others))
    for phrase, also in one_way:
        synonyms.setdefault(stems_of(phrase, analyser), {}).update(dict.fromkeys(also))
    return Guidance(
        synonyms={stems: tuple(phrases) for stems, phrases in synonyms.items() if stems and phrases},
        whole=frozenset(word for text in whole for word in words_of(text)),
    )
