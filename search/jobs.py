"""What the worker does for search."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone

from portal.background.registry import job
from search.engine import engine
from search.engines.base import SearchUnavailable
from search.indexing import relay as relaying
from search.indexing import upkeep
from search.models import SearchEvent

logger = logging.getLogger(__name__)

RELAY_FOR = timedelta(seconds=15)
RELAY_TERM = timedelta(
    seconds=30
)  # so that a killed worker's work is taken over soon; two at once do no harm


@job(name="search.relay", every=timedelta(seconds=3), term=RELAY_TERM)
def relay() -> None:
    """Apply what waits in the outbox. An engine that is down is no failure of this job: the rows wait."""
    if not SearchEvent.objects.due(timezone.now()).exists() or not engine().health().is_ok:
        return
    try:
        relaying.relay_all(until=timezone.now() + RELAY_FOR)
    except SearchUnavailable as error:
        logger.warning("the search index takes no changes now", extra={"data": {"error": str(error)}})


@job(name="search.rebuild-if-needed", every=timedelta(seconds=10), term=timedelta(hours=2), lane="slow")
def rebuild_if_needed() -> None:
    upkeep.rebuild_if_needed()


@job(name="search.reconcile", at="03:20", term=timedelta(hours=2), lane="slow")
def reconcile() -> None:
    """Every night, so that a change that somehow escaped the outbox lives a day at most."""
    found = upkeep.reconcile()
    if found.differences:
        logger.warning(
            "search index mended",
            extra={"data": {"missing": found.missing, "outdated": found.outdated, "surplus": found.surplus}},
        )


@job(name="search.optimise", at="03:50", term=timedelta(hours=1), lane="slow")
def optimise() -> None:
    """Every night, after what reconciling wrote. An index that can't be used is the rebuilding job's to mend."""
    if not engine().health().is_ok:
        return
    try:
        engine().optimise()
    except SearchUnavailable as error:
        logger.warning("the search index could not be tidied", extra={"data": {"error": str(error)}})
