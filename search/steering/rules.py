"""What editors may fill in about words. Pure: texts and an analyser in, sentences for the editor out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from django.utils.translation import gettext as _

from portal.design.numbers import format_number
from search.dutch.analyser import Analyser
from search.dutch.fold import words_of
from search.guidance import LONGEST_PHRASE
from search.steering.compiling import stems_of

MOST_WORDS = 50  # of a group, or after an arrow
LONGEST = 100  # letters of one word or phrase
MOST_TOLD = 5  # problems at once

_BETWEEN = re.compile(r"[\r\n,;]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def phrases_in(text: str) -> list[str]:
    """What is typed on lines or between commas, without what is empty or the same but for case and spaces."""
    pieces = (" ".join(_CONTROL.sub(" ", piece).split()) for piece in _BETWEEN.split(text))
    return list({piece.casefold(): piece for piece in reversed(list(pieces)) if piece}.values())[::-1]


def key_of(phrase: str, analyser: Analyser) -> str:
    """By what two phrases are the same for searching: their stems. Empty for nothing but stop words."""
    return " ".join(stems_of(phrase, analyser))


def phrase_problem(phrase: str, analyser: Analyser) -> str:
    """Why searching can't use this phrase; empty where it can."""
    if len(phrase) > LONGEST:
        return _("‘%(start)s…’ is te lang: er passen %(most)d tekens op een regel.") % {
            "start": phrase[:40],
            "most": LONGEST,
        }
    stems = stems_of(phrase, analyser)
    if not stems:
        return _("‘%(phrase)s’ bestaat alleen uit kleine woorden of tekens. Daar kijkt zoeken niet naar.") % {
            "phrase": phrase
        }
    if len(stems) > LONGEST_PHRASE:
        return _("‘%(phrase)s’ heeft %(count)d woorden. Zoeken vergelijkt er hoogstens %(most)d.") % {
            "phrase": phrase,
            "count": len(stems),
            "most": LONGEST_PHRASE,
        }
    return ""


def group_problems(phrases: Sequence[str], analyser: Analyser) -> list[str]:
    """What is wrong with a group of equals, in sentences, the first few."""
    if len(phrases) > MOST_WORDS:
        return [_too_many(len(phrases))]
    if len(phrases) < 2:
        return [_("Zet hier ten minste twee verschillende woorden, elk op een regel.")]
    problems = [problem for phrase in phrases if (problem := phrase_problem(phrase, analyser))]
    return list(islice([*problems, *_overlaps(phrases, analyser)], MOST_TOLD))


def one_way_problems(term: str, also: Sequence[str], analyser: Analyser) -> list[str]:
    """What is wrong with the words after an arrow; `term`, before it, is in order."""
    if len(also) > MOST_WORDS:
        return [_too_many(len(also))]
    if not also:
        return [_("Zet hier ten minste één woord.")]
    problems = [problem for phrase in also if (problem := phrase_problem(phrase, analyser))]
    problems += [
        _overlap(phrase, term, key_of(phrase, analyser) == key_of(term, analyser))
        for phrase in also
        if _holds(key_of(phrase, analyser), key_of(term, analyser))
    ]
    return list(islice([*problems, *_overlaps(also, analyser)], MOST_TOLD))


def whole_word_problem(text: str) -> str:
    """Why this can't be a word that stays whole; empty where it can."""
    words = words_of(text)
    if len(words) != 1:
        return _("Vul één woord in, zonder spaties of streepjes.")
    if not words[0].isalpha() or not words[0].isascii():
        return _("Een woord dat heel blijft bestaat alleen uit letters.")
    return ""


def _too_many(count: int) -> str:
    return _(
        "Je vulde %(count)s woorden in. Er passen er %(most)d. Maak er meer groepen van of laat er weg."
    ) % {
        "count": format_number(count),
        "most": MOST_WORDS,
    }


def _overlaps(phrases: Sequence[str], analyser: Analyser) -> list[str]:
    keys = [(phrase, key) for phrase in phrases if (key := key_of(phrase, analyser))]
    return [
        _overlap(longer, shorter, key == inner)
        for place, (longer, key) in enumerate(keys)
        for other, (shorter, inner) in enumerate(keys)
        if (place > other and key == inner) or (key != inner and _holds(key, inner))
    ]


def _holds(key: str, inner: str) -> bool:
    """Whether the words of `inner` stand next to each other in `key`."""
    return bool(inner) and f" {inner} " in f" {key} "


def _overlap(longer: str, shorter: str, is_same: bool) -> str:
    if is_same:
        return _("‘%(one)s’ en ‘%(other)s’ zijn voor zoeken hetzelfde woord. Laat er één weg.") % {
            "one": shorter,
            "other": longer,
        }
    return _("‘%(longer)s’ bevat ‘%(shorter)s’ zelf al, en wordt dus al gevonden. Laat ‘%(longer)s’ weg.") % {
        "longer": longer,
        "shorter": shorter,
    }


def folded(text: str) -> str:
    """The one word of a text as words are compared."""
    return words_of(text)[0]
