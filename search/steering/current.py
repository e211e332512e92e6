"""What editors say, as every process knows it: compiled once, and again when the mark in the database has moved."""

from __future__ import annotations

import logging
import threading

from django.conf import settings

from search.dutch.analyser import Analyser, get_analyser
from search.steering.compiling import Promotion, Steering, compile_guidance, stems_of
from search.steering.models import OneWaySynonym, PromotedResult, SteeringMark, SynonymGroup, WholeWord

logger = logging.getLogger(__name__)

NOTHING = Steering()

_lock = threading.Lock()
_kept: tuple[str, Steering] = ("", NOTHING)


def steering() -> Steering:
    """What counts now, in whatever process it was said. One small query; all rows are read after a change alone.

    The mark is read before the rows, so what is newer than its mark is only read once more. Never raises on words that
    can't be analysed now: searching goes on without what editors say.
    """
    global _kept
    mark = SteeringMark.objects.current()
    kept_mark, kept = _kept
    if mark == kept_mark:
        return kept
    with _lock:
        if _kept[0] != mark:
            try:
                _kept = (mark, _read(portal_analyser()))
            except OSError:
                logger.exception("what editors say about searching can't be used now")
                return NOTHING
        return _kept[1]


def portal_analyser() -> Analyser:
    """The analyser of this process, with the word list beside the index."""
    return get_analyser(settings.SEARCH_INDEX_DIR)


def _read(analyser: Analyser) -> Steering:
    guidance = compile_guidance(
        [words.splitlines() for words in SynonymGroup.objects.values_list("words", flat=True)],
        [(term, also.splitlines()) for term, also in OneWaySynonym.objects.values_list("term", "also")],
        WholeWord.objects.values_list("word", flat=True),
        analyser,
    )
    return Steering(guidance, tuple(promotion_of(row, analyser) for row in PromotedResult.objects.all()))


def promotion_of(row: PromotedResult, analyser: Analyser) -> Promotion:
    return Promotion(
        stems=stems_of(row.term, analyser),
        is_exact=row.match == PromotedResult.Match.EXACT,
        document_id=row.document_id,
        reason=row.reason,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        position=row.position,
    )
