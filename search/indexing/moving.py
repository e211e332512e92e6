"""From one engine to another while people search and save.

`begin` fills the other engine beside the one that answers. From then on, what one of them is told is kept in the outbox
for the other, so that after the switch (a setting, and a restart) the other needs only that; and so does the one that was
left, if the portal goes back. What narrows does so for each engine apart: totals stay withheld until it knows.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from search.engine import engine
from search.indexing.outbox import newest_version
from search.indexing.upkeep import Progress, all_documents, counted
from search.models import KeptEngine, SearchEvent

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """An engine that is kept up, since when, and how many changes wait for it alone."""

    name: str
    since: datetime
    waiting: int


def begin(name: str, progress: Progress | None = None) -> int:
    """Fill the engine called `name`; returns the number of documents. May be repeated.

    Raises ValueError when it is the engine that answers or isn't set up, and SearchUnavailable when it doesn't answer.
    """
    if name == settings.SEARCH_ENGINE:
        raise ValueError(f"{name} is the engine that answers")
    other = engine(name)
    with transaction.atomic():
        for each in (name, settings.SEARCH_ENGINE):
            KeptEngine.objects.get_or_create(name=each)
    # Above what either of them knows, and after the first change that is kept: so the stream holds all before it.
    version = newest_version(above=max(engine().health().version, other.health().version))
    documents = other.rebuild(counted(all_documents(), progress), version)
    SearchEvent.objects.kept_for(name).filter(pk__lte=version).delete()
    logger.info("another search engine is filled", extra={"data": {"engine": name, "documents": documents}})
    return documents


def finish() -> int:
    """Keep nothing for other engines any more; returns how many changes are forgotten. The way back is a new `begin`."""
    with transaction.atomic():
        KeptEngine.objects.all().delete()
        forgotten, _by_model = SearchEvent.objects.exclude(engine__in=("", settings.SEARCH_ENGINE)).delete()
    return forgotten


def kept() -> list[Kept]:
    """The engines that are kept up; empty when the portal isn't moving."""
    return [
        Kept(each.name, each.since, SearchEvent.objects.kept_for(each.name).count())
        for each in KeptEngine.objects.all()
    ]
