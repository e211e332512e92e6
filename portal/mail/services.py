"""Laying mail ready, sending what is due, and what staff decide about mail that nobody is sure of."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from portal.background.services import wake
from portal.mail.models import Mail
from portal.mail.smtp import NotTakenError, UncertainError

logger = logging.getLogger(__name__)

SEND_JOB = "mail.send"
State = Mail.State
# After how long a temporary refusal is tried again, by the number of attempts; then it is refused for good.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
SENDING_TERM = timedelta(
    minutes=5
)  # a worker that sends longer is dead: one message takes EMAIL_TIMEOUT at most
MOST_AT_ONCE = 50
MOST_SUBJECT = 255


def queue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    kind: str,
    html: str = "",
    key: str = "",
    headers: Mapping[str, str] | None = None,
    is_secret: bool = False,
) -> None:
    """Lay a mail ready in the caller's transaction.

    `key`: the same key twice is one mail. `kind`: a short code of what it is about, for limits and reports. `is_secret`:
    the text opens something (a code, an invitation) and is forgotten once it was sent. `html`: the same as `text`, for
    who reads mail with links; it goes beside the text, and is forgotten with it.
    """
    row = Mail(
        kind=kind,
        key=key,
        to=to,
        subject=" ".join(subject.split())[:MOST_SUBJECT],
        text=text,
        html=html,
        headers=dict(headers or {}),
        is_secret=is_secret,
        message_id=make_msgid(domain=urlsplit(settings.BASE_URL).hostname or "localhost"),
    )
    Mail.objects.bulk_create([row], ignore_conflicts=bool(key))
    wake(SEND_JOB)


def withdraw(*, kind: str, to: str) -> int:
    """What waits for this address and was not begun with doesn't go; how many. For who wants no more of a kind."""
    number: int = Mail.objects.filter(kind=kind, to__iexact=to, state=State.WAITING).delete()[0]
    return number


def send_due(at: datetime | None = None, *, most: int = MOST_AT_ONCE) -> int:
    """Send what is due; the number sent. A server that can't be reached costs one look, and all waits."""
    forget_abandoned(at or timezone.now())
    sent = 0
    connection = get_connection()
    try:
        for _number in range(most):
            row = _claim(at or timezone.now())
            if row is None:
                break
            try:
                connection.open()
            except OSError as error:
                _back(row, f"{type(error).__name__}", at or timezone.now())
                logger.warning("the mail server can't be reached", extra={"data": {"error": str(error)}})
                break
            sent += _send(connection, row, at or timezone.now())
    finally:
        connection.close()
    return sent


def forget_abandoned(at: datetime) -> int:
    """Mail whose worker died while sending: the server may have it, so it is not sent again. Returns how many."""
    return Mail.objects.abandoned(at - SENDING_TERM).update(
        state=State.UNCERTAIN,
        sending_since=None,
        sending_by="",
        last_error="afgebroken tijdens het versturen",
    )


def _claim(at: datetime) -> Mail | None:
    """Mark the next one as being sent, on disk before anything goes out; two workers never get the same one."""
    for pk in Mail.objects.due(at).values_list("pk", flat=True)[:10]:
        token = uuid.uuid4().hex
        taken = (
            Mail.objects.due(at).filter(pk=pk).update(state=State.SENDING, sending_since=at, sending_by=token)
        )
        if taken:
            return Mail.objects.get(pk=pk)
    return None


def _send(connection: Any, row: Mail, at: datetime) -> bool:
    message = EmailMultiAlternatives(
        subject=row.subject,
        body=row.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[row.to],
        headers={"Message-ID": row.message_id, "Auto-Submitted": "auto-generated", **row.headers},
    )
    if row.html:
        message.attach_alternative(row.html, "text/html")
    try:
        connection.send_messages([message])
    except NotTakenError as error:
        connection.close()  # whatever state the conversation is in
        if error.is_final:
            _end(row, State.REFUSED, last_error=str(error))
        else:
            _back(row, str(error), at)
        return False
    except (UncertainError, OSError) as error:
        connection.close()
        _end(row, State.UNCERTAIN, last_error=str(error) or type(error).__name__)
        logger.warning("a mail may or may not have been sent", extra={"data": {"mail": row.pk}})
        return False
    _end(row, State.SENT, sent_at=at, last_error="")
    return True


def _back(row: Mail, error: str, at: datetime) -> None:
    attempts = row.attempts + 1
    if attempts > len(PAUSES):
        _end(row, State.REFUSED, last_error=error, attempts=attempts)
    else:
        due_at = at + PAUSES[attempts - 1]
        _end(row, State.WAITING, last_error=error, attempts=attempts, due_at=due_at)


def _end(row: Mail, state: str, **values: Any) -> None:
    """Write down how it ended; nothing where somebody else has it by now."""
    if state == State.SENT and row.is_secret:
        values["text"] = values["html"] = ""
    held = Mail.objects.filter(pk=row.pk, state=State.SENDING, sending_by=row.sending_by)
    held.update(state=state, sending_since=None, sending_by="", **values)


# --- staff


@transaction.atomic
def send_again(mail: Mail) -> bool:
    """A person decided that it may arrive twice. False where it needs no attention any more, or its text is gone."""
    if not mail.text:
        return False
    rows = Mail.objects.needs_attention().filter(pk=mail.pk)
    changed = rows.update(state=State.WAITING, attempts=0, due_at=timezone.now())
    if changed:
        wake(SEND_JOB)
    return bool(changed)


def leave_unsent(mail: Mail) -> bool:
    """A person looked at it and leaves it. False where somebody else did already."""
    rows = Mail.objects.needs_attention().filter(pk=mail.pk)
    return bool(rows.update(handled_at=timezone.now()))


KEEP = timedelta(days=30)
KEEP_SECRET = timedelta(days=1)


def forget_old(at: datetime) -> int:
    """What was sent or handled is forgotten after 30 days; a secret that was never sent is worth nothing after a day."""
    stale = Mail.objects.filter(is_secret=True, created_at__lt=at - KEEP_SECRET, state=State.WAITING)
    stale.update(state=State.REFUSED, text="", html="", last_error="te laat om nog te versturen")
    old = Mail.objects.filter(created_at__lt=at - KEEP).exclude(state__in=[State.WAITING, State.SENDING])
    return old.exclude(pk__in=Mail.objects.needs_attention().values("pk")).delete()[0]
