"""Saving a search, changing and forgetting it, and looking what is new for it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from portal.accounts.audiences import terms_for
from portal.accounts.models import User
from portal.background.services import wake
from portal.notifications.services import forget, notify
from portal.saved_searches import rules
from portal.saved_searches.models import MOST_NAME, Finding, SavedSearch
from search.checking import shown_documents
from search.documents import Reader
from search.engine import engine
from search.engines.base import SearchUnavailable
from search.facets import Vocabulary, read_vocabulary
from search.question import Question
from search.results import Hit
from search.stages import MAX_PAGE_SIZE
from search.steering.current import steering

logger = logging.getLogger(__name__)

LOOK_JOB = "saved-searches.look"
AT_ONCE = 100
KEEP_FINDINGS = timedelta(days=180)
DAILY, WEEKLY = "saved-searches.daily", "saved-searches.weekly"  # kinds of notifications
KINDS = {SavedSearch.Frequency.DAILY: DAILY, SavedSearch.Frequency.WEEKLY: WEEKLY}


class TooManySearchesError(Exception):
    """This person keeps as many as one can."""


# --- keeping


def written(question: Question) -> str:
    """The words and filters, as behind the question mark of an address; empty where everything is asked."""
    followed = replace(question, sort="relevance", page=1)
    return urlencode(followed.pairs()) if followed.text or followed.chosen or followed.indicator else ""


def read_question(search: SavedSearch, words: Vocabulary) -> Question:
    """Tolerant as an address is: a filter that is gone by now stands in `remarks`."""
    return Question.from_data(QueryDict(search.question), words)


@transaction.atomic
def save_search(
    user: User, *, question: Question, name: str, frequency: str, at: datetime | None = None
) -> tuple[SavedSearch, bool]:
    """Keep this search, and whether it is new; the one that there is where it was kept before.

    Raises TooManySearchesError, ValueError on a question that asks for everything or on an unknown frequency.
    """
    text = written(question)
    if not text:
        raise ValueError("a search without words or filters finds everything")
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # so that two at once count each other
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = SavedSearch.objects.filter(user=user, digest=digest).first()
    if known is not None:
        return known, False
    if SavedSearch.objects.filter(user=user).count() >= rules.MOST_SEARCHES:
        raise TooManySearchesError
    chosen = SavedSearch.Frequency(frequency)
    kept = SavedSearch.objects.create(
        user=user,
        name=" ".join(name.split())[:MOST_NAME],
        question=text,
        digest=digest,
        frequency=chosen,
        next_look_at=_soon(chosen, at or timezone.now()),
    )
    wake(LOOK_JOB)  # what is there now is noted at once, outside this request
    return kept, True


def _soon(frequency: str, at: datetime) -> datetime | None:
    return None if frequency == SavedSearch.Frequency.OFF else at


@transaction.atomic
def change_search(search: SavedSearch, *, name: str, frequency: str, at: datetime | None = None) -> None:
    """Another name, or how often. After a pause what came meanwhile is no news. Raises ValueError on a frequency."""
    chosen = SavedSearch.Frequency(frequency)
    held = SavedSearch.objects.select_for_update().get(pk=search.pk)
    moment = at or timezone.now()
    if held.frequency == SavedSearch.Frequency.OFF and chosen != held.frequency:
        held.looked_at = None
        wake(LOOK_JOB)
    if chosen != held.frequency:
        is_first = held.looked_at is None
        held.next_look_at = _soon(chosen, moment) if is_first else rules.next_look(chosen, moment)
    held.name, held.frequency = " ".join(name.split())[:MOST_NAME], chosen
    held.save(update_fields=["name", "frequency", "looked_at", "next_look_at"])


@transaction.atomic
def delete_search(search: SavedSearch) -> None:
    """It is gone, with what was found and told of it."""
    findings = list(search.findings.values_list("pk", flat=True))
    _forget_told(findings)
    search.delete()


def _forget_told(findings: Iterable[int]) -> None:
    gone = list(findings)
    for kind in KINDS.values():
        forget(kind, gone)


# --- looking


def look_at_due(at: datetime | None = None) -> int:
    """Look at all that is due; how many looks found something. Killed anywhere, the next run goes on where it was.

    An engine that is down ends the round: what is left stays due.
    """
    moment = at or timezone.now()
    words = read_vocabulary()
    found = last = 0
    while rows := _due(moment, after=last):
        for _user_id, searches in groupby(rows, key=lambda row: row.user_id):
            mine = list(searches)
            reader = Reader(mine[0].user, terms_for(mine[0].user))
            for search in mine:
                try:
                    found += _look(search, reader, words, moment)
                except SearchUnavailable:
                    logger.warning("saved searches wait for the engine")
                    return found
        last = rows[-1].user_id
    return found


def _due(at: datetime, *, after: int) -> list[SavedSearch]:
    """All that is due of the next hundred people at most."""
    due = SavedSearch.objects.due(at).filter(user_id__gt=after)
    people = list(due.order_by("user_id").values_list("user_id", flat=True).distinct()[:AT_ONCE])
    return list(due.filter(user_id__in=people).select_related("user").order_by("user_id", "pk"))


def _look(search: SavedSearch, reader: Reader, words: Vocabulary, at: datetime) -> bool:
    """One look: what is found is written down and told in one transaction, by whoever is first."""
    question = read_question(search, words)
    if question.remarks:  # a filter is gone: without it, things would be found that nobody asked for
        return _keep_looking(search, at, [], search.known, is_complete=search.is_complete)
    hits, is_complete = _newest(question, reader)
    fresh = rules.new_among(
        hits,
        known=search.known,
        since=search.looked_at or at,
        is_complete=search.is_complete,
    )
    allowed = shown_documents([hit.id for hit in fresh], reader, is_brief=True)
    refused = {hit.id for hit in fresh} - allowed.keys()
    told = [hit.id for hit in fresh if hit.id in allowed][: rules.MOST_TOLD]
    known = rules.remembered((hit.id for hit in hits if hit.id not in refused), search.known)
    return _keep_looking(
        search, at, told if search.looked_at is not None else [], known, is_complete=is_complete
    )


def _newest(question: Question, reader: Reader) -> tuple[list[Hit], bool]:
    """The newest of what this reader may find, and whether that is all."""
    hits: list[Hit] = []
    total = 0
    for page in range(1, rules.MOST_LOOKED_AT // MAX_PAGE_SIZE + 1):
        query = question.query(
            reader.terms,
            sort="newest",
            page=page,
            page_size=MAX_PAGE_SIZE,
            facets=(),
            guidance=steering().guidance,
        )
        results = engine().search(query)
        hits += results.hits
        total = results.total
        if len(hits) >= total or not results.hits:
            break
    return hits, len(hits) >= total


@transaction.atomic
def _keep_looking(
    search: SavedSearch, at: datetime, told: list[str], known: list[str], *, is_complete: bool
) -> bool:
    """What was found is told, unless somebody else looked, changed or deleted it meanwhile."""
    held = SavedSearch.objects.filter(
        pk=search.pk, next_look_at=search.next_look_at, looked_at=search.looked_at, frequency=search.frequency
    )
    changed = held.update(
        looked_at=at, next_look_at=rules.next_look(search.frequency, at), known=known, is_complete=is_complete
    )
    if not changed or not told:
        return False
    finding = Finding.objects.create(search=search, found_at=at, documents=told)
    kind = KINDS[SavedSearch.Frequency(search.frequency)]
    notify(kind, recipients=[search.user_id], object_id=finding.pk, at=at)
    return True


def forget_old(at: datetime) -> int:
    """What was found half a year ago is no news; how many went."""
    old = Finding.objects.filter(found_at__lt=at - KEEP_FINDINGS)
    pks = list(old.values_list("pk", flat=True)[:10_000])
    with transaction.atomic():
        _forget_told(pks)
        Finding.objects.filter(pk__in=pks).delete()
    return len(pks)
