"""Sending an edition: mails laid ready in batches, each batch with how far it came in one transaction.

So whoever falls over, the next goes on behind the last batch: nobody is left out and nobody gets it twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from portal.accounts.models import User
from portal.background.services import wake
from portal.mail.models import Mail
from portal.mail.services import queue_mail
from portal.newsletters.letters import Section, sections_of, written
from portal.newsletters.models import Edition, Subscription
from portal.newsletters.services.subscribing import MAIL_KIND

SEND_JOB = "newsletters.lay-ready"
BATCH = 100
# So many wait for the mail server at most: a code to sign in with never waits behind thousands.
MOST_WAITING = 200
State = Edition.State


class NotADraftError(Exception):
    """It is being sent already, or was."""


class NobodyToSendToError(Exception):
    """Nobody would get it."""


@dataclass(frozen=True, slots=True)
class Progress:
    recipients: int
    laid_ready: int
    by_state: Mapping[str, int]  # of the mails that the outbox still knows

    @property
    def troubled(self) -> int:
        """Refused, or nobody knows."""
        return self.by_state.get(Mail.State.REFUSED, 0) + self.by_state.get(Mail.State.UNCERTAIN, 0)

    @property
    def share(self) -> int:
        return 100 * self.laid_ready // self.recipients if self.recipients else 100


def recipients_of(edition: Edition) -> int:
    return Subscription.objects.receiving(edition).count()


@transaction.atomic
def start_sending(edition: Edition, *, by: User, at: datetime | None = None) -> int:
    """Say that it goes to everybody who wants it now; how many. Raises NotADraftError, NobodyToSendToError."""
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    if held.state != State.DRAFT:
        raise NotADraftError
    rows = Subscription.objects.receiving(held)
    number, last = rows.count(), rows.aggregate(last=Max("pk"))["last"]
    if not number:
        raise NobodyToSendToError
    held.state, held.started_at, held.sent_by = State.SENDING, at or timezone.now(), by
    held.recipients, held.last = number, last
    held.save(update_fields=["state", "started_at", "sent_by", "recipients", "last"])
    wake(SEND_JOB)
    return number


def lay_ready(at: datetime | None = None) -> int:
    """Lay mails ready as long as the outbox has room; how many."""
    laid = 0
    for pk in Edition.objects.being_sent().order_by("started_at", "pk").values_list("pk", flat=True):
        sections = sections_of(Edition.objects.get(pk=pk))
        while Mail.objects.filter(kind=MAIL_KIND, state=Mail.State.WAITING).count() < MOST_WAITING:
            number = _lay_batch(pk, sections, at or timezone.now())
            laid += number
            if not number:
                break
    return laid


@transaction.atomic
def _lay_batch(pk: int, sections: Sequence[Section], at: datetime) -> int:
    """The next hundred, and how far that is. 0 at the end, and where somebody else is at it."""
    edition = Edition.objects.select_for_update(skip_locked=True).filter(pk=pk, state=State.SENDING).first()
    if edition is None:
        return 0
    rows = Subscription.objects.receiving(edition).filter(pk__gt=edition.reached, pk__lte=edition.last)
    # Who ends it now waits until these are laid ready, and takes theirs out.
    batch = list(rows.select_for_update(of=("self",)).select_related("user").order_by("pk")[:BATCH])
    for row in batch:
        letter = written(edition, sections, to=row)
        queue_mail(
            to=row.address,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            headers=letter.headers,
            kind=MAIL_KIND,
            key=f"newsletter:{edition.pk}:{row.pk}",
        )
    if batch:
        edition.reached, edition.laid_ready = batch[-1].pk, edition.laid_ready + len(batch)
    else:
        edition.state, edition.sent_at = State.SENT, at
    edition.save(update_fields=["reached", "laid_ready", "state", "sent_at"])
    return len(batch)


def send_test(edition: Edition, *, to: User) -> None:
    """To oneself, with links that end nothing."""
    letter = written(edition, sections_of(edition), to=None)
    queue_mail(
        to=to.email,
        subject=f"[Proef] {letter.subject}",
        text=letter.text,
        html=letter.html,
        kind="newsletter-test",
    )


def progress_of(edition: Edition) -> Progress:
    rows = Mail.objects.filter(key__startswith=f"newsletter:{edition.pk}:").order_by()
    states = dict(rows.values_list("state").annotate(number=Count("pk")))
    return Progress(edition.recipients, edition.laid_ready, states)
