"""A person's own data as one file: asked for, made by the worker, fetched for a week."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import User
from portal.background.services import wake
from portal.mail.services import queue_mail
from portal.privacy.models import Takeaway
from portal.privacy.packing import pack
from portal.privacy.takeaway_files import file_of, remove_file

logger = logging.getLogger(__name__)

MAKE_JOB = "privacy.make-takeaways"
KEPT = timedelta(days=7)
MOST_A_DAY = 3
MOST_TRIES = 3
State = Takeaway.State


class Refused(Exception):
    """Nothing was done; the message says why, to a person."""


@transaction.atomic
def ask_takeaway(user: User, *, at: datetime | None = None) -> Takeaway:
    """The worker makes it, and a mail says when it is ready. Raises Refused while one is being made, and after three."""
    moment = at or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    mine = Takeaway.objects.filter(user=user)
    if mine.filter(state__in=[State.WAITING, State.MAKING]).exists():
        raise Refused(_("We zijn al bezig met je bestand. Je krijgt een mail als het klaar is."))
    if mine.filter(asked_at__gt=moment - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(
            _("Je hebt vandaag %(most)s keer een bestand gevraagd. Morgen kan het weer.")
            % {"most": MOST_A_DAY}
        )
    try:
        takeaway = Takeaway.objects.create(user=user, asked_at=moment)
    except IntegrityError as error:
        raise Refused(_("We zijn al bezig met je bestand.")) from error
    wake(MAKE_JOB)
    return takeaway


def make_waiting(at: datetime) -> int:
    """Those that wait, and those that a killed worker left half made; how many are ready."""
    made = 0
    for takeaway in Takeaway.objects.filter(state__in=[State.WAITING, State.MAKING]).order_by(
        "asked_at", "pk"
    ):
        made += _make(takeaway, at)
    return made


def _make(takeaway: Takeaway, at: datetime) -> bool:
    rows = Takeaway.objects.filter(pk=takeaway.pk)
    if takeaway.tries >= MOST_TRIES:
        rows.update(state=State.FAILED)
        remove_file(takeaway.key)
        return False
    rows.update(state=State.MAKING, tries=takeaway.tries + 1, done=0)
    try:
        with override(settings.LANGUAGE_CODE):
            pack(
                takeaway.user,
                file_of(takeaway.key),
                progress=lambda done, total: rows.update(done=done, total=total),
                at=at,
            )
            _ready(takeaway, at)
    except Exception:  # one person's that fails keeps nobody else waiting; it is tried again
        logger.exception("data of a person not packed", extra={"data": {"takeaway": takeaway.pk}})
        return False
    return True


@transaction.atomic
def _ready(takeaway: Takeaway, at: datetime) -> None:
    """Whoever left meanwhile gets nothing, and the file goes."""
    size = file_of(takeaway.key).stat().st_size
    expires_at = at + KEPT
    rows = Takeaway.objects.filter(pk=takeaway.pk, state=State.MAKING)
    if not rows.update(state=State.READY, ready_at=at, expires_at=expires_at, size=size):
        remove_file(takeaway.key)
        return
    queue_mail(
        to=takeaway.user.email,
        subject=_("Je gegevens staan klaar"),
        text=_(
            "Het bestand met je gegevens van %(site)s staat klaar. Je haalt het op tot en met %(day)s:\n%(url)s\n\n"
            "Je logt daarvoor opnieuw in.\n"
        )
        % {
            "site": settings.SITE_NAME,
            "day": date_format(timezone.localdate(expires_at), "j F Y"),
            "url": settings.BASE_URL + reverse("privacy:overview"),
        },
        kind="takeaway-ready",
        key=f"takeaway:{takeaway.pk}",
    )
