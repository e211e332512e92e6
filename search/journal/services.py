"""Noting in a request, storing in the worker, forgetting in time."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import DataError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from portal.http.client_address import client_address
from search.journal import spool, visits
from search.journal.models import JournalDay, Phrase, PhraseDay, PlaceClicks, StoredFile, Verdict, Visit
from search.journal.rules import LONGEST_REMARK, names_somebody, phrase_of, storable
from search.journal.visitors import is_machine

logger = logging.getLogger(__name__)

KEPT = timedelta(days=396)  # thirteen months
VISITS_KEPT = timedelta(days=2)
RARE_KEPT = timedelta(days=28)  # of what too few asked for editors to see it
FILES_REMEMBERED = timedelta(days=30)
SHOWN_FOR = timedelta(hours=12)  # so long after a search its clicks and verdict count
LAST_PLACE = 100
RECOMMENDED = 0  # the place of what editors put above the hits
SALT = "search.journal"
SEARCH, CLICK, VERDICT = "search", "click", "verdict"


# --- in a request


def note_search(request: HttpRequest, text: str, *, is_missing: bool, is_fallback: bool) -> None:
    """That this was searched. Never raises: a full disk must not spoil a search.

    `is_missing`: nothing was found, and no filter was in the way. `is_fallback`: no engine answered.
    """
    _note(request, {"kind": SEARCH, "text": phrase_of(text), "missing": is_missing, "fallback": is_fallback})


def note_click(request: HttpRequest, text: str, place: int) -> None:
    """That the hit at this place, counted from 1 over all pages, was opened; 0 is what editors recommend."""
    if RECOMMENDED <= place <= LAST_PLACE:
        _note(request, {"kind": CLICK, "text": phrase_of(text), "place": place})


def note_verdict(request: HttpRequest, text: str, *, is_found: bool, remark: str) -> None:
    """What a visitor thinks of what he found. The caller refused a remark with somebody's address or number."""
    remark = "" if names_somebody(remark) else " ".join(storable(remark).split())[:LONGEST_REMARK]
    _note(request, {"kind": VERDICT, "text": phrase_of(text), "is_found": is_found, "remark": remark})


def sign(text: str) -> str:
    """The query as the page hands it out, so that only what was searched here can be clicked or judged."""
    return signing.dumps(text, salt=SALT, compress=True)


def unsign(signed: str) -> str | None:
    """The query, or None when it is not ours or too old."""
    try:
        text = signing.loads(signed, salt=SALT, max_age=SHOWN_FOR)
    except signing.BadSignature:
        return None
    return text if isinstance(text, str) else None


def _note(request: HttpRequest, event: dict[str, Any]) -> None:
    browser = request.headers.get("User-Agent", "")
    if is_machine(browser):
        return
    now = timezone.now()
    today = timezone.localdate(now)
    directory = Path(settings.SEARCH_JOURNAL_DIR)
    try:
        visit = visits.token(directory, today, client_address(request), browser)
        spool.append(directory, {**event, "day": today.isoformat(), "visit": visit}, now)
    except OSError as error:
        logger.warning("a search was not noted", extra={"data": {"error": str(error)}})


# --- in the worker


