"""All that is due for a person in one mail, once."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.mail.services import queue_mail
from portal.notifications.kinds import Frequency, shown
from portal.notifications.letters import written
from portal.notifications.models import Notification
from portal.notifications.services import frequencies_of
from portal.notifications.times import PAUSE
from portal.notifications.tokens import write_opening

logger = logging.getLogger(__name__)

AT_ONCE = 100


class NotAllMailedError(Exception):
    """Some people's mail failed; it stays due. The others have theirs."""


def mail_due(at: datetime | None = None) -> int:
    """Lay a mail ready for everybody who has something due; how many. Raises NotAllMailedError in the end."""
    moment = at or timezone.now()
    laid = failed = last = 0
    while people := _people_due(moment, after=last):
        for user_id in people:
            try:
                laid += mail_person(user_id, moment)
            except Exception:  # a fault of one kind keeps no mail of other people waiting
                logger.exception("notifications not mailed", extra={"data": {"user": user_id}})
                failed += 1
        last = people[-1]
    if failed:
        raise NotAllMailedError(f"notifications of {failed} people could not be mailed")
    return laid


def _people_due(at: datetime, *, after: int) -> list[int]:
    rows = Notification.objects.due(at).filter(recipient_id__gt=after).order_by("recipient_id")
    return list(rows.values_list("recipient_id", flat=True).distinct()[:AT_ONCE])


def mail_person(user_id: int, at: datetime) -> bool:
    """One mail with all that is due, and what would be in a moment. False where there was nothing to tell.

    What it says is made before the rows are taken, so that nobody waits for it; the rows are taken and the mail is laid
    ready in one transaction. Where somebody else took one of them meanwhile, or saw it, the next round sees to the rest.
    """
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return False
    rows = list(Notification.objects.due(at + PAUSE).filter(recipient_id=user_id).newest_first())
    wishes = frequencies_of(user)
    wanted = [row for row in rows if user.is_active and wishes.get(row.kind) != Frequency.OFF]
    texts = shown(user, wanted)
    told = [row for row in wanted if row.pk in texts]
    lines = [replace(texts[row.pk], url=_opening(row)) for row in told]
    letter = written(user, lines, kinds=[row.kind for row in told]) if told else None
    with transaction.atomic():
        if not _take(rows, told, at) or letter is None:
            return False
        queue_mail(
            to=user.email,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            headers=letter.headers,
            kind="notifications",
            key=f"notifications:{user_id}:{min(row.pk for row in told)}",
        )
    return True


def _opening(row: Notification) -> str:
    return reverse("notifications:open-from-mail", args=[write_opening(row.pk)])


def _take(rows: list[Notification], told: list[Notification], at: datetime) -> bool:
    """Nothing of `rows` is due any more, and `told` was mailed; False, and nothing done, where not all were due still."""
    due = {row.pk for row in rows}
    held = Notification.objects.filter(pk__in=due, mail_due_at__isnull=False)
    locked = held.select_for_update().order_by("pk")
    if set(locked.values_list("pk", flat=True)) != due:
        return False
    Notification.objects.filter(pk__in=due).update(mail_due_at=None)
    Notification.objects.filter(pk__in=[row.pk for row in told]).update(mailed_at=at)
    return True
