"""An organiser takes one registration off the list, and lets the person come back."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.events.models import Event, Registration, Removal
from network.events.services.refusals import NotAllowed, Refused
from network.events.services.standing import locked_managed
from network.events.services.telling import forget_registered, forget_removed, tell_removed
from network.events.services.waiting import release
from portal.accounts.models import User

State = Registration.State


@transaction.atomic
def remove_registration(
    event: Event, *, registration: int, reason: str, by: User, at: datetime.datetime | None = None
) -> Removal:
    """The place is for who waits longest; the person reads why and can't register again. Twice is once.

    Raises NotAllowed, Refused.
    """
    at = at or timezone.now()
    row, mine = _one(event, registration, by)
    standing = mine.removals.filter(ended_at=None).first()
    if standing is not None:
        return standing
    if mine.user_id == by.pk:
        raise Refused(_("Dit ben je zelf. Meld je af op de pagina van de bijeenkomst."))
    if mine.state not in Registration.IN:
        raise Refused(_("Deze persoon heeft zich intussen al afgemeld."))
    if row.starts_at <= at:
        raise Refused(_("De bijeenkomst is al begonnen."))
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason:
        raise Refused(_("Schrijf waarom. Wie je weghaalt, leest het."))
    removal = Removal.objects.create(registration=mine, reason=reason[:300], by=by, at=at)
    release(mine, State.CANCELLED, at)
    forget_registered(mine, at)
    tell_removed(removal, at)
    return removal


@transaction.atomic
def allow_again(event: Event, *, registration: int, by: User, at: datetime.datetime | None = None) -> bool:
    """The person may register again, at the end of the line; whether that was needed. Raises NotAllowed."""
    _row, mine = _one(event, registration, by)
    removal = mine.removals.filter(ended_at=None).first()
    if removal is None:
        return False
    removal.ended_at = at or timezone.now()
    removal.save(update_fields=["ended_at"])
    forget_removed(removal)
    return True


def _one(event: Event, registration: int, by: User) -> tuple[Event, Registration]:
    row = locked_managed(event, by=by)
    mine = Registration.objects.filter(event=row, pk=registration).first()
    if mine is None:
        raise NotAllowed
    mine.event = row
    return row, mine