@dataclass(slots=True)
class _Counts:
    """What some events add up to, by day and by phrase and day."""

    days: dict[date, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    phrases: dict[tuple[str, date], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    visits: dict[tuple[str, date], set[str]] = field(default_factory=lambda: defaultdict(set))
    places: Counter[tuple[str, date, int]] = field(default_factory=Counter)
    verdicts: list[dict[str, Any]] = field(default_factory=list)

    def add(self, event: dict[str, Any]) -> None:
        """Raises KeyError, TypeError or ValueError for a line that is none of ours; nothing was added then."""
        day, text, kind = date.fromisoformat(event["day"]), str(event["text"]), event["kind"]
        visit = str(event["visit"])[: visits.TOKEN_LETTERS]
        if kind == SEARCH:
            counts = {
                "searches": 1,
                "without_result": int(bool(event["missing"]) and not event["fallback"]),
                "without_engine": int(bool(event["fallback"])),
            }
        elif kind == CLICK:
            place = int(event["place"])
            counts = {"clicks": 1}
            if text:
                self.places[text, day, place] += 1
        elif kind == VERDICT:
            self.verdicts.append(
                {
                    "day": day,
                    "text": text,
                    "is_found": bool(event["is_found"]),
                    "remark": str(event["remark"]),
                }
            )
            return
        else:
            raise ValueError(kind)
        self.days[day].update(counts)
        if text:
            self.phrases[text, day].update(counts)
            if kind == SEARCH:
                self.visits[text, day].add(visit)


def store(now: datetime | None = None) -> int:
    """Count the lines of all finished files and forget the files; returns the number of files.

    A file that the database can't take is lost: it would be in the way of all that follow.
    """
    stored = 0
    for path in spool.finished(Path(settings.SEARCH_JOURNAL_DIR), now or timezone.now()):
        try:
            with transaction.atomic():
                _file, is_new = StoredFile.objects.get_or_create(name=path.name)
                if is_new:
                    _store(spool.read(path))
                    stored += 1
        except (ValueError, DataError):
            logger.exception("a file of searches could not be stored", extra={"data": {"file": path.name}})
        path.unlink(missing_ok=True)
    return stored


def _store(events: Iterable[dict[str, Any]]) -> None:
    counts = _Counts()
    for event in events:
        try:
            counts.add(event)
        except (KeyError, TypeError, ValueError):
            continue
    for day, sums in counts.days.items():
        JournalDay.objects.get_or_create(day=day)
        JournalDay.objects.filter(day=day).update(**{name: F(name) + count for name, count in sums.items()})
    texts = {text for text, _day in counts.phrases} | {
        each["text"] for each in counts.verdicts if each["text"]
    }
    phrases = _phrases(texts)
    rows: dict[tuple[str, date], PhraseDay] = {}
    for (text, day), sums in counts.phrases.items():
        row, _new = PhraseDay.objects.get_or_create(phrase_id=phrases[text], day=day)
        rows[text, day] = row
        sums.pop("without_engine", None)
        changed: dict[str, Any] = {name: F(name) + count for name, count in sums.items()}
        Visit.objects.bulk_create(
            [Visit(phrase_day=row, token=each) for each in sorted(counts.visits[text, day])],
            ignore_conflicts=True,
        )
        changed["visits"] = max(row.visits, Visit.objects.filter(phrase_day=row).count())
        PhraseDay.objects.filter(pk=row.pk).update(**changed)
    for (text, day, place), clicks in counts.places.items():
        PlaceClicks.objects.get_or_create(phrase_day=rows[text, day], place=place)
        PlaceClicks.objects.filter(phrase_day=rows[text, day], place=place).update(
            clicks=F("clicks") + clicks
        )
    Verdict.objects.bulk_create(
        Verdict(
            day=each["day"],
            phrase_id=phrases.get(each["text"]),
            is_found=each["is_found"],
            remark=each["remark"],
        )
        for each in counts.verdicts
    )


def _phrases(texts: Iterable[str]) -> dict[str, int]:
    wanted = list(texts)
    Phrase.objects.bulk_create([Phrase(text=text) for text in wanted], ignore_conflicts=True)
    return dict(Phrase.objects.filter(text__in=wanted).values_list("text", "pk"))


def forget(now: datetime | None = None) -> None:
    """Throw away what is older than it may be: keys and visits after two days, what too few asked after four weeks,
    counts after thirteen months.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    visits.forget_keys(Path(settings.SEARCH_JOURNAL_DIR), today)
    with transaction.atomic():
        Visit.objects.filter(phrase_day__day__lt=today - VISITS_KEPT).delete()
        for model in (JournalDay, PhraseDay, Verdict):
            model.objects.filter(day__lt=today - KEPT).delete()
        Phrase.objects.rare(today - RARE_KEPT).delete()
        Phrase.objects.filter(days=None, verdicts=None).delete()
        StoredFile.objects.filter(stored_at__lt=now - FILES_REMEMBERED).delete()
