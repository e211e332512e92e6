"""Saying yes, choosing, and saying no. An address counts when its reader said yes from the mailbox itself."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.mail.letters import as_plain_text
from portal.mail.models import Mail
from portal.mail.services import queue_mail, withdraw
from portal.newsletters.models import Subscription
from portal.privacy.services import Agreed, record_consent
from portal.taxonomy.models import Sector, Theme

CONSENT_VERSION = "2026-11"
MAIL_KIND = "newsletter"
QUESTION_KIND = "newsletter-question"
CONFIRM_WITHIN = timedelta(days=3)
KEEP_UNCONFIRMED = timedelta(days=7)
# Who asks again sooner has the mail already; so a form that is sent twenty times at once is one mail.
PAUSE = timedelta(minutes=10)
# And nobody fills another's mailbox by asking again after each pause.
MOST_A_DAY = 3


@transaction.atomic
def request_subscription(
    email: str, *, themes: Iterable[Theme] = (), sectors: Iterable[Sector] = (), at: datetime | None = None
) -> None:
    """Send a mail with which the reader of this address says yes; who has the newsletter gets a mail that says so.

    Whatever is known of the address, the caller can't tell. What somebody else chose for it changes nothing until then.
    """
    moment, address = at or timezone.now(), email.strip().lower()
    member = User.objects.filter(email__iexact=address, is_active=True).first()
    known = Subscription.objects.filter(user=member).first() if member is not None else None
    row = known or Subscription.objects.select_for_update().filter(email__iexact=address).first()
    if row is None:
        try:
            with transaction.atomic():
                row = Subscription.objects.create(email=address, requested_at=moment - 2 * PAUSE)
        except IntegrityError:  # somebody sent the same form at this very moment
            return
    if moment - row.requested_at < PAUSE or _had_enough(row, moment):
        return
    row.requested_at = moment
    if row.confirmed_at is None:
        row.confirm_key = uuid.uuid4()
        _choose(row, themes, sectors)
        _mail_question(row)
    else:
        _mail_known(row, moment)
    row.save(update_fields=["requested_at", "confirm_key"])


def _had_enough(row: Subscription, at: datetime) -> bool:
    mails = Mail.objects.filter(kind=QUESTION_KIND, to__iexact=row.address)
    return mails.filter(created_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY


def _mail_question(row: Subscription) -> None:
    url = settings.BASE_URL + reverse("newsletters:confirm", args=[row.confirm_key])
    _mail("confirm", row, _("Wil je onze nieuwsbrief?"), url, key=f"newsletter-confirm:{row.confirm_key}")


def _mail_known(row: Subscription, at: datetime) -> None:
    url = settings.BASE_URL + reverse("newsletters:choose", args=[row.key])
    _mail(
        "known",
        row,
        _("Je krijgt onze nieuwsbrief al"),
        url,
        key=f"newsletter-known:{row.pk}:{at.timestamp():.0f}",
    )


def _mail(name: str, row: Subscription, subject: str, url: str, *, key: str) -> None:
    about = {"url": url, "site_name": settings.SITE_NAME, "days": CONFIRM_WITHIN.days, "subject": subject}
    queue_mail(
        to=row.address,
        subject=f"{subject} · {settings.SITE_NAME}",
        text=as_plain_text(f"newsletters/mail/{name}.txt", about).strip() + "\n",
        html=render_to_string(f"newsletters/mail/{name}.html", about),
        kind=QUESTION_KIND,
        key=key,
        is_secret=True,
    )


def can_be_confirmed(row: Subscription, at: datetime) -> bool:
    return row.confirmed_at is None and at - row.requested_at < CONFIRM_WITHIN


@transaction.atomic
def confirm(key: uuid.UUID, *, at: datetime | None = None) -> Subscription | None:
    """The reader of the mailbox says yes. None where the link is too old, or was never ours; twice is once."""
    moment = at or timezone.now()
    row = Subscription.objects.select_for_update().filter(confirm_key=key).first()
    if row is None:
        return None
    if row.confirmed_at is None:
        if not can_be_confirmed(row, moment):
            return None
        row.confirmed_at, row.consent_version = moment, CONSENT_VERSION
        row.save(update_fields=["confirmed_at", "consent_version"])
    return row


@transaction.atomic
def change_choice(row: Subscription, *, themes: Iterable[Theme], sectors: Iterable[Sector]) -> None:
    _choose(row, themes, sectors)


def _choose(row: Subscription, themes: Iterable[Theme], sectors: Iterable[Sector]) -> None:
    row.themes.set(themes)
    row.sectors.set(sectors)


@transaction.atomic
def subscribe_member(
    user: User, *, themes: Iterable[Theme], sectors: Iterable[Sector], at: datetime | None = None
) -> Subscription:
    """A member says yes, or chooses anew; an address of theirs that stood by itself goes up in it."""
    moment = at or timezone.now()
    row, _is_new = Subscription.objects.get_or_create(
        user=user,
        defaults={"requested_at": moment, "confirmed_at": moment, "consent_version": CONSENT_VERSION},
    )
    Subscription.objects.filter(email__iexact=user.email).delete()
    _choose(row, themes, sectors)
    record_consent(user, about=Agreed.NEWSLETTER, given=True, version=CONSENT_VERSION, at=moment)
    return row


@transaction.atomic
def unsubscribe(row: Subscription, *, at: datetime | None = None) -> None:
    """At once: also what waits to be sent doesn't go. Of an address nothing stays."""
    # Held first: what is being laid ready at this moment is there when it is withdrawn.
    held = (
        Subscription.objects.select_for_update(of=("self",)).select_related("user").filter(pk=row.pk).first()
    )
    if held is None:
        return
    user = held.user
    withdraw(kind=MAIL_KIND, to=held.address)
    held.delete()
    if user is not None:
        record_consent(user, about=Agreed.NEWSLETTER, given=False, version=CONSENT_VERSION, at=at)


def unsubscribe_member(user: User) -> None:
    """Whether they had it or not; an address of theirs that stood by itself goes too."""
    with transaction.atomic():
        for row in Subscription.objects.filter(user=user) | Subscription.objects.filter(
            email__iexact=user.email
        ):
            unsubscribe(row)


def forget_unconfirmed(at: datetime) -> int:
    """Addresses whose reader never said yes; how many went."""
    old = Subscription.objects.filter(confirmed_at=None, requested_at__lt=at - KEEP_UNCONFIRMED)
    number = old.count()
    old.delete()
    return number
