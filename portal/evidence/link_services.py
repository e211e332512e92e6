"""Keeping watch over the addresses elsewhere that the portal points to."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import F, Q

from portal.evidence.link_checking import Answer, ask
from portal.evidence.links import all_links
from portal.evidence.models import LinkCheck

ASK_AGAIN_AFTER = timedelta(days=7)
ASK_FAILED_AGAIN_AFTER = timedelta(days=1)
BROKEN_AFTER = 2
MAX_IN_ONE_RUN = 200
PAUSE_SECONDS = 1.0


def sync_links() -> int:
    """A row for every address that the portal shows now, none for those that are gone; returns how many there are."""
    shown = {link.url for link in all_links()}
    known = set(LinkCheck.objects.values_list("url", flat=True))
    LinkCheck.objects.bulk_create(
        [LinkCheck(url=url) for url in sorted(shown - known)], ignore_conflicts=True
    )
    for gone in known - shown:
        LinkCheck.objects.filter(url=gone).delete()
    return len(shown)


def check_links(
    at: datetime,
    *,
    limit: int = MAX_IN_ONE_RUN,
    asking: Callable[[str], Answer] = ask,
    pause: float = PAUSE_SECONDS,
) -> int:
    """Ask the addresses whose turn it is, longest waiting first, with a pause between two of one server.

    Returns how many were asked. Each answer is written down at once, so a killed run loses nothing.
    """
    due = LinkCheck.objects.filter(
        Q(checked_at=None)
        | Q(checked_at__lte=at - ASK_AGAIN_AFTER)
        | Q(failures__gt=0, checked_at__lte=at - ASK_FAILED_AGAIN_AFTER)
    ).order_by(F("checked_at").asc(nulls_first=True), "url")[:limit]
    last_host = None
    asked = 0
    for check in due:
        host = urlsplit(check.url).hostname
        if host == last_host:
            time.sleep(pause)
        last_host = host
        record(check, asking(check.url), at)
        asked += 1
    return asked


def record(check: LinkCheck, answer: Answer, at: datetime) -> None:
    check.checked_at = at
    check.code = answer.status
    check.error = answer.error[:300]
    if answer.ok:
        check.status, check.failures, check.failing_since = LinkCheck.Status.OK, 0, None
    else:
        check.failures += 1
        check.failing_since = check.failing_since or at
        broken = check.failures >= BROKEN_AFTER
        check.status = LinkCheck.Status.BROKEN if broken else LinkCheck.Status.DOUBTFUL
    check.save()
