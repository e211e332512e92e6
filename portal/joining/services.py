"""Inviting by mail and deciding about requests: the steps that are the same wherever somebody is let in.

Each is called within a transaction that holds the place's lock.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.db import models
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.joining.addresses import mask, verified_addresses
from portal.joining.models import INVITATION_DAYS, AbstractInvitation, AbstractJoinRequest, Outcome
from portal.joining.querysets import InvitationQuerySet, RequestQuerySet
from portal.joining.refusals import InvitationGone, Refused, WrongAddress

Kind = TypeVar("Kind", bound=AbstractInvitation)
MOST_A_WEEK = 3  # to one address, from one place


@dataclass(frozen=True, slots=True)
class Invited:
    """Which addresses got a mail now, which had one that still holds, and which are of people who belong to it."""

    sent: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How many at once, how many open ones of one place, and how many a day by one person over all places."""

    at_once: int
    open: int
    a_day: int


def refuse_crowd(addresses: Collection[str], limits: Limits) -> None:
    if len(addresses) > limits.at_once:
        raise Refused(
            _("Je kunt %(most)s mensen tegelijk uitnodigen. Dit zijn er %(count)s.")
            % {"most": limits.at_once, "count": f"{len(addresses):,}".replace(",", ".")}
        )


def sort_out(
    invitations: InvitationQuerySet[Any],
    *,
    addresses: Iterable[str],
    members: Iterable[str],
    by: User,
    limits: Limits,
    at: datetime.datetime,
) -> Invited:
    """Who gets a mail; `invitations` are those of one place, `members` the addresses of who belongs to it.

    What had expired for an address that gets a new one is withdrawn. Raises Refused.
    """
    wanted = list(dict.fromkeys(address.lower() for address in addresses))
    belong = {address.lower() for address in members}
    waiting = set(invitations.open(at).filter(email__in=wanted).values_list("email", flat=True))
    new = [address for address in wanted if address not in belong and address not in waiting]
    _refuse_many(invitations, by, len(new), limits, at)
    _refuse_again(invitations, new, at)
    invitations.filter(email__in=new).unanswered().update(withdrawn_at=at)
    return Invited(
        sent=tuple(new),
        waiting=tuple(address for address in wanted if address in waiting),
        members=tuple(address for address in wanted if address in belong),
    )


def _refuse_many(
    invitations: InvitationQuerySet[Any], by: User, new: int, limits: Limits, at: datetime.datetime
) -> None:
    unanswered = invitations.open(at).count()
    if unanswered + new > limits.open:
        raise Refused(
            _(
                "Er staan al %(count)s uitnodigingen open; het mogen er %(most)s zijn. Trek er eerst een paar in."
            )
            % {"count": unanswered, "most": limits.open}
        )
    # Of one person over all places, whichever of them is locked.
    User.objects.select_for_update().get(pk=by.pk)
    everywhere = invitations.model._default_manager
    today = everywhere.filter(invited_by=by, created_at__gt=at - timedelta(days=1)).count()
    if new and today + new > limits.a_day:
        raise Refused(
            _("Je kunt %(most)s mensen per dag uitnodigen. Probeer het morgen weer.") % {"most": limits.a_day}
        )


def _refuse_again(invitations: InvitationQuerySet[Any], new: Collection[str], at: datetime.datetime) -> None:
    """Withdrawing and inviting anew is no way to send somebody a mail every minute."""
    recent = invitations.filter(email__in=new, created_at__gt=at - timedelta(days=7)).order_by()
    often = recent.values("email").annotate(number=Count("pk")).filter(number__gte=MOST_A_WEEK)
    found = sorted(often.values_list("email", flat=True))
    if found:
        raise Refused(
            _("Te vaak uitgenodigd deze week: %(who)s. Haal ze uit je lijst, of probeer het later.")
            % {"who": ", ".join(found)}
        )


def withdraw_of(invitations: InvitationQuerySet[Any], user: User) -> int:
    """Who may invite no longer lets nobody in: what `user` sent and nobody answered, is withdrawn. How many."""
    return invitations.filter(invited_by=user).unanswered().update(withdrawn_at=timezone.now())


def write_invitation(
    model: type[Kind], *, email: str, by: User, at: datetime.datetime, **where: Any
) -> tuple[Kind, str]:
    """The invitation, and the token that only its mail may hold."""
    token = secrets.token_urlsafe(32)
    invitation = model._default_manager.create(
        email=email,
        token_digest=digest_of(token),
        invited_by=by,
        created_at=at,
        expires_at=at + timedelta(days=INVITATION_DAYS),
        **where,
    )
    return invitation, token


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def refuse_gone(invitation: AbstractInvitation, at: datetime.datetime) -> None:
    """Raises InvitationGone for one that was used, withdrawn or expired, or whose guest would have left by now."""
    last_day = invitation.guest_until
    if invitation.accepted_at is not None:
        raise InvitationGone(_("Deze uitnodiging is al gebruikt."))
    if invitation.withdrawn_at is not None:
        raise InvitationGone(_("Deze uitnodiging is ingetrokken."))
    if invitation.expires_at <= at or (last_day is not None and last_day < timezone.localdate(at)):
        raise InvitationGone(_("Deze uitnodiging is verlopen. Vraag om een nieuwe."))


def refuse_other_address(invitation: AbstractInvitation, user: User) -> None:
    """Raises WrongAddress unless `user` proved that the invited address is theirs."""
    if invitation.email not in verified_addresses(user):
        raise WrongAddress(mask(invitation.email))


def mark_accepted(invitation: AbstractInvitation, *, by: User, at: datetime.datetime) -> None:
    invitation.accepted_at, invitation.accepted_by = at, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])


def withdraw_unanswered(invitation: AbstractInvitation) -> bool:
    """False where it was answered or withdrawn before."""
    rows = InvitationQuerySet[Any](type(invitation)).filter(pk=invitation.pk).unanswered()
    return bool(rows.update(withdrawn_at=timezone.now()))


def refuse_many_requests(
    own: RequestQuerySet[Any], *, here: models.Q, most_open: int, most_a_month: int
) -> None:
    """`own`: all requests of one person; `here`: those to the place that is asked now."""
    if own.open().count() >= most_open:
        raise Refused(_("Je hebt al genoeg aanvragen open staan. Wacht op antwoord, of trek er een in."))
    if own.filter(here, created_at__gt=timezone.now() - timedelta(days=30)).count() >= most_a_month:
        raise Refused(_("Je vroeg dit al een paar keer. Over een maand kun je het weer proberen."))


def withdraw_open(request: AbstractJoinRequest) -> bool:
    """False where it was decided or withdrawn before."""
    rows = RequestQuerySet[Any](type(request)).filter(pk=request.pk).open()
    return bool(rows.update(outcome=Outcome.WITHDRAWN, decided_at=timezone.now()))


def write_decision(request: AbstractJoinRequest, *, is_accepted: bool, by: User, reason: str) -> bool:
    """False where this was decided before. Raises Refused where something else was."""
    wanted = Outcome.ACCEPTED if is_accepted else Outcome.DECLINED
    if request.outcome == wanted:
        return False
    if request.outcome != Outcome.OPEN:
        told = request.get_outcome_display()
        raise Refused(_("Dit is al afgehandeld: %(outcome)s.") % {"outcome": told})
    request.outcome, request.decided_at = wanted, timezone.now()
    request.decided_by, request.reason = by, reason
    request.save(update_fields=["outcome", "decided_at", "decided_by", "reason"])
    return True
